"""The first bytes of a file that came back in; whatever is certain not to be a DOCX is refused by its own name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pipeline.errors import RefusedFileError
from pipeline.ooxml.unzip import SAVE_AGAIN

_OLE: Final = b"\xd0\xcf\x11\xe0"  # the container of Office before 2007, and of encrypted files since
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD: Final = "WordDocument".encode("utf-16-le")
_AS_DOCX: Final = "bitte in Word als Word-Dokument (.docx) speichern"
_OWN_FILE: Final = "bitte die bearbeitete Word-Datei (.docx) des Plans nennen"
# What a file is by its first bytes; the ending of its name says nothing, since people rename files.
_STARTS: Final = (
    (b"%PDF", "Das ist ein PDF und keine Word-Datei (.docx)", _OWN_FILE),
    (b"{\\rtf", "Das ist eine RTF-Datei und keine Word-Datei (.docx)", _AS_DOCX),
)
_XML_START: Final = re.compile(rb"\s*(\xef\xbb\xbf)?\s*<")
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
_OTHER_OFFICE: Final = (("spreadsheetml", "Excel"), ("presentationml", "PowerPoint"))


def refuse_other_formats(data: bytes, name: str) -> None:
    """Raise RefusedFileError for what can be told before anything is unpacked."""
    if not data:
        raise RefusedFileError(name, "Die Datei ist leer", "bitte noch einmal speichern oder schicken lassen")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            what = "Die Datei ist mit einem Kennwort geschützt"
            raise RefusedFileError(name, what, "bitte in Word das Kennwort entfernen und neu speichern")
        old = "Das ist das alte Word-Format (.doc)" if _OLD_WORD in data else "Das ist ein altes Office-Format"
        raise RefusedFileError(name, old, _AS_DOCX)
    for start, what, remedy in _STARTS:
        if data.startswith(start):
            raise RefusedFileError(name, what, remedy)
    if _XML_START.match(data):
        raise RefusedFileError(name, "Das ist eine HTML- oder XML-Datei und keine Word-Datei (.docx)", _AS_DOCX)


def refuse_open_document(parts: Mapping[str, bytes], name: str) -> None:
    """Raise RefusedFileError for what LibreOffice writes of its own accord."""
    kind = parts.get("mimetype", b"")[:200].decode("ascii", "replace")
    if kind.startswith(_OPEN_DOCUMENT):
        ending = ".odt" if "text" in kind else "OpenDocument"
        what = f"Das ist eine LibreOffice-Datei ({ending}) und keine Word-Datei (.docx)"
        raise RefusedFileError(name, what, "bitte in LibreOffice mit „Speichern unter“ als .docx speichern")


def refuse_content_type(main: str, name: str) -> None:
    """Raise RefusedFileError for a main document, by its content type, that is not Word's."""
    for kind, program in _OTHER_OFFICE:
        if kind in main:
            raise RefusedFileError(name, f"Das ist eine {program}-Datei und keine Word-Datei (.docx)", _OWN_FILE)
    if "wordprocessingml" not in main:
        raise RefusedFileError(name, "In der Datei steckt kein Word-Dokument", SAVE_AGAIN)
