"""The writer of the calendar (iCalendar, RFC 5545): what is due, on whole days.

A later file of the same plan updates what a calendar has: each event keeps its name, and its number goes up with the
plan's date. The same plan gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.writer import Resources, Tools, Writer, Written

if TYPE_CHECKING:
    from pipeline.document.model import Document

_PROGRAM: Final = "-//Handlungsplan//Termine//DE"


def _write(document: Document, resources: Resources, tools: Tools) -> Written:  # noqa: ARG001 - needs neither
    from datetime import UTC, date, datetime, time, timedelta

    from icalendar import Calendar, Event

    values = document.properties
    stand = date.fromisoformat(values.date)
    calendar = Calendar()
    calendar.add("prodid", _PROGRAM)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", values.title.replace("\u00a0", " "))
    for item in document.appointments:
        day = date.fromisoformat(item.day)
        event = Event()
        event.add("uid", f"{item.key}@{values.short_name}")
        event.add("dtstamp", datetime.combine(stand, time(), UTC))
        event.add("sequence", stand.toordinal())
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))  # the first day that is not part of it
        event.add("summary", item.title)
        if item.note:
            event.add("description", item.note)
        event.add("transp", "TRANSPARENT")  # a deadline keeps nobody from other meetings
        calendar.add_component(event)
    return Written(calendar.to_ical())


ICS = Writer("ics", "-termine.ics", "Kalender schreiben", _write, usual=False)
