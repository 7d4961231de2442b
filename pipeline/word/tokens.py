"""The design's tokens as Word needs them: colours, type sizes, pages, and how much of the matrix fits one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pipeline.design import design
from pipeline.document.matrix_panels import PanelLimits

_TWIPS_A_MM: Final = 1440 / 25.4
_BOLD_FROM: Final = 600  # Word knows regular and bold only
# What ECMA-376 17.8.3.9 calls families without and with serifs, and those that are neither.
_KINDS: Final = {"sans": "swiss", "serif": "roman", "symbols": "auto"}


@dataclass(frozen=True)
class Letters:
    """One role of text: the family as Word names it, size and leading in points."""

    family: str
    size: float
    leading: float
    bold: bool


@dataclass(frozen=True)
class Face:
    """A font's file; `slot`: the looks that Word knows, Regular, Bold, Italic."""

    slot: str
    file: str


@dataclass(frozen=True)
class Font:
    """A family as Word names it, its kind in Word's words (swiss, roman, auto) and its files."""

    family: str
    kind: str
    faces: tuple[Face, ...]


@dataclass(frozen=True)
class Page:
    """A page and its margins in twips (twentieths of a point)."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int

    @property
    def text_width(self) -> int:
        """The width between the margins, in twips."""
        return self.width - self.left - self.right

    @property
    def landscape(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height


@dataclass(frozen=True)
class Tokens:
    """Colours as six hex digits; `families`: the family an SVG names → the one that is installed.

    `fonts` are for text; `symbols` has signs that they lack.
    """

    colours: Mapping[str, str]
    letters: Mapping[str, Letters]
    families: Mapping[str, str]
    fonts: tuple[Font, ...]
    symbols: Font
    portrait: Page
    landscape: Page
    panels: PanelLimits


@cache
def tokens() -> Tokens:
    """The design's tokens, read once."""
    raw = design()
    fonts = raw["font"]
    letters = {
        role: Letters(
            fonts[entry["font"]]["word_family"], entry["size"], entry["leading"], entry["weight"] >= _BOLD_FROM
        )
        for role, entry in raw["type"].items()
    }
    families = {name: Font(font["word_family"], _KINDS[name], _faces(font["faces"])) for name, font in fonts.items()}
    symbols = families.pop("symbols")
    return Tokens(
        {name: value.lstrip("#") for name, value in raw["colour"].items()},
        letters,
        {font["family"]: font["word_family"] for font in fonts.values()},
        tuple(families.values()),
        symbols,
        _page(raw["page_mm"]["portrait"]),
        _page(raw["page_mm"]["landscape"]),
        PanelLimits(**raw["limits"]["matrix"]),
    )


def twips_from_mm(millimetres: float) -> int:
    """Millimetres → twentieths of a point, Word's unit of length."""
    return round(millimetres * _TWIPS_A_MM)


def _faces(entries: Sequence[Mapping[str, Any]]) -> tuple[Face, ...]:
    """One file a slot, in Word's order; the boldest where several would be bold."""
    slots = {}
    for entry in sorted(entries, key=lambda entry: int(entry["weight"])):
        italic, bold = entry["style"] == "italic", entry["weight"] >= _BOLD_FROM
        slots[("Bold" * bold + "Italic" * italic) or "Regular"] = str(entry["file"])
    return tuple(Face(slot, slots[slot]) for slot in ("Regular", "Bold", "Italic", "BoldItalic") if slot in slots)


def _page(lengths: Mapping[str, float]) -> Page:
    return Page(**{name: twips_from_mm(length) for name, length in lengths.items()})
