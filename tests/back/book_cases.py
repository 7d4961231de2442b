"""Edits of the small plan's workbook as data: what is typed where, what becomes of it.

Each is typed by a test that writes the file itself, and by one that has LibreOffice do it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Edit = tuple[str, str, str, Any]
"""A sheet, a row's key, a column, what is typed there."""

TAKEN: Mapping[str, tuple[list[Edit], list[str]]] = {
    "a title": (
        [("Maßnahmen", "M1.1.2", "Titel", "Schaufenster neu gestalten")],
        ["titel: Schaufenster neu gestalten"],
    ),
    "a text, and a paragraph more": (
        [("Maßnahmen", "M2.1.2", "Beschreibung", "Der Verein sammelt Stellen.\n\nJedes Jahr.")],
        ["beschreibung: |", "Der Verein sammelt Stellen.", "Jedes Jahr."],
    ),
    "one of several milestones": (
        [("Maßnahmen", "M1.1.1", "Meilensteine", "September 2027: Liste steht im Netz\n2029: Zwölf Räume vermittelt")],
        ["- {termin: 2029, titel: Zwölf Räume vermittelt}"],
    ),
    "a value chosen": (
        [("Maßnahmen", "M3.2.2", "Priorität", "hoch")],
        ["prioritaet: hoch"],
    ),
    "a value taken away": ([("Maßnahmen", "M3.2.1", "Priorität", "")], []),
    "an indicator's baseline": (
        [("Indikatoren", "Z2.1#0", "Ausgangswert", "3\nQ4 2026")],
        ["- {name: Gesicherte Übergänge, ausgangswert: 3, datum: Q4 2026, zielwert: 7, zieldatum: 2029-06}"],
    ),
    "a goal's short title": (
        [("Ziele", "Z2.1", "Kurztitel", "Sicher zu Fuß")],
        ["kurztitel: Sicher zu Fuß"],
    ),
    "a letter in the matrix": (
        [("Matrix", "M3.1.2", "Stadtwerke Lindenmark GmbH B", "I")],
        ["information: [{akteur: stadtwerke, beitrag: 'messen den Verbrauch, z.B. im Winter'}]"],
    ),
    "a field of the plan's own": (
        [("Akteure", "stadtentwicklung", "Sprechzeit", "montags")],
        ["sprechzeit: montags"],
    ),
    "another priority": ([("Maßnahmen", "M1.1.1", "Priorität", "mittel")], ["prioritaet: mittel"]),
    "a further goal by its number": ([("Maßnahmen", "M1.1.1", "Weitere Ziele", "3.1")], ["weitere_ziele: [Z3.1]"]),
    "a span that goes on": (
        [("Maßnahmen", "M1.1.1", "Zeitraum", "ab Juni 2027, fortlaufend")],
        ["zeitraum: {von: 2027-06, bis: fortlaufend}"],
    ),
    "thousands of euros": (
        [("Maßnahmen", "M1.1.1", "Aufwand", "25 T€ jährlich\neine halbe Stelle jährlich")],
        ["- {betrag: 25000, einheit: euro, turnus: jaehrlich}"],
    ),
    "words of an indicator": (
        [("Maßnahmen", "M1.1.1", "Indikator", "Vermittelte Räume im Jahr")],
        ["indikator: Vermittelte Räume im Jahr"],
    ),
    "the same actor by its short name": ([("Maßnahmen", "M1.1.1", "Entscheidung", "Rat")], []),
    "a text": (
        [("Maßnahmen", "M1.1.2", "Beschreibung", "Leere Schaufenster zeigen, was in Lindenmark wächst.")],
        ["beschreibung: Leere Schaufenster zeigen, was in Lindenmark wächst."],
    ),
    "two actors with a semicolon": (
        [
            (
                "Maßnahmen",
                "M1.1.2",
                "Information",
                "Amt für Stadtentwicklung, Klimaschutz und Mobilität; Rat der Stadt Lindenmark",
            )
        ],
        ["information: [stadtentwicklung, rat]"],
    ),
    "a milestone more": (
        [
            (
                "Maßnahmen",
                "M1.1.2",
                "Meilensteine",
                "Q4 2027: Zehn Fenster gestaltet\n1. Quartal 2028: Zwanzig Fenster gestaltet",
            )
        ],
        [
            (
                "meilensteine: [{termin: Q4 2027, titel: Zehn Fenster gestaltet}, "
                "{termin: Q1 2028, titel: Zwanzig Fenster gestaltet}]"
            )
        ],
    ),
    "another amount": (
        [("Maßnahmen", "M1.1.2", "Aufwand", "6.500 Euro jährlich")],
        ["aufwand: [{betrag: 6500, einheit: euro, turnus: jaehrlich}]"],
    ),
    "a priority where none was": ([("Maßnahmen", "M1.1.2", "Priorität", "niedrig")], ["prioritaet: niedrig"]),
    "a title that others name": (
        [("Maßnahmen", "M2.1.1", "Titel", "Sechs Übergänge bauen")],
        ["titel: Sechs Übergänge bauen"],
    ),
    "a priority chosen": ([("Maßnahmen", "M2.1.1", "Priorität", "hoch")], ["prioritaet: hoch"]),
    "a span with a day": (
        [("Maßnahmen", "M2.1.1", "Zeitraum", "Q3 2027 bis 31.12.2029")],
        ["zeitraum: {von: Q3 2027, bis: 2029-12}"],
    ),
    "nothing that it depends on": ([("Maßnahmen", "M2.1.1", "Abhängig von", "keine")], []),
    "no further goal": ([("Maßnahmen", "M2.1.1", "Weitere Ziele", "–")], []),
    "days of persons more": (
        [("Maßnahmen", "M2.1.1", "Aufwand", "410.000 Euro einmalig (2028)\n5 PT/Jahr")],
        [
            (
                "aufwand: [{betrag: 410000, einheit: euro, turnus: einmalig, jahr: 2028}, "
                "{betrag: 5, einheit: personentage, turnus: jaehrlich}]"
            )
        ],
    ),
    "an indicator where none was": (
        [("Maßnahmen", "M2.1.2", "Indikator", "Gemeldete Stellen")],
        ["indikator: Gemeldete Stellen"],
    ),
    "a commitment more": (
        [("Maßnahmen", "M2.1.2", "Zusagen", "Fahrradverein „Rückenwind“, 14.02.2027\nStadtsportbund, 1.3.2027")],
        ["zusagen: [{akteur: fahrradverein, datum: 2027-02-14}, {akteur: stadtsportbund, datum: 2027-03-01}]"],
    ),
    "a share": (
        [("Maßnahmen", "M2.1.2", "Finanzierung", "Ehrenamt 100 % (gesichert)")],
        ["finanzierung: [{quelle: Ehrenamt, anteil: 100, stand: gesichert}]"],
    ),
    "a sign": ([("Maßnahmen", "M3.1.1", "Zeichen", "KL-8")], ["zeichen: KL-8"]),
    "a place": ([("Maßnahmen", "M3.1.1", "Ort", "Gewerbegebiet Nord")], ["ort: Gewerbegebiet Nord"]),
    "one for whom it is more": (
        [("Maßnahmen", "M3.1.1", "Zielgruppe", "Betriebe mit hohem Verbrauch\nHandwerk\nHandel")],
        ["zielgruppe: [Betriebe mit hohem Verbrauch, Handwerk, Handel]"],
    ),
    "one related less": (
        [("Maßnahmen", "M3.1.1", "Verwandt mit", "2.1.1 Fünf Übergänge bauen")],
        ["verwandt: [M2.1.1]"],
    ),
    "what it does": (
        [("Maßnahmen", "M3.1.1", "Wirkung", "Jeder Betrieb spart viel.")],
        ["wirkung: Jeder Betrieb spart viel."],
    ),
    "one less who takes part": (
        [("Maßnahmen", "M3.1.1", "Mitwirkung", "Kreishandwerkerschaft")],
        ["mitwirkung: [handwerk]"],
    ),
    "an effect in figures": (
        [("Maßnahmen", "M3.1.2", "Wirkung in Zahlen", "Gas: −50 MWh im Jahr (bis 2030)")],
        ["wirkungen: [{groesse: Gas, betrag: -50, einheit: MWh im Jahr, bis: 2030}]"],
    ),
    "a milestone reached": (
        [("Maßnahmen", "M3.1.2", "Meilensteine", "Q4 2028: Acht Heime eingestellt – erreicht")],
        ["meilensteine: [{termin: Q4 2028, titel: Acht Heime eingestellt, ergebnis: erreicht}]"],
    ),
    "where the money is from": (
        [("Maßnahmen", "M3.2.1", "Finanzierung", "Haushalt 100 % (gesichert)")],
        ["finanzierung: [{quelle: Haushalt, anteil: 100, stand: gesichert}]"],
    ),
    "another title": (
        [("Maßnahmen", "M3.2.1", "Titel", "Licht in allen Schulen tauschen")],
        ["titel: Licht in allen Schulen tauschen"],
    ),
    "a span without an end": (
        [("Maßnahmen", "M3.2.2", "Zeitraum", "ab Q3 2027")],
        ["zeitraum: {von: Q3 2027, bis: fortlaufend}"],
    ),
    "a goal's sentence": (
        [("Ziele", "Z1.1", "Zielsatz", "Bis Ende 2031 stehen in der Mitte höchstens neun Läden leer.")],
        ["zielsatz: Bis Ende 2031 stehen in der Mitte höchstens neun Läden leer."],
    ),
    "how a goal stands": (
        [("Ziele", "Z3.2", "Sachstand", "Q4 2026: gefährdet: Drei Schulen fehlen noch.")],
        ["sachstand: [{datum: Q4 2026, zustand: gefaehrdet, text: Drei Schulen fehlen noch.}]"],
    ),
    "actors in a field of the plan's own": (
        [("Ziele", "Z3.2", "Verantwortung", "Gebäudewirtschaft, Rat")],
        ["verantwortung: [gebaeude, rat]"],
    ),
    "an indicator's target": ([("Indikatoren", "Z1.1#0", "Zielwert", "höchstens 8 Läden\nbis 2030")], ["zielwert: 8"]),
    "who measures": (
        [("Indikatoren", "Z1.1#1", "Erhebung", "Befragung alle zwei Jahre")],
        ["erhebung: Befragung alle zwei Jahre"],
    ),
    "an indicator's name": (
        [("Indikatoren", "Z3.1#0", "Indikator", "Beratene Betriebe")],
        [
            (
                "- {name: Beratene Betriebe, einheit: Betriebe, ausgangswert: 0, "
                "datum: 2027-01, zielwert: 80, zieldatum: Q4 2029}"
            )
        ],
    ),
    "a figure of thousands": (
        [("Indikatoren", "Z3.2#0", "Ausgangswert", "2.200 MWh im Jahr\n2026")],
        [
            (
                "- {name: Stromverbrauch, einheit: MWh im Jahr, ausgangswert: 2200, "
                "datum: 2026, zielwert: 1712, zieldatum: 2030}"
            )
        ],
    ),
    "a letter where none was": (
        [("Matrix", "M3.2.2", "Gewerbering Lindenmark e. V. B", "M")],
        ["mitwirkung: [gewerbering]"],
    ),
    "a small letter": (
        [("Matrix", "M2.1.2", "Kreishandwerkerschaft B", "i")],
        ["information: [stadtentwicklung, strassenbau, handwerk]"],
    ),
}
SEVERAL = 1  # edits more: a text is two, the letter of a lead two roles, two cells of a goal's indicators are one

