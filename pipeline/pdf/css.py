"""Tokens, style files and drawn backgrounds in, style sheets as text out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pipeline.document import SHAPES, Document, FieldOpener, MeasureSheets, Part
from pipeline.pdf import drawings, shapes
from pipeline.pdf.tokens import STYLES, custom_properties, font_faces, tokens

STYLE_FILES = ("page.css", "text.css", "table.css", "front.css", "plan.css", "wide.css")
STRIP_LEFT = 8  # millimetres from the page's edge
TAB_TOP, TAB_STEP, TAB_PLACES = 10, 18, 13  # millimetres, millimetres, thumb tabs on a page's height


@cache
def stylesheet() -> str:
    """The style sheet that all documents share."""
    files = [(STYLES / "print" / name).read_text(encoding="utf-8").strip() for name in STYLE_FILES]
    return "\n".join([font_faces(), custom_properties(), *files, _drawn_classes()])


def document_rules(document: Document) -> str:
    """What one document adds: the strip in the margin of a draft, the thumb tabs of its fields."""
    parts = tuple(every_part(document.parts))
    return "\n".join([_draft_strip(document.properties.draft_mark), *_thumb_tabs(parts)])


def every_part(parts: Iterable[Part]) -> Iterable[Part]:
    """All parts, those inside chapters too."""
    for part in parts:
        yield part
        inside = getattr(part, "blocks", ())
        yield from every_part(block for block in inside if isinstance(block, Part))


def _drawn_classes() -> str:
    """A class for each sign, status, rule and legend that is drawn behind text."""
    paper, dark = shapes.paper(), shapes.dark()
    rules = {f".sign-{shape}": shapes.css_url(shapes.sign_ground(shape)) for shape in (*SHAPES, "none")}
    rules |= {f".state-{key}::before": shapes.css_url(shapes.state_mark(key)) for key in shapes.STATES}
    rules |= {f".hung-{shape}": shapes.css_url(drawings.sheet_rule(shape)) for shape in (*SHAPES, "none", "rule")}
    for shape in (*SHAPES, "none"):
        rules[f".bar-{shape}::before"] = shapes.css_url(drawings.legend_bar(shape, paper))
        rules[f".cover-dunkel .bar-{shape}::before"] = shapes.css_url(drawings.legend_bar(shape, dark))
    rules[".bar-on::before"] = shapes.css_url(drawings.legend_bar("filled", paper, pointed=True))
    rules[".bar-milestone::before"] = shapes.css_url(drawings.legend_diamond())
    for key in ("entwurf", "beschlussvorlage", "beschlossen"):
        rules[f".status-{key}"] = shapes.css_url(drawings.status_edge(key))
    return "\n".join(f"{selector} {{ background-image: {image} }}" for selector, image in rules.items())


def _draft_strip(mark: str) -> str:
    if not mark:
        return ""
    rules = []
    for name, page in (("", "portrait"), ("wide", "landscape")):
        size = tokens().page[page]
        strip = shapes.css_url(drawings.draft_strip(mark, size["height"]))
        place = f"{STRIP_LEFT - size['left']:g}mm {-size['top']:g}mm"
        rules.append(f"@page {name} {{ background: {strip} no-repeat {place} }}")
    return "\n".join(rules)


def _thumb_tabs(parts: Iterable[Part]) -> list[str]:
    """A page of its own for each field of action, with its number at the outer edge."""
    numbers = dict.fromkeys(part.number for part in parts if isinstance(part, (FieldOpener, MeasureSheets)))
    rules = []
    for place, number in enumerate(numbers):
        top = TAB_TOP + place % TAB_PLACES * TAB_STEP
        rules.append(f".tab-{number} {{ page: field-{number} }}")
        rules.append(
            f'@page field-{number} {{ @right-top {{ content: "{number}"; width: 6mm; '
            f"height: 14mm; margin: {top}mm 0 0 11mm; background: var(--petrol); "
            f"color: var(--paper); font: var(--font-tab); text-align: center; "
            f"vertical-align: middle }} }}"
        )
    return rules
