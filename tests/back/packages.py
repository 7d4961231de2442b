"""Parts → the bytes of a DOCX, sound or made with a fault, for tests of the door."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from types import MappingProxyType

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"
MAIN = "word/document.xml"


def document(body: str = "<w:p><w:r><w:t>Text</w:t></w:r></w:p>", namespace: str = W) -> bytes:
    """A main document around that body."""
    return f'<?xml version="1.0"?><w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'.encode()


def content_types(main: str = MAIN_TYPE, part: str = MAIN, more: str = "") -> bytes:
    """A list of content types with one main document."""
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{more}'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    ).encode()


def relationships(*entries: tuple[str, str] | tuple[str, str, str], office: str = OFFICE) -> bytes:
    """A list of relationships: kind and target of each, and its target mode where it has one."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/{entry[0]}" Target="{entry[1]}"'
        f"{f' TargetMode={entry[2]!r}' if len(entry) == 3 else ''}/>"
        for number, entry in enumerate(entries, 1)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{listed}</Relationships>'.encode()


SOUND: Mapping[str, bytes] = MappingProxyType(
    {
        CONTENT_TYPES: content_types(),
        "_rels/.rels": relationships(("officeDocument", MAIN)),
        MAIN: document(),
    }
)


def zipped(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of those parts, in that order; the same name may come twice."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that comes twice
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            entry = zipfile.ZipInfo("x")
            entry.filename, entry.compress_type = name, method  # as it is; the constructor would make it harmless
            archive.writestr(entry, content)
    return target.getvalue()


def docx(changes: Mapping[str, bytes | None] | None = None, *, without: str = "") -> bytes:
    """A sound DOCX with some parts added or changed, or one left out."""
    parts = {name: content for name, content in {**SOUND, **(changes or {})}.items() if content and name != without}
    return zipped(parts)
