"""Drawings are functions of their values alone, well-formed, escaped, and in the tokens' colours."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from xml.etree import ElementTree as ET

import pytest

from pipeline.document.model import SHAPES, Bar, Cover, TimeAxis
from pipeline.pdf.drawings import drawings, shapes
from pipeline.pdf.text_metrics import balanced, lines
from pipeline.pdf.tokens import tokens
from tests.pdf.sample import Size, sample

EVIL = 'a "b" <c> & d'
SVG = "{http://www.w3.org/2000/svg}"


def bar(shape: str = "filled") -> Bar:
    return Bar(2, 9.5, shape, True, (3.5, 7), EVIL)


def cover() -> Cover:
    part = sample(Size(strands=5)).parts[0]
    assert isinstance(part, Cover)
    return part


AXIS = TimeAxis((2027, 2028, 2029))
LONG_AXIS = TimeAxis(tuple(range(2027, 2042)))
DRAWINGS: dict[str, Callable[[], str]] = {
    "timeline": lambda: drawings.timeline(AXIS, bar()),
    "timeline of one year": lambda: drawings.timeline(TimeAxis((2027,)), bar("open")),
    "fingerprint": lambda: drawings.fingerprint(AXIS, [bar(shape) for shape in SHAPES], EVIL),
    "fingerprint of nothing": lambda: drawings.fingerprint(AXIS, [], EVIL),
    "numeral": lambda: drawings.numeral("12"),
    "schedule row": lambda: drawings.gantt_row(AXIS, bar("half"), 120),
    "schedule grid": lambda: drawings.gantt_grid(LONG_AXIS, 120),
    "schedule head": lambda: drawings.gantt_head(LONG_AXIS, 120, EVIL),
    "marks": lambda: drawings.overview_marks("open", 12, 18, from_right=True),
    "no marks": lambda: drawings.overview_marks("open", 0, 18, from_right=False),
    "rule": lambda: drawings.sheet_rule("ring"),
    "strip": lambda: drawings.draft_strip("ENTWURF", 297),
    "status edge": lambda: drawings.status_edge("entwurf"),
    "cover": lambda: drawings.cover(cover(), top=150),
    "light cover": lambda: drawings.cover(replace(cover(), variant="hell"), top=150),
    **{f"sign {shape}": partial(shapes.sign_ground, shape) for shape in (*SHAPES, "none")},
    **{f"state {key}": partial(shapes.state_mark, key) for key in shapes.STATES},
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_pure_and_well_formed(name: str) -> None:
    first, second = DRAWINGS[name](), DRAWINGS[name]()
    assert first == second
    assert ET.fromstring(first).tag == f"{SVG}svg"
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', first))
    assert colours <= {*tokens().colour.values(), "none"}


@pytest.mark.parametrize("name", ["fingerprint", "schedule row", "schedule head"])
def test_an_alternative_is_escaped(name: str) -> None:
    title = ET.fromstring(DRAWINGS[name]()).find(f"{SVG}title")
    assert title is not None
    assert title.text == EVIL


def test_quarters_are_numbered_only_where_they_are_wide_enough() -> None:
    short, long = drawings.gantt_head(AXIS, 120, "x"), drawings.gantt_head(LONG_AXIS, 120, "x")
    assert short.count("<g ") == 3 + 12
    assert long.count("<g ") == 15


def test_all_states_and_strands_differ() -> None:
    marks = [shapes.sign_ground(shape) for shape in (*SHAPES, "none")]
    assert len(set(marks)) == len(marks)
    measure_states = shapes.STATES[:6]
    assert len({shapes.state_mark(key) for key in measure_states}) == 6


def test_marks_stay_within_their_cell() -> None:
    for count in (1, 5, 6, 12, 40):
        svg = drawings.overview_marks("open", count, 18, from_right=False)
        places = [float(x) for x in re.findall(r'cx="([^"]+)"', svg)]
        assert len(places) == count
        assert max(places) < 18


def test_balanced_lines_are_as_many_as_before() -> None:
    style, words = tokens().type["h1"], "Bis Ende 2031 stehen durchgehend zwölf Hektar bereit"
    width = balanced(words, style, 354)
    assert width is not None
    assert width < 354
    assert lines(words, style, width) == lines(words, style, 354 * 0.985)
    assert balanced("kurz", style, 354) is None


def test_the_light_cover_keeps_to_what_an_office_printer_prints() -> None:
    page = tokens().page["portrait"]

    def reach(variant: str) -> float:
        drawn = ET.fromstring(drawings.cover(replace(cover(), variant=variant), top=150))
        bars = [shape.get("d", "") for shape in drawn.findall(f"{SVG}path")]  # letters lie in groups
        return max(float(x) for bar in bars for x in re.findall(r"[HL]([0-9.]+)", bar))

    assert reach("hell") <= page["width"] - page["right"] + 0.01
    assert reach("dunkel") > page["width"]
