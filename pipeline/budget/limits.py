"""Every limit of the program in one table: what, how much, why. The handbook's table is made from it.

What the check lets pass the build has to finish, so both, and the way back from Word, take their numbers from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

MEGABYTE: Final = 1_000_000
MEBIBYTE: Final = 1 << 20


class Unit(Enum):
    """How a limit's number is written."""

    NUMBER = "number"
    BYTES = "bytes"
    MILLIONS = "millions"
    SECONDS = "seconds"


@dataclass(frozen=True)
class Limit:
    """The most there may be of something; what it is and why it ends there are German, for the handbook."""

    what: str
    most: int
    why: str
    unit: Unit = Unit.NUMBER

    @property
    def told(self) -> str:
        """The number as a message says it: „25 MB“, „50 Millionen“, „10.000“, „10 Minuten“."""
        if self.unit is Unit.BYTES:
            return f"{self.most // (MEGABYTE if self.most % MEGABYTE == 0 else MEBIBYTE)} MB"
        if self.unit is Unit.MILLIONS:
            return f"{self.most // 1_000_000} Millionen"
        if self.unit is Unit.SECONDS:
            return self._time("eine Minute")
        return f"{self.most:,}".replace(",", ".")

    @property
    def within(self) -> str:
        """A time as it stands behind „nach“ or „in“: „einer Minute“, „10 Minuten“."""
        return self._time("einer Minute")

    def _time(self, one: str) -> str:
        minutes, seconds = divmod(self.most, 60)
        if seconds:
            return f"{self.most} Sekunden"
        return one if minutes == 1 else f"{minutes} Minuten"


# --- the folder ---------------------------------------------------------------------------------------------------

FILES = Limit("Dateien", 1_500, "Die Word-Datei führt sie mit und nimmt höchstens 2.000 Teile zurück.")
DATA_FILE = Limit("eine YAML-Datei", 3 * MEGABYTE, "Das sind über tausend Maßnahmen.", Unit.BYTES)
TEXT_FILE = Limit("eine Markdown-Datei", 1 * MEGABYTE, "Ein Kapitel wird in einem Stück gesetzt.", Unit.BYTES)
OTHER_FILE = Limit("ein Bild oder eine andere Datei", 25 * MEGABYTE, "Mehr zeigt kein Drucker.", Unit.BYTES)
ALL_DATA = Limit("alle YAML-Dateien zusammen", 5 * MEGABYTE, "Das sind über zweitausend Maßnahmen.", Unit.BYTES)
ALL_TEXTS = Limit("alle Markdown-Dateien zusammen", 3 * MEGABYTE, "Das sind über tausend Seiten.", Unit.BYTES)
ALL_OTHERS = Limit(
    "alle Bilder und anderen Dateien zusammen",
    60 * MEGABYTE,
    "Sie liegen in den gepackten Quellen, die noch zu verschicken sein müssen.",
    Unit.BYTES,
)
ALL_EDITIONS = Limit(
    "alle festgehaltenen Fassungen zusammen", 200 * MEGABYTE, "Jedes Prüfen liest sie mit.", Unit.BYTES
)

# --- data ---------------------------------------------------------------------------------------------------------

# A plan needs five levels and no alias at all. Without a limit, nine lines such as `b: &b [*a, *a, *a, *a, *a, *a, *a,
# *a, *a]`, each with the list of the line before, would be hundreds of millions of values written out.
DATA_LEVELS = Limit("Ebenen einer YAML-Datei", 50, "Der Plan braucht höchstens fünf.")
ALIASES = Limit("Verweise mit * in einer YAML-Datei", 100, "Der Plan braucht keine.")
DATA_NODES = Limit("Angaben einer YAML-Datei, Verweise ausgeschrieben", 100_000, "Das sind über tausend Maßnahmen.")
ALL_NODES = Limit(
    "Angaben aller YAML-Dateien zusammen",
    100_000,
    "Das sind über tausend Maßnahmen; mit mehr wird die Word-Datei größer, als „merge“ sie liest.",
)
KEYS = Limit("Schlüssel, die beisammen stehen", 500, "Der Plan kennt keine hundert.")

# --- texts --------------------------------------------------------------------------------------------------------

TEXT_LEVELS = Limit(
    "Ebenen von Listen und Zitaten", 50, "Eine Liste in einer Liste zählt zwei; bei hundert versagt der Satz."
)
TEXT_LINES = Limit("Zeilen eines Textes", 10_000, "Das sind über zweihundert Seiten.")
TEXT_EFFORT = Limit(
    "Zeilen eines Textes mal Ebenen, die auf einer Zeile beginnen",
    100_000,
    "Jede Ebene eines Zitats wird auf jeder Zeile neu gesucht.",
)
PARAGRAPH = Limit("Zeichen einer Zeile, eines Absatzes oder einer Zelle", 20_000, "Das sind sieben Seiten ohne Absatz.")
QUOTES = Limit(
    "gerade Anführungszeichen eines Absatzes", 1_000, "Zu jedem wird unter allen davor sein Gegenstück gesucht."
)
BRACKETS = Limit("eckige Klammern [ eines Textes", 5_000, "Hinter jeder könnte ein Link oder ein Bild stehen.")
ALL_BRACKETS = Limit("eckige Klammern [ aller Texte zusammen", 20_000, "Wie bei einem Text.")
EXPANDED = Limit(
    "Zeichen eines Textes mit Adressen und Fußnoten, so oft sie genannt werden",
    2_000_000,
    "Wird eine lange Adresse tausendmal genannt, steht sie tausendmal im Plan.",
)
ADDRESS = Limit("Zeichen einer Adresse", 2_000, "Längere öffnet Word nicht.")
COLUMNS = Limit("Spalten einer Tabelle", 60, "Mehr sind auf keiner Seite zu lesen.")
CELLS = Limit("Zellen der Tabellen eines Textes", 20_000, "Ein Kapitel wird in einem Stück gesetzt.")

