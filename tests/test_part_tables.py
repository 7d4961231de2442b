"""Tables of the annexes, value by value: what is expected here was worked out by hand from the plans' files."""

from __future__ import annotations

from pathlib import Path

from pipeline.document import model as d
from tests.loading import Loaded
from tests.parts import Maker, facts, measure, part_of, plain, rows, sheet_of

# --- effort and funding -------------------------------------------------------------------------------------------


WINTER = "Vereinsheime sparsam heizen / Zeit der Vereine"
SHARED = "Haushalt 60 % (gesichert) / Städtebauförderung 40 % (gesichert)"
SEVEN = "mindestens 7 / bis Juni 2029"
MEMBERS = "Beiträge der Mitglieder 100 % (gesichert)"
LEADS = [
    ("1", "60", "–", "–"),
    ("1", "12,5", "–", "–"),
    ("2", "12", "30", "–"),
    ("1", "10", "–", "–"),
    ("2", "–", "–", "0,5"),
    ("1", "–", "–", "–"),
]


def test_effort_and_funding(small_plan: Loaded) -> None:
    *_, by_field, by_lead, by_measure = part_of(small_plan, d.TablePart, "aufwand_und_finanzierung").sections
    assert rows(by_field.table) == [
        # 24.000 a year from May 2027 on, and 6.000 a year
        ("1 Lebendige Mitte", "30.000", "30.000", "30.000", "30.000", "120.000", "–", "–", "0,5"),
        # once, in 2028
        ("2 Wege zu Fuß und mit dem Rad", "–", "410.000", "–", "–", "410.000", "10", "–", "–"),
        # 4.000 and 185.000 once, in the year in which each begins; 60 + 12 days, and between 10 and 15
        ("3 Energie sparen", "189.000", "–", "–", "–", "189.000", "84,5", "30", "–"),
        ("Gesamt", "219.000", "440.000", "30.000", "30.000", "719.000", "94,5", "30", "0,5"),
    ]
    assert [row[1:] for row in rows(by_lead.table)] == LEADS
    assert rows(by_measure.table) == [
        ("1 Lebendige Mitte",),
        ("1.1.1 R", "Zwischennutzung vermitteln", "–", "24.000", "–", "–", "0,5", SHARED),
        (
            "1.1.2 B",
            "Schaufenster gemeinsam gestalten",
            "–",
            "6.000",
            "–",
            "–",
            "–",
            "Beiträge der Mitglieder 100 % (gesichert)",
        ),
        ("2 Wege zu Fuß und mit dem Rad",),
        ("2.1.1 R", "Fünf Übergänge bauen", "410.000", "–", "–", "–", "–", "Haushalt 100 % (gesichert)"),
        ("2.1.2 V", "Ärgernisliste führen", "–", "–", "10", "–", "–", "Ehrenamt (gesichert)"),
        ("3 Energie sparen",),
        ("3.1.1 B", "Betriebe begehen", "–", "–", "60", "–", "–", "Stadtwerke (gesichert)"),
        ("3.1.2 V", WINTER, "4.000", "–", "12,5", "–", "–", "Sportförderung 100 % (gesichert)"),
        ("3.2.1 R", "Licht in Schulen tauschen", "185.000", "–", "–", "30", "–", "Haushalt (gesichert)"),
        ("3.2.2 R", "Verbrauch monatlich ablesen", "–", "–", "12", "–", "–", "Laufender Betrieb (gesichert)"),
    ]


def test_what_is_needed_a_year_and_how_sure_it_is(small_plan: Loaded) -> None:
    needs, by_source, *_ = part_of(small_plan, d.TablePart, "aufwand_und_finanzierung").sections
    assert rows(needs.table)[:4] == [
        ("Euro", "219.000", "440.000", "30.000", "30.000", "719.000", "100 %", "–", "–"),
        ("R Rathaus", "209.000", "434.000", "24.000", "24.000", "691.000", "100 %", "–", "–"),
        ("B Betriebe", "6.000", "6.000", "6.000", "6.000", "24.000", "100 %", "–", "–"),
        ("V Vereine", "4.000", "–", "–", "–", "4.000", "100 %", "–", "–"),
    ]
    # 60 % of 96.000, and all of 410.000 and 185.000
    assert rows(by_source.table) == [
        ("Haushalt", "3", "652.600", "–", "–", "652.600"),
        ("Städtebauförderung", "1", "38.400", "–", "–", "38.400"),
        ("Beiträge der Mitglieder", "1", "24.000", "–", "–", "24.000"),
        ("Sportförderung", "1", "4.000", "–", "–", "4.000"),
        ("Gesamt", "5", "719.000", "–", "–", "719.000"),
    ]


