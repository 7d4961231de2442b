"""The parts of a Word file in, the lines that a person reads in it out; read without anything of the way back.

The gate reads with the program's own reader, so what that reader overlooks the gate overlooks too. This one knows
nothing but paragraphs, runs, lists and notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from lxml import etree

from pipeline.merge.sources import Sources
from pipeline.ooxml.elements import Element, paragraph_style, q
from pipeline.text.nodes import Place

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
_ALIKE = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u00ad": "", "\u2011": "-", "–": "-", "…": "..."}
    | dict.fromkeys("„“”", '"')
    | dict.fromkeys("‚‘’", "'")
)
NUMBERED = re.compile(r"^(Tabelle|Abbildung)\s*\d*\s*:\s*")
_BUILT_IN = Sources({})  # the plan has no fields of its own
_NUMBER = re.compile(r"^(\d+\.\d+\.\d+) *")
_CHANGES = "aenderungen"  # the bookmark of its heading: somebody may change the words
_ENDS_SHEET = ("Heading", "ZPberzeile")
_REFERENCE = re.compile(r"\s*REF (\S+)")
_PARTED = re.compile(r"(⟨[^⟩]*⟩)(?: ?\1)+")  # a link that a note stands in, which parts it
_BROKEN = {q("tab"): "\t", q("br"): "\n", q("cr"): "\n"}
_LETTERS = {q("b"): "b", q("i"): "i", q("strike"): "s"}
_TELLING = ("Heading", "BlockText", "SourceCode", "Definition", "Caption")  # what other styles begin with is layout


@dataclass(frozen=True)
class Line:
    """A paragraph: its words, the same with what stands for links inside the document, its form.

    `text` is the text in Markdown that it belongs to, '' where it belongs to none; `table`: it stands in a cell.
    `sheet` is the number of the measure in whose sheet it stands, '' elsewhere.
    """

    words: str
    key: str
    form: str
    text: str = ""
    table: bool = False
    sheet: str = ""


@dataclass(frozen=True)
class Lines:
    """The lines of a file in reading order, those of its notes at the end, each note as often as it is called."""

    all: tuple[Line, ...]


def alike(text: str) -> str:
    """Text without the program's typography, spaces as one; a report writes raised digits as signs."""
    return re.sub(r"\s+", " ", text.translate(_ALIKE).translate(_RAISED)).strip()


def is_guide(paragraph: Element) -> bool:
    """Whether it says how the file is edited, and is no part of the plan."""
    return paragraph_style(paragraph).startswith("ZPAnleitung")


def read_lines(parts: Mapping[str, bytes], marks: Mapping[str, Place]) -> Lines:
    """Reads a file without tracked changes; `marks` tell what belongs to which text."""
    document, notes, numbering = (
        etree.fromstring(parts[f"word/{name}.xml"]) for name in ("document", "footnotes", "numbering")
    )
    return lines_of(document, notes, numbering, marks)


def lines_of(document: Element, notes: Element, numbering: Element, marks: Mapping[str, Place]) -> Lines:
    """The same of trees."""
    lists = dict(_lists(numbering))
    found = list(_body(document, marks, lists))
    by_number = {note.get(q("id"), ""): note for note in notes.findall(q("footnote"))}
    for call in document.iter(q("footnoteReference")):
        note = by_number[call.get(q("id"), "")]
        found += [_line(item, marks, lists) for item in note.iter(q("p"))]
    return Lines(tuple(line for line in found if line.words))


def _body(document: Element, marks: Mapping[str, Place], lists: Mapping[tuple[str, str], str]) -> Iterator[Line]:
    """The running text without what follows from anything that changes: the contents, the list of changes."""
    sheet, following = "", False
    for item in document.iter(q("p")):
        style = paragraph_style(item)
        if style.startswith("TOC") or is_guide(item) or style == "ZPRand":  # the line of a sheet that names its strand
            continue
        line = _line(item, marks, lists)
        if line.table:  # a line break ends an entry
            entries = [
                alike(NUMBERED.sub("", entry)) for entry in "".join(text for text, *_ in _pieces(item)).split("\n")
            ]
            if not following:
                yield from (replace(line, words=one, key=one.replace(" ", ""), sheet=sheet) for one in entries)
            continue
        if style == "Heading1":
            following = any(mark.get(q("name")) == _CHANGES for mark in item.iter(q("bookmarkStart")))
        if style.startswith(_ENDS_SHEET):
            number = _NUMBER.match(line.words)
            sheet = number[1] if number and style == "Heading3" else ""
        if not following:
            yield replace(line, sheet=sheet)


