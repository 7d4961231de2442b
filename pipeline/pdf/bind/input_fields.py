"""Places to be filled in, in; text fields of the PDF's form out, named, labelled and empty (ISO 32000-1, 12.7.4.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.document.model import InputPlace
from pipeline.pdf.bind.widget import Box, add_widget
from pipeline.pdf.fragment import Place
from pipeline.pdf.tokens import MM_PER_PT

_LEFT, _WIDTH = 64 / MM_PER_PT, 102 / MM_PER_PT  # points; beside the question
_LINE: Final = 11.25
_BELOW: Final = 3.0
_FEWEST: Final = 2  # lines that the question beside it has
_MULTILINE: Final = 1 << 12
_LETTERS: Final = "/Helv 10 Tf 0 g"
_MOST: Final = 10_000  # letters that a field takes


def add_input_fields(
    pdf: Pdf,
    pages: Sequence[pikepdf.Object],
    places: Sequence[InputPlace],
    destinations: Mapping[str, Place],
    first_key: int,
) -> None:
    """A field each, with the keys of the parent tree from `first_key` on, in their order."""
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    form = Dictionary(
        Fields=Array(), DA=String(_LETTERS), DR=Dictionary(Font=Dictionary(Helv=font)), NeedAppearances=True
    )
    for key, asked in enumerate(places, first_key):
        at = destinations[asked.anchor]
        page = pages[at.page]
        height = _LINE * max(asked.lines, _FEWEST)
        widget = add_widget(
            pdf,
            page,
            Box(at.x + _LEFT, at.y - _BELOW, _WIDTH, height),
            (asked.name, asked.label),
            key,
            FT=Name.Tx,
            DA=String(_LETTERS),
            Ff=_MULTILINE if asked.lines > 1 else 0,
            MaxLen=_MOST,
            MK=Dictionary(BC=Array([0.45])),
            BS=Dictionary(W=0.5),
        )
        form.Fields.append(widget)
    pdf.Root.AcroForm = pdf.make_indirect(form)
