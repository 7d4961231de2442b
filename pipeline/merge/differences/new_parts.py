"""New units that belong to no text in, what begins with them out: a chapter, a term, a goal; and why none is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.merge.differences.generated import heading_before
from pipeline.merge.markdown.units import Unit
from pipeline.merge.why import Reason, Why

_NOWHERE: Final = Why(
    Reason.NO_TEXT, "Hier steht kein Text, in den es gehören könnte; bitte dort schreiben, wo ein Text steht."
)
_CHAPTER: Final = Why(
    Reason.NEW_PART,
    "Ein neues Kapitel lässt sich aus Word nicht übernehmen: Es ist ein eigener Text. Wer den Plan führt, legt ihn an "
    "und nennt ihn in der Gliederung; danach steht er in der nächsten Word-Datei.",
)
_TERM: Final = Why(
    Reason.NEW_PART,
    "Ein neuer Begriff lässt sich aus Word nicht übernehmen. Wer den Plan führt, trägt ihn mit seiner Bedeutung ins "
    "Glossar ein; danach steht er in der nächsten Word-Datei.",
)
_PART: Final = Why(
    Reason.NEW_PART,
    "Ein neues Ziel, ein neues Handlungsfeld und ein neuer Vorschlag lassen sich aus Word nicht übernehmen; bitte dem "
    "melden, der den Plan führt. Eine neue Maßnahme entsteht, indem man einen ganzen Steckbrief kopiert und ausfüllt.",
)


def why_new(first: Unit) -> Why:
    """Why what begins with a unit is not made."""
    if first.kind == "term":
        return _TERM
    if first.kind == "heading":
        return _CHAPTER if first.level == 1 else _PART
    return _NOWHERE


def together(units: Sequence[Unit], indexes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From where to where new units belong together: up to the next that begins something, or is not new."""
    start = end = -1
    for index in indexes:
        if index == end and not _begins(units[index], units[start]):
            end += 1
            continue
        if end > start:
            yield start, end
        start, end = index, index + 1
    if end > start:
        yield start, end


def _begins(unit: Unit, first: Unit) -> bool:
    """A heading below that of a chapter belongs to it; what stands alone is told alone."""
    if why_new(first) is _NOWHERE:
        return True
    return unit.kind == "term" or (unit.kind == "heading" and unit.level <= (first.level or unit.level))


def heading_above(units: Sequence[Unit], start: int) -> str:
    """The heading under which something new begins; its own is none."""
    return heading_before(units, start - 1 if units[start].kind == "heading" and start else start)
