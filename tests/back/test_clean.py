"""What Word and LibreOffice add on saving is gone; text, formats, tables and marks stay."""

from __future__ import annotations

import pytest

from pipeline.merge.docx.clean import clean, open_wrappers
from pipeline.ooxml.elements import Element, q
from tests.back.trees import MARK, OTHER_MARK, bookmark, cell, marks, par, read, row, run, shown, table, tree


def cleaned(body: str) -> Element:
    root = tree(body)
    open_wrappers(root)
    clean(root)
    return root


def names(root: Element) -> list[str]:
    return [str(item.tag).rpartition("}")[2] for item in root.iter()][1:]


NOISE = {
    "proofing": par('<w:proofErr w:type="spellStart"/>' + run("a") + '<w:proofErr w:type="spellEnd"/>'),
    "page breaks of the last print": par("<w:r><w:lastRenderedPageBreak/><w:t>a</w:t></w:r>"),
    "permissions": par('<w:permStart w:id="1"/>' + run("a") + '<w:permEnd w:id="1"/>'),
    "languages": par(run("a", '<w:lang w:val="de-DE"/><w:noProof/>')),
    "split runs": par(run("a"[:0]) + run("a"), more="<w:rPr/>"),
    "empty runs": par("<w:r/>" + run("a") + "<w:r><w:rPr><w:b/></w:rPr></w:r>"),
    "smart tag": par(f'<w:smartTag w:element="x"><w:smartTagPr/>{run("a")}</w:smartTag>'),
    "custom XML": f'<w:customXml w:element="x"><w:customXmlPr/>{par(run("a"))}</w:customXml>',
    "control": f"<w:sdt><w:sdtPr/><w:sdtEndPr/><w:sdtContent>{par(run('a'))}</w:sdtContent></w:sdt>",
    "dropdown": par(
        "<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText='b' w:value='b'/></w:dropDownList></w:sdtPr>"
        f"<w:sdtContent>{run('a')}</w:sdtContent></w:sdt>"
    ),
    "nested controls": f"<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{par(run('a'))}</w:sdtContent></w:sdt>"
    "</w:sdtContent></w:sdt>",
    "direction": par(f"<w:dir w:val='ltr'><w:bdo>{run('a')}</w:bdo></w:dir>"),
    "end of a lost bookmark": par('<w:bookmarkEnd w:id="99"/>' + run("a")),
    "alternatives": par(
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{run('a')}</mc:Choice><mc:Fallback>{run('b')}</mc:Fallback>"
        "</mc:AlternateContent>"
    ),
    "only a fallback": par(f"<mc:AlternateContent><mc:Fallback>{run('a')}</mc:Fallback></mc:AlternateContent>"),
    "pieces of text": par("<w:r><w:t/><w:t>a</w:t><w:t></w:t></w:r>"),
}  # fmt: skip


@pytest.mark.parametrize("case", NOISE)
def test_noise(case: str) -> None:
    root = cleaned(NOISE[case])
    assert [name for name in names(root) if name != "pPr"] == ["p", "r", "t"]
    assert shown(root) == "a"


def test_numbers_of_saving() -> None:
    body = '<w:p w:rsidR="1" w14:paraId="2" w14:textId="3"><w:r w:rsidRPr="4"><w:t>a</w:t></w:r></w:p>'
    root = cleaned(body + table('<w:tr w:rsidTr="5"><w:tc/></w:tr>'))
    assert not [name for item in root.iter() for name in item.attrib if "space" not in str(name)]


def test_hyphens_are_characters() -> None:
    assert (
        shown(cleaned(par(run("a") + "<w:r><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/></w:r>"))) == "a\u2011b\u00ad"
    )


def test_neighbours_of_one_format_are_one_run() -> None:
    bold = '<w:b/><w:color w:val="0"/>'
    turned = '<w:color w:val="0"/><w:b/>'
    body = par(run("a ") + run("b") + run("c", bold) + "<w:r><w:rPr><w:b/></w:rPr><w:tab/></w:r>" + run("d", "<w:b/>"))
    root = cleaned(body + par(run("e", bold) + run(" f", turned)))
    assert [shown(item) for item in root.iter(q("r"))] == ["a b", "c", "d", "e f"]
    assert [item.text for item in root.iter(q("t"))] == ["a b", "c", "d", "e f"]


def test_runs_are_not_joined_over_what_stands_between() -> None:
    link = f'<w:hyperlink w:anchor="x">{run("b")}</w:hyperlink>'
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    root = cleaned(par(run("a") + link + run("c") + note + run("d") + bookmark() + run("e")))
    assert [shown(item) for item in root.iter(q("r"))] == ["a", "b", "c", "", "d", "e"]


def test_the_prompt_of_a_control_is_no_text() -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Bitte wählen')}</w:sdtContent></w:sdt>"
    assert read(cleaned(par(control))) == [("", "")]


def test_cells_and_rows_in_controls() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{row(cell(par(run('a'))))}</w:sdtContent></w:sdt>"
    root = cleaned(table(wrapped, f"<w:tr><w:sdt><w:sdtContent>{cell(par(run('b')))}</w:sdtContent></w:sdt></w:tr>"))
    assert [len(item.findall(q("tc"))) for item in root[0].findall(q("tr"))] == [1, 1]


def test_bookmarks_between_paragraphs_belong_to_the_next() -> None:
    body = (
        bookmark() + bookmark(OTHER_MARK, 8) + par(run("a"), "x") + table(row(bookmark("in_row", 9) + cell(par("b"))))
    )
    root = cleaned(body + par("") + bookmark("at_end", 10))
    assert marks(root) == [[MARK, OTHER_MARK], ["in_row"], ["at_end"]]
    assert root[0][0].tag == q("pPr")


def test_a_bookmark_that_begins_at_the_end_of_a_paragraph_belongs_to_the_next() -> None:
    """So LibreOffice writes that of a paragraph with section properties."""
    start, end = '<w:bookmarkStart w:id="8" w:name="b"/>', '<w:bookmarkEnd w:id="8"/>'
    wide = '<w:bookmarkStart w:id="9" w:name="wide"/>' + run("a") + bookmark("empty", 10)
    body = par(bookmark() + wide + start) + par(end + run("b") + '<w:bookmarkEnd w:id="9"/>')
    assert marks(cleaned(body)) == [[MARK, "wide", "empty"], ["b"]]


def test_copies_are_told() -> None:
    root = tree(par(bookmark() + bookmark(f"{MARK}_Copy_1", 8) + bookmark(f"{MARK}_Copy_1_Copy_2", 9)))
    assert clean(root) == (f"{MARK}_Copy_1", f"{MARK}_Copy_1_Copy_2")


def test_a_bookmark_that_was_renamed_without_a_copy_has_its_name_again() -> None:
    root = tree(par(bookmark(f"{MARK}_Copy_1") + bookmark(f"{MARK}_Copy_2", 8)))
    assert clean(root) == (f"{MARK}_Copy_2",)
    assert marks(root) == [[MARK, f"{MARK}_Copy_2"]]
