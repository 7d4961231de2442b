"""A tree with tracked changes in; out: the tree as it reads once each is accepted or rejected, and the list of them.

Works on the main text and on notes, in place. What ECMA-376 says in 17.13.5 (Revisions) is done as Word does it.
Finding the changes and carrying them out are two steps, since a change is told with the text around it, and that is
only there until the first of them is carried out: `_Collector` walks once, `settle` then does all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from pipeline.merge.docx.settle import settle
from pipeline.merge.docx.wrappers import TEXTS, mark_of, text_piece
from pipeline.ooxml.bookmarks import MARK_PREFIX, hidden
from pipeline.ooxml.elements import Element, q
from pipeline.ooxml.parse import walk

ALL: Final = "alle"
LONGEST_TEXT: Final = 300  # letters of a change that are told; whole chapters may have been inserted at once


class Kind(StrEnum):
    """The kinds of tracked changes; the value is how a person is told of one."""

    INSERTED = "eingefügt"
    DELETED = "gelöscht"
    MOVED_AWAY = "von hier verschoben"
    MOVED_HERE = "hierher verschoben"
    PARAGRAPH_INSERTED = "Absatzende eingefügt"
    PARAGRAPH_DELETED = "Absatzende gelöscht"
    PARAGRAPH_MOVED_AWAY = "Absatz von hier verschoben"
    PARAGRAPH_MOVED_HERE = "Absatz hierher verschoben"
    ROW_INSERTED = "Tabellenzeile eingefügt"
    ROW_DELETED = "Tabellenzeile gelöscht"
    CELL_INSERTED = "Tabellenzelle eingefügt"
    CELL_DELETED = "Tabellenzelle gelöscht"
    CELL_MERGED = "Tabellenzellen verbunden oder getrennt"
    TEXT_FORMAT = "Zeichenformat geändert"
    PARAGRAPH_FORMAT = "Absatzformat geändert"
    TABLE_FORMAT = "Tabellenformat geändert"
    PAGE_FORMAT = "Seitenformat geändert"
    NUMBERING = "Nummerierung geändert"


@dataclass(frozen=True)
class Revision:
    """A tracked change. `text` is its beginning, `mark` the nearest mark, '' where there is none before it."""

    author: str
    date: str  # ISO, as the file tells it; '' where it does not
    kind: Kind
    text: str
    mark: str = ""
    accepted: bool = True


Decision = Callable[[Revision], bool]

# What these elements say depends on where they stand: around runs, in the properties of a paragraph's end, of a row.
_CONTENT: Final = MappingProxyType(
    {
        "ins": (Kind.INSERTED, Kind.PARAGRAPH_INSERTED, Kind.ROW_INSERTED),
        "del": (Kind.DELETED, Kind.PARAGRAPH_DELETED, Kind.ROW_DELETED),
        "moveFrom": (Kind.MOVED_AWAY, Kind.PARAGRAPH_MOVED_AWAY, Kind.MOVED_AWAY),
        "moveTo": (Kind.MOVED_HERE, Kind.PARAGRAPH_MOVED_HERE, Kind.MOVED_HERE),
    }
)
# Kind of the change, and the element whose text tells where it is; '' for none.
_OTHERS: Final = MappingProxyType(
    {
        "cellIns": (Kind.CELL_INSERTED, "tc"),
        "cellDel": (Kind.CELL_DELETED, "tc"),
        "cellMerge": (Kind.CELL_MERGED, "tc"),
        "rPrChange": (Kind.TEXT_FORMAT, "r"),
        "pPrChange": (Kind.PARAGRAPH_FORMAT, "p"),
        "tblPrChange": (Kind.TABLE_FORMAT, ""),
        "tblPrExChange": (Kind.TABLE_FORMAT, ""),
        "tblGridChange": (Kind.TABLE_FORMAT, ""),
        "trPrChange": (Kind.TABLE_FORMAT, "tr"),
        "tcPrChange": (Kind.TABLE_FORMAT, "tc"),
        "sectPrChange": (Kind.PAGE_FORMAT, ""),
        "numberingChange": (Kind.NUMBERING, "p"),
    }
)
_NAMES: Final[Mapping[str, str]] = {q(name): name for name in (*_CONTENT, *_OTHERS)}
_ITSELF: Final = "itself"
_SCOPES: Final = tuple(map(q, ("r", "p", "tr", "tc")))
_BOOKMARK: Final = q("bookmarkStart")
_OWN_MARK: Final = hidden(MARK_PREFIX)


def resolve(root: Element, decide: Decision) -> tuple[Revision, ...]:
    """Accept or reject every tracked change below an element, as `decide` says; afterwards there is none.

    Wrappers such as content controls should have been opened before (`clean.open_wrappers`).
    """
    collected = _Collector().collect(root)
    decided = [replace(revision, accepted=decide(revision)) for _, revision in collected]
    settle(root, [(element, new.accepted) for (element, _), new in zip(collected, decided, strict=True)])
    return tuple(decided)


def decision(accept: Sequence[str] = (), reject: Sequence[str] = ()) -> Decision:
    """The decision that follows from the names of authors, or `alle`, to accept and to reject.

    A name goes before `alle`, and names are the same whatever their capitals and spaces. Of whoever is not named the
    changes are accepted, unless there are only names to accept. With the authors Anna, Ben and Cem:

        accept Anna                 → Anna
        reject Anna                 → Ben, Cem
        accept Anna, reject alle    → Anna
        accept alle, reject Anna    → Ben, Cem
        accept Anna, reject Ben     → Anna, Cem
    """
    accepted, rejected = set(map(_plain, accept)), set(map(_plain, reject))
    others = ALL in accepted or (ALL not in rejected and (bool(rejected) or not accepted))

    def decide(revision: Revision) -> bool:
        author = _plain(revision.author)
        return author not in rejected and (author in accepted or others)

    return decide


def unmatched(names: Iterable[str], revisions: Iterable[Revision]) -> tuple[str, ...]:
    """Those of the names that no change is signed with, for the command to say so."""
    authors = {_plain(revision.author) for revision in revisions}
    return tuple(name for name in dict.fromkeys(names) if _plain(name) not in authors | {ALL})


def rejected(revisions: Iterable[Revision]) -> str:
    """The authors whose changes were rejected, with their number: "Anna (3), Ben (1)"; '' if none were."""
    count = Counter(" ".join(revision.author.split()) or "unbekannt" for revision in revisions if not revision.accepted)
    return ", ".join(f"{author} ({number})" for author, number in count.items())


def _plain(name: str) -> str:
    """Names are the same whatever their capitals and spaces."""
    return " ".join(name.split()).casefold()


def _kind_and_scope(element: Element) -> tuple[Kind, str]:
    """What was done, and the name of the element around whose text tells where; '' for none."""
    name = _NAMES[element.tag]
    if name in _OTHERS:
        return _OTHERS[name]
    content, paragraph, row = _CONTENT[name]
    parent = element.getparent()
    place = "" if parent is None else parent.tag
    if place == q("trPr"):
        return row, "tr"
    if place == q("numPr"):
        return Kind.NUMBERING, "p"
    if parent is not None and place == q("rPr"):
        above = parent.getparent()
        return (paragraph, "p") if above is not None and above.tag == q("pPr") else (content, "r")
    return content, _ITSELF


@dataclass
class _Scope:
    """An element on the way down to what is looked at: how much text and how many marks came before it."""

    element: Element
    texts: int
    marks: int
    told: list[int]  # the changes that its text tells of


class _Collector:
    """Finds all tracked changes in one walk over the tree; a change's text is complete where its element ends.

    Changes may lie in one another, one in each letter at worst. So text and marks are gathered into two lists as they
    come, and a change only remembers from where on in them it has its own: nothing is read twice.
    """

    def __init__(self) -> None:
        self._open: list[_Scope] = []
        self._texts: list[str] = []
        self._marks: list[str] = []
        self._found: list[tuple[Element, Revision]] = []

    def collect(self, root: Element) -> list[tuple[Element, Revision]]:
        """Every change below an element, in the order of the file, with the element that says so."""
        if next(root.iter(*_NAMES), None) is None:
            return []
        for event, element in walk(root, (*_NAMES, *_SCOPES, *TEXTS, _BOOKMARK)):
            if event == "start":
                self._start(element)
            elif self._open and self._open[-1].element is element:
                self._end(self._open.pop())
        return self._found

    def _start(self, element: Element) -> None:
        if element.tag in TEXTS:
            self._texts.append(text_piece(element)[:LONGEST_TEXT])
        elif element.tag == _BOOKMARK:
            if mark_of(element).startswith(_OWN_MARK):
                self._marks.append(mark_of(element))
        elif element.tag in _SCOPES:
            self._open.append(_Scope(element, len(self._texts), len(self._marks), []))
        else:
            self._change(element)

    def _change(self, element: Element) -> None:
        kind, scope = _kind_and_scope(element)
        number = len(self._found)
        author, date = element.get(q("author"), ""), element.get(q("date"), "")
        self._found.append((element, Revision(author, date, kind, "", self._marks[-1] if self._marks else "")))
        if scope == _ITSELF:
            self._open.append(_Scope(element, len(self._texts), len(self._marks), [number]))
        elif owner := next((known for known in reversed(self._open) if known.element.tag == q(scope)), None):
            owner.told.append(number)

    def _end(self, scope: _Scope) -> None:
        if not scope.told:
            return
        text = "".join(self._texts[scope.texts : scope.texts + LONGEST_TEXT])[:LONGEST_TEXT]
        for number in scope.told:
            element, revision = self._found[number]
            mark = self._marks[scope.marks] if len(self._marks) > scope.marks else revision.mark
            self._found[number] = (element, replace(revision, text=text, mark=mark))
