"""Generated parts, value by value: what is expected here was worked out by hand from the files of the plans."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, TypeVar

import pytest

from pipeline import document as d
from pipeline.nodes import Node
from tests.building import PLANS
from tests.loading import Loaded, load
from tests.plan_strategies import Entry, write

AnyPart = TypeVar("AnyPart", bound=d.Part)

# A plan of two strands and a partner, as its files: what the small plan does not have, each test adds.
FILES: dict[str, Entry] = {
    "plan.yaml": {
        "titel": "Plan von Musterheim",
        "kurzname": "plan",
        "herausgeber": ["amt"],
        "fassung": "0.1",
        "stand": "2028-06-30",
        "status": "entwurf",
        "laufzeit": {"von": 2027, "bis": 2030},
        "impressum": "Das Amt.",
        "straenge": [
            {"id": "stadt", "name": "Stadt", "zeichen": "S"},
            {"id": "firmen", "name": "Firmen", "zeichen": "F"},
        ],
        "gliederung": [
            {"teil": name}
            for name in (
                "status",
                "plan_auf_einer_seite",
                "handlungsfelder",
                "wer_macht_was",
                "straenge",
                "offene_punkte",
            )
        ],
    },
    "akteure.yaml": {
        "akteure": [
            {"id": "amt", "name": "Amt", "art": "amt", "strang": "stadt"},
            {"id": "werk", "name": "Werk", "art": "unternehmen", "strang": "firmen"},
            {"id": "land", "name": "Land", "art": "behoerde"},
        ]
    },
    "handlungsfelder.yaml": {
        "handlungsfelder": [
            {"nummer": 1, "titel": "Boden", "vorspann": "Boden."},
            {"nummer": 2, "titel": "Luft", "vorspann": "Luft."},
        ]
    },
    "gemeinsam/ziele.yaml": {
        "ziele": [
            {"id": "Z1.1", "handlungsfeld": 1, "kurztitel": "Flächen", "zielsatz": "Flächen sind bekannt."},
            {"id": "Z2.1", "handlungsfeld": 2, "kurztitel": "Bäume", "zielsatz": "Bäume sind gepflanzt."},
        ]
    },
    "stadt/massnahmen.yaml": {"massnahmen": []},
    "firmen/massnahmen.yaml": {"massnahmen": []},
}


def measure(identifier: str, lead: str, **others: Any) -> Entry:
    """A measure under the goal of its number, with the least it needs."""
    return {
        "id": identifier,
        "titel": f"Maßnahme {identifier[1:]}",
        "ziel": f"Z{identifier[1:4]}",
        "beschreibung": "Etwas geschieht.",
        "federfuehrung": lead,
        "zeitraum": {"von": "2028", "bis": "2029"},
        **others,
    }


class Maker:
    """The plan above, to be changed and loaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = copy.deepcopy(FILES)

    def measures(self, strand: str, *entries: Entry) -> None:
        """Puts measures into a strand's folder."""
        self.files[f"{strand}/massnahmen.yaml"]["massnahmen"] += entries

    def load(self) -> Loaded:
        """The plan as a build loads it."""
        write(self.files, self.folder)
        return load(self.folder)


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    """A plan of one's own."""
    return Maker(tmp_path)


@pytest.fixture(scope="module")
def small_plan() -> Loaded:
    """The small plan."""
    return load(PLANS["small"])


def part_of(loaded: Loaded, kind: type[AnyPart], anchor: str = "") -> AnyPart:
    """The one part of a kind, or of an anchor where there are several."""
    (part,) = (item for item in loaded.document.parts if isinstance(item, kind) and anchor in ("", item.anchor))
    return part


def plain(content: tuple[Node, ...]) -> str:
    """A line as it is read: breaks as a stroke, spaces as spaces, no page numbers."""
    texts = {"break": " / ", "page": "", "checkbox": ""}
    pieces = (texts[node.kind] if node.kind in texts else node.text + plain(node.children) for node in content)
    return "".join(pieces).replace("\u00a0", " ")


def rows(table: d.Table | None) -> list[tuple[str, ...]]:
    """A table's rows with the headings of their groups, without its columns of page numbers and boxes."""
    assert table is not None
    kept = [index for index, column in enumerate(table.columns) if column.kind not in ("page", "check")]
    found: list[tuple[str, ...]] = []
    for group in table.groups:
        found += [(group.heading.replace("\u00a0", " "),)] if group.heading else []
        found += [tuple(plain(row.cells[index].content) for index in kept) for row in group.rows]
    return found


