"""The writer of the Word file: keeps a copy of the base that each file carries, should a file lose its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.writer import Resources, Tools, Writer, Written

if TYPE_CHECKING:
    from pipeline.document.model import Document


def _write(document: Document, resources: Resources, tools: Tools) -> Written:
    from pipeline.word.build import write_docx
    from pipeline.word.store import keep_base

    file = write_docx(document, resources.pictures, resources.sources)
    keep_base(tools.cache, file.base)
    return Written(file.data)


DOCX = Writer("docx", ".docx", "Word schreiben", _write)
