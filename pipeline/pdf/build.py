"""Document and pictures in, the finished PDF out: every unit of it typeset alone, all of them bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.document import Document, FieldOpener, MeasureSheets
from pipeline.pdf.bind import Bound, Furniture, Piece, bind
from pipeline.pdf.html import document_styles, fragment_html
from pipeline.pdf.pool import typeset_all
from pipeline.pdf.units import Unit, units


def write_pdf(document: Document, pictures: Mapping[str, bytes]) -> Bound:
    """The PDF of a document. Raises RenderingError, FileAccessError or MissingToolError."""
    typeset_alone = [unit for part in document.parts for unit in units(part)]
    pages = [fragment_html(unit, document.properties) for unit in typeset_alone]
    fragments = typeset_all(pages, document_styles(document.properties), pictures)
    furniture = _furniture(typeset_alone)
    pieces = [
        Piece(fragment, item, continues=unit.continues)
        for unit, fragment, item in zip(typeset_alone, fragments, furniture, strict=True)
    ]
    return bind(pieces, document.properties)


def _furniture(typeset_alone: Sequence[Unit]) -> Iterator[Furniture | None]:
    """What runs along each unit's pages; the fields of action have a thumb tab each."""
    places: dict[str, int] = {}
    for unit in typeset_alone:
        part = unit.part
        if part.kind == "cover":
            yield None
        elif isinstance(part, FieldOpener | MeasureSheets):
            place = places.setdefault(part.number, len(places))
            run = f"{part.number} {part.title}" if isinstance(part, FieldOpener) else part.title
            yield Furniture(run, part.number, place)
        else:
            yield Furniture(part.title)
