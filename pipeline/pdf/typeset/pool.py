"""Pages of HTML in, typeset fragments out as they get done: shared out among processes, the longest first.

Layout happens in processes of its own even where there is one page. What it leaves in memory points in circles and
would take long to let go of, so a process typesets a batch and ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize

from pipeline.budget.deadline import overdue
from pipeline.budget.limits import TYPESETTING
from pipeline.errors import BuildError, RenderingError
from pipeline.files.interrupts import end_by_all
from pipeline.pdf.fragment import Fragment
from pipeline.pdf.typeset.typeset import Typesetter

# Forking hands on what is imported and parsed already; elsewhere than on Linux the system's libraries do not bear it.
START_METHOD = "fork" if sys.platform == "linux" else "spawn"
BATCHES = 8  # a worker, where processes start quickly: few enough to start, short enough to end together
LEAST_HTML = 8_000  # characters in a batch on average, unless a processor would have nothing to do: some three pages
MOST_HTML = 900_000  # characters in a batch, unless a page has more: some 450 MB in memory
_MOMENT = 0.1  # seconds that are waited beyond a deadline, so that it is surely over then

FIRST_PAGE = """<!DOCTYPE html>
<html lang="de-DE"><head><title>Wörter</title></head><body><h1>Eine Überschrift</h1>
<p>Wirtschaftsförderung in <strong>starken</strong> und <em>betonten</em> Worten</p><ul><li>gezählt</li></ul>
<table class="data"><thead><tr><th>Kopf</th></tr></thead><tbody><tr><td>Zelle</td></tr></tbody></table></body></html>"""
"""Has what most pages have. It takes a twentieth of a second, and each process that is forked then as much less."""

Batch = Sequence[tuple[int, str]]


@dataclass
class _Run:
    """A process at work: the pages that it has not sent yet, in order, and since when it has been at the first.

    The first page's time begins when the process does, which may have to load all it needs.
    """

    process: BaseProcess
    waiting: list[int]
    since: float = field(default_factory=time.monotonic)

    def next_page(self) -> None:
        """One more is done."""
        self.waiting.pop(0)
        self.since = time.monotonic()


class _Bench:
    """What one process typesets with: style sheets are parsed once, for one style sheet after another."""

    typesetter: Typesetter | None = None
    styles = ""
    pictures: Mapping[str, bytes] = {}

    def prepare(self, styles: str) -> None:
        """Parses the style sheets, unless they are the ones that were parsed last."""
        if self.typesetter is None or self.styles != styles:
            self.typesetter, self.styles = Typesetter(styles), styles

    def warm_up(self, styles: str) -> None:
        """Prepares and loads what only a page asks for, fonts and the like: processes that are forked inherit it."""
        if self.typesetter is None or self.styles != styles:
            self.prepare(styles)
            assert self.typesetter is not None
            self.typesetter.typeset(FIRST_PAGE, {})

    def clear(self) -> None:
        """Typesetters keep fonts in a folder that goes with them; the end of a process would leave it lying."""
        self.typesetter = None

    def typeset(self, page: str) -> Fragment:
        """Typesets one page of HTML; `prepare` comes first."""
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
    names: Sequence[str] = (),
) -> Iterator[tuple[int, Fragment]]:
    """Typesets every page; yields its index and the fragment, in no order.

    `workers`: how many processes, 0 for one a processor that this process may use; `names`: what messages call the
    pages. Raises RenderingError, also where a process is killed or a page is not done in time.
    """
    workers = min(workers or _processors(), len(pages))
    if start_method == "fork":
        _bench.warm_up(styles)
    context = multiprocessing.get_context(start_method)
    most = workers * BATCHES if start_method == "fork" else workers
    batches = _batches(pages, max(workers, min(most, sum(map(len, pages)) // LEAST_HTML)))
    running: dict[Connection, _Run] = {}
    try:
        while True:
            for batch in islice(batches, workers - len(running)):
                receiver, process = _started(context, batch, styles, pictures)
                running[receiver] = _Run(process, [index for index, _ in batch])
            if not running:
                return
            yield from _results(running)
            for run in running.values():
                if time.monotonic() - run.since > TYPESETTING.most:
                    at = run.waiting[0] if run.waiting else len(names)
                    raise overdue(TYPESETTING, "PDF setzen", names[at] if at < len(names) else "")
    finally:
        for receiver, run in running.items():
            run.process.kill()
            _end(receiver, run.process)


def _batches(pages: Sequence[str], number: int) -> Iterator[Batch]:
    """The pages, the longest first, in so many batches of about the same length.

    Whoever starts with the longest does not wait for it alone at the end. A page that is longer than a batch is one.
    """
    most = min(sum(map(len, pages)) // number, MOST_HTML)
    batch: list[tuple[int, str]] = []
    for index in sorted(range(len(pages)), key=lambda index: -len(pages[index])):
        if batch and sum(len(page) for _, page in batch) + len(pages[index]) > most:
            yield batch
            batch = []
        batch.append((index, pages[index]))
    if batch:
        yield batch


def _started(
    context: BaseContext, batch: Batch, styles: str, pictures: Mapping[str, bytes]
) -> tuple[Connection, BaseProcess]:
    receiver, sender = context.Pipe(duplex=False)
    arguments = (sender, batch, styles, dict(pictures))
    process = context.Process(target=_work, args=arguments, daemon=True)  # type: ignore[attr-defined]
    process.start()
    sender.close()  # else the end of the process would not be seen here
    return receiver, process


def _results(running: dict[Connection, _Run]) -> Iterator[tuple[int, Fragment]]:
    """What processes have sent, waited for as long as one may take; those that have ended are taken out.

    Raises what went wrong inside them.
    """
    left = TYPESETTING.most - (time.monotonic() - min(run.since for run in running.values()))
    for receiver in connection.wait(list(running), timeout=max(0.0, left) + _MOMENT):
        assert isinstance(receiver, Connection)
        try:
            result = receiver.recv()
        except EOFError:
            run = running.pop(receiver)
            if _end(receiver, run.process) != 0:
                raise RenderingError(
                    "Beim Setzen des PDF ist ein Prozess beendet worden; vielleicht reicht der Arbeitsspeicher nicht. "
                    "Bitte neu bauen: Was schon gesetzt ist, wird nicht noch einmal gesetzt."
                ) from None
            continue
        if isinstance(result, BuildError):
            raise result
        running[receiver].next_page()
        yield result


def _end(receiver: Connection, process: BaseProcess) -> int | None:
    receiver.close()
    process.join()
    code = process.exitcode
    process.close()
    return code


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


# --- inside a process ---------------------------------------------------------------------------------------------


def _work(sender: Connection, batch: Batch, styles: str, pictures: Mapping[str, bytes]) -> None:
    end_by_all()  # they are answered by the process that asked for the pages
    threading.Thread(target=_end_with_parent, daemon=True).start()
    inherited = _bench.typesetter is not None
    if not inherited:
        Finalize(None, _bench.clear, exitpriority=0)
    gc.disable()  # the process ends before what layout leaves behind is too much, and the search for it takes long
    try:
        _bench.prepare(styles)
        _bench.pictures = pictures
        for index, page in batch:
            sender.send((index, _bench.typeset(page)))
            if not inherited:  # a process that starts slowly has a long batch
                gc.collect()
    except BuildError as error:
        sender.send(error)


def _end_with_parent() -> None:
    """A killed parent cannot tell its processes to stop; they would wait for it for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)
