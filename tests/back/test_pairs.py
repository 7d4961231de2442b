"""Two editors of one file, and sources that went on meanwhile: both edits arrive, or a conflict is shown.

What both edits together should give is told by the file in which one editor made both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import combinations
from pathlib import PurePosixPath

import pytest

from pipeline.merge.apply import carry_out
from pipeline.merge.diff.diff3 import Merged, merge
from pipeline.merge.docx.open import open_docx
from pipeline.merge.prepare import read_edited
from pipeline.merge.sources import Sources
from pipeline.merge.threeway import join
from tests.back.cut import CutPlan
from tests.back.edit_cases import Case, Desk, cases
from tests.building import Built

OF_TEXTS = (
    "ein Wort geändert",
    "ein Wort eingefügt",
    "ein Satz gelöscht",
    "alle Wörter eines Absatzes",
    "ein Absatz eingefügt",
    "ein Absatz gelöscht",
    "ein Absatz geteilt",
    "ein Absatz verschoben",
    "eine Überschrift eine Ebene tiefer",
    "ein Listenpunkt eingefügt",
    "ein Listenpunkt gelöscht",
    "Wörter fett",
    "eine neue Fußnote",
    "Wort in einer Fußnote",
    "eine Zelle geändert",
    "eine Zeile eingefügt",
)
OF_DATA = ("Status", "Termin eines Meilensteins", "Meilenstein ergänzt", "Mitwirkung ergänzt")
NAMES = OF_TEXTS + OF_DATA
TOGETHER = {"texte": OF_TEXTS, "daten": OF_DATA, "beides": NAMES}
"""The edits that two editors make in a plan cut so; where both stand, only pairs of a text and a datum: in this cut a
new point of the list gets a blank line before it, in which another editor's deletion of the point above is not seen.
"""
MEANWHILE = (
    ("texte/einleitung.md", "sichere Wege", "sichere Straßen"),
    ("texte/einleitung.md", "> Ein Zitat, das für sich steht.\n>\n", ""),
    ("texte/ablauf.md", "Der Plan läuft vier Jahre.", "Der Plan läuft fünf Jahre."),
    ("rathaus/massnahmen.yaml", "status: in_umsetzung", "status: beschlossen"),
    ("rathaus/massnahmen.yaml", "titel: Zwölf Räume vermittelt", "titel: Elf Räume vermittelt"),
)


Files = tuple[tuple[PurePosixPath, bytes], ...]


class Editors:
    """The table's edits, each carried out once."""

    def __init__(self, desk: Desk, names: tuple[str, ...]) -> None:
        self.desk = desk
        self.by_name = {case.name: case for case in cases()}
        self.base = desk.base.sources
        self.in_order: dict[tuple[str, str], Sources] = {}
        self.alone = {name: self.carried_out(self.by_name[name].operations) for name in names}

    def carried_out(self, operations: tuple[tuple[str, ...], ...]) -> Sources:
        """The sources after one editor's operations. Raises LookupError where the second does not find its words."""
        draft = self.desk.draft(Case("", operations, {}, []))
        comparison = self.desk.compared(read_edited(open_docx(draft, "paar.docx")).reading)
        return carry_out(comparison, self.desk.names).sources

    def together(self, one: str, two: str) -> Iterator[Files]:
        """What both edits by one hand give, in either order; nothing where one takes away what the other needs."""
        files = [self.changed(name) for name in (one, two)]
        if not files[0].keys() & files[1].keys():
            yield frozen(Sources({**self.base.files, **files[0], **files[1]}))
            return
        for names in ((one, two), (two, one)):
            with suppress(LookupError):
                yield frozen(self.both(names))

    def both(self, names: tuple[str, str]) -> Sources:
        """The sources after two edits by one hand; read once for each order. Raises as `carried_out`."""
        if names not in self.in_order:
            self.in_order[names] = self.carried_out(
                tuple(item for name in names for item in self.by_name[name].operations)
            )
        return self.in_order[names]

    def changed(self, name: str) -> dict[PurePosixPath, bytes]:
        """The files that an edit changes."""
        files = self.alone[name].files
        return {path: data for path, data in files.items() if data != self.base.files[path]}


def frozen(sources: Sources) -> Files:
    """Sources to compare."""
    return tuple(sorted(sources.files.items()))


EditorsOf = Callable[[str], Editors]


@pytest.fixture(scope="module")
def editors_of(
    pytestconfig: pytest.Config, build_once: Callable[[str], Built], cut: Callable[[str], CutPlan]
) -> EditorsOf:
    """The edits of the small plan's Word file, cut as said; in a long run of the whole one."""
    whole = pytestconfig.getoption("every_case")

    def data(plan: str) -> bytes:
        return build_once("small").file(".docx").read_bytes() if whole else cut(plan).data

    return cache(lambda plan: Editors(Desk(data(plan)), TOGETHER[plan]))


