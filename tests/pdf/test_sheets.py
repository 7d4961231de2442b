"""What of a measure's or a goal's sheet stands where on paper, and what of it stays on one page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.document import model as d
from pipeline.pdf.html import part_html
from pipeline.pdf.pages.goals import compact_indicators
from pipeline.pdf.pages.sheet_layout import PLACES
from pipeline.pdf.pages.sheets import SheetOnPaper, beside_label, label_height, on_paper
from pipeline.text.nodes import Node
from schema.entities import Measure
from tests.parts import Maker, facts, measure, part_of, plain, sheet_of
from tests.pdf.sample import sample

NOTES = [
    {"datum": "2027-02-15", "zustand": "im_plan", "text": "Begonnen."},
    {"datum": "Q2 2028", "zustand": "verzoegert", "text": "Es dauert."},
    {"datum": "2027-12-15", "zustand": "im_plan", "text": "Halb fertig."},
]


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


def of_measure(maker: Maker, **given: object) -> SheetOnPaper:
    """The first of two measures, with what is given of it."""
    maker.measures("stadt", measure("M1.1.1", "amt", **given), measure("M1.1.2", "amt", verwandt=["M1.1.1"]))
    return on_paper(sheet_of(maker.load(), "M1.1.1"))


def rows(shape: SheetOnPaper) -> list[tuple[str, str]]:
    return [(row.label.replace("\u00a0", " "), " / ".join(map(plain, row.lines))) for row in shape.layout.rows]


def test_every_field_of_a_measure_has_its_place() -> None:
    """A field that is new stands below like the plan's own ones, until somebody gives it a better place."""
    texts = {"beschreibung", "titel", "id", "bild", "grund", "wirkung", "risiken", "beschlossener_wortlaut"}
    unseen = {"ersetzt_durch", "zusammengefuehrt_mit"}  # such a measure has no sheet
    keys = {field.alias or name for name, field in Measure.model_fields.items()}
    assert keys - texts - unseen <= set(PLACES)


def test_relations_stand_in_one_row_and_reports_the_newest_first(maker: Maker) -> None:
    maker.measures("firmen", measure("M2.1.1", "werk"))
    shape = of_measure(
        maker,
        weitere_ziele=["Z2.1"],
        abhaengig_von=["M2.1.1"],
        indikator="Verträge",
        ort="Hafen",
        zielgruppe=["Betriebe", "Gäste"],
        sachstand=NOTES,
    )
    assert rows(shape) == [
        ("Gemessen an", "Verträge"),
        (
            "Bezüge",
            "baut auf 2.1.1 Maßnahme 2.1.1; dient auch Ziel 2.1 Bäume; auch verwandt mit 1.1.2 Maßnahme 1.1.2",
        ),
        ("Zielgruppe", "Betriebe / Gäste"),
        ("Ort", "Hafen"),
        ("Stand Q2 2028", "verzögert: Es dauert."),
        ("Stand 15.12.2027", "im Plan: Halb fertig."),
        ("Stand 15.02.2027", "im Plan: Begonnen."),
    ]
    # Whoever edits finds the reports in the order of the sources.
    edited = facts(sheet_of(maker.load(), "M1.1.1"))["Sachstand"]
    assert [line[:10] for line in edited] == ["15.02.2027", "Q2 2028: v", "15.12.2027"]


def test_the_rail_says_money_and_the_line_on_how_it_stands_what_is_open(maker: Maker) -> None:
    effort = {"betrag": 5000, "einheit": "euro", "turnus": "jaehrlich"}
    shape = of_measure(maker, prioritaet="hoch", aufwand=[effort], mitwirkung=["werk"])
    said = [[plain(line) for line in block.lines] for block in shape.layout.rail]
    assert said == [["Priorität hoch"], ["2028 – 2029"], ["5.000 Euro jährlich"]]
    assert [block.money for block in shape.layout.rail] == [False, False, True]
    assert [(role.letter, [plain(line) for line in role.lines]) for role in shape.layout.roles] == [
        ("F", ["Amt"]),
        ("M", ["Werk"]),
    ]
    standing = sheet_of(maker.load(), "M1.1.1").standing.replace("\u00a0", " ")
    assert standing == "Vorschlag; offen: Zusage, Meilensteine, Finanzierung"


