"""Edits of many values: each file is written once, and what cannot be written keeps nothing else out."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest

from pipeline.merge.sources import Sources
from pipeline.merge.threeway import SourceConflict, join
from pipeline.merge.with_values import with_all
from pipeline.merge.yaml.change_text import change
from pipeline.merge.yaml.edits import Edit

FILE = PurePosixPath("rathaus/massnahmen.yaml")
COUNT = 9
MEASURES = "massnahmen:\n" + "".join(
    f"  - id: M1.1.{number}\n    titel: Titel {number}\n    beschreibung: |\n      Ein Weg.\n\n      Ein Haus.\n"
    for number in range(1, COUNT + 1)
)
SHARED = MEASURES.replace("titel: Titel 4", "titel: &t Titel 4") + "merke: *t\n"
FOLDED = "beschreibung: |\n      Ein Weg.\n\n      Ein Haus.\n"


def sources(text: str) -> Sources:
    return Sources({FILE: text.encode()})


def edits(key: str) -> list[tuple[str, list[Edit]]]:
    return [(f"M1.1.{number}", [Edit((key,), f"Neu {number}")]) for number in range(1, COUNT + 1)]


def test_what_cannot_be_written_keeps_nothing_else_out() -> None:
    found, failed = with_all(sources(SHARED), edits("titel"))
    assert list(failed) == [3]
    assert "mehrfach verwendet" in failed[3]
    titles = [entity.data["titel"] for entity in found.entities.values()]
    assert titles == [f"Neu {number}" if number != 4 else "Titel 4" for number in range(1, COUNT + 1)]


def test_a_file_is_written_once_however_much_changes_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    real = change

    def counted(*arguments: Any) -> str:
        calls.append(arguments)
        return real(*arguments)

    monkeypatch.setattr("pipeline.merge.with_values.change", counted)
    base, theirs = sources(MEASURES), with_all(sources(MEASURES), edits("titel"))[0]
    assert join(base, base, theirs).sources.files == theirs.files
    assert len(calls) == len(["with_all", "join"])


def test_a_text_of_the_data_that_cannot_be_written_is_a_conflict() -> None:
    once = FOLDED.replace("|", "&t |")
    ours = MEASURES.replace(FOLDED, once, 1) + "merke: *t\n"
    joined = join(sources(MEASURES), sources(ours), sources(MEASURES.replace("Ein Weg.", "Ein Pfad.", 1)))
    was, wanted = "Ein Weg.\n\nEin Haus.\n", "Ein Pfad.\n\nEin Haus.\n"
    assert joined.conflicts == (SourceConflict("M1.1.1/beschreibung", was, was, wanted),)
    assert joined.sources.text(FILE) == ours


def test_of_a_text_of_the_data_in_conflict_nothing_is_taken() -> None:
    ours = MEASURES.replace("Ein Weg.", "Ein Steg.", 1)
    theirs = MEASURES.replace("Ein Weg.", "Ein Pfad.", 1).replace("Ein Haus.", "Ein Turm.", 1)
    joined = join(sources(MEASURES), sources(ours), sources(theirs))
    assert [conflict.ours for conflict in joined.conflicts] == ["Ein Steg.\n\nEin Haus.\n"]
    assert joined.sources.text(FILE) == ours


def test_a_line_that_changes_what_others_are_goes_in_with_its_end_or_not_at_all() -> None:
    """Both changed the explanation; of the term that one made source text, only the opening fence would have come."""
    text = PurePosixPath("texte/mitte.md")
    base = "# Mitte\n\nLeerstand\n: Ein Laden.\n\nDanach geht es weiter.\n"
    ours = base.replace("Leerstand\n: Ein Laden.", "Leerstand\n\nNeu.\n\nEin Laden ohne Waren.")
    theirs = base.replace("Leerstand\n: Ein Laden.", "```\nLeerstand\n```\n\nEin Haus ohne Waren.")
    joined = join(*(Sources({text: side.encode()}) for side in (base, ours, theirs)))
    assert joined.sources.files[text].decode() == ours
    assert [conflict.name for conflict in joined.conflicts] == [str(text)]
