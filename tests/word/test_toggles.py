"""Every run of the finished DOCX looks the same, whichever way a program combines the styles; and the audit sees."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.building import Built
from tests.word.toggles import TOGGLES, Disagreement, audit

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ON = "<w:rPr><w:b/></w:rPr>"
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>
<w:style w:type="paragraph" w:styleId="Titel">{ON}</w:style>
<w:style w:type="paragraph" w:styleId="Untertitel"><w:basedOn w:val="Titel"/>{ON}</w:style>
<w:style w:type="character" w:styleId="Datum">{ON}</w:style>
<w:style w:type="character" w:styleId="Nebenbei"><w:rPr><w:b w:val="0"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Raster"><w:tblStylePr w:type="firstCol">{ON}</w:tblStylePr></w:style>
</w:styles>"""


def file_of(body: str) -> bytes:
    """A DOCX of no more than styles and a body."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return target.getvalue()


def paragraph(style: str, letters: str = "", direct: str = "") -> str:
    looks = f'<w:rStyle w:val="{letters}"/>{direct}' if letters else direct
    run = f"<w:r><w:rPr>{looks}</w:rPr><w:t>Wort</w:t></w:r>"
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def cell(content: str, *, on: int) -> str:
    look = f'<w:tblPr><w:tblStyle w:val="Raster"/><w:tblLook w:firstColumn="{on}"/></w:tblPr>'
    return f"<w:tbl>{look}<w:tr><w:tc>{content}</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (paragraph("Titel"), []),
        (paragraph("Untertitel"), []),
        (paragraph("Normal", "Datum"), []),
        (paragraph("Titel", "Datum"), [(False, True)]),
        (paragraph("Titel", "Nebenbei"), [(True, False)]),
        (paragraph("Titel", "Datum", "<w:b/>"), []),
        (cell(paragraph("Titel"), on=1), [(False, True)]),
        (cell(paragraph("Titel"), on=0), []),
        (cell(paragraph("Normal"), on=1), []),
        (cell(paragraph("Titel", "Datum"), on=1), []),
    ],
)
def test_the_audit_sees_where_two_readings_differ(body: str, expected: list[tuple[bool, bool]]) -> None:
    found = audit(file_of(body))
    assert found.runs == 1
    assert found.found == [Disagreement("Wort", "b", *pair) for pair in expected]


def test_both_readings_of_every_run_agree(built: Built) -> None:
    found = audit(built.file(".docx").read_bytes())
    assert found.runs > 100
    assert found.found == []


def test_no_style_is_bold(small: Built) -> None:
    """Semibold letters are a family of their own, so what is bold was made so by an author."""
    with zipfile.ZipFile(small.file(".docx")) as archive:
        styles = archive.read("word/styles.xml").decode()
    assert [toggle for toggle in TOGGLES if f"<w:{toggle}/>" in styles or f"<w:{toggle} " in styles] == ["i", "iCs"]
    assert 'w:ascii="Plan Serif Semibold"' in styles