def _lists(numbering: Element) -> Iterator[tuple[tuple[str, str], str]]:
    """Number and level of a list → how it counts."""
    kinds = {
        (abstract.get(q("abstractNumId"), ""), level.get(q("ilvl"), "")): _value(level.find(q("numFmt")))
        for abstract in numbering.findall(q("abstractNum"))
        for level in abstract.findall(q("lvl"))
    }
    for number in numbering.findall(q("num")):
        abstract = _value(number.find(q("abstractNumId")))
        for (name, level), kind in kinds.items():
            if name == abstract:
                yield (number.get(q("numId"), ""), level), kind


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(q("val"), "")


def _line(paragraph: Element, marks: Mapping[str, Place], lists: Mapping[tuple[str, str], str]) -> Line:
    pieces = list(_pieces(paragraph))
    table = next(paragraph.iterancestors(q("tc")), None) is not None
    words = alike(NUMBERED.sub("", "".join(text for text, _, _ in pieces)))
    key = _PARTED.sub(r"\1", alike(NUMBERED.sub("", "".join(_keys(pieces)))))
    if paragraph_style(paragraph) == "Heading3":  # a new measure gets a number, whatever was typed
        key = _NUMBER.sub("", key)
    owner = next((text for text in _texts(paragraph, marks)), "")
    form = "" if table else _form(paragraph, lists) + _lettering(paragraph, pieces)
    return Line(words, words.replace(" ", "") if table else key, form, owner, table)


def _keys(pieces: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """The text, of a link inside the document its target: what it reads follows the target. Spaces at its ends stay."""
    for target, group in groupby(pieces, key=lambda piece: piece[1]):
        words = "".join(text for text, _, _ in group)
        start, end = (words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :])
        yield f"{start}{target}{end}" if target else words


def _pieces(paragraph: Element) -> Iterator[tuple[str, str, str]]:
    """Each piece of text, the place inside the document that it leads to, its letters."""
    field = begun = ""
    for run in paragraph.iter(q("r")):
        inner = run.find(q("rPr"))
        letters = "" if inner is None else "".join(sorted(_LETTERS[item.tag] for item in inner if _on(item)))
        link = next(run.iterancestors(q("hyperlink")), None)
        anchor = None if link is None else link.get(q("anchor"), "")
        for node in run:
            if node.tag == q("instrText"):
                found = _REFERENCE.match(node.text or "")
                begun = found[1] if found else begun
            elif node.tag == q("fldChar"):
                field = begun if node.get(q("fldCharType")) == "separate" else ""
                begun = field
            text = (node.text or "") if node.tag == q("t") else _BROKEN.get(node.tag, "")
            target = field if anchor is None else anchor  # a link that somebody made of a field's result has it
            if text:
                yield text, f"⟨{target}⟩" if target else "", letters


def _on(item: Element) -> bool:
    return item.tag in _LETTERS and item.get(q("val"), "1") not in ("0", "false", "off")


def _texts(paragraph: Element, marks: Mapping[str, Place]) -> Iterator[str]:
    for mark in paragraph.iter(q("bookmarkStart")):
        place = marks.get(mark.get(q("name"), ""))
        if place is not None and _BUILT_IN.is_text(place.source):
            yield place.source


def _form(paragraph: Element, lists: Mapping[tuple[str, str], str]) -> str:
    """Its style and its place in a list; what is no item has the latter empty."""
    style = paragraph_style(paragraph)
    found = paragraph.find(f"{q('pPr')}/{q('numPr')}")
    if found is None:
        return style if style.startswith(_TELLING) else ""
    number, level = (_value(found.find(q(name))) for name in ("numId", "ilvl"))
    kind = lists.get((number, level or "0"), "")
    return f"{level or '0'}{kind}" if kind not in ("", "none") else ""


def _lettering(paragraph: Element, pieces: list[tuple[str, str, str]]) -> str:
    """Which of the letters, without spaces, are bold, italic or struck: `0b10s3`; headings are as they are."""
    if paragraph_style(paragraph).startswith(("Heading", "Title", "Caption", "DefinitionTerm")):
        return ""
    signs = [letters for text, _, letters in pieces for character in text if not character.isspace()]
    runs = [(sign, len(list(group))) for sign, group in groupby(signs)]
    return "" if not any(sign for sign, _ in runs) else " " + ",".join(f"{size}{sign}" for sign, size in runs)
