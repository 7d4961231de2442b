"""Findings on a terminal: colours, lines broken to its width; and the same text without, where it is none."""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path, PurePosixPath

import pytest

from pipeline.console.findings import for_people
from pipeline.console.screen import Look, look_of
from pipeline.console.snippet import Lines
from pipeline.diagnostics import Diagnostic, Location, Severity
from tests.cases import apply, load

YAML = PurePosixPath("plan.yaml")


def finding(column: int, message: str = "Das geht nicht.") -> Diagnostic:
    return Diagnostic("P108", Severity.ERROR, Location(YAML, 1, column), message, "Es ändern.")


class Terminal(io.StringIO):
    """A stream that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Terminal()


def test_colours_and_a_width_on_a_terminal_only(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert look_of(terminal) == Look(None, colour=True)  # it has no number, so no width
    assert look_of(io.StringIO()) == look_of(None) == Look()
    monkeypatch.setattr(terminal, "fileno", lambda: 2)
    for columns, wanted in ((100, 100), (20, None), (0, None)):
        monkeypatch.setattr(os, "get_terminal_size", lambda _, wide=columns: os.terminal_size((wide, 50)))
        assert look_of(terminal) == Look(wanted, colour=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not look_of(terminal).colour
    monkeypatch.setenv("NO_COLOR", "")
    assert look_of(terminal).colour
    for name in ("dumb", "unknown"):
        monkeypatch.setenv("TERM", name)
        assert not look_of(terminal).colour
    monkeypatch.delenv("TERM")
    assert not look_of(terminal).colour
    terminal.close()
    assert look_of(terminal) == Look()


def test_colours_change_nothing_else() -> None:
    source = Lines({YAML: b"fassung: x\n"})
    items = [Diagnostic("P108", severity, Location(YAML, 1, 10), "Nein.", "Doch.") for severity in Severity]
    for columns in (None, 60):
        painted = for_people(items, source, Path("content"), Look(columns, colour=True))
        assert re.sub(r"\x1b\[[\d;]*m", "", painted) == for_people(items, source, Path("content"), Look(columns))
        for style, words in (("1;31", "Fehler P108"), ("1;33", "Warnung P108"), ("1;36", "Hinweis P108")):
            assert f"\x1b[1mcontent/plan.yaml:1:10\x1b[0m: \x1b[{style}m{words}\x1b[0m: Nein." in painted
            assert f"\x1b[{style}m^\x1b[0m" in painted


def test_sentences_are_broken_between_words() -> None:
    item = finding(10, message="Ein langer Satz, der in keine Zeile passt, so kurz sind sie hier.")
    block = for_people([item], Lines({YAML: b"fassung: " + b"x" * 90}), Path("content"), Look(50))
    assert block.splitlines() == [
        "content/plan.yaml:1:10: Fehler P108: Ein langer",
        "    Satz, der in keine Zeile passt, so kurz sind",
        "    sie hier.",
        "     1 | fassung: " + "x" * 29 + "…",
        "       |          ^" + "~" * 28,
        "    Es ändern.",
    ]
    deep = for_people([finding(1)], Lines({}), Path("ein sehr langer Pfad " * 3), Look(50, colour=True))
    assert "\x1b" not in deep  # the place is broken itself, and stays plain


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_check_in_a_real_terminal(tmp_path: Path) -> None:
    apply(load("P403"), tmp_path / "content")
    for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        text = in_terminal(tmp_path, environment, 70)
        assert ("\x1b[1;31mFehler P403\x1b[0m" in text) == coloured
        plain = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", text)
        assert plain.splitlines()[-8:] == [
            "",
            "content/stadt/massnahmen.yaml:7:18: Fehler P403: Den Akteur „vereine“",
            "    gibt es nicht.",
            "     7 |     mitwirkung: [vereine]",
            "       |                  ^~~~~~~",
            "    Meinten Sie „verein“? Die Kennungen stehen in akteure.yaml; ein",
            "    neuer Akteur wird dort ergänzt.",
            "",
        ]


def in_terminal(work: Path, environment: dict[str, str], columns: int) -> str:
    """What `check` writes to a terminal as wide as that."""
    import fcntl  # noqa: PLC0415 - do not exist on Windows
    import pty  # noqa: PLC0415
    import struct  # noqa: PLC0415
    import subprocess  # noqa: PLC0415
    import termios  # noqa: PLC0415

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    program = str(Path(__file__).resolve().parents[2] / "build.py")
    command = [sys.executable, "-X", "utf8", program, "check", "--content", "content"]
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        command, cwd=work, stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs,
        env={**inherited, "TERM": "xterm-256color", **environment},
    )  # fmt: skip
    os.close(theirs)
    written = b""
    while chunk := _chunk(ours):
        written += chunk
    os.close(ours)
    assert process.wait(timeout=60) == 1
    return written.decode().replace("\r\n", "\n")


def _chunk(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux says that the other side is closed
        return b""
