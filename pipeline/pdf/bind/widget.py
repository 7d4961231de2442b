"""A place on a page in; an empty field of the PDF's form there out, framed and named (ISO 32000-1, 12.5.6.19)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

_PRINTED: Final = 4  # the flag of an annotation that is printed (ISO 32000-1, 12.5.3)


@dataclass(frozen=True)
class Box:
    """Where a field stands on its page, in points: its left upper corner, its width and height."""

    left: float
    top: float
    width: float
    height: float


def add_widget(pdf: Pdf, page: pikepdf.Object, box: Box, names: tuple[str, str], key: int, **more: Any) -> Any:
    """A field; `names`: its own and a label for screen readers; `key`: of the parent tree; `more`: further entries."""
    name, label = names
    frame = pdf.make_stream(
        f"q .5 w .45 G .25 .25 {box.width - 0.5:.2f} {box.height - 0.5:.2f} re S Q".encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, round(box.width, 2), box.height]),
        Resources=Dictionary(),
    )
    rect = [box.left, box.top - box.height, box.left + box.width, box.top]
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            T=String(name),
            TU=String(label),
            Contents=String(label),
            F=_PRINTED,
            Rect=Array([round(value, 2) for value in rect]),
            P=page,
            AP=Dictionary(N=frame),
            StructParent=key,
            **more,
        )
    )
    page.Annots = Array([*page.get(Name.Annots, ()), widget])
    page.Tabs = Name.S
    return widget
