"""A machine where WeasyPrint is installed and Pango is not: all but the PDF works, and the PDF says what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import ExitCode, MissingToolError
from pipeline.ooxml.package import Package
from pipeline.pdf.typeset.installed import require_weasyprint

ROOT = Path(__file__).resolve().parents[2]

# Runs the program in a process that finds none of the system's libraries for text, by whatever way it looks for them.
PROGRAM = f"""
import ctypes, ctypes.util, runpy, sys
import cffi

FOR_TEXT = ("pango", "harfbuzz", "gobject", "glib", "fontconfig")

def without(load):
    def loads(*arguments, **settings):
        if any(word in str(argument) for argument in arguments for word in FOR_TEXT):
            raise OSError(f"cannot load library {{arguments[-1]!r}}")
        return load(*arguments, **settings)
    return loads

cffi.FFI.dlopen = without(cffi.FFI.dlopen)
ctypes.CDLL.__init__ = without(ctypes.CDLL.__init__)
ctypes.util.find_library = lambda name: None
sys.path.insert(0, {str(ROOT)!r})
sys.argv[0] = "build.py"
runpy.run_path({str(ROOT / "build.py")!r}, run_name="__main__")
"""
MISSING = (
    "Fehler: Das PDF lässt sich nicht setzen: Pango oder eine Bibliothek, die dazugehört, fehlt. "
    "Bitte „sh setup.sh“ ausführen. Die Word-Datei entsteht auch ohne, mit --format docx."
)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder with a copy of a very small plan."""
    shutil.copytree(Path(__file__).parent / "plan", tmp_path / "content")
    return tmp_path


def call(work: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    used = {"check": ("content",), "merge": ("content", "cache")}.get(arguments[0], ("content", "output", "cache"))
    folders = [word for name in used for word in (f"--{name}", name)]
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PROGRAM, *arguments, *folders],
        cwd=work,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def test_check_word_and_the_way_back_from_word_work(work: Path) -> None:
    checked = call(work, "check")
    assert (checked.returncode, checked.stdout.splitlines()[-1]) == (ExitCode.OK, "Geprüft: nichts zu beanstanden.")
    built = call(work, "--format", "docx", "--quiet")
    assert (built.returncode, built.stderr) == (ExitCode.OK, "")
    word = Package((work / "output" / "plan.docx").read_bytes())
    (changed,) = [node for node in word.tree("word/document.xml").iter() if node.text == "Ein Satz."]
    changed.text = "Ein kurzer Satz."
    (work / "zurück.docx").write_bytes(word.to_bytes())
    merged = call(work, "merge", "zurück.docx")
    assert (merged.returncode, merged.stderr.count("Fehler")) == (ExitCode.OK, 0), merged.stdout
    assert "\nEin kurzer Satz.\n" in (work / "content" / "texte" / "anfang.md").read_text("utf-8")


@pytest.mark.parametrize("formats", [(), ("--format", "pdf")])
def test_the_pdf_says_what_is_missing_and_leaves_nothing(work: Path, formats: tuple[str, ...]) -> None:
    built = call(work, *formats, "--quiet")
    assert built.returncode == ExitCode.MISSING_TOOL
    assert built.stdout == ""  # WeasyPrint's own words about it are English
    assert built.stderr.splitlines() == [MISSING, "Nichts veröffentlicht: In output bleibt alles, wie es war."]
    assert not (work / "output").exists()


def test_without_weasyprint_itself_the_pdf_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(MissingToolError, match=r"setzen: WeasyPrint fehlt\. Bitte „sh setup\.sh“ ausführen\."):
        require_weasyprint()