def facts(sheet: d.MeasureSheet | d.ProposalSheet) -> dict[str, list[str]]:
    """A sheet's facts: label → lines, what leads a line before it."""
    return {
        fact.label: [f"{line.lead}: {plain(line.content)}".removeprefix(": ") for line in fact.lines]
        for fact in sheet.facts
    }


def sheet_of(loaded: Loaded, identifier: str) -> d.MeasureSheet:
    """The sheet of a measure."""
    parts = (part for part in loaded.document.parts if isinstance(part, d.MeasureSheets))
    (sheet,) = (sheet for part in parts for sheet in part.sheets if sheet.anchor == identifier)
    return sheet


# --- open points --------------------------------------------------------------------------------------------------


def test_open_points_go_to_whoever_settles_them(maker: Maker) -> None:
    maker.files["plan.yaml"]["beschlussweg"] = [
        {"schritt": "Anhörung", "gremium": "Beirat"},
        {"schritt": "Freigabe", "gremium": "Amt"},
    ]
    maker.files["akteure.yaml"]["akteure"].append(
        {"id": "werk-2", "name": "Werk", "art": "unternehmen", "strang": "firmen"}
    )
    maker.files["firmen/ziele.yaml"] = {
        "ziele": [{"id": "Z2.2", "handlungsfeld": 2, "kurztitel": "Ruhe", "zielsatz": "Es ist überall ruhig."}]
    }
    maker.measures("firmen", measure("M2.1.1", "werk-2"), measure("M2.1.2", "werk"))
    open_measure = "Zusage der Federführung, Meilenstein, Aufwand, Finanzierung, Beschluss"
    (section,) = part_of(maker.load(), d.TablePart, "offene_punkte").sections
    assert rows(section.table) == [
        ("Herausgeber gemeinsam",),
        ("Ziel 1.1", "Flächen", "Indikator, Maßnahme"),
        ("Ziel 2.1", "Bäume", "Indikator"),
        ("Strang Firmen",),
        ("Ziel 2.2", "Ruhe", "Indikator, Maßnahme"),
        ("Amt",),
        ("Plan", "Beschlussweg", "Ergebnis des Schritts „Freigabe“"),
        ("Werk",),
        ("2.1.2", "Maßnahme 2.1.2", open_measure),
        ("Werk",),
        ("2.1.1", "Maßnahme 2.1.1", open_measure),
        ("Beirat",),
        ("Plan", "Beschlussweg", "Ergebnis des Schritts „Anhörung“"),
    ]


def test_a_resolved_plan_says_what_was_settled_on_purpose(small_plan: Loaded) -> None:
    part = part_of(small_plan, d.TablePart, "offene_punkte")
    (section,) = part.sections
    assert (part.lead, section.heading) == ("", "Hinweise")
    assert rows(section.table) == [("P371", "Z3.2", "Den Strombedarf städtischer Gebäude kann nur das Rathaus senken.")]


# --- overview and strands -----------------------------------------------------------------------------------------


def test_the_plan_on_one_page(small_plan: Loaded) -> None:
    part = part_of(small_plan, d.Overview)
    shown = [
        (goal.number, goal.title, goal.measured.replace("\u00a0", " "), goal.counts)
        for field in part.fields
        for goal in field.goals
    ]
    further = "; dazu 1 Maßnahme unter anderen Zielen"
    assert shown == [
        ("1.1", "Leerstand halbieren", f"von 18 auf 9 Läden bis 2030{further}", (1, 1, 0)),
        ("2.1", "Sicher über die Hauptstraße", "von 2 auf 7 bis Juni 2029", (1, 0, 1)),
        ("3.1", "Betriebe kennen ihren Verbrauch", "von 0 auf 80 Betriebe bis Q4 2029", (0, 1, 1)),
        ("3.2", "Weniger Strom in Rathaus und Schulen", "von 2.140 auf 1.712 MWh im Jahr bis 2030", (2, 0, 0)),
    ]
    assert part.lead.replace("\u00a0", " ") == (
        "3 Handlungsfelder, 4 Ziele, 8 Maßnahmen: 4 Rathaus, 2 Betriebe, 2 Vereine."
    )
    assert (part.total_goals, part.total_text.replace("\u00a0", " ")) == ("4", "Ziele mit 8 Maßnahmen")
    assert part.totals == (4, 2, 2)


