"""Captions, the contents list, headers and footers → the same with Word's fields, filled already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Final

from pipeline.document.model import Properties
from pipeline.ooxml.elements import Element, paragraph_style, plain_text, properties, q, remove, run, run_style, text, w
from pipeline.word.tokens import Page, tokens

_CAPTION_STYLES: Final = ("Caption", "ZPBildunterschrift")
_LINK_STYLE: Final = "Hyperlink"
_CONTENTS_STYLES: Final = ("TOC1", "TOC5")
# What the contents list shows: what is entered at the headings, no more (ECMA-376 17.16.5.68). Lists of styles, by
# which Word could find the goals, are parted by the machine's own sign, a semicolon here and a comma there; and by the
# levels of headings LibreOffice would find whatever stands on the second.
_CONTENTS_FIELD: Final = r"TOC \f \h \z"


def simple_field(instruction: str, result: str) -> Iterator[Element]:
    """The runs of a field with what it shows until it is updated."""
    yield from _opening(instruction)
    if result:
        yield run(result)
    yield _mark("end")


def _opening(instruction: str) -> Iterator[Element]:
    yield _mark("begin")
    yield w("r", text(f" {instruction} ", "instrText"))
    yield _mark("separate")


def _open_field(parent: Element, place: int, instruction: str) -> None:
    """Insert the beginning of a field; what follows, up to the sign of its end, becomes what the field shows."""
    for offset, part in enumerate(_opening(instruction)):
        parent.insert(place + offset, part)


def _mark(kind: str) -> Element:
    """One of a field's three signs: `begin`, `separate` before what it shows, `end` (ECMA-376 17.16.18)."""
    return w("r", w("fldChar", fldCharType=kind))


def number_captions(body: Element) -> None:
    """The number of `Tabelle 3` becomes a SEQ field, so that Word renumbers and can list them.

    The field shows the number that the program has counted, so it is right before anybody updates it. Overviews come
    as `Übersicht 0`: they have numbers in Word alone, and are counted here.
    """
    overviews = count(1)
    for paragraph in body.iter(q("p")):
        if paragraph_style(paragraph) not in _CAPTION_STYLES:
            continue
        for label in paragraph.findall(q("r")):
            word, _, number = plain_text(label).replace("\u00a0", " ").rpartition(" ")
            if run_style(label) == "ZPNummer" and word and number.isdecimal():
                number = str(next(overviews)) if number == "0" else number
                label.addprevious(run(f"{word}\u00a0"))
                for part in simple_field(rf"SEQ {word} \* ARABIC", number):
                    label.addprevious(part)
                paragraph.remove(label)


def fill_contents(body: Element) -> None:
    """Make the paragraphs of the contents list one field, each line with a field for the number of its page, and enter
    what each line reads at the heading that it leads to: an updated list has the same lines.

    Neither `updateFields` nor `dirty` is set, though they would have Word update it at once. Word then asks at every
    opening about "fields that may refer to other files", does nothing in the protected view in which files from
    elsewhere open, may set all numbers to 1 (PumasAI/WriteDocx.jl#48, EvotecIT/OfficeIMO#1303), and with changes
    tracked every line would be one.
    """
    lines = [child for child in body.findall(q("p")) if paragraph_style(child) in _CONTENTS_STYLES]
    headings = {
        mark.get(q("name"), ""): item for item in body.findall(q("p")) for mark in item.iter(q("bookmarkStart"))
    }
    if not lines:
        return
    for line in lines:
        link = line.find(q("hyperlink"))
        if link is None:
            continue
        target = link.get(q("anchor"), "")
        _enter(headings[target], plain_text(link), paragraph_style(line)[-1])
        for style in link.iter(q("rStyle")):
            remove(style)
        link.append(w("r", w("tab")))
        link.extend(simple_field(rf"PAGEREF {target} \h", ""))
    _open_field(lines[0], 1 if lines[0].find(q("pPr")) is not None else 0, _CONTENTS_FIELD)
    lines[-1].append(_mark("end"))


def _enter(heading: Element, words: str, level: str) -> None:
    """A field that shows nothing where it stands and gives the contents list a line.

    LibreOffice 7.4 takes each level for the next deeper one and writes it so: of chapters on level 1 and goals on 5,
    levels 2 and 6 have come after it saved the file, whose styles look the same.
    """
    quoted = words.replace("\\", r"\\").replace('"', r"\"")
    heading.append(_mark("begin"))
    heading.append(w("r", text(f' TC "{quoted}" \\l {level} ', "instrText")))
    heading.append(_mark("end"))


def show_pages(body: Element, pages: Mapping[str, int]) -> None:
    """Write the numbers into the contents list, by the bookmarks that its lines lead to."""
    for line in body.findall(q("p")):
        for link in line.findall(q("hyperlink")) if paragraph_style(line) in _CONTENTS_STYLES else ():
            link[-1].addprevious(run(str(pages[link.get(q("anchor"), "")])))


def refer_to_headings(body: Element) -> None:
    """Links in running text that read as the heading they lead to do: their words follow the heading's (F9).

    The field is the link itself (switch h). Inside a hyperlink it would be one to programs without fields too; but when
    its paragraph is deleted with changes tracked, LibreOffice 7.4 writes tags that overlap, and no program opens that.
    """
    titles = {
        mark.get(q("name"), ""): plain_text(heading)
        for heading in body.findall(q("p"))
        if (style := paragraph_style(heading)).startswith("Heading") or style == "ZPZiel"
        for mark in heading.findall(q("bookmarkStart"))
    }
    for paragraph in body.findall(q("p")):
        if paragraph_style(paragraph) in _CONTENTS_STYLES:
            continue
        for link in paragraph.findall(q("hyperlink")):
            name = link.get(q("anchor"), "")
            if plain_text(link) and plain_text(link) == titles.get(name):
                _open_field(link, 0, rf"REF {name} \h \* MERGEFORMAT")
                link.append(_mark("end"))
                for child in list(link):
                    if child.find(q("rPr")) is None:  # LibreOffice shows a field as its mark, not as its words
                        child.insert(0, w("rPr", w("rStyle", val=_LINK_STYLE)))
                    link.addprevious(child)
                paragraph.remove(link)


def header(values: Properties, page: Page) -> Element:
    """The title, and the draft's mark where there is one."""
    mark = (w("r", w("tab")), w("r", w("rPr", w("b")), text(values.draft_mark))) if values.draft_mark else ()
    return w("hdr", w("p", _running("Header", page), *simple_field("TITLE", values.full_title), *mark))


def footer(values: Properties, page: Page) -> Element:
    """Edition, date and status, and the page of how many."""
    parts = (
        ("Fassung ", "Fassung", values.edition),
        (" · Stand ", "Stand", values.date_label),
        (" · ", "Status", values.state.label),
    )
    runs: list[Element] = []
    for before, name, value in parts:
        runs += [run(before), *simple_field(f"DOCPROPERTY {name}", value)]
    runs += [w("r", w("tab")), run("Seite "), *simple_field("PAGE", "1"), run(" von "), *simple_field("NUMPAGES", "1")]
    return w("ftr", w("p", _running("Footer", page), *runs))


def _running(style: str, page: Page) -> Element:
    """The paragraph of a header or footer; on a landscape page its right tab stop moves to that page's edge."""
    paragraph = w("p")
    inner = properties(paragraph, "pPr")
    inner.append(w("pStyle", val=style))
    if page.landscape:
        inner.append(
            w(
                "tabs",
                w("tab", val="clear", pos=tokens().portrait.text_width),
                w("tab", val="right", pos=page.text_width),
            )
        )
    return inner
