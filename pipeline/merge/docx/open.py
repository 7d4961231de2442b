"""The bytes of an edited DOCX, untrusted, in; its parts, its main document and what is left alone out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.errors import RefusedFileError
from pipeline.merge.docx.formats import refuse_content_type, refuse_open_document, refuse_other_formats
from pipeline.merge.docx.relationships import Relation, relations, remarks
from pipeline.ooxml.elements import Element
from pipeline.ooxml.package import CONTENT_TYPES
from pipeline.ooxml.parse import parse_xml, plain_bytes
from pipeline.ooxml.unzip import SAVE_AGAIN, SEND_AGAIN, unzip

_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_XML: Final = (".xml", ".rels")
_MAIN: Final = "officeDocument"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
# A "Strict" document has other namespaces (ECMA-376 part 1); read by those of the usual form it would seem empty.
_STRICT_TEXT: Final = re.compile(rb"""=\s*["']http://purl\.oclc\.org/ooxml/wordprocessingml/main["']""")
_MACROS: Final = ("macroenabled", "vbaproject", "vbadata")
_MACRO_PART: Final = "vbaproject"
_MOST_TYPES: Final = 50_000  # nodes of the list of content types: 2,000 parts have some 6,000


@dataclass(frozen=True)
class OpenedPackage(Mapping[str, bytes]):
    """The parts of a DOCX that came back, by name, once they are known to be harmless.

    `name` is the file's, for messages; `main` is the name of the main document's part, and `relations` are what that
    points to. `remarks` says in German what was left alone: objects, addresses outside, files of other programs.
    """

    name: str
    parts: Mapping[str, bytes]
    main: str
    remarks: tuple[str, ...]
    relations: tuple[Relation, ...]

    def __getitem__(self, part: str) -> bytes:
        return self.parts[part]

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)

    def related(self, kind: str) -> str | None:
        """The name of the main document's part of that kind (`footnotes`, `comments`, `styles`, …), None without."""
        found = (item.target for item in self.relations if item.kind == kind and not item.outside)
        return next((target for target in found if target in self.parts), None)

    def tree(self, part: str) -> Element:
        """The root of a part. Raises RefusedFileError if it cannot be read."""
        return parse_xml(self.parts[part], self.name, part)


def open_docx(data: bytes, name: str) -> OpenedPackage:
    """Open a DOCX that came from outside; `name` is the file's, for messages.

    Raises RefusedFileError with one German sentence for anything but a sound Word document without macros.
    """
    # Each step may rely on the one before: what is no zip is told by its own name, only then is it unpacked, and
    # before any part is parsed none has a DTD.
    refuse_other_formats(data, name)
    parts = unzip(data, name)
    refuse_open_document(parts, name)
    for part in parts:
        if part.lower().endswith(_XML):
            plain_bytes(parts[part], name, part)  # no DTD anywhere, also not in what only a later program reads
    types = _content_types(parts, name)
    _refuse_macros(parts, types, name)
    main = _main_document(parts, name)
    refuse_content_type(types.get(main, ""), name)
    if _STRICT_TEXT.search(plain_bytes(parts[main], name, main)):
        raise _strict(name)
    return OpenedPackage(name, parts, main, remarks(parts, name), relations(parts, name, main))


def _content_types(parts: Mapping[str, bytes], name: str) -> Mapping[str, str]:
    """The content type of every part, in small letters; of what is only declared by its ending, that of the ending."""
    if CONTENT_TYPES not in parts:
        raise RefusedFileError(name, "Das ist keine Word-Datei (.docx), sondern ein anderes Zip", SAVE_AGAIN)
    root = parse_xml(parts[CONTENT_TYPES], name, CONTENT_TYPES, most_nodes=_MOST_TYPES)
    endings = {
        entry.get("Extension", "").lower(): entry.get("ContentType", "").lower()
        for entry in root.iterchildren(f"{_TYPES}Default")
    }
    own = {
        entry.get("PartName", "").lstrip("/").casefold(): entry.get("ContentType", "").lower()
        for entry in root.iterchildren(f"{_TYPES}Override")
    }
    return {part: own.get(part.casefold(), endings.get(part.rpartition(".")[2].lower(), "")) for part in parts}


def _refuse_macros(parts: Mapping[str, bytes], types: Mapping[str, str], name: str) -> None:
    """By content type and by name: a file with macros that is renamed to .docx still says so in one of them."""
    typed = any(word in kind for kind in types.values() for word in _MACROS)
    if typed or any(_MACRO_PART in part.lower() for part in parts):
        remedy = "bitte in Word als Word-Dokument (.docx) ohne Makros speichern"
        raise RefusedFileError(name, "Die Datei enthält Makros", remedy)


def _main_document(parts: Mapping[str, bytes], name: str) -> str:
    """The part that the package itself calls its main document; Word names it word/document.xml, others may not."""
    found = [item for item in relations(parts, name) if item.kind == _MAIN]
    if any(item.type.startswith(_STRICT) for item in found):
        raise _strict(name)
    names = {item.target for item in found if not item.outside}
    if len(names) != 1 or not names <= parts.keys():
        raise RefusedFileError(name, "In der Datei fehlt das eigentliche Dokument", SEND_AGAIN)
    return names.pop()


def _strict(name: str) -> RefusedFileError:
    what = "Die Datei ist im Format „Strict Open XML-Dokument“ gespeichert"
    return RefusedFileError(name, what, "bitte in Word als normales Word-Dokument (.docx) speichern")
