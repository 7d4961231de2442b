"""Document + pictures + sources → the Word file: templates, reference document, pandoc, finishing, its own base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile

from pipeline.document.model import Cover, Document
from pipeline.errors import RefusedFileError, RenderingError
from pipeline.files.cache import NOTHING_KEPT, Cache
from pipeline.ooxml.package import Package
from pipeline.ooxml.unzip import check_returning
from pipeline.word.controls import choices
from pipeline.word.convert import convert
from pipeline.word.cover import show_cover
from pipeline.word.embedded_base import Base, embed, make_base, make_part
from pipeline.word.field_codes import show_pages
from pipeline.word.finish import finish
from pipeline.word.html import document_html
from pipeline.word.pages.estimate import estimated_pages
from pipeline.word.pictures import put_in, with_stand_ins, without_pictures
from pipeline.word.properties import write_properties
from pipeline.word.redline.redline import redline
from pipeline.word.reference import reference_docx


@dataclass(frozen=True)
class WordFile:
    """The bytes of a DOCX, the base that it carries; of one that shows a part of the plan also that of the whole."""

    data: bytes
    base: Base
    whole: Base | None = None


def write_docx(
    document: Document,
    pictures: Mapping[str, bytes],
    sources: Mapping[PurePosixPath, bytes],
    kept: Cache = NOTHING_KEPT,
) -> WordFile:
    """The Word file. `pictures`: what the document's pictures name as `src`, each with its bytes; `sources`: the files
    that the document was made from, by path below the content folder; they travel inside. `kept`: pictures of earlier
    builds, as Word shows them.

    Raises RenderingError where pandoc or a picture fails or warns, MissingToolError where a program is not there.
    """
    package = _whole(document, pictures, kept)
    show_pages(package.tree("word/document.xml")[0], estimated_pages(package))
    base = make_base(package, document, sources)
    embed(package, base)
    data = package.to_bytes()
    _comes_back(data, base)
    return WordFile(data, base)


def write_part(
    document: Document,
    pictures: Mapping[str, bytes],
    sources: Mapping[PurePosixPath, bytes],
    shown: Mapping[str, Mapping[str, Any]],
) -> WordFile:
    """The Word file of a document that shows a part of the plan; `shown` is all of the sources that travels inside, see
    `make_part`. Raises as `write_docx`.
    """
    package = _whole(document, pictures, NOTHING_KEPT)
    whole = make_base(package, document, sources)
    base = make_part(package, document, shown, whole.digest)
    embed(package, base)
    data = package.to_bytes()
    _comes_back(data, base)
    return WordFile(data, base, whole)


def write_redline(file: WordFile, before: bytes, author: str, day: str) -> bytes:
    """A Word file in which what differs from an earlier one is tracked, as `author`'s of a `day` (ISO).

    It comes back like the file itself. Raises RenderingError.
    """
    data = redline(before, file.data, author, day)
    _comes_back(data, file.base)
    return data


def write_earlier(document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """The Word file of a document that another is only held against: without a base. Raises as `write_docx`."""
    return _whole(document, pictures, NOTHING_KEPT).to_bytes()


def _whole(document: Document, pictures: Mapping[str, bytes], kept: Cache) -> Package:
    """All of a Word file but its base and the numbers in its contents list."""
    page = with_stand_ins(document_html(document, edited=True), pictures, kept)
    package = _package(document, page.html)
    put_in(package, page.pictures, kept)
    for cover in _covers(document):
        show_cover(package, cover)
    return package


def write_plain(document: Document, template: bytes | None = None) -> bytes:
    """A DOCX that carries nothing of its sources, since it does not come back into them.

    With a `template` it has the styles, headers and margins of that DOCX; what it does not name in it looks as pandoc
    writes it. Raises RenderingError where pandoc fails or the template is no DOCX, MissingToolError.
    """
    if template is None:
        return _package(document, document_html(document)).to_bytes()
    try:
        check_returning(template, "Vorlage")
    except (BadZipFile, RefusedFileError) as error:
        raise RenderingError(
            "Was --template nennt, ist keine Word-Datei (.docx), nach der sich bauen lässt."
        ) from error
    package = Package(convert(document_html(document), template))
    write_properties(package, document.properties)
    return package.to_bytes()


def write_base(document: Document, pictures: Iterable[str], sources: Mapping[PurePosixPath, bytes]) -> Base:
    """The base of the Word file of a document, made without its pictures; they are named as in `write_docx`.

    Raises RenderingError where pandoc fails or warns, MissingToolError where it is not there.
    """
    package = _package(document, without_pictures(document_html(document, edited=True), pictures))
    for cover in _covers(document):
        show_cover(package, cover, is_painted=False)
    return make_base(package, document, sources)


def _covers(document: Document) -> Iterator[Cover]:
    return (part for part in document.parts if isinstance(part, Cover))


def _package(document: Document, html: str) -> Package:
    return finish(convert(html, reference_docx()), document.properties, choices(document))


def _comes_back(data: bytes, base: Base) -> None:
    """Whoever edits the file can give it back: the reader's own limits hold for it. Raises RenderingError."""
    try:
        for packed in (base.data, data):
            check_returning(packed, "Word-Datei")
    except RefusedFileError as error:
        raise RenderingError(f"Diese Word-Datei ließe sich später nicht wieder übernehmen. {error}") from error
