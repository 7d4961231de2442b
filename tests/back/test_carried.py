"""What is edited in parts that are made from the data counts where it says one thing for certain; else it is told."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence

import pytest

from pipeline.content.yaml_nodes import Plain
from pipeline.merge.differences.carried import carry
from pipeline.merge.differences.generated import GeneratedEdit
from pipeline.merge.differences.matrix_roles import Roles, UncertainError, roles_after
from pipeline.merge.docx.open import open_docx
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Change, Fate
from pipeline.merge.prepare import read_edited
from pipeline.merge.why import Reason
from pipeline.ooxml.elements import Element, q, remove, text, w
from schema.vocabulary import Role
from tests.back.draft import Draft, plain
from tests.back.edit_cases import Desk
from tests.building import Built

MATRIX, TASKS = "Rat der Stadt Lindenmark R", "erledigt · Frist · Meilenstein"
Cells = tuple[str, str, str, str]
"""A head of the table, how a row begins, the head of the column, what is typed there."""


def type_in(draft: Draft, head: str, row: str, column: str, typed: str) -> None:
    """Types something in place of a cell's words, in the last table that has such a head and row."""
    for table in reversed(list(draft.body.iter(q("tbl")))):
        rows = [[*found.findall(q("tc"))] for found in table.findall(q("tr"))]
        heads = [plain(cell) for cell in rows[0]]
        if head in heads and column in heads:
            for cells in rows:
                if len(cells) == len(heads) and " ".join(map(plain, cells)).startswith(row):
                    _fill(cells[heads.index(column)], typed)
                    return
    raise LookupError((head, row, column))


def _fill(cell: Element, typed: str) -> None:
    paragraph, *others = cell.findall(q("p"))
    for other in [*others, *paragraph.iter(q("r"))]:
        remove(other)
    for number, line in enumerate(typed.split("\n")):
        paragraph.append(w("r", *([w("br")] if number else []), text(line)))


def typed(data: bytes, cells: Sequence[Cells]) -> bytes:
    draft = Draft(data)
    for cell in cells:
        type_in(draft, *cell)
    return draft.to_bytes()


CERTAIN: Sequence[Cells] = (
    (MATRIX, "1.1.2", "Stadtsportbund V", "m"),
    (MATRIX, "2.1.1", "Gewerbering Lindenmark e. V. B", ""),
    (MATRIX, "3.1.2", "Stadtwerke Lindenmark GmbH B", "I"),
    (TASKS, "2.1.2", TASKS, "☑ Q3 2027 Erste Liste übergeben"),
    (TASKS, "1.1.1", TASKS, "☐ Okt. 2027 Liste steht im Netz\n☐ 2028 Zwölf Räume vermittelt"),
    ("Zeitraum", "3.1.1", "Zeitraum", "Q2 2028 – Q4 2029"),
    ("Zeitraum", "3.1.1", "Meilensteine", "Q3 2028: Erste zehn Betriebe; Q4 2029: 80 Betriebe"),
    ("Erhebung", "2.1 Sicher", "Ausgangswert", "3\nQ4 2026"),
    ("Erhebung", "2.1 Sicher", "Zielwert", "mindestens 8\nbis Juni 2029"),
)
UNCERTAIN: Sequence[Cells] = (
    (MATRIX, "1.1.1", "Stadtsportbund V", "F"),
    (MATRIX, "1.1.1", "Gewerbering Lindenmark e. V. B", "F"),
    (MATRIX, "2.1.2", "Stadtsportbund V", "M?"),
    (MATRIX, "3.1.1", "Stadtwerke Lindenmark GmbH B", ""),
    (TASKS, "3.2.2", TASKS, "☐ Q3 2027 Erste Auswertung liegt vor"),  # another title is none of the list's
    ("Strang", "2.1.1", "Maßnahme", "Sechs Übergänge bauen"),
)


