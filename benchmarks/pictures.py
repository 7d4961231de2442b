"""A set of photograph-like pictures in, what building a plan with them takes, weighs and gives back out.

    .venv/bin/python -m benchmarks.pictures

The set is what a city's strategy had: 34 pictures, 68 megapixels, 14 MB. Measured are whole commands without a cache:
the memory of the largest process, the size of both documents, and that an unedited Word file changes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

from benchmarks.plans import write_plan
from benchmarks.processes import run
from pipeline.budget.limits import MEGABYTE

ROOT = Path(__file__).resolve().parents[1]
FEW = 4  # measures
CHAPTER = "texte/ausgangslage.md"
NUMBER, PIXELS, BYTES = 34, 68_000_000, 14 * MEGABYTE  # of the set, all together
LEAST = 0.2  # bytes a pixel
MEMORY, PDF, DOCX = 700, 8 * MEGABYTE, 8 * MEGABYTE  # MiB and bytes that are allowed
SHAPES = ((4, 3), (3, 2), (16, 9), (1, 1), (3, 4))  # widths to heights
SIZES = (0.5, 0.8, 1.0, 1.2, 1.5)  # of the same share of all pixels


def photo(chance: random.Random, size: tuple[int, int]) -> Image.Image:
    """Things that hide one another, of all sizes, with grain on some of them: edges and texture as photographs have."""
    picture = Image.blend(_grain(chance, size, max(size) // 4), _grain(chance, size, max(size) // 12), 0.4)
    for _ in range(250):
        radius = min(size) * 0.35 * 0.02 ** chance.random()
        x, y, high = chance.uniform(0, size[0]), chance.uniform(0, size[1]), radius * chance.uniform(0.4, 1)
        box = (int(x - radius), int(y - high), int(x + radius) + 1, int(y + high) + 1)
        shade = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        draw = ImageDraw.Draw(shade)
        shape = draw.ellipse if chance.random() < 0.6 else draw.rectangle
        shape((0, 0, shade.width - 1, shade.height - 1), fill=chance.randint(60, 220))
        colour = (chance.randint(20, 235), chance.randint(20, 235), chance.randint(20, 235))
        picture.paste(Image.new("RGB", shade.size, colour), box[:2], shade)
    for cell, share in ((40, 0.3), (20, 0.24), (10, 0.18), (5, 0.22), (3, 0.18), (2, 0.13)):
        grain = _grain(chance, size, cell).convert("L").convert("RGB")
        where = _grain(chance, size, max(size) // 6).convert("L").point(lambda value: min(255, max(0, value - 90) * 5))
        picture = Image.composite(Image.blend(picture, grain, share), picture, where)
    return picture


def _grain(chance: random.Random, size: tuple[int, int], cell: int) -> Image.Image:
    width, height = max(2, size[0] // cell), max(2, size[1] // cell)
    noise = Image.frombytes("RGB", (width, height), chance.randbytes(width * height * 3))
    return noise.resize(size, Image.Resampling.BICUBIC)


def saved(picture: Image.Image, least: int) -> bytes:
    """The picture as a JPEG of that many bytes, or a few more."""
    data = b""
    for quality in range(70, 100):
        target = io.BytesIO()
        picture.save(target, "JPEG", quality=quality)
        data = target.getvalue()
        if len(data) >= least:
            break
    return data


def pictures(seed: int, *, alike: bool) -> list[bytes]:
    """The set; `alike`: all of the same size and of that shape which leaves a document the most of them."""
    chance = random.Random(seed)
    shares = [1.0 if alike else chance.choice(SIZES) for _ in range(NUMBER)]
    found = []
    for index, share in enumerate(shares):
        across, down = (4, 3) if alike else SHAPES[index % len(SHAPES)]
        side = (PIXELS * share / sum(shares) / (across * down)) ** 0.5
        size = round(across * side), round(down * side)
        found.append(saved(photo(chance, size), int(LEAST * 1.02 * size[0] * size[1])))
    return found


def write_set(folder: Path, found: list[bytes]) -> None:
    """A plan that shows them all, two to a section."""
    write_plan(folder, FEW)
    (folder / "bilder").mkdir(exist_ok=True)
    text = (folder / CHAPTER).read_text(encoding="utf-8")
    for index, data in enumerate(found):
        (folder / f"bilder/foto{index}.jpg").write_bytes(data)
        shown = f'![Ein Platz, Foto {index}](../bilder/foto{index}.jpg "Platz {index}")'
        text += f"\n\nWas dort zu sehen ist, zeigt das Bild.\n\n{shown}\n"
    (folder / CHAPTER).write_text(text, encoding="utf-8")


def _state(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """The command line; 1 where something is more than allowed or changed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures", description="Was viele Fotos kosten.")
    parser.add_argument("--seed", metavar="ZAHL", type=int, default=1, help="womit der Zufall beginnt")
    parser.add_argument("--alike", action="store_true", help="alle Fotos gleich groß, im Format 4:3")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bilder-") as name:
        folder = Path(name)
        content, output = folder / "content", folder / "output"
        found = pictures(arguments.seed, alike=arguments.alike)
        megapixels = (
            sum(width * height for width, height in (Image.open(io.BytesIO(data)).size for data in found)) / 1e6
        )
        print(f"{len(found)} Bilder, {megapixels:.1f} Megapixel, {sum(map(len, found)) / MEGABYTE:.1f} MB")
        write_set(content, found)
        before = _state(content)
        command = [sys.executable, str(ROOT / "build.py")]
        folders = ["--content", str(content), "--cache", str(folder / "cache"), "--quiet"]
        built = run([[*command, *folders, "--output", str(output)]], folder)
        (docx,), (pdf,) = output.glob("*.docx"), output.glob("*.pdf")
        merged = run([[*command, "merge", *folders, str(docx)]], folder)
        changed = _state(content) != before
        kept = "GEÄNDERT" if changed else "nichts geändert"
        print(f"Bau         {built.seconds:6.1f} s  {built.memory:5.0f} MiB (erlaubt {MEMORY})")
        print(f"Übernahme   {merged.seconds:6.1f} s  {merged.memory:5.0f} MiB, {kept}")
        for path, allowed in ((pdf, PDF), (docx, DOCX)):
            size = path.stat().st_size / MEGABYTE
            print(f"{path.suffix[1:].upper():11} {size:6.1f} MB (erlaubt {allowed / MEGABYTE:.0f})")
        sizes = pdf.stat().st_size > PDF or docx.stat().st_size > DOCX
        sys.exit(changed or sizes or max(built.memory, merged.memory) > MEMORY)


if __name__ == "__main__":
    main()
