"""Real runs that cannot succeed: one German sentence with its place, the exit code, and output/ as it was."""

from __future__ import annotations

import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.console.start import interrupted
from pipeline.errors import ExitCode
from pipeline.files import replace
from pipeline.files.interrupts import end_by_all
from tests.cli.test_publish import snapshot

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = ("Traceback", "Error", "Errno", "No such", "not found", "failed", "codec", "Permission", "denied")
STAGES = ("Quellen lesen", "Prüfen", "Zusammenstellen", "PDF setzen", "Word schreiben", "Veröffentlichen")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder with a copy of a very small plan and an output folder of an earlier run."""
    shutil.copytree(Path(__file__).parent / "plan", tmp_path / "content")
    output = tmp_path / "output"
    output.mkdir()
    for name in ("plan.pdf", "plan.docx", "manifest.json"):
        (output / name).write_text(f"previous {name}", "utf-8")
    return tmp_path


def command(*arguments: str, flags: tuple[str, ...] = ()) -> list[str]:
    return [sys.executable, *flags, "-X", "utf8", str(ROOT / "build.py"), *arguments]


def start(work: Path, *arguments: str, largest_file: int = -1, flags: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """A build on its way; no file that it writes may become larger than that many bytes, -1 for any size."""
    cache = work.with_name(f"{work.name}-cache")  # outside of what is compared, and empty at first
    line = command("--content", "content", "--cache", str(cache), *arguments, flags=flags)
    if largest_file >= 0:
        limited = f"import os, resource as r, sys; r.setrlimit(r.RLIMIT_FSIZE, ({largest_file}, {largest_file}))"
        line = [sys.executable, "-c", f"{limited}; os.execv(sys.argv[1], sys.argv[1:])", *line]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    pipe = subprocess.PIPE
    # Signals as on a terminal: what was started with `nohup` has its children ignore a closed one.
    return subprocess.Popen(
        line,
        cwd=work,
        env=environment,
        stdout=pipe,
        stderr=pipe,
        encoding="utf-8",
        preexec_fn=end_by_all,  # noqa: PLW1509  (this process has no thread)
    )


def fails(work: Path, expected: ExitCode, *arguments: str, output: str = "output", largest_file: int = -1) -> str:
    """What a build says that ends with the expected code; checks that it is German and left everything as it was."""
    before = snapshot(work)
    process = start(work, "--output", output, *arguments, largest_file=largest_file)
    written, text = process.communicate(timeout=120)
    assert process.returncode == expected, text
    assert "plan.pdf" not in written
    assert not [word for word in ENGLISH if word in text]
    assert text.splitlines()[-1] == f"Nichts veröffentlicht: In {output} bleibt alles, wie es war."
    assert snapshot(work) == before
    return text


def errors(text: str) -> list[str]:
    return [line for line in text.splitlines() if ": Fehler P" in line or line.startswith("Fehler: ")]


def test_no_content_folder(work: Path) -> None:
    shutil.rmtree(work / "content")
    (line,) = errors(fails(work, ExitCode.FILES))
    assert line.startswith("Fehler: content: Den Ordner mit den Inhalten gibt es nicht.")


def test_a_file_in_the_place_of_the_content_folder(work: Path) -> None:
    shutil.rmtree(work / "content")
    (work / "content").write_text("", "utf-8")
    (line,) = errors(fails(work, ExitCode.FILES))
    assert line.startswith("Fehler: content: Das ist eine Datei.")


def test_an_empty_content_folder(work: Path) -> None:
    shutil.rmtree(work / "content")
    (work / "content").mkdir()
    lines = errors(fails(work, ExitCode.CONTENT))
    assert lines
    assert all(line.startswith("content/") and ": Fehler P101: " in line for line in lines)


def missing(content: Path) -> None:
    (content / "akteure.yaml").unlink()


def folder(content: Path) -> None:
    (content / "akteure.yaml").unlink()
    (content / "akteure.yaml").mkdir()


def not_utf8(content: Path) -> None:
    path = content / "akteure.yaml"
    path.write_bytes(path.read_bytes().replace("ö".encode(), "ö".encode("latin-1")))


def tabs(content: Path) -> None:
    path = content / "akteure.yaml"
    path.write_text(path.read_text("utf-8").replace("\n    ", "\n\t", 1), "utf-8")


def cut_picture(content: Path) -> None:
    path = content / "bilder" / "bild.svg"
    path.write_bytes(path.read_bytes()[:60])


@pytest.mark.parametrize(
    ("spoil", "place", "code"),
    [
        (missing, "content/akteure.yaml", "P101"),
        (folder, "content/akteure.yaml", "P101"),
        (not_utf8, "content/akteure.yaml:", "P102"),
        (tabs, "content/akteure.yaml:", "P103"),
        (cut_picture, "content/bilder/bild.svg", "P112"),
    ],
    ids=lambda item: getattr(item, "__name__", None),
)
def test_a_fault_in_a_file(work: Path, spoil: Callable[[Path], None], place: str, code: str) -> None:
    spoil(work / "content")
    lines = errors(fails(work, ExitCode.CONTENT, "--quiet"))
    assert [line for line in lines if line.startswith(place) and f": Fehler {code}: " in line], lines
    checked = subprocess.run(
        command("check", "--quiet", "--content", "content"),
        cwd=work, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert checked.returncode == ExitCode.CONTENT
    assert errors(checked.stderr) == lines


def noise(side: int) -> bytes:
    """A PNG that cannot be compressed."""
    rows = b"".join(b"\0" + os.urandom(3 * side) for _ in range(side))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def test_a_disk_without_room(work: Path) -> None:
    (work / "content" / "bilder" / "bild.png").write_bytes(noise(600))
    text = work / "content" / "texte" / "anfang.md"
    text.write_text(text.read_text("utf-8").replace("bild.svg", "bild.png"), "utf-8")
    (line,) = errors(fails(work, ExitCode.FILES, "--format", "pdf", largest_file=1_000_000))
    assert line.startswith("Fehler: output/plan.pdf: Das Schreiben ist nicht gelungen.")


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a folder where even root may not write")
def test_an_output_folder_that_forbids_writing(work: Path) -> None:
    (line,) = errors(fails(work, ExitCode.FILES, "--format", "pdf", output="/sys/kernel/plan"))
    assert line.startswith("Fehler: /sys/kernel/plan: Das Schreiben ist nicht gelungen.")


@pytest.mark.parametrize("output", ["content", "content/texte", "content/../content/neu"])
def test_the_output_is_no_part_of_the_content(work: Path, output: str) -> None:
    (line,) = errors(fails(work, ExitCode.FILES, "--format", "pdf", output=output))
    assert line.startswith(f"Fehler: {output}: Das liegt in den Inhalten (content)")


def test_a_file_in_the_place_of_the_output_folder(work: Path) -> None:
    (work / "datei").write_text("mine", "utf-8")
    (line,) = errors(fails(work, ExitCode.FILES, "--format", "pdf", output="datei"))
    assert line.startswith("Fehler: datei: Das Schreiben ist nicht gelungen. Dort liegt eine Datei")


def test_a_folder_in_the_place_of_a_document(work: Path) -> None:
    (work / "output" / "plan.pdf").unlink()
    (work / "output" / "plan.pdf").mkdir()
    (line,) = errors(fails(work, ExitCode.FILES, "--format", "pdf"))
    assert line.startswith("Fehler: output/plan.pdf: Das Schreiben ist nicht gelungen. Dort liegt ein Ordner")


def read_until(process: subprocess.Popen[str], awaited: re.Pattern[str]) -> str:
    """What the process has said on stderr up to and including the awaited words."""
    assert process.stderr
    read = ""
    while not awaited.search(read):
        character = process.stderr.read(1)
        assert character, read
        read += character
    return read


def assert_interrupted(process: subprocess.Popen[str], read: str, sign: int = signal.SIGINT) -> None:
    process.send_signal(sign)
    assert process.stderr
    rest = process.stderr.read()  # not communicate(), which would miss what this stream has read ahead
    process.wait(timeout=60)
    lines = [line for line in (read + rest).splitlines() if not line.startswith("import time:")]
    assert process.returncode == ExitCode.INTERRUPTED, lines
    assert lines[-1] == "Abgebrochen. Halbfertige Dateien sind nicht entstanden."
    assert not [word for word in ENGLISH if word in "\n".join(lines)]


@pytest.mark.parametrize("stage", STAGES[:-1])
def test_ctrl_c_in_a_stage(work: Path, stage: str) -> None:
    before = snapshot(work)
    with start(work, "--output", "output") as process:
        read = read_until(process, re.compile(stage))
        assert_interrupted(process, read)
    assert snapshot(work) == before


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_terminal_and_kill_are_answered_like_ctrl_c(work: Path, sign: int) -> None:
    before = snapshot(work)
    with start(work, "--output", "output") as process:
        read = read_until(process, re.compile(STAGES[2]))
        assert_interrupted(process, read, sign)
    assert snapshot(work) == before


def test_what_is_written_already_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replace, "_replaced", {})
    assert interrupted() == "Abgebrochen. Halbfertige Dateien sind nicht entstanden."
    monkeypatch.setattr(replace, "_replaced", {Path("output/plan.pdf"): None, Path("output/manifest.json"): None})
    names = "output/plan.pdf, output/manifest.json"
    assert interrupted() == f"Abgebrochen, als schon geschrieben war: {names}. Diese Dateien sind vollständig."


@pytest.mark.parametrize("module", ["pipeline.errors", "pipeline.console.start", "click", "pydantic", "pipeline.run"])
def test_ctrl_c_while_it_imports(work: Path, module: str) -> None:
    before = snapshot(work)
    with start(work, "--output", "output", flags=("-X", "importtime")) as process:
        imported = read_until(process, re.compile(rf"\| +{re.escape(module)}\n"))
        assert_interrupted(process, imported)
    assert snapshot(work) == before
