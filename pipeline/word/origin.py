"""A part of the document → one discreet line that says where it comes from and where to edit instead."""

from __future__ import annotations

from types import MappingProxyType

from pipeline.document.model import Part
from schema.vocabulary import PartName

_MEASURES = "Änderungen bitte in den Steckbriefen der Maßnahmen vornehmen"
_GOALS = "Änderungen bitte in den Zielblättern vornehmen"
_BOTH = "Änderungen bitte in den Zielblättern und Steckbriefen vornehmen"
_COMMENT = "Änderungen bitte als Kommentar vorschlagen"

_WHERE = MappingProxyType(
    {
        PartName.STATUS.value: f"{_COMMENT}; das Impressum lässt sich hier bearbeiten",
        PartName.OVERVIEW.value: _BOTH,
        PartName.MATRIX.value: _MEASURES,
        PartName.ACTORS.value: f"{_MEASURES}, solche an Namen und Kontakten als Kommentar vorschlagen",
        PartName.SCHEDULE.value: _MEASURES,
        PartName.INDICATORS.value: _GOALS,
        PartName.FUNDING.value: _MEASURES,
        PartName.STRANDS.value: _BOTH,
        PartName.OPEN_POINTS.value: "Was offen ist, bitte in den Zielblättern und Steckbriefen ergänzen",
        PartName.CHANGES.value: _COMMENT,
        PartName.REGISTER.value: _MEASURES,
    }
)


_OVERVIEWS = frozenset((PartName.INDICATORS.value, PartName.FUNDING.value, PartName.STRANDS.value))


def is_overview(part: Part) -> bool:
    """Whether a part of tables gives an overview of the plan, whose tables have numbers in Word."""
    return _name(part) in _OVERVIEWS


def _name(part: Part) -> str:
    """The part's name: one of a single field of action is called `zeitplan-1`."""
    name, _, field = part.anchor.rpartition("-")
    return name if field.isdecimal() else part.anchor


def origin_line(part: Part) -> str:
    """`Aus den Daten erzeugt. …`; '' for a part that is edited in place."""
    where = _WHERE.get(_name(part))
    return f"Aus den Daten erzeugt. {where}." if where else ""
