"""The gate: whatever the way back loses on its way is named, wherever it is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

import pytest

from pipeline.back.leaves import SourceText
from pipeline.back.merge import MergeRequest, merge
from pipeline.back.outcome import FileOutcome
from pipeline.back.sources import Sources
from tests.back.draft import Draft
from tests.building import Built

EDITS = [
    ("replace", "hat sich", "hatte sich"),
    ("insert", "Der Plan läuft", "Er wird jedes Jahr geprüft."),
    ("replace", "Zählung im November.", "Zählung im Dezember."),
    ("set", "1.1.1 Zwischen", "Indikator", "Vermittelte Läden"),
]


@pytest.fixture
def merged(small: Built) -> Callable[[], FileOutcome]:
    """Merges the edits into the small plan, by whatever the program has become."""
    draft = Draft(small.file(".docx").read_bytes())
    draft.edit(EDITS)
    files: Mapping[PurePosixPath, bytes] = small.outcome.sources
    editions = {path.stem: path.read_bytes() for path in (small.content / "ausgaben").glob("*.json")}

    def run() -> FileOutcome:
        return merge(MergeRequest([("a.docx", draft.to_bytes())], files, editions)).files[0]

    return run


def test_what_arrives_is_not_named(merged: Callable[[], FileOutcome]) -> None:
    outcome = merged()
    assert (len(outcome.taken), outcome.lost) == (len(EDITS), ())


def test_texts_that_do_not_change_although_they_should(
    merged: Callable[[], FileOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_before(source: SourceText, *_: object) -> str:
        return source.text

    monkeypatch.setattr("pipeline.back.texts.edited_text", as_before)
    lost = {(change.place, change.after) for change in merged().lost}
    assert ("Text „Wann was geschieht“", "Er wird jedes Jahr geprüft.") in lost
    assert any(text.startswith("Lindenmark hatte sich") for _, text in lost)


def test_notes_that_do_not_change(merged: Callable[[], FileOutcome], monkeypatch: pytest.MonkeyPatch) -> None:
    def as_before(text: str, *_: object) -> str:
        return text

    monkeypatch.setattr("pipeline.back.texts.edit_notes", as_before)
    assert "Zählung im Dezember." in {change.after for change in merged().lost}


def test_values_that_do_not_change(merged: Callable[[], FileOutcome], monkeypatch: pytest.MonkeyPatch) -> None:
    def as_before(sources: Sources, *_: object) -> Sources:
        return sources

    monkeypatch.setattr("pipeline.back.theirs.with_edits", as_before)
    assert "Vermittelte Läden" in {change.after for change in merged().lost}


def test_nothing_at_all_is_carried_out(merged: Callable[[], FileOutcome], monkeypatch: pytest.MonkeyPatch) -> None:
    def unchanged(sources: Sources, *_: object) -> Sources:
        return sources

    monkeypatch.setattr("pipeline.back.theirs.with_edits", unchanged)
    monkeypatch.setattr("pipeline.back.theirs.with_text", unchanged)
    assert len(merged().lost) >= len(EDITS)
