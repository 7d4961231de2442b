"""Equal drawings of a fragment are kept once, and every page looks as if each had its own."""

from __future__ import annotations

import io
from collections import Counter

import pikepdf
import pydyf
import pytest

from pipeline.pdf.html import document_styles, fragment_html, head_of
from pipeline.pdf.pages.typeset_units import Unit
from pipeline.pdf.typeset import typeset
from pipeline.pdf.typeset.typeset import Typesetter
from tests.pdf.looks import looks
from tests.pdf.sample import PICTURES, sample

KINDS = ("actors", "measures", "schedule", "matrix")


def fragments() -> dict[str, bytes]:
    """Parts of the sample that are full of drawings, each typeset alone."""
    document = sample()
    typesetter = Typesetter(document_styles(document.properties))
    parts = {part.kind: part for part in document.parts if part.kind in KINDS}
    return {
        kind: typesetter.typeset(fragment_html(Unit(part), head_of(document.properties)), PICTURES).pdf
        for kind, part in parts.items()
    }


def drawings(data: bytes) -> Counter[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        return Counter(item.read_bytes() for item in streams if item.get("/Subtype") == pikepdf.Name.Form)


def test_equal_drawings_are_kept_once_and_nothing_looks_different(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = fragments()
    monkeypatch.setattr(typeset, "share_drawings", _leave_alone)
    apart = fragments()
    assert set(shared) == set(KINDS)
    repeated = 0
    for kind in KINDS:
        assert drawings(shared[kind]).keys() == drawings(apart[kind]).keys()
        assert set(drawings(shared[kind]).values()) <= {1}
        repeated += drawings(apart[kind]).total() - drawings(shared[kind]).total()
        assert looks(shared[kind]) == looks(apart[kind])
    assert repeated


def _leave_alone(pdf: pydyf.PDF) -> None:
    assert pdf.objects
