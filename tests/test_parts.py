"""Parts and sheets, value by value: what is expected here was worked out by hand from the files of the plans."""

from __future__ import annotations

import pytest

from pipeline.document import model as d
from pipeline.text.typography import grouped
from tests.loading import Loaded
from tests.parts import Maker, facts, measure, part_of, plain, rows, sheet_of

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
    overview, single, ticks = part_of(maker.load(), d.TablePart, "offene_punkte").sections
    lacking = ("Zusage der Federführung", "Meilenstein", "Aufwand", "Finanzierung", "Beschluss")
    assert rows(overview.table) == [
        *(("2", f"{kind} bei allen Maßnahmen", "die federführenden Stellen", ticks.heading) for kind in lacking[:-1]),
        ("2", "Beschluss bei allen Maßnahmen", "die Gremien", ticks.heading),
        ("8", "was einzeln zu klären ist, davon 2 durch den Beschluss selbst", "wie jeweils genannt", single.heading),
    ]
    assert ticks.table is not None
    assert [column.label.replace("\u00a0", " ") for column in ticks.table.columns[3:]] == list(lacking)
    assert rows(ticks.table) == [
        ("2.1.2", "Maßnahme 2.1.2", "Werk", *[" offen"] * 5),
        ("2.1.1", "Maßnahme 2.1.1", "Werk", *[" offen"] * 5),
    ]
    assert rows(single.table) == [
        ("Herausgeber gemeinsam",),
        ("Plan", "", "Beschlussvorschlag"),
        ("Ziel 1.1", "Flächen", "Indikator; Maßnahme"),
        ("Ziel 2.1", "Bäume", "Indikator"),
        ("Strang Firmen",),
        ("Ziel 2.2", "Ruhe", "Indikator; Maßnahme"),
        ("Amt",),
        ("Plan", "", "Ergebnis des Schritts „Freigabe“"),
        ("Beirat",),
        ("Plan", "", "Ergebnis des Schritts „Anhörung“"),
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
    further = " (und 1 weiterer Indikator); dazu 1 Maßnahme"
    power = "von 2.140 auf höchstens 1.712 MWh im Jahr bis 2030"
    assert shown == [
        (
            "1.1",
            "Leerstand halbieren",
            f"von 18 auf höchstens 9 Läden bis 2030{further}",
            (1, 1, 0),
        ),
        ("2.1", "Sicher über die Hauptstraße", "von 2 auf mindestens 7 bis Juni 2029", (1, 0, 1)),
        ("3.1", "Betriebe kennen ihren Verbrauch", "von 0 auf mindestens 80 Betriebe bis Q4 2029", (0, 1, 1)),
        ("3.2", "Weniger Strom in Rathaus und Schulen", power, (2, 0, 0)),
    ]
    assert part.lead.replace("\u00a0", " ") == (
        "3 Handlungsfelder, 4 Ziele, 8 Maßnahmen: 4 Rathaus, 2 Betriebe, 2 Vereine."
    )
    assert (part.total_goals, part.total_text.replace("\u00a0", " ")) == ("4", "Ziele mit 8 Maßnahmen")
    assert part.totals == (4, 2, 2)
    assert part.note.endswith("„Dazu“ zählt Maßnahmen, die unter einem anderen Ziel stehen und auch diesem dienen.")


def test_a_goal_that_is_only_a_further_one_does_not_seem_deserted(maker: Maker) -> None:
    maker.measures("stadt", *(measure(f"M1.1.{nth}", "amt", weitere_ziele=["Z2.1"]) for nth in (1, 2)))
    maker.measures("firmen", measure("M1.1.3", "werk", weitere_ziele=["Z2.1"], status="zurueckgestellt"))
    (_, field) = part_of(maker.load(), d.Overview).fields
    (goal,) = field.goals
    assert goal.counts == (0, 0)
    assert goal.measured == "Indikator noch festzulegen; dazu 2 Maßnahmen"


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


def test_led_measures_stand_by_their_next_deadline_with_all_milestones(maker: Maker) -> None:
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
    assert [tuple(plain(cell.content).strip() for cell in row.cells[:3]) for row in section.table.rows()] == [
        ("1.1.4", "Maßnahme 1.1.4", "Q2 2028 Zweiter Schritt /  2029 Dritter Schritt"),
        ("1.1.2", "Maßnahme 1.1.2", "Q3 2028 ohne Meilensteine, Zeitraum 2027 – Q3 2028"),
        ("1.1.3", "Maßnahme 1.1.3", "Q1 2028 Erster Schritt"),
        ("1.1.1", "Maßnahme 1.1.1", "fortlaufend ohne Meilensteine, Zeitraum ab 2027, fortlaufend"),
        ("1.1.5", "Maßnahme 1.1.5", "2027 Vorbei"),
    ]


def test_who_takes_part_or_decides_finds_every_deadline(maker: Maker) -> None:
    dates = ("Q2 2027", "Q1 2027", "2028-06", "2028-09", "2028", "Q2 2028")
    maker.measures(
        "stadt",
        measure(
            "M1.1.1",
            "amt",
            mitwirkung=[{"akteur": "werk", "beitrag": "stellt Räume"}],
            entscheidung=["land"],
            zeitraum={"von": "2027", "bis": "2029"},
            meilensteine=[{"termin": date, "titel": f"Schritt {date}"} for date in dates],
        ),
        measure("M1.1.2", "amt", information=["werk"], zeitraum={"von": "2027", "bis": "2029"}),
        measure(
            "M1.1.3",
            "amt",
            entscheidung=["land"],
            meilensteine=[
                {"termin": "Q1 2028", "titel": "Entwurf"},
                {"termin": "Q3 2028", "titel": "Beschluss", "gremium": "Land"},
            ],
        ),
    )
    sheets = {sheet.anchor: sheet for sheet in part_of(maker.load(), d.Actors).sheets}
    participation, information = sheets["werk"].sections
    (decision,) = sheets["land"].sections
    due = "Q1, Q2 2027 · Q2, Juni, Sep. 2028 · 2028"
    assert rows(participation.table) == [("1.1.1", "Maßnahme 1.1.1 / stellt Räume", "Amt", due)]
    assert rows(information.table) == [("1.1.2", "Maßnahme 1.1.2", "Amt", "2027 – 2029")]
    assert [plain(row.cells[2].content).strip() for row in decision.table.rows()] == [
        f"offen Termine der Maßnahme: {due}",
        "Q3 2028 Beschluss",
    ]


def test_what_all_say_of_their_origin_is_said_once(maker: Maker) -> None:
    actors = maker.files["akteure.yaml"]["akteure"]
    for actor, origin in zip(actors, ("Vorschlag", "Vorschlag", "Brief"), strict=True):
        actor["herkunft"] = origin
    maker.measures("stadt", measure("M1.1.1", "amt", information=["land"]))
    part = part_of(maker.load(), d.Actors)
    assert part.note == "Herkunft der Angaben, wo nichts anderes steht: Vorschlag"
    assert {sheet.anchor: [plain(line) for line in sheet.details] for sheet in part.sheets} == {
        "amt": [],
        "land": ["Herkunft: Brief"],
    }
    del actors[0]["herkunft"]  # of whom the sentence would be wrong
    assert part_of(maker.load(), d.Actors).note == ""


def test_who_has_no_role_stands_in_the_directory_alone(maker: Maker) -> None:
    maker.files["akteure.yaml"]["akteure"][1] |= {"kontakt": "werk@example.org", "kurzname": "W"}
    maker.measures("stadt", measure("M1.1.1", "amt", meilensteine=[{"termin": "Q1 2029", "titel": "Schritt"}]))
    part = part_of(maker.load(), d.Actors)
    assert [sheet.anchor for sheet in part.sheets] == ["amt"]
    assert rows(part.directory) == [
        ("S Amt", "", "1", "–", "–", "–", "Q1 2029"),
        ("F Werk / Unternehmen · werk@example.org", "W", "–", "–", "–", "–", "–"),
        ("P Land / Behörde", "", "–", "–", "–", "–", "–"),
    ]
    assert [row.anchor for row in part.directory.rows()] == ["", "werk", "land"]


def test_of_many_actors_those_who_are_only_told_share_a_table(maker: Maker) -> None:
    actors = maker.files["akteure.yaml"]["akteure"]
    actors += [{"id": f"schule-{number}", "name": f"Schule {number}", "art": "hochschule"} for number in range(37)]
    told = measure(
        "M1.1.1",
        "amt",
        information=["werk", {"akteur": "land", "beitrag": "im Beirat"}],
        zeitraum={"von": "2028", "bis": "2029"},
    )
    maker.measures("stadt", told)
    assert part_of(maker.load(), d.Actors).informed is None
    actors.append({"id": "verein", "name": "Verein", "art": "verband"})
    part = part_of(maker.load(), d.Actors)
    assert [sheet.anchor for sheet in part.sheets] == ["amt"]
    assert part.informed is not None
    assert rows(part.informed.table) == [
        ("F Werk / Unternehmen", "1.1.1 Maßnahme 1.1.1 · Amt · 2028 – 2029"),
        ("P Land / Behörde", "1.1.1 Maßnahme 1.1.1 · Amt · 2028 – 2029 · im Beirat"),
    ]
    assert [row.anchor for row in part.informed.table.rows()] == ["werk", "land"]


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
    digest, explained = (line.content[0].text for line in part.facts[-1].lines)
    assert (digest, "build.py check" in explained) == (grouped(small_plan.document.properties.digest), True)
    without_cover = part_of(maker.load(), d.StatusPage)
    assert [section.heading for section in without_cover.sections] == ["Impressum", "Barrierefreiheit"]
    assert without_cover.facts[7].lines[0].content[0].text == "steht aus"


# --- schedule -----------------------------------------------------------------------------------------------------


def test_the_schedule_says_spans_and_milestones(small_plan: Loaded) -> None:
    (chapter,) = (part for part in small_plan.document.parts if isinstance(part, d.Chapter) and part.anchor == "ablauf")
    (part,) = (block for block in chapter.blocks if isinstance(block, d.Schedule))
    shown = rows(part.table)
    assert shown[:3] == [
        ("1 Lebendige Mitte",),
        (
            "1.1.1 R",
            "Zwischennutzung vermitteln",
            "Stadtentwicklung",
            "ab Mai 2027, fortlaufend",
            "September 2027: Liste steht im Netz; 2028: Zwölf Räume vermittelt",
        ),
        (
            "1.1.2 B",
            "Schaufenster gemeinsam gestalten",
            "Gewerbering",
            "Q2 2027 – Q4 2030",
            "Q4 2027: Zehn Fenster gestaltet",
        ),
    ]
    bars = [row.cells[4].bar for row in part.table.rows()]
    # quarters since January 2027: May is a third into the second; M3.2.1 runs 2027 and 2028, its milestone is mid 2028
    assert [(bar.start, bar.end, bar.continues) for bar in bars if bar][:2] == [(4 / 3, 16.0, True), (1.0, 16.0, False)]
    assert [(bar.start, bar.end, bar.milestones) for bar in bars if bar][6] == (0.0, 8.0, (6.0,))


def test_the_schedule_says_what_comes_first_and_where_the_plan_stands(maker: Maker) -> None:
    maker.files["plan.yaml"]["gliederung"].append({"teil": "zeitplan"})
    maker.files["plan.yaml"]["stand"] = "2028-05-16"
    entries = (
        measure("M1.1.1", "amt"),
        measure("M1.1.2", "amt"),
        measure("M2.1.1", "amt", abhaengig_von=["M1.1.2", "M1.1.1"]),
    )
    maker.measures("stadt", *entries)
    schedule = part_of(maker.load(), d.Schedule)
    titles = [plain(row.cells[1].content) for row in schedule.table.rows()]
    assert titles == ["Maßnahme 1.1.1", "Maßnahme 1.1.2", "Maßnahme 2.1.1 nach 1.1.2, 1.1.1"]
    first = schedule.axis.years[0]
    assert schedule.today == pytest.approx((2028 - first) * 4 + 1 + 1 / 3 + 15 / 93)
    assert schedule.today_label == "Stand 16.\u00a0Mai 2028"


@pytest.mark.parametrize(
    ("day", "where"), [("2020-01-31", "vor dem ersten Jahr"), ("2040-01-01", "nach dem letzten Jahr")]
)
def test_a_date_outside_the_schedule_is_told(maker: Maker, day: str, where: str) -> None:
    maker.files["plan.yaml"]["gliederung"].append({"teil": "zeitplan"})
    maker.files["plan.yaml"]["stand"] = day
    maker.measures("stadt", measure("M1.1.1", "amt"))
    schedule = part_of(maker.load(), d.Schedule)
    assert schedule.today is None
    assert schedule.today_label.endswith(f", {where}")
