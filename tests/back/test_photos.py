"""Word files of plans with photos come back: those that carry them, as older ones do, and those that name them."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from PIL import Image

from pipeline.check.validate import validate
from pipeline.content import read as reading
from pipeline.content.read import Source, read
from pipeline.merge.docx.open import open_docx
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Fate
from pipeline.parts.assemble import assemble
from pipeline.pictures.metadata import Bare
from pipeline.word import embedded_base
from pipeline.word.build import WordFile, write_docx
from tests.back.draft import Draft
from tests.cases import BASE
from tests.every_picture import pictures, write_plan
from tests.test_picture_metadata import SECRETS, jpeg, png

pytestmark = pytest.mark.usefixtures("made_once")

TEXT = PurePosixPath("texte/einleitung.md")
PHOTO = PurePosixPath("bilder/foto.jpg")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The faultless plan with two photos, which say where they were taken."""
    folder = tmp_path / "content"
    shutil.copytree(BASE, folder)
    (folder / PHOTO).write_bytes(jpeg(6))
    (folder / "bilder" / "karte.png").write_bytes(png())
    text = (folder / TEXT).read_text(encoding="utf-8")
    shown = "\n\n![Ein Platz](../bilder/foto.jpg)\n\n![Eine Karte](../bilder/karte.png)\n\nEin Satz zum Ändern.\n"
    (folder / TEXT).write_text(text + shown, encoding="utf-8")
    return folder


def built(source: Source) -> WordFile:
    checked = validate(source)
    assert checked.plan is not None
    document = assemble(checked.plan, checked.texts, digest=source.digest, open_points=checked.open_points)
    return write_docx(document, source.pictures, source.files)


def edited(file: WordFile) -> bytes:
    draft = Draft(file.data)
    draft.edit([("replace", "Ein Satz zum", "Ein guter Satz zum")])
    return draft.to_bytes()


def record(file: WordFile) -> tuple[dict[str, object], list[str]]:
    with zipfile.ZipFile(io.BytesIO(file.base.data)) as archive:
        return json.loads(archive.read(embedded_base.RECORD)), archive.namelist()


def older(content: Path, monkeypatch: pytest.MonkeyPatch) -> WordFile:
    """The Word file as it was built when photos were taken as they are."""
    with monkeypatch.context() as before:
        before.setattr(reading, "without_metadata", Bare)
        before.setattr(embedded_base, "is_photo", lambda _: False)
        before.setattr(embedded_base, "_DRAWING", ".none")
        return built(read(content))


def test_photos_are_in_the_file_once_and_bare(content: Path) -> None:
    file = built(read(content))
    told, names = record(file)
    assert told["format"] == 4
    assert {"bilder/foto.jpg", "bilder/karte.png"} < set(told["bilder"])  # type: ignore[call-overload]
    assert not [name for name in names if name.endswith((".jpg", ".png", ".svg"))]
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("word/media/"))
    assert not [word for word in SECRETS if word in whole]


def test_drawings_are_named_too() -> None:
    told, names = record(built(read(BASE)))
    assert (told["format"], "marken" in told) == (4, False)
    assert told["bilder"]
    assert not [name for name in names if name.endswith(".svg")]


@pytest.mark.parametrize("is_older", [False, True], ids=["named", "carried"])
@pytest.mark.parametrize("left", [True, False], ids=["photo there", "photo gone"])
def test_it_comes_back(content: Path, monkeypatch: pytest.MonkeyPatch, *, is_older: bool, left: bool) -> None:
    source = read(content)
    data = edited(older(content, monkeypatch) if is_older else built(source))
    if not left:  # the plan went on without them
        shown = source.files[TEXT].split(b"![Ein Platz]")[0]
        files = {path: data for path, data in source.files.items() if path.suffix not in (".jpg", ".png")}
        sources = files | {TEXT: shown + b"Ein Satz zum \xc3\x84ndern.\n"}
    else:
        sources = dict(source.files)
    outcome = merge(MergeRequest((("anna.docx", data),), sources))
    (file,) = outcome.files
    assert not file.unchecked
    assert len(file.changes(Fate.TAKEN)) == 1
    assert {path for path, changed in outcome.sources.items() if changed != sources[path]} == {TEXT}
    assert "Ein guter Satz zum Ändern." in outcome.sources[TEXT].decode()
    assert open_docx(data, "anna.docx").parts


def test_an_older_file_says_what_it_is(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, names = record(older(content, monkeypatch))
    assert told["format"] == 1
    assert f"{embedded_base.SOURCES}{PHOTO}" in names


def test_of_every_kind_both_are_shown_and_nothing_comes_back(tmp_path: Path) -> None:
    write_plan(tmp_path / "content")
    source = read(tmp_path / "content")
    file = built(source)
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        media = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
    shown = [Image.open(io.BytesIO(data)) for data in media]
    assert len(shown) == len(pictures()) + 2  # a drawing, and the cover
    assert {image.mode for image in shown} <= {"1", "L", "LA", "RGB", "RGBA", "P"}  # no inks, nothing deep
    outcome = merge(MergeRequest((("anna.docx", file.data),), dict(source.files)))
    assert outcome.sources == {}  # nothing changed
    assert outcome.sources == {}  # of those that changed
    assert [entry for told in outcome.files for entry in told.entries] == []
