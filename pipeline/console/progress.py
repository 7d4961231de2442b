"""Shows which stage is running and how long each took: as lines in files and pipes, as a display on a terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from pipeline.console.numbers import seconds
from pipeline.console.streams import say
from pipeline.outcome import Progress, Silent

if TYPE_CHECKING:
    from rich.console import Console


class Lines:
    """A line a stage, for log files and pipes: the label when it begins, the time when it ends."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    @contextmanager
    def stage(self, label: str, detail: str = "") -> Iterator[None]:
        """The line stays open while the stage runs, so that one sees which."""
        begin = time.monotonic()
        try:
            say(self._stream, f"{_headed(label, detail)} … ", end="")
            yield
        except BaseException:
            say(self._stream, "abgebrochen")
            raise
        say(self._stream, seconds(time.monotonic() - begin))


class Live:
    """For a terminal: finished stages with their time, the running one with a moving sign and a clock."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def stage(self, label: str, detail: str = "") -> Iterator[None]:
        """Shows the running stage; a line with a tick stays when it is done, a cross if it failed."""
        from rich.live import Live as Display  # noqa: PLC0415 - slow to import, and only a terminal needs it
        from rich.spinner import Spinner  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        begin = time.monotonic()
        spinner = Spinner("dots")

        def running() -> Spinner:
            spinner.update(text=Text(f"{_headed(label, detail)}  {seconds(time.monotonic() - begin)}"))
            return spinner

        try:
            with Display(get_renderable=running, console=self._console, transient=True, refresh_per_second=10):
                yield
        except BaseException:
            self._console.print(Text(f"✗ {_headed(label, detail)}", style="red"))
            raise
        self._console.print(Text(f"✓ {_headed(label, detail)}  {seconds(time.monotonic() - begin)}"))


def progress_on(stream: TextIO | None, *, quiet: bool) -> Progress:
    """The display that suits the stream: live on a terminal, lines elsewhere, none if quiet."""
    if quiet or stream is None or stream.closed:
        return Silent()
    if not stream.isatty():
        return Lines(stream)
    from rich.console import Console  # noqa: PLC0415 - slow to import, and only a terminal needs it

    return Live(Console(file=stream, highlight=False))


def _headed(label: str, detail: str) -> str:
    return f"{label}: {detail}" if detail else label
