"""A released PDF gets a signature: in the field of a publisher, behind all that is there, or a document time stamp."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FileAccessError
from pipeline.files.access import reason
from pipeline.files.publish import publish_file
from pipeline.outcome import Progress

_REASON = "Freigabe"


@dataclass(frozen=True)
class SignRequest:
    """Which file with which key for which publisher; '' for the first whose field is free.

    `timestamp`: the web address of a service. Without a key the whole document gets a time stamp.
    """

    file: Path
    key: Path | None
    passphrase: Callable[[], bytes]  # asked for when it is needed
    publisher: str = ""
    timestamp: str = ""


@dataclass(frozen=True)
class Signed:
    """For which publisher, '' where the document got a time stamp, and those for whom nobody has signed yet."""

    publisher: str
    free: tuple[str, ...]


def sign(request: SignRequest, progress: Progress) -> Signed:
    """Signs and writes the file. Raises SigningError, FileAccessError."""
    from pipeline.parts.release import FIELD
    from pipeline.signing.sign import Key, SigningError, free_fields, signed, stamper_at, timestamped

    data = _read(request.file)
    free = {name.removeprefix(FIELD): name for name in free_fields(data)}
    stamper = stamper_at(request.timestamp) if request.timestamp else None
    if request.key is None:
        if stamper is None:
            raise SigningError("Es fehlt --p12 mit dem Schlüssel, oder --timestamp mit einem Zeitstempeldienst.")
        with progress.stage("Zeitstempel", str(request.file)):
            publish_file(request.file, timestamped(data, stamper))
        return Signed("", tuple(free))
    if not request.key.is_file():
        raise FileAccessError(f"{request.key} gibt es nicht.")
    if not free:
        raise SigningError(f"{request.file}: Hier ist kein Feld für eine Unterschrift frei.")
    wanted = request.publisher or next(iter(free))
    if wanted not in free:
        raise SigningError(f"Ein freies Feld „{wanted}“ gibt es nicht. Frei: {', '.join(free)}.")
    key = Key(request.key, request.passphrase())
    with progress.stage("Unterschreiben", str(request.file)):
        result = signed(data, key, free[wanted], _REASON, stamper)
    publish_file(request.file, result)
    return Signed(wanted, tuple(name for name in free if name != wanted))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileAccessError(f"{path} lässt sich nicht lesen. {reason(error)}") from error
