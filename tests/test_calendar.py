"""What is due stands in the calendar once, on the day by which it is due, and a later file updates it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar, Event

from pipeline.calendar.writer import ICS
from pipeline.document.model import Document
from pipeline.parts.appointments import appointments, for_whom
from pipeline.parts.context import Context
from pipeline.writer import Resources, Tools
from schema.plan import Plan
from schema.values import Milestone
from tests.loading import Loaded, load
from tests.reported_year import SMALL


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(SMALL)


def written(document: Document) -> bytes:
    return ICS.write(document, Resources({}, {}), Tools({})).data


def events(data: bytes) -> dict[str, Event]:
    found = [item for item in Calendar.from_ical(data).walk("VEVENT") if isinstance(item, Event)]
    by_name = {str(item["UID"]): item for item in found}
    assert len(by_name) == len(found)
    return by_name


def test_every_milestone_ahead_is_in_it_on_the_last_day_of_its_period(loaded: Loaded) -> None:
    found = events(written(loaded.document))
    wanted = {
        f"{measure.number} {item.title}": item.ahead.last_day
        for measure in loaded.plan.active_measures
        for item in measure.milestones
        if item.ahead
    }
    told = {str(item["SUMMARY"]): item.decoded("DTSTART") for item in found.values()}
    assert wanted.items() <= told.items()
    assert told["1.1.2 Zehn Fenster gestaltet"] == date(2027, 12, 31)  # Q4 2027
    assert told["1.1.1 Liste steht im Netz"] == date(2027, 9, 30)  # September
    assert all(item.decoded("DTEND") - item.decoded("DTSTART") == timedelta(days=1) for item in found.values())


def test_what_comes_before_a_body_is_in_it_as_often_as_it_comes(loaded: Loaded) -> None:
    found = events(written(loaded.document))
    told = {str(item["SUMMARY"]): item.decoded("DTSTART") for item in found.values()}
    assert told["Beschluss: Rat der Stadt Lindenmark"] == date(2027, 3, 16)
    yearly = [name.rpartition("/")[2] for name in sorted(found) if "zwischenstand" in name]
    assert yearly == [f"{year}@lindenmark" for year in (2028, 2029, 2030)]


def test_a_later_file_updates_what_an_earlier_one_has(loaded: Loaded) -> None:
    before = events(written(loaded.document))
    plan = _postponed(loaded.plan)
    properties = replace(loaded.document.properties, date="2027-06-01")
    after = events(written(replace(loaded.document, properties=properties, appointments=appointments(Context(plan)))))
    assert before.keys() == after.keys()
    name = "M1.1.2/zehn-fenster-gestaltet@lindenmark"
    assert (before[name].decoded("DTSTART"), after[name].decoded("DTSTART")) == (date(2027, 12, 31), date(2028, 6, 30))
    assert all(int(str(after[key]["SEQUENCE"])) > int(str(before[key]["SEQUENCE"])) for key in before)


def _postponed(plan: Plan) -> Plan:
    said = {"termin": "Q4 2027", "titel": "Zehn Fenster gestaltet", "ergebnis": "verschoben", "neuer_termin": "Q2 2028"}
    later = {"milestones": (Milestone.model_validate(said),)}
    measures = (item.model_copy(update=later) if item.id == "M1.1.2" else item for item in plan.measures)
    return replace(plan, measures=tuple(measures))


def test_an_actor_gets_what_concerns_it(loaded: Loaded) -> None:
    told = [item.title for item in for_whom(Context(loaded.plan), "gewerbering")]
    assert "1.1.2 Zehn Fenster gestaltet" in told
    assert "1.1.1 Liste steht im Netz" in told  # takes part
    assert not any(title.startswith("3.2") for title in told)


def test_the_same_plan_gives_the_same_bytes_in_short_lines(loaded: Loaded) -> None:
    data = written(loaded.document)
    assert data == written(loaded.document)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75  # octets, RFC 5545, 3.1