# --- pictures -----------------------------------------------------------------------------------------------------

PIXELS = Limit("Bildpunkte eines Bildes", 50_000_000, "Ausgepackt sind das 200 MB.", Unit.MILLIONS)
WEBP_PIXELS = Limit(
    "Bildpunkte eines WebP-Bildes",
    20_000_000,
    "Auszupacken braucht es dreimal so viel Arbeitsspeicher wie ein anderes.",
    Unit.MILLIONS,
)
ALL_PIXELS = Limit(
    "Bildpunkte aller Bilder zusammen", 400_000_000, "Jedes wird beim Prüfen ganz gelesen.", Unit.MILLIONS
)
DRAWING_ELEMENTS = Limit(
    "Elemente einer Zeichnung (SVG), so oft sie erscheinen", 100_000, "Jedes wird einzeln gesetzt."
)
DRAWING_LEVELS = Limit("Ebenen einer Zeichnung", 100, "Zeichenprogramme brauchen keine zwanzig.")
DRAWING_AREA = Limit(
    "Bildpunkte der Fläche einer Zeichnung",
    16_000_000,
    "Für Word wird daraus ein Bild mit neunmal so vielen.",
    Unit.MILLIONS,
)

DRAWING_FILTERS = Limit(
    "Bildpunkte, über die Filter einer Zeichnung gehen, mal ihre Schritte",
    100_000_000,
    "Das Umwandeln für Word braucht dafür eine Minute und mehr.",
    Unit.MILLIONS,
)

# --- what comes back from Word ------------------------------------------------------------------------------------

WORD_FILE = Limit("eine Word-Datei", 100 * MEBIBYTE, "Weit mehr, als Word für einen großen Plan schreibt.", Unit.BYTES)
WORD_PART = Limit("ein Teil davon, ausgepackt", 60 * MEBIBYTE, "Wie oben.", Unit.BYTES)
WORD_TOTAL = Limit("alle Teile, ausgepackt", 200 * MEBIBYTE, "Sie liegen im Arbeitsspeicher.", Unit.BYTES)
WORD_PARTS = Limit("Teile einer Word-Datei", 2_000, "Der ausgelieferte Plan hat unter hundert.")
WORD_RATIO = Limit("so viele Male größer wird ein Teil ausgepackt", 200, "Zip-Bomben schaffen das Tausendfache.")
WORD_NODES = Limit(
    "Elemente und Attribute eines Teils", 3_000_000, "Das sind sechshundert Maßnahmen, wie LibreOffice sie schreibt."
)

# --- time ---------------------------------------------------------------------------------------------------------

_SLOW = "Ein Plan mit 400 Maßnahmen braucht auf einem gewöhnlichen Rechner {}."
READING = Limit("Lesen", 5 * 60, _SLOW.format("wenige Sekunden"), Unit.SECONDS)
CHECKING = Limit("Prüfen", 10 * 60, _SLOW.format("wenige Sekunden"), Unit.SECONDS)
ASSEMBLING = Limit("Zusammenstellen", 10 * 60, _SLOW.format("eine Sekunde"), Unit.SECONDS)
TYPESETTING = Limit("ein Abschnitt des PDF", 10 * 60, "Zwanzig Steckbriefe brauchen wenige Sekunden.", Unit.SECONDS)
WRITING = Limit("ein ganzes Dokument", 120 * 60, _SLOW.format("eine bis drei Minuten"), Unit.SECONDS)
CONVERTING = Limit("Umwandeln durch pandoc", 20 * 60, _SLOW.format("eine halbe Minute"), Unit.SECONDS)
DRAWING = Limit("Umwandeln einer Zeichnung für Word", 5 * 60, "Gewöhnlich braucht es einen Augenblick.", Unit.SECONDS)
VALIDATING = Limit("Prüfen der PDF mit veraPDF", 10 * 60, _SLOW.format("zehn Sekunden"), Unit.SECONDS)
MERGING = Limit("Übernehmen aller Word-Dateien", 60 * 60, _SLOW.format("eine Minute je Datei"), Unit.SECONDS)

TABLE: Final[Mapping[str, tuple[Limit, ...]]] = MappingProxyType(
    {
        "Dateien im Ordner der Inhalte": (
            *(FILES, DATA_FILE, TEXT_FILE, OTHER_FILE),
            *(ALL_DATA, ALL_TEXTS, ALL_OTHERS, ALL_EDITIONS),
        ),
        "Daten": (DATA_LEVELS, ALIASES, DATA_NODES, ALL_NODES, KEYS),
        "Texte": (
            *(TEXT_LEVELS, TEXT_LINES, TEXT_EFFORT, PARAGRAPH, QUOTES),
            *(BRACKETS, ALL_BRACKETS, EXPANDED, ADDRESS, COLUMNS, CELLS),
        ),
        "Bilder": (
            *(PIXELS, WEBP_PIXELS, ALL_PIXELS),
            *(DRAWING_ELEMENTS, DRAWING_LEVELS, DRAWING_AREA, DRAWING_FILTERS),
        ),
        "Fristen": (*(READING, CHECKING, ASSEMBLING, TYPESETTING, WRITING, CONVERTING, DRAWING, VALIDATING, MERGING),),
        "Word-Dateien, die zurückkommen": (WORD_FILE, WORD_PART, WORD_TOTAL, WORD_PARTS, WORD_RATIO, WORD_NODES),
    }
)
