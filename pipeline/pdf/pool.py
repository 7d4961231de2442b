"""Pages of HTML in, typeset fragments out as they get done: shared out among processes, the longest first.

Layout happens in processes of its own even where there is one page: what it leaves in memory goes with them.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from multiprocessing.util import Finalize

from pipeline.errors import RenderingError
from pipeline.pdf.fragment import Fragment
from pipeline.pdf.typeset import Typesetter

# Forking hands on what is imported and parsed already; elsewhere than on Linux the system's libraries do not bear it.
START_METHOD = "fork" if sys.platform == "linux" else "spawn"


class _Bench:
    """What one process typesets with: style sheets are parsed once, for one style sheet after another."""

    typesetter: Typesetter | None = None
    styles = ""
    pictures: Mapping[str, bytes] = {}

    def prepare(self, styles: str) -> None:
        if self.typesetter is None or self.styles != styles:
            self.typesetter, self.styles = Typesetter(styles), styles

    def clear(self) -> None:
        """Typesetters keep fonts in a folder that goes with them; the end of a process would leave it lying."""
        self.typesetter = None

    def typeset(self, page: str) -> Fragment:
        assert self.typesetter is not None
        return self.typesetter.typeset(page, self.pictures)


_bench = _Bench()


def typeset_all(
    pages: Sequence[str],
    styles: str,
    pictures: Mapping[str, bytes],
    *,
    workers: int = 0,
    start_method: str = START_METHOD,
) -> Iterator[tuple[int, Fragment]]:
    """Typesets every page; yields its index and the fragment, in no order.

    `workers`: how many processes, 0 for one a processor that this process may use. Raises RenderingError, also where a
    process is killed.
    """
    workers = min(workers or _processors(), len(pages))
    if start_method == "fork":
        _bench.prepare(styles)
    context = multiprocessing.get_context(start_method)
    try:
        pool = ProcessPoolExecutor(workers, context, _start_worker, (styles, dict(pictures), start_method))
    except (ImportError, OSError):  # a system without semaphores, whose processes cannot be waited for
        yield from _typeset_here(pages, styles, pictures)
        return
    try:
        yield from _typeset_in(pool, pages)
    finally:
        pool.shutdown(cancel_futures=True)


def _typeset_in(pool: ProcessPoolExecutor, pages: Sequence[str]) -> Iterator[tuple[int, Fragment]]:
    longest_first = sorted(range(len(pages)), key=lambda index: -len(pages[index]))
    try:
        futures = {pool.submit(_typeset, pages[index]): index for index in longest_first}
        for future in as_completed(futures):
            yield futures[future], future.result()
    except BrokenProcessPool as error:
        raise RenderingError(
            "Beim Setzen des PDF ist ein Prozess beendet worden; vielleicht reicht der Arbeitsspeicher nicht. Bitte "
            "neu bauen: Was schon gesetzt ist, wird nicht noch einmal gesetzt."
        ) from error


def _typeset_here(pages: Sequence[str], styles: str, pictures: Mapping[str, bytes]) -> Iterator[tuple[int, Fragment]]:
    _bench.prepare(styles)
    _bench.pictures = pictures
    for index, page in enumerate(pages):
        yield index, _bench.typeset(page)


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


# --- inside a worker ----------------------------------------------------------------------------------------------


def _start_worker(styles: str, pictures: Mapping[str, bytes], start_method: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C is answered by the process that asked for the pages
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if start_method != "fork":  # else the parent's typesetter is used, and cleared there
        Finalize(None, _bench.clear, exitpriority=0)
    _bench.prepare(styles)
    _bench.pictures = pictures
    gc.freeze()  # nothing of what is there by now is ever garbage, and looking through it would take long


def _end_with_parent() -> None:
    """A killed parent cannot tell its workers to stop; they would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _typeset(page: str) -> Fragment:
    try:
        return _bench.typeset(page)
    finally:
        gc.collect()  # what layout leaves points in circles; without this each page would lie on top of the last
