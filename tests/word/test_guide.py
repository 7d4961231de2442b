"""What the file says of its own editing is there once and true; tables, links and headings say what they are."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from docx.oxml.ns import qn
from lxml import etree

from pipeline.fields.names import PlanNames
from pipeline.fields.registry import field_named
from pipeline.merge.differences.field_edits import Complaint, edits
from pipeline.ooxml.bookmarks import MARK_PREFIX, hidden
from pipeline.word.build import write_plain
from schema.entities import Measure
from tests.building import Built
from tests.reading.word import xml_parts
from tests.word.reading import style, words
from tests.word.sample import sample
from tests.word.test_layout import main, part, tables, value

GUIDE = ("ZPAnleitungskopf", "ZPAnleitung")
NAMES = PlanNames({"hwk": ("Handwerkskammer", "HWK", "hwk")}, {}, {})
EXAMPLES = {
    "span": ("Q1 2027 – Q4 2028", "ab Q1 2027, fortlaufend"),
    "milestones": ("Q2 2027 Liste eingerichtet",),
    "effort": ("12.000 Euro einmalig (2027)", "40 bis 60 Personentage jährlich"),
    "funding": ("Haushalt 60 % (gesichert)",),
    "commitments": ("Handwerkskammer, 12.01.2027",),
}


def guide(body: etree._Element) -> str:
    return "\n".join(words(paragraph) for paragraph in body.iter(qn("w:p")) if style(paragraph) in GUIDE)


def test_it_stands_behind_the_status_and_nowhere_else(built: Built) -> None:
    styles = [style(block) for block in main(built) if block.tag == qn("w:p")]
    assert styles.count("ZPAnleitungskopf") == 1
    after = styles[styles.index("ZPAnleitungskopf") :]
    assert after[: after.count("ZPAnleitung") + 1] == ["ZPAnleitungskopf"] + ["ZPAnleitung"] * after.count(
        "ZPAnleitung"
    )
    heads = [style(block) for block in main(built) if style(block) in ("Heading1", "ZPAnleitungskopf")]
    assert heads.index("ZPAnleitungskopf") == 1, "behind the heading of the status page"


def test_a_file_that_does_not_come_back_does_not_say_how() -> None:
    document = sample()
    plain = write_plain(replace(document, parts=document.parts[:2]))
    assert "Diese Datei bearbeiten" not in words(xml_parts(plain)[0])


@pytest.mark.parametrize(("name", "example"), [(name, each) for name, found in EXAMPLES.items() for each in found])
def test_what_it_tells_to_write_is_read(small: Built, name: str, example: str) -> None:
    told = guide(main(small)).replace("\u00a0", " ")
    assert f"„{example}“" in told
    field = field_named(Measure, name)
    found = edits(field.key, Measure, None, [], [example], NAMES)
    assert not isinstance(found, Complaint), found
    assert found


def test_what_can_be_edited_in_a_sheet_has_a_bar_and_the_rest_has_none(built: Built) -> None:
    for table, _ in tables(main(built)):
        if value(table, "tblPr/tblStyle") != "ZPSteckbrief":
            continue
        for row in table.findall(qn("w:tr")):
            first, last = row.findall(qn("w:tc"))
            marked = any(
                mark.get(qn("w:name"), "").startswith(hidden(MARK_PREFIX)) for mark in first.iter(qn("w:bookmarkStart"))
            )
            bar = last.find(f"{qn('w:tcPr')}/{qn('w:tcBorders')}/{qn('w:left')}")
            assert (bar is not None) == marked, words(row)


def test_every_table_says_what_it_is_and_how_it_is_read(built: Built) -> None:
    """By a head, or by the first column; its title is not that of its neighbour's sheet."""
    titles = []
    for table, _ in tables(main(built)):
        title, description = value(table, "tblPr/tblCaption"), value(table, "tblPr/tblDescription")
        look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
        assert title
        assert description.endswith(".")
        assert look is not None
        assert "1" in (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn")))
        if value(table, "tblPr/tblStyle") == "ZPSteckbrief":
            titles.append(title)
    assert all(title.startswith("Angaben: ") for title in titles)
    assert len(set(titles)) == len(titles)


def test_links_are_underlined_and_fields_of_action_have_their_number(built: Built) -> None:
    (link,) = part(built, "word/styles.xml").findall(f"{qn('w:style')}[@{qn('w:styleId')}='Hyperlink']")
    assert link.find(f"{qn('w:rPr')}/{qn('w:u')}") is not None
    headings = [words(block) for block in main(built) if style(block) == "Heading1"]
    assert [f"{item.number} " for item in built.loaded.plan.fields] == [
        found[0] for heading in headings if (found := re.match(r"\d+ ", heading))
    ]
