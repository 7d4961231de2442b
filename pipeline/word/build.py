"""Document + pictures → the bytes of the Word file: templates, reference document, pandoc, finishing."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.document import Document
from pipeline.word.convert import convert
from pipeline.word.finish import finish
from pipeline.word.html import document_html
from pipeline.word.reference import reference_docx


def write_docx(document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """The Word file. `pictures`: what the document's pictures name as `src`, each with its bytes.

    Raises RenderingError where pandoc or a picture fails or warns, MissingToolError where a program is not there.
    """
    raw = convert(document_html(document), reference_docx(), pictures)
    return finish(raw, document.properties)
