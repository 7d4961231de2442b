"""Bars, time axes and signs in, drawings as SVG out: one function a drawing of the plan, sizes in millimetres."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document.model import Bar, Cover, PlotPart, TimeAxis
from pipeline.pdf.drawings.shapes import (
    Box,
    Palette,
    bar,
    dark,
    diamond,
    hatch,
    mark,
    paper,
    path,
    svg,
    vertical,
)
from pipeline.pdf.text_metrics import outline
from pipeline.pdf.tokens import tokens

YEAR_SIZE = 2.82  # 8 pt
FINGERPRINT_STEP, FINGERPRINT_LIMIT = 2.6, 60.0
GANTT_HEIGHT, GANTT_HEAD_HEIGHT = 5.0, 8.2
QUARTER_TEXT, QUARTER_LINE = 3.4, 1.6  # least width of a quarter that carries its number, its line
TODAY_LINE = 0.5
PLOT_HEIGHT = 2.8
MARKS_A_ROW = 5
MARK_PITCH, MARK_SIZE = 4.9, 3.6
STRIP_WIDTH, STRIP_MARGIN = 2.4, 14.0


def _text(words: str, x: float, y: float, size: float, fill: str, *, role: str = "small") -> str:
    shape = outline(words, tokens().type[role], size)
    return f'<g fill="{fill}" transform="translate({x:.2f} {y:.2f})">{shape.paths}</g>'


def _first_and_last_year(axis: TimeAxis, y: float, width: float) -> str:
    colour = paper().text
    first = _text(str(axis.years[0]), 0, y, YEAR_SIZE, colour)
    if len(axis.years) == 1:
        return first
    last = str(axis.years[-1])
    right = width - outline(last, tokens().type["small"], YEAR_SIZE).width
    return first + _text(last, right, y, YEAR_SIZE, colour)


def _year_lines(axis: TimeAxis, width: float, height: float) -> str:
    years, line = len(axis.years), 0.25
    inside = [min(max(i * width / years, line / 2), width - line / 2) for i in range(years + 1)]
    return "".join(vertical(x, 0, height, paper().grid, line) for x in inside)


def _placed(value: Bar, axis: TimeAxis, width: float, y: float, height: float) -> Box:
    unit = width / axis.quarters
    return Box(value.start * unit, y, max((value.end - value.start) * unit, height / 2), height)


def timeline(axis: TimeAxis, value: Bar) -> str:
    """A measure's time in the rail of its sheet."""
    width, unit = tokens().grid["rail"], tokens().grid["rail"] / axis.quarters
    body = _year_lines(axis, width, 8)
    body += bar(value.shape, _placed(value, axis, width, 2.6, 2.8), paper(), 0.4, pointed=value.continues)
    body += "".join(diamond(milestone * unit, 4, 1.15) for milestone in value.milestones)
    return svg(width, tokens().mm["timeline"]["height"], body + _first_and_last_year(axis, 11, width))


def fingerprint_height(count: int) -> float:
    """The height of the fingerprint of so many measures, with its years."""
    return min(count * FINGERPRINT_STEP, FINGERPRINT_LIMIT) + 5.2


def fingerprint(axis: TimeAxis, bars: Sequence[Bar], alternative: str) -> str:
    """A field of action at a glance: its measures as bars, in plan order."""
    width, height = tokens().grid["rail"], fingerprint_height(len(bars))
    step = (height - 5.2) / max(len(bars), 1)
    body = _year_lines(axis, width, height - 3.6)
    for index, value in enumerate(bars):
        box = _placed(value, axis, width, 1.2 + index * step, step * 0.62)
        body += bar(value.shape, box, paper(), 0.14 * step, pointed=value.continues)
    years = _first_and_last_year(axis, height - 0.6, width)
    return svg(width, height, body + years, title=alternative, name="fingerprint")


def numeral(number: str) -> str:
    """A field's number, as large as its title's two lines."""
    size = 25.4
    shape = outline(number, tokens().type["numeral"], size)
    scale = min(1.0, tokens().grid["rail"] / shape.width)
    body = f'<g fill="{tokens().colour["petrol"]}" transform="translate(0 17.4) scale({scale:.3f})">{shape.paths}</g>'
    return svg(tokens().grid["rail"], 18, body)


def gantt_row(axis: TimeAxis, value: Bar, width: float) -> str:
    """A measure's bar in the schedule, with its milestones; carries its alternative."""
    box, unit = _placed(value, axis, width, 1.1, 2.8), width / axis.quarters
    body = bar(value.shape, box, paper(), 0.5, pointed=value.continues)
    body += "".join(diamond(milestone * unit, 2.5, 1.45) for milestone in value.milestones)
    return svg(width, GANTT_HEIGHT, body, title=value.alternative)