@pytest.mark.parametrize(
    ("given", "standing", "row"),
    [
        ([{"akteur": "amt", "datum": "2027-03-12"}], "abgestimmt, zugesagt 12.03.2027", ""),
        ([{"akteur": "werk", "datum": "2027-03-12"}], "abgestimmt, Zusage offen", "Werk, 12.03.2027"),
        ([], "abgestimmt, Zusage offen", ""),
    ],
)
def test_who_has_committed_is_said_once(maker: Maker, given: list[object], standing: str, row: str) -> None:
    whole = {
        "meilensteine": [{"termin": "2028", "titel": "Fertig"}],
        "aufwand": [{"text": "laufend"}],
        "finanzierung": [{"quelle": "Haushalt"}],
    }
    shape = of_measure(maker, status="abgestimmt", mitwirkung=["werk"], zusagen=given, **whole)
    assert sheet_of(maker.load(), "M1.1.1").standing.replace("\u00a0", " ") == standing
    assert dict(rows(shape)).get("Zusagen", "") == row


def test_nobody_leads_is_said_where_the_lead_stands(maker: Maker) -> None:
    shape = of_measure(maker, federfuehrung=None)
    assert [(role.letter, plain(role.lines[0])) for role in shape.layout.roles] == [("F", "offen")]


def test_a_measure_put_off_says_why_first(maker: Maker) -> None:
    of_measure(maker, status="zurueckgestellt", grund="Das Geld fehlt.")
    sheet = sheet_of(maker.load(), "M1.1.1")
    assert sheet.standing == "zurückgestellt"
    assert sheet.reason is not None
    assert sheet.reason.label == "Grund"


def test_an_origin_that_most_have_is_said_where_the_field_opens(maker: Maker) -> None:
    maker.files["gemeinsam/ziele.yaml"]["ziele"][0]["herkunft"] = "Entwurf"
    maker.measures("stadt", measure("M1.1.1", "amt", herkunft="Entwurf"), measure("M1.1.2", "amt", herkunft="Rat"))
    loaded = maker.load()
    opener = part_of(loaded, d.FieldOpener, "HF1")
    assert opener.shared == ("Herkunft der Ziele und Maßnahmen, soweit dort nichts anderes steht: Entwurf.",)
    assert [[note.rank for note in goal.notes] for goal in opener.goals] == [["summary"]]
    shown = [rows(on_paper(sheet_of(loaded, name))) for name in ("M1.1.1", "M1.1.2")]
    assert [dict(each).get("Herkunft") for each in shown] == [None, "Rat"]


def test_an_origin_is_given_to_nobody_who_has_none(maker: Maker) -> None:
    maker.measures("stadt", measure("M1.1.1", "amt", herkunft="Entwurf"), measure("M1.1.2", "amt", herkunft="Entwurf"))
    loaded = maker.load()
    assert part_of(loaded, d.FieldOpener, "HF1").shared == ()  # the goal has none
    assert dict(rows(on_paper(sheet_of(loaded, "M1.1.1"))))["Herkunft"] == "Entwurf"


def test_indicators_have_few_columns(maker: Maker) -> None:
    goal = maker.files["gemeinsam/ziele.yaml"]["ziele"][0]
    known = {"name": "Fläche", "einheit": "ha", "ausgangswert": 4, "zielwert": 12, "zieldatum": "Q4 2029"}
    goal["indikatoren"] = [{**known, "erhebung": "Atlas"}, {"name": "Leerstand", "einheit": "%", "zielwert": 9}]
    opener = part_of(maker.load(), d.FieldOpener, "HF1")
    table = opener.goals[0].indicators
    assert table is not None
    wanted_area = "mindestens 12 ha"
    for baselines, wanted in (
        (True, [["Fläche / Atlas", "4 ha", wanted_area, "Q4 2029"], ["Leerstand", "noch zu erheben", "9 %", "–"]]),
        (False, [["Fläche / Atlas", wanted_area, "Q4 2029"], ["Leerstand", "9 %", "–"]]),
    ):
        compact = compact_indicators(table, baselines=baselines)
        assert [[plain(cell.content) for cell in row.cells] for row in compact.rows()] == wanted
        assert sum(column.share for column in compact.columns) == pytest.approx(125)
    assert opener.baselines
    assert opener.shared == ()