def test_sources_share_what_a_measure_costs(maker: Maker) -> None:
    maker.files["plan.yaml"]["gliederung"].append({"teil": "aufwand_und_finanzierung"})
    cost = [{"betrag": 99.99, "einheit": "euro", "turnus": "einmalig", "jahr": 2028}]
    third = {"quelle": "Land", "anteil": 33.5}
    maker.measures(
        "stadt",
        measure("M1.1.1", "amt", aufwand=cost, finanzierung=[third, {"quelle": "Haushalt", "anteil": 50}]),
        measure("M1.1.2", "amt", aufwand=cost, finanzierung=[{"quelle": "Haushalt"}]),
        measure("M1.1.3", "amt", aufwand=cost, finanzierung=[{"quelle": "Land"}, {"quelle": "Haushalt"}]),
        measure("M1.1.4", "amt", finanzierung=[{"quelle": "Stiftung", "anteil": 100}]),
        measure("M2.1.1", "amt", aufwand=cost),
    )
    _, by_source, *_ = part_of(maker.load(), d.TablePart, "aufwand_und_finanzierung").sections
    assert [row[-1] for row in rows(by_source.table)] == ["149,99", "33,5", "216,47", "399,96"]
    assert [row[0] for row in rows(by_source.table)] == ["Haushalt", "Land", "noch ohne Quelle", "Gesamt"]
    assert by_source.table
    plots = [[(part.shape, part.share) for part in row.cells[-1].plot] for row in by_source.table.rows()]
    assert plots == [[("open", 0.6929)], [("open", 0.1548)], [("open", 1.0)], []]


def test_each_amount_is_as_sure_as_its_source(maker: Maker) -> None:
    """Of work it is who leads that makes it sure, by a commitment; a share without a source is open."""
    maker.files["plan.yaml"]["gliederung"].append({"teil": "aufwand_und_finanzierung"})
    cost = [
        {"betrag": 1000, "einheit": "euro", "turnus": "einmalig", "jahr": 2028},
        {"betrag": 10, "einheit": "personentage", "turnus": "einmalig", "jahr": 2028},
    ]
    sure = [
        {"quelle": "Land", "anteil": 20, "stand": "gesichert"},
        {"quelle": "Bund", "anteil": 5, "stand": "beantragt"},
    ]
    maker.measures(
        "stadt",
        measure("M1.1.1", "amt", aufwand=cost, finanzierung=sure, zusagen=[{"akteur": "amt", "datum": "2026-10-01"}]),
        measure("M1.1.2", "amt", aufwand=cost[1:]),
        measure("M1.1.3", "amt", aufwand=cost[1:]),
    )
    needs, *_ = part_of(maker.load(), d.TablePart, "aufwand_und_finanzierung").sections
    shown = {row[0]: row[-3:] for row in rows(needs.table)}
    assert shown["Euro"] == ("20 %", "5 %", "75 %")
    assert shown["Personentage"] == ("33 %", "–", "67 %")


def test_nothing_is_plotted_where_nothing_costs_euro(maker: Maker) -> None:
    maker.files["plan.yaml"]["gliederung"].append({"teil": "aufwand_und_finanzierung"})
    maker.measures("stadt", measure("M1.1.1", "amt"))
    sections = part_of(maker.load(), d.TablePart, "aufwand_und_finanzierung").sections
    assert sections == ()


