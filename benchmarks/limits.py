"""Every limit of the table in; out: that contents at 99 % of it are built, in what time and memory, and 101 % refused.

    .venv/bin/python -m benchmarks.limits [NAME …]

Each content is a plan with a handful of measures in which one thing goes up to its limit. Time is that of a whole build
of both documents without a cache; memory that of the largest process, pandoc or one of the program's own.
"""

from __future__ import annotations

import argparse
import io
import math
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml
from PIL import Image

from benchmarks.plans import write_plan
from benchmarks.processes import run
from pipeline.budget import limits

ROOT = Path(__file__).resolve().parents[1]
BUILD = (sys.executable, str(ROOT / "build.py"))
FEW = 4  # measures
CHAPTER = "texte/ausgangslage.md"
WORDS = "Die Stadt plant Wege und Plätze mit den Betrieben und fragt jedes Jahr nach ob alles so gilt wie es dasteht"
Content = Callable[[Path, float], None]


def _prose(size: int, seed: int = 0) -> str:
    """So many characters of paragraphs, none like another."""
    chance, words, rows, written = random.Random(seed), WORDS.split(), [], 0
    while written < size:
        row = " ".join(chance.choices(words, k=70)) + "."
        rows.append(row)
        written += len(row.encode()) + 2
    return "\n\n".join(rows)[:size]


def _chapter(make: Callable[[float], str]) -> Content:
    def write(folder: Path, share: float) -> None:
        (folder / CHAPTER).write_text(f"# Ausgangslage\n\n{make(share)}\n", encoding="utf-8")

    return write


def _at(limit: limits.Limit, share: float) -> int:
    return math.floor(limit.most * share) if share < 1 else math.ceil(limit.most * share)


def _texts(folder: Path, share: float) -> None:
    """All chapters together, each below its own limit."""
    chapters = sorted((folder / "texte").glob("*.md"))[:4]
    others = sum(path.stat().st_size for path in (folder / "texte").glob("*.md") if path not in chapters)
    for number, path in enumerate(chapters):
        title = path.read_text(encoding="utf-8").split("\n", 1)[0]
        size = (_at(limits.ALL_TEXTS, share) - others) // len(chapters) - len(title.encode()) - 4
        path.write_text(f"{title}\n\n{_prose(size, number)}\n", encoding="utf-8")


def _table(share: float) -> str:
    rows = _at(limits.CELLS, share) // limits.COLUMNS.most
    line = "|" + "|".join(["ab"] * limits.COLUMNS.most) + "|"
    return "\n".join([line, line.replace("ab", "-"), *[line] * (rows - 1)])


def _addresses(share: float) -> str:
    address = "https://example.org/" + "a" * (limits.ADDRESS.most - 40)
    times = _at(limits.EXPANDED, share) // (len(address) + 6)
    return f"[r]: {address}\n\n" + "\n\n".join(["Siehe [r]"] * times)


