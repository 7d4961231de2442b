"""Signals that end a program in, one way to end out: Ctrl-C, a closed terminal and `kill` all raise KeyboardInterrupt.

Where files take their places nothing may come between, so what arrives there waits until all of them have. Reads and
runs on old Pythons too, as the program's first lines do.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # the last does not exist on Windows
_ALL = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))


def raise_for_all() -> None:
    """From now on each of the signals raises KeyboardInterrupt; one that is ignored stays so, as `nohup` wants it."""
    for number in _ALL:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


def ignore_all() -> None:
    """From now on none of them does anything: all is decided and said."""
    for number in _ALL:
        signal.signal(number, signal.SIG_IGN)


def end_by_all() -> None:
    """From now on each of them ends the process at once, as in one that only works for another."""
    for number in _ALL:
        signal.signal(number, signal.SIG_DFL)


def hold_back() -> None:
    """From now on they wait; also across the start of another program in this process."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, _ALL)


def let_in() -> None:
    """They come again, and what waited comes at once."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ALL)


@contextmanager
def held_back() -> Iterator[None]:
    """Inside they wait; on Windows, where nothing can make them wait, they come as ever."""
    hold_back()
    try:
        yield
    finally:
        let_in()