NOT_TAKEN: Mapping[Edit, str] = {
    ("Maßnahmen", "M3.1.1", "Status", "halb"): "„halb“ passt nicht zu „Status“",
    ("Maßnahmen", "M3.2.2", "Indikator", "=A1"): "Eine Formel lässt sich nicht übernehmen",
    ("Maßnahmen", "M1.1.2", "Zeitraum", datetime(2027, 1, 4)): "aus der Eingabe ein Datum gemacht",  # noqa: DTZ001
    ("Maßnahmen", "M1.1.1", "Beschreibung", "Anders."): "hat Listen, Verweise oder ausgezeichnete Wörter",
    ("Maßnahmen", "M2.1.1", "Nr.", "9.9.9"): "entsteht aus den Daten",
    ("Maßnahmen", "M2.1.2", "Indikator", True): "ein Wahrheitswert der Tabelle",
    ("Zeitplan", "0", "Zeitraum", "2027"): "entsteht aus den Daten",
    ("Matrix", "M2.1.2", "Stadtsportbund V", "X"): "Das ist keine Rolle",
    ("Maßnahmen", "M2.1.1", "Zeitraum", "ab Mitte 2027"): "kann Q2 2027 oder Q3 2027 heißen",
    ("Maßnahmen", "M2.1.2", "Federführung", ""): "Wer bei 2.1.2 die Federführung hat, ist offen",
    ("Maßnahmen", "M1.1.2", "Mitwirkung", "Niemand GmbH"): "steht nicht in akteure.yaml",
    ("Maßnahmen", "M3.2.2", "Abhängig von", "9.9.9"): "Die Maßnahme „9.9.9“ gibt es nicht",
    ("Maßnahmen", "M3.2.2", "Ziel", "7.7"): "Das Ziel „7.7“ gibt es nicht",
    (
        "Maßnahmen",
        "M3.2.2",
        "Beschreibung",
        "Die Hausmeister lesen ab.",
    ): "hat Listen, Verweise oder ausgezeichnete Wörter",
    ("Maßnahmen", "M3.2.1", "Meilensteine", "2028"): "ist kein Meilenstein mit Termin und Titel",
    ("Maßnahmen", "M3.2.1", "Zusagen", "Gebäudewirtschaft"): "ist keine Zusage mit Akteur und Tag",
    ("Maßnahmen", "M1.1.1", "Zusagen", "–"): "Die Zusage der Federführung",
    (
        "Maßnahmen",
        "M1.1.1",
        "Finanzierung",
        "Haushalt 70 % (gesichert)\nStädtebauförderung 30 % (beantragt)",
    ): "Die Finanzierung von 1.1.1 ist nicht gesichert",
    ("Maßnahmen", "M2.1.2", "Finanzierung", "Ehrenamt 120 % (gesichert)"): "ist der Anteil größer als das Ganze",
    ("Maßnahmen", "M2.1.1", "Titel", ""): "Die Angabe „Titel“ fehlt",
    ("Maßnahmen", "M2.1.3", "Grund", "Er ist zu teuer."): "hat Listen, Verweise oder ausgezeichnete Wörter",
    ("Ziele", "Z1.1", "Maßnahmen", "keine"): "entsteht aus den Daten",
    ("Ziele", "Z2.1", "Zielsatz", ""): "Die Angabe „Zielsatz“ fehlt",
    ("Indikatoren", "Z2.1#0", "Zielwert", "viele"): "„viele“ ist kein Zielwert",
    ("Akteure", "rat", "Kontakt", "Zimmer 1"): "der Plan zeigt keinen Platz für sie",
    ("Akteure", "stadtentwicklung", "Kontakt", "Zimmer 13"): "entsteht aus den Daten",
    ("Offene Punkte", "0", "Wer", "Wir"): "entsteht aus den Daten",
    ("Matrix", "M3.2.1", "Gebäudewirtschaft R", ""): "keine Federführung",
    ("Matrix", "M2.1.1", "Gewerbering Lindenmark e. V. B", "F/M"): "keine Rolle",
}