@pytest.fixture(scope="module")
def editors(editors_of: EditorsOf) -> Editors:
    """All edits of one file."""
    return editors_of("beides")


@pytest.mark.parametrize("plan", TOGETHER)
def test_two_editors_one_after_the_other(pytestconfig: pytest.Config, editors_of: EditorsOf, plan: str) -> None:
    """Of many pairs of edits every third, in which each edit meets others of every kind; all of them in a long run."""
    editors, names = editors_of(plan), TOGETHER[plan]
    met = (
        pair for pair in combinations(names, 2) if plan != "beides" or (pair[0] in OF_TEXTS) != (pair[1] in OF_TEXTS)
    )
    pairs = list(met)[-1 :: -1 if pytestconfig.getoption("every_case") or names == OF_DATA else -3]
    assert {*names} == {name for pair in pairs for name in pair}
    wrong, conflicts = [], 0
    for one, two in pairs:
        for first, second in ((one, two), (two, one)):
            joined = join(editors.base, editors.alone[first], editors.alone[second])
            if joined.conflicts:
                conflicts += 1
            elif frozen(joined.sources) not in editors.together(one, two):
                wrong.append((first, second))
    assert wrong == []
    assert conflicts < len(NAMES) * (len(NAMES) - 1) / 10  # most edits have nothing to do with each other


@pytest.mark.parametrize(("file", "old", "new"), MEANWHILE, ids=lambda value: str(value)[:30])
def test_sources_that_went_on_meanwhile(editors: Editors, file: str, old: str, new: str) -> None:
    path = PurePosixPath(file)
    now = editors.base.text(path).replace(old, new, 1)
    assert now != editors.base.text(path)
    ours = editors.base.with_text(path, now)
    for name, theirs in editors.alone.items():
        joined = join(editors.base, ours, theirs)
        back = join(editors.base, theirs, ours)
        assert bool(joined.conflicts) == bool(back.conflicts), name
        if not joined.conflicts:
            assert frozen(joined.sources) == frozen(back.sources), name
            assert joined.sources.files != editors.base.files, name


def test_the_same_edit_twice_is_one(editors: Editors) -> None:
    for name, theirs in editors.alone.items():
        joined = join(editors.base, theirs, theirs)
        assert (frozen(joined.sources), joined.conflicts) == (frozen(theirs), ()), name


def test_what_both_wrote_comes_once_also_beside_what_one_of_them_wrote() -> None:
    base = "Eins.\n\nZwei.\n\nDrei.\n\nVier.\n"
    theirs = base.replace("Zwei.", "Neu.\n\nZwei.")
    ours = theirs.replace("Drei.", "Mehr.\n\nDrei.")
    assert merge(base, ours, theirs) == merge(base, theirs, ours) == Merged(ours, ())


def test_what_is_there_already_comes_once_also_where_its_neighbour_changed_meanwhile() -> None:
    base = "- Eins.\n\nZwei.\n"
    theirs = base.replace("Zwei.", "Neu.\n\nZwei.")
    ours = theirs.replace("- Eins.", "1. Eins.")
    assert merge(base, ours, theirs) == Merged(ours, ())


def test_a_line_like_another_that_was_there_is_a_new_one() -> None:
    base = "| a | b |\n|---|---|\n| – | – |\nEins.\n| c | d |\n"
    theirs = base.replace("| c | d |\n", "| c | d |\n| – | – |\n")
    ours = base.replace("Eins.", "Zwei.")
    assert merge(base, ours, theirs).text == theirs.replace("Eins.", "Zwei.")


def test_the_same_change_in_another_place_is_another_change() -> None:
    base = "# Eins\n\n- gut\n- alt\n- lang\n\n# Zwei\n\n- gut\n- alt\n- lang\n"
    theirs = base.replace("- alt", "- neu", 1)
    ours = "# Zwei".join(
        part.replace("- alt", "- neu") if last else part for last, part in enumerate(base.split("# Zwei"))
    )
    assert merge(base, ours, theirs) == merge(base, theirs, ours) == Merged(base.replace("- alt", "- neu"), ())


def test_the_same_word_changed_in_two_ways_is_a_conflict(editors: Editors) -> None:
    one, two = (editors.carried_out((("replace", "hat sich", words),)) for words in ("hatte sich", "habe sich"))
    (conflict,) = join(editors.base, one, two).conflicts
    assert ("hatte sich" in conflict.ours, "habe sich" in conflict.theirs) == (True, True)


