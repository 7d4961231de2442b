"""Every generated part in one place: by whom it is made, and what a reader is told of where it comes from.

Its name, its title and where it may stand stand in `schema.vocabulary.PartName` already, since plans are checked
against them. A new part is a line there, a module in one of the rooms beside this one, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.document.model import Part
from pipeline.parts.context import Context
from pipeline.parts.front.contents import contents
from pipeline.parts.front.cover import cover
from pipeline.parts.front.status import status_page
from pipeline.parts.glance.leaf import glance
from pipeline.parts.lists.body_dates import body_dates
from pipeline.parts.lists.changes import changes_part
from pipeline.parts.lists.glossary import glossary
from pipeline.parts.lists.open_points import open_points
from pipeline.parts.lists.proposals import proposals
from pipeline.parts.lists.register import register
from pipeline.parts.lists.reservations import reservations
from pipeline.parts.overviews.funding import funding
from pipeline.parts.overviews.indicators import indicators
from pipeline.parts.overviews.matrix import matrix
from pipeline.parts.overviews.overview import overview
from pipeline.parts.overviews.schedule import schedule
from pipeline.parts.overviews.strands import strands
from pipeline.parts.sheets.actors import actors
from pipeline.parts.sheets.fields_of_action import fields_of_action
from schema.vocabulary import PartName

Builder = Callable[[Context, int | None], Iterable[Part]]


def of_plan(build: Callable[[Context], Part | None]) -> Builder:
    """A builder of a part that always shows the whole plan; it returns None where there is nothing to show."""

    def builder(context: Context, _: int | None) -> Iterator[Part]:
        if (part := build(context)) is not None:
            yield part

    return builder


def of_field(build: Callable[[Context, int | None], Part]) -> Builder:
    """A builder of a part that shows the whole plan (None) or the field of action of that number."""

    def builder(context: Context, field: int | None) -> Iterator[Part]:
        yield build(context, field)

    return builder


@dataclass(frozen=True)
class Entry:
    """A generated part. `origin` and `overview` are said in the Document, see `Part`."""

    name: PartName
    build: Builder
    origin: str = ""
    overview: bool = False


def _generated(edit: str) -> str:
    return f"Aus den Daten erzeugt. {edit}."


_IN_SHEETS: Final = "Änderungen bitte in den Steckbriefen der Maßnahmen vornehmen"
_IN_GOALS: Final = _generated("Änderungen bitte in den Zielblättern vornehmen")
_IN_BOTH: Final = _generated("Änderungen bitte in den Zielblättern und Steckbriefen vornehmen")
_IN_COMMENTS: Final = "Änderungen bitte als Kommentar vorschlagen"
_OF_STATUS: Final = _generated(f"{_IN_COMMENTS}; das Impressum lässt sich hier bearbeiten")
_OF_ACTORS: Final = _generated(f"{_IN_SHEETS}, solche an Namen und Kontakten als Kommentar vorschlagen")
_OF_OPEN_POINTS: Final = _generated("Was offen ist, bitte in den Zielblättern und Steckbriefen ergänzen")
_OF_GLANCE: Final = _generated(
    "Änderungen bitte in den Zielblättern und Steckbriefen vornehmen, solche am Beschlussvorschlag als Kommentar"
)
_OF_DATES: Final = _generated(
    "Termine von Entscheidungen bitte in den Steckbriefen ändern, andere Termine als Kommentar vorschlagen"
)
_OF_RESERVATIONS: Final = _generated(
    "Vorbehalte einer Maßnahme bitte in ihrem Steckbrief ändern, andere als Kommentar vorschlagen"
)
_IN_MEASURES: Final = _generated(_IN_SHEETS)

REGISTRY: Final = (
    Entry(PartName.COVER, of_plan(cover)),
    Entry(PartName.STATUS, of_plan(status_page), _OF_STATUS),
    Entry(PartName.CONTENTS, of_plan(contents)),
    Entry(PartName.GLANCE, of_plan(glance), _OF_GLANCE, overview=True),
    Entry(PartName.OVERVIEW, of_plan(overview), _IN_BOTH, overview=True),
    Entry(PartName.FIELDS, fields_of_action),
    Entry(PartName.MATRIX, of_field(matrix), _IN_MEASURES, overview=True),
    Entry(PartName.ACTORS, of_plan(actors), _OF_ACTORS),
    Entry(PartName.BODY_DATES, of_plan(body_dates), _OF_DATES, overview=True),
    Entry(PartName.SCHEDULE, of_field(schedule), _IN_MEASURES, overview=True),
    Entry(PartName.INDICATORS, of_field(indicators), _IN_GOALS, overview=True),
    Entry(PartName.FUNDING, of_field(funding), _IN_MEASURES, overview=True),
    Entry(PartName.STRANDS, of_plan(strands), _IN_BOTH, overview=True),
    Entry(PartName.OPEN_POINTS, of_plan(open_points), _OF_OPEN_POINTS),
    Entry(PartName.RESERVATIONS, of_plan(reservations), _OF_RESERVATIONS),
    Entry(PartName.PROPOSALS, of_plan(proposals)),
    Entry(PartName.CHANGES, of_plan(changes_part), _generated(_IN_COMMENTS)),
    Entry(PartName.GLOSSARY, of_plan(glossary)),
    Entry(PartName.REGISTER, of_field(register), _IN_MEASURES),
)
_BY_NAME: Final = {entry.name: entry for entry in REGISTRY}


def build_part(name: PartName, context: Context, field: int | None = None) -> Iterator[Part]:
    """The values that a generated part consists of, none where it has nothing to show.

    `field` narrows it to the field of action of that number, where the name allows it.
    """
    entry = _BY_NAME[name]
    return (replace(part, origin=entry.origin, overview=entry.overview) for part in entry.build(context, field))