def test_a_field_without_any_baseline_says_so_once(maker: Maker) -> None:
    maker.files["gemeinsam/ziele.yaml"]["ziele"][0]["indikatoren"] = [{"name": "Fläche", "zielwert": 12}]
    opener = part_of(maker.load(), d.FieldOpener, "HF1")
    assert not opener.baselines
    assert opener.shared == ("Die Ausgangswerte aller Indikatoren dieses Handlungsfelds sind noch zu erheben.",)


# --- what stays on one page ---------------------------------------------------------------------------------------


def paragraphs(count: int) -> tuple[Node, ...]:
    words = Node("text", text="Ein Satz, der etwa eine Zeile lang ist und von dem es hier einige gibt. " * 5)
    return (Node("paragraph", children=(words,)),) * count


def test_a_sheet_is_torn_only_where_it_must_be(maker: Maker) -> None:
    maker.measures("stadt", measure("M1.1.1", "amt", sachstand=NOTES))
    sheet = sheet_of(maker.load(), "M1.1.1")
    assert on_paper(sheet).kind == "whole"
    (notes,) = (fact for fact in sheet.facts if fact.key == "sachstand")
    many = replace(notes, lines=notes.lines * 8, newest=())
    longer = replace(sheet, facts=tuple(many if fact is notes else fact for fact in sheet.facts))
    assert on_paper(longer).kind == "long"
    text = on_paper(replace(longer, description=paragraphs(9)))
    assert (text.kind, len(text.held) + len(text.others)) == ("free", 9)
    assert 0 < len(text.held) < 4  # as high as the rail beside them


def test_many_dates_and_many_actors_take_the_whole_width(maker: Maker) -> None:
    dates = [{"termin": f"Q{1 + n % 4} 2028", "titel": f"Schritt {n}"} for n in range(9)]
    maker.measures("stadt", measure("M1.1.1", "amt", meilensteine=dates), measure("M1.1.2", "amt"))
    maker.measures("stadt", measure("M1.1.3", "amt", meilensteine=dates[:8]))
    loaded = maker.load()
    assert [on_paper(sheet_of(loaded, f"M1.1.{n}")).stacked for n in (1, 2, 3)] == [True, True, False]
    sheet = sheet_of(loaded, "M1.1.3")
    (lead,) = (fact for fact in sheet.facts if fact.key == "federfuehrung")
    crowd = replace(lead, lines=(d.FactLine((Node("text", text="Amt für Wirtschaftsförderung, " * 40),)),))
    assert on_paper(replace(sheet, facts=tuple(crowd if fact is lead else fact for fact in sheet.facts))).stacked


def test_many_actors_are_named_by_their_short_names(maker: Maker) -> None:
    several = [{"id": f"amt-{n}", "name": f"Amt {n} für alles", "kurzname": f"Amt {n}", "art": "amt"} for n in range(7)]
    maker.files["akteure.yaml"]["akteure"] += several
    names = [actor["id"] for actor in several]
    maker.measures("stadt", measure("M1.1.1", "amt", mitwirkung=names, information=["land"]))
    sheet = sheet_of(maker.load(), "M1.1.1")
    taking_part = on_paper(sheet).layout.roles[1]
    assert plain(taking_part.lines[0]) == ", ".join(f"Amt {n}" for n in range(7))
    assert facts(sheet)["Mitwirkung"] == [", ".join(f"Amt {n} für alles" for n in range(7))]


def test_tables_stand_below_their_label() -> None:
    assert beside_label(d.Passage("Wirkung", paragraphs(2)))
    assert not beside_label(d.Passage("Wirkung", (*paragraphs(1), Node("table"))))


def test_a_label_of_two_lines_has_room_beside_a_short_text() -> None:
    html = str(part_html(next(part for part in sample().parts if isinstance(part, d.MeasureSheets))))
    assert label_height("Ort") < label_height("Removed or substituted energy")
    assert f'<div class="main row-text beside" style="min-height: {label_height("Wirkung")}pt">' in html
