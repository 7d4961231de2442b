"""Style descriptions → `w:style` elements.

Built-in styles keep their IDs, so that Word shows them in the reader's language and its navigation works; our own are
named `ZP …`. Lengths are points; what is left out comes from the style that another is based on.

No style is bold. Where the styles of table, paragraph and letters each say so, the standard takes two for none, and
lenient programs take the last (ISO 29500-1, 17.7.3; tests/word/toggles.py). So heavier letters are another family, and
bold is what an author makes bold. Italics stand in styles of paragraphs alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.ooxml.elements import Element, w
from pipeline.word.tokens import tokens

TWIPS_A_POINT: Final = 20


@dataclass(frozen=True)
class Type:
    """How letters look; `size` in points, `colour` and `fill` keys of the tokens."""

    font: str = ""
    size: float = 0
    italic: bool = False
    underline: bool = False
    colour: str = ""
    fill: str = ""
    frame: str = ""
    superscript: bool = False

    def element(self) -> Element:
        """The run properties, `w:rPr`, in the order of the schema."""
        return w("rPr", *self._properties())

    def _properties(self) -> Iterator[Element]:
        if self.font:
            yield w("rFonts", ascii=self.font, hAnsi=self.font, eastAsia=self.font, cs=self.font)
        if self.italic:
            yield w("i")
            yield w("iCs")
        if self.colour:
            yield w("color", val=tokens().colours[self.colour])
        if self.size:
            # The size in half points; `szCs` is the same for scripts such as Arabic, which Word sizes apart.
            yield w("sz", val=round(self.size * 2))
            yield w("szCs", val=round(self.size * 2))
        if self.underline:
            yield w("u", val="single")
        if self.frame:
            yield w("bdr", val="single", sz=6, space=0, color=tokens().colours[self.frame])
        if self.fill:
            yield shading(self.fill)
        if self.superscript:
            yield w("vertAlign", val="superscript")


@dataclass(frozen=True)
class Block:
    """How a paragraph stands. `outline`: 1 for the first level; `border`: its side; `tab`: a stop's side and place."""

    before: float = 0
    after: float = 0
    leading: float = 0
    indent: float = 0
    hanging: float = 0
    outline: int = 0
    border: str = ""
    tab: tuple[str, float] | None = None
    keep_next: bool = False
    new_page: bool = False
    hyphenate: bool = True
    exact: bool = False  # the leading is not exceeded

    def element(self) -> Element:
        """The paragraph properties, `w:pPr`, in the order of the schema."""
        return w("pPr", *self._properties())

    def _properties(self) -> Iterator[Element]:
        if self.keep_next:
            yield w("keepNext")
            yield w("keepLines")
        if self.new_page:
            yield w("pageBreakBefore")
        if self.border:
            yield w("pBdr", w(self.border, val="single", sz=8, space=4, color=tokens().colours["ink"]))
        if self.tab:
            yield w("tabs", w("tab", val=self.tab[0], pos=twips(self.tab[1])))
        if not self.hyphenate:
            yield w("suppressAutoHyphens")
        rule = "exact" if self.exact else "atLeast"
        line: dict[str, str | int] = {"line": twips(self.leading), "lineRule": rule} if self.leading else {}
        yield w("spacing", before=twips(self.before), after=twips(self.after), **line)
        if self.indent or self.hanging:
            yield w("ind", left=twips(self.indent), hanging=twips(self.hanging))
        if self.outline:
            yield w("outlineLvl", val=self.outline - 1)


@dataclass(frozen=True)
class ParagraphStyle:
    """A style of paragraphs: its ID and name, how it stands and looks, the style of what is typed after it."""

    identifier: str
    name: str
    block: Block
    type: Type = Type()
    based_on: str = "Normal"
    following: str = ""

    def element(self) -> Element:
        """The style as a `w:style` element."""
        children = [w("name", val=self.name)]
        if self.identifier != "Normal":
            children.append(w("basedOn", val=self.based_on))
        if self.following:
            children.append(w("next", val=self.following))
        children += [w("qFormat"), self.block.element(), self.type.element()]
        style = _style("paragraph", self.identifier, self.name, children)
        if self.identifier == "Normal":
            style.attrib.update(w("style", default=1).attrib)
        return style


@dataclass(frozen=True)
class CharacterStyle:
    """A style of letters within a paragraph: its ID, its name, how the letters look."""

    identifier: str
    name: str
    type: Type

    def element(self) -> Element:
        """The style as a `w:style` element."""
        children = [
            w("name", val=self.name),
            w("basedOn", val="DefaultParagraphFont"),
            w("qFormat"),
            self.type.element(),
        ]
        return _style("character", self.identifier, self.name, children)


@dataclass(frozen=True)
class TableStyle:
    """A table with hairlines between its rows; `grid`: between its columns too; `margins`: of its cells, in points."""

    identifier: str
    name: str
    grid: bool = False
    margins: tuple[float, float] = (2, 4)  # above and below, at the sides

    def element(self) -> Element:
        """The style as a `w:style` element."""
        high, wide = self.margins
        margins = {"top": high, "left": wide, "bottom": high, "right": wide}
        borders = [border("top", "ink", 8), border("bottom", "ink", 4), border("insideH", "hair", 4)]
        if self.grid:
            borders.append(border("insideV", "hair", 4))
        children = [
            w("name", val=self.name),
            w("basedOn", val="TableNormal"),
            w("qFormat"),
            w(
                "tblPr",
                w("tblBorders", *borders),
                w("tblCellMar", *(w(side, w=twips(size), type="dxa") for side, size in margins.items())),
            ),
            w(
                "tblStylePr",
                w("tcPr", w("tcBorders", border("bottom", "ink", 8)), w("vAlign", val="bottom")),
                type="firstRow",
            ),
            w("tblStylePr", Type(colour="ink").element(), type="firstCol"),  # there, so that it can be switched on
        ]
        return _style("table", self.identifier, self.name, children)


def twips(points: float) -> int:
    """Points → twentieths of a point."""
    return round(points * TWIPS_A_POINT)


def shading(colour: str) -> Element:
    """The background of a cell or a run, by the colour's key in the tokens."""
    return w("shd", val="clear", color="auto", fill=tokens().colours[colour])


def border(side: str, colour: str, eighths: int) -> Element:
    """A line at one side, by the colour's key in the tokens; its width in eighths of a point."""
    return w(side, val="single", sz=eighths, space=0, color=tokens().colours[colour])


def _style(kind: str, identifier: str, name: str, children: list[Element]) -> Element:
    own = {"customStyle": 1} if name.startswith("ZP ") else {}
    return w("style", *children, type=kind, **own, styleId=identifier)
