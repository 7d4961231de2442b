"""Document and pictures in, the finished PDF out: every part typeset alone, all of them bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.document import Document, FieldOpener, MeasureSheets, Part
from pipeline.pdf.bind import Bound, Furniture, Piece, bind
from pipeline.pdf.html import document_styles, fragment_html
from pipeline.pdf.pool import typeset_all


def write_pdf(document: Document, pictures: Mapping[str, bytes]) -> Bound:
    """The PDF of a document. Raises RenderingError, FileAccessError or MissingToolError."""
    pages = [fragment_html(part, document.properties) for part in document.parts]
    fragments = typeset_all(pages, document_styles(document.properties), pictures)
    furniture = _furniture(document.parts)
    pieces = [Piece(fragment, item) for fragment, item in zip(fragments, furniture, strict=True)]
    return bind(pieces, document.properties)


def _furniture(parts: Sequence[Part]) -> Iterator[Furniture | None]:
    """What runs along each part's pages; the fields of action have a thumb tab each."""
    places: dict[str, int] = {}
    for part in parts:
        if part.kind == "cover":
            yield None
        elif isinstance(part, FieldOpener | MeasureSheets):
            place = places.setdefault(part.number, len(places))
            run = f"{part.number} {part.title}" if isinstance(part, FieldOpener) else part.title
            yield Furniture(run, part.number, place)
        else:
            yield Furniture(part.title)