def test_yearly_effort_counts_while_a_measure_runs(maker: Maker) -> None:
    maker.files["plan.yaml"]["gliederung"].append({"teil": "aufwand_und_finanzierung"})
    yearly = {"betrag": 1000.5, "einheit": "euro", "turnus": "jaehrlich"}
    maker.measures(
        "stadt",
        measure("M1.1.1", "amt", aufwand=[yearly], zeitraum={"von": "Q4 2028", "bis": "2029-01"}),
        measure("M1.1.2", "amt", aufwand=[yearly], status="zurueckgestellt"),
        measure("M2.1.1", "amt", aufwand=[yearly], zeitraum={"von": "2030", "bis": "fortlaufend"}),
    )
    *_, by_field, _ = part_of(maker.load(), d.TablePart, "aufwand_und_finanzierung").sections
    assert [row[:6] for row in rows(by_field.table)] == [
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


# --- goals and indicators -----------------------------------------------------------------------------------------


def test_goals_and_indicators(small_plan: Loaded) -> None:
    part = part_of(small_plan, d.TablePart, "ziele_und_indikatoren")
    (section,) = part.sections
    second = [
        ("2 Wege zu Fuß und mit dem Rad",),
        (
            "2.1",
            "Sicher über die Hauptstraße",
            "Gesicherte Übergänge",
            "2 / Q4 2026",
            "mindestens 7 / bis Juni 2029",
            "–",
        ),
    ]
    assert rows(section.table) == [
        ("1 Lebendige Mitte",),
        (
            "1.1",
            "Leerstand halbieren",
            "Leer stehende Läden",
            "18 Läden / November 2026",
            "höchstens 9 Läden / bis 2030",
            "Zählung des Gewerberings, jedes Jahr im November",
        ),
        (
            "1.1",
            "Leerstand halbieren",
            "Anteil der Wege mit gutem Eindruck",
            "41,5 % / 2026",
            "mindestens 60 % / bis Q4 2029",
            "Befragung durch die Fachhochschule Ostmark",
        ),
        *second,
        ("3 Energie sparen",),
        (
            "3.1",
            "Betriebe kennen ihren Verbrauch",
            "Geprüfte Betriebe",
            "0 Betriebe / Januar 2027",
            "mindestens 80 Betriebe / bis Q4 2029",
            "–",
        ),
        (
            "3.2",
            "Weniger Strom in Rathaus und Schulen",
            "Stromverbrauch",
            "2.140 MWh im Jahr / 2026",
            "höchstens 1.712 MWh im Jahr / bis 2030",
            "–",
        ),
    ]
    narrowed = part_of(small_plan, d.TablePart, "ziele_und_indikatoren-2")
    assert narrowed.title.replace("\u00a0", " ") == "Ziele und Indikatoren, Handlungsfeld 2"
    assert rows(narrowed.sections[0].table) == second


def test_what_a_goal_lacks_is_said(maker: Maker) -> None:
    maker.files["plan.yaml"]["gliederung"].append({"teil": "ziele_und_indikatoren"})
    maker.files["gemeinsam/ziele.yaml"]["ziele"][1]["indikatoren"] = [
        {"name": "Bäume", "ausgangswert": "noch zu erheben"},
        {"name": "Äste", "ausgangswert": -3, "datum": 2026, "zielwert": 0, "zieldatum": 2030},
    ]
    (section,) = part_of(maker.load(), d.TablePart, "ziele_und_indikatoren").sections
    assert rows(section.table) == [
        ("1 Boden",),
        ("1.1", "Flächen", "noch festzulegen", "–", "–", "–"),
        ("2 Luft",),
        ("2.1", "Bäume", "Bäume", "noch zu erheben", "noch festzulegen", "–"),
        ("2.1", "Bäume", "Äste", "−3 / 2026", "mindestens 0 / bis 2030", "–"),
    ]


# --- proposals, changes, glossary, register -----------------------------------------------------------------------


def test_proposals_say_what_became_of_them(small_plan: Loaded) -> None:
    first, second = part_of(small_plan, d.Proposals).sheets
    assert (first.number, first.title) == ("V1", "Trinkbrunnen auf dem Markt")
    assert plain(first.description) == (
        "Auf dem Markt steht ein Trinkbrunnen.Siehe auch Ziel 1.1 „Leerstand halbieren“."
    )
    assert facts(first) == {
        "Stand": ["in Prüfung"],
        "Eingereicht von": ["Jugendrat"],
        "Eingang": ["20.01.2027"],
        "Ziel": ["Ziel 1.1"],
        "Federführung": ["Stadtwerke Lindenmark GmbH"],
        "Mitwirkung": ["Gebäudewirtschaft, Rat der Stadt Lindenmark"],
        "Zeitraum": ["2028"],
        "Aufwand": ["9.000 Euro einmalig"],
        "Finanzierung": ["Spenden 100 % (offen)"],
        "Indikator": ["Liter im Jahr"],
        "Priorität": ["niedrig"],
    }
    assert facts(second) == {
        "Stand": ["übernommen als Maßnahme 2.1.2"],
        "Begründung": ["Der Fahrradverein führt die Liste."],
        "Eingereicht von": ["Elternrat"],
        "Eingang": ["01.12.2026"],
        "Zuletzt bearbeitet": ["15.01.2027"],
    }


def test_a_proposal_shows_all_that_a_measure_has(maker: Maker) -> None:
    maker.files["plan.yaml"]["gliederung"].append({"teil": "vorschlaege"})
    maker.measures("stadt", measure("M1.1.1", "amt", status="zurueckgestellt"))
    maker.files["vorschlaege/V1.yaml"] = {
        "vorschlag": {
            "id": "V1",
            "titel": "Ein Teich",
            "beschreibung": "Ein Teich.",
            "ziel": "Z1.1",
            "weitere_ziele": ["Z2.1"],
            "entscheidung": ["amt"],
            "information": ["werk", "land"],
            "meilensteine": [{"termin": "Q3 2028", "titel": "Loch gegraben"}],
            "abhaengig_von": ["M1.1.1"],
        }
    }
    (sheet,) = part_of(maker.load(), d.Proposals).sheets
    assert facts(sheet) == {
        "Stand": ["eingegangen"],
        "Ziel": ["Ziel 1.1"],
        "Weitere Ziele": ["Ziel 2.1"],
        "Entscheidung": ["Amt"],
        "Information": ["Werk, Land"],
        "Meilensteine": ["Q3 2028: Loch gegraben"],
        "Abhängig von": ["1.1.1 Maßnahme 1.1.1 (zurückgestellt)"],
    }


EXPLAINED = (
    "Gezählt werden Läden an den drei Straßen der Mitte. "
    "Nicht gezählt wird, was / umgebaut wird oder / schon vermietet ist."
)
PUT_OFF = "Der Tunnel kostet das Dreifache der Übergänge. Geprüft wird er wieder, wenn das Land ihn fördert."


def test_sums_take_the_middle_of_a_range_and_name_what_is_known_in_words_only(tmp_path: Path) -> None:
    maker = Maker(tmp_path)
    maker.files["plan.yaml"]["gliederung"] = [{"teil": "aufwand_und_finanzierung"}]
    ranged = {"betrag": 1000, "betrag_bis": 2001, "einheit": "euro", "turnus": "einmalig", "jahr": 2028}
    maker.measures("stadt", measure("M1.1.1", "amt", aufwand=[ranged, {"text": "Zeit der Vereine"}]))
    needs, *_ = part_of(maker.load(), d.TablePart, "aufwand_und_finanzierung").sections
    assert rows(needs.table)[0][1:-3] == ("–", "1.500,5", "–", "–", "1.500,5")
    told = "Von Spannen zählt die Mitte. Nicht enthalten: was nur in Worten genannt ist (1.1.1)."
    assert told in needs.note.replace("\u00a0", " ")


def test_changes_against_the_edition_before(small_plan: Loaded) -> None:
    part = part_of(small_plan, d.TablePart, "aenderungen")
    office = "Amt für Stadtentwicklung, Klimaschutz und Mobilität"
    assert {section.heading: rows(section.table) for section in part.sections} == {
        "Geändert": [
            ("Handlungsfeld 2", "Titel", "Kurze Wege", "Wege zu Fuß und mit dem Rad"),
            ("Handlungsfeld 3", "Leitbild", "–", "Die beste Energie ist die gesparte."),
            ("Handlungsfeld 3", "Auf einen Blick", "–", "Strom und Wärme"),
            ("Ziel 1.1", "Zeichen", "–", "ISEK 4"),
            ("Ziel 1.1", "Erläuterung", "–", EXPLAINED),
            ("Ziel 2.1", "Kurztitel", "Über die Hauptstraße", "Sicher über die Hauptstraße"),
            (
                "Ziel 2.1",
                "Indikatoren",
                "Gesicherte Übergänge: von 2 auf mindestens 5 bis Juni 2029",
                "Gesicherte Übergänge: von 2 auf mindestens 7 bis Juni 2029",
            ),
            ("Ziel 3.2", "Verantwortung", "–", "Gebäudewirtschaft"),
            ("Ziel 3.2", "Oberziel", "–", "3.1"),
            ("Maßnahme 1.1.1", "Federführung", "Gebäudewirtschaft", office),
            ("Maßnahme 1.1.1", "Zeitraum", "März 2027 – 2028", "ab Mai 2027, fortlaufend"),
            ("Maßnahme 1.1.1", "Zusagen", "–", f"{office}, 11.01.2027 / Gewerbering Lindenmark e. V., 18.01.2027"),
            (
                "Maßnahme 2.1.1",
                "Meilensteine",
                "Q4 2027: Planung beschlossen / Q4 2028: Fünfter Übergang offen",
                "Q4 2027: Planung beschlossen / Q2 2029: Fünfter Übergang offen",
            ),
            ("Maßnahme 2.1.1", "Aufwand", "350.000 Euro einmalig (2028)", "410.000 Euro einmalig (2028)"),
            ("Maßnahme 2.1.3", "Grund", "–", PUT_OFF),
            ("Maßnahme 3.1.1", "Zeichen", "–", "KL-7"),
            ("Maßnahme 3.1.1", "Ort", "–", "Gewerbegebiet Süd"),
            ("Maßnahme 3.1.1", "Zielgruppe", "–", "Betriebe mit hohem Verbrauch / Handwerk"),
            ("Maßnahme 3.1.1", "Wirkung", "–", "Jeder begangene Betrieb spart ein Zehntel seines Stroms."),
            ("Maßnahme 3.1.1", "Risiken", "–", "Es fehlen Fachleute: / Die Stadtwerke haben zwei."),
            ("Maßnahme 3.1.1", "Verwandt mit", "–", "2.1.1 / 1.1.2"),
            ("Maßnahme 3.1.1", "Teil von", "–", "3.2.1"),
            (f"Akteur {office}", "Sprechzeit", "–", "dienstags, 8 bis 12 Uhr"),
        ],
        "Neu": [
            ("Maßnahme 3.1.2", "Vereinsheime sparsam heizen"),
            ("Akteur Landesbetrieb Straßenbau", "Landesbetrieb Straßenbau"),
        ],
        "Entfallen": [("Akteur Verschönerungsverein", "Verschönerungsverein")],
        "Stand der Umsetzung": [("Ziel 3.2", "Sachstand", "–", "Q4 2026: gefährdet: Zwei Schulen fehlen noch.")],
    }
    assert part.lead.replace("\u00a0", " ") == (
        "Was sich gegenüber Fassung 0.9 geändert hat; Stand dieser Fassung 1.0: 31. März 2027."
    )


def test_the_glossary_is_in_alphabetical_order(small_plan: Loaded) -> None:
    """As in a dictionary: Ä like A, Ü like U."""
    part = part_of(small_plan, d.Glossary)
    lasting = "Ein Laden, der seit mehr als drei Monaten nicht genutzt ist. "
    crossing = "Eine Stelle, an der Fußgänger Vorrang haben oder eine Ampel sie schützt."
    assert [(item.anchor, item.term, plain(item.meaning)) for item in part.terms] == [
        ("glossar-aerger", "Ärgernisliste", "Die Liste der Stellen, die Radfahrende melden."),
        ("glossar-leerstand", "Leerstand", lasting + "Mehr dazu unter Ziel 1.1 „Leerstand halbieren“."),
        ("glossar-uebergang", "Übergang, gesicherter", crossing + "Mittelinseln zählen nicht."),
    ]


def test_the_register_lists_what_is_no_longer_pursued_apart(small_plan: Loaded) -> None:
    active, inactive = part_of(small_plan, d.TablePart, "verzeichnis").sections
    assert [row[0] for row in rows(active.table)] == [
        "1.1.1",
        "1.1.2",
        "2.1.1",
        "2.1.2",
        "3.1.1",
        "3.1.2",
        "3.2.1",
        "3.2.2",
    ]
    assert rows(active.table)[3] == ("2.1.2", "V Vereine", "Ärgernisliste führen", "Rückenwind")
    assert rows(inactive.table) == [
        ("1.1.3", "B Betriebe", "Gutschein der Händler", "ersetzt durch 1.1.2"),
        ("2.1.3", "R Rathaus", "Tunnel unter der Hauptstraße", "zurückgestellt"),
    ]
