"""What `watch` does at each save, as a process of its own and as a loop over signals."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.files.watch import saves

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "tests" / "plans" / "tiny"
PDF = "tun.pdf"
WAITING = "Warte auf das nächste Speichern"


class Watched:
    """A running `watch` on a copy of a small plan."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.pdf = folder / "output" / PDF
        shutil.copytree(PLAN, self.content)
        command = [sys.executable, "-X", "utf8", str(ROOT / "build.py"), "watch", "--content", "content"]
        self.process = subprocess.Popen(
            [*command, "--output", "output", "--cache", "cache"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def until_it_waits(self) -> str:
        """All that it says until it waits for the next save."""
        said = ""
        assert self.process.stdout
        for line in self.process.stdout:
            said += line
            if WAITING in line:
                return said
        raise AssertionError(said)

    def save(self, name: str, text: str) -> None:
        (self.content / name).write_text(text, "utf-8")

    def cached(self) -> set[str]:
        return {path.name for path in (self.folder / "cache").iterdir()}


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(tmp_path)
    yield watched
    watched.process.kill()
    watched.process.communicate()


def test_a_working_day(watched: Watched) -> None:
    first = watched.until_it_waits()
    assert f"output/{PDF}" in first
    assert "Seiten" in first
    assert not (watched.folder / "output" / PDF.replace(".pdf", ".docx")).exists()
    built, parts = watched.pdf.read_bytes(), watched.cached()
    chapter = min(watched.content.glob("texte/*.md"))
    good = chapter.read_text("utf-8")

    watched.save(f"texte/{chapter.name}", good + "\n\nNoch ein Satz.\n")
    said = watched.until_it_waits()
    assert re.match(r"Gespeichert, neu bauen … \d+,\d s\n", said), "that it builds, at once, and then how long it took"
    assert f"output/{PDF}" in said
    changed = watched.pdf.read_bytes()
    assert changed != built
    new = watched.cached() - parts
    assert len(new) == 5, "page and fragment of the chapter and of the status page, which names the checksum; the whole"

    watched.save(f"texte/{chapter.name}", good + "\n\n[](#M9.9.9)\n")
    said = watched.until_it_waits()
    assert "M9.9.9" in said
    assert "Nichts veröffentlicht" in said
    assert watched.pdf.read_bytes() == changed

    watched.save(f"texte/{chapter.name}", good)
    watched.until_it_waits()
    assert watched.pdf.read_bytes() == built
    assert watched.cached() - parts == new, "nothing was typeset again"


def test_a_folder_that_goes_and_comes_back(watched: Watched) -> None:
    watched.until_it_waits()
    built = watched.pdf.read_bytes()
    watched.content.rename(watched.folder / "elsewhere")
    assert "Den Ordner mit den Inhalten gibt es nicht" in watched.until_it_waits()
    assert watched.process.poll() is None
    (watched.folder / "elsewhere").rename(watched.content)
    assert f"output/{PDF}" in watched.until_it_waits()
    assert watched.pdf.read_bytes() == built


def test_ctrl_c_ends_it(watched: Watched) -> None:
    watched.until_it_waits()
    watched.process.send_signal(signal.SIGINT)
    rest, _ = watched.process.communicate(timeout=20)
    assert rest.endswith("Beendet.\n")
    assert watched.process.returncode == 0


def test_what_saving_cannot_mend_ends_it(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "utf8", str(ROOT / "build.py"), "watch", "--content", "nirgends"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 5
    assert "Den Ordner mit den Inhalten gibt es nicht" in done.stderr


def test_json_has_no_end_there(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "utf8", str(ROOT / "build.py"), "watch", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 2
    assert "watch" in done.stderr


def test_which_changes_are_saves(tmp_path: Path) -> None:
    content, output = tmp_path / "content", tmp_path / "content" / "output"
    output.mkdir(parents=True)
    signals = saves(content, (output,))
    next(signals)
    (output / "plan.pdf").write_text("by the program itself")
    (content / ".plan.yaml.swp").write_text("by an editor")
    (content / "plan.yaml~").write_text("by an editor")
    time.sleep(0.4)
    (content / "plan.yaml").write_text("by the author")
    begin = time.monotonic()
    next(signals)
    assert time.monotonic() - begin < 2
    os.utime(content / "plan.yaml")
    next(signals)
