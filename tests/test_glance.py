"""The leaf that a council decides from, and the dates of bodies: values worked out by hand from small plans."""

from __future__ import annotations

import re

from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.document import model as d
from pipeline.parts.context import Context
from pipeline.parts.registry import build_part
from schema.vocabulary import PartName
from tests.loading import Loaded
from tests.parts import Maker, measure, part_of, plain, rows

HIGH = {"prioritaet": "hoch"}
YEARLY = {"betrag": 60, "einheit": "personentage", "turnus": "jaehrlich"}
ONCE = {"betrag": 12000, "einheit": "euro", "turnus": "einmalig", "jahr": 2028}


def glance_of(maker: Maker) -> d.Glance:
    maker.files["plan.yaml"]["gliederung"].append({"teil": "auf_einen_blick"})
    return part_of(maker.load(), d.Glance)


def section(part: d.Glance, begins: str) -> d.TableSection:
    return next(item for item in part.sections if item.heading.startswith(begins))


def test_points_are_counted_through_and_figures_filled_in(maker: Maker) -> None:
    maker.files["plan.yaml"]["beschlussvorschlag"] = [
        {"gremium": "amt", "text": "1. Beschlossen werden {massnahmen} Maßnahmen.\n2. Das {laufzeit}."},
        {"gremium": "Beirat", "text": "1. Zugestimmt wird {ziele.gemeinsam} Zielen."},
    ]
    maker.measures("stadt", measure("M1.1.1", "amt"))
    first, second = glance_of(maker).resolutions
    assert (first.body, second.body, second.when) == ("Amt", "Beirat", "Sitzung offen")
    assert plain(first.blocks).startswith("Beschlossen werden 1 Maßnahmen.")
    assert [block.attrs["start"] for block in (*first.blocks, *second.blocks)] == [1, 3]


def test_a_resolved_plan_shows_what_was_resolved(small_plan: Loaded) -> None:
    part = part_of(small_plan, d.Glance)
    assert part.resolution_heading == "Was beschlossen ist"
    (resolved,) = part.resolutions
    assert resolved.body == "Rat der Stadt Lindenmark"
    assert plain(resolved.blocks) == "Beschluss: beschlossen, Vorlage 41/2027-1."


def test_what_is_urgent_comes_first_with_all_that_it_takes(maker: Maker) -> None:
    due = [{"termin": "Q2 2028", "titel": "Da"}]
    posts = [{"betrag": 0.5, "einheit": "stellen", "turnus": "jaehrlich"}, {"text": "Zeit der Vereine"}]
    maker.measures(
        "stadt",
        measure("M1.1.1", "amt", **HIGH, aufwand=[YEARLY, ONCE]),
        measure("M1.1.2", "amt", **HIGH, meilensteine=due, aufwand=posts),
        measure("M1.1.3", "amt", aufwand=[ONCE]),
    )
    shown = rows(section(glance_of(maker), "Maßnahmen mit hoher Priorität").table)
    assert [(row[0][:5], *row[4:]) for row in shown] == [
        ("1.1.2", "in Worten", "0,5 Stellen"),
        ("1.1.1", "12.000", "60 Tage/Jahr"),
    ]


def test_each_decision_has_its_day_or_says_that_it_has_none(maker: Maker) -> None:
    decided = [{"termin": "Q3 2028", "titel": "Vorlage", "gremium": "amt"}]
    maker.measures(
        "stadt",
        measure("M1.1.1", "werk", entscheidung=["amt"], meilensteine=decided),
        measure("M1.1.2", "werk", entscheidung=["amt"]),
    )
    maker.files["plan.yaml"]["berichte"] = [
        {"gremium": "Amt", "titel": "Bericht", "termin": "Q1 2028", "wiederkehr": "jaehrlich"},
        {"gremium": "Beirat", "titel": "Schluss", "termin": 2029},
        {"gremium": "Beirat", "titel": "Haushalt", "art": "entscheidung", "wiederkehr": "jaehrlich"},
    ]
    loaded = maker.load()
    (part,) = build_part(PartName.BODY_DATES, Context(loaded.plan))
    assert isinstance(part, d.TablePart)
    overview, single = part.sections
    years = [str(year) for year in loaded.plan.meta.term.years]
    assert overview.table is not None
    shown = [
        dict(zip([column.label for column in overview.table.columns], row, strict=True)) for row in rows(overview.table)
    ]
    assert {row["Gremium"]: [row[year] for year in years] for row in shown} == {
        "Amt": ["–", "Q1, Q3", "Q1", "Q1"],
        "Beirat": ["–", "–", "im Jahr", "–"],
    }
    assert [row[:3] for row in rows(single.table)] == [
        ("Amt · 3 Punkte",),
        ("Termin offen", "1.1.2 Maßnahme 1.1.2", "E Entscheidung"),
        ("Q1 2028", "Bericht (danach jährlich)", "zur Kenntnis"),
        ("Q3 2028", "1.1.1 Maßnahme 1.1.1: Vorlage", "E Entscheidung"),
        ("Beirat · 2 Punkte",),
        ("Termin offen", "Haushalt (jährlich)", "E Entscheidung"),
        ("2029", "Schluss", "zur Kenntnis"),
    ]


