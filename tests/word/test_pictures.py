"""Pictures in the finished Word file: as large as their place allows, no finer, and with a way to the file."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator

import pytest
from lxml import etree
from PIL import Image

from pipeline.content.read import read
from tests.back.test_photos import built
from tests.cases import BASE

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
MM = 36_000  # EMU
TEXT = """

![Auf der Seite](../bilder/a.jpg)

- Punkt

  ![In der Liste](../bilder/b.jpg)

  - Darunter

    ![Eine Ebene tiefer](../bilder/c.jpg)

| A | B |
|---|---|
| a | Wort ![In der Zelle](../bilder/d.jpg) |

Ein Satz.[^n]

[^n]: Notiz

    ![In der Note](../bilder/e.jpg)
"""


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("plan") / "content"
    shutil.copytree(BASE, folder)
    for name, shade in zip("abcde", range(0, 250, 50), strict=True):
        Image.new("RGB", (2400, 1200), (shade, 90, 120)).save(folder / "bilder" / f"{name}.jpg")
    text = folder / "texte" / "einleitung.md"
    text.write_text(text.read_text(encoding="utf-8") + TEXT, encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(built(read(folder)).data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def shown(parts: dict[str, bytes]) -> Iterator[tuple[str, tuple[int, int], Image.Image]]:
    """Description, width and height in whole millimetres and the picture, of each that is not a drawing."""
    for part in ("document", "footnotes"):
        related = etree.fromstring(parts[f"word/_rels/{part}.xml.rels"])
        targets = {entry.get("Id"): entry.get("Target") for entry in related}
        for drawing in etree.fromstring(parts[f"word/{part}.xml"]).iter(f"{WP}inline"):
            sizes = [drawing.find(f"{WP}extent"), *(item for item in drawing.iter(f"{A}ext") if item.get("cx"))]
            told = {(int(size.get("cx", "")), int(size.get("cy", ""))) for size in sizes if size is not None}
            assert len(told) == 1
            ((width, height),) = told
            target = targets[next(drawing.iter(f"{A}blip")).get(EMBED)]
            image = Image.open(io.BytesIO(parts[f"word/{target}"]))
            if image.format == "JPEG":
                described = next(drawing.iter(f"{WP}docPr")).get("descr", "")
                yield described, (round(width / MM), round(height / MM)), image


def test_each_has_the_size_of_its_place(parts: dict[str, bytes]) -> None:
    found = {words: size for words, size, _ in shown(parts)}
    assert found == {
        "Auf der Seite": (168, 84),
        "In der Liste": (155, 78),  # half an inch less, as far as the words stand in
        "Eine Ebene tiefer": (143, 71),
        "In der Zelle": (10, 5),
        "In der Note": (120, 60),
    }


def test_none_is_finer_than_that(parts: dict[str, bytes]) -> None:
    for words, (width, _), image in shown(parts):
        assert 215 < image.width / (width / 25.4) < 225 or words == "In der Zelle"
        assert image.width <= (width + 0.5) / 25.4 * 220
