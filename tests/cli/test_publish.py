"""Publishing: all files or none, whatever fails at whatever moment; and what describes them."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest

from pipeline.console.commands import run
from pipeline.content.read import read
from pipeline.errors import ExitCode, FileAccessError, MissingToolError, RestoreError
from pipeline.files import publish as stage
from pipeline.files.publish import Output, ensure_writable, publish, sources_zip, tool_versions
from pipeline.text.typography import grouped

ROOT = Path(__file__).resolve().parents[2]
RECORD = {"fassung": "0.1", "werkzeuge": {"Python": "3"}}
NEW = (Output("plan.pdf", b"new pdf" * 1000, 3), Output("plan.docx", b"new docx"), Output("quellen.zip", b"new zip"))
NAMES = ["manifest.json", "plan.docx", "plan.pdf", "quellen.zip"]


def snapshot(directory: Path) -> dict[str, bytes | str]:
    """Everything in the folder, hidden and nested files included; links as what they point to."""
    return {
        str(path.relative_to(directory)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder with a previous run's PDF and manifest, no DOCX, and a file of the user's own."""
    folder = tmp_path / "output"
    folder.mkdir()
    (folder / "plan.pdf").write_bytes(b"previous pdf")
    (folder / "manifest.json").write_bytes(b"previous manifest")
    (folder / "notiz.txt").write_bytes(b"mine")
    return folder


class Fails:
    """Stands in for a function of the system: fails at the n-th call, does the real thing before and after."""

    def __init__(self, real: Callable[..., object], nth: int, error: BaseException) -> None:
        self.real, self.left, self.error = real, nth, error

    def __call__(self, *args: object, **settings: object) -> object:
        self.left -= 1
        if self.left == 0:
            raise self.error
        return self.real(*args, **settings)

    def __get__(self, instance: object, _: type) -> Callable[..., object]:
        return lambda *args, **settings: self(instance, *args, **settings)


def test_all_files_and_a_manifest_that_describes_them(tmp_path: Path) -> None:
    directory = tmp_path / "neu" / "output"
    files = publish(NEW, directory, RECORD)
    assert sorted(path.name for path in directory.iterdir()) == NAMES
    assert [file.path.read_bytes() for file in files] == [item.data for item in NEW]
    manifest = json.loads((directory / "manifest.json").read_text("utf-8"))
    assert manifest == {
        **RECORD,
        "dateien": [
            {
                "name": item.name,
                "groesse": len(item.data),
                "sha256": hashlib.sha256(item.data).hexdigest(),
                "seiten": pages,
            }
            for item, pages in zip(NEW, (3, None, None), strict=True)
        ],
    }


def test_previous_files_are_replaced_and_others_left_alone(output: Path) -> None:
    publish(NEW, output, RECORD)
    first = snapshot(output)
    assert first["notiz.txt"] == b"mine"
    assert first["plan.pdf"] == NEW[0].data
    publish(NEW, output, RECORD)
    assert snapshot(output) == first


def _full() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("error", [_full(), KeyboardInterrupt(), RuntimeError("anything")])
@pytest.mark.parametrize("nth", [1, 2, 3, 4])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_at_any_moment_leaves_the_previous_files(
    output: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int, error: BaseException
) -> None:
    before = snapshot(output)
    if call == "fsync":
        monkeypatch.setattr(os, "fsync", Fails(os.fsync, nth, error))
    else:
        monkeypatch.setattr(Path, "replace", Fails(Path.replace, nth, error))
    with pytest.raises(FileAccessError if isinstance(error, OSError) else type(error)) as raised:
        publish(NEW, output, RECORD)
    assert snapshot(output) == before
    assert not (output / ".veroeffentlichung").exists()
    if isinstance(raised.value, FileAccessError):
        name = [*(item.name for item in NEW), "manifest.json"][nth - 1]
        assert str(raised.value) == (
            f"{output / name}: Das Schreiben ist nicht gelungen. "
            "Der Datenträger ist voll. Bitte Platz schaffen und es noch einmal versuchen."
        )