def test_a_goal_that_is_only_a_further_one_does_not_seem_deserted(maker: Maker) -> None:
    maker.measures("stadt", *(measure(f"M1.1.{nth}", "amt", weitere_ziele=["Z2.1"]) for nth in (1, 2)))
    maker.measures("firmen", measure("M1.1.3", "werk", weitere_ziele=["Z2.1"], status="zurueckgestellt"))
    (_, field) = part_of(maker.load(), d.Overview).fields
    (goal,) = field.goals
    assert goal.counts == (0, 0)
    assert goal.measured == "Indikator noch festzulegen; dazu 2 Maßnahmen unter anderen Zielen"


def test_the_strands_side_by_side(small_plan: Loaded) -> None:
    part = part_of(small_plan, d.TablePart, "straenge")
    comparison, alone = part.sections
    assert rows(comparison.table) == [
        ("1 Lebendige Mitte",),
        ("R Rathaus", "1", "1", "1", "1"),
        ("B Betriebe", "1", "1", "1", "1"),
        ("V Vereine", "–", "–", "–", "–"),
        ("2 Wege zu Fuß und mit dem Rad",),
        ("R Rathaus", "1", "1", "1", "1"),
        ("B Betriebe", "–", "–", "–", "–"),
        ("V Vereine", "1", "1", "1", "1"),
        ("3 Energie sparen",),
        ("R Rathaus", "1", "2", "2", "2"),
        ("B Betriebe", "1", "1", "1", "1"),
        ("V Vereine", "1", "1", "1", "1"),
        ("Gesamt",),
        ("R Rathaus", "3", "4", "4", "4"),
        ("B Betriebe", "2", "2", "2", "2"),
        ("V Vereine", "2", "2", "2", "2"),
    ]
    assert "Partner" not in comparison.note
    assert alone.heading == "Ziele, für die nur ein Strang arbeitet"
    assert rows(alone.table) == [("3.2", "Weniger Strom in Rathaus und Schulen", "R Rathaus")]


def test_strands_count_further_goals_and_what_partners_lead(maker: Maker) -> None:
    promised = [{"akteur": "land", "datum": "2028-01-02"}]
    maker.measures(
        "stadt", measure("M1.1.1", "land", weitere_ziele=["Z2.1"], zusagen=promised), measure("M1.1.2", "werk")
    )
    maker.measures("firmen", measure("M2.1.1", "werk", zusagen=[{"akteur": "amt", "datum": "2028-01-02"}]))
    comparison, alone = part_of(maker.load(), d.TablePart, "straenge").sections
    assert rows(comparison.table) == [
        ("1 Boden",),
        ("S Stadt", "1", "2", "–", "1"),
        ("F Firmen", "–", "–", "1", "–"),
        ("P Partner", "–", "–", "1", "–"),
        ("2 Luft",),
        ("S Stadt", "1", "–", "–", "–"),
        ("F Firmen", "1", "1", "1", "–"),
        ("Gesamt",),
        ("S Stadt", "2", "2", "–", "1"),
        ("F Firmen", "1", "1", "2", "–"),
        ("P Partner", "–", "–", "1", "–"),
    ]
    assert comparison.note.endswith("Führt ein Partner, so verantwortet doch ein Strang die Maßnahme.")
    assert rows(alone.table) == [("1.1", "Flächen", "S Stadt")]


# --- sheets of actors and measures --------------------------------------------------------------------------------


def test_led_measures_stand_by_their_deadline(maker: Maker) -> None:
    """The plan is of June 2028: a milestone of that quarter is still ahead, one of the quarter before is not."""
    maker.measures(
        "stadt",
        measure("M1.1.1", "amt", zeitraum={"von": "2027", "bis": "fortlaufend"}),
        measure("M1.1.2", "amt", zeitraum={"von": "2027", "bis": "Q3 2028"}),
        measure("M1.1.3", "amt", meilensteine=[{"termin": "Q1 2028", "titel": "Erster Schritt"}]),
        measure(
            "M1.1.4",
            "amt",
            meilensteine=[
                {"termin": "2029", "titel": "Dritter Schritt"},
                {"termin": "Q2 2028", "titel": "Zweiter Schritt"},
            ],
        ),
        measure(
            "M1.1.5",
            "amt",
            zeitraum={"von": "2027", "bis": "fortlaufend"},
            meilensteine=[{"termin": "2027", "titel": "Vorbei"}],
        ),
    )
    (sheet, *_) = part_of(maker.load(), d.Actors).sheets
    (section,) = sheet.sections
    assert rows(section.table) == [
        ("1.1.4", "Maßnahme 1.1.4", "Q2 2028", "Zweiter Schritt"),
        ("1.1.2", "Maßnahme 1.1.2", "Q3 2028", "–"),
        ("1.1.3", "Maßnahme 1.1.3", "2029", "–"),
        ("1.1.1", "Maßnahme 1.1.1", "–", "–"),
        ("1.1.5", "Maßnahme 1.1.5", "–", "–"),
    ]


