"""The design's tokens as the print needs them: values for drawings and estimates, and what style sheets call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.design import design

MM_PER_PT = 25.4 / 72
PT_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class TypeStyle:
    """One role of text; `size` and `leading` in points, `face` is the font file's name below styles/fonts.

    `families`: the names of its own family and of those that stand in for what it lacks, in this order.
    """

    families: tuple[str, ...]
    face: str
    weight: int
    size: float
    leading: float

    def css(self) -> str:
        """As the value of CSS' `font` shorthand."""
        return f"{self.weight} {self.size:g}pt/{self.leading:g}pt {quoted(self.families)}"


@dataclass(frozen=True)
class Face:
    """One font file and how CSS asks for it."""

    family: str
    weight: int
    style: str
    file: str


@dataclass(frozen=True)
class Tokens:
    """All design tokens.

    `page` and `grid` are in millimetres. `mm` and `pt` are the lengths that style sheets, estimates of heights and
    drawings share, in the unit of their name: what they belong to (`sheet`) → which length of it (`below`). `limits`
    are counts, in the same order.
    """

    colour: Mapping[str, str]
    type: Mapping[str, TypeStyle]
    family: Mapping[str, tuple[str, ...]]
    faces: tuple[Face, ...]
    page: Mapping[str, Mapping[str, float]]
    grid: Mapping[str, float]
    mm: Mapping[str, Mapping[str, float]]
    pt: Mapping[str, Mapping[str, float]]
    limits: Mapping[str, Mapping[str, int]]

    def families(self) -> frozenset[str]:
        """The names of the families that the document may use."""
        return frozenset(face.family for face in self.faces)


@cache
def tokens() -> Tokens:
    """The tokens of styles/tokens.json."""
    raw = design()
    faces = {name: [Face(font["family"], **face) for face in font["faces"]] for name, font in raw["font"].items()}
    chains = {name: _chain(name, raw["font"]) for name in faces}
    types = {
        name: _type_style(chains[style["font"]], faces[style["font"]], style) for name, style in raw["type"].items()
    }
    every_face = tuple(face for family in faces.values() for face in family)
    lengths = (raw["page_mm"], raw["grid_mm"], raw["lengths_mm"], raw["lengths_pt"])
    return Tokens(raw["colour"], types, chains, every_face, *lengths, raw["limits"])


def _chain(name: str, fonts: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """A family and, for the characters that it lacks, all others in the order of the tokens."""
    return tuple(fonts[other]["family"] for other in (name, *(other for other in fonts if other != name)))


def quoted(families: tuple[str, ...]) -> str:
    """Names of families as CSS lists them."""
    return ", ".join(f'"{family}"' for family in families)


def _type_style(families: tuple[str, ...], faces: list[Face], style: Mapping[str, str | float]) -> TypeStyle:
    weight = int(style["weight"])
    face = next(face for face in faces if face.weight == weight and face.style == "normal")
    return TypeStyle(families, face.file, weight, float(style["size"]), float(style["leading"]))


def font_faces() -> str:
    """The `@font-face` rules; the addresses are those that the fetcher serves."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"font-style: {face.style}; src: url(styles:fonts/{face.file}) }}"
        for face in tokens().faces
    )


@cache
def custom_properties() -> Mapping[str, str]:
    """What style sheets call the tokens, and their values: `--ink`, `--font-h1`, `--grid-rail`, `--sheet-below`, …"""
    all_tokens = tokens()
    values = dict(all_tokens.colour)
    values |= {f"font-{name}": style.css() for name, style in all_tokens.type.items()}
    values |= {f"size-{name}": f"{style.size:g}pt" for name, style in all_tokens.type.items()}
    values |= {f"family-{name}": quoted(families) for name, families in all_tokens.family.items()}
    values |= {f"grid-{name}": f"{value:g}mm" for name, value in all_tokens.grid.items()}
    for page, lengths in all_tokens.page.items():
        values |= {f"page-{page}-{name}": f"{value:g}mm" for name, value in lengths.items()}
    for unit, groups in (("mm", all_tokens.mm), ("pt", all_tokens.pt)):
        for group, lengths in groups.items():
            values |= {f"{group}-{name}": f"{value:g}{unit}" for name, value in lengths.items()}
    return {f"--{name.replace('_', '-')}": value for name, value in values.items()}
