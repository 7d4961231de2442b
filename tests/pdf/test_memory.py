"""Memory that binding takes grows little with the tag tree, which has most of a plan's objects."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from pipeline.pdf.bind import Piece, bind
from pipeline.pdf.fragment import Fragment
from pipeline.pdf.tags.structure import Element, packed
from pipeline.pdf.typeset.typeset import Typesetter
from tests.pdf.sample import sample

ROOT = Path(__file__).resolve().parents[2]
PIECES, CELLS = 50, 1200
MOST = 400  # bytes an element; a PDF library takes about 2,000
MEASURE = "from tests.pdf.test_memory import memory; print(memory({cells}))"


def memory(cells: int) -> int:
    """The most bytes that this process has held, after it has bound pieces with so many cells each."""
    page = Typesetter("").typeset('<html lang="de"><title>x</title><style>@page{size:A4}</style><i></i></html>', {})
    document, section = Element(0, "Document", 0, 0, [1]), Element(1, "Sect", 0, 0, list(range(2, cells + 2)))
    others = [Element(place, "TD", 0, 1, said={"Lang": "de"}) for place in range(2, cells + 2)]
    fragment = Fragment(page.pdf, page.pages, {}, (), packed([document, section, *others]))
    bind([Piece(fragment, None)] * PIECES, sample().properties)
    return most_held()


def most_held() -> int:
    """The most bytes that this process has held. What Linux tells of usage counts the process that started it too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM:"))


def test_an_element_takes_next_to_nothing() -> None:
    few, many = (_measured(cells) for cells in (1, CELLS))
    assert (many - few) / (PIECES * (CELLS - 1)) < MOST


def _measured(cells: int) -> int:
    """In a process of its own, which begins with nothing."""
    command = [sys.executable, "-c", MEASURE.format(cells=cells)]
    return int(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
