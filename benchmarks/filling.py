"""A finished plan's PDF in, how far down its pages are filled out: the lowest text's height over the type area's.

    .venv/bin/python -m benchmarks.filling output/zukunftsplan.pdf
    .venv/bin/python -m benchmarks.filling output/zukunftsplan.pdf --pages 15-31 --least 0.55

With `--least` pages below that share are named, and the command ends with 1 if there are any. The cover is no page of
text and is left out, and so are running heads and feet, which stand outside of the type area.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from lxml import etree

from pipeline.pdf.tokens import PT_PER_MM, tokens

SLACK = 1.0  # points that a serif may stick out of the type area


def filling(file: Path) -> Iterator[float]:
    """How much of the type area reaches down to the lowest word, 0 … 1, page by page from the second on."""
    printed = subprocess.run(["pdftotext", "-bbox", "-f", "2", str(file), "-"], capture_output=True, check=True).stdout
    tree = etree.fromstring(printed, etree.XMLParser(recover=True, huge_tree=True))
    for page in tree.iter("{*}page"):
        width, height = float(str(page.get("width"))), float(str(page.get("height")))
        margins = tokens().page["landscape" if width > height else "portrait"]
        top, bottom = margins["top"] * PT_PER_MM, height - margins["bottom"] * PT_PER_MM
        right = width - margins["right"] * PT_PER_MM
        words = [[float(str(word.get(name))) for name in ("xMin", "yMin", "yMax")] for word in page.iter("{*}word")]
        inside = [low for left, high, low in words if low > top and high < bottom - SLACK and left < right]
        yield (min(max(inside, default=top), bottom) - top) / (bottom - top)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.filling", description="Wie voll die Seiten sind.")
    parser.add_argument("pdf", metavar="DATEI", type=Path, help="das PDF eines Plans")
    parser.add_argument("--pages", metavar="VON-BIS", default="2-99999", help="nur diese Seiten")
    parser.add_argument("--least", metavar="ANTEIL", type=float, default=0.0, help="weniger ist zu wenig")
    arguments = parser.parse_args()
    first, last = (int(number) for number in arguments.pages.split("-"))
    shares = {number: share for number, share in enumerate(filling(arguments.pdf), 2) if first <= number <= last}
    print(" ".join(f"{number}:{share:.0%}" for number, share in shares.items()))
    print(f"{len(shares)} Seiten, im Mittel {mean(shares.values()):.1%} gefüllt")
    low = [number for number, share in shares.items() if share < arguments.least]
    if low:
        print(f"Unter {arguments.least:.0%}: Seite {', '.join(map(str, low))}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
