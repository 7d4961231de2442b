"""The style sheets of the print as text: the files of styles/print with the tokens' values, and what is drawn."""

from __future__ import annotations

import re
from functools import cache

from pipeline.design import STYLES
from pipeline.document.model import SHAPES, Properties
from pipeline.pdf.drawings import drawings, shapes
from pipeline.pdf.tokens import custom_properties, font_faces, tokens

STYLE_FILES = (
    *("page.css", "text.css", "table.css", "front.css", "sheets.css"),
    *("glossary.css", "actors.css", "glance.css", "wide.css"),
)
_VARIABLE = re.compile(r"var\((--[a-z0-9-]+)\)")


@cache
def stylesheet() -> str:
    """The style sheet that all documents share; of its variables only those are left that templates give a value."""
    files = [(STYLES / "print" / name).read_text(encoding="utf-8").strip() for name in STYLE_FILES]
    return "\n".join([font_faces(), _with_tokens("\n".join(files)), _drawn_classes()])


def _with_tokens(style: str) -> str:
    """Style sheets with the tokens' values in place of their names.

    Left to the renderer, `td { padding: var(--cell-above) … }` would be looked up and parsed anew for every cell of a
    matrix that may have a hundred thousand. `var(--head)`, which each matrix gives for itself, stays.
    """
    values = custom_properties()
    return _VARIABLE.sub(lambda match: values.get(match[1], match[0]), style)


def document_rules(properties: Properties) -> str:
    """What one document adds: the strip in the margin of a draft."""
    return _draft_strip(properties.draft_mark)


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
    rules[".bar-today::before"] = shapes.css_url(drawings.legend_today())
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
        place = f"{tokens().mm['strip']['left'] - size['left']:g}mm {-size['top']:g}mm"
        rules.append(f"@page {name} {{ background: {strip} no-repeat {place} }}")
    return "\n".join(rules)
