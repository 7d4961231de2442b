"""A picture in a line of text is a figure in the Word file; what comes back changes only what was edited."""

from __future__ import annotations

import shutil
from pathlib import PurePosixPath

import pytest

from pipeline.content.read import Source, read
from pipeline.merge.base import read_base
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Fate
from pipeline.text import markdown
from pipeline.text.own_paragraphs import Apart
from pipeline.word import embedded_base
from pipeline.word.build import WordFile
from tests.back.draft import Draft
from tests.back.test_photos import built, record
from tests.cases import BASE

pytestmark = pytest.mark.usefixtures("made_once")

TEXT = PurePosixPath("texte/einleitung.md")
DATA = PurePosixPath("stadt/massnahmen.yaml")
LINE = "Hier ![Ein Punkt](../bilder/punkt.svg) sieht man ihn.\n"
SHOWN = f"\n\n{LINE}\n- Einer ![Noch ein Punkt](../bilder/punkt.svg)\n- Zwei\n\nEin Satz zum Ändern.\n"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The faultless plan with pictures in lines of a text and of a description."""
    folder = tmp_path_factory.mktemp("plan") / "content"
    shutil.copytree(BASE, folder)
    text = (folder / TEXT).read_text(encoding="utf-8")
    (folder / TEXT).write_text(text + SHOWN, encoding="utf-8")
    measures = (folder / DATA).read_text(encoding="utf-8")
    shown = "Das Amt ![Ein Punkt](bilder/punkt.svg) verzeichnet"
    (folder / DATA).write_text(measures.replace("Das Amt verzeichnet", shown), encoding="utf-8")
    return read(folder)


@pytest.fixture(scope="module")
def file(source: Source) -> WordFile:
    return built(source)


def merged(source: Source, data: bytes) -> tuple[dict[PurePosixPath, bytes], list[str]]:
    """What the sources are then, where they are another, and what else is told."""
    outcome = merge(MergeRequest((("anna.docx", data),), dict(source.files)))
    told = [change.reason for file in outcome.files for change in file.changes(*(set(Fate) - {Fate.TAKEN}))]
    return {path: now for path, now in outcome.sources.items() if now != source.files[path]}, told


def edited(data: bytes, *operations: tuple[str, ...]) -> bytes:
    draft = Draft(data)
    draft.edit(operations)
    return draft.to_bytes()


def test_unedited_it_changes_nothing(source: Source, file: WordFile) -> None:
    assert record(file)[0]["format"] == 4
    assert merged(source, file.data) == ({}, [])


def test_what_was_not_edited_stays_in_its_line(source: Source, file: WordFile) -> None:
    data = edited(file.data, ("replace", "Ein Satz zum Ändern", "Ein guter Satz"))
    changed, told = merged(source, data)
    assert changed == {TEXT: source.files[TEXT].replace("Ein Satz zum Ändern".encode(), b"Ein guter Satz")}
    assert told == []


def test_what_was_edited_beside_it_arrives(source: Source, file: WordFile) -> None:
    data = edited(
        file.data, ("replace", "sieht man ihn", "sehen wir ihn"), ("replace", "verzeichnet alle", "kennt alle")
    )
    changed, told = merged(source, data)
    parted = "Hier\n\n![Ein Punkt](../bilder/punkt.svg)\n\nsehen wir ihn.\n"
    assert changed[TEXT] == source.files[TEXT].decode().replace(LINE, parted).encode()
    assert "kennt alle Flächen." in changed[DATA].decode()
    assert told == []


def test_a_file_of_before_is_read_and_nothing_lost_in_it(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its marks count the lines as they are in the source. The picture stands in a line of the file, which the plan of
    today does not show: what was edited in that text is told.
    """
    with monkeypatch.context() as before:
        before.setattr(markdown, "apart", Apart)
        before.setattr(embedded_base, "_has_pictures_apart", lambda *_: False)
        before.setattr(embedded_base, "_DRAWING", ".none")  # drawings travelled inside
        markdown.parse.cache_clear()
        older = built(source)
    markdown.parse.cache_clear()
    assert record(older)[0]["format"] == 1
    assert merged(source, older.data) == ({}, [])
    base = read_base(older.base.data, "")
    places = {text.text: text for text in base.sources.texts[str(TEXT)].flow}
    assert places["Ein Satz zum Ändern."].start in {place.start for place in base.marks.values()}
    changed, told = merged(source, edited(older.data, ("replace", "Ein Satz zum Ändern", "Ein guter Satz")))
    assert changed == {}
    assert len(told) == 1