def _photos(folder: Path, share: float) -> None:
    total, number = _at(limits.ALL_OTHERS, share), 12
    text = (folder / CHAPTER).read_text(encoding="utf-8")
    for index in range(number):
        noise = Image.frombytes("RGB", (1400, 1200), random.Random(index).randbytes(1400 * 1200 * 3))
        target = io.BytesIO()
        noise.resize((2800, 2400), Image.Resampling.BILINEAR).save(target, "JPEG", quality=92)
        data = target.getvalue()
        data += bytes(max(0, total // number - len(data) - 1))  # behind its end, where it is cut off again
        _write(folder / f"bilder/foto{index}.jpg", data[: total // number])
        text += f'\n\n![Ein Foto](../bilder/foto{index}.jpg "Foto {index}")\n'
    (folder / CHAPTER).write_text(text, encoding="utf-8")


def _pixels(folder: Path, share: float) -> None:
    text = (folder / CHAPTER).read_text(encoding="utf-8")
    number = limits.ALL_PIXELS.most // limits.PIXELS.most
    for index in range(number):
        side = int((_at(limits.ALL_PIXELS, share) / number) ** 0.5)
        Image.linear_gradient("L").resize((side, side)).save(folder / f"bilder/karte{index}.png")
        text += f'\n\n![Eine Karte](../bilder/karte{index}.png "Karte {index}")\n'
    (folder / CHAPTER).write_text(text, encoding="utf-8")


def _drawing(folder: Path, share: float) -> None:
    side = int((limits.DRAWING_AREA.most * min(share, 1)) ** 0.5)
    number = _at(limits.DRAWING_ELEMENTS, share) - 1
    rows = "".join(f'<rect x="{at % 300 * 10}" y="{at // 300 * 10}" width="8" height="8"/>' for at in range(number))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}">'
    _write(folder / "bilder/plan.svg", f"{head}{rows}</svg>".encode())
    text = (folder / CHAPTER).read_text(encoding="utf-8")
    (folder / CHAPTER).write_text(f'{text}\n\n![Ein Plan](../bilder/plan.svg "Plan")\n', encoding="utf-8")


def _data(folder: Path, share: float) -> None:
    """Measures, until there are so many values; that is some ninety a measure, fewer the more there are."""
    wanted = _at(limits.ALL_NODES, share)
    measures = wanted // 100
    write_plan(folder, measures)
    while (missing := wanted - _values(folder)) > (0 if share > 1 else 100):
        measures += -(-missing // 90) if share > 1 else missing // 90
        shutil.rmtree(folder)
        write_plan(folder, measures)


def _values(folder: Path) -> int:
    """Keys and values of all data, as the limit counts them."""
    return sum(_nodes(yaml.load(path.read_bytes(), yaml.CSafeLoader)) for path in folder.rglob("*.yaml"))


def _nodes(value: object) -> int:
    if isinstance(value, dict):
        return 1 + sum(1 + _nodes(item) for item in value.values())
    return 1 + (sum(map(_nodes, value)) if isinstance(value, list) else 0)


def _files(folder: Path, share: float) -> None:
    there = sum(path.is_file() for path in folder.rglob("*"))
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    for index in range(_at(limits.FILES, share) - there):
        _write(folder / f"bilder/z{index}.svg", drawing)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


CONTENTS: dict[str, Content] = {
    "text": _chapter(lambda share: _prose(_at(limits.TEXT_FILE, share) - 20)),
    "texts": _texts,
    "paragraph": _chapter(lambda share: _prose(20_000 * 50).replace("\n\n", " ")[: _at(limits.PARAGRAPH, share)]),
    "lines": _chapter(lambda share: "\n".join(["- Punkt"] * (_at(limits.TEXT_LINES, share) - 4))),
    "levels": _chapter(lambda share: ">" * (_at(limits.TEXT_LEVELS, share) - 1) + " tief"),
    "quotes": _chapter(lambda share: '"a ' * _at(limits.QUOTES, share)),
    "brackets": _chapter(
        lambda share: "\n\n".join(
            ["[a](https://example.org) und [b](https://example.org)."] * (_at(limits.BRACKETS, share) // 2)
        )
    ),
    "table": _chapter(_table),
    "addresses": _chapter(_addresses),
    "photos": _photos,
    "pixels": _pixels,
    "drawing": _drawing,
    "data": _data,
    "files": _files,
}


def measured(name: str) -> str:
    """A line on one limit: seconds and MiB at 99 %, what the check says at 101 %."""
    with tempfile.TemporaryDirectory() as folder:
        content, output = Path(folder) / "content", Path(folder) / "output"
        arguments = ("--content", str(content))
        write_plan(content, FEW)
        (content / "bilder").mkdir(exist_ok=True)
        CONTENTS[name](content, 0.99)
        build = (*BUILD, *arguments, "--output", str(output), "--cache", str(Path(folder) / "cache"), "--quiet")
        try:
            spent = run([build], Path(folder))
            built = f"{spent.seconds:6.0f} s  {spent.memory:6.0f} MiB"
        except SystemExit as error:
            built = f"GESCHEITERT {str(error).splitlines()[-1][:300]}"
        shutil.rmtree(content)
        write_plan(content, FEW)
        (content / "bilder").mkdir(exist_ok=True)
        CONTENTS[name](content, 1.01)
        check = subprocess.run([*BUILD, "check", *arguments, "--json"], capture_output=True, text=True, check=False)
        told = any(code in check.stdout for code in ("P112", "P113"))
        refused = "abgelehnt" if check.returncode == 1 and told else "DURCHGELASSEN"
        return f"{name:10} {built}  {refused}"


def main() -> None:
    """Measures the named limits, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", choices=[*CONTENTS, []])
    for name in parser.parse_args().names or CONTENTS:
        print(measured(name), flush=True)


if __name__ == "__main__":
    main()