def test_a_dependency_says_if_it_is_no_longer_pursued(maker: Maker) -> None:
    maker.measures(
        "stadt",
        measure("M1.1.1", "amt", abhaengig_von=["M1.1.2", "M1.1.3", "M1.1.4", "M1.1.5"]),
        measure("M1.1.2", "amt"),
        measure("M1.1.3", "amt", status="zurueckgestellt"),
        measure("M1.1.4", "amt", ersetzt_durch="M1.1.2"),
        measure("M1.1.5", "amt", zusammengefuehrt_mit="M1.1.2"),
    )
    assert facts(sheet_of(maker.load(), "M1.1.1"))["Abhängig von"] == [
        "1.1.2 Maßnahme 1.1.2",
        "1.1.3 Maßnahme 1.1.3 (zurückgestellt)",
        "1.1.4 Maßnahme 1.1.4 (ersetzt durch 1.1.2)",
        "1.1.5 Maßnahme 1.1.5 (zusammengeführt mit 1.1.2)",
    ]


def test_a_resolved_wording_keeps_its_lists_and_tables(small_plan: Loaded) -> None:
    sheet = sheet_of(small_plan, "M1.1.1")
    (passage,) = sheet.passages
    assert passage.label == "Beschlossener Wortlaut"
    assert [block.kind for block in passage.blocks] == ["paragraph", "bullet_list", "table", "code_block"]
    assert [plain((item,)) for item in passage.blocks[1].children] == ["Anfrage,", "Vertrag."]
    table = passage.blocks[2]
    assert (table.attrs["label"], table.attrs["caption"]) == ("Tabelle\u00a02", "Was die Stadt übernimmt")
    assert [[plain((cell,)) for cell in row.children] for row in table.children] == [
        ["Kosten", "Dauer"],
        ["Nebenkosten", "drei Monate"],
    ]
    assert passage.blocks[3].text == "Aktenzeichen   41-7\n"
    assert "Beschlossener Wortlaut" not in facts(sheet)
    assert sheet_of(small_plan, "M1.1.2").passages == ()


# --- status page --------------------------------------------------------------------------------------------------


def test_the_status_page_claims_no_more_than_is_so(small_plan: Loaded, maker: Maker) -> None:
    part = part_of(small_plan, d.StatusPage)
    assert part.sentence.replace("\u00a0", " ") == (
        "Rat der Stadt Lindenmark, 16. März 2027 (Vorlage 41/2027-1): beschlossen. Diese Fassung ist verbindlich."
    )
    assert rows(part.route) == [
        ("1 Vorberatung", "Ausschuss für Stadtentwicklung", "23.02.2027", "41/2027", "empfohlen"),
        ("2 Unterrichtung", "Jugendrat", "02.03.2027", "–", "zur Kenntnis genommen"),
        ("3 Beschluss", "Rat der Stadt Lindenmark", "16.03.2027", "41/2027-1", "beschlossen"),
    ]
    assert [section.heading for section in part.sections] == ["Impressum", "Barrierefreiheit", "Titelgrafik"]
    assert plain(part.sections[1].blocks).startswith(
        "Das PDF dieser Fassung hat Lesezeichen, Alternativtexte und eine ausgezeichnete Struktur. Farben "
    )
    assert plain(part.sections[2].blocks) == (
        "Auf dem Titel des PDF steht jeder Balken für eine Maßnahme, von Beginn bis Ende auf der Zeitachse 2027 bis "
        "2030 (gefüllt: Rathaus, offen: Betriebe, halb gefüllt: Vereine). "
        "Die Grafik entsteht aus den Plandaten dieser Fassung."
    )
    without_cover = part_of(maker.load(), d.StatusPage)
    assert [section.heading for section in without_cover.sections] == ["Impressum", "Barrierefreiheit"]
    assert without_cover.facts[7].lines[0].content[0].text == "steht aus"


