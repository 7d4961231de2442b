"""Pages of HTML in, typeset fragments out, in the same order: shared out among processes, the longest first."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor

from pipeline.pdf.fragment import Fragment
from pipeline.pdf.typeset import Typesetter

_typesetter: Typesetter | None = None  # a worker's own, made when the worker starts


def typeset_all(pages: Sequence[str], styles: str, pictures: Mapping[str, bytes], workers: int = 0) -> list[Fragment]:
    """Typesets every page. `workers`: how many processes, 0 for one a processor that this process may use."""
    workers = min(workers or _processors(), len(pages))
    if workers <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        typesetter = Typesetter(styles, pictures)
        return [typesetter.typeset(page) for page in pages]
    longest_first = sorted(range(len(pages)), key=lambda index: -len(pages[index]))
    context = multiprocessing.get_context("fork")  # what is imported already need not be imported again
    with ProcessPoolExecutor(workers, context, _start_worker, (styles, dict(pictures))) as pool:
        futures = {index: pool.submit(_typeset, pages[index]) for index in longest_first}
        return [futures[index].result() for index in range(len(pages))]


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _start_worker(styles: str, pictures: Mapping[str, bytes]) -> None:
    global _typesetter  # noqa: PLW0603
    _typesetter = Typesetter(styles, pictures)


def _typeset(page: str) -> Fragment:
    assert _typesetter is not None
    return _typesetter.typeset(page)
