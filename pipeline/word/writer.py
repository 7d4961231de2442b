"""The writer of the Word file: keeps a copy of the base that each file carries, should a file lose its own, and writes
down that it handed it out. A file of no sources carries none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.writer import Resources, Tools, Writer, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.document.model import Document, Properties
    from pipeline.word.embedded_base import Base


def _write(document: Document, resources: Resources, tools: Tools) -> Written:
    from pipeline.word.build import write_docx, write_plain, write_redline
    from pipeline.word.store import kept_pictures

    if not resources.sources:
        return Written(write_plain(document, resources.template))
    pictures = kept_pictures(tools.cache, tools.versions, tools.secret)
    file = write_docx(document, resources.pictures, resources.sources, pictures)
    data = file.data
    if (earlier := resources.earlier) is not None:
        values = document.properties
        data = write_redline(
            file, earlier.document, earlier.pictures, f"Fassung {values.edition}", values.date, pictures
        )
    pictures.prune()
    return Written(data, remarks=tuple(_known(file.base, document.properties, tools)))


def _known(base: Base, values: Properties, tools: Tools) -> Iterator[str]:
    """Keeps the base and writes down that it was handed out; says so where that cannot be."""
    from pipeline.files.access import reason
    from pipeline.files.register import enter
    from pipeline.word.store import keep_base

    keep_base(tools.cache, base)
    if refused := enter(tools.own, base.digest, values.date, values.edition):
        remark = f"{tools.own} lässt sich nicht beschreiben: Kommt die Word-Datei zurück, gilt sie als unbekannt."
        yield f"{remark} {reason(refused)}"


DOCX = Writer("docx", ".docx", "Word schreiben", _write)
