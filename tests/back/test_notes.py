"""Definitions of footnotes that nobody calls any more go, and nothing beside them; each text has notes of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

import pytest

from pipeline.content.read import read
from pipeline.merge.markdown.footnotes import Note, edit_notes
from pipeline.merge.markdown.units import Unit
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Fate
from pipeline.merge.rebuild import rebuild
from pipeline.merge.sources import Sources
from pipeline.word.build import write_docx
from tests.back.draft import Draft
from tests.building import PLANS

pytestmark = pytest.mark.usefixtures("made_once")

Operation = tuple[str, ...]


def note(text: str) -> Note:
    return (Unit("paragraph", text),)


@pytest.mark.parametrize(
    ("definition", "left"),
    [
        ("[^a]: Alt.\n\n", ""),
        ("[^a]: Alt\nund weiter.\n\n", ""),
        ("[^a]: Alt.\n\n    Mehr.\n\n    - eins\n    - zwei\n\n", ""),
        ("[^a]: Alt.\n## Überschrift\n\n", "## Überschrift\n\n"),
        ("[^a]: Alt.\n- Punkt\n\n", "- Punkt\n\n"),
        ("```\n[^a]: So schreibt man sie.\n```\n\n", "```\n[^a]: So schreibt man sie.\n```\n\n"),
    ],
)
def test_a_definition_goes_and_what_follows_it_stays(definition: str, left: str) -> None:
    before, after = {"a": note("Alt."), "b": note("Neu.")}, {"b": note("Neu.")}
    text = "Der Plan.[^b]\n\n{}Schluss.\n\n[^b]: Neu.\n"
    assert edit_notes(text.format(definition), before, after, frozenset("b")) == text.format(left)


# --- two texts call a note of theirs the same ---------------------------------------------------------------------

TEXTS = PurePosixPath("texte")
INTRODUCTION, COURSE = TEXTS / "einleitung.md", TEXTS / "ablauf.md"
MEASURES = PurePosixPath("betriebe/massnahmen.yaml")
Edited = Callable[..., dict[PurePosixPath, str]]


@pytest.fixture(scope="module")
def edited() -> Edited:
    """The small plan with a second `[^plan]`; what comes of its files that somebody edited."""
    files = dict(read(PLANS["small"]).files)
    course = files[COURSE].decode().replace("Der Plan läuft vier Jahre.", "Der Plan läuft vier Jahre.[^plan]")
    files[COURSE] = f"{course}\n[^plan]: Diese Note ist eine andere.\n".encode()
    rebuilt = rebuild(Sources(files), {})
    document = rebuilt.document()
    assert document is not None
    data = write_docx(document, rebuilt.source.pictures, rebuilt.source.files).data

    def edit(*operations: Operation) -> dict[PurePosixPath, str]:
        draft = Draft(data)
        draft.edit(operations)
        outcome = merge(MergeRequest([("a.docx", draft.to_bytes())], files))
        assert {entry.fate for entry in outcome.files[0].entries} == {Fate.TAKEN}
        return {path: text.decode() for path, text in outcome.sources.items()}

    return edit


ONE, OTHER = ("replace", "Diese Note ist eine", "Diese Note war eine"), ("replace", "Der zweite Absatz", "Ein Absatz")


def test_what_is_edited_in_one_stays_in_the_other(edited: Edited) -> None:
    assert "[^plan]: Diese Note war eine andere." in edited(ONE)[COURSE]
    (introduction,) = edited(OTHER).items()
    assert introduction[0] == INTRODUCTION
    assert "    Ein Absatz nennt eine Liste:\n\n    - eins\n    - zwei\n" in introduction[1]
    both = edited(ONE, OTHER)
    assert ("war eine andere" in both[COURSE], "Ein Absatz nennt" in both[INTRODUCTION]) == (True, True)


def test_a_deleted_one_leaves_the_other(edited: Edited) -> None:
    changed = edited(("delete", "Der Plan läuft vier"))
    assert changed.keys() == {COURSE}
    assert "[^plan]" not in changed[COURSE]


def test_one_that_comes_to_the_other_gets_another_name_and_keeps_its_lists(edited: Edited) -> None:
    """It may be edited on its way."""
    changed = edited(("move", "Lindenmark hat sich drei Dinge", "Der Plan läuft vier"))
    assert "weniger Verbrauch.[^plan-2] Die Stadt" in changed[COURSE]
    assert "[^plan]: Diese Note ist eine andere.\n" in changed[COURSE]
    note = "[^plan-2]: Der erste Absatz der Fußnote nennt [](#Z1.1).\n\n    Der zweite Absatz nennt eine Liste:\n\n"
    assert f"{note}    - eins\n    - zwei\n" in changed[COURSE]
    assert "[^plan]" not in changed[INTRODUCTION]
    changed = edited(("move", "Der Plan läuft vier", "Lindenmark hat sich drei"), ONE)
    assert "vier Jahre.[^plan-2]\n" in changed[INTRODUCTION]
    assert "[^plan-2]: Diese Note war eine andere.\n" in changed[INTRODUCTION]


def test_a_new_measure_has_the_notes_of_the_sheet_that_was_copied(edited: Edited) -> None:
    move = ("move", "Lindenmark hat sich drei Dinge", "Leere Schaufenster zeigen")
    text = edited(move, ("copy_sheet", "1.1.2 Schaufenster", "Fenster am Abend"))[MEASURES]
    assert text.count("weniger Verbrauch.[^plan] Die Stadt") == 2
    assert text.count("      [^plan]: Der erste Absatz der Fußnote nennt [](#Z1.1).") == 2
    assert text.count("          - eins\n          - zwei\n") == 2
