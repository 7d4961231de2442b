"""The finished DOCX of three plans keep to the schemas of their parts and to Office's rules beyond; damage is seen."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from tests.building import Built

FORMATS = (FileFormat.OFFICE_2010, FileFormat.MICROSOFT_365)  # compatibility mode 15 is the one of 2013


def findings(path: Path) -> list[str]:
    """Everything openxml-audit has to say of a file, against an old Word and today's."""
    return [
        f"{version.value}: {finding}"
        for version in FORMATS
        for finding in OpenXmlValidator(version).validate(path).errors
    ]


def test_nothing_is_found(built: Built) -> None:
    assert findings(built.file(".docx")) == []


def test_python_docx_opens_it(built: Built) -> None:
    document = docx.Document(str(built.file(".docx")))
    assert document.core_properties.title == built.loaded.document.properties.full_title
    assert len(document.sections) == document.element.xml.count("<w:sectPr")


def _swap_size_and_colour(text: str) -> str:
    start, end = text.index("<w:color "), text.index("<w:sz ")
    size = text[end : text.index("/>", end) + 2]
    return text[:start] + size + text[start:end] + text[end + len(size) :]


DAMAGE: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "order": ("word/styles.xml", _swap_size_and_colour),
    "value": ("word/document.xml", lambda text: text.replace('w:fldCharType="begin"', 'w:fldCharType="start"', 1)),
    "element": ("word/document.xml", lambda text: text.replace("<w:keepNext/>", "<w:keepLast/>", 1)),
    "relationship": ("word/_rels/document.xml.rels", lambda text: text.replace("rIdHeaderHoch", "rIdHeader")),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_seen(small: Built, damage: str, tmp_path: Path) -> None:
    name, change = DAMAGE[damage]
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(small.file(".docx")) as whole, zipfile.ZipFile(broken, "w") as target:
        for part in whole.namelist():
            content = whole.read(part)
            if part == name:
                text = content.decode()
                assert change(text) != text
                content = change(text).encode()
            target.writestr(part, content)
    assert findings(broken)
