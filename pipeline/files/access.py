"""An error of the operating system in, the German reason and the advice out: the same words wherever files are used."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from pipeline.errors import FileAccessError

_PERMISSION = ("Die Berechtigung fehlt.", "Bitte die Zugriffsrechte prüfen.")
_ROOM = "Bitte Platz schaffen und es noch einmal versuchen."
_FULL = ("Der Datenträger ist voll.", _ROOM)
_LOOP = ("Der Verweis führt im Kreis.", "Bitte den Verweis richten.")

# The system's own texts follow the user's locale and are mostly English, so the numbers decide.
_REASONS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        errno.EACCES: _PERMISSION,
        errno.EPERM: _PERMISSION,
        errno.EROFS: ("Der Datenträger ist schreibgeschützt.", "Bitte einen anderen Ordner wählen."),
        errno.ENOSPC: _FULL,
        errno.EDQUOT: (
            "Das Speicherkontingent ist ausgeschöpft.",
            _ROOM,
        ),
        errno.EFBIG: ("Die Datei wird größer, als hier erlaubt ist.", "Bitte einen anderen Ordner wählen."),
        errno.ENOENT: ("Die Datei oder den Ordner gibt es nicht.", "Bitte den Pfad prüfen."),
        errno.EISDIR: ("Dort liegt ein Ordner, erwartet wird eine Datei.", "Bitte den Ordner umbenennen."),
        errno.ENOTDIR: ("Dort liegt eine Datei, erwartet wird ein Ordner.", "Bitte den Pfad prüfen."),
        errno.EEXIST: ("Dort liegt schon etwas anderes.", "Bitte den Pfad prüfen."),
        errno.ELOOP: _LOOP,
        errno.ENAMETOOLONG: ("Der Name ist zu lang.", "Bitte einen kürzeren Pfad wählen."),
        errno.EBUSY: ("Die Datei ist gerade in Gebrauch.", "Bitte das andere Programm schließen."),
        errno.EMFILE: ("Zu viele Dateien sind zugleich geöffnet.", "Bitte andere Programme schließen."),
        errno.EIO: ("Der Datenträger meldet einen Fehler.", "Bitte den Datenträger prüfen."),
    }
)


def reason(error: OSError) -> str:
    """Why the system refused, and what to do: two German sentences."""
    unknown = ("Das Betriebssystem meldet einen Fehler.", "Bitte Pfad und Zugriffsrechte prüfen.")
    return " ".join(_REASONS.get(error.errno or 0, unknown))


def unwritable(path: Path, error: OSError) -> FileAccessError:
    """The error to raise where the system did not let `path` be written."""
    return FileAccessError(f"{path}: Das Schreiben ist nicht gelungen. {reason(error)}")


def ensure_outside(path: Path, content: Path) -> None:
    """Raises FileAccessError where what the program makes would lie among the sources that it reads."""
    if path.resolve().is_relative_to(content.resolve()):
        told = f"{path}: Das liegt in den Inhalten ({content}), und dort steht nur, was Menschen schreiben."
        raise FileAccessError(f"{told} Bitte einen Ordner außerhalb wählen.")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Whatever the system refuses inside becomes a FileAccessError that names `path`."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error
