"""What is said of a signature, and how its pass phrase is asked for: on the terminal, never in an argument."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from pipeline.actions.sign import SignRequest, sign
from pipeline.console import machine
from pipeline.console.options import Options
from pipeline.console.streams import say
from pipeline.errors import ExitCode, FileAccessError
from pipeline.files.access import reason


def sign_document(
    options: Options, file: Path, key: Path | None, passphrase_file: Path | None, field: str, timestamp: str
) -> ExitCode:
    """Signs and says in whose field."""
    request = SignRequest(file, key, lambda: _passphrase(passphrase_file), field, timestamp)
    done = sign(request, options.progress())
    said = [f"Unterschrieben: {file}, Feld {done.publisher}."]
    if not done.publisher:
        said = [f"Mit einem Zeitstempel versehen: {file}."]
    if done.free:
        said.append(f"Noch frei: {', '.join(done.free)}.")
    if options.json:
        say(sys.stdout, machine.verified(tuple(said), ExitCode.OK))
    elif not options.quiet:
        for sentence in said:
            say(sys.stdout, sentence)
    return ExitCode.OK


def _passphrase(path: Path | None) -> bytes:
    """From a file its first line; else typed, and not shown."""
    if path is None:
        return getpass.getpass("Passphrase des Schlüssels: ").encode()
    try:
        return path.read_bytes().split(b"\n", 1)[0].rstrip(b"\r")
    except OSError as error:
        raise FileAccessError(f"{path} lässt sich nicht lesen. {reason(error)}") from error