# --- effort and funding -------------------------------------------------------------------------------------------


def test_effort_and_funding(small_plan: Loaded) -> None:
    by_year, by_measure = part_of(small_plan, d.TablePart, "aufwand_und_finanzierung").sections
    assert rows(by_year.table) == [
        # 24.000 a year from May 2027 on, and 6.000 a year
        ("1 Lebendige Mitte", "30.000", "30.000", "30.000", "30.000", "120.000"),
        # once, in 2028
        ("2 Wege zu Fuß und mit dem Rad", "–", "410.000", "–", "–", "410.000"),
        # 4.000 and 185.000 once, in the year in which each begins
        ("3 Energie sparen", "189.000", "–", "–", "–", "189.000"),
        ("Gesamt", "219.000", "440.000", "30.000", "30.000", "719.000"),
    ]
    assert rows(by_measure.table) == [
        ("1 Lebendige Mitte",),
        (
            "1.1.1 R",
            "Zwischennutzung vermitteln",
            "24.000 Euro jährlich / 0,5 Stellen jährlich",
            "Haushalt 60 % (gesichert) / Städtebauförderung 40 % (gesichert)",
        ),
        (
            "1.1.2 B",
            "Schaufenster gemeinsam gestalten",
            "6.000 Euro jährlich",
            "Beiträge der Mitglieder 100 % (gesichert)",
        ),
        ("2 Wege zu Fuß und mit dem Rad",),
        ("2.1.1 R", "Fünf Übergänge bauen", "410.000 Euro einmalig (2028)", "Haushalt 100 % (gesichert)"),
        ("2.1.2 V", "Ärgernisliste führen", "10 Personentage jährlich", "Ehrenamt (gesichert)"),
        ("3 Energie sparen",),
        ("3.1.1 B", "Betriebe begehen", "60 Personentage jährlich", "Stadtwerke (gesichert)"),
        ("3.1.2 V", "Vereinsheime sparsam heizen", "4.000 Euro einmalig", "Sportförderung 100 % (gesichert)"),
        (
            "3.2.1 R",
            "Licht in Schulen tauschen",
            "185.000 Euro einmalig / 30 Personentage einmalig",
            "Haushalt (gesichert)",
        ),
        ("3.2.2 R", "Verbrauch monatlich ablesen", "12 Personentage jährlich", "Laufender Betrieb (gesichert)"),
    ]


def test_yearly_effort_counts_while_a_measure_runs(maker: Maker) -> None:
    maker.files["plan.yaml"]["gliederung"].append({"teil": "aufwand_und_finanzierung"})
    yearly = {"betrag": 1000.5, "einheit": "euro", "turnus": "jaehrlich"}
    maker.measures(
        "stadt",
        measure("M1.1.1", "amt", aufwand=[yearly], zeitraum={"von": "Q4 2028", "bis": "2029-01"}),
        measure("M1.1.2", "amt", aufwand=[yearly], status="zurueckgestellt"),
        measure("M2.1.1", "amt", aufwand=[yearly], zeitraum={"von": "2030", "bis": "fortlaufend"}),
    )
    by_year, _ = part_of(maker.load(), d.TablePart, "aufwand_und_finanzierung").sections
    assert rows(by_year.table) == [
        ("1 Boden", "–", "1.000,5", "1.000,5", "–", "2.001"),
        ("2 Luft", "–", "–", "–", "1.000,5", "1.000,5"),
        ("Gesamt", "–", "1.000,5", "1.000,5", "1.000,5", "3.001,5"),
    ]


def test_one_of_a_unit_is_singular(maker: Maker) -> None:
    entries = [
        {"betrag": amount, "einheit": unit, "turnus": "einmalig", "jahr": 2028}
        for unit in ("euro", "personentage", "stellen")
        for amount in (1, 1.5)
    ]
    maker.measures("stadt", measure("M1.1.1", "amt", aufwand=entries))
    assert facts(sheet_of(maker.load(), "M1.1.1"))["Aufwand"] == [
        "1 Euro einmalig (2028)",
        "1,5 Euro einmalig (2028)",
        "1 Personentag einmalig (2028)",
        "1,5 Personentage einmalig (2028)",
        "1 Stelle einmalig (2028)",
        "1,5 Stellen einmalig (2028)",
    ]
