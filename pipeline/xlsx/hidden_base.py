"""What a workbook was made from, carried inside it: a zip of the sources and of all cells as they were written.

It stands in a sheet that nobody sees, in pieces that a cell can hold; a workbook keeps no parts that it does not know.
Its SHA-256 stands in the file's properties: should the sheet get lost, a copy can be found by it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from pipeline.document.model import Properties
from pipeline.ooxml.package import write_zip
from pipeline.pictures.metadata import is_photo
from pipeline.xlsx.grid import Grid

# Changes when an older program could not read it any more.
FORMAT: Final = 1
SHEET: Final = "_grundlage"
PROPERTY: Final = "Grundlage"
RECORD: Final = "mappe.json"
SOURCES: Final = "quellen/"
CELLS: Final = "blaetter"
HEADS: Final = "spalten"
ROWS: Final = "zeilen"
GUIDE: Final = "anleitung"
PIECE: Final = 30_000  # letters of a cell
_DRAWING: Final = ".svg"


@dataclass(frozen=True)
class HiddenBase:
    """The zip, and its SHA-256 as 64 hex digits."""

    data: bytes
    digest: str


def make_base(
    values: Properties, grids: Sequence[Grid], guide: Sequence[str], sources: Mapping[PurePosixPath, bytes]
) -> HiddenBase:
    """The base of a workbook with these sheets and a guide that says this; pictures stay away, since no cell changes
    one.
    """
    cells = {
        grid.name: {HEADS: list(grid.labels), ROWS: {row.key: [cell.text for cell in row.cells] for row in grid.rows}}
        for grid in grids
    }
    record = {
        "format": FORMAT,
        "kurzname": values.short_name,
        "titel": values.title,
        "fassung": values.edition,
        "stand": values.date,
        "inhalt_sha256": values.digest,
        CELLS: cells,
        GUIDE: list(guide),
    }
    kept = {path: data for path, data in sources.items() if path.suffix.lower() != _DRAWING and not is_photo(data)}
    contents = {RECORD: json.dumps(record, ensure_ascii=False, sort_keys=True).encode()}
    contents |= {f"{SOURCES}{path}": data for path, data in sorted(kept.items())}
    data = write_zip(contents)
    return HiddenBase(data, hashlib.sha256(data).hexdigest())
