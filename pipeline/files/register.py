"""The folder of this copy of the program in, which bases it handed out: a text file with a line for each, never cut.

It may lie in a folder that several people share. Whoever writes puts one line at the end; nothing is ever replaced, so
that nobody can take away what another wrote. A line that is no entry counts for nothing.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

NAME: Final = "grundlagen.txt"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def enter(folder: Path | None, digest: str, date: str, edition: str) -> OSError | None:
    """Writes down that a base was handed out, once; what was refused, if anything. No build ends because of it.

    `digest`: 64 hex digits; `date` and `edition` are for people who open the file.
    """
    if folder is None or is_known(folder, digest):
        return None
    line = " ".join(f"{digest} {date} {edition}".split()) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / NAME
        with path.open("a+b") as file:
            ended = file.seek(0, os.SEEK_END) == 0 or _last_byte(file.fileno()) == b"\n"
            file.write((line if ended else f"\n{line}").encode())
    except OSError as error:
        return error
    return None


def is_known(folder: Path | None, digest: str) -> bool:
    """Whether the base with that digest is in the register."""
    if folder is None:
        return False
    with suppress(OSError), (folder / NAME).open("rb") as file:
        wanted = digest.encode()
        return any(line[: len(wanted)] == wanted for line in file if _is_entry(line))
    return False


def _is_entry(line: bytes) -> bool:
    """Whether a line begins with a digest and nothing more that belongs to it."""
    return _DIGEST.fullmatch(line[:64].decode("ascii", "replace")) is not None and line[64:65].isspace()


def _last_byte(descriptor: int) -> bytes:
    """What the file ends with; a writer that was stopped may have left half a line."""
    end = os.lseek(descriptor, -1, os.SEEK_END)
    os.lseek(descriptor, end, os.SEEK_SET)
    return os.read(descriptor, 1)
