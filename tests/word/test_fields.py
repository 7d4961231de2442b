"""The finished DOCX's fields: whole, leading somewhere, and showing what they would show when they are updated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

from pipeline.document.model import Contents
from tests.building import Built
from tests.reading.values import squeezed
from tests.reading.word import xml_parts
from tests.word.reading import fields, style, words


def main(built: Built) -> etree._Element:
    return xml_parts(built.file(".docx").read_bytes())[0][0]


def bookmarked(body: etree._Element) -> dict[str, str]:
    """The text of the paragraph that a bookmark stands in."""
    return {
        mark.get(qn("w:name"), ""): words(paragraph)
        for paragraph in body.iter(qn("w:p"))
        for mark in paragraph.iter(qn("w:bookmarkStart"))
    }


def test_every_field_is_whole(built: Built) -> None:
    for root in xml_parts(built.file(".docx").read_bytes()):
        open_now = 0
        for mark in root.iter(qn("w:fldChar")):
            open_now += {"begin": 1, "separate": 0, "end": -1}[mark.get(qn("w:fldCharType"), "")]
            assert open_now >= 0
        assert open_now == 0


def test_captions_count_as_word_would_count_them(built: Built) -> None:
    counted: dict[str, int] = {}
    for instruction, result in fields(main(built)):
        if match := re.fullmatch(r"SEQ (\w+) \\\* ARABIC", instruction):
            counted[match[1]] = counted.get(match[1], 0) + 1
            assert result == str(counted[match[1]])
    captions = [words(p) for p in main(built).iter(qn("w:p")) if style(p) in ("Caption", "ZPBildunterschrift")]
    assert sum(counted.values()) == sum(
        bool(re.match(r"(Tabelle|Abbildung|Übersicht)\s\d+:", text)) for text in captions
    )


def test_the_contents_list_is_the_one_that_an_update_makes(built: Built) -> None:
    """Its field collects what is entered at headings; its lines read just so and lead there, in that order.

    Chapters are on level 1, goals on 5: the styles of 2 and 6 look the same, where LibreOffice puts them.
    """
    body = main(built)
    (instruction,) = (text for text, _ in fields(body) if text.startswith("TOC "))
    assert instruction == r"TOC \f \h \z"
    lines = [paragraph for paragraph in body.iter(qn("w:p")) if re.fullmatch("TOC[1-9]", style(paragraph))]
    links = ((line, link) for line in lines for link in line.iter(qn("w:hyperlink")))
    shown = [(line_words(line), style(line), link.get(qn("w:anchor"))) for line, link in links]
    entered = [
        (entry[1], f"TOC{entry[2]}", {mark.get(qn("w:name")) for mark in _marks(paragraph)}, style(paragraph))
        for paragraph in body.iter(qn("w:p"))
        for code in paragraph.iter(qn("w:instrText"))
        if (entry := re.fullmatch(r' TC "(.*)" \\l (\d) ', code.text or ""))
    ]
    assert len(shown) == len(entered)
    for (words_shown, level, target), (entry_words, wanted, names, heading) in zip(shown, entered, strict=True):
        assert (words_shown, level) == (entry_words, wanted)
        assert target in names
        assert heading == {"TOC1": "Heading1", "TOC5": "ZPZiel"}[level]
    contents = [part for part in built.loaded.document.parts if isinstance(part, Contents)]
    assert len(shown) == sum(len(part.entries) for part in contents)


def line_words(line: etree._Element) -> str:
    """What a line of the contents list reads before the tab to its number."""
    found = ""
    for run in line.iter(qn("w:r")):
        if run.find(qn("w:tab")) is not None:
            break
        found += words(run)
    return found


def _marks(paragraph: etree._Element) -> Iterator[etree._Element]:
    yield from paragraph.iter(qn("w:bookmarkStart"))


def test_every_line_of_the_contents_list_has_its_page(built: Built) -> None:
    body = main(built)
    wanted = [
        f"PAGEREF {link.get(qn('w:anchor'))} \\h"
        for paragraph in body.iter(qn("w:p"))
        if re.fullmatch("TOC[1-9]", style(paragraph))
        for link in paragraph.iter(qn("w:hyperlink"))
    ]
    assert [text for text, _ in fields(body) if text.startswith("PAGEREF ")] == wanted


def test_a_reference_shows_what_its_bookmark_encloses(built: Built) -> None:
    body = main(built)
    texts = bookmarked(body)
    for instruction, result in fields(body):
        if instruction.startswith("REF "):
            assert texts[instruction.split()[1]] == result


def test_no_reference_stands_in_a_hyperlink(small: Built) -> None:
    """LibreOffice 7.4 writes overlapping tags where such a paragraph is deleted with changes tracked."""
    inside = [code.text or "" for link in main(small).iter(qn("w:hyperlink")) for code in link.iter(qn("w:instrText"))]
    assert [code for code in inside if "PAGEREF" not in code] == []


def test_links_that_read_as_a_heading_are_references(small: Built) -> None:
    found = [text for text, _ in fields(main(small)) if text.startswith("REF ")]
    assert found
    assert len(found) < len(list(main(small).iter(qn("w:hyperlink"))))


def test_nothing_is_updated_without_being_asked(built: Built) -> None:
    body = main(built)
    assert not [mark for mark in body.iter(qn("w:fldChar")) if mark.get(qn("w:dirty"))]
    assert squeezed(words(body))
