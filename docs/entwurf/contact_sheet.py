"""A built PDF in, a picture out that shows its pages beside the design's, one pair a row.

    .venv/bin/python docs/entwurf/contact_sheet.py [output/zukunftsplan.pdf] [--to output/kontaktbogen.png]

The design's pictures lie beside this script; their pages are found again by the anchors of the plan's parts.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

import pikepdf
from PIL import Image

DESIGN = Path(__file__).resolve().parent
ROOT = DESIGN.parents[1]
# The anchor of the page that shows what the picture shows, and how many pages further on it lies.
PAGES = {
    "01-titel": ("titel", 0),
    "02-status": ("status", 0),
    "03-inhalt": ("inhalt", 0),
    "04-plan-auf-einer-seite": ("plan_auf_einer_seite", 0),
    "05-einfuehrung": ("plan_auf_einer_seite", 1),
    "06-handlungsfeld-zielblatt": ("HF1", 0),
    "07-massnahmensteckbriefe": ("M1.1.2", 0),
    "08-zustaendigkeitsmatrix": ("zustaendigkeitsmatrix", 0),
    "09-matrix-summen": ("wer_macht_was", -1),
    "10-stellenblatt": ("wer_macht_was", 2),
    "11-zeitplan": ("zeitplan", 0),
}
DPI = 80
GAP = 16  # pixels around pages
GROUND = "#8A9499"


def page_numbers(file: Path) -> dict[str, int]:
    """The page of every picture's counterpart, counted from 0; without those whose part the plan does not have."""
    with pikepdf.open(file) as pdf:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        names = pdf.Root.Names.Dests.Names
        found = {str(names[i]): pages[names[i + 1][0].objgen] for i in range(0, len(names), 2)}
    return {picture: found[anchor] + further for picture, (anchor, further) in PAGES.items() if anchor in found}


def page_picture(file: Path, number: int, folder: Path) -> Image.Image:
    """A page as poppler draws it."""
    place = folder / str(number)
    which = ["-f", str(number + 1), "-l", str(number + 1), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", *which, str(file), str(place)], check=True)
    with Image.open(place.with_suffix(".png")) as picture:
        return picture.convert("RGB")


def contact_sheet(file: Path) -> Image.Image:
    """All pairs, the design on the left, two pairs a row."""
    pairs = []
    with tempfile.TemporaryDirectory() as name:
        for picture, number in page_numbers(file).items():
            with Image.open(DESIGN / f"{picture}.png") as design:
                left = design.convert("RGB")
            right = page_picture(file, number, Path(name)).resize(left.size)
            pairs.append((left, right))
    rows = [pairs[index : index + 2] for index in range(0, len(pairs), 2)]
    width = max(sum(left.width * 2 + 3 * GAP for left, _ in row) for row in rows)
    heights = [max(left.height for left, _ in row) + GAP for row in rows]
    sheet = Image.new("RGB", (width, sum(heights) + GAP), GROUND)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        x = GAP
        for left, right in row:
            sheet.paste(left, (x, top))
            sheet.paste(right, (x + left.width + GAP // 2, top))
            x += 2 * left.width + 3 * GAP
        top += height
    return sheet


def main() -> None:
    """Makes the sheet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=ROOT / "output" / "zukunftsplan.pdf")
    parser.add_argument("--to", type=Path, default=ROOT / "output" / "kontaktbogen.png")
    given = parser.parse_args()
    contact_sheet(given.file).save(given.to, optimize=True)


if __name__ == "__main__":
    main()
