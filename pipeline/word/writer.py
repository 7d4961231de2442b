"""The writer of the Word file: keeps a copy of the base that each file carries, should a file lose its own, and writes
down that it handed it out. A file of no sources carries none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.writer import Resources, Tools, Writer, Written

if TYPE_CHECKING:
    from pipeline.document.model import Document


def _write(document: Document, resources: Resources, tools: Tools) -> Written:
    from pipeline.files.access import reason
    from pipeline.files.register import enter
    from pipeline.word.build import write_docx, write_plain
    from pipeline.word.store import keep_base, kept_pictures

    if not resources.sources:
        return Written(write_plain(document, resources.template))
    pictures = kept_pictures(tools.cache, tools.versions, tools.secret)
    file = write_docx(document, resources.pictures, resources.sources, pictures)
    pictures.prune()
    keep_base(tools.cache, file.base)
    values = document.properties
    refused = enter(tools.own, file.base.digest, values.date, values.edition)
    remark = f"{tools.own} lässt sich nicht beschreiben: Kommt die Word-Datei zurück, gilt sie als unbekannt."
    return Written(file.data, remarks=(f"{remark} {reason(refused)}",) if refused else ())


DOCX = Writer("docx", ".docx", "Word schreiben", _write)
