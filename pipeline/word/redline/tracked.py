"""Elements of WordprocessingML in; out: the same as tracked insertions and deletions (ECMA-376 part 1, 17.13.5).

Nothing else is tracked. Recorded moves make Word refuse a file, and formats are no part of what a council decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import Final

from pipeline.ooxml.elements import Element, inner, properties, put, q, w

_RUN: Final = q("r")
_LINK: Final = q("hyperlink")
_DELETED: Final = {q("t"): q("delText"), q("instrText"): q("delInstrText")}


class Change(StrEnum):
    """What became of an element; the value is the name of the element that says so."""

    INSERTED = "ins"
    DELETED = "del"


class Tracker:
    """Marks changes as one author's at one time (ISO, `2027-01-15T00:00:00Z`), each with a number of its own."""

    def __init__(self, author: str, time: str, first: int) -> None:
        self._author, self._time, self._next = author, time, first

    def mark(self, change: Change) -> Element:
        """The element that says of what is in it, or of what it is a property of, that it changed."""
        number = self._next
        self._next += 1
        return w(change.value, id=number, author=self._author, date=self._time)

    def content(self, elements: Iterable[Element], change: Change) -> Iterator[Element]:
        """Runs and links as inserted or deleted. Of a link it is its runs that are: it stands in no tracked change."""
        for kind, group in groupby(elements, key=lambda element: element.tag):
            if kind == _RUN:
                yield self._wrapped(list(group), change)
                continue
            for element in group:
                runs = element.findall(_RUN)
                if runs:
                    place = element.index(runs[0])
                    element.insert(place, self._wrapped(runs, change))
                yield element

    def _wrapped(self, runs: Sequence[Element], change: Change) -> Element:
        around = self.mark(change)
        around.extend(runs)
        if change is Change.DELETED:
            for element in list(around.iter(*_DELETED)):
                element.tag = _DELETED[str(element.tag)]
        return around

    def end(self, paragraph: Element, change: Change) -> None:
        """The paragraph's end as inserted or deleted; it may be both: then it is there neither before nor after."""
        look = properties(paragraph, "pPr")
        found = inner(look, "rPr")
        if found is None:
            found = w("rPr")
            put(look, found)
        found.insert(0 if change is Change.INSERTED else len(found.findall(q("ins"))), self.mark(change))

    def row(self, row: Element, change: Change) -> None:
        """The row of a table as inserted or deleted."""
        found = inner(row, "trPr")
        if found is None:
            found = w("trPr")
            exception = inner(row, "tblPrEx")
            row.insert(0 if exception is None else row.index(exception) + 1, found)
        found.append(self.mark(change))
