"""The writer of the PDF: typesets with what the cache still holds, and says where the cache cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.writer import Resources, Tools, Writer, Written

if TYPE_CHECKING:
    from pipeline.document.model import Document


def _write(document: Document, resources: Resources, tools: Tools) -> Written:
    from pipeline.files.access import reason
    from pipeline.pdf.build import cache_in, write_pdf

    cache = cache_in(tools.cache, tools.versions, tools.secret)
    bound = write_pdf(document, resources.pictures, cache)
    if not cache.refused:
        return Written(bound.pdf, bound.pages)
    why = f"Der Zwischenspeicher {tools.cache} lässt sich nicht beschreiben. {reason(cache.refused)}"
    remark = f"{why} Der Plan ist trotzdem richtig gebaut; es dauert nur jedes Mal länger."
    return Written(bound.pdf, bound.pages, (remark,))


PDF = Writer("pdf", ".pdf", "PDF setzen", _write)
