"""Own fields of a plan come back from Word: one edit of each type, what cannot be read, and a sheet copied anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import pytest
import yaml

from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Fate, FileOutcome
from pipeline.parts.assemble import assemble
from pipeline.word.build import write_docx
from tests.back.draft import Draft
from tests.own_fields import VALUES, maker
from tests.plan_strategies import Entry, write

pytestmark = pytest.mark.usefixtures("made_once")

FILE = PurePosixPath("stadt/massnahmen.yaml")


class Desk:
    """The plan and its Word file, merged again and again."""

    def __init__(self, folder: Path) -> None:
        made = maker(folder)
        write(made.files, folder)
        self.source = read(folder)
        checked = validate(self.source)
        assert checked.plan is not None
        document = assemble(checked.plan, checked.texts, digest=self.source.digest, open_points=checked.open_points)
        self.data = write_docx(document, self.source.pictures, self.source.files).data

    def merged(self, *operations: Sequence[str]) -> tuple[FileOutcome, list[Entry]]:
        """What became of an edit, and the measures of the changed sources."""
        draft = Draft(self.data)
        draft.edit(operations)
        outcome = merge(MergeRequest((("anna.docx", draft.to_bytes()),), dict(self.source.files)))
        text = outcome.sources.get(FILE, self.source.files[FILE])
        measures: list[Entry] = yaml.load(text, yaml.BaseLoader)["massnahmen"]
        return outcome.files[0], measures


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("content"))


FIRST, SECOND = "1.1.1", "1.1.2"
EDITS = {
    "ansprechstelle": (("Ansprechstelle", "Zimmer 14"), "Zimmer 14"),
    "stufe": (("Stufe", "Stufe 2, oben"), "Stufe 2, oben"),
    "wirkt_auf": (("Wirkt auf", "Mitte", "Süd"), ["Mitte", "Süd"]),
    "flaeche": (("Fläche", "1.250,5 Hektar"), "1250.5"),
    "kosten": (("Kosten im Jahr", "20.000 €"), "20000"),
    "beginn": (("Baubeginn", "2. Quartal 2028"), "Q2 2028"),
    "foerderfaehig": (("Förderfähig", "Nein"), "nein"),
    "beirat": (("Beirat", "Werk, Land"), ["werk", "land"]),
    "orte": (("Orte", "Markt", "Wall"), ["Markt", "Wall"]),
}


def test_an_edit_of_each_type_comes_back(desk: Desk) -> None:
    edits = [("set", FIRST, *shown) for shown, _ in EDITS.values()]
    outcome, (first, second) = desk.merged(*edits, ("replace", "Weniger Leerstand", "Kein Leerstand"))
    assert len(outcome.changes(Fate.TAKEN)) == len(EDITS) + 1 == len(VALUES)
    assert {name: first[name] for name in EDITS} == {name: wanted for name, (_, wanted) in EDITS.items()}
    assert first["nutzen"] == VALUES["nutzen"].replace("Weniger", "Kein")
    assert not set(VALUES) & set(second)


def test_what_was_open_is_filled_in_and_what_was_there_is_taken_away(desk: Desk) -> None:
    outcome, (first, second) = desk.merged(
        ("set", SECOND, "Ansprechstelle", "Zimmer 3"),
        ("set", SECOND, "Fläche", "7"),
        ("set", SECOND, "Förderfähig", "ja"),
        ("set", FIRST, "Ansprechstelle", "offen"),
        ("set", FIRST, "Fläche", "–"),
        ("set", FIRST, "Stufe", "–"),
    )
    assert len(outcome.changes(Fate.TAKEN)) == 6
    assert {name: second[name] for name in set(VALUES) & set(second)} == {
        "ansprechstelle": "Zimmer 3",
        "flaeche": "7",
        "foerderfaehig": "ja",
    }
    assert set(VALUES) - set(first) == {"ansprechstelle", "flaeche", "stufe"}


UNREAD = {
    "Stufe": ("gelb", "„gelb“ passt nicht zu „Stufe“; möglich sind „Stufe 1“ oder „Stufe 2, oben“."),
    "Fläche": ("12 Tage", "„12 Tage“ ist keine Zahl; möglich sind 12, 12,5 oder 15.000."),
    "Baubeginn": ("bald", "„bald“ ist kein Zeitpunkt; möglich sind Q1 2027, 2027-03 oder 2027."),
    "Förderfähig": ("vielleicht", "„vielleicht“ passt nicht zu „Förderfähig“; möglich sind ja oder nein."),
    "Beirat": ("Niemand", "„Niemand“ steht nicht in akteure.yaml."),
}


def test_what_cannot_be_read_is_told_as_of_built_in_fields(desk: Desk) -> None:
    outcome, measures = desk.merged(*(("set", FIRST, label, typed) for label, (typed, _) in UNREAD.items()))
    told = {change.place.rpartition(", ")[2]: change.reason for change in outcome.changes(Fate.REFUSED)}
    assert told == {label: sentence for label, (_, sentence) in UNREAD.items()}
    assert {name: measures[0][name] for name in VALUES} == VALUES


def test_a_copied_sheet_brings_them_along(desk: Desk) -> None:
    _, measures = desk.merged(("copy_sheet", FIRST, "1.1.3 Neues Angebot"))
    new = measures[1]
    assert (new["id"], new["titel"]) == ("M1.1.3", "Neues Angebot")
    assert {name: new[name] for name in VALUES if name != "nutzen"} == {
        name: value for name, value in VALUES.items() if name != "nutzen"
    }
    assert new["nutzen"].strip() == VALUES["nutzen"].strip()
