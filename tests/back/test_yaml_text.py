"""Changes spliced into YAML: what a person reads in the diff afterwards, style by style."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.merge.yaml.change_text import change, locate_entry
from pipeline.merge.yaml.edits import REMOVE, Change, Edit, Insertion
from pipeline.merge.yaml.splices import Unspliceable
from schema.files import StrandFile

SHEET = """\
# Kopf
massnahmen:
  # Handlungsfeld 1
  - id: M1.1.1
    titel: Alt   # Titel
    ziel: Z1.1
    beschreibung: |
      Erste Zeile mit Wort
      und zweite Zeile.

      - Punkt
    federfuehrung: amt
    mitwirkung: [a, b]  # wer
    # Zeitraum offen
    zeitraum: {von: Q1 2027, bis: fortlaufend}
    meilensteine:
      # erstens
      - {termin: Q1 2027, titel: Eins}   # gut
      # zweitens
      - {termin: Q2 2027, titel: "Zwei, drei"}
    indikator: 'Wie''s geht'
    herkunft: >-
      Ein langer gefalteter Text, der über zwei
      Zeilen geht

  # vor der zweiten
  - id: M1.1.2
    titel: "Zweite \\u00dcbung"
    ziel: Z1.1
    zusagen: []   # noch keine
# Ende
"""


@dataclass(frozen=True)
class Case:
    name: str
    changes: tuple[Change, ...]
    before: str
    after: str


def at(*path: str | int, measure: str = "M1.1.1") -> tuple[str | int | tuple[str, str], ...]:
    return ("massnahmen", ("id", measure), *path)


CASES = [
    Case("plain", (Edit(at("titel"), "Neu"),), "titel: Alt   # Titel", "titel: Neu   # Titel"),
    Case("colon", (Edit(at("titel"), "Neu: a"),), "titel: Alt   #", "titel: 'Neu: a'   #"),
    Case("remark", (Edit(at("titel"), "Nr. #1"),), "titel: Alt   #", "titel: 'Nr. #1'   #"),
    Case("null word", (Edit(at("titel"), "null"),), "titel: Alt   #", "titel: 'null'   #"),
    Case("no word", (Edit(at("titel"), "nein"),), "titel: Alt   #", "titel: nein   #"),
    Case("single", (Edit(at("indikator"), "Wie's jetzt geht"),), "'Wie''s geht'", "'Wie''s jetzt geht'"),
    Case(
        "double keeps its escape",
        (Edit(at("titel", measure="M1.1.2"), "Dritte Übung"),),
        '"Zweite \\u00dcbung"',
        '"Dritte \\u00dcbung"',
    ),
    Case(
        "literal",
        (Edit(at("beschreibung"), "Erste Zeile mit Worten\nund zweite Zeile.\n\n- Punkt\n- Punkt"),),
        "mit Wort\n      und zweite Zeile.\n\n      - Punkt\n",
        "mit Worten\n      und zweite Zeile.\n\n      - Punkt\n      - Punkt\n",
    ),
    Case(
        "folded keeps its lines",
        (Edit(at("herkunft"), "Ein langer zweimal gefalteter Text, der über drei Zeilen geht"),),
        "Ein langer gefalteter Text, der über zwei\n      Zeilen",
        "Ein langer zweimal gefalteter Text, der über drei\n      Zeilen",
    ),
    Case(
        "a line that grew too long is broken, those after it stay",
        (
            Edit(
                at("herkunft"),
                "Ein langer und nach zwei Sitzungen noch einmal länger gewordener gefalteter Text, der über zwei "
                "Zeilen geht",
            ),
        ),
        "Ein langer gefalteter Text, der über zwei\n",
        "Ein langer und nach zwei Sitzungen noch einmal länger\n      gewordener gefalteter Text, der über zwei\n",
    ),
    Case("flow list", (Edit(at("mitwirkung"), ["b", "c, d"]),), "[a, b]  # wer", "[b, 'c, d']  # wer"),
    Case("flow list emptied", (Edit(at("mitwirkung"), []),), "[a, b]  # wer", "[]  # wer"),
    Case("flow mapping", (Edit(at("zeitraum", "bis"), "Q4 2028"),), "bis: fortlaufend}", "bis: Q4 2028}"),
    Case("key removed", (Edit(at("mitwirkung"), REMOVE),), "    mitwirkung: [a, b]  # wer\n    # Zeit", "    # Zeit"),
    Case(
        "key inserted in the schema's order",
        (Edit(at("information"), ["x", "y"]),),
        "  # wer\n",
        "  # wer\n    information: [x, y]\n",
    ),
    Case(
        "item inserted in its neighbours' style",
        (Insertion(at("meilensteine"), {"termin": "Q3 2027", "titel": "Drei, vier"}, after=0),),
        "# gut\n",
        "# gut\n      - {termin: Q3 2027, titel: 'Drei, vier'}\n",
    ),
    Case(
        "item removed, the remark above it stays",
        (Edit(at("meilensteine", 0), REMOVE),),
        "      - {termin: Q1 2027, titel: Eins}   # gut\n",
        "",
    ),
    Case(
        "items swapped with their remarks",
        (
            Edit(
                at("meilensteine"), [{"termin": "Q2 2027", "titel": "Zwei, drei"}, {"termin": "Q1 2027", "titel": "1"}]
            ),
        ),
        SHEET[SHEET.index("      # erstens") : SHEET.index("    indikator")],
        '      # zweitens\n      - {termin: Q2 2027, titel: "Zwei, drei"}\n'
        "      # erstens\n      - {termin: Q1 2027, titel: 1}   # gut\n",
    ),
    Case(
        "item inserted at the front, before the remark of what was first",
        (
            Edit(
                at("meilensteine"),
                [
                    {"termin": "2026", "titel": "Start"},
                    {"termin": "Q1 2027", "titel": "Eins"},
                    {"termin": "Q2 2027", "titel": "Zwei, drei"},
                ],
            ),
        ),
        "    meilensteine:\n",
        "    meilensteine:\n      - {termin: 2026, titel: Start}\n",
    ),
    Case(
        "list emptied, remarks stay",
        (Edit(at("meilensteine"), []),),
        SHEET[SHEET.index("    meilensteine") : SHEET.index("    indikator")],
        "    meilensteine: []\n      # erstens\n    # zweitens\n",
    ),
    Case(
        "empty list filled, the remark stays on its line",
        (Edit(at("zusagen", measure="M1.1.2"), [{"akteur": "amt", "datum": "2026-11-22"}]),),
        "zusagen: []   # noch keine\n",
        "zusagen:   # noch keine\n      - {akteur: amt, datum: 2026-11-22}\n",
    ),
    Case(
        "list like another measure's",
        (Edit(at("meilensteine", measure="M1.1.2"), [{"termin": "2027", "titel": "A"}]),),
        "    zusagen",
        "    meilensteine:\n      - {termin: 2027, titel: A}\n    zusagen",
    ),
    Case(
        "measure appended",
        (
            Insertion(
                ("massnahmen",),
                {
                    "id": "M1.1.3",
                    "titel": "Dritte",
                    "beschreibung": "Eins\nzwei",
                    "mitwirkung": ["a"],
                    "zeitraum": {"von": "2027", "bis": "2028"},
                    "meilensteine": [{"termin": "Q1 2027", "titel": "Eins"}],
                },
                after=("id", "M1.1.1"),
            ),
        ),
        "      Zeilen geht\n",
        "      Zeilen geht\n"
        "  - id: M1.1.3\n    titel: Dritte\n    beschreibung: |\n      Eins\n      zwei\n    mitwirkung: [a]\n"
        "    zeitraum: {von: 2027, bis: 2028}\n    meilensteine:\n      - {termin: Q1 2027, titel: Eins}\n",
    ),
    Case(
        "measure removed",
        (Edit(at(measure="M1.1.2"), REMOVE),),
        SHEET[SHEET.index("  - id: M1.1.2") : SHEET.index("# Ende")],
        "",
    ),
    Case(
        "several at once",
        (Edit(at("titel"), "Neu"), Edit(at("mitwirkung"), REMOVE), Edit(at("entscheidung"), ["r"])),
        SHEET[SHEET.index("Alt") : SHEET.index("    # Zeitraum")],
        SHEET[SHEET.index("Alt") : SHEET.index("    # Zeitraum")]
        .replace("Alt", "Neu")
        .replace("    mitwirkung: [a, b]  # wer\n", "    entscheidung: [r]\n"),
    ),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "bom"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_else_changes(case: Case, mark: str, newline: str) -> None:
    assert SHEET.count(case.before) == 1
    found = change((mark + SHEET).replace("\n", newline), case.changes, StrandFile)
    assert found == (mark + SHEET.replace(case.before, case.after)).replace("\n", newline)


def test_file_without_line_end() -> None:
    text = "begriffe:\n  - id: a"
    assert change(text, [Insertion(("begriffe",), {"id": "b"})]) == "begriffe:\n  - id: a\n  - id: b"
    assert change(text, [Edit(("begriffe", 0, "wort"), "w")]) == "begriffe:\n  - id: a\n    wort: w"


def test_of_two_equal_items_the_right_one_changes() -> None:
    text = "l:\n  - a # 1\n  - a # 2\n  - a # 3\n"
    assert change(text, [Edit(("l", 0), "b")]) == text.replace("a # 1", "b # 1")
    assert change(text, [Edit(("l", 2), "b")]) == text.replace("a # 3", "b # 3")


def test_json_stays_json() -> None:
    text = '{"ziele": [{"id": "Z1.1", "titel": "a"}]}'
    changes: list[Change] = [
        Edit(("ziele", 0, "titel"), 'b "c"'),
        Edit(("ziele", 0, "liste"), ["x"]),
        Insertion(("ziele",), {"id": "Z1.2"}),
    ]
    expected = '{"ziele": [{"id": "Z1.1", "titel": "b \\"c\\"", "liste": ["x"]}, {"id": "Z1.2"}]}'
    assert change(text, changes) == expected


@pytest.mark.parametrize(
    ("text", "edit", "line"),
    [
        ("a: &x [b]\nc: *x\n", Edit(("a",), ["d"]), 1),
        ("a: &x [b]\nc: *x\n", Edit(("c",), ["d"]), 2),
        ("a: &x [b]\nc: *x\n", Edit(("a",), REMOVE), 1),
        ("a: &x {b: c}\nd: *x\n", Edit(("d", "b"), "e"), 2),
        ("l:\n  - &x a\n  - b\nm: *x\n", Edit(("l", 0), REMOVE), 2),
        ("a: 1\na: 2\nb: 3\n", Edit(("b",), "4"), 1),
        ("a: [b, # wer\n  c]\n", Edit(("a",), ["b"]), 1),
    ],
)
def test_what_others_share_is_left_alone(text: str, edit: Edit, line: int) -> None:
    with pytest.raises(Unspliceable) as caught:
        change(text, [edit])
    assert caught.value.line == line
    assert caught.value.message.endswith(".")


def test_a_place_that_is_not_there_is_named() -> None:
    with pytest.raises(Unspliceable, match=r"massnahmen, M9\.9\.9"):
        change(SHEET, [Edit(at("titel", measure="M9.9.9"), "x")])
    with pytest.raises(Unspliceable, match=r"massnahmen, M1\.1\.1, dauer"):
        locate_entry(SHEET, at("dauer"))


def test_an_alias_elsewhere_does_no_harm() -> None:
    assert change("a: &x [b]\nc: *x\nd: e\n", [Edit(("d",), "f")]) == "a: &x [b]\nc: *x\nd: f\n"


def test_a_key_is_found_with_its_value() -> None:
    start, end = locate_entry("\ufeff" + SHEET, at("meilensteine", 1, "titel"))
    assert ("\ufeff" + SHEET)[start:end] == 'titel: "Zwei, drei"'
