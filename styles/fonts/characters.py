"""`python styles/fonts/characters.py`: the plan's fonts in, characters.json out: what can be printed.

Checking a plan opens no font, so what the fonts have stands in that file as ranges, first and last character each. A
test holds it against the fonts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

HERE = Path(__file__).parent
FILE = HERE / "characters.json"
DESIGN = HERE.parent / "tokens.json"


def covered() -> set[int]:
    """What every face of at least one family has: a family stands in for what another lacks, in the same face."""
    families = json.loads(DESIGN.read_text(encoding="utf-8"))["font"].values()
    return set.union(*(set.intersection(*(_own(face["file"]) for face in family["faces"])) for family in families))


def _own(file: str) -> set[int]:
    with TTFont(HERE / file, lazy=True) as font:
        return set(font.getBestCmap())


def ranges(characters: set[int]) -> Iterator[tuple[int, int]]:
    """Characters as ranges, the last of each among them."""
    ordered = sorted(characters)
    start = ordered[0]
    for character, following in zip(ordered, [*ordered[1:], -1], strict=True):
        if following != character + 1:
            yield start, character
            start = following


def table() -> str:
    """The file's text: a pair of numbers a line, as people look characters up."""
    rows = ",\n".join(f'["{first:04X}", "{last:04X}"]' for first, last in ranges(covered()))
    return f"[\n{rows}\n]\n"


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
