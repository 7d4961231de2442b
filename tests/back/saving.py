"""A Word file in, what the noises of `noise.py` work on out: its parts, a source of chance, words to be left whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from lxml import etree

from pipeline.ooxml.elements import XML_SPACE, Element, q, text, w
from pipeline.ooxml.package import Package
from tests.back.draft import plain

DOCUMENT, NOTES, STYLES = "word/document.xml", "word/footnotes.xml", "word/styles.xml"
NUMBERING, SETTINGS = "word/numbering.xml", "word/settings.xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_PROPERTIES = frozenset(map(q, ("rPr", "pPr")))


@dataclass(frozen=True)
class Saving:
    """One file that is being saved. `spared`: words whose runs stay whole, because an editor will look for them."""

    package: Package
    chance: Random
    spared: tuple[str, ...] = ()

    @property
    def roots(self) -> tuple[Element, Element]:
        """The main text and the notes."""
        return self.package.tree(DOCUMENT), self.package.tree(NOTES)

    @property
    def body(self) -> Element:
        """The main text's body."""
        return self.package.tree(DOCUMENT)[0]

    def all(self, *names: str) -> list[Element]:
        """All elements of these names, in the text and the notes."""
        return [element for root in self.roots for element in root.iter(*map(q, names))]

    def some(self, *names: str, share: float = 0.3) -> Iterator[Element]:
        """Some of them; at least one, if there are any."""
        found = self.all(*names)
        chosen = [element for element in found if self.chance.random() < share]
        yield from chosen or found[:1]

    def text_runs(self) -> list[Element]:
        """The runs that hold one piece of text and nothing else, without those that are to be spared."""
        return [
            run
            for run in self.all("r")
            if [child.tag for child in run if child.tag not in _PROPERTIES] == [q("t")] and not self.is_spared(run)
        ]

    def is_spared(self, run: Element) -> bool:
        """Whether an editor will look for words of a run."""
        return any(word in plain(run) for word in self.spared)

    def number(self) -> str:
        """Eight hexadecimal digits, as Word counts what it saves."""
        return f"{self.chance.randrange(0x1000, 0x7FFFFFFF):08X}"


Noise = Callable[[Saving], None]


def with_properties(run: Element, *children: Element) -> Element:
    """A new run with the properties of another."""
    inner = run.find(q("rPr"))
    return w("r", *([] if inner is None else [copied(inner)]), *children)


def copied(element: Element) -> Element:
    """The element again, without what follows it."""
    again: Element = etree.fromstring(etree.tostring(element, with_tail=False))
    return again


def cut(run: Element, *places: int) -> list[Element]:
    """A run with one text in pieces that end at these characters; they stand where it stood."""
    piece = run.find(q("t"))
    assert piece is not None
    content = piece.text or ""
    ends = [0, *sorted({place for place in places if 0 < place < len(content)}), len(content)]
    pieces = [with_properties(run, text(content[start:end])) for start, end in pairwise(ends)]
    for new in pieces:
        run.addprevious(new)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)
    return pieces


def around(element: Element, *wrappers: Element) -> None:
    """Put an element into others, the outermost first; it goes to the end of the last."""
    place = element
    for wrapper in wrappers:
        place.addprevious(wrapper)
        place = element
        wrapper.append(element)


def keep_spaces(run: Element) -> None:
    """`xml:space` only where a text begins or ends with a space, as Word writes it."""
    for piece in run.iter(q("t")):
        content = piece.text or ""
        if content != content.strip():
            piece.set(XML_SPACE, "preserve")
        elif XML_SPACE in piece.attrib:
            del piece.attrib[XML_SPACE]