def test_a_created_folder_is_gone_again_after_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", Fails(os.fsync, 2, _full()))
    with pytest.raises(FileAccessError):
        publish(NEW, tmp_path / "neu" / "output", RECORD)
    assert list(tmp_path.iterdir()) == []


def test_without_hard_links_a_copy_keeps_the_previous_files(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", Fails(os.link, 1, OSError(errno.EPERM, "no links here")))
    monkeypatch.setattr(Path, "replace", Fails(Path.replace, 4, _full()))
    before = snapshot(output)
    with pytest.raises(FileAccessError):
        publish(NEW, output, RECORD)
    assert snapshot(output) == before


def test_a_link_in_the_place_of_a_file_comes_back_as_a_link(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (output / "plan.docx").symlink_to("../anderswo.docx")
    before = snapshot(output)
    monkeypatch.setattr(Path, "replace", Fails(Path.replace, 4, _full()))
    with pytest.raises(FileAccessError):
        publish(NEW, output, RECORD)
    assert snapshot(output) == before


def test_previous_files_that_cannot_be_put_back_are_kept_aside(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def replace(source: Path, target: Path) -> Path:
        if source.parent.name == "alt" or source.name == "plan.docx":
            raise OSError(errno.EIO, "I/O error")
        return real(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(RestoreError, match=r"plan\.pdf"):
        publish(NEW, output, RECORD)
    assert (output / "vorherige-fassung" / "plan.pdf").read_bytes() == b"previous pdf"


def test_what_a_killed_run_left_is_cleaned_up(output: Path) -> None:
    before = snapshot(output)
    script = (
        "import os, signal; from pathlib import Path; from pipeline.files.publish import *\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"publish([Output('plan.pdf', b'half')], Path({str(output)!r}), {{}})"
    )
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (output / ".veroeffentlichung").exists()
    assert {name: data for name, data in snapshot(output).items() if "/" not in name} == before
    publish(NEW, output, RECORD)
    assert sorted(snapshot(output)) == sorted([*NAMES, "notiz.txt"])


def test_a_real_limit_of_file_size(output: Path) -> None:
    before = snapshot(output)

    script = (
        "import resource; from pathlib import Path; from pipeline.files.publish import *\n"
        "from pipeline.errors import *\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n"
        f"    publish([Output('plan.docx', b'd'), Output('plan.pdf', b'x' * 5000)], Path({str(output)!r}), {{}})\n"
        "except FileAccessError as error:\n"
        "    print(error)"
    )
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "plan.pdf: Das Schreiben ist nicht gelungen. Die Datei wird größer" in result.stdout
    assert snapshot(output) == before


def test_two_runs_at_once_leave_one_whole_set(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from pipeline.files.publish import *\n"
        "letter = sys.argv[1].encode()\n"
        "for _ in range(15):\n"
        f"    publish([Output(f'{{n}}.bin', letter * 50000) for n in range(4)], Path({str(tmp_path)!r}), {{}})"
    )
    runs = [subprocess.Popen([sys.executable, "-c", script, letter], cwd=ROOT) for letter in "ab"]
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    assert len({(tmp_path / f"{number}.bin").read_bytes() for number in range(4)}) == 1
    assert len(list(tmp_path.iterdir())) == 5


def test_a_folder_in_the_place_of_a_file(output: Path) -> None:
    (output / "plan.docx").mkdir()
    before = snapshot(output)
    with pytest.raises(FileAccessError, match="Dort liegt ein Ordner, erwartet wird eine Datei"):
        publish(NEW, output, RECORD)
    assert snapshot(output) == before


@pytest.mark.parametrize("check", [ensure_writable, lambda path: publish(NEW, path, RECORD)])
def test_a_file_in_the_place_of_the_folder(tmp_path: Path, check: Callable[[Path], object]) -> None:
    (tmp_path / "output").write_bytes(b"a file")
    for place in (tmp_path / "output", tmp_path / "output" / "below"):
        with pytest.raises(FileAccessError, match="Das Schreiben ist nicht gelungen") as raised:
            check(place)
        assert raised.value.exit_code is ExitCode.FILES
    assert snapshot(tmp_path) == {"output": b"a file"}


@pytest.mark.parametrize("call", ["ensure_writable(path)", "publish([Output('plan.pdf', b'new')], path, {})"])
def test_a_folder_without_write_permission(call: str) -> None:
    script = (  # all imports first: another user may not be allowed to read the interpreter's own files
        "import fcntl, os; from pathlib import Path; from pipeline.files.publish import *\n"
        "from pipeline.errors import *\n"
        "if os.geteuid() == 0:\n"  # for root there are no forbidden folders
        "    os.setgid(65534); os.setuid(65534)\n"
        "path = Path(os.environ['FOLDER'])\n"
        "try:\n"
        f"    {call}\n"
        "except FileAccessError as error:\n"
        "    print(error)"
    )
    with TemporaryDirectory() as outer:  # pytest's own folders admit nobody but their owner
        folder = Path(outer) / "output"
        folder.mkdir()
        (folder / "plan.pdf").write_bytes(b"previous")
        Path(outer).chmod(0o755)
        folder.chmod(0o555)
        environment = {**os.environ, "FOLDER": str(folder)}
        command = [sys.executable, "-X", "utf8", "-c", script]
        result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
        folder.chmod(0o755)
        assert result.stdout == (
            f"{folder}: Das Schreiben ist nicht gelungen. Die Berechtigung fehlt. Bitte die Zugriffsrechte prüfen.\n"
        )
        assert snapshot(folder) == {"plan.pdf": b"previous"}


def test_a_writable_folder_or_one_still_to_be_made_passes(tmp_path: Path) -> None:
    ensure_writable(tmp_path)
    ensure_writable(tmp_path / "not" / "yet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("names", [["a", "a"], ["../a"], ["a/b"], [".a"], [""], ["manifest.json"]])
def test_names_that_are_none(tmp_path: Path, names: list[str]) -> None:
    with pytest.raises(ValueError, match="not usable"):
        publish([Output(name, b"") for name in names], tmp_path / "output", {})
    assert list(tmp_path.iterdir()) == []


def test_sources_zip_depends_on_nothing_but_the_files_and_the_date() -> None:
    files = {PurePosixPath("texte/größe.md"): b"b" * 500, PurePosixPath("plan.yaml"): b"a"}
    data = sources_zip(files, "2026-11-22")
    assert data == sources_zip(dict(reversed(files.items())), "2026-11-22")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["plan.yaml", "texte/größe.md"]
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 22, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}
        assert archive.read("texte/größe.md") == b"b" * 500


def test_versions_without_importing_what_they_are_of() -> None:
    assert {"Python", "weasyprint", "pypandoc_binary"} <= tool_versions().keys()
    script = (
        "import sys; from pipeline.files.publish import tool_versions\n"
        "tool_versions(); print({*sys.modules} & {'weasyprint'})"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == "set()\n"


def test_a_missing_tool_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "_TOOLS", ("gibt-es-nicht",))
    with pytest.raises(MissingToolError, match=r"„gibt-es-nicht“ fehlt.*sh setup\.sh"):
        tool_versions()


def test_the_printed_checksum_is_what_a_check_of_the_packed_sources_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = read(ROOT / "tests" / "plans" / "small")
    with zipfile.ZipFile(io.BytesIO(sources_zip(source.files, "2027-03-16"))) as packed:
        packed.extractall(tmp_path)
    run(["check", "--content", str(tmp_path)])
    assert grouped(source.digest) in capsys.readouterr().out
