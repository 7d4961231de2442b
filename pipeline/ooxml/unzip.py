"""The bytes of an untrusted zip in, the bytes of its parts by name out; nothing is read beyond its limits."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from pipeline.budget.limits import MEBIBYTE, WORD_FILE, WORD_PART, WORD_PARTS, WORD_RATIO, WORD_TOTAL
from pipeline.errors import RefusedFileError

_RATIO_FROM: Final = MEBIBYTE  # smaller parts cannot do harm, however well they were packed
_LONGEST_SHOWN: Final = 80

_FIRST_BYTES: Final = b"PK\x03\x04"
_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_MOST_ENTRY_SIGNATURES: Final = 50 * WORD_PARTS.most  # the parts may be zips themselves, with entries of their own
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 0x1
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_FAULTS: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)

SAVE_AGAIN: Final = "bitte in Word öffnen und als Word-Dokument (.docx) neu speichern"
SEND_AGAIN: Final = "bitte in Word öffnen und neu speichern oder noch einmal schicken lassen"
_SMALLER: Final = "bitte große Bilder und eingebettete Dateien entfernen und neu speichern"


def unzip(data: bytes, name: str) -> Mapping[str, bytes]:
    """Every part; `name` is the file's, for messages. Raises RefusedFileError for whatever no writer of DOCX does."""
    if len(data) > WORD_FILE.most:
        raise RefusedFileError(name, f"Die Datei ist größer als {WORD_FILE.told}", _SMALLER)
    if not data.startswith(_FIRST_BYTES):
        raise RefusedFileError(name, "Das ist keine Word-Datei (.docx)", SAVE_AGAIN)
    if data.count(_DIRECTORY_ENTRY) > _MOST_ENTRY_SIGNATURES:  # each becomes an object before it can be counted
        raise _too_many(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_all(entries, name)
            return _read_all(archive, entries, name)
    except _FAULTS as error:
        raise RefusedFileError(name, "Die Datei ist beschädigt oder unvollständig", SEND_AGAIN) from error


def check_returning(data: bytes, name: str) -> None:
    """Refuses a file of our own making that `unzip` would refuse when it comes back; nothing is unpacked for it.

    Raises RefusedFileError.
    """
    if len(data) > WORD_FILE.most:
        raise RefusedFileError(name, f"Die Datei ist größer als {WORD_FILE.told}", _SMALLER)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    _check_all(entries, name)
    if sum(entry.file_size for entry in entries) > WORD_TOTAL.most:
        raise _too_large(name)


def packs_too_well(size: int, packed: int) -> bool:
    """Whether a part of so many bytes, packed to so many, is refused when it comes back."""
    return size > _RATIO_FROM and size > WORD_RATIO.most * max(1, packed)


def shown(part: str) -> str:
    """A part's name or an address as a message may show it: on one line, and not too long."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in part)
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[: _LONGEST_SHOWN - 1]}…"


def _check_all(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse what the list of contents alone gives away; nothing is unpacked for it."""
    if len(entries) > WORD_PARTS.most:
        raise _too_many(name)
    seen: set[str] = set()
    for entry in entries:
        _check_name(entry.orig_filename, name)
        if entry.orig_filename.casefold() in seen:
            what = f"Das Teil „{shown(entry.orig_filename)}“ steht zweimal in der Datei"
            raise RefusedFileError(name, what, SAVE_AGAIN)
        seen.add(entry.orig_filename.casefold())
        _check_packing(entry, name)


def _check_name(part: str, name: str) -> None:
    """Nothing is ever written under these names, but a writer of DOCX has no use for such."""
    segments = part.removesuffix("/").split("/")
    if "\\" in part or "\0" in part or _DRIVE.match(part) or any(segment in ("", ".", "..") for segment in segments):
        what = f"Ein Teil heißt „{shown(part)}“ und könnte damit aus der Datei hinausführen"
        raise RefusedFileError(name, what, SAVE_AGAIN)


def _check_packing(entry: zipfile.ZipInfo, name: str) -> None:
    part = shown(entry.filename)
    if entry.flag_bits & _ENCRYPTED:
        what = f"Das Teil „{part}“ ist verschlüsselt"
        raise RefusedFileError(name, what, "bitte das Kennwort entfernen und in Word neu speichern")
    if entry.compress_type not in _METHODS:
        raise RefusedFileError(name, f"Das Teil „{part}“ ist gepackt, wie Word es nicht tut", SAVE_AGAIN)
    if entry.file_size > WORD_PART.most:
        what = f"Das Teil „{part}“ ist ausgepackt größer als {WORD_PART.told}"
        raise RefusedFileError(name, what, _SMALLER)
    if packs_too_well(entry.file_size, entry.compress_size):
        what = f"Das Teil „{part}“ wird beim Auspacken mehr als {WORD_RATIO.told}-mal so groß"
        raise RefusedFileError(name, what, SAVE_AGAIN)


def _read_all(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str) -> Mapping[str, bytes]:
    """Never more than the limits, whatever the sizes in the list say: what differs from them is a fault."""
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.is_dir():
            continue
        with archive.open(entry) as file:
            content = file.read(min(WORD_PART.most, WORD_TOTAL.most - total) + 1)
            total += len(content)
            if len(content) > WORD_PART.most or total > WORD_TOTAL.most:
                raise _too_large(name)
        if len(content) != entry.file_size:
            raise zipfile.BadZipFile("shorter than its list of contents says")
        parts[entry.filename] = content
    return parts


def _too_large(name: str) -> RefusedFileError:
    return RefusedFileError(name, f"Ausgepackt ist die Datei größer als {WORD_TOTAL.told}", _SMALLER)


def _too_many(name: str) -> RefusedFileError:
    return RefusedFileError(name, f"Die Datei hat mehr als {WORD_PARTS.told} Teile", _SMALLER)
