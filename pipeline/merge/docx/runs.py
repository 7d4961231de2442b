"""The runs of a paragraph in, running text out: formats, links, notes, pictures; fields show their result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Final

from pipeline.merge.docx.style_names import FORMATS, RAISED, Styles, formats_of, value_of
from pipeline.merge.docx.wrappers import DESCRIPTION
from pipeline.ooxml.elements import Element, R, q
from pipeline.text.bare_addresses import bare_address, leads_to, pieces
from pipeline.text.markdown import SCHEMES
from pipeline.text.nodes import Inline, Node

_REFERENCE: Final = re.compile(r"\s*REF\s+(\S+)")
_INSTRUCTED_LINK: Final = re.compile(r"\s*HYPERLINK\b(?P<rest>.*)", re.DOTALL)
_INSTRUCTED_WORD: Final = re.compile(r'\\(?P<switch>\w)|"(?P<quoted>[^"]*)"|(?P<bare>[^\s"\\]+)')
_WITH_WORD: Final = "lotm"  # switches of the field that a word follows (ECMA-376 17.16.5, HYPERLINK)
_PAGE_FIELDS: Final = ("PAGEREF", "PAGE", "NUMPAGES", "SECTIONPAGES")  # their results change on their own
_PAGE: Final = re.compile(r"\s*(\d+|[ivxlc]+)?\s*")
_CONTENTS: Final = re.compile(r"toc[1-9]")
_CODE: Final = "verbatimchar"
_ENDS: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")  # Word shows them as a space, and breaks lines by `w:br`


_Joining = Callable[[Iterable[Node]], Iterator[Node]]


@dataclass(frozen=True)
class _Piece:
    """Text or another leaf, with the address that it links to ('' for none) and its formats, outermost first."""

    target: str
    formats: tuple[str, ...]
    node: Node


@dataclass(frozen=True)
class _Around:
    """The element of a link that stands around: its address ('' for none), and how many fields stand around itself."""

    target: str = ""
    depth: int = 0


class Runs:
    """The runs of one paragraph as running text; fields show their result, in the contents list no page numbers."""

    def __init__(self, styles: Styles, links: Mapping[str, str]) -> None:
        self._styles, self._links = styles, links
        self._pieces: list[_Piece] = []
        self._fields: list[tuple[str, bool]] = []  # instruction, whether its result has begun
        self._link_around = _Around()
        self._in_contents = False
        self.page_numbers: tuple[str, ...] = ()  # that stand in the text, but for the contents list

    def read(self, paragraph: Element) -> Inline:
        """The text of a paragraph; `footnote` nodes carry the note's number in the file.

        A format that the style brings anyway is none if the whole paragraph has it: LibreOffice writes it again beside
        the text of some headings. On a few words of a heading it was written by a person. In a style that is bold, the
        bold run "Die Lage" reads `Die Lage`; after "Die " in a plain run, "Lage" in a bold one reads `Die **Lage**`.
        """
        style = value_of(paragraph.find(f"{q('pPr')}/{q('pStyle')}"))
        self._in_contents = is_entry(self._styles.name(style))
        self._children(paragraph)
        usual = self._styles.formats(style)
        pieces = _without(self._pieces, usual) if usual else self._pieces
        return _nested(_entry(pieces) if self._in_contents else pieces)

    @property
    def unfollowed(self) -> tuple[str, ...]:
        """The addresses of links that were read as their words alone: `file:///C:/Plan.pdf`."""
        addresses = dict.fromkeys(piece.target for piece in self._pieces if piece.target)
        return tuple(address for address in addresses if not _leads(address))

    def _children(self, parent: Element) -> None:
        for child in parent:
            if child.tag == q("r"):
                self._run(child)
            elif child.tag == q("hyperlink"):
                before, self._link_around = self._link_around, _Around(self._address(child), len(self._fields))
                self._children(child)
                self._link_around = before
            elif child.tag == q("fldSimple"):
                depth = len(self._fields)
                self._fields.append((child.get(q("instr"), ""), True))
                self._children(child)
                del self._fields[depth:]  # not `pop`: a sign of an end inside it may have closed the field already
            elif child.tag in (q("ins"), q("sdt"), q("sdtContent"), q("smartTag"), q("moveTo")):
                self._children(child)

    def _address(self, link: Element) -> str:
        return _with_place(self._links.get(link.get(f"{{{R}}}id", ""), ""), link.get(q("anchor"), ""))

    def _run(self, run: Element) -> None:
        formats = self._formats(run.find(q("rPr")))
        for child in run:
            if child.tag == q("fldChar"):
                self._field(child.get(q("fldCharType"), ""))
            elif child.tag == q("instrText") and self._fields:
                instruction, begun = self._fields[-1]
                self._fields[-1] = (instruction + (child.text or ""), begun)
            elif self._shown():
                self._leaf(child, formats)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(("", False))
        elif kind == "separate" and self._fields:
            self._fields[-1] = (self._fields[-1][0], True)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _shown(self) -> bool:
        """Whether what comes now is read: no instruction, and in the contents list no page number."""
        return all(begun for _, begun in self._fields) and not (self._in_contents and self._counts_pages())

    def _counts_pages(self) -> bool:
        return any(text.strip().startswith(_PAGE_FIELDS) for text, _ in self._fields)

    def _link(self) -> str:
        """Where the words lead that come now: the innermost link has them, whether it is a field or an element.

        Somebody who makes a link of the words of a reference puts it inside the field that they are the result of.
        """
        around = self._link_around
        inside = (_field_target(instruction) for instruction, _ in reversed(self._fields[around.depth :]))
        outside = (_field_target(instruction) for instruction, _ in reversed(self._fields[: around.depth]))
        return next(filter(None, chain(inside, (around.target,), outside)), "")

    def _leaf(self, child: Element, formats: tuple[str, ...]) -> None:
        node = _leaf_node(child)
        if node is None:
            return
        if self._counts_pages() and node.text.strip():
            self.page_numbers += (node.text.strip(),)
        if node.kind == "footnote":  # a link of its own, and there is none within another
            self._pieces.append(_Piece("", (), node))
            return
        if node.kind != "text":  # only letters stand above or below the line
            formats = tuple(kind for kind in formats if kind not in RAISED)
        self._pieces.append(_Piece(self._link(), formats, node))

    def _formats(self, properties: Element | None) -> tuple[str, ...]:
        if properties is None:
            return ()
        style = value_of(properties.find(q("rStyle")))
        own = formats_of(properties) - self._styles.formats(style)
        kinds = tuple(kind for _, kind in FORMATS if kind in own)
        return (*kinds, "code") if self._styles.name(style) == _CODE else kinds


def _with_place(address: str, place: str) -> str:
    """What a link leads to: Word keeps what stands behind the `#` of an address beside it.

    `https://a.de/x#teil` is kept as the address `https://a.de/x` and the place `teil`; a link within the document has
    a place alone.
    """
    return f"{address}#{place}" if place else address


def _field_target(instruction: str) -> str:
    """Where the result of a field leads, '' for nowhere."""
    if found := _INSTRUCTED_LINK.match(instruction):
        return _instructed_address(found["rest"])
    reference = _REFERENCE.match(instruction)
    return f"#{reference[1]}" if reference else ""


def _instructed_address(rest: str) -> str:
    """What a field HYPERLINK leads to: its one word without a switch, and the place after `\\l`.

    Of `"https://a.de/x" \\l "teil" \\o "Tipp"` that is `https://a.de/x#teil`; the words shown beside the pointer, after
    `\\o`, are no part of it.
    """
    words: dict[str, str] = {}
    switch = ""
    for found in _INSTRUCTED_WORD.finditer(rest):
        if found["switch"]:
            switch = found["switch"].lower()
            continue
        words.setdefault(switch if switch in _WITH_WORD else "", found["quoted"] or found["bare"] or "")
        switch = ""
    return _with_place(words.get("", ""), words.get("l", ""))


def _leaf_node(child: Element) -> Node | None:
    """What a child of a run shows, None for what is not read: a page break belongs to the layout."""
    if child.tag == q("t"):
        return Node("text", text=_ENDS.sub(" ", child.text or ""))
    if child.tag in (q("tab"), q("ptab")):
        return Node("text", text="\t")
    if child.tag in (q("br"), q("cr")):
        return None if child.get(q("type")) in ("page", "column") else Node("break", text="\n")
    if child.tag == q("footnoteReference"):
        return Node("footnote", attrs={"number": child.get(q("id"), "")})
    if child.tag in (q("drawing"), q("pict")):
        described = next(child.iter(DESCRIPTION), None)
        return Node("image", attrs={"alt": "" if described is None else _ENDS.sub(" ", described.get("descr", ""))})
    return None


def _without(pieces: Iterable[_Piece], usual: frozenset[str]) -> list[_Piece]:
    """The pieces without those usual formats that all words among them have."""
    found = list(pieces)
    words = [set(piece.formats) for piece in found if piece.node.text.strip()]
    needless = usual.intersection(*words)
    return [replace(piece, formats=tuple(kind for kind in piece.formats if kind not in needless)) for piece in found]


def is_entry(style: str) -> bool:
    """Whether a style is that of an entry of the contents list."""
    return _CONTENTS.fullmatch(style) is not None


def _entry(pieces: list[_Piece]) -> list[_Piece]:
    """An entry of the contents list says what it reads: not on which page that is, nor by which bookmark.

    Both change when the list is updated, without anybody having edited it. What follows the last tab goes if it is a
    page number: of "1 Lage⇥7" stays "1 Lage", while "1 Lage⇥siehe unten" stays whole.
    """
    found = [replace(piece, target="") for piece in pieces]
    tab = max((place for place, piece in enumerate(found) if piece.node.text == "\t"), default=len(found))
    return found[:tab] if _PAGE.fullmatch("".join(piece.node.text for piece in found[tab + 1 :])) else found


def _nested(pieces: Iterable[_Piece]) -> Inline:
    """Neighbours of one format together: links outside, then strong, emph, strike, sub, sup; code holds its text.

    An address in the text leads where it says, whether the program that it was typed in made a link of it or not.
    """
    result: list[Node] = []
    for target, group in groupby(pieces, key=lambda piece: piece.target):
        within = [(piece.formats, piece.node) for piece in group]
        if _leads(target):
            children = tuple(_in_formats(within, _joined))
            result.append(Node("link", children=children, attrs={"target": _own(target, children)}))
        else:
            result += _in_formats(within, _linked)
    return tuple(result)


def _own(target: str, children: Inline) -> str:
    """Where a link leads; to `https://example.org`, whose words it has, Word links as `https://example.org/`."""
    words = "".join(child.plain() for child in children).strip()
    own = leads_to(words)
    return own if target == f"{own}/" and words and bare_address(words, 0) == words else target


def _leads(target: str) -> bool:
    """Whether a link may lead there; a link `file:…` is left out and its words stay."""
    return target.lower().startswith(("#", *SCHEMES))


def _in_formats(pieces: Iterable[tuple[tuple[str, ...], Node]], joined: _Joining) -> Iterator[Node]:
    """Text of one outermost format goes into one node of it."""
    for outer, group in groupby(pieces, key=lambda piece: piece[0][:1]):
        inner = [(formats[1:], node) for formats, node in group]
        if not outer:
            yield from joined(node for _, node in inner)
        elif outer == ("code",):
            yield Node("code", text="".join(node.text for _, node in inner))
        else:
            within = _joined if outer[0] in RAISED else joined  # where Markdown has no links
            yield Node(outer[0], children=tuple(_in_formats(inner, within)))


def _joined(leaves: Iterable[Node]) -> Iterator[Node]:
    """The nodes with neighbouring texts as one."""
    for is_text, group in groupby(leaves, key=lambda leaf: leaf.kind == "text"):
        if is_text:
            yield Node("text", text="".join(leaf.text for leaf in group))
        else:
            yield from group


def _linked(leaves: Iterable[Node]) -> Iterator[Node]:
    """The same with the addresses in texts as links."""
    for node in _joined(leaves):
        for words, is_address in pieces(node.text) if node.kind == "text" else ():
            piece = Node("text", text=words)
            yield Node("link", children=(piece,), attrs={"target": leads_to(words)}) if is_address else piece
        if node.kind != "text":
            yield node
