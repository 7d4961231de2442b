"""What a reader finds in an output, whatever its format: sections with their tables, anchors, the whole text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Grid = tuple[tuple[str, ...], ...]
"""A table: its rows, each with the texts of its own cells; a cell that spans several stands once."""

_INVISIBLE = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011\u2060"))
_TYPOGRAPHY = dict.fromkeys(map(ord, "\"'„“”‚‘’–—"))


def squeezed(text: str) -> str:
    """The text without what a line break changes: spaces go, a hyphen comes."""
    return "".join(text.split()).translate(_INVISIBLE)


def essence(text: str) -> str:
    """The text also without what microtypography changes: quotes and dashes. For comparisons with the data."""
    return squeezed(text).translate(_TYPOGRAPHY)


@dataclass(frozen=True)
class Section:
    """A heading with tables and lines of text up to the next one. What comes before the first has level 0.

    `lines`: paragraphs that stand in no table; of the PDF only.
    """

    level: int
    title: str
    tables: tuple[Grid, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """An output as read back. Texts are squeezed."""

    sections: tuple[Section, ...]
    anchors: frozenset[str]
    text: str

    @property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """Level and title of every heading, in reading order."""
        return tuple((section.level, section.title) for section in self.sections if section.level)

    def below(self, title: str) -> tuple[Section, ...]:
        """The first section of that title with all below it; () if there is none."""
        wanted = squeezed(title)
        start = next((i for i, section in enumerate(self.sections) if section.title == wanted), None)
        if start is None:
            return ()
        level = self.sections[start].level
        rest = self.sections[start + 1 :]
        end = next((i for i, section in enumerate(rest) if section.level <= level), len(rest))
        return (self.sections[start], *rest[:end])


@dataclass(frozen=True)
class FoundHeading:
    """A heading met on the way."""

    level: int
    title: str


@dataclass(frozen=True)
class FoundTable:
    """A table met on the way, or what of it stands on one page."""

    head: Grid
    body: Grid


@dataclass(frozen=True)
class FoundLine:
    """A paragraph met on the way."""

    text: str


Found = FoundHeading | FoundTable | FoundLine


def reading(found: Iterable[Found], anchors: Iterable[str], text: str) -> Reading:
    """A Reading from headings and tables in reading order.

    Tables of a section that follow one another with the same head count as one: a PDF breaks tables over pages, and
    repeats the head on each.
    """
    return Reading(tuple(_sections(found)), frozenset(anchors), squeezed(text))


def _sections(found: Iterable[Found]) -> Iterator[Section]:
    heading, tables, said = FoundHeading(0, ""), list[FoundTable](), list[str]()
    for item in found:
        if isinstance(item, FoundHeading):
            yield _section(heading, tables, said)
            heading, tables, said = item, [], []
        elif isinstance(item, FoundLine):
            said.append(item.text)
        elif tables and tables[-1].head == item.head:
            tables[-1] = FoundTable(item.head, tables[-1].body + item.body)
        else:
            tables.append(item)
    yield _section(heading, tables, said)


def _section(heading: FoundHeading, tables: Iterable[FoundTable], said: Iterable[str]) -> Section:
    grids = (table.head + table.body for table in tables)
    texts = (tuple(tuple(_said(cell) for cell in row) for row in grid) for grid in grids)
    return Section(heading.level, squeezed(heading.title), tuple(texts), tuple(squeezed(line) for line in said))


def _said(cell: str) -> str:
    """What a cell says; a dash says that there is nothing, and is seen in a PDF, not heard."""
    text = squeezed(cell)
    return "" if text == "–" else text
