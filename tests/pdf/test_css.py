"""The print style sheets: every rule has something to style, and what the tokens hold is written nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import cssselect2
import lxml.html
import pytest
import tinycss2

from pipeline.design import STYLES
from pipeline.document.model import Document, Figure, Matrix, PlotPart, TablePart, TableSection
from pipeline.pdf.css import STYLE_FILES, stylesheet
from pipeline.pdf.html import document_html, fragment_html, head_of
from pipeline.pdf.pages.panels import panels_of
from pipeline.pdf.pages.typeset_units import MOST_SHEETS, Unit
from tests.building import PLANS
from tests.loading import load
from tests.pdf.sample import Size, sample

SHEETS = [STYLES / "print" / name for name in STYLE_FILES]
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(|: ?(?:black|white|gr[ae]y|red|green|blue)\b")
TYPE = re.compile(r"\bfont(?:-size|-family)?:[^;}]*(?:\d(?:pt|mm|px|em|rem|%)|\")")


@cache
def trees() -> list[cssselect2.ElementWrapper]:
    """The HTML of all plans and of the sample, which has every kind of part."""
    sizes = (Size(), Size(strands=5), Size(fields=1, goals=1, measures=MOST_SHEETS + 1))
    documents = [*(load(folder).document for folder in PLANS.values()), *map(sample, sizes)]
    pages = [*map(document_html, [*documents, figures(documents[0])]), *stretches_of_matrix()]
    return [cssselect2.ElementWrapper.from_html_root(lxml.html.document_fromstring(page)) for page in pages]


def figures(document: Document) -> Document:
    """What only a report has: numbers that are set large, and a bar below them."""
    section = TableSection("", None, "", (Figure("1", "von einem"),), (PlotPart("filled", 1.0),))
    return replace(document, parts=(TablePart("bericht", "Bericht", lead="", sections=(section,)),))


def stretches_of_matrix() -> Iterator[str]:
    """A panel that goes on in the next unit, and that one: only plans with thousands of measures have them."""
    document = sample()
    matrix = next(part for part in document.parts if isinstance(part, Matrix))
    (panel,) = panels_of(matrix)
    for unit in (
        Unit(matrix, stretch=replace(panel, sums=())),
        Unit(matrix, continues=True, within=True, stretch=panel),
    ):
        yield fragment_html(unit, head_of(document.properties))


def rules(sheet: Path) -> list[str]:
    """The selectors of a style sheet, without pseudo-elements, which have no element of their own."""
    found = tinycss2.parse_stylesheet(sheet.read_text("utf-8"), skip_comments=True, skip_whitespace=True)
    preludes = [tinycss2.serialize(rule.prelude) for rule in found if rule.type == "qualified-rule"]
    return [re.sub(r"::[a-z-]+", "", one).strip() for prelude in preludes for one in prelude.split(",")]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_rule_has_something_to_style(sheet: Path) -> None:
    elements = [element for tree in trees() for element in tree.iter_subtree()]
    useless = []
    for selector in rules(sheet):
        compiled = cssselect2.compile_selector_list(selector)
        if not any(one.test(element) for one in compiled for element in elements):
            useless.append(selector)
    assert useless == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_colours_and_type_come_from_the_tokens(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    assert COLOUR.findall(text) == []
    assert [line for line in text.splitlines() if TYPE.search(line)] == []


def test_every_property_that_is_used_is_defined() -> None:
    """What is left of variables once the tokens are put in is given by the templates, to an element each."""
    left = set(re.findall(r"var\((--[a-z0-9-]+)", stylesheet()))
    assert left == {"--grid", "--scale", "--plot", "--head", "--cell", "--row"}
