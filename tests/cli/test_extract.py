"""An actor gets what concerns it and no more; what comes back goes into the sources as from the whole plan."""

from __future__ import annotations

import base64
import io
import re
import shutil
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

from pipeline.actions.aloud import read_aloud
from pipeline.console.commands import run
from pipeline.errors import ExitCode
from pipeline.merge.base import BaseFile, base_of
from pipeline.merge.docx.open import open_docx
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Fate
from pipeline.merge.rebuild import Rebuilt
from pipeline.ooxml.elements import q, remove, text
from tests.back.draft import Draft, plain
from tests.cases import BASE
from tests.reported_year import SMALL

pytestmark = pytest.mark.usefixtures("made_once")

WHO = "gewerbering"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan, with a comment in its sources, and an extract of it."""
    place = tmp_path_factory.mktemp("extract")
    content = Path(shutil.copytree(SMALL, place / "content"))
    measures = content / "betriebe" / "massnahmen.yaml"
    measures.write_text(f"# vertraulichkommentar\n{measures.read_text('utf-8')}", "utf-8")
    assert extract(place, "--actor", WHO, "--until", "15.12.2027", "--quiet") is ExitCode.OK
    return place


def flags(place: Path) -> list[str]:
    return [word for name in ("content", "output", "cache") for word in (f"--{name}", str(place / name))]


def extract(place: Path, *words: str) -> ExitCode:
    return run(["extract", *flags(place), *words])


def word_file(place: Path, who: str = WHO) -> bytes:
    return (place / "output" / "auszuege" / f"lindenmark-auszug-{who}.docx").read_bytes()


def measure(content: Path, identifier: str) -> dict[str, Any]:
    for path in sorted(content.glob("*/massnahmen.yaml")):
        for item in yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["massnahmen"]:
            if item["id"] == identifier:
                return dict(item)
    raise LookupError(identifier)


# --- what goes out ------------------------------------------------------------------------------------------------


def test_it_shows_what_there_is_to_do_the_measures_and_what_to_commit_to(folder: Path) -> None:
    lines = read_aloud(folder / "output" / "auszuege" / f"lindenmark-auszug-{WHO}.pdf")
    heard = "\n".join(lines).replace("\u00a0", " ")
    assert "Auszug: Gewerbering Lindenmark e. V." in heard
    assert "4 Maßnahmen, in denen Ihre Stelle eine Rolle hat" in heard
    assert "Schaufenster gemeinsam gestalten" in heard
    assert "Zusage von Gewerbering Lindenmark e. V. am" in heard
    assert "Zur Kenntnis, ohne Zusage (I): 2.1.1." in heard
    for foreign in ("Verbrauch monatlich ablesen", "Trinkbrunnen", "Tunnel unter"):
        assert foreign not in heard


def test_what_is_asked_of_whom_until_when(folder: Path) -> None:
    letters = (folder / "output" / "auszuege" / "anschreiben.md").read_text("utf-8")
    assert "## Gewerbering Lindenmark e. V." in letters
    assert "Rückgabe bis 15. Dezember 2027" in letters
    assert "Dateien: lindenmark-auszug-gewerbering.docx, lindenmark-auszug-gewerbering.pdf" in letters


def packed(data: bytes) -> Iterator[str]:
    """All that is written in a file's parts, those inside it unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            yield part.decode("utf-8", "replace")
            if carried := re.findall(rb">([A-Za-z0-9+/=]{200,})<", part):
                yield from packed(base64.b64decode(b"".join(carried)))


def words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]{5,}", text)}


