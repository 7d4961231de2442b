"""Places for signatures in, fields of the PDF out in which somebody can sign: seen, named, empty.

They are put in when the PDF is built, so that a signature adds to the file and changes nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.document.model import SignaturePlace
from pipeline.pdf.fragment import Place
from pipeline.pdf.tokens import MM_PER_PT

_LEFT, _WIDTH, _HEIGHT = 64 / MM_PER_PT, 102 / MM_PER_PT, 42.0  # points; beside the name, lower than its row
_BELOW: Final = 3.0
_APPEND_ONLY: Final = 3  # there may be signatures, so that a program only adds to the file (12.7.2)
_PRINTED: Final = 4  # the flag of an annotation that is printed (ISO 32000-1, 12.5.3)


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
        rect = [at.x + _LEFT, at.y - _BELOW - _HEIGHT, at.x + _LEFT + _WIDTH, at.y - _BELOW]
        box = pdf.make_stream(
            f"q .5 w .45 G .25 .25 {_WIDTH - 0.5:.2f} {_HEIGHT - 0.5:.2f} re S Q".encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, round(_WIDTH, 2), _HEIGHT]),
            Resources=Dictionary(),
        )
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(signed.name),
            TU=String(signed.label),
            Contents=String(signed.label),
            F=_PRINTED,
            Rect=Array([round(value, 2) for value in rect]),
            P=page,
            AP=Dictionary(N=box),
            StructParent=key,
        )
        widget = pdf.make_indirect(field)
        page.Annots = Array([*page.get(Name.Annots, ()), widget])
        page.Tabs = Name.S
        form.Fields.append(widget)
    pdf.Root.AcroForm = form