def test_what_is_certain_goes_where_it_belongs(build_once: Callable[[str], Built]) -> None:
    built = build_once("small")
    outcome = merge(MergeRequest([("a.docx", typed(built.file(".docx").read_bytes(), CERTAIN))], built.outcome.sources))
    changed = [
        line.replace("  ", "").replace("+ - ", "+ ").replace("+- ", "+ ")
        for path, data in outcome.sources.items()
        for line in difflib.ndiff(built.outcome.sources[path].decode().splitlines(), data.decode().splitlines())
        if line.startswith("+ ")
    ]
    assert sorted(changed) == [
        "+ information: [handwerk]",
        "+ information: [{akteur: stadtwerke, beitrag: 'messen den Verbrauch, z.B. im Winter'}]",
        "+ meilensteine: [{termin: Q3 2027, titel: Erste Liste übergeben, ergebnis: erreicht}]",
        "+ meilensteine: [{termin: Q3 2028, titel: Erste zehn Betriebe}, {termin: Q4 2029, titel: 80 Betriebe}]",
        "+ mitwirkung: [handwerk, stadtsportbund]",
        "+ zeitraum: {von: Q2 2028, bis: Q4 2029}",
        "+ {name: Gesicherte Übergänge, ausgangswert: 3, datum: Q4 2026, zielwert: 8, zieldatum: 2029-06}",
        "+ {termin: 2027-10, titel: Liste steht im Netz}",
    ]
    (file,) = outcome.files
    told = {
        f"{entry.place}: {entry.reason}"
        for entry in file.entries
        if isinstance(entry, Change) and entry.fate is Fate.TAKEN
    }
    assert "Maßnahme 1.1.2, Mitwirkung: So steht es in der Zuständigkeitsmatrix." in told
    assert "Maßnahme 2.1.2, Meilensteine: So steht es unter „Fahrradverein ‚Rückenwind‘“." in told
    assert len(told) == len(file.entries)  # and nothing else is told of these cells


_NO_LEAD = (
    "Ohne dieses F hat die Maßnahme keine Federführung; bitte ein F bei der Stelle eintragen, die nun führt, oder im "
    "Steckbrief 3.1.1 „offen“."
)


def test_what_is_not_certain_says_why(build_once: Callable[[str], Built]) -> None:
    desk = Desk(build_once("small").file(".docx").read_bytes())
    read = read_edited(open_docx(typed(desk.data, UNCERTAIN), "a.docx")).reading
    comparison = desk.compared(read)
    assert comparison.values == ()
    told = [(edit.after, edit.why.code, edit.why.sentence) for edit in comparison.generated]
    two = "Hier stehen zwei neue F; genau eine Stelle führt. Bitte im Steckbrief 1.1.1 eintragen, welche."
    assert told[:4] == [
        ("F", Reason.AMBIGUOUS, two),
        ("F", Reason.AMBIGUOUS, two),
        (
            "M?",
            Reason.AMBIGUOUS,
            "Das ist keine Rolle: Möglich ist F, E, M oder I, oder nichts; bitte im Steckbrief 2.1.2 eintragen.",
        ),
        (
            "",
            Reason.AMBIGUOUS,
            _NO_LEAD,
        ),
    ]
    assert {code for _, code, _ in told[4:]} == {Reason.GENERATED}
    assert len(told) == len(UNCERTAIN)


def test_what_was_open_may_be_filled_where_it_is_listed(build_once: Callable[[str], Built]) -> None:
    desk = Desk(build_once("shipped").file(".docx").read_bytes())
    cells: Sequence[Cells] = (
        ("Erhebung", "1.3 Betriebe in den", "Ausgangswert", "12 Betriebe im Jahr (2026)"),
        ("Beschluss", "1.1.1", "Zusage der Federführung", "☑ 24.11.2026"),
        ("Beschluss", "1.1.2", "Finanzierung", "Haushalt 100 % (beantragt)"),
        ("Beschluss", "1.3.1", "Finanzierung", "☑ offen"),  # nobody knows what holds now
    )
    came = desk.came(typed(desk.data, cells))
    assert [line for lines in came["quellen"].values() for line in lines if line[0] == "+"] == [
        "+        ausgangswert: 12",
        "+        datum: 2026",
        "+    zusagen:",
        "+      - {akteur: wirtschaftsfoerderung, datum: 2026-11-24}",
    ]
    assert came["gemeldet"] == [
        "erzeugt, Was den Maßnahmen fehlt: ☐ offen → Haushalt 100 % (beantragt)",  # a source is named, its state is not
        "erzeugt, Was den Maßnahmen fehlt: ☐ offen → ☑ offen",
    ]