def test_no_word_travels_that_is_not_printed(folder: Path, tmp_path: Path) -> None:
    """Held against the Word file of another plan, in which nothing of this one can be; goals are choices of a list."""
    shutil.copytree(BASE, tmp_path / "content")
    assert run(["--format", "docx", *flags(tmp_path), "--quiet"]) is ExitCode.OK
    of_any = words(" ".join(packed((tmp_path / "output" / "musterplan.docx").read_bytes())))
    with zipfile.ZipFile(io.BytesIO(word_file(folder))) as archive:
        printed = words(" ".join(re.findall(r"<w:t[ >][^<]*", archive.read("word/document.xml").decode())))
    everything = words(" ".join(packed(word_file(folder))))
    assert "schaufenster" in everything & printed
    foreign, choices = words("vertraulichkommentar"), set[str]()
    for path in sorted(SMALL.rglob("*")):
        text = path.read_text("utf-8") if path.suffix in (".yaml", ".md") else ""
        if path.parent.name in ("texte", "vorschlaege") or path.name == "massnahmen.yaml":
            foreign |= words(re.sub(r"(?m)^ *-? *[a-z_]+:", "", text))  # without the keys
        elif path.name in ("ziele.yaml", "akteure.yaml"):
            choices |= words(text)
    assert len(foreign & everything) > 30
    in_data = {"aerger", "stellen"}  # the anchor of a term that a text names, and a unit that is read as "halbe Stelle"
    assert foreign & everything - printed - of_any - choices == in_data


# --- what comes back ----------------------------------------------------------------------------------------------


def fill(draft: Draft, number: str, typed: str) -> None:
    """Types something on the sheet of commitments, in the last cell of a measure's row."""
    rows = (row.findall(q("tc")) for row in draft.body.iter(q("tr")))
    (cell,) = (cells[-1] for cells in rows if len(cells) == 6 and plain(cells[1]) == number)
    *runs, last = cell.iter(q("r"))
    for run_ in runs:
        remove(run_)
    for child in [item for item in last if item.tag == q("t")]:
        last.remove(child)
    last.append(text(typed))


def edited(folder: Path) -> bytes:
    draft = Draft(word_file(folder))
    draft.edit([("replace", "was in Lindenmark hergestellt wird", "was hier hergestellt wird")])
    fill(draft, "1.1.2", "ja, 24.11.2027")
    return draft.to_bytes()


@pytest.mark.parametrize("found", ["in the store", "in an edition", "in today's sources"])
def test_an_edit_and_a_commitment_come_home(folder: Path, tmp_path: Path, found: str) -> None:
    content = Path(shutil.copytree(folder / "content", tmp_path / "content"))
    cache = folder / "cache" if found == "in the store" else tmp_path / "cache"
    if found == "in an edition":
        assert run(["edition", "--content", str(content), "--quiet"]) is ExitCode.OK
    if found != "in the store":
        goals = content / "gemeinsam" / "ziele.yaml"
        goals.write_text(goals.read_text("utf-8").replace("Leerstand halbieren", "Leerstand senken"), "utf-8")
    back = tmp_path / "zurueck.docx"
    back.write_bytes(edited(folder))
    before = {path: path.read_bytes() for path in content.rglob("*.yaml")}
    command = ["merge", str(back), "--content", str(content), "--cache", str(cache)]
    assert run(command) is ExitCode.OK
    changed = {path.relative_to(content).as_posix() for path, data in before.items() if data != path.read_bytes()}
    assert changed == {"betriebe/massnahmen.yaml"}
    item = measure(content, "M1.1.2")
    assert item["beschreibung"] == "Leere Schaufenster zeigen, was hier hergestellt wird."
    assert item["zusagen"] == [{"akteur": "gewerbering", "datum": "2027-11-24"}]
    assert "# vertraulichkommentar" in (content / "betriebe" / "massnahmen.yaml").read_text("utf-8")


def test_what_somebody_changed_meanwhile_is_a_conflict_and_stays(folder: Path, tmp_path: Path) -> None:
    content = Path(shutil.copytree(folder / "content", tmp_path / "content"))
    path = content / "betriebe" / "massnahmen.yaml"
    text = path.read_text("utf-8")
    ours = text.replace("was in Lindenmark hergestellt wird", "was in der Stadt entsteht")
    assert ours != text
    path.write_text(ours, "utf-8")
    back = tmp_path / "zurueck.docx"
    back.write_bytes(edited(folder))
    assert run(["merge", str(back), "--content", str(content), "--cache", str(tmp_path / "cache")]) is ExitCode.CONFLICT
    assert "was in der Stadt entsteht" in path.read_text("utf-8")
    assert measure(content, "M1.1.2")["zusagen"] == [{"akteur": "gewerbering", "datum": "2027-11-24"}]


