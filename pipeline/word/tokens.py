"""The design's tokens as Word needs them: colours, type sizes, pages, and how much of the matrix fits one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pipeline.design import design
from pipeline.document.matrix_panels import PanelLimits

_SLOTS: Final = {"Regular": (False, False), "Bold": (True, False), "Italic": (False, True), "BoldItalic": (True, True)}
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
    """A font's file, by its path below styles/; `slot`: the looks that Word knows, Regular, Bold, Italic."""

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

    `fonts` are for text; `others` have letters and signs that they lack, the first that has one is taken.
    """

    colours: Mapping[str, str]
    letters: Mapping[str, Letters]
    families: Mapping[str, str]
    fonts: tuple[Font, ...]
    others: tuple[Font, ...]
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
    texts = ("sans", "serif")
    return Tokens(
        {name: value.lstrip("#") for name, value in raw["colour"].items()},
        letters,
        {font["family"]: font["file_family"] for font in fonts.values()},
        tuple(family for name in texts for family in _families(name, fonts[name])),
        tuple(_whole(name, fonts[name]) for name in (*texts, "symbols")),
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


def _whole(name: str, font: Mapping[str, Any]) -> Font:
    """A family with all that its regular file holds, under its maker's name."""
    regular = next(face for face in font["faces"] if face["style"] == "normal")
    return Font(font["file_family"], _KINDS[name], (Face("Regular", f"fonts/{regular['file']}"),))


def _families(name: str, font: Mapping[str, Any]) -> tuple[Font, ...]:
    """The family, and behind it the one of its semibold letters, if it has any."""
    family, kind, faces = font["word_family"], _KINDS[name], font["faces"]
    own = Font(family, kind, tuple(_faces(family, [face for face in faces if face["weight"] != _SEMIBOLD])))
    semibold = tuple(Face("Regular", _file(family, "Semibold")) for face in faces if face["weight"] == _SEMIBOLD)
    return (own, Font(family_of(family, _SEMIBOLD), kind, semibold, semibold=True)) if semibold else (own,)


def _faces(family: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[Face]:
    """One file a slot, in Word's order."""
    there = {(entry["weight"] > _SEMIBOLD, entry["style"] == "italic") for entry in entries}
    for slot, looks in _SLOTS.items():
        if looks in there:
            yield Face(slot, _file(family, slot))


def _file(family: str, look: str) -> str:
    """The smaller file that is made for Word, see styles/word/fonts/make.py."""
    return f"word/fonts/{family.replace(' ', '')}-{look}.ttf"


def _page(lengths: Mapping[str, float]) -> Page:
    return Page(**{name: twips_from_mm(length) for name, length in lengths.items()})