def plot(parts: Sequence[PlotPart], width: float) -> str:
    """An amount as a bar of stretches; `width` is that of the largest amount."""
    line, x, body = 0.4, 0.0, ""
    for part in parts:
        stretch = max(part.share * width, line)
        body += bar(part.shape, Box(x, 0, stretch, PLOT_HEIGHT), paper(), line)
        x += stretch
    return svg(width, PLOT_HEIGHT, body)


def gantt_grid(axis: TimeAxis, width: float, today: float | None = None) -> str:
    """Years and quarters behind the bars of the schedule, and where the plan's date lies."""
    unit, colour = width / axis.quarters, tokens().colour
    step = 1 if unit >= QUARTER_LINE else 4
    lines = [
        vertical(i * unit, 0, 9, colour["line" if i % 4 == 0 else "hair"], 0.22 if i % 4 == 0 else 0.12)
        for i in range(0, axis.quarters + 1, step)
    ]
    if today is not None:
        lines.append(vertical(today * unit, 0, 9, colour["copper"], TODAY_LINE))
    return svg(width, 9, "".join(lines))


def gantt_head(axis: TimeAxis, width: float, alternative: str) -> str:
    """The head of the schedule's drawing: years, and quarters where they are wide enough for a figure."""
    unit, ink, grey = width / axis.quarters, tokens().colour["ink"], tokens().colour["grey"]
    quarters = unit >= QUARTER_TEXT
    baseline = 2.9 if quarters else 6.9
    body = "".join(
        _text(str(year), 4 * i * unit, baseline, YEAR_SIZE, ink, role="head") for i, year in enumerate(axis.years)
    )
    if quarters:
        for i in range(axis.quarters):
            figure = str(i % 4 + 1)
            shift = (unit - outline(figure, tokens().type["small"], YEAR_SIZE).width) / 2
            body += _text(figure, i * unit + shift, 6.9, YEAR_SIZE, grey)
    return svg(width, GANTT_HEAD_HEIGHT, body, title=alternative)


def legend_bar(shape: str, palette: Palette, *, pointed: bool = False) -> str:
    """A bar for a legend."""
    width, height = tokens().mm["legend"]["bar"], tokens().mm["legend"]["height"]
    return svg(width, height, bar(shape, Box(0, 0, width, height), palette, 0.5, pointed=pointed))


def legend_diamond() -> str:
    """A milestone for a legend."""
    width, height = tokens().mm["legend"]["mark"], tokens().mm["legend"]["height"]
    return svg(width, height, diamond(width / 2, height / 2, 1.3))


def legend_today() -> str:
    """The line of the plan's date for a legend."""
    width, height = tokens().mm["legend"]["mark"], tokens().mm["legend"]["height"]
    return svg(width, height, vertical(width / 2, 0, height, tokens().colour["copper"], TODAY_LINE))