def test_unedited_it_changes_nothing(folder: Path, tmp_path: Path) -> None:
    back = tmp_path / "zurueck.docx"
    back.write_bytes(word_file(folder))
    before = {path: path.read_bytes() for path in (folder / "content").rglob("*.yaml")}
    for cache in (folder / "cache", tmp_path / "cache"):
        assert run(["merge", str(back), "--content", str(folder / "content"), "--cache", str(cache)]) is ExitCode.OK
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("typed", ["nein", "später", "ja"])
def test_a_commitment_without_a_day_is_told_not_written(
    folder: Path, tmp_path: Path, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = Draft(word_file(folder))
    fill(draft, "1.1.2", typed)
    back = tmp_path / "zurueck.docx"
    back.write_bytes(draft.to_bytes())
    before = measure(folder / "content", "M1.1.2")
    command = ["merge", str(back), "--content", str(folder / "content"), "--cache", str(folder / "cache")]
    assert run(command) is ExitCode.CONFLICT
    assert typed in capsys.readouterr().out
    assert measure(folder / "content", "M1.1.2") == before


def test_who_is_not_in_the_plan_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for asked, told in (
        (["--actor", "niemand"], "Den Akteur „niemand“ gibt es nicht. Es gibt: "),
        (["--field", "9"], "Das Handlungsfeld „9“ gibt es nicht. Es gibt: 1, 2, 3"),
        (["--strand", "x"], "Den Strang „x“ gibt es nicht. Es gibt: rathaus, betriebe, vereine."),
        ([], "Für wen?"),
        (["--actor", WHO, "--until", "bald"], "ist kein Tag"),
    ):
        assert extract(folder, *asked) is ExitCode.USAGE
        assert told in capsys.readouterr().err


def test_the_base_is_that_of_a_part(folder: Path) -> None:
    base = base_of(open_docx(word_file(folder), "a.docx"), None)
    assert base is not None
    assert base.whole
    assert not base.sources.files


def test_a_commitment_comes_home_to_a_copy_that_does_not_know_the_file(folder: Path, tmp_path: Path) -> None:
    """The plan has no such sheet, so that what it shows cannot be looked up in what is built of the base."""
    sources = {path.relative_to(folder / "content"): path for path in (folder / "content").rglob("*") if path.is_file()}
    given = {PurePosixPath(name.as_posix()): path.read_bytes() for name, path in sources.items()}
    outcome = merge(MergeRequest([("zurueck.docx", edited(folder))], given, own=tmp_path / "own"))
    (file,) = outcome.files
    assert any("weiß diese Kopie des Programms nicht" in hint for hint in file.hints)
    changed = outcome.sources[PurePosixPath("betriebe/massnahmen.yaml")].decode()
    assert "zusagen: [{akteur: gewerbering, datum: 2027-11-24}]" in changed


def test_it_is_held_against_sheets_of_all_that_it_showed_and_of_what_is_new(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A goal stays that no measure of it serves any more, and a new measure comes: what is not built is not checked."""
    built = list[frozenset[str]]()
    part_as_word = Rebuilt.part_as_word

    def listening(self: Rebuilt, entities: Collection[str]) -> BaseFile | None:
        made = part_as_word(self, entities)
        built.append(made.shown if made else frozenset())
        return made

    monkeypatch.setattr(Rebuilt, "part_as_word", listening)
    content = folder / "content"
    given = {PurePosixPath(path.relative_to(content).as_posix()): path.read_bytes() for path in content.rglob("*.*")}
    draft = Draft(word_file(folder))
    draft.set("3.1.1 Betriebe begehen", "Ziel", "2.1 Sicher über die Hauptstraße")
    draft.replace("haben 80 Betriebe", "haben alle 80 Betriebe")
    draft.copy_sheet("1.1.2 Schaufenster", "Fenster am Abend beleuchten")
    (file,) = merge(MergeRequest([("zurueck.docx", draft.to_bytes())], given, cache=folder / "cache")).files
    before = base_of(open_docx(word_file(folder), "a.docx"), folder / "cache")
    assert before is not None
    assert built[-1] == before.shown | {"M1.1.4"}  # 1.1.3 there is, elsewhere
    assert [entry.fate for entry in file.entries] == [Fate.TAKEN] * len(file.entries), file.entries
    assert len(file.entries) == 3
    assert not file.unchecked
