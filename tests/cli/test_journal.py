"""A run killed while files take their places: the next one brings it to its end, or takes it back, and says so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.console.commands import run
from pipeline.errors import ExitCode, FileAccessError
from pipeline.files import journal
from pipeline.files.replace import at_rest, replace_all

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("a.md", "b.md", "c.md")


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A folder in which a run was killed behind its n-th file."""

    def leave(after: int, before: tuple[str, ...] = NAMES, names: tuple[str, ...] = NAMES) -> Path:
        folder = tmp_path / "inhalte"
        folder.mkdir(exist_ok=True)
        for name in before:
            (folder / name).write_text(f"alt {name}", encoding="utf-8")
        real, moved = Path.replace, 0

        def move(source: Path, target: Path) -> Path:
            nonlocal moved
            moved += 1
            if moved > after:
                raise Killed
            return real(source, target)

        def end(_: Path) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", move)
            for module, name in (("replace", "_restore"), ("replace", "_clear"), ("journal", "turn_back")):
                patch.setattr(f"pipeline.files.{module}.{name}", lambda *_: None)
            patch.setattr("pipeline.files.journal.end", end)
            with pytest.raises(Killed):
                replace_all({name: f"neu {name}".encode() for name in names}, folder)
        return folder

    return leave


def texts(folder: Path) -> list[str]:
    """What everybody sees in the folder, the first word of each file."""
    return [path.read_text(encoding="utf-8").split()[0] for path in sorted(folder.glob("*.md"))]


def settled(folder: Path) -> str:
    with at_rest(folder) as told:
        return told


@pytest.mark.parametrize("after", [0, 1, 2])
def test_what_was_begun_is_brought_to_its_end(killed: Callable[..., Path], after: int) -> None:
    folder = killed(after)
    assert texts(folder) == ["neu"] * after + ["alt"] * (3 - after)
    assert settled(folder) == (
        f"{folder}: Ein früherer Lauf ist beim Schreiben abgebrochen worden; das ist jetzt zu Ende gebracht."
    )
    assert texts(folder) == ["neu"] * 3
    assert sorted(path.name for path in folder.iterdir()) == [*NAMES]
    assert settled(folder) == ""


def test_where_all_was_done_there_is_nothing_to_say(killed: Callable[..., Path]) -> None:
    folder = killed(2, names=("a.md", "b.md"), before=("a.md", "b.md"))  # killed before its journal went
    assert settled(folder) == ""


def test_who_changed_a_file_that_had_not_been_replaced_gets_the_others_back(killed: Callable[..., Path]) -> None:
    folder = killed(1, before=("b.md", "c.md"))
    (folder / "c.md").write_text("meins", encoding="utf-8")
    assert settled(folder) == (
        f"{folder}: Ein früherer Lauf ist beim Schreiben abgebrochen worden, und c.md hat sich seitdem geändert; was "
        "er schon geschrieben hatte, ist zurückgenommen. Bitte den Befehl von damals noch einmal aufrufen."
    )
    assert texts(folder) == ["alt", "meins"]  # the new one, a.md, is gone again


def test_who_changed_a_file_that_had_been_replaced_gets_the_others_too(killed: Callable[..., Path]) -> None:
    folder = killed(1)
    (folder / "a.md").write_text("meins", encoding="utf-8")
    assert "zu Ende gebracht" in settled(folder)
    assert texts(folder) == ["meins", "neu", "neu"]


def test_who_changed_both_has_to_decide(killed: Callable[..., Path]) -> None:
    folder = killed(1)
    for name in ("a.md", "c.md"):
        (folder / name).write_text("meins", encoding="utf-8")
    kept = folder / "unterbrochenes-schreiben"
    with pytest.raises(FileAccessError) as raised:
        settled(folder)
    assert str(raised.value) == (
        f"{folder}: Ein früherer Lauf ist beim Schreiben abgebrochen worden, und c.md, a.md haben sich seitdem "
        f"geändert. Die neue Fassung liegt in {kept}/neu, die vorige in {kept}/alt: bitte vergleichen, richtigstellen "
        "und diesen Ordner löschen."
    )
    assert texts(folder) == ["meins", "alt", "meins"]
    assert (kept / "neu" / "c.md").read_text(encoding="utf-8") == "neu c.md"
    assert (kept / "alt" / "a.md").read_text(encoding="utf-8") == "alt a.md"
    assert settled(folder) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"format": 2, "steps": [], "back": false}',
        '{"format": 1, "steps": [{"name": "a.md"}], "back": false}',
    ],
)
def test_a_journal_that_cannot_be_read_is_no_guess(killed: Callable[..., Path], text: str) -> None:
    folder = killed(1)
    (folder / journal.STAGING / "journal.json").write_text(text, encoding="utf-8")
    with pytest.raises(FileAccessError, match="seine Notiz darüber ist nicht zu lesen"):
        settled(folder)
    assert texts(folder) == ["neu", "alt", "alt"]


@pytest.mark.parametrize("name", ["../fremd.md", "/tmp/fremd.md", ".", "hinaus/fremd.md"])
def test_a_journal_reaches_no_file_outside(killed: Callable[..., Path], tmp_path: Path, name: str) -> None:
    folder = killed(1)
    (folder / "hinaus").symlink_to(tmp_path)
    steps = [{"name": name, "before": "", "after": ""}]
    (folder / journal.STAGING / "journal.json").write_text(json.dumps({"format": 1, "steps": steps, "back": True}))
    (tmp_path / "fremd.md").write_text("fremd", encoding="utf-8")
    with pytest.raises(FileAccessError, match="nicht zu lesen"):
        settled(folder)
    assert (tmp_path / "fremd.md").exists()


@pytest.mark.parametrize("command", [["check"], ["edition"], []])
def test_every_command_tells_it_first(
    killed: Callable[..., Path], command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = killed(1)
    arguments = [*command, "--content", str(folder), *([] if command else ["--output", str(tmp_path / "o")])]
    assert run([*arguments, "--quiet"]) is ExitCode.CONTENT  # it is no plan
    assert capsys.readouterr().err.startswith(f"{folder}: Ein früherer Lauf ist beim Schreiben abgebrochen worden;")


def test_a_build_settles_where_it_publishes(
    killed: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output, content = killed(1), tmp_path / "leer"
    content.mkdir()
    run(["--content", str(content), "--output", str(output), "--quiet"])
    assert capsys.readouterr().err.startswith(f"{output}: Ein früherer Lauf")
    assert texts(output) == ["neu"] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_killed_at_any_call_nothing_is_mixed() -> None:
    """Each fifth of 140 calls that change a file; without an option the script tries them all."""
    command = [sys.executable, "-m", "benchmarks.kill_matrix", "--every", "5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.fullmatch(r"\d{3} right\n", done.stdout), done.stdout