def overview_marks(shape: str, count: int, width: float, *, from_right: bool) -> str:
    """A strand's measures for a goal, a mark each: in two rows beyond five, smaller where they would not fit."""
    rows = 1 if count <= MARKS_A_ROW else 2
    a_row = -(-count // rows)
    pitch = min(MARK_PITCH, (width - 1.6) / max(a_row, 1))
    size, height = MARK_SIZE * pitch / MARK_PITCH, 9.0
    body = ""
    for index in range(count):
        row, column = divmod(index, a_row)
        along = 1.6 + size / 2 + column * pitch
        x = width - along if from_right else along
        body += mark(shape, x, height / 2 + (row - (rows - 1) / 2) * pitch, size, paper())
    return svg(width, height, body)


def sheet_rule(shape: str) -> str:
    """What a sheet hangs from: the strand's bar over the rail ('rule': a rule), a rule over the main column."""
    grid, ink = tokens().grid, tokens().colour["ink"]
    left = (
        path(f"M0 .265H{grid['rail']}", stroke=ink, width=0.53)
        if shape == "rule"
        else bar(shape, Box(0, 0, grid["rail"], 1.5), paper(), 0.4)
    )
    start = grid["rail"] + grid["gutter"]
    right = path(f"M{start} .265H{grid['text']}", stroke=ink, width=0.53)
    return svg(grid["text"], 1.6, left + right)


def draft_strip(words: str, height: float) -> str:
    """A hatched strip with a word that reads upwards, for the margin of every page of a draft."""
    line, ink = tokens().colour["line"], tokens().colour["ink"]
    shape = outline(words, tokens().type["state"], 3.1, 0.17)
    gap = shape.width + 8
    length = height / 2 - gap / 2 - STRIP_MARGIN
    commands = hatch(Box(0, STRIP_MARGIN, STRIP_WIDTH, length), 1.7)
    commands += hatch(Box(0, height / 2 + gap / 2, STRIP_WIDTH, length), 1.7)
    place = f"translate({STRIP_WIDTH / 2 + 1.05:.2f} {height / 2 + shape.width / 2:.2f}) rotate(-90)"
    words_drawn = f'<g fill="{ink}" transform="{place}">{shape.paths}</g>'
    return svg(STRIP_WIDTH, height, path(commands, stroke=line, width=0.35) + words_drawn)


def status_edge(key: str) -> str:
    """The edge of the status box: hatched for a draft, ruled for a paper to be decided on, solid once resolved."""
    ink, petrol = tokens().colour["ink"], tokens().colour["petrol"]
    box = Box(0, 0, 3, 60)
    if key == "entwurf":
        return svg(3, 60, path(hatch(box, 1.7), stroke=ink, width=0.4))
    if key == "beschlussvorlage":
        return svg(3, 60, vertical(0.75, 0, 60, ink, 0.5) + vertical(2.1, 0, 60, ink, 0.5))
    return svg(3, 60, path("M0 0H3V60H0Z", fill=petrol))


COVER_SPAN, COVER_BOTTOM = 164.0, 280.0
COVER_STEP, COVER_GAP = 3.55, 3.6
COVER_RULE, COVER_HEAD = 15.5, 1.9  # where the light cover hangs from; from its years' rule to the first bar


def cover(part: Cover, top: float) -> str:
    """The cover's picture from `top` downwards: a bar a measure on the plan's years, a block a field of action.

    The light one is for printers that cannot print to a sheet's edge: what goes on ends in a point inside the margin,
    and rules hold the page together as on all others, where the dark one has its ground.
    """
    light = part.variant == "hell"
    colours = paper() if light else dark()
    page, unit = tokens().page["portrait"], COVER_SPAN / part.axis.quarters
    left, right = page["left"], page["width"] - page["right"] if light else page["width"] + 1
    numeral_colour = tokens().colour["petrol"] if light else colours.text
    rows = sum(max(len(field.bars), 1) for field in part.fields)
    gaps = COVER_GAP * max(len(part.fields) - 1, 0)
    step = min(COVER_STEP, (COVER_BOTTOM - top - gaps) / max(rows, 1))
    y, bars = top, ""
    for field in part.fields:
        number = outline(field.number, tokens().type["h3"], 4.2)
        bars += _text(field.number, 17.6 + 2.4 - number.width, y + 2.35, 4.2, numeral_colour, role="h3")
        for value in field.bars:
            start, end = left + value.start * unit, right if value.continues else left + value.end * unit
            box = Box(start, y, end - start, step * 0.6)
            bars += bar(value.shape, box, colours, min(0.5, step / 7), pointed=light and value.continues)
            y += step
        y += COVER_GAP + (0 if field.bars else step)
    bottom = y - COVER_GAP + 1 if part.fields else COVER_BOTTOM
    body = "".join(
        vertical(left + 4 * i * unit, top - 6, bottom, colours.grid, 0.2) for i in range(len(part.axis.years) + 1)
    )
    body += bars + "".join(
        _text(str(year), left + 4 * i * unit + 1.2, top - 3.6, 3, colours.text)
        for i, year in enumerate(part.axis.years)
    )
    if light:
        body = _cover_rules(top) + body
    return svg(page["width"], page["height"], body, title=part.alternative)


def _cover_rules(top: float) -> str:
    """What a light cover hangs from, as a sheet does from its strand's bar, and the rule below the years."""
    page, grid, colour = tokens().page["portrait"], tokens().grid, tokens().colour
    left, right = page["left"], page["left"] + grid["text"]
    thick = path(f"M{left} {COVER_RULE}h{grid['rail']}v1.5h{-grid['rail']}Z", fill=colour["petrol"])
    thin = path(
        f"M{left + grid['rail'] + grid['gutter']} {COVER_RULE + 0.265}H{right}", stroke=colour["ink"], width=0.53
    )
    years = path(f"M{left} {top - COVER_HEAD:.2f}H{right}", stroke=colour["ink"], width=0.35)
    return thick + thin + years
