"""Running head, foot, page number and thumb tab, written on bound pages: artifacts, no content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pikepdf

from pipeline.document.model import Properties
from pipeline.pdf.bind.font import REGULAR, STRONG, StampFont
from pipeline.pdf.fragment import Place
from pipeline.pdf.tokens import PT_PER_MM, tokens
from pipeline.text.typography import typeset_line

GOES_ON = " (Fortsetzung)"
WAY_BACK = "zum Inhalt"  # a link, at the head of the page where a part begins
FIGURE_MIDDLE = 0.33  # of the size, from a figure's baseline to its middle: figures are two thirds of it high


@dataclass(frozen=True)
class Furniture:
    """What runs along a part's pages: its name, left out on its first page, and the number on its thumb tab.

    `sections` are its sheets, by their anchors: a page that goes on with one names it too, as `goes_on`. `chapters` are
    those that begin behind it, by their anchors: where a page goes on with one, its name runs along.
    """

    run: str
    tab: str = ""
    tab_place: int = 0
    sections: Mapping[str, str] = field(default_factory=dict)
    chapters: Mapping[str, str] = field(default_factory=dict)
    goes_on: str = ""

    def on(self, page: int, anchors: Mapping[str, Place]) -> Furniture:
        """What runs along a page of a fragment, counted from 0, whose anchors lie there."""
        if self.chapters:
            return replace(self, run=_going_on(self.chapters, page, anchors, otherwise=self.run))
        return replace(self, goes_on=_going_on(self.sections, page, anchors, otherwise=""))


def _going_on(names: Mapping[str, str], page: int, anchors: Mapping[str, Place], *, otherwise: str) -> str:
    """The name of what a page goes on with, '' where something begins at its head."""
    begun = [(anchors[name], label) for name, label in names.items() if anchors[name].page < page]
    top = max((anchors[name].y for name in names if anchors[name].page == page), default=0.0)
    if top > _highest() - 1:
        return ""
    if not begun:
        return otherwise
    _, label = max(begun, key=lambda item: (item[0].page, -item[0].y))
    return label


def _highest() -> float:
    """Where the type area of an upright page begins, in points from its lower edge."""
    page = tokens().page["portrait"]
    return (page["height"] - page["top"]) * PT_PER_MM


def stamp(
    pages: Sequence[pikepdf.Object],
    furniture: Sequence[Furniture | None],
    opening: Sequence[bool],
    properties: Properties,
    fonts: Mapping[int, StampFont],
) -> None:
    """Writes on every page that has furniture. `opening` says where a part begins."""
    for number, (page, item, opens) in enumerate(zip(pages, furniture, opening, strict=True), 1):
        if item is None:
            continue
        sheet, gap = _Sheet(page, fonts), tokens().mm["running"]["between"] * PT_PER_MM
        grey, ink = tokens().colour["grey"], tokens().colour["ink"]
        small = tokens().type["small"].size
        plain, strong = _Face(REGULAR, small, grey), _Face(STRONG, small, ink)
        run = "" if opens else sheet.shortened(item.run, plain, sheet.room / 2)
        beside = WAY_BACK if opens else run  # which the page itself has where a part begins
        head_room = sheet.room - sheet.length(beside, plain) - (gap if beside else 0)
        sheet.text(sheet.shortened(properties.title, strong, head_room), strong, sheet.head, left=True)
        sheet.text(run, plain, sheet.head, left=False)
        if item.goes_on:
            room = sheet.room - sheet.length(GOES_ON, strong)
            sheet.text(sheet.shortened(item.goes_on, strong, room) + GOES_ON, strong, sheet.below_head, left=True)
        total = f" von {len(pages)}"
        room = sheet.length(total, plain)
        figure = _Face(STRONG, tokens().type["body"].size, ink)
        foot_room = sheet.room - room - sheet.length(str(number), figure) - gap
        sheet.text(sheet.shortened(running_foot(properties), plain, foot_room), plain, sheet.foot, left=True)
        sheet.text(str(number), figure, sheet.foot, left=False, room=room)
        sheet.text(total, plain, sheet.foot, left=False)
        if item.tab:
            sheet.tab(item.tab, item.tab_place)
        sheet.write()


def running_foot(properties: Properties) -> str:
    """What stands at the foot of every page: `Fassung 0.1 · Stand 22. November 2026 · Entwurf, nicht beschlossen`."""
    claim = f"{properties.state.label}, nicht beschlossen" if properties.draft_mark else "beschlossen"
    return f"{typeset_line(f'Fassung {properties.edition}')} · Stand {properties.date_label} · {claim}"


@dataclass(frozen=True)
class _Face:
    """How a line is set: weight, size in points, colour."""

    weight: int
    size: float
    colour: str


class _Sheet:
    """One page and what is to be written on it."""

    def __init__(self, page: pikepdf.Object, fonts: Mapping[int, StampFont]) -> None:
        self.page, self.fonts = page, fonts
        _, _, self.width, self.height = (float(value) for value in page.MediaBox)
        name = "landscape" if self.width > self.height else "portrait"
        margins = tokens().page[name]
        self.left = margins["left"] * PT_PER_MM
        self.right = self.width - margins["right"] * PT_PER_MM
        # Baselines, from the page's lower edge.
        self.head = self.height - tokens().pt["running_head"][name]
        self.below_head = self.height - tokens().pt["running_on"][name]
        self.foot = tokens().pt["running_foot"][name]
        self.operators: list[bytes] = []

    @property
    def room(self) -> float:
        """The width in points that a line has."""
        return self.right - self.left

    def length(self, text: str, face: _Face) -> float:
        """The width of a line in points."""
        return self.fonts[face.weight].width(text) * face.size / 1000

    def shortened(self, text: str, face: _Face, room: float) -> str:
        """As many words as fit, with an ellipsis where that is not all.

        "Verwaltung, Kammern und Betriebe" becomes "Verwaltung, Kammern…", or "Verwaltung…" without its comma.
        """
        words = text.split(" ")
        while self.length(" ".join(words), face) > room and len(words) > 1:
            words = [*words[:-2], f"{words[-2].rstrip('…,;:·–')}…"]
        return " ".join(words)

    def text(self, text: str, face: _Face, y: float, *, left: bool, room: float = 0) -> None:
        """One line, from the left edge of the type area or up to its right edge less `room` points; none for ''."""
        if not text:
            return
        font, size = self.fonts[face.weight], face.size
        x = self.left if left else self.right - room - self.length(text, face)
        kind = b"Header" if y > self.height / 2 else b"Footer"
        pieces = font.pieces(text)
        resources = [str(piece_font.resource)[1:].encode() for piece_font, _ in pieces]
        shown = [b"%s Tj" % piece_font.encode(piece) for piece_font, piece in pieces]
        further = [b" /%s %g Tf %s" % (name, size, piece) for name, piece in zip(resources[1:], shown[1:], strict=True)]
        self.operators.append(
            b"/Artifact <</Type /Pagination /Subtype /%s>> BDC %s rg BT /%s %g Tf 1 0 0 1 %.2f %.2f Tm %s ET EMC"
            % (kind, _rgb(face.colour), resources[0], size, x, y, shown[0] + b"".join(further))
        )
        for piece_font, _ in pieces:
            self._use(piece_font)

    def tab(self, number: str, place: int) -> None:
        """A thumb tab at the outer edge, one place lower for each field of action; below the last, at the top again."""
        mm, places = tokens().mm["tab"], tokens().limits["tab"]["places"]
        width, height = mm["width"] * PT_PER_MM, mm["height"] * PT_PER_MM
        top = self.height - (mm["top"] + place % places * mm["step"]) * PT_PER_MM
        left = self.width - width
        font, size = self.fonts[STRONG], tokens().type["tab"].size
        x = left + (width - font.width(number) * size / 1000) / 2
        y = top - height / 2 - size * FIGURE_MIDDLE
        petrol, paper = _rgb(tokens().colour["petrol"]), _rgb(tokens().colour["paper"])
        self.operators.append(
            b"/Artifact <</Type /Pagination>> BDC %s rg %.2f %.2f %.2f %.2f re f "
            b"%s rg BT /%s %g Tf 1 0 0 1 %.2f %.2f Tm %s Tj ET EMC"
            % (
                petrol,
                left,
                top - height,
                width,
                height,
                paper,
                str(font.resource)[1:].encode(),
                size,
                x,
                y,
                font.encode(number),
            )
        )
        self._use(font)

    def _use(self, font: StampFont) -> None:
        self.page.Resources.Font[font.resource] = font.object

    def write(self) -> None:
        """Writes the lines after the page's own content, whose graphics state is put aside.

        Content may end with another colour or scale; between `q` and `Q` all of it is undone (ISO 32000-1, 8.4.2).
        """
        content = self.page.Contents.read_bytes()
        self.page.Contents.write(b"q\n" + content + b"\nQ\n" + b"\n".join(self.operators))


def _rgb(colour: str) -> bytes:
    values = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return " ".join(f"{value:.4g}" for value in values).encode()
