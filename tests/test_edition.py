"""An edition is kept once, whole, and for good; the next one is compared with it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.actions.edition import Kept, keep_edition, whole_edition
from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.errors import ExitCode, FileAccessError
from schema.edition import KEPT, Snapshot, changes, from_json, snapshot, to_json
from schema.plan import Kind
from tests.cases import BASE

ROOT = Path(__file__).resolve().parents[1]


class Quiet:
    """No display."""

    @contextlib.contextmanager
    def stage(self, label: str, detail: str = "") -> Iterator[None]:
        """Says nothing."""
        assert label
        assert detail
        yield


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A faultless plan of edition 1.0."""
    return Path(shutil.copytree(BASE, tmp_path / "content"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def keep(content: Path, *, strict: bool = False) -> Kept | None:
    return keep_edition(content, Quiet(), strict=strict).kept


def test_what_is_kept_is_the_plan(content: Path) -> None:
    before = read(content).digest
    kept = keep(content)
    assert kept == Kept("1.0", content / "ausgaben" / "1.0.json", is_new=True)
    text = kept.path.read_text("utf-8")
    source = read(content)
    plan = validate(source).plan
    assert plan is not None
    assert text == to_json(whole_edition(plan, source))
    assert list(changes(from_json(text), snapshot(plan))) == []
    assert [path.name for path in kept.path.parent.iterdir()] == ["1.0.json"]
    assert read(content).digest == before  # editions are no content
    assert validate(read(content)).diagnostics == ()


def test_all_that_the_plan_is_made_of_is_kept(content: Path) -> None:
    """Every text byte for byte but for a mark at its start; of pictures what tells whether one is the same."""
    (content / "plan.yaml").write_bytes(b"\xef\xbb\xbf" + (content / "plan.yaml").read_bytes())
    kept = keep(content)
    assert kept is not None
    found = from_json(kept.path.read_text("utf-8"))
    files = [path for path in content.rglob("*") if path.is_file() and "ausgaben" not in path.parts]
    texts = {str(path.relative_to(content)): path for path in files if path.suffix in (".yaml", ".md")}
    assert found.sources == {name: path.read_text("utf-8-sig") for name, path in texts.items()}
    pictures = {str(path.relative_to(content)): path for path in files if path.parent.name == "bilder"}
    assert found.pictures == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in pictures.items()}
    assert found.whole
    assert len(texts) > len(pictures) > 0


def test_an_edition_of_the_first_format_stays_as_it_is(content: Path) -> None:
    plan = validate(read(content)).plan
    assert plan is not None
    path = content / "ausgaben" / "1.0.json"
    path.parent.mkdir()
    path.write_text(to_json(snapshot(plan)), "utf-8")
    before = path.read_bytes()
    assert b"quellen" not in before
    assert keep(content) == Kept("1.0", path, is_new=False)
    assert path.read_bytes() == before
    change(content / "stadt" / "massnahmen.yaml", "titel: Flächen verzeichnen", "titel: Flächen zählen")
    with pytest.raises(FileAccessError, match=r"1\.0 ist schon festgehalten"):
        keep(content)


def test_a_text_of_another_wording_is_another_edition(content: Path) -> None:
    keep(content)
    text = next(iter((content / "texte").glob("*.md")))
    text.write_text(text.read_text("utf-8") + "\nEin Satz mehr.\n", "utf-8")
    with pytest.raises(FileAccessError, match=r"1\.0 ist schon festgehalten"):
        keep(content)


@pytest.mark.parametrize(
    "more", [{"format": 3}, {"format": "2"}, {"quellen": []}, {"quellen": {"a": 1}}, {"bilder": 1}]
)
def test_what_this_program_cannot_read_is_no_edition(content: Path, more: dict[str, object]) -> None:
    kept = keep(content)
    assert kept is not None
    with pytest.raises(ValueError, match="Fassung"):
        from_json(json.dumps(json.loads(kept.path.read_text("utf-8")) | more))


def test_without_a_word_of_it_the_newest_edition_is_compared_with(content: Path) -> None:
    keep(content)
    plan = content / "plan.yaml"
    change(plan, 'fassung: "1.0"', 'fassung: "1.1"')
    change(content / "stadt" / "massnahmen.yaml", "titel: Flächen verzeichnen", "titel: Flächen zählen")
    checked = validate(read(content))
    assert checked.previous is not None
    assert checked.previous.edition == "1.0"
    assert [item.code for item in checked.diagnostics] == ["P274"]


def test_the_same_again_changes_nothing(content: Path) -> None:
    kept = keep(content)
    assert kept is not None
    stamp = kept.path.stat().st_mtime_ns
    assert keep(content) == Kept(kept.name, kept.path, is_new=False)
    assert kept.path.stat().st_mtime_ns == stamp


def test_another_plan_of_that_edition_is_refused(content: Path) -> None:
    kept = keep(content)
    assert kept is not None
    before = kept.path.read_bytes()
    change(content / "stadt" / "massnahmen.yaml", "titel: Flächen verzeichnen", "titel: Flächen zählen")
    with pytest.raises(FileAccessError, match=r"1\.0\.json: Fassung 1\.0 ist schon festgehalten") as raised:
        keep(content)
    assert raised.value.exit_code is ExitCode.FILES
    assert "bitte in plan.yaml „fassung“ erhöhen" in str(raised.value)
    assert kept.path.read_bytes() == before


def test_nothing_is_kept_of_a_plan_with_errors(content: Path) -> None:
    change(content / "stadt" / "massnahmen.yaml", "mitwirkung: [verein]", "mitwirkung: [vereine]")
    result = keep_edition(content, Quiet())
    assert not result.outcome.ok
    assert result.kept is None
    assert not (content / "ausgaben").exists()


def test_with_strict_a_warning_is_enough(content: Path) -> None:
    change(content / "plan.yaml", "status: beschlossen", "status: beschlussvorlage")
    change(content / "stadt" / "massnahmen.yaml", "stand: gesichert", "stand: offen")
    result = keep_edition(content, Quiet(), strict=True)
    assert {item.severity.value for item in result.outcome.diagnostics} == {"warning"}
    assert result.kept is None
    assert keep(content) is not None


def test_a_link_in_the_place_of_the_folder_leads_nowhere(content: Path, tmp_path: Path) -> None:
    (tmp_path / "anderswo").mkdir()
    (content / "ausgaben").symlink_to(tmp_path / "anderswo")
    assert keep(content) is None
    assert list((tmp_path / "anderswo").iterdir()) == []


def test_the_next_edition_is_compared_with_it(content: Path) -> None:
    assert keep(content) is not None
    change(content / "plan.yaml", 'fassung: "1.0"', 'fassung: "1.1"\nersetzt: "1.0"')
    checked = validate(read(content))
    assert checked.diagnostics == ()
    assert checked.previous is not None
    assert checked.previous.edition == "1.0"
    second = keep(content)
    assert second is not None
    assert sorted(path.name for path in second.path.parent.iterdir()) == ["1.0.json", "1.1.json"]


def test_from_the_command_line(content: Path) -> None:
    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-X", "utf8", str(ROOT / "build.py"), "edition", "--content", "content", *arguments]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            command, cwd=content.parent, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    first = call()
    assert first.returncode == ExitCode.OK, first.stderr
    assert first.stdout.splitlines()[0] == "content/ausgaben/1.0.json"
    assert first.stdout.splitlines()[1] == "Fassung 1.0 ist jetzt festgehalten."
    assert 'ersetzt: "1.0"' in first.stdout
    digest = hashlib.sha256((content / "ausgaben" / "1.0.json").read_bytes())
    assert "mit genau diesem Inhalt" in call().stdout
    change(content / "stadt" / "massnahmen.yaml", "titel: Flächen verzeichnen", "titel: Flächen zählen")
    refused = call("--json")
    assert refused.returncode == ExitCode.FILES
    assert refused.stderr.startswith("Fehler: content/ausgaben/1.0.json: Fassung 1.0 ist schon festgehalten")
    assert json.loads(refused.stdout)["error"]["exit_code"] == ExitCode.FILES
    assert hashlib.sha256((content / "ausgaben" / "1.0.json").read_bytes()).digest() == digest.digest()


MILESTONE = {"termin": "Q2 2027", "titel": "Stelle benannt"}
POSTPONED = {**MILESTONE, "ergebnis": "verschoben", "neuer_termin": "Q4 2027"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ([MILESTONE], [POSTPONED], [(True, [MILESTONE], [POSTPONED])]),
        (
            [MILESTONE],
            [{**MILESTONE, "termin": "Q4 2027"}],
            [(False, [MILESTONE], [{**MILESTONE, "termin": "Q4 2027"}])],
        ),
        (
            [MILESTONE],
            [{**POSTPONED, "titel": "Stelle besetzt"}],
            [
                (False, [MILESTONE], [{**MILESTONE, "titel": "Stelle besetzt"}]),
                (True, [MILESTONE], [{**POSTPONED, "titel": "Stelle besetzt"}]),
            ],
        ),
    ],
)
def test_what_became_of_a_milestone_is_no_change_of_it(
    old: list[dict[str, str]], new: list[dict[str, str]], told: list[tuple[bool, object, object]]
) -> None:
    before, after = (
        Snapshot("1", "2027-01-01", {kind: {} for kind in KEPT} | {Kind.MEASURE: {"M1.1.1": {"meilensteine": items}}})
        for items in (old, new)
    )
    assert [(change.progress, change.old, change.new) for change in changes(before, after)] == told
