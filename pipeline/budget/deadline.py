"""What has to be done within a time, and where it is just now, in; an error that names both if it takes longer out.

The clock is the system's: it interrupts whatever Python or a library is doing. What is being written to disk is never
under a deadline. Where there is no such clock (Windows) or another thread works, nothing is interrupted.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from pipeline.budget.limits import Limit
from pipeline.errors import OverdueError


class _Overdue(BaseException):
    """The time of one of those that are running is over."""


@dataclass
class _Running:
    end: float  # by time.monotonic()
    place: str = ""


_running: list[_Running] = []


def at(place: str) -> None:
    """Says what is being worked on: a file, a picture, a unit. An overdue error names the last."""
    if _running:
        _running[-1].place = place


@contextmanager
def deadline(limit: Limit, doing: str) -> Iterator[None]:
    """Lets what is inside take no longer than that many seconds; `doing` names it, as the progress display does.

    Raises OverdueError. Deadlines may stand inside each other; the earliest ends.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    own = _Running(time.monotonic() + limit.most)
    before = signal.signal(signal.SIGALRM, _ring)
    _running.append(own)
    try:
        try:
            _set()
            yield
        finally:
            _running.remove(own)
            _set()
            signal.signal(signal.SIGALRM, before)
    except _Overdue as error:
        if error.args[0] is not own:
            raise
        raise overdue(limit, doing, own.place) from None


def overdue(limit: Limit, doing: str, place: str) -> OverdueError:
    """The error of something that is not done in time; `place` '' where nobody knows it."""
    where = f"{place}: " if place else ""
    return OverdueError(
        f"{where}Abgebrochen, weil „{doing}“ nach {limit.within} nicht fertig war. Bitte vereinfachen oder "
        "verkleinern, was dort steht; hilft das nicht, es auf einem schnelleren Rechner versuchen."
    )


def _set() -> None:
    """The clock to the earliest end; off where nothing is running."""
    left = min((item.end for item in _running), default=0.0) - time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, max(left, 0.001) if _running else 0)


def _ring(_number: int, _frame: FrameType | None) -> None:
    late = min(_running, key=lambda item: item.end, default=None)
    if late is not None:
        raise _Overdue(late)
