"""The tokens' colours: every text is readable on every ground it may stand on (WCAG 2.1, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from pipeline.design import STYLES
from pipeline.pdf.css import STYLE_FILES
from pipeline.pdf.drawings import shapes
from pipeline.pdf.tokens import tokens

TEXT, SIGN = 4.5, 3.0
REVERSED = {"paper", "cover_text"}  # texts on dark grounds
DARK = {"petrol", "petrol_dark"}


def luminance(colour: str) -> float:
    """WCAG's relative luminance of `#RRGGBB`, 0 … 1."""
    values = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in values)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """WCAG's contrast ratio of two tokens, 1 … 21."""
    darker, lighter = sorted(luminance(tokens().colour[name]) for name in (first, second))
    return (lighter + 0.05) / (darker + 0.05)


def used(declaration: str) -> set[str]:
    """The colour tokens that the style sheets use in a declaration."""
    text = "\n".join((STYLES / "print" / name).read_text("utf-8") for name in STYLE_FILES)
    found = re.findall(rf"(?<![a-z-]){declaration}: *[^;}}]*var\(--([a-z0-9-]+)\)", text)
    return {name.replace("-", "_") for name in found} & set(tokens().colour)


def pairs() -> Iterator[tuple[str, str]]:
    texts, grounds = used("color"), used("background") | {"paper"}
    yield from product(sorted(texts - REVERSED), sorted(grounds - DARK))
    yield from product(sorted(texts & REVERSED), sorted(grounds & DARK))


def test_the_formula_is_that_of_the_standard() -> None:
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert contrast("paper", "paper") == 1
    assert contrast("ink", "paper") == pytest.approx(16.1, abs=0.05)


def test_texts_and_grounds_are_found() -> None:
    assert used("color") >= {"ink", "grey", "petrol", "copper", "paper", "cover_text"}
    assert used("background") >= {"paper", "petrol", "petrol_dark", "tint1", "tint2"}


@pytest.mark.parametrize(("text", "ground"), list(pairs()))
def test_text_on_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= TEXT


@pytest.mark.parametrize("palette", [shapes.paper(), shapes.dark()], ids=["paper", "cover"])
def test_drawn_lines_and_signs(palette: shapes.Palette) -> None:
    """Grid lines and row hairlines carry no meaning; all else does."""
    names = {colour: name for name, colour in tokens().colour.items()}
    ground = names[palette.ground]
    for colour in (palette.filled, palette.open, palette.other, palette.partner):
        assert contrast(names[colour], ground) >= SIGN, names[colour]
    assert contrast(names[palette.text], ground) >= TEXT
    assert contrast(names[palette.open], names[palette.open_ground]) >= SIGN
