"""A document with its tracked changes in, who changed what when out: by the mark at or before each change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.back.outcome import Signature
from pipeline.word.bookmarks import MARK_PREFIX, hidden
from pipeline.word.ooxml import Element, q

_MARK = hidden(MARK_PREFIX)


def signatures(root: Element) -> Mapping[str, tuple[Signature, ...]]:
    """The authors of the changes at each mark, each once; of what stands in a row at the row's mark."""
    found: dict[str, dict[Signature, None]] = {}
    for mark, change in _changes(root):
        signature = Signature(change.get(q("author"), ""), change.get(q("date"), ""))
        found.setdefault(mark, {}).setdefault(signature)
    return {mark: _once_an_author(entries) for mark, entries in found.items()}


def _changes(root: Element) -> Iterator[tuple[str, Element]]:
    """Every change with the mark of its paragraph, else its row's, else the last before it."""
    last = ""
    rows: dict[Element, str] = {}
    for element in root.iter(q("bookmarkStart"), *_TRACKED):
        name = element.get(q("name"), "")
        if name.startswith(_MARK):
            last = name
            row = next(element.iterancestors(q("tr")), None)
            if row is not None:
                rows.setdefault(row, name)
        elif element.get(q("author")) is not None:
            row = next(element.iterancestors(q("tr")), None)
            yield rows.get(row, last) if row is not None else _own_mark(element) or last, element


def _own_mark(element: Element) -> str:
    paragraph = next(element.iterancestors(q("p")), None)
    marks = () if paragraph is None else (mark.get(q("name"), "") for mark in paragraph.iter(q("bookmarkStart")))
    return next((name for name in marks if name.startswith(_MARK)), "")


def _once_an_author(entries: Mapping[Signature, None]) -> tuple[Signature, ...]:
    """Of several changes by one author the last."""
    latest: dict[str, Signature] = {}
    for entry in entries:
        if entry.author not in latest or entry.date > latest[entry.author].date:
            latest[entry.author] = entry
    return tuple(latest.values())


_TRACKED = tuple(
    q(name)
    for name in (
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "cellIns",
        "cellDel",
        "cellMerge",
    )
)