def test_what_is_left_to_a_body_is_among_the_first_dates(maker: Maker) -> None:
    left = {"titel": "Haushalt", "art": "entscheidung", "wiederkehr": "jaehrlich"}
    maker.files["plan.yaml"]["berichte"] = [
        {"gremium": "amt", **left},
        {"gremium": "Beirat", **left},
        {"gremium": "Beirat", "titel": "Fortschreibung", "art": "entscheidung", "termin": "Q2 2028"},
        {"gremium": "Beirat", "titel": "Bericht", "termin": "Q1 2028"},
    ]
    dates = next(section for section in glance_of(maker).sections if "Entscheidungen" in section.heading)
    assert dates.table is not None
    assert [row for row in rows(dates.table) if row[1].startswith("Entscheidung ")] == [
        ("offen", "Entscheidung Amt, Beirat: Haushalt (jährlich)"),
        ("Q2 2028", "Entscheidung Beirat: Fortschreibung"),
    ]


def test_who_collects_an_indicator_is_named_where_points_are_counted(maker: Maker) -> None:
    told = ("Werk der Stadt, vom Amt gefragt", "Auswertung im Amt", "im Amtsblatt gezählt", "Amt, jährlich")
    maker.files["akteure.yaml"]["akteure"].append({"id": "werke", "name": "Werk der Stadt", "art": "amt"})
    maker.files["gemeinsam/ziele.yaml"]["ziele"][0]["indikatoren"] = [
        {"name": f"Zahl {place}", "erhebung": words} for place, words in enumerate(told)
    ]
    part = part_of(maker.load(), d.TablePart, PartName.OPEN_POINTS.value)
    assert part.sections[0].table is not None
    who = {row[1]: row[2] for row in rows(part.sections[0].table)}
    assert who["Ausgangswert von Indikatoren"] == "Amt (2), Werk der Stadt, wer sie erhebt"


def test_the_dates_name_the_plans_own_decision_and_the_way_to_all_others(maker: Maker) -> None:
    decided = [{"termin": "Q3 2028", "titel": "Vorlage", "gremium": "amt"}]
    maker.measures("stadt", measure("M1.1.1", "werk", entscheidung=["amt"], meilensteine=decided))
    meta = maker.files["plan.yaml"]
    meta["beschlussweg"] = [
        {"schritt": "Vorberatung", "gremium": "Beirat", "ergebnis": "offen"},
        {"schritt": "Beschluss", "gremium": "amt", "ergebnis": "offen", "entscheidet": "alle"},
    ]
    meta["gliederung"].append({"teil": "termine_der_gremien"})
    dates = section(glance_of(maker), "Meilensteine").table
    assert rows(dates)[0][:2] == ("offen", "Entscheidung Amt: über den Plan")
    assert [row[:2] for row in rows(dates)][-2:] == [
        ("Q3 2028", "Entscheidung Amt: 1.1.1 Maßnahme 1.1.1"),
        ("außerdem", "Berichte an die Gremien: siehe Termine der Gremien"),
    ]
    assert dates is not None
    targets = [node.attrs.get("target") for node in [*dates.rows()][-1].cells[1].content]
    assert targets[-1] == f"#{PartName.BODY_DATES.value}"


def test_what_is_to_be_settled_has_a_way_to_its_list(maker: Maker) -> None:
    meta = maker.files["plan.yaml"]
    meta["beschlussvorschlag"] = [{"gremium": "amt", "text": "1. Beschlossen wird."}]
    meta["gliederung"].append({"teil": "offene_punkte"})
    maker.measures("stadt", measure("M1.1.1", "amt"))
    note = glance_of(maker).resolution_note
    assert "".join(node.plain() for node in note).endswith("siehe „Offene Punkte bis zum Beschluss“.")
    assert [node.attrs["target"] for node in note if node.kind == "link"] == [f"#{PartName.OPEN_POINTS.value}"]


def test_what_is_open_often_is_named_and_all_else_counted(maker: Maker) -> None:
    meta = maker.files["plan.yaml"]
    meta["beschlussvorschlag"] = [{"gremium": "amt", "text": "1. Beschlossen wird."}]
    maker.measures("stadt", measure("M1.1.1", "amt"), measure("M1.1.2", "amt"))
    note = "".join(node.plain() for node in glance_of(maker).resolution_note)
    told = re.search(r"Vorher zu klären: (\d+) Punkte \(([^)]*), (\d+) weitere\);", note.replace("\u00a0", " "))
    assert told is not None
    whole, kinds, others = told.groups()
    assert "2 × Zusage der Federführung" in kinds.split(", ")
    assert sum(int(kind.split(" × ")[0]) for kind in kinds.split(", ")) + int(others) == int(whole)
    checked = validate(read(maker.folder))
    assert checked.plan is not None
    (part,) = build_part(PartName.OPEN_POINTS, Context(checked.plan, open_points=checked.open_points))
    assert isinstance(part, d.TablePart)
    assert f"{whole} vorher, " in part.lead


