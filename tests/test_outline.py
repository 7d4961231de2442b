"""Whatever part the outline leaves out: nothing in either document leads to what is not there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline.content.read import read
from pipeline.document.model import Document
from pipeline.pdf.build import write_pdf
from pipeline.pdf.html import part_html
from pipeline.word.html import document_html
from schema.vocabulary import PartName
from tests.back.cut import cut_plan
from tests.building import PLANS
from tests.loading import load

_LINK = re.compile(r'<a [^>]*?href="([^"]*)"')
_ID = re.compile(r'\bid="([^"]+)"')
_ENTRY = re.compile(r"(?m)^(?=  - )")


def outline_of(content: Path) -> tuple[str, list[str], str]:
    """What stands before the outline of a plan's file, its entries, what stands behind it."""
    before, rest = (content / "plan.yaml").read_text(encoding="utf-8").split("gliederung:\n")
    end = rest.index("optionen:")
    return before, _ENTRY.split(rest[:end])[1:], rest[end:]


def dead_links(document: Document) -> list[str]:
    """Addresses within a document that lead nowhere, of both writers."""
    found = []
    for html in ("".join(map(part_html, document.parts)), document_html(document)):
        there = {f"#{name}" for name in _ID.findall(html)}
        found += [
            link for link in _LINK.findall(html) if not link.startswith(("http", "mailto:")) and link not in there
        ]
    return found


@pytest.mark.parametrize("part", [part for part in PartName if part is not PartName.COVER])
def test_no_link_leads_to_a_part_that_is_left_out(part: PartName, tmp_path: Path) -> None:
    """The texts that refer to it by name are told so by the check; what generated parts say of it is plain text."""
    content = tmp_path / "plan"
    shutil.copytree(PLANS["small"], content)
    before, entries, behind = outline_of(content)
    kept = [entry for entry in entries if part not in entry]
    for name, outline in (("without", kept), ("alone", [f"  - teil: {part}\n"])):
        (content / "plan.yaml").write_text(f"{before}gliederung:\n{''.join(outline)}{behind}", encoding="utf-8")
        assert (name, dead_links(load(content).document)) == (name, [])


def test_texts_with_a_matrix_build_without_the_sheets_of_its_measures(tmp_path: Path) -> None:
    content = cut_plan("texte", tmp_path / "plan").content
    assert write_pdf(load(content).document, read(content).pictures).pages > 5
