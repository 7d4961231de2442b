"""A folder in, a signal after each save in it out, for as long as anybody asks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import watchfiles

from pipeline.errors import FileAccessError
from pipeline.files.access import reason

STEP = 50  # milliseconds of quiet that end a save: editors write a file in several goes
LOOK = 200  # milliseconds after which it is asked whether the folder is still the same


def saves(folder: Path, ignored: Sequence[Path] = ()) -> Iterator[None]:
    """Yields as soon as it is watching, then after each change below `folder`, also when it goes away or comes back.

    What changes while nobody asks is told with the next signal. Left out are changes below the `ignored` folders, which
    the program writes itself, and files that editors keep beside the one they edit. Raises FileAccessError where the
    system does not let the folder be watched.
    """
    own = [path.absolute() for path in ignored]

    def counts(_: watchfiles.Change, name: str) -> bool:
        path = Path(name)
        beside = path.name.startswith(".") or path.name.endswith("~")
        return not beside and not any(path.is_relative_to(place) for place in own)

    while True:
        while not folder.is_dir():
            time.sleep(LOOK / 1000)
        try:
            yield from _saves_while_it_lasts(folder, counts)
        except FileNotFoundError:  # it went between two looks
            continue
        except OSError as error:
            raise FileAccessError(f"{folder}: Der Ordner lässt sich nicht beobachten. {reason(error)}") from error


def _saves_while_it_lasts(folder: Path, counts: Callable[[watchfiles.Change, str], bool]) -> Iterator[None]:
    identity = folder.stat().st_ino
    batches = watchfiles.watch(
        folder, watch_filter=counts, step=STEP, rust_timeout=LOOK, yield_on_timeout=True, debug=False
    )
    next(batches)  # only now it is watching
    yield
    for changes in batches:
        # A folder that was deleted and made again has the same name, but is watched no more: its number tells.
        there = folder.is_dir() and folder.stat().st_ino == identity
        if changes or not there:
            yield
        if not there:
            return
