"""Fragments in, one PDF out: the only place that knows pikepdf."""

from __future__ import annotations

from pipeline.pdf.bind.binder import Piece, bind
from pipeline.pdf.bind.stamp import Furniture

__all__ = ["Furniture", "Piece", "bind"]