@dataclass(frozen=True)
class Gesture:
    """Something done to the whole of a workbook: the lines of the sources that are new, what is told, a part each."""

    operations: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


GESTURES: Mapping[str, Gesture] = {
    "only saved": Gesture((("only_save",),)),
    "sorted": Gesture((("sort", "Maßnahmen", "Titel"), ("sort", "Matrix", "Nr."))),
    "sorted, and one cell changed": Gesture(
        (("sort", "Maßnahmen", "Titel"), ("type", "Maßnahmen", "M1.1.2", "Indikator", "Fenster")),
        ("indikator: Fenster",),
    ),
    "a column hidden": Gesture((("hide", "Maßnahmen", "Status"),)),
    "a column moved": Gesture((("move_column", "Maßnahmen", "Titel"),)),
    "an empty row between": Gesture((("insert_row", "Maßnahmen", "M2.1.1"),)),
    "a row deleted": Gesture((("delete_row", "Maßnahmen", "M3.1.2"),), told=("Diese Zeile fehlt",)),
    "a column deleted": Gesture((("delete_column", "Maßnahmen", "Indikator"),), told=("Diese Spalte fehlt",)),
    "a sheet deleted": Gesture((("delete_sheet", "Ziele"),), told=("Dieses Blatt fehlt",)),
    "a sheet renamed": Gesture(
        (("rename_sheet", "Ziele", "Liste"),), told=("Dieses Blatt fehlt", "Dieses Blatt gehört nicht zum Plan")
    ),
    "a sheet of one's own": Gesture((("new_sheet", "Notizen", "Anrufen"),), told=("gehört nicht zum Plan",)),
    "a column of one's own": Gesture(
        (("new_column", "Maßnahmen", "Bemerkung", "M1.1.2", "Bitte prüfen"),),
        told=("Für diese Spalte gibt es kein Feld",),
    ),
    "a word struck through": Gesture((("strike", "Maßnahmen", "M1.1.2", "Titel"),), told=("Wörter durchgestrichen",)),
    "a day in a cell that takes it for one": Gesture(
        (("type_plain", "Maßnahmen", "M1.1.2", "Zeitraum", "2027-01-04"),), told=("ein Datum gemacht",)
    ),
    "a formula": Gesture((("type_plain", "Maßnahmen", "M1.1.2", "Indikator", "=A1"),), told=("Eine Formel",)),
    "a number in a cell that takes it for one": Gesture(
        (("type_plain", "Maßnahmen", "M1.1.2", "Indikator", "12"),), ("indikator: 12",)
    ),
    "a quarter in a cell that takes it for a text": Gesture(
        (("type_plain", "Maßnahmen", "M1.1.2", "Zeitraum", "Q3 2027 – Q4 2030"),),
        ("zeitraum: {von: Q3 2027, bis: Q4 2030}",),
    ),
    "a copied row": Gesture(
        (("copy_row", "Maßnahmen", "M1.1.2", "Nr.", "1.1.9", "Titel", "Fenster am Abend"),),
        told=("Das steht bei der kopierten Maßnahme", "Damit hätte der Plan einen Fehler"),
    ),
    "a row without a title": Gesture(
        (("add", "Maßnahmen", "Strang", "V Vereine", "Beschreibung", "Ohne."),), told=("fehlt der Titel",)
    ),
}
