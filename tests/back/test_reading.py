"""What is read of runs, fields, links and cells, in every form in which programs write the same."""

from __future__ import annotations

import pytest

from pipeline.merge.docx.clean import clean, open_wrappers
from pipeline.merge.docx.reading import Item, Paragraph, Parts, Table, read_document
from pipeline.text.nodes import Node
from pipeline.text.raised import without_sign
from tests.back.trees import cell, par, row, run, table, tree

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = {"rId1": "https://example.org/plan"}
ADDRESS, PLACE = "https://example.org/plan", "#M1_1_1"


def items(body: str, *styles: tuple[str, str]) -> tuple[Item, ...]:
    """What is read below `body`; `styles` are IDs and names."""
    document = tree(f"<w:body>{body}</w:body>", "document")
    open_wrappers(document)
    clean(document)
    listed = "".join(f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in styles)
    return read_document(Parts(document, None, tree(listed, "styles"), None, LINKS, {})).items


def content(body: str, *styles: tuple[str, str]) -> list[Node]:
    """The text of the first paragraph."""
    first = items(body, *styles)[0]
    assert isinstance(first, Paragraph)
    return list(first.content)


def sign(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, result: str) -> str:
    begun = sign("begin") + run(instruction.replace('"', "&quot;"), tag="instrText") + sign("separate")
    return begun + result + sign("end")


def links(nodes: list[Node]) -> list[tuple[str, str]]:
    """Where links lead, and what they read."""
    return [(str(node.attrs["target"]), node.plain()) for node in nodes if node.kind == "link"]


@pytest.mark.parametrize(
    ("attributes", "target"),
    [
        ('r:id="rId1"', ADDRESS),
        ('w:anchor="M1_1_1"', PLACE),
        ('r:id="rId1" w:anchor="seite-2"', f"{ADDRESS}#seite-2"),
    ],
)
def test_a_link(attributes: str, target: str) -> None:
    link = f'<w:hyperlink xmlns:r="{OFFICE}" {attributes}>{run("hier")}</w:hyperlink>'
    assert links(content(par(link))) == [(target, "hier")]


INSTRUCTIONS = {
    f' HYPERLINK "{ADDRESS}" ': ADDRESS,
    f"HYPERLINK {ADDRESS}": ADDRESS,
    f'HYPERLINK \\t "_blank" "{ADDRESS}" \\o "Ein Tipp" \\h': ADDRESS,
    f'HYPERLINK "{ADDRESS}" \\l "seite-2"': f"{ADDRESS}#seite-2",
    f'HYPERLINK \\l "seite-2" "{ADDRESS}"': f"{ADDRESS}#seite-2",
    'HYPERLINK \\l "M1_1_1" \\o "Ein Tipp"': PLACE,
    'HYPERLINK \\h \\l "M1_1_1"': PLACE,
    'HYPERLINK  \\L "M1_1_1"': PLACE,
    " REF M1_1_1 \\h \\* MERGEFORMAT ": PLACE,
}


@pytest.mark.parametrize(("instruction", "target"), INSTRUCTIONS.items())
def test_a_link_as_a_field(instruction: str, target: str) -> None:
    assert links(content(par(field(instruction, run("hier"))))) == [(target, "hier")]
    escaped = instruction.replace('"', "&quot;")
    simple = f'<w:fldSimple w:instr="{escaped}">{run("hier")}</w:fldSimple>'
    assert links(content(par(run("a") + simple + run("b")))) == [(target, "hier")]


def test_a_field_that_names_a_link_is_none() -> None:
    assert links(content(par(field("SEQ HYPERLINKS", run("1"))))) == []


def test_a_link_of_some_words_of_a_reference_leads_where_it_says() -> None:
    link = f'<w:hyperlink xmlns:r="{OFFICE}" r:id="rId1">{run("hier")}</w:hyperlink>'
    read = content(par(field(" REF M1_1_1 \\h ", run("a") + link + run("b"))))
    assert links(read) == [(PLACE, "a"), (ADDRESS, "hier"), (PLACE, "b")]


def test_a_note_parts_the_link_that_it_stands_in() -> None:
    """A note is a link of its own, and there is none within another."""
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    link = f'<w:hyperlink xmlns:r="{OFFICE}" r:id="rId1">{run("hier")}{note}{run("und da")}</w:hyperlink>'
    read = content(par(link))
    assert [node.kind for node in read] == ["link", "footnote", "link"]
    assert links(read) == [(ADDRESS, "hier"), (ADDRESS, "und da")]


def test_page_numbers_are_words_and_in_the_contents_list_nothing() -> None:
    number = f'<w:fldSimple w:instr=" PAGEREF x ">{run("7")}</w:fldSimple>'
    words = run("a") + number + field("PAGEREF x", run("8")) + run("b")
    (found,) = items(par(words))
    assert isinstance(found, Paragraph)
    assert (found.plain, found.page_numbers) == ("a78b", ("7", "8"))
    assert "".join(node.plain() for node in content(par(words, "V1"), ("V1", "toc 1"))) == "ab"


@pytest.mark.parametrize(
    ("letters", "height", "read", "left"),
    [
        ("2", "superscript", "m²", ()),
        ("2 ", "superscript", "m² ", ()),
        ("2", "subscript", "m₂", ()),
        ("a", "superscript", "ma", ("a",)),
    ],
)
def test_what_is_raised_is_a_sign_where_there_is_one(letters: str, height: str, read: str, left: tuple[str]) -> None:
    (found,) = items(par(run("m") + run(letters, f'<w:vertAlign w:val="{height}"/>')))
    assert isinstance(found, Paragraph)
    assert (found.plain, tuple(without_sign(found.content))) == (read, left)


def test_a_field_may_end_inside_another() -> None:
    first = par(sign("begin") + run("TOC", tag="instrText") + sign("separate") + run("a"))
    second = par(f'<w:fldSimple w:instr="SEQ x">{run("b")}{sign("end")}</w:fldSimple>' + run("c"))
    assert [item.plain for item in items(first + second) if isinstance(item, Paragraph)] == ["a", "bc"]


def test_where_entries_of_a_contents_list_lead_is_not_read() -> None:
    entry = f'<w:hyperlink w:anchor="_Toc1">{run("Ziele")}</w:hyperlink>'
    assert links(content(par(entry, "Verzeichnis1"), ("Verzeichnis1", "toc 1"))) == []
    assert links(content(par(entry, "Verzeichnis1"), ("Verzeichnis1", "Verzeichnis"))) == [("#_Toc1", "Ziele")]


@pytest.mark.parametrize(("value", "count"), [("", 0), (' w:val="continue"', 0), (' w:val="restart"', 1)])
def test_a_cell_that_runs_on_from_above_is_none(value: str, count: int) -> None:
    (read,) = items(table(row(cell(par(run("a")), f"<w:vMerge{value}/>"))))
    assert isinstance(read, Table)
    assert len(read.rows[0].cells) == count


def test_a_run_with_an_empty_text_is_none() -> None:
    empty = "<w:r><w:rPr><w:b/></w:rPr><w:t/></w:r>"
    assert content(par(empty + run("a") + empty)) == [Node("text", text="a")]
