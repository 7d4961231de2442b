"""The plan on one page before it is typeset: the size of its text and the space between rows that keep it to a page."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.document.model import Overview
from pipeline.pdf.text_metrics import height
from pipeline.pdf.tokens import MM_PER_PT, TypeStyle, tokens

STYLES_BY_SIZE = ("overview", "table", "dense")  # ever smaller, until the rows fit
STRANDS_AT_AN_AXIS = 2


@dataclass(frozen=True)
class OverviewFit:
    """Widths in millimetres, the style of text and the space around rows in points of the plan on one page.

    `strand` is the width of a strand's column, `marks` what its marks may take of it; `at_axis`: two strands stand left
    and right of an axis, any other number in columns of their own.
    """

    at_axis: bool
    field: float
    number: float
    title: float
    strand: float
    marks: float
    page: float
    style: TypeStyle
    padding: float


def overview_fit(part: Overview) -> OverviewFit:
    """The largest text in which the plan keeps to its page; what is left over becomes space between the rows.

    Twelve goals leave room at the usual size, and their rows are set apart until the page is filled. Forty goals do
    not fit at that size even without space: the next smaller is tried. What does not fit at the smallest goes on over
    the page.
    """
    mm, pt = tokens().mm["overview"], tokens().pt["overview"]
    strands = max(len(part.signs), 1)
    at_axis = strands == STRANDS_AT_AN_AXIS
    marks = mm["axis"] if at_axis else min(strands * mm["strand"], mm["strands"])
    title = tokens().grid["text"] - (mm["field"] + mm["number"] + marks + mm["page"])
    rows = sum(max(len(field.goals), 1) for field in part.fields) + 1
    style, padding = tokens().type[STYLES_BY_SIZE[-1]], pt["row_least"]
    for name in STYLES_BY_SIZE:
        candidate = tokens().type[name]
        left = pt["room"] - _height(part, candidate, title - tokens().mm["cell"]["beside"])
        space = left / (2 * rows) - tokens().pt["rule"]["hair"]
        if space >= pt["row_least"]:
            style, padding = candidate, min(space, pt["row_most"])
            break
    strand = round(marks / strands, 2)
    beside = mm["axis_beside"] if at_axis else mm["strand_beside"]
    return OverviewFit(
        at_axis, mm["field"], mm["number"], title, strand, strand - beside, mm["page"], style, round(padding, 2)
    )


def _height(part: Overview, style: TypeStyle, measure: float) -> float:
    """The height in points of the lead and all rows, the totals too, without space between the rows.

    `measure`: the width of a goal's text in millimetres. A field of action is as high as its goals, or as its number
    and title where those need more: one goal beside "Flächen und Infrastruktur" would else be counted too low.
    """
    width_of_text, numeral = measure / MM_PER_PT, tokens().type["overview_numeral"]
    width_of_field = (tokens().mm["overview"]["field"] - tokens().mm["overview"]["field_beside"]) / MM_PER_PT
    total = style.leading + tokens().pt["lead"]["below"]
    total += height([part.lead], tokens().type["lead"], tokens().grid["text"] / MM_PER_PT)
    for field in part.fields:
        goals = sum(height((goal.title, goal.measured), style, width_of_text) for goal in field.goals)
        title = height([field.title], tokens().type["overview_field"], width_of_field)
        total += max(goals, numeral.leading + title)
    return total