HELD: Mapping[str, Plain] = {
    "federfuehrung": "amt",
    "mitwirkung": ["ring", {"akteur": "werk", "beitrag": "misst"}],
    "information": ["rat"],
}


def test_roles_follow_the_letters() -> None:
    assert roles_after(HELD, [("ring", "F")]) == Roles(
        {Role.LEAD: {"ring": ""}, Role.PARTICIPATION: {"werk": "misst", "amt": ""}}, ("amt",)
    )
    assert roles_after(HELD, [("ring", "F"), ("amt", "I")]) == Roles(
        {Role.LEAD: {"ring": ""}, Role.PARTICIPATION: {"werk": "misst"}, Role.INFORMATION: {"rat": "", "amt": ""}}
    )
    assert roles_after(HELD, [("werk", "e")]) == Roles(
        {Role.DECISION: {"werk": "misst"}, Role.PARTICIPATION: {"ring": ""}}
    )
    assert roles_after(HELD, [("rat", "–")]) == Roles({Role.INFORMATION: {}})


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([("ring", "F"), ("werk", "F")], "zwei neue F"),
        ([("amt", "")], "keine Federführung"),
        ([("ring", "F/M")], "keine Rolle"),
        ([("ring", "E"), ("ring", "I")], "an zwei Stellen verschieden"),
    ],
)
def test_what_is_not_certain_is_refused(cells: Sequence[tuple[str, str]], told: str) -> None:
    with pytest.raises(UncertainError, match=told):
        roles_after(HELD, cells)


# --- two lists that show the same milestones ----------------------------------------------------------------------

OPEN = "☐ Sep. 2027 Liste steht im Netz\n☐ 2028 Zwölf Räume vermittelt"
FIRST_DONE = "☑ Sep. 2027 Liste steht im Netz\n☐ 2028 Zwölf Räume vermittelt"
LAST_DONE = "☐ Sep. 2027 Liste steht im Netz\n☑ 2028 Zwölf Räume vermittelt"
LINES = ("September 2027\tListe steht im Netz", "2028\tZwölf Räume vermittelt")
DONE = tuple(f"{line} – erreicht" for line in LINES)
MOVED = (
    "Meilensteine",
    "September 2027: Liste steht im Netz; 2028: Zwölf Räume vermittelt",
    "September 2027: Liste steht im Netz; 2029: Zwölf Räume vermittelt",
)


@pytest.mark.parametrize(
    ("typed", "asked", "left"),
    [
        ([(TASKS, OPEN, FIRST_DONE), (TASKS, OPEN, FIRST_DONE)], [(DONE[0], LINES[1])], 0),
        ([(TASKS, OPEN, FIRST_DONE), (TASKS, OPEN, LAST_DONE)], [DONE], 0),
        ([(TASKS, OPEN, FIRST_DONE), (TASKS, OPEN, OPEN.replace("Räume", "Läden"))], [(DONE[0], LINES[1])], 1),
        ([(TASKS, OPEN, OPEN.replace("Sep.", month)) for month in ("Okt.", "Nov.")], [], 2),
        ([(TASKS, OPEN, FIRST_DONE), MOVED, (TASKS, OPEN, OPEN.replace("Räume", "Läden"))], [], 3),
    ],
)
def test_two_lists_may_say_the_same_or_add_to_each_other(
    build_once: Callable[[str], Built],
    typed: Sequence[tuple[str, str, str]],
    asked: Sequence[Sequence[str]],
    left: int,
) -> None:
    desk = Desk(build_once("small").file(".docx").read_bytes())
    edits = [
        GeneratedEdit(f"Liste {number}", before, after, row="1.1.1 Zwischennutzung vermitteln", column=column)
        for number, (column, before, after) in enumerate(typed)
    ]
    carried = carry((), edits, desk.reader.side(desk.own).units, desk.base.sources)
    assert [edit.after for edit in carried.values] == [tuple(lines) for lines in asked]
    assert len(carried.left) == left
