"""Two editors of the workbook, and one of it beside one of the Word file: both arrive, or a conflict is shown."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from pipeline.content.read import read
from pipeline.fields.names import PlanNames
from pipeline.merge.apply import carry_out
from pipeline.merge.differences.compare import Comparison, Reader
from pipeline.merge.docx.open import open_docx
from pipeline.merge.prepare import read_edited, read_own
from pipeline.merge.rebuild import Rebuilds, rebuild
from pipeline.merge.sources import Sources
from pipeline.merge.threeway import join
from pipeline.merge.xlsx.book import book_base, read_book
from pipeline.merge.xlsx.open import open_xlsx
from tests.back.book_cases import TAKEN, Edit
from tests.back.edit_cases import Case, Desk
from tests.back.test_workbook import SMALL, edited, made_book
from tests.building import Built

pytestmark = pytest.mark.usefixtures("made_once")

RIVALS: dict[str, list[Edit]] = {
    "a rival title": [("Maßnahmen", "M1.1.2", "Titel", "Schaufenster anders gestalten")],
    "a rival priority": [("Maßnahmen", "M1.1.1", "Priorität", "niedrig")],
}
NAMES = (
    "a title",
    "a text, and a paragraph more",
    "one of several milestones",
    "a value chosen",
    "an indicator's baseline",
    "a goal's short title",
    "a letter in the matrix",
    "a field of the plan's own",
    "another priority",
    "a span that goes on",
    "two actors with a semicolon",
    "another amount",
    "a commitment more",
)
EDITS = {name: TAKEN[name][0] for name in NAMES} | RIVALS
AGAINST = {frozenset(("a title", "a rival title")), frozenset(("another priority", "a rival priority"))}
BASE = Sources(read(SMALL).files)


class Books:
    """The small plan's workbook in the hands of one editor after another; its base is read once."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        found = book_base(open_xlsx(data, "a.xlsx"), "a.xlsx", Rebuilds(BASE, {}), BASE.files, None)
        self.found = replace(found, base=replace(found.base, sources=BASE))
        self.reader = Reader(self.found.base)
        self.before = self.reader.side(read_own(self.found.base))
        plan = rebuild(BASE, {}).checked.plan
        assert plan is not None
        self.names = PlanNames.of(plan)

    def after(self, edits: Sequence[Edit]) -> Sources:
        """The sources after one editor's edits."""
        prepared = read_book(open_xlsx(edited(self.data, edits), "a.xlsx"), self.found)
        comparison = Comparison(self.found.base, self.before, self.reader.side(prepared.reading))
        made = carry_out(comparison, self.names)
        assert made.sources.files != BASE.files
        assert made.refusals == ()
        return made.sources


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """What all edits have in common is made once."""
    return Books(made_book(tmp_path_factory.mktemp("mappe")))


@pytest.fixture(scope="module")
def alone(books: Books) -> Mapping[str, Sources]:
    """The sources after each edit by itself."""
    return {name: books.after(edits) for name, edits in EDITS.items()}


def changes(after: Sources) -> Counter[str]:
    """The lines that are gone and new."""
    found = Counter[str]()
    for path, data in after.files.items():
        if data == BASE.files[path]:
            continue
        lines = difflib.ndiff(BASE.files[path].decode().splitlines(), data.decode().splitlines())
        found.update(line for line in lines if line[0] in "+-")
    return found


def test_two_editors_of_workbooks(alone: Mapping[str, Sources]) -> None:
    """In every pair of fifteen, whoever comes first."""
    told = {name: changes(after) for name, after in alone.items()}
    assert len(alone) == 15
    for pair in combinations(alone, 2):
        for one, two in (pair, pair[::-1]):
            joined = join(BASE, alone[one], alone[two])
            if frozenset(pair) in AGAINST:
                assert len(joined.conflicts) == 1, pair
                assert changes(joined.sources) == told[one], pair
            else:
                assert joined.conflicts == (), pair
                assert changes(joined.sources) == told[one] + told[two], pair


IN_WORD = {
    "Titel": (("heading", "Schaufenster gemeinsam", "Fenster gemeinsam"),),
    "Priorität": (("set", "1.1.2 Schaufenster", "Priorität", "hoch"),),
    "Indikator": (("set", "1.1.2 Schaufenster", "Indikator", "Zahl der Fenster"),),
    "Beschreibung": (("replace", "Leere Schaufenster zeigen", "Leere Fenster zeigen"),),
    "Aufwand": (("set", "1.1.2 Schaufenster", "Aufwand", "7.000 Euro jährlich"),),
}
IN_BOOK = {
    "Titel": "Läden gemeinsam gestalten",
    "Priorität": "mittel",
    "Indikator": "Besuche",
    "Beschreibung": "Volle Schaufenster zeigen, was in Lindenmark hergestellt wird.",
    "Aufwand": "8.000 Euro jährlich",
}
KEYS = {
    "Titel": "titel",
    "Priorität": "prioritaet",
    "Indikator": "indikator",
    "Beschreibung": "beschreibung",
    "Aufwand": "aufwand",
}
THE_SAME = {"Priorität": "hoch", "Indikator": "Zahl der Fenster", "Aufwand": "7.000 Euro jährlich"}


def test_word_and_workbook_of_one_measure(build_once: Callable[[str], Built], books: Books) -> None:
    """Each field of the Word file beside each of the workbook."""
    desk, words = Desk(build_once("small").file(".docx").read_bytes()), {}
    for field, operations in IN_WORD.items():
        draft = desk.draft(Case("", operations, {}, []))
        comparison = desk.compared(read_edited(open_docx(draft, "a.docx")).reading)
        words[field] = carry_out(comparison, desk.names).sources
    cells, same = (
        {field: books.after([("Maßnahmen", "M1.1.2", field, text)]) for field, text in texts.items()}
        for texts in (IN_BOOK, THE_SAME)
    )
    for field, word in words.items():
        for other, cell in cells.items():
            joined = join(BASE, word, cell)
            assert [item.name for item in joined.conflicts] == ([f"M1.1.2/{KEYS[field]}"] if field == other else [])
            if field != other:
                assert changes(joined.sources) == changes(word) + changes(cell), (field, other)
    for field, cell in same.items():
        joined = join(BASE, words[field], cell)
        assert (joined.conflicts, joined.sources.files) == ((), words[field].files), field
