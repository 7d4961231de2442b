"""The writer of the Word file: keeps a copy of the base that each file carries, should a file lose its own, and writes
down that it handed it out. A file of no sources carries none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.writer import Earlier, Resources, Tools, Writer, Written

_LARGE: Final = 300  # anchors of a document; to start a process takes as long as making a Word file of fewer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.document.model import Document, Properties
    from pipeline.files.cache import Cache
    from pipeline.word.build import WordFile


def _write(document: Document, resources: Resources, tools: Tools) -> Written:
    from pipeline.word.build import write_docx, write_part, write_plain
    from pipeline.word.store import kept_pictures

    if not resources.sources:
        return Written(write_plain(document, resources.template))
    if resources.shown is not None:
        file = write_part(document, resources.pictures, resources.sources, resources.shown)
        return Written(file.data, remarks=tuple(_known(file, document.properties, tools)))
    pictures = kept_pictures(tools.cache, tools.versions, tools.secret)
    if resources.earlier is None:
        file = write_docx(document, resources.pictures, resources.sources, pictures)
        data = file.data
    else:
        file, data = _compared(document, resources, resources.earlier, pictures)
    pictures.prune()
    return Written(data, remarks=tuple(_known(file, document.properties, tools)))


def _compared(document: Document, resources: Resources, earlier: Earlier, pictures: Cache) -> tuple[WordFile, bytes]:
    """The file, and the same with what differs from the earlier one tracked; of large plans both are made at once."""
    from contextlib import nullcontext

    from pipeline.word.build import write_docx, write_earlier, write_redline
    from pipeline.word.redline.meanwhile import meanwhile

    values, given = document.properties, (earlier.document, earlier.pictures)
    large = len(earlier.document.targets) >= _LARGE
    with meanwhile(write_earlier, *given) if large else nullcontext(lambda: write_earlier(*given)) as before:
        file = write_docx(document, resources.pictures, resources.sources, pictures)
        return file, write_redline(file, before(), f"Fassung {values.edition}", values.date)


def _known(file: WordFile, values: Properties, tools: Tools) -> Iterator[str]:
    """Keeps the base, that of the whole too, and notes that they were handed out; says so where that cannot be."""
    from pipeline.files.access import reason
    from pipeline.files.bases import keep_base
    from pipeline.files.register import enter

    for base in filter(None, (file.base, file.whole)):
        keep_base(tools.cache, base.digest, base.data)
        if refused := enter(tools.own, base.digest, values.date, values.edition):
            remark = f"{tools.own} lässt sich nicht beschreiben: Kommt die Word-Datei zurück, gilt sie als unbekannt."
            yield f"{remark} {reason(refused)}"
            return


DOCX = Writer("docx", ".docx", "Word schreiben", _write)
