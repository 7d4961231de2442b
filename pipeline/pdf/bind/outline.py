"""Bookmarks in, the PDF's outline out, closed below its first level."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.pdf.fragment import Bookmark


def add_outline(pdf: Pdf, pages: Sequence[pikepdf.Object], marks: Sequence[Bookmark]) -> None:
    """Adds the outline. Marks of level 2 and more that come before any of level 1 stand at the top themselves."""
    if not marks:
        return
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    _level(pdf, pages, marks, root)
    root.Count = len(marks)
    pdf.Root.Outlines = root
    pdf.Root.PageMode = Name.UseOutlines


def _level(pdf: Pdf, pages: Sequence[pikepdf.Object], marks: Sequence[Bookmark], parent: pikepdf.Object) -> None:
    items = [
        pdf.make_indirect(
            Dictionary(
                Title=String(mark.label),
                Parent=parent,
                Dest=Array([pages[mark.place.page], Name.XYZ, mark.place.x, mark.place.y, 0]),
            )
        )
        for mark in marks
    ]
    for before, after in pairwise(items):
        before.Next, after.Prev = after, before
    parent.First, parent.Last = items[0], items[-1]
    for item, mark in zip(items, marks, strict=True):
        if mark.children:
            _level(pdf, pages, mark.children, item)
            item.Count = -len(mark.children)  # negative: closed, so that many children would open (ISO 32000-1, 12.3.3)
