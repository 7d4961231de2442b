"""What is shown while it runs: lines in a pipe, a live display on a terminal, nothing if quiet."""

from __future__ import annotations

import io
import os
import re
import sys

import pytest
from rich.console import Console

from pipeline.console.numbers import amount, listing, seconds, size
from pipeline.console.progress import Lines, Live, progress_on
from pipeline.console.streams import prepare, say
from pipeline.errors import FileAccessError
from pipeline.outcome import Silent


def test_a_line_a_stage_in_a_pipe() -> None:
    stream = io.StringIO()
    progress = progress_on(stream, quiet=False)
    with progress.stage("Quellen lesen", "38 Dateien"):
        assert stream.getvalue() == "Quellen lesen: 38 Dateien … "
    with pytest.raises(KeyboardInterrupt), progress.stage("Prüfen"):
        raise KeyboardInterrupt
    assert re.fullmatch(r"Quellen lesen: 38 Dateien … \d,\d s\nPrüfen … abgebrochen\n", stream.getvalue())


def test_a_live_display_on_a_terminal() -> None:
    stream = io.StringIO()
    progress = Live(Console(file=stream, force_terminal=True, width=80, color_system=None))
    with progress.stage("Quellen lesen", "38 Dateien [sic]"):
        pass
    with pytest.raises(ValueError, match="any"), progress.stage("PDF setzen"):
        raise ValueError("any")
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", stream.getvalue())
    assert re.search(r"^✓ Quellen lesen: 38 Dateien \[sic\]  \d,\d s$", shown, re.MULTILINE)
    assert re.search(r"^✗ PDF setzen$", shown, re.MULTILINE)
    assert stream.getvalue().count("\x1b[?25l") == stream.getvalue().count("\x1b[?25h")  # the cursor is back


def test_which_display_suits_which_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    assert isinstance(progress_on(stream, quiet=False), Lines)
    assert isinstance(progress_on(stream, quiet=True), Silent)
    assert isinstance(progress_on(None, quiet=False), Silent)
    monkeypatch.setattr(stream, "isatty", lambda: True)
    assert isinstance(progress_on(stream, quiet=False), Live)
    with progress_on(stream, quiet=True).stage("Prüfen"):
        pass
    assert stream.getvalue() == ""


def test_a_reader_who_has_gone_stops_nothing() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as stream:
        say(stream, "first")
        say(stream, "second")


def test_a_full_disk_behind_the_stream_is_told() -> None:
    with open("/dev/full", "w", encoding="utf-8") as stream:  # noqa: PTH123 - a device
        with pytest.raises(FileAccessError, match="Der Datenträger ist voll"):
            say(stream, "anything")
        say(stream, "nothing more")


def test_no_stream_at_all() -> None:
    say(None, "anything")
    prepare(None)


def test_characters_that_the_stream_cannot_write_are_replaced() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    prepare(stream)
    say(stream, "Prüfen … \udcff")
    stream.seek(0)
    assert stream.read() == "Pr?fen ? ?\n"


def test_rich_is_not_imported_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "rich"]:
        monkeypatch.delitem(sys.modules, name)
    with progress_on(io.StringIO(), quiet=False).stage("Prüfen"):
        pass
    assert "rich" not in sys.modules


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "0 Byte"), (999, "999 Byte"), (1000, "1,0 kB"), (1_234_567, "1,2 MB"), (1_234_567_890_123, "1.234,6 GB")],
)
def test_sizes(count: int, expected: str) -> None:
    assert size(count) == expected


@pytest.mark.parametrize(("duration", "expected"), [(0.04, "0,0 s"), (59.4, "59,4 s"), (60.2, "1 min 0 s")])
def test_times(duration: float, expected: str) -> None:
    assert seconds(duration) == expected


def test_words() -> None:
    assert [amount(count, "Ziel", "Ziele") for count in (0, 1, 2)] == ["0 Ziele", "1 Ziel", "2 Ziele"]
    assert [listing(list(words)) for words in ("a", "ab", "abc")] == ["a", "a oder b", "a, b oder c"]
