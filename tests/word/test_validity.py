"""The finished DOCX of three plans keep to the schemas of their parts and to Office's rules beyond; damage is seen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from openxml_audit.schema.validator import SchemaValidator

from tests.back.cut import CutPlan
from tests.building import PLANS, Built

FORMATS = (FileFormat.OFFICE_2010, FileFormat.MICROSOFT_365)  # compatibility mode 15 is the one of 2013


@pytest.fixture(autouse=True, scope="module")
def _order_judged_once() -> Iterator[None]:
    """openxml-audit judges anew for every paragraph whether its children may come in this order: half of its time.

    What it found nothing to say of, it is not asked again: for the same model, the same version, the same children.
    """
    judge = SchemaValidator._validate_content_model
    sound: dict[tuple[int, FileFormat, tuple[str, ...]], object] = {}  # with the model, so that its ID stays taken

    def once(self: SchemaValidator, model: object, children: list[Any], context: Any) -> None:
        key = (id(model), context.file_format, tuple(child.tag for child in children))
        if key in sound:
            return
        before = context.error_count
        judge(self, model, children, context)
        if context.error_count == before:
            sound[key] = model

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SchemaValidator, "_validate_content_model", once)
        yield


def findings(path: Path, versions: Sequence[FileFormat] = FORMATS) -> Iterator[str]:
    """Everything openxml-audit has to say of a file, against an old Word and today's."""
    for version in versions:
        yield from (f"{version.value}: {finding}" for finding in OpenXmlValidator(version).validate(path).errors)


def test_nothing_is_found(built: Built, pytestconfig: pytest.Config) -> None:
    """The large plans have no element that the small one lacks: the old Word judges them in a long run."""
    every_one = built.content == PLANS["small"] or pytestconfig.getoption("every_case")
    assert list(findings(built.file(".docx"), FORMATS if every_one else FORMATS[-1:])) == []


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
def test_damage_is_seen(cut: Callable[[str], CutPlan], damage: str, tmp_path: Path) -> None:
    name, change = DAMAGE[damage]
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(io.BytesIO(cut("texte").data)) as whole, zipfile.ZipFile(broken, "w") as target:
        for part in whole.namelist():
            content = whole.read(part)
            if part == name:
                text = content.decode()
                assert change(text) != text
                content = change(text).encode()
            target.writestr(part, content)
    assert next(findings(broken), "")
