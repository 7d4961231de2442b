"""Document in, HTML for the printed plan out, the whole or part by part.

The templates in styles/print/ say how values look; what they need measured or drawn stands in `Helpers`. A part's HTML
stands alone: nothing in it depends on what comes before or after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.design import STYLES, compiled_templates
from pipeline.document.matrix_panels import MatrixPanel
from pipeline.document.model import Document, Part, Properties
from pipeline.errors import RenderingError
from pipeline.pdf.bind.stamp import WAY_BACK
from pipeline.pdf.css import document_rules, stylesheet
from pipeline.pdf.divisions import Divisions
from pipeline.pdf.drawings import drawings, shapes
from pipeline.pdf.fragment import PAGE_PLACEHOLDER
from pipeline.pdf.pages.actor_sheets import beside_actor, is_whole, lines_of, opening_sheets
from pipeline.pdf.pages.columns import column_widths, prose_widths, unheard_columns
from pipeline.pdf.pages.cover_fit import cover_size, cover_top
from pipeline.pdf.pages.fitting import (
    balance,
    contents_scale,
    is_long_lead,
    is_short_table,
    rail_height,
)
from pipeline.pdf.pages.goals import compact_indicators, divisible, goal_rail
from pipeline.pdf.pages.overview_fit import overview_fit
from pipeline.pdf.pages.panels import head_height, matrix_columns, panels_of
from pipeline.pdf.pages.sheet_layout import fact_rows
from pipeline.pdf.pages.sheets import beside_label, is_long_row, label_height, on_paper
from pipeline.pdf.pages.typeset_units import Unit, flows, page_openings, units_of
from pipeline.pdf.reached import reached
from pipeline.pdf.tags.sentences import with_sentence_ends
from pipeline.pdf.tokens import tokens
from pipeline.text.nodes import Inline, Node

DEEPEST_HEADING = 6


@dataclass(frozen=True)
class Head:
    """What a page of HTML says of its document: nothing else of that shapes a page, besides what stands on it."""

    language: str
    title: str
    divided: tuple[str, ...]
    undivided: tuple[str, ...]


def head_of(properties: Properties) -> Head:
    """The head of every page of a document."""
    return Head(properties.language, properties.full_title, properties.divided, properties.undivided)


def document_html(document: Document) -> str:
    """The whole document as one HTML page with its style sheets: for comparisons, since it is bound from parts."""
    behind = {id(chapter) for unit in units_of(document.parts) for chapter in unit.chapters}
    parts = [part_html(part, runs_on=id(part) in behind) for part in document.parts]
    return _page(head_of(document.properties), parts, document_styles(document.properties))


def document_styles(properties: Properties) -> str:
    """The style sheet of every part of a document."""
    return f"{stylesheet()}\n{document_rules(properties)}"


def fragment_html(unit: Unit, head: Head) -> str:
    """One unit as an HTML page of its own, without style sheets: those are parsed once for all units."""
    part = part_html(unit.part, continues=unit.continues, within=unit.within, stretch=unit.stretch)
    behind = [part_html(chapter, runs_on=True) for chapter in unit.chapters]
    return _page(head, [part, *behind, *([part_html(unit.sheets)] if unit.sheets else [])], "")


def _page(head: Head, parts: Sequence[Markup], styles: str) -> str:
    template = _environment().get_template("document.html")
    divisions = " ".join(Divisions(head.divided, head.undivided).on(" ".join(parts)))
    return reached(template.render(head=head, styles=Markup(styles), parts=parts, divisions=divisions))


def part_html(
    part: Part,
    *,
    embedded: bool = False,
    continues: bool = False,
    within: bool = False,
    stretch: MatrixPanel | None = None,
    runs_on: bool = False,
) -> Markup:
    """One part; `embedded` where it stands inside a chapter and begins no page of its own, `continues` without head.

    `within`: it begins in the middle of a table. `stretch`: of the matrix only this one, else all of it. `runs_on`: it
    begins on the page where the chapter before ends, if a third of that is free.
    """
    template = _environment().get_template(f"{part.kind}.html")
    told = {"embedded": embedded, "continues": continues, "within": within, "stretch": stretch, "runs_on": runs_on}
    return Markup(template.render(part=part, **told))


def _heading_level(level: int) -> int:
    return min(level, DEEPEST_HEADING)


def _plain(nodes: Inline) -> str:
    return "".join(node.plain() for node in nodes)


def _is_address(link: Node) -> bool:
    """Whether the words of a link are an address of the web, or the end of one."""
    target, words = str(link.attrs["target"]), link.plain()
    return bool(words) and target.startswith("http") and target.endswith(words)


def _picture(src: str) -> str:
    """The address under which the typesetter finds a picture."""
    return f"content:{quote(src)}"


def _runs(blocks: Sequence[Node | Part]) -> list[tuple[bool, list[Node | Part]]]:
    """A chapter's blocks as runs: (True, [part]) for each part, (False, nodes) for what stands between."""
    runs: list[tuple[bool, list[Node | Part]]] = []
    for block in blocks:
        if isinstance(block, Part):
            runs.append((True, [block]))
        elif runs and not runs[-1][0]:
            runs[-1][1].append(block)
        else:
            runs.append((False, [block]))
    return runs


def _background(drawing: str) -> Markup:
    """A drawing as a style, for an element that it decorates."""
    return Markup(f"background-image: {shapes.css_url(drawing)}")


def _background_value(drawing: str) -> Markup:
    return Markup(shapes.css_url(drawing))


def _drawing(drawing: str) -> Markup:
    return Markup(drawing)


def _unknown(kind: str) -> str:
    raise RenderingError(f"Die Druckvorlagen kennen kein Textelement der Art „{kind}“.")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(STYLES / "print"),
        bytecode_cache=compiled_templates(STYLES / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "plain": _plain,
        "picture": _picture,
        "background": _background,
        "background_value": _background_value,
        "drawing": _drawing,
        "heading": _heading_level,
        "runs": _runs,
        "lines": lines_of,
        "sentence_ends": with_sentence_ends,
    }
    environment.tests |= {
        "address": _is_address,
        "beside_label": beside_label,
        "flowing": flows,
        "long_lead": is_long_lead,
        "long_row": is_long_row,
        "short_table": is_short_table,
        "whole_actor": is_whole,
    }
    environment.globals |= {
        "opening_sheets": opening_sheets,
        "part_html": part_html,
        "unknown": _unknown,
        "beside_actor": beside_actor,
        "balance": balance,
        "rail_height": rail_height,
        "divisible": divisible,
        "head_height": head_height,
        "matrix_columns": matrix_columns,
        "matrix_panels": panels_of,
        "overview_fit": overview_fit,
        "contents_scale": contents_scale,
        "cover_size": cover_size,
        "cover_top": cover_top,
        "column_widths": column_widths,
        "unheard_columns": unheard_columns,
        "compact_indicators": compact_indicators,
        "fact_rows": fact_rows,
        "goal_rail": goal_rail,
        "label_height": label_height,
        "on_paper": on_paper,
        "page_openings": page_openings,
        "prose_widths": prose_widths,
        "draw": drawings,
        "grid": tokens().grid,
        "mm": tokens().mm,
        "page_placeholder": PAGE_PLACEHOLDER,
        "way_back": WAY_BACK,
    }
    return environment
