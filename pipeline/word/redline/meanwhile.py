"""A function and what it is given in; out: its result, found by another process while this one does something else."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import RenderingError
from pipeline.files.pickled import pickled

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Result = TypeVar("Result")


@contextmanager
def meanwhile(function: Callable[..., Result], *given: Any) -> Iterator[Callable[[], Result]]:
    """Begins at once; what is handed out waits for the result, and raises what the function raised.

    The function and all that it is given go to the other process by pickle, read-only mappings as plain ones. Left
    early, the other process is ended. With one processor nothing would be won, and the function is called when its
    result is asked for.
    """
    if (os.cpu_count() or 1) == 1:
        yield lambda: function(*given)
        return
    context = get_context("spawn")  # as everywhere: nothing of this process is taken along
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(there, pickled((function, given))), daemon=True)
    process.start()
    there.close()
    try:
        yield lambda: _received(here)
    finally:
        if process.is_alive():
            process.terminate()
        process.join()
        here.close()


def _received(here: Connection) -> Any:
    try:
        found, result = here.recv()
    except EOFError as error:  # the other process was ended from outside
        raise RenderingError("Ein Hilfsprozess ist abgebrochen, vielleicht aus Mangel an Arbeitsspeicher.") from error
    if not found:
        raise result
    return result


def _answer(there: Connection, asked: bytes) -> None:
    function, given = pickle.loads(asked)
    try:
        answer = (True, function(*given))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the result is asked for
        answer = (False, error)
    there.send(answer)
    there.close()