@pytest.mark.parametrize("order", [1, -1])
def test_one_takes_away_what_the_other_moved(editors: Editors, order: int) -> None:
    sides = [editors.alone["ein Absatz gelöscht"], editors.alone["ein Absatz verschoben"]][::order]
    joined = join(editors.base, *sides)
    assert joined.conflicts
    assert frozen(joined.sources) == frozen(sides[0])  # what stands in the sources stays


def test_both_move_the_same_to_different_places(editors: Editors) -> None:
    one = editors.alone["ein Absatz verschoben"]
    two = editors.carried_out((("move", "Ein Zitat, das", "Er betont"),))
    joined = join(editors.base, one, two)
    assert joined.conflicts
    assert frozen(joined.sources) == frozen(one)


def test_two_new_milestones_both_arrive(editors: Editors) -> None:
    lines = ("September 2027Liste steht im Netz", "2028Zwölf Räume vermittelt")
    one, two = (
        editors.carried_out((("set", "1.1.1 Zwischen", "Meilensteine", *lines, new),))
        for new in ("2029 Dreißig Räume", "2030 Vierzig Räume")
    )
    joined = join(editors.base, one, two)
    text = joined.sources.text(PurePosixPath("rathaus/massnahmen.yaml"))
    assert (joined.conflicts, "Dreißig" in text, "Vierzig" in text) == ((), True, True)


def copied(title: str, *more: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """A new measure as somebody makes it: a sheet copied and given another title."""
    return (("copy_sheet", "3.1.1 Betriebe", f"3.1.1 {title}"), *more)


def test_a_new_measure_comes_once_however_often_its_file_comes(editors: Editors) -> None:
    new = editors.carried_out(copied("Betriebe vernetzen"))
    again = join(editors.base, new, new)
    assert (frozen(again.sources), again.conflicts) == (frozen(new), ())


def test_two_new_measures_get_two_numbers(editors: Editors) -> None:
    first, second = (editors.carried_out(copied(title)) for title in ("Betriebe vernetzen", "Betriebe beraten"))
    for _ in range(2):  # the second file comes twice
        joined = join(editors.base, first, second)
        titles = {name: item.data["titel"] for name, item in joined.sources.entities.items() if name[:5] == "M3.1."}
        assert joined.conflicts == ()
        assert titles["M3.1.3"] == "Betriebe vernetzen"
        assert titles["M3.1.4"] == "Betriebe beraten"
        assert len(titles) == 4
        assert joined.numbers == {"M3.1.3": "M3.1.4"}
        first = joined.sources


def test_a_new_measure_that_was_changed_since_is_a_conflict_about_what_differs(editors: Editors) -> None:
    new = editors.carried_out(copied("Betriebe vernetzen"))
    file = new.entities["M3.1.3"].file
    head, tail = new.text(file).split("id: M3.1.3", 1)
    now = new.with_text(file, f"{head}id: M3.1.3{tail.replace('30 Betriebe', '40 Betriebe', 1)}")
    joined = join(editors.base, now, new)
    assert frozen(joined.sources) == frozen(now)
    (conflict,) = joined.conflicts
    assert (conflict.name, "40 Betriebe" in conflict.ours, "30 Betriebe" in conflict.theirs) == (
        "M3.1.3/beschreibung",
        True,
        True,
    )


def lines(base: str, ours: str, theirs: str) -> tuple[str, list[str]]:
    """A text with both edits, and what their conflicts are about."""
    joined = join(*(Sources({TEXT: text.encode()}) for text in (base, ours, theirs)))
    return joined.sources.files[TEXT].decode(), [conflict.base for conflict in joined.conflicts]


TEXT = PurePosixPath("texte/a.md")
FOUR = "# A\n\nEins ist da.\n\nZwei ist da.\n\nDrei ist da.\n\nVier ist da.\n"


@pytest.mark.parametrize("edited", [FOUR.replace("da.\n\nDrei", "dort.\n\nDrei"), f"{FOUR}\nFünf kommt.\n"])
@pytest.mark.parametrize("crlf", ["ours", "others"])
def test_sources_whose_lines_end_otherwise_by_now_take_the_edit(edited: str, crlf: str) -> None:
    texts = [FOUR, FOUR, edited]
    windows = [
        text.replace("\n", "\r\n") if (number == 1) == (crlf == "ours") else text for number, text in enumerate(texts)
    ]
    assert lines(*windows) == (edited.replace("\n", "\r\n") if crlf == "ours" else edited, [])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_one_took_away_does_not_come_back_because_the_other_moved_it(newline: str) -> None:
    gone = FOUR.replace("Zwei ist da.\n\n", "")
    texts = [text.replace("\n", newline) for text in (FOUR, gone, f"{gone}\nZwei ist da.\n")]
    text, conflicts = lines(*texts)
    assert ("Zwei" in text, conflicts) == (False, ["Zwei ist da."])
