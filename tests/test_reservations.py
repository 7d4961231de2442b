"""On what condition something open may be resolved: of a measure, a source of money, an indicator, or a whole kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.content.yaml_nodes import Plain
from pipeline.document import model as d
from pipeline.merge.differences.field_edits import edits
from pipeline.parts.context import Context
from pipeline.parts.registry import build_part
from schema.entities import Goal, Measure
from schema.plan import Kind
from schema.rules.finding import Finding, Subject
from schema.rules.resolution import reservation
from schema.vocabulary import PartName
from tests.fields.values import NAMES
from tests.parts import Maker, measure, part_of, plain, rows

LAND = {"quelle": "Land", "anteil": 60, "stand": "beantragt", "vorbehalt": "Bescheid des Landes"}
TOWN = {"quelle": "Haushalt", "anteil": 40, "stand": "gesichert"}
INDICATOR = {"name": "Leerstand", "zielwert": 9, "richtung": "hoechstens", "zieldatum": "2029", "vorbehalt": "Zählung"}


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


@pytest.mark.parametrize(
    ("funding", "said"),
    [
        ([LAND, TOWN], "Bescheid des Landes"),
        ([LAND], ""),  # for two fifths nobody has named a source
        ([LAND, {**TOWN, "stand": "offen"}], ""),
        ([LAND, {**TOWN, "stand": "offen", "vorbehalt": "Haushalt 2028"}], "Bescheid des Landes; Haushalt 2028"),
    ],
)
def test_money_that_is_not_secured_is_resolved_if_each_source_of_it_has_its_condition(
    maker: Maker, funding: list[dict[str, Any]], said: str
) -> None:
    maker.measures("stadt", measure("M1.1.1", "amt", finanzierung=funding))
    plan = maker.load().plan
    subject = Subject(Kind.MEASURE, "M1.1.1")
    assert reservation(plan, Finding("P454", subject, ("finanzierung",), "", "")) == said
    assert reservation(plan, Finding("P453", subject, ("aufwand",), "", "")) == ""


def test_an_indicator_has_its_own(maker: Maker) -> None:
    goal = maker.files["gemeinsam/ziele.yaml"]["ziele"][0]
    goal["indikatoren"] = [{**INDICATOR, "name": "Lärm", "vorbehalt": ""}, INDICATOR]
    plan = maker.load().plan
    subject = Subject(Kind.GOAL, "Z1.1")
    paths = (("indikatoren", index, "ausgangswert") for index in (0, 1))
    found = [reservation(plan, Finding("P353", subject, path, "", "")) for path in paths]
    assert found == ["", "Zählung"]
    assert reservation(plan, Finding("P351", subject, ("indikatoren",), "", "")) == ""


def test_each_is_printed_where_it_belongs_and_gathered(maker: Maker) -> None:
    maker.files["gemeinsam/ziele.yaml"]["ziele"][0]["indikatoren"] = [INDICATOR]
    maker.measures("stadt", measure("M1.1.1", "amt", finanzierung=[LAND, TOWN]))
    loaded = maker.load()
    sheet = part_of(loaded, d.MeasureSheets).sheets[0]
    goal = part_of(loaded, d.FieldOpener, "HF1").goals[0]
    told = {fact.label: plain(fact.lines[0].content) for fact in (*sheet.facts, *goal.facts)}
    assert told["Vorbehalt der Finanzierung"] == "Land: Bescheid des Landes"
    assert told["Vorbehalt"] == "Leerstand: Zählung"
    (part,) = build_part(PartName.RESERVATIONS, Context(loaded.plan))
    assert isinstance(part, d.TablePart)
    assert rows(part.sections[0].table) == [
        ("Ziel 1.1 Flächen", "Leerstand: Zählung"),
        ("1.1.1 Maßnahme 1.1.1", "Land: Bescheid des Landes"),
    ]


OF_MEASURE: tuple[str, type[Measure], dict[str, Plain], str, str] = (
    "finanzierung",
    Measure,
    {key: str(value) for key, value in LAND.items()},
    "Land 60 % (beantragt)",
    "Land 70 % (beantragt)",
)
OF_GOAL: tuple[str, type[Goal], dict[str, Plain], str, str] = (
    "indikatoren",
    Goal,
    {key: str(value) for key, value in INDICATOR.items()},
    "Leerstand\tnoch zu erheben\thöchstens 9\nbis 2029\t–",
    "Leerstand\tnoch zu erheben\thöchstens 8\nbis 2029\t–",
)


CHANGED: dict[str, dict[str, Plain]] = {"finanzierung": {"anteil": "70"}, "indikatoren": {"zielwert": "8"}}


@pytest.mark.parametrize(("key", "model", "item", "before", "after"), [OF_MEASURE, OF_GOAL])
def test_an_edit_in_word_keeps_it(
    key: str, model: type[Measure] | type[Goal], item: dict[str, Plain], before: str, after: str
) -> None:
    found = edits(key, model, [item], [before], [after], NAMES)
    (edit,) = found  # type: ignore[misc]
    assert edit.value == [{**item, **CHANGED[key]}]