def test_who_pays_is_said_beside_whose_measures_they_are(maker: Maker) -> None:
    paid = [{"betrag": 900, "einheit": "euro", "turnus": "einmalig", "jahr": 2028}]
    sources = [{"quelle": "Haushalt", "anteil": 40, "stand": "offen"}]
    maker.measures("stadt", measure("M1.1.1", "amt", aufwand=paid, finanzierung=sources))
    note = section(glance_of(maker), "Was der Plan braucht").note.replace("\u00a0", " ")
    assert "Woher die Euro kommen sollen: Haushalt 360; noch ohne Quelle 540." in note


def test_what_begins_in_the_first_year_is_named_by_when_it_does(maker: Maker) -> None:
    maker.measures(
        "stadt",
        measure("M1.1.1", "amt", zeitraum={"von": "Q2 2028", "bis": "Q4 2028"}),
        measure("M1.1.2", "amt", zeitraum={"von": "Q1 2028", "bis": "Q4 2028"}),
        measure("M1.1.3", "amt", zeitraum={"von": "Q1 2029", "bis": "Q4 2029"}),
    )
    dates = section(glance_of(maker), "Meilensteine").table
    assert next(row[:2] for row in rows(dates)) == ("Beginn 2028", "Q1: 1.1.2; Q2: 1.1.1")


def test_what_is_open_is_resolved_under_a_condition_only(maker: Maker) -> None:
    maker.files["plan.yaml"]["vorbehalte"] = [{"code": "P453", "text": "Schätzung bis Mai"}]
    maker.measures("stadt", measure("M1.1.1", "amt", vorbehalt="Haushalt 2028"))
    (part,) = build_part(PartName.RESERVATIONS, Context(maker.load().plan))
    assert isinstance(part, d.TablePart)
    assert rows(part.sections[0].table) == [("Aufwand", "Schätzung bis Mai"), ("1.1.1 Maßnahme 1.1.1", "Haushalt 2028")]


def test_the_sheet_of_a_body_shows_what_comes_before_it(maker: Maker) -> None:
    maker.files["plan.yaml"]["beschlussweg"] = [
        {"schritt": "Beratung", "gremium": "Amt", "sitzung": "2028-03-01"},
        {"schritt": "Beschluss", "gremium": "Land"},
    ]
    maker.files["plan.yaml"]["berichte"] = [
        {"gremium": "land", "titel": "Bericht", "termin": "Q1 2029", "wiederkehr": "jaehrlich"},
    ]
    sheets = {sheet.name: sheet for sheet in part_of(maker.load(), d.Actors).sheets}
    told = {name: [plain(line.content) for line in sheet.facts[0].lines] for name, sheet in sheets.items()}
    assert told == {
        "Amt": ["01.03.2028 Beratung (Schritt 1 von 2): offen"],
        "Land": ["Termin offen Beschluss (Schritt 2 von 2): offen", "Q1 2029 Bericht (danach jährlich): zur Kenntnis"],
    }


def test_figures_of_a_strand_are_those_of_that_strand(maker: Maker) -> None:
    said = "{massnahmen} {massnahmen.stadt} {massnahmen.firmen} {ziele} {ziele.gemeinsam} {handlungsfelder}"
    maker.files["plan.yaml"]["beschlussvorschlag"] = [{"gremium": "amt", "text": said}]
    maker.measures("stadt", measure("M1.1.1", "amt"), measure("M1.1.2", "amt"))
    maker.measures("firmen", measure("M2.1.1", "werk"))
    (draft,) = glance_of(maker).resolutions
    assert plain(draft.blocks) == "3 2 1 2 2 2"


def test_a_measure_lacks_what_it_lacks_and_nothing_else(maker: Maker) -> None:
    """Effort is what two of three lack, so that it has a column; the third has it."""
    maker.measures(
        "stadt", measure("M1.1.1", "amt"), measure("M1.1.2", "amt", aufwand=[ONCE]), measure("M1.1.3", "amt")
    )
    part = part_of(maker.load(), d.TablePart, PartName.OPEN_POINTS.value)
    table = section_of(part, "Was den Maßnahmen fehlt").table
    assert table is not None
    column = [item.label for item in table.columns].index("Aufwand")
    assert {row[0]: row[column].strip() for row in rows(table)} == {
        "1.1.1": "offen",
        "1.1.2": "liegt vor",
        "1.1.3": "offen",
    }


def section_of(part: d.TablePart, heading: str) -> d.TableSection:
    return next(item for item in part.sections if item.heading == heading)
