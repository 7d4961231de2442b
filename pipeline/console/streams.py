"""Text in, text on a terminal or in a pipe out; a reader who has gone away stops no build."""

from __future__ import annotations

import io
import os
from typing import TextIO

from pipeline.errors import FileAccessError
from pipeline.files.access import reason


def prepare(stream: TextIO | None) -> None:
    """Characters that the stream's encoding lacks, or that a file name holds by force, become replacements.

    Without this, an „ö“ in a message would end the program with a UnicodeEncodeError where the locale is C.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def say(stream: TextIO | None, text: str, end: str = "\n") -> None:
    """Writes and flushes; silent where the stream is closed or its reader has gone.

    Raises FileAccessError if the stream leads to a file that takes no more.
    """
    if stream is None or stream.closed:
        return
    try:
        stream.write(text + end)
        stream.flush()
    except BrokenPipeError:
        _discard(stream)
    except OSError as error:
        _discard(stream)
        raise FileAccessError(f"Die Meldungen lassen sich nicht ausgeben. {reason(error)}") from error


def _discard(stream: TextIO) -> None:
    """The rest goes nowhere, what is still in the buffer too: the interpreter flushes once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
