"""A plan to be changed and loaded, and assembled parts as they are read: for tests of single values."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, TypeVar

from pipeline.document import model as d
from pipeline.text.nodes import Node
from tests.loading import Loaded, load
from tests.plan_strategies import Entry, write

AnyPart = TypeVar("AnyPart", bound=d.Part)

# A plan of two strands and a partner, as its files: what the small plan does not have, each test adds.
FILES: dict[str, Entry] = {
    "plan.yaml": {
        "titel": "Plan von Musterheim",
        "kurzname": "plan",
        "herausgeber": ["amt"],
        "fassung": "0.1",
        "stand": "2028-06-30",
        "status": "entwurf",
        "laufzeit": {"von": 2027, "bis": 2030},
        "impressum": "Das Amt.",
        "straenge": [
            {"id": "stadt", "name": "Stadt", "zeichen": "S"},
            {"id": "firmen", "name": "Firmen", "zeichen": "F"},
        ],
        "gliederung": [
            {"teil": name}
            for name in (
                "status",
                "plan_auf_einer_seite",
                "handlungsfelder",
                "wer_macht_was",
                "straenge",
                "offene_punkte",
            )
        ],
    },
    "akteure.yaml": {
        "akteure": [
            {"id": "amt", "name": "Amt", "art": "amt", "strang": "stadt"},
            {"id": "werk", "name": "Werk", "art": "unternehmen", "strang": "firmen"},
            {"id": "land", "name": "Land", "art": "behoerde"},
        ]
    },
    "handlungsfelder.yaml": {
        "handlungsfelder": [
            {"nummer": 1, "titel": "Boden", "vorspann": "Boden."},
            {"nummer": 2, "titel": "Luft", "vorspann": "Luft."},
        ]
    },
    "gemeinsam/ziele.yaml": {
        "ziele": [
            {"id": "Z1.1", "handlungsfeld": 1, "kurztitel": "Flächen", "zielsatz": "Flächen sind bekannt."},
            {"id": "Z2.1", "handlungsfeld": 2, "kurztitel": "Bäume", "zielsatz": "Bäume sind gepflanzt."},
        ]
    },
    "stadt/massnahmen.yaml": {"massnahmen": []},
    "firmen/massnahmen.yaml": {"massnahmen": []},
}


def measure(identifier: str, lead: str, **others: Any) -> Entry:
    """A measure under the goal of its number, with the least it needs."""
    return {
        "id": identifier,
        "titel": f"Maßnahme {identifier[1:]}",
        "ziel": f"Z{identifier[1:4]}",
        "beschreibung": "Etwas geschieht.",
        "federfuehrung": lead,
        "zeitraum": {"von": "2028", "bis": "2029"},
        **others,
    }


class Maker:
    """The plan above, to be changed and loaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = copy.deepcopy(FILES)

    def measures(self, strand: str, *entries: Entry) -> None:
        """Puts measures into a strand's folder."""
        self.files[f"{strand}/massnahmen.yaml"]["massnahmen"] += entries

    def load(self) -> Loaded:
        """The plan as a build loads it."""
        write(self.files, self.folder)
        return load(self.folder)


def part_of(loaded: Loaded, kind: type[AnyPart], anchor: str = "") -> AnyPart:
    """The one part of a kind, or of an anchor where there are several."""
    (part,) = (item for item in loaded.document.parts if isinstance(item, kind) and anchor in ("", item.anchor))
    return part


def plain(content: tuple[Node, ...]) -> str:
    """A line as it is read: breaks as a stroke, spaces as spaces, no page numbers."""
    texts = {"break": " / ", "page": "", "checkbox": ""}
    pieces = (texts[node.kind] if node.kind in texts else node.text + plain(node.children) for node in content)
    return "".join(pieces).replace("\u00a0", " ")


def rows(table: d.Table | None) -> list[tuple[str, ...]]:
    """A table's rows with the headings of their groups, without its columns of page numbers and boxes."""
    assert table is not None
    kept = [index for index, column in enumerate(table.columns) if column.kind not in ("where", "check")]
    found: list[tuple[str, ...]] = []
    for group in table.groups:
        found += [(group.heading.replace("\u00a0", " "),)] if group.heading else []
        found += [tuple(plain(row.cells[index].content) for index in kept) for row in group.rows]
    return found


def facts(sheet: d.MeasureSheet | d.ProposalSheet) -> dict[str, list[str]]:
    """A sheet's facts: label → lines, what leads a line before it."""
    return {
        fact.label: [
            f"{line.lead}: {plain(line.content)}".removeprefix(": ").replace("\u00a0", " ") for line in fact.lines
        ]
        for fact in sheet.facts
    }


def sheet_of(loaded: Loaded, identifier: str) -> d.MeasureSheet:
    """The sheet of a measure."""
    parts = (part for part in loaded.document.parts if isinstance(part, d.MeasureSheets))
    (sheet,) = (sheet for part in parts for sheet in part.sheets if sheet.anchor == identifier)
    return sheet
