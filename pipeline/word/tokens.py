"""The design's tokens as Word needs them: colours, type sizes, pages, and how much of the matrix fits one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pipeline.design import design
from pipeline.document.matrix_panels import PanelLimits

_TWIPS_A_MM: Final = 1440 / 25.4
_SEMIBOLD: Final = 600  # a family of its own: Word knows regular and bold only, and bold is what an author makes bold
# What ECMA-376 17.8.3.9 calls families without and with serifs, and those that are neither.
_KINDS: Final = {"sans": "swiss", "serif": "roman", "symbols": "auto"}


@dataclass(frozen=True)
class Letters:
    """One role of text: the family as Word names it, size and leading in points.

    What is heavier than regular stands in the semibold family; no role is bold.
    """

    family: str
    size: float
    leading: float


@dataclass(frozen=True)
class Face:
    """A font's file; `slot`: the looks that Word knows, Regular, Bold, Italic."""

    slot: str
    file: str


@dataclass(frozen=True)
class Font:
    """A family as Word names it, its kind in Word's words (swiss, roman, auto), its files, and whether it is one of
    its own only because Word has no semibold letters.
    """

    family: str
    kind: str
    faces: tuple[Face, ...]
    semibold: bool = False


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
        role: Letters(family_of(fonts[entry["font"]]["word_family"], entry["weight"]), entry["size"], entry["leading"])
        for role, entry in raw["type"].items()
    }
    (symbols,) = _families("symbols", fonts["symbols"])
    return Tokens(
        {name: value.lstrip("#") for name, value in raw["colour"].items()},
        letters,
        {font["family"]: font["word_family"] for font in fonts.values()},
        (*_families("sans", fonts["sans"]), *_families("serif", fonts["serif"])),
        symbols,
        _page(raw["page_mm"]["portrait"]),
        _page(raw["page_mm"]["landscape"]),
        PanelLimits(**raw["limits"]["matrix"]),
    )


def twips_from_mm(millimetres: float) -> int:
    """Millimetres → twentieths of a point, Word's unit of length."""
    return round(millimetres * _TWIPS_A_MM)


def family_of(family: str, weight: int) -> str:
    """The family that letters of a weight stand in, by the name that the font file gives itself."""
    return f"{family} Semibold" if weight >= _SEMIBOLD else family


def _families(name: str, font: Mapping[str, Any]) -> tuple[Font, ...]:
    """The family, and behind it the one of its semibold letters, if it has any."""
    family, kind, faces = font["word_family"], _KINDS[name], font["faces"]
    own = Font(family, kind, _faces(face for face in faces if face["weight"] != _SEMIBOLD))
    semibold = tuple(Face("Regular", face["file"]) for face in faces if face["weight"] == _SEMIBOLD)
    return (own, Font(family_of(family, _SEMIBOLD), kind, semibold, semibold=True)) if semibold else (own,)


def _faces(entries: Iterable[Mapping[str, Any]]) -> tuple[Face, ...]:
    """One file a slot, in Word's order."""
    slots = {}
    for entry in entries:
        italic, bold = entry["style"] == "italic", entry["weight"] > _SEMIBOLD
        slots[("Bold" * bold + "Italic" * italic) or "Regular"] = str(entry["file"])
    return tuple(Face(slot, slots[slot]) for slot in ("Regular", "Bold", "Italic", "BoldItalic") if slot in slots)


def _page(lengths: Mapping[str, float]) -> Page:
    return Page(**{name: twips_from_mm(length) for name, length in lengths.items()})
