"""What is printed is read again: every field of generated measures and goals, and what a person may write instead."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.content.yaml_nodes import Plain
from pipeline.fields.names import PlanNames
from pipeline.fields.registry import fields_of
from pipeline.fields.shown import retyped, shown
from pipeline.merge.differences.arrived_values import reads_back
from pipeline.merge.differences.field_edits import Complaint, comes_back, edits
from pipeline.merge.yaml.edits import REMOVE, Edit, applied
from schema.base import Model
from schema.entities import FieldOfAction, Goal, Measure, Proposal
from tests.back.printing import Data, as_read, fields, indicator_rows, plan_of, with_measure
from tests.fields.values import sayable
from tests.plan_strategies import actors, efforts, fundings, measures, periods, titles
from tests.tiers import examples

GOALS: Final = [
    {"id": f"Z1.{number}", "handlungsfeld": 1, "kurztitel": f"Ziel, das {number}. und", "zielsatz": "Es ist so weit."}
    for number in (1, 2, 3)
]
VALUES: Final = {  # what must be equal as data, not only look the same
    *("status", "priority", "goal", "further_goals", "leads", "decision", "participation", "information"),
    *("span", "effort", "depends_on", "commitments"),
}


def _plain(entry: Data, key: str) -> Data:
    """The words of an entry without what could be an amount or a share: as new ones they would be refused."""
    return {key: sayable(entry[key])} if key in entry else {}


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[Data], list[Data]]:
    """Actors, and two measures that have nothing or much in common."""
    people = draw(actors(["stadt"]))
    ids = [person["id"] for person in people]
    found: list[Data] = []
    for identifier in ("M1.1.1", "M1.1.2"):
        measure = draw(measures(identifier, "Z1.1", ids))
        if measure["status"] == "zurueckgestellt":  # has no sheet
            measure["status"] = "abgestimmt"
        measure["ziel"] = draw(st.sampled_from(["Z1.1", "Z1.2"]))
        efforts_drawn = draw(st.lists(efforts(), max_size=3))
        measure["aufwand"] = [{**entry, **_plain(entry, "text")} for entry in efforts_drawn]
        measure["finanzierung"] = [{**entry, **_plain(entry, "quelle")} for entry in draw(fundings())]
        measure["weitere_ziele"] = draw(st.lists(st.sampled_from(["Z1.2", "Z1.3"]), unique=True, max_size=2))
        measure["abhaengig_von"] = draw(st.lists(st.sampled_from(["M1.1.3", "M1.1.4"]), unique=True, max_size=2))
        due = st.fixed_dictionaries({"termin": periods(), "titel": titles(60).map(sayable)})
        measure["meilensteine"] = draw(st.lists(due, max_size=4))
        measure |= draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "prioritaet": st.sampled_from(["hoch", "mittel", "niedrig"]),
                    "indikator": titles(),
                    "herkunft": titles(),
                },
            )
        )
        found.append(measure)
    for key in draw(st.lists(st.sampled_from(sorted(set(found[0]) & set(found[1]) - {"id"})))):
        found[1][key] = found[0][key]
    return people, as_read(found)


def test_every_field_that_a_sheet_shows_is_read() -> None:
    plan = plan_of([{"id": "rat", "name": "Rat", "art": "gremium"}], GOALS, [measure()])
    assert all(comes_back(fields_of(Measure)[key]) for key in fields(plan, "M1.1.1"))


def as_shown(value: Any) -> Any:
    """The value, with the words in it as documents show them."""
    if isinstance(value, Model):
        return {name: as_shown(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, tuple):
        return [as_shown(item) for item in value]
    return shown(value) if type(value) is str else value


@settings(max_examples=examples(150))
@given(pairs())
def test_an_edit_that_makes_a_sheet_look_like_another_makes_it_say_the_same(
    pair: tuple[list[Data], list[Data]],
) -> None:
    people, (first, second) = pair
    others = [{**first, "id": identifier, "titel": f"Titel, (und) {identifier}"} for identifier in ("M1.1.3", "M1.1.4")]
    plan = plan_of(people, GOALS, [first, second, *others])
    names = PlanNames.of(plan)
    before, after = fields(plan, "M1.1.1"), fields(plan, "M1.1.2")
    data: Plain = first
    for key, lines in before.items():
        wanted = [line.replace("1.1.2 ", "1.1.1 ", 1) if key == "titel" else line for line in after[key]]
        assert edits(key, Measure, first.get(key), lines, [line.replace("\u00a0", " ") for line in lines], names) == []
        found = edits(key, Measure, first.get(key), lines, wanted, names)
        assert isinstance(found, list), found
        assert not found or lines != wanted
        data = applied(data, found)
    assert isinstance(data, dict)
    changed = with_measure(plan, data)
    now = fields(changed, "M1.1.1")
    assert [key for key in now if not reads_back(key, Measure, data.get(key), now[key], names)] == []
    assert {key: list(map(shown, lines)) for key, lines in fields(changed, "M1.1.1").items() if key != "titel"} == {
        key: list(map(shown, lines)) for key, lines in after.items() if key != "titel"
    }
    one, other = changed.measures[:2]
    for name in VALUES:
        assert as_shown(getattr(one, name)) == as_shown(getattr(other, name))


@st.composite
def indicators(draw: st.DrawFn) -> list[Data]:
    amounts = st.one_of(st.integers(-(10**6), 10**9).map(str), st.sampled_from(["0,5", "12.25", "1.1250", "-3.5"]))
    unit = st.sampled_from(["%", "Tage", "Euro je Einwohner", "m²"])
    row = st.fixed_dictionaries(
        {"name": titles(60)},
        optional={
            "einheit": unit,
            "ausgangswert": amounts | st.just("noch zu erheben"),
            "datum": periods(),
            "zielwert": amounts,
            "zieldatum": periods(),
            "erhebung": titles(60),
        },
    )
    return list(draw(st.lists(row, max_size=4)))


def indicator_edits(value: Plain, before: list[list[str]], after: list[list[str]]) -> list[Edit] | Complaint:
    old, new = (["\t".join(row) for row in rows] for rows in (before, after))
    return edits("indikatoren", Goal, value, old, new, PlanNames({}, {}, {}))


@settings(max_examples=examples(150))
@given(indicators(), indicators())
def test_a_table_that_looks_like_another_says_the_same(first: list[Data], second: list[Data]) -> None:
    goals = [{**GOALS[0], "indikatoren": first}, {**GOALS[1], "indikatoren": second}]
    plan = plan_of([], goals)
    before, after = indicator_rows(plan, "Z1.1"), indicator_rows(plan, "Z1.2")
    assert indicator_edits(as_read(first), before, before) == []
    found = indicator_edits(as_read(first), before, after)
    assert isinstance(found, list), found
    data = applied(as_read(goals[0]), found)
    assert isinstance(data, dict)
    again = indicator_rows(plan_of([], [data, goals[1]]), "Z1.1")
    assert [list(map(shown, row)) for row in again] == [list(map(shown, row)) for row in after]


@settings(max_examples=examples(200))
@given(titles(), titles(), st.lists(st.integers(0, 30), max_size=3))
def test_words_that_stayed_keep_what_was_typed(base: str, other: str, cuts: list[int]) -> None:
    words = shown(base).split(" ")
    for cut in cuts:
        words[cut % len(words)] = shown(other).split(" ")[0]
    assert shown(retyped(base, " ".join(words))) == shown(" ".join(words))
    assert retyped(base, shown(base)) == base


# --- what a person may write --------------------------------------------------------------------------------------

PEOPLE: Final[list[Data]] = [
    {"id": "rat", "name": "Rat der Stadt", "kurzname": "Rat", "art": "gremium"},
    {"id": "bau", "name": "Amt für Bau, Umwelt und Verkehr", "art": "amt"},
    {"id": "amt", "name": "Amt für Bau", "art": "amt"},
    {"id": "ihk", "name": "Industrie- und Handelskammer", "kurzname": "IHK", "art": "kammer"},
]


def measure(**others: Any) -> Data:
    return {
        "id": "M1.1.1",
        "titel": 'Feste "Stelle" je Betrieb',
        "ziel": "Z1.1",
        "beschreibung": "Etwas geschieht.",
        "federfuehrung": "rat",
        "zeitraum": {"von": "2027-03", "bis": "Q4 2029"},
        **others,
    }


OTHER: Final = {**measure(), "id": "M1.1.2", "titel": "Andere Maßnahme"}
FULL: Final = measure(
    mitwirkung=["bau", "ihk"],
    weitere_ziele=["Z1.2"],
    meilensteine=[{"termin": "Q1 2027", "titel": "Stelle benannt"}, {"termin": "2028-05", "titel": "Bericht"}],
    aufwand=[{"betrag": "15000.00", "einheit": "euro", "turnus": "einmalig", "jahr": "2027"}],
    finanzierung=[{"quelle": "Haushalt", "anteil": "40"}],
    abhaengig_von=["M1.1.2"],
    zusagen=[{"akteur": "rat", "datum": "2026-11-22"}],
    indikator="z.B. Betriebe",
    wirkungen=[{"groesse": "Läden", "betrag": "3"}],
    sachstand=[{"datum": "2026", "zustand": "im_plan"}],
    prioritaet="hoch",
    status="vorschlag",
)


def edited(key: str, *lines: str) -> list[Edit] | Complaint:
    plan = plan_of(PEOPLE, GOALS, [FULL, OTHER])
    return edits(key, Measure, FULL.get(key), fields(plan, "M1.1.1")[key], lines, PlanNames.of(plan))


@pytest.mark.parametrize(
    ("key", "lines", "value"),
    [
        ("titel", ["1.1.1 Feste „Stelle“ je Unternehmen"], 'Feste "Stelle" je Unternehmen'),
        ("titel", ["Neu"], "Neu"),
        ("titel", ["1.1.1 2027 neu"], "2027 neu"),
        ("titel", ["1.1.1: Neu"], "Neu"),
        ("titel", ["1.1.1 – Neu"], "Neu"),
        ("titel", ["Maßnahme 1,1.1 Neu"], "Neu"),
        ("titel", ["20 Betriebe beraten"], "20 Betriebe beraten"),
        ("indikator", ["z.\u00a0B. alle Betriebe"], "z.B. alle Betriebe"),
        ("status", ["in  Umsetzung"], "in_umsetzung"),
        ("status", ["IN_UMSETZUNG"], "in_umsetzung"),
        ("prioritaet", ["Priorität Niedrig"], "niedrig"),
        ("prioritaet", ["—"], REMOVE),
        ("ziel", ["Ziel 1.2"], "Z1.2"),
        ("ziel", ["z1.3"], "Z1.3"),
        ("ziel", ["1.2 Ziel, das 1. und"], "Z1.2"),
        ("weitere_ziele", ["1.2, 1.3"], ["Z1.2", "Z1.3"]),
        ("weitere_ziele", ["Ziel 1.2 und Ziel 1.3"], ["Z1.2", "Z1.3"]),
        ("weitere_ziele", ["1.2 Ziel, das 2. und", "Ziel, das 3. und"], ["Z1.2", "Z1.3"]),
        ("weitere_ziele", [], REMOVE),
        ("federfuehrung", ["ihk"], "ihk"),
        ("federfuehrung", ["offen"], REMOVE),
        ("federfuehrung", ["Rat, IHK"], ["rat", "ihk"]),
        ("zeitraum", ["–"], REMOVE),
        ("mitwirkung", ["Amt für Bau, Umwelt und Verkehr, IHK, Amt für Bau"], ["bau", "ihk", "amt"]),
        ("mitwirkung", ["rat;", "Industrie- und Handelskammer"], ["rat", "ihk"]),
        ("mitwirkung", [""], REMOVE),
        ("information", ["–", "Rat"], ["rat"]),
        ("abhaengig_von", ["keiner anderen Maßnahme"], REMOVE),
        ("abhaengig_von", ["M1.1.1"], ["M1.1.1"]),
        ("zusagen", ["Rat der Stadt, 23. November 2026"], [{"akteur": "rat", "datum": "2026-11-23"}]),
        ("zusagen", ["offen"], REMOVE),
        ("aufwand", ["15.000 € einmalig (2027)"], None),
        ("aufwand", ["15.500 Euro einmalig 2027"], [{**FULL["aufwand"][0], "betrag": "15500"}]),
        (
            "aufwand",
            ["1 Stelle jährlich", "15.000 Euro einmalig (2027)", "0,5 Stellen pro Jahr"],
            [
                {"betrag": "1", "einheit": "stellen", "turnus": "jaehrlich"},
                FULL["aufwand"][0],
                {"betrag": "0.5", "einheit": "stellen", "turnus": "jaehrlich"},
            ],
        ),
        (
            "aufwand",
            ["10 bis 15.000 Euro einmalig (2027)"],
            [{**FULL["aufwand"][0], "betrag": "10", "betrag_bis": "15000"}],
        ),
        ("aufwand", ["laufende Personalkosten"], [{"text": "laufende Personalkosten"}]),
        ("mitwirkung", ["IHK: stellt z.B. Räume", "Rat"], [{"akteur": "ihk", "beitrag": "stellt z.B. Räume"}, "rat"]),
        (
            "sachstand",
            ["15. März 2027 verzögert (IHK): Es fehlt z.B. Personal.", "2026\terreicht"],
            [
                {"datum": "2027-03-15", "zustand": "verzoegert", "text": "Es fehlt z.B. Personal.", "verfasser": "ihk"},
                {"datum": "2026", "zustand": "erreicht"},
            ],
        ),
        (
            "wirkungen",
            ["CO₂: -1.200,5 t im Jahr (bis Q4 2030)", "Läden: 5"],
            [
                {"groesse": "CO₂", "betrag": "-1200.5", "einheit": "t im Jahr", "bis": "Q4 2030"},
                {"groesse": "Läden", "betrag": "5"},
            ],
        ),
        ("finanzierung", ["Haushalt (offen)"], [{"quelle": "Haushalt"}]),
        (
            "finanzierung",
            ["Haushalt 40\u202f% (beantragt)"],
            [{"quelle": "Haushalt", "anteil": "40", "stand": "beantragt"}],
        ),
        ("finanzierung", ["Stadthaushalt 40 % (offen)"], [{"quelle": "Stadthaushalt", "anteil": "40"}]),
        ("aufwand", ["16.000 €"], [{**FULL["aufwand"][0], "betrag": "16000"}]),
        ("aufwand", ["16 T€ (2028)"], [{**FULL["aufwand"][0], "betrag": "16000", "jahr": "2028"}]),
        ("aufwand", ["15 000 Euro einmalig (2027)"], None),
        ("aufwand", ["15.000,- Euro einmalig (2027)"], None),
        ("aufwand", ["20 PT/Jahr"], [{"betrag": "20", "einheit": "personentage", "turnus": "jaehrlich"}]),
        ("aufwand", ["zwei Stellen p.a."], [{"betrag": "2", "einheit": "stellen", "turnus": "jaehrlich"}]),
        ("aufwand", ["0,5 Mio. € einmalig (2027)"], [{**FULL["aufwand"][0], "betrag": "500000"}]),
        ("aufwand", ["keine"], REMOVE),
        ("aufwand", ["• 15.500 Euro (einmalig), 2027"], [{**FULL["aufwand"][0], "betrag": "15500"}]),
        ("abhaengig_von", ["Maßnahmen 1.1.1 / 1.1.2"], ["M1.1.1", "M1.1.2"]),
        ("zusagen", ["IHK am 12.01.2027"], [{"akteur": "ihk", "datum": "2027-01-12"}]),
        ("zusagen", ["Keine"], REMOVE),
        ("mitwirkung", ["keiner"], REMOVE),
        ("mitwirkung", ["IHK und Amt für Bau"], ["ihk", "amt"]),
        ("mitwirkung", ["Amt für Bau, Umwelt und Verkehr und Rat"], ["bau", "rat"]),
        ("mitwirkung", ["Amt für Bau / IHK"], ["amt", "ihk"]),
        (
            "finanzierung",
            ["Haushalt 60 Prozent (gesichert)"],
            [{"quelle": "Haushalt", "anteil": "60", "stand": "gesichert"}],
        ),
        ("finanzierung", ["Haushalt 60 v.H. (offen)"], [{"quelle": "Haushalt", "anteil": "60"}]),
        ("finanzierung", ["Haushalt – 40 % (offen)"], None),
        (
            "meilensteine",
            ["- bis Q1 2027 – Stelle benannt\n05/2028 | Bericht", "Ende 2028: Fest", "IV/2029 Ende der Bauarbeiten"],
            [
                *FULL["meilensteine"],
                {"termin": "Q4 2028", "titel": "Fest"},
                {"termin": "Q4 2029", "titel": "Ende der Bauarbeiten"},
            ],
        ),
        (
            "wirkungen",
            ["CO₂: -120 t im Jahr bis 2030"],
            [{"groesse": "CO₂", "betrag": "-120", "einheit": "t im Jahr", "bis": "2030"}],
        ),
        (
            "meilensteine",
            ["März 2028: Zwischenstand", "Q1/2027\tStelle besetzt"],
            [{"termin": "2028-03", "titel": "Zwischenstand"}, {"termin": "Q1 2027", "titel": "Stelle besetzt"}],
        ),
    ],
)
def test_what_a_person_may_write(key: str, lines: list[str], value: Any) -> None:
    assert edited(key, *lines) == ([] if value is None else [Edit((key,), value)])


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("März 2027 – Q4 2030", None, "Q4 2030"),
        ("03/2027 bis 2030-12", None, "2030-12"),
        ("von 2027-03 - 2029", None, "2029"),
        ("Q2 2027–Q4 2029", "Q2 2027", None),
        ("2027-2029", "2027", "2029"),
        ("2. Quartal 2027 — fortlaufend", "Q2 2027", "fortlaufend"),
        ("ab Q1 2028, fortlaufend", "Q1 2028", "fortlaufend"),
        ("ab März 2027", None, "fortlaufend"),
        ("2028", "2028", "2028"),
        ("01.01.2028 – 31.12.2030", "2028-01", "2030-12"),
        ("01.01.2028-31.12.2030", "2028-01", "2030-12"),
        ("I/2028 – IV/2030", "Q1 2028", "Q4 2030"),
        ("1. Quartal 2028 bis Ende 2030", "Q1 2028", "Q4 2030"),
        ("Q1 – Q3 2028", "Q1 2028", "Q3 2028"),
        ("Q1-Q3 2028", "Q1 2028", "Q3 2028"),
        ("Januar 2028-Dezember 2030", "2028-01", "2030-12"),
        ("März bis Juni 2028", "2028-03", "2028-06"),
        ("ab Anfang 2028", "Q1 2028", "fortlaufend"),
    ],
)
def test_spans(text: str, start: str | None, end: str | None) -> None:
    wanted = [Edit(("zeitraum", key), value) for key, value in (("von", start), ("bis", end)) if value]
    assert edited("zeitraum", text) == wanted


def test_of_several_readings_the_one_that_stood_there_counts() -> None:
    names = PlanNames({"ab": ("A, B", "Z"), "a": ("A",), "b": ("B", "Z"), "c": ("C",)}, {}, {})
    assert names.actor_list("A, B, C") == ["ab", "c"]
    assert names.preferring(["a", "b"]).actor_list("A, B, C") == ["a", "b", "c"]
    assert names.actor("z") == "ab"
    assert names.preferring(["b"]).actor("z") == "b"


def test_of_several_that_could_lead_one_is_written_without_a_list() -> None:
    names = PlanNames({"rat": ("Rat",), "ihk": ("IHK",)}, {}, {})
    value: Plain = ["rat", "ihk"]
    assert edits("federfuehrung", Measure, value, ["Rat, IHK"], ["IHK"], names) == [Edit(("federfuehrung",), "ihk")]
    assert edits("federfuehrung", Measure, ["rat"], ["Rat"], ["rat"], names) == []  # however somebody typed one
    assert Measure.model_validate(FULL).leads == Measure.model_validate({**FULL, "federfuehrung": ["rat"]}).leads
    both = Measure.model_validate({**FULL, "federfuehrung": value})
    assert (both.lead, both.model_dump(by_alias=True)["federfuehrung"]) == (None, ("rat", "ihk"))


def test_a_line_that_looks_as_before_need_not_be_read() -> None:
    value: Plain = [{"termin": "2027", "titel": "a"}, {"termin": "2028", "titel": "b"}]
    found = edits("meilensteine", Measure, value, ["unlesbar", "2028 b"], ["unlesbar", "2029 b"], PlanNames({}, {}, {}))
    assert found == [Edit(("meilensteine",), [{"termin": "2027", "titel": "a"}, {"termin": "2029", "titel": "b"}])]


COMPLAINTS: Final = [
    (
        "sachstand",
        ["2027 läuft gut"],
        (
            "„2027 läuft gut“ ist kein Sachstand; geschrieben wird er so: „15.03.2027 im Plan: Die Stelle ist "
            "besetzt.“; möglich sind im Plan, verzögert, gefährdet, erreicht, entfallen."
        ),
    ),
    ("sachstand", ["2027 erreicht (Rath): Ja."], "„Rath“ steht nicht in akteure.yaml; meinten Sie „Rat“?"),
    (
        "wirkungen",
        ["viel weniger CO₂"],
        "„viel weniger CO₂“ ist keine Wirkung in Zahlen; geschrieben wird sie so: „CO₂: -120 t im Jahr (bis 2030)“.",
    ),
    ("mitwirkung", ["Rath: stellt Räume"], "„Rath“ steht nicht in akteure.yaml; meinten Sie „Rat“?"),
    (
        "zeitraum",
        ["Q5 2027"],
        "„Q5 2027“ ist kein Zeitraum; möglich sind „Q1 2027 – Q4 2029“, „ab Q1 2027, fortlaufend“ oder „2027“.",
    ),
    (
        "zeitraum",
        ["Q1 ٢٠٢٧"],
        "„Q1 ٢٠٢٧“ ist kein Zeitraum; möglich sind „Q1 2027 – Q4 2029“, „ab Q1 2027, fortlaufend“ oder „2027“.",
    ),
    ("zeitraum", ["Q1 ٢٠٢٧ – 2029"], "„Q1 ٢٠٢٧“ ist kein Zeitpunkt; möglich sind Q1 2027, 2027-03 oder 2027."),
    ("zeitraum", ["Q5 2027 – 2029"], "„Q5 2027“ ist kein Zeitpunkt; möglich sind Q1 2027, 2027-03 oder 2027."),
    ("status", [], "Die Angabe „Status“ fehlt; sie darf nicht leer sein."),
    ("titel", ["1.1.1 "], "Die Angabe „Titel“ fehlt; sie darf nicht leer sein."),
    ("titel", ["111 Neu"], "Die Nummer 1.1.1 ist für immer vergeben und lässt sich nicht ändern."),
    ("titel", ["1.1.9 Neu"], "Die Nummer 1.1.1 ist für immer vergeben und lässt sich nicht ändern."),
    (
        "prioritaet",
        ["nidrig"],
        "„nidrig“ passt nicht zu „Priorität“; meinten Sie „niedrig“? Möglich sind hoch, mittel oder niedrig.",
    ),
    ("prioritaet", ["7"], "„7“ passt nicht zu „Priorität“; möglich sind hoch, mittel oder niedrig."),
    ("mitwirkung", ["IHK, Rath"], "„Rath“ steht nicht in akteure.yaml; meinten Sie „Rat“?"),
    ("ziel", ["Ziel 9.9"], "Das Ziel „9.9“ gibt es nicht."),
    ("abhaengig_von", ["1.1.3"], "Die Maßnahme „1.1.3“ gibt es nicht; meinten Sie „M1.1.2“?"),
    (
        "abhaengig_von",
        ["1.1.2 Ganz andere Maßnahme"],
        "„1.1.2 Ganz andere Maßnahme“: Hier zählt nur die Nummer 1.1.2; der Titel lässt sich nur an seinem Ort ändern.",
    ),
    (
        "aufwand",
        ["15 viel Geld"],
        (
            "„15 viel Geld“ ist kein Aufwand; geschrieben wird er so: „15.000 Euro einmalig (2027)“ oder "
            "„20 bis 30 Personentage jährlich“."
        ),
    ),
    (
        "finanzierung",
        ["Haushalt 40 %"],
        (
            "„Haushalt 40 %“ ist keine Finanzierung; geschrieben wird sie so: „Haushalt 40 % (beantragt)“, "
            "am Ende gesichert, beantragt oder offen."
        ),
    ),
    (
        "meilensteine",
        ["Stelle benannt"],
        "„Stelle benannt“ ist kein Meilenstein mit Termin und Titel; geschrieben wird er so: „Q2 2027 Stelle benannt“.",
    ),
    ("meilensteine", ["Q7 2027\tX"], "„Q7 2027“ ist kein Zeitpunkt; möglich sind Q1 2027, 2027-03 oder 2027."),
    (
        "zeitraum",
        ["ab Mitte 2027"],
        "„Mitte 2027“ kann Q2 2027 oder Q3 2027 heißen; bitte schreiben, was gemeint ist.",
    ),
    (
        "zeitraum",
        ["2. Halbjahr 2027"],
        "„2. Halbjahr 2027“ kann Q3 2027 oder Q4 2027 heißen; bitte schreiben, was gemeint ist.",
    ),
    (
        "zeitraum",
        ["1/2027 – 2028"],
        "„1/2027“ kann Q1 2027 oder Januar 2027 heißen; bitte schreiben, was gemeint ist.",
    ),
    (
        "zeitraum",
        ["01.01.2027 – 01.07.2028"],
        "„01.07.2028“ kann Juni 2028 oder Juli 2028 heißen; bitte schreiben, was gemeint ist.",
    ),
    (
        "meilensteine",
        ["15.03.2027 Stelle benannt"],
        "„15.03.2027“ ist ein Tag; hier steht ein Monat, ein Quartal oder ein Jahr: „März 2027“.",
    ),
    (
        "meilensteine",
        ["Q1 2027 bis Q2 2027 Stelle"],
        "„Q1 2027 bis Q2 2027 Stelle“ nennt zwei Termine; ein Meilenstein hat einen: „Q2 2027 Stelle benannt“.",
    ),
    (
        "meilensteine",
        ["Q1 2027 Konzept (entscheidet Rat der Stadt)"],
        (
            "In „Q1 2027 Konzept (entscheidet Rat der Stadt)“ ist nicht klar, wer entscheidet; am Ende steht "
            "„(entscheidet: Rat der Stadt)“."
        ),
    ),
    (
        "aufwand",
        ["20 Personentage"],
        (
            "„20 Personentage“ kann „20 Personentage einmalig“ oder „20 Personentage jährlich“ heißen; bitte "
            "schreiben, was gemeint ist."
        ),
    ),
    (
        "aufwand",
        ["ca. 15.000 Euro einmalig"],
        (
            "„ca. 15.000 Euro einmalig“ ist kein Aufwand; geschrieben wird er so: „15.000 Euro einmalig (2027)“ oder "
            "„20 bis 30 Personentage jährlich“."
        ),
    ),
    (
        "aufwand",
        ["15,000 Euro einmalig"],
        "„15,000“ kann 15 oder 15.000 heißen; bitte schreiben, was gemeint ist.",
    ),
    *(
        (
            "finanzierung",
            [text],
            (
                f"In „{text}“ ist nicht klar, was Anteil und Stand sind; geschrieben wird sie so: „Haushalt 40 % "
                "(beantragt)“, am Ende gesichert, beantragt oder offen."
            ),
        )
        for text in (
            "Haushalt 40 Pozent (beantragt)",
            "Haushalt 40 (offen)",
            "Haushalt 40 % Land 60 % (offen)",
            "Haushalt (offen) (gesichert)",
            "Haushalt ca. 60 % (offen)",
        )
    ),
    (
        "mitwirkung",
        ["IHK, Rat: stellen Räume"],
        "„IHK, Rat: stellen Räume“: Jeder Akteur mit Beitrag steht in einem eigenen Absatz: „IHK: stellt Räume“.",
    ),
    (
        "mitwirkung",
        ["IHK: stellt Räume, Rat"],
        "„IHK: stellt Räume, Rat“: Jeder Akteur mit Beitrag steht in einem eigenen Absatz: „IHK: stellt Räume“.",
    ),
    ("mitwirkung", ["IHK und Rath"], "„Rath“ steht nicht in akteure.yaml; meinten Sie „Rat“?"),
    (
        "abhaengig_von",
        ["1.1.2 Andere Maßnahme (bitte prüfen)"],
        (
            "„1.1.2 Andere Maßnahme (bitte prüfen)“: Hier zählt nur die Nummer 1.1.2; der Titel lässt sich nur an "
            "seinem Ort ändern."
        ),
    ),
    (
        "aufwand",
        ["20 Personentage im Jahr 2027"],
        (
            "„20 Personentage im Jahr 2027“ kann „20 Personentage einmalig (2027)“ oder „20 Personentage jährlich“ "
            "heißen; bitte schreiben, was gemeint ist."
        ),
    ),
    (
        "aufwand",
        ["Kosten 15000"],
        (
            "„Kosten 15000“ ist kein Aufwand; geschrieben wird er so: „15.000 Euro einmalig (2027)“ oder "
            "„20 bis 30 Personentage jährlich“."
        ),
    ),
    ("zusagen", ["Rat"], "„Rat“ ist keine Zusage mit Akteur und Tag; geschrieben wird sie so: „Rat, 22.11.2026“."),
    ("zusagen", ["Rat, 31.02.2026"], "„31.02.2026“ ist kein Tag; möglich sind 22.11.2026 oder 2026-11-22."),
]


@pytest.mark.parametrize(("key", "lines", "message"), COMPLAINTS, ids=lambda value: str(value)[:30])
def test_what_is_not_understood_is_told(key: str, lines: list[str], message: str) -> None:
    found = edited(key, *lines)
    assert isinstance(found, Complaint)
    assert found.message == message
    assert found.label == next(info.title for info in Measure.model_fields.values() if info.alias == key)


@pytest.mark.parametrize(
    ("model", "key", "value", "before", "after", "wanted"),
    [
        (Goal, "kurztitel", "Kurz", "Ziel\u00a01.1 Kurz", "Ziel 1.1 Lang", "Lang"),
        (Goal, "zielsatz", "Es gilt", "Es gilt", "Es gilt nicht", "Es gilt nicht"),
        (Goal, "herkunft", "Von hier", "Herkunft: Von hier", "Herkunft: Von da", "Von da"),
        (Goal, "herkunft", "Von hier", "Herkunft: Von hier", "herkunft – Von da", "Von da"),
        (Goal, "herkunft", "Von hier", "Herkunft: Von hier", "Herkunft: – Von da", "Von da"),
        (FieldOfAction, "titel", "Feld", "Feld", "Feld und Flur", "Feld und Flur"),
        (Proposal, "titel", "Idee", "V1 Idee", "V1 Gute Idee", "Gute Idee"),
        (Proposal, "eingang", "2026-11-01", "01.11.2026", "2.11.2026", "2026-11-02"),
        (Proposal, "stand", "eingegangen", "eingegangen", "in Prüfung", "in_pruefung"),
    ],
)
def test_other_models(model: type[Model], key: str, value: str, before: str, after: str, wanted: str) -> None:
    names = PlanNames({}, {}, {})
    assert edits(key, model, value, [before], [after], names) == [Edit((key,), wanted)]


ROWS: Final = [["Dauer", "10 Tage\nQ1 2026", "3 Tage\nbis Q4 2028", "jährlich"]]
ITEM: Final = {
    "name": "Dauer",
    "einheit": "Tage",
    "ausgangswert": "10.0",
    "datum": "Q1 2026",
    "zielwert": "3",
    "zieldatum": "Q4 2028",
    "erhebung": "jährlich",
}
ITEMS: Final[Plain] = [{**ITEM}]


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        (["Dauer", "10 Tage\nQ1 2026", "2,5 Tage\nbis 2029", "jährlich"], {"zielwert": "2.5", "zieldatum": "2029"}),
        (
            ["Dauer", "noch zu erheben", "3 Tage bis Q4 2028", "–"],
            {"ausgangswert": "noch zu erheben", "datum": "", "erhebung": ""},
        ),
        (
            ["Dauer", "10 Tage\n2026", "noch festzulegen", "jährlich"],
            {"datum": "2026", "zielwert": "", "zieldatum": ""},
        ),
        (
            ["Dauer", "noch zu erheben", "–", "jährlich"],  # the unit is not shown then, but it stays
            {"ausgangswert": "noch zu erheben", "datum": "", "zielwert": "", "zieldatum": ""},
        ),
        (["Dauer", "10 %\nQ1 2026", "3 %\nbis Q4 2028", "jährlich"], {"einheit": "%"}),
        (["Dauer", "10\nQ1 2026", "3\nbis Q4 2028", "jährlich"], {"einheit": ""}),
    ],
)
def test_indicator_rows(row: list[str], changes: dict[str, str]) -> None:
    wanted: dict[str, Plain] = {key: value for key, value in (ITEM | changes).items() if value}
    assert indicator_edits(ITEMS, ROWS, [row]) == [Edit(("indikatoren",), [wanted])]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["", "10 Tage", "3 Tage", "–"], "Der Name des Indikators fehlt; er darf nicht leer sein."),
        (
            ["Dauer", "viele Tage", "3 Tage", ""],
            "„viele Tage“ ist kein Ausgangswert; möglich sind „10 Tage“ oder „noch zu erheben“.",
        ),
        (
            ["Dauer", "10 Tage", "bald", ""],
            "„bald“ ist kein Zielwert; möglich ist „höchstens 3 Tage“, darunter „bis Q4 2028“.",
        ),
        (
            ["Dauer", "10 Tage", "3 %", ""],
            "Ausgangswert und Zielwert haben verschiedene Einheiten („Tage“ und „%“); gemeint ist eine.",
        ),
        (
            ["Dauer", "10 Tage", "3 Tage"],
            "Eine Zeile hat 3 statt 4 Zellen: Indikator, Ausgangswert, Zielwert, Erhebung.",
        ),
    ],
)
def test_indicator_rows_not_understood(row: list[str], message: str) -> None:
    found = indicator_edits(ITEMS, ROWS, [row])
    assert isinstance(found, Complaint)
    assert (found.label, found.message) == ("Indikatoren", message)


@pytest.mark.parametrize(
    ("row", "changes", "words"),
    [
        (
            ["Dauer", "10 Tage\nQ1 2026", "3 Tage bis Mitte 2029", "monatlich"],
            {"erhebung": "monatlich"},
            ("3 Tage bis Q4 2028", "3 Tage bis Mitte 2029"),
        ),
        (
            ["Wartezeit", "zehn Tage", "2 Tage\nbis Q4 2028", "jährlich"],
            {"name": "Wartezeit", "zielwert": "2"},
            ("10 Tage Q1 2026", "zehn Tage"),
        ),
        (
            ["Wartezeit", "10 Wochen", "2 Tage bis bald", "jährlich"],  # with a unit that the other value has not
            {"name": "Wartezeit"},
            ("10 Tage Q1 2026 3 Tage bis Q4 2028", "10 Wochen 2 Tage bis bald"),
        ),
    ],
)
def test_a_cell_that_nobody_understands_does_not_hold_back_the_others(
    row: list[str], changes: dict[str, str], words: tuple[str, str]
) -> None:
    found = indicator_edits(ITEMS, ROWS, [row])
    assert isinstance(found, Complaint)
    assert found.besides == (Edit(("indikatoren",), [{**ITEM, **changes}]),)
    assert (found.before, found.after) == words


def test_an_entry_that_nobody_understands_does_not_hold_back_the_others() -> None:
    found = edited("meilensteine", "Q1 2027 Stelle ausgeschrieben", "Sommer 2028 Bericht")
    assert isinstance(found, Complaint)
    first, second = FULL["meilensteine"]
    assert found.besides == (Edit(("meilensteine",), [{**first, "titel": "Stelle ausgeschrieben"}, second]),)
    assert found.message == "„Sommer 2028“ kann Q2 2028 oder Q3 2028 heißen; bitte schreiben, was gemeint ist."


def test_what_is_replaced_by_something_that_nobody_understands_stays() -> None:
    found = edited("meilensteine", "Ganz etwas anderes", "Und noch etwas mehr", "Q3 2028 Fest")
    assert isinstance(found, Complaint)
    assert found.besides == ()


@pytest.mark.parametrize(
    ("value", "row", "reads"),
    [
        ({"einheit": "Gebiete", "zielwert": "2", "zieldatum": "Q4 2030"}, "–\t2 Gebiete\nbis Q4 2030\t–", True),
        ({"einheit": "Gebiete", "zielwert": "2.0", "zieldatum": "Q4 2030"}, "–\t2 Gebiete\nbis Q4 2030\t–", True),
        ({"einheit": "Gebiete bis Q4 2030", "zielwert": "2"}, "–\t2 Gebiete bis Q4 2030\t–", False),
        ({"einheit": "Gebiete je 2030", "zielwert": "2"}, "–\t2 Gebiete je 2030\t–", True),  # nobody reads it at all
        ({"einheit": "Tage", "ausgangswert": "9", "zielwert": "2"}, "9 Tage\thöchstens 2 Tage\t–", True),
        ({"einheit": "Tage", "ausgangswert": "9", "zielwert": "2"}, "9 Tage\tmindestens 2 Tage\t–", False),
    ],
)
def test_what_looks_right_is_not_yet_the_value(value: Data, row: str, reads: bool) -> None:
    data: Plain = [{"name": "Wert", **value}]
    assert reads_back("indikatoren", Goal, data, [f"Wert\t{row}"], PlanNames({}, {}, {})) is reads


@pytest.mark.parametrize(
    ("typed_heading", "expected"),
    [
        ("2 Wege ohne Auto", "Wege ohne Auto"),
        ("Wege ohne Auto", "Wege ohne Auto"),
        ("2: Wege ohne Auto", "Wege ohne Auto"),
        ("50er-Jahre-Wege", "50er-Jahre-Wege"),
        ("5 Wege", "Die Nummer 2 ist für immer vergeben und lässt sich nicht ändern."),
        ("2", "Die Angabe „Titel“ fehlt; sie darf nicht leer sein."),
    ],
)
def test_a_field_of_action_keeps_its_number_whatever_its_title_becomes(typed_heading: str, expected: str) -> None:
    names = PlanNames({}, {}, {})
    found = edits("titel", FieldOfAction, "Wege", ["2 Wege"], [typed_heading], names)
    told = found.message if isinstance(found, Complaint) else [edit.value for edit in found]
    assert told in (expected, [expected])


def test_the_misspelt_name_of_who_decides_is_no_other_body() -> None:
    item: Plain = [{"termin": "2027", "titel": "Konzept", "gremium": "rat"}]
    names = PlanNames({"rat": ("Rat der Stadt", "Rat", "rat")}, {}, {})
    lines = [f"2027\tKonzept (entscheidet: {body})" for body in ("Rat der Stadt", "Rath der Stadt", "Beirat")]
    found = [edits("meilensteine", Measure, item, lines[:1], [line], names) for line in lines[1:]]
    assert isinstance(found[0], Complaint)
    assert found[0].message == "„Rath der Stadt“ steht nicht in akteure.yaml; meinten Sie „Rat der Stadt“?"
    assert found[1] == [Edit(("meilensteine",), [{"termin": "2027", "titel": "Konzept", "gremium": "Beirat"}])]
