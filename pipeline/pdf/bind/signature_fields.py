"""Places for signatures in, fields of the PDF out in which somebody can sign: seen, named, empty.

They are put in when the PDF is built, so that a signature adds to the file and changes nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from pipeline.document.model import SignaturePlace
from pipeline.pdf.bind.widget import Box, add_widget
from pipeline.pdf.fragment import Place
from pipeline.pdf.tokens import MM_PER_PT

_LEFT, _WIDTH, _HEIGHT = 64 / MM_PER_PT, 102 / MM_PER_PT, 42.0  # points; beside the name, lower than its row
_BELOW: Final = 3.0
_APPEND_ONLY: Final = 3  # there may be signatures, so that a program only adds to the file (12.7.2)


def add_signature_fields(
    pdf: Pdf,
    pages: Sequence[pikepdf.Object],
    places: Sequence[SignaturePlace],
    destinations: Mapping[str, Place],
    first_key: int,
) -> None:
    """A field each, with the keys of the parent tree from `first_key` on, in their order."""
    form = pdf.make_indirect(Dictionary(Fields=Array(), SigFlags=_APPEND_ONLY))
    for key, signed in enumerate(places, first_key):
        at = destinations[signed.anchor]
        page = pages[at.page]
        box = Box(at.x + _LEFT, at.y - _BELOW, _WIDTH, _HEIGHT)
        widget = add_widget(pdf, page, box, (signed.name, signed.label), key, FT=Name.Sig)
        form.Fields.append(widget)
    pdf.Root.AcroForm = form
