"""A length of the layout stands in styles/tokens.json and nowhere else; the code that measures has none of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.design import STYLES, design
from pipeline.pdf.css import STYLE_FILES

PDF = Path(__file__).resolve().parents[2] / "pipeline" / "pdf"
MEASURING = [*sorted((PDF / "pages").glob("*.py")), PDF / "bind" / "stamp.py"]
CALLED = (*sorted(PDF.rglob("*.py")), *sorted((STYLES / "print").glob("*.html")))

# Numbers that say how much of something, not how long it is, by the file that has them; with the reason.
NO_LENGTHS: dict[str, dict[float, str]] = {
    "actor_sheets.py": {
        **dict.fromkeys((250, 120), "rows of actors' tables in a unit, the most and the fewest"),
        3: "gaps between title, lead, roles and directory",
    },
    "columns.py": {
        0.5: "the part of a table that the longest word may take",
        3: "digits to which shares are added up",
    },
    "cover_fit.py": {
        **dict.fromkeys((1.0, 0.85, 0.7, 0.58, 0.5), "parts of the title's full size"),
        **dict.fromkeys((3, 4, 5), "lines that a title may take"),
        0.8: "the part of its line that the status surely fills",
    },
    "fitting.py": {
        3: "digits of the contents' scale",
        0.75: "the least part of their leading that the contents keep",
        10: "rows of a table that is not parted",
        1_200: "letters of a table that is not parted",
    },
    "panels.py": {12_000: "cells that a process sets at once without running out of memory"},
    "sheets.py": {**dict.fromkeys((1.04, 0.985), "how far lines may be off as they are estimated")},
    "typeset_units.py": {
        24: "measure sheets that are worth setting anew for an edit of one",
        24000: "letters of chapters that are worth setting anew for an edit of one",
    },
    "stamp.py": {
        1000: "units of a font in which glyphs are measured",
        0.33: "the part of its size at which a figure has its middle",
        **dict.fromkeys((16, 255, 3, 5), "how a colour is written: #RRGGBB"),
    },
}


def numbers(path: Path) -> Iterator[float]:
    """Every number written in a module, but 0, 1 and 2: nothing, one, the neighbour, half, both sides."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value not in (0, 1, 2):
            yield node.value


@pytest.mark.parametrize("path", MEASURING, ids=lambda path: path.name)
def test_code_that_measures_has_no_length_of_its_own(path: Path) -> None:
    """And no reason stands for a number that is no longer there."""
    known = {float(number) for number in NO_LENGTHS.get(path.name, {})} - {0, 1, 2}
    assert {float(number) for number in numbers(path)} == known


def lengths() -> dict[str, tuple[str, str]]:
    """Every length of the tokens by the name that style sheets call it: its group and its name there."""
    found = [
        (group, name)
        for section in ("lengths_pt", "lengths_mm")
        for group, lengths in design()[section].items()
        for name in lengths
    ]
    named = {f"--{group}-{name}".replace("_", "-"): (group, name) for group, name in found}
    assert len(named) == len(found), "two lengths have one name"
    return named


def test_every_length_is_used() -> None:
    styles = "\n".join((STYLES / "print" / name).read_text("utf-8") for name in STYLE_FILES)
    code = "\n".join(path.read_text("utf-8") for path in CALLED)
    for name, (group, length) in lengths().items():
        in_code = re.search(rf'["\']{length}["\']\]|\.{group}\.{length}\b', code)
        # Lengths that differ by the page are looked up with the page's name.
        by_page = re.search(rf'\["{group}"\]\[name\]', code) and length in ("portrait", "landscape")
        assert f"var({name})" in styles or in_code or by_page, f"nothing uses {name}"


def test_templates_measure_nothing() -> None:
    """They hand on what tokens say and what Python worked out; a number with a unit in them is a length too."""
    for path in sorted((STYLES / "print").glob("*.html")):
        text = path.read_text("utf-8")
        assert re.findall(r"\d(?:mm|pt|cm|px)\b|[+*-] \d{2,} ", text) == [], path.name


# What Python adds up to a height before a part is typeset, and where style sheets give that space. A style sheet that
# had the number itself could be changed without the sum.
ADDED_UP = {
    "--rule-hair": ("tbody tr", ".entry-1"),
    "--rule-strong": (".who",),
    "--cell-above": ("th, td",),
    "--cell-beside": ("th, td",),
    "--lead-below": (".lead",),
    "--hung-above": (".hung",),
    "--over-below": (".part-measures > .over",),
    "--text-between": (".description p + p, .description ul, .description ol", "li"),
    "--fact-label": (".rows p",),
    "--list-indent": ("ul, ol",),
    "--goal-above": (".goal.hung",),
    "--sheet-above": (".held > .hung",),
    "--sheet-below": (".sheet",),
    "--sheet-title-below": (".held > .hung",),
    "--sheet-text-below": (".description",),
    "--sheet-rail-top": (".held > .rail",),
    "--who-above": (".who > div",),
    "--who-below": (".who",),
    "--who-between-lines": (".who p",),
    "--who-roles": (".who > .in-roles",),
    "--who-between": (".who > .in-roles",),
    "--who-letter": (".in-roles p",),
    "--who-date": (".dates p",),
    "--row-above": (".rows p, .row-text",),
    "--dense-above": (".indicators th, .indicators td",),
    "--rail-between": (".held > .rail p",),
    "--rail-above": (".held > .rail .money",),
    "--rail-around": (".timeline", ".held > .rail figure"),
    "--rail-picture": (".held > .rail img",),
    "--cover-top": (".cover-text",),
    "--cover-senders": (".cover-senders",),
    "--cover-right-sender": (".cover-senders p:nth-child(even)",),
    "--cover-sender-below": (".cover-senders p",),
    "--cover-subtitle-above": (".cover-subtitle",),
    "--cover-status-above": (".cover-status",),
    "--cover-status-inside": (".cover-status",),
    "--contents-entry": (".entry-1",),
    "--contents-entry-above": (".entry-1",),
    "--contents-goal-entry": (".entry-2",),
    "--contents-group-above": (".entry-1.opens",),
    "--overview-field-beside": (".overview .field",),
    "--matrix-above": (".matrix th, .matrix td",),
    "--opener-rail-above": (".opener-rail",),
    "--timeline-height": (".timeline",),
}


@pytest.mark.parametrize("name", ADDED_UP)
def test_style_sheets_give_the_space_that_is_added_up(name: str) -> None:
    styles = "\n".join((STYLES / "print" / file).read_text("utf-8") for file in STYLE_FILES)
    for selector in ADDED_UP[name]:
        rules = re.findall(rf"^{re.escape(selector)} \{{(.*)\}}$", styles, re.MULTILINE)
        assert any(f"var({name})" in rule for rule in rules), f"{selector} does not use {name}"
