"""Trees as Word or LibreOffice write them in; out, in place: the same without what says nothing about the text.

The order matters. `open_wrappers` comes first, since tracked changes and comments may begin inside a wrapper and end
outside of it. Then those are settled, and `clean` comes last: it joins neighbouring runs, and what was inserted is a
neighbour of the text around it only when the insertion is settled. A file that was only opened and saved should then
look like its base to whoever reads text, formats, tables and marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from pipeline.merge.docx.wrappers import POINTS, SEEN, mark_of, shows, unwrap
from pipeline.ooxml.elements import XML_SPACE, Element, q, remove, text

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WRAPPERS: Final = tuple(map(q, ("customXml", "smartTag", "dir", "bdo")))
_WRAPPER_PROPERTIES: Final = tuple(map(q, ("customXmlPr", "smartTagPr", "sdtPr", "sdtEndPr")))
# Signs of the spelling checker, page breaks as the last program laid them out, places that a password protects, and the
# language: programs put them in on saving, in the middle of words.
_NOISE: Final = tuple(map(q, ("proofErr", "lastRenderedPageBreak", "permStart", "permEnd", "lang", "noProof")))
_EMPTY_SAYS_NOTHING: Final = tuple(map(q, ("rPr", "pPr", "trPr")))
# Word numbers every saving (w:rsidR="00AB12CD") and every paragraph (w14:paraId). By these numbers alone two runs, or
# two paragraphs, of the same words would differ.
_SAVED_WITH: Final = tuple(map(q, ("p", "r", "tr", "sectPr")))
_SAVE_NUMBERS: Final = frozenset({f"{_W14}paraId", f"{_W14}textId"})
# The two hyphens that have no key of their own come as elements or as letters; letters are compared.
_HYPHENS: Final = {q("noBreakHyphen"): "\u2011", q("softHyphen"): "\u00ad"}
_PARAGRAPH: Final = q("p")
_START: Final = q("bookmarkStart")
_END: Final = q("bookmarkEnd")
_NAME: Final = q("name")
_RUN: Final = q("r")
_TEXT: Final = q("t")
_RUN_PROPERTIES: Final = q("rPr")
_JOINED: Final = (_TEXT, q("tab"), q("br"), q("cr"))


def open_wrappers(root: Element) -> None:
    """Content controls, tags and alternatives are replaced by what they show; bookmarks go into their paragraphs.

    Of alternatives that is the first, which Word shows, and not the one for older programs. A control that only shows
    its prompt is empty.
    """
    for element in reversed(list(root.iter(f"{_MC}AlternateContent"))):
        chosen = next(element.iterchildren(f"{_MC}Choice", f"{_MC}Fallback"), None)
        for child in [] if chosen is None else list(chosen):
            element.addprevious(child)
        remove(element)
    for control in reversed(list(root.iter(q("sdt")))):
        _open_control(control)
    for element in reversed(list(root.iter(*_WRAPPERS))):
        unwrap(element)
    for element in list(root.iter(*_WRAPPER_PROPERTIES)):
        remove(element)
    _place_points(root)


def clean(root: Element) -> tuple[str, ...]:
    """Remove the noise; returns the names of bookmarks that LibreOffice renamed because they came with a copy.

    It renames those in notes, too, where nothing was copied: without another of its name a bookmark gets that back.
    """
    for element in list(root.iter(*_NOISE)):
        remove(element)
    for element in reversed(list(root.iter(*_EMPTY_SAYS_NOTHING))):
        if not len(element) and not element.attrib:
            remove(element)
    for element in root.iter(*_SAVED_WITH):
        for name in [name for name in element.attrib if _is_save_number(str(name))]:
            del element.attrib[name]
    for element in list(root.iter(*_HYPHENS)):
        element.addprevious(text(_HYPHENS[element.tag]))
        remove(element)
    _balance_fields(root)
    _place_points(root)
    _join_runs(root)
    return tuple(_copies(root))


def _copies(root: Element) -> Iterator[str]:
    """The names of renamed bookmarks whose original is still there; one without an original gets its name back.

    Of the bookmarks `_zp___a` and `_zp___a_Copy_1` the second came with a copied paragraph and is told. A lone
    `_zp___a_Copy_1` is the mark of the plan itself, renamed, and becomes `_zp___a`.
    """
    there = {item.get(_NAME, "") for item in root.iter(_START)}
    for item in root.iter(_START):
        name, plain = item.get(_NAME, ""), mark_of(item)
        if plain in there and name != plain:
            yield name
        elif name != plain:
            item.set(_NAME, plain)
            there.add(plain)


def _open_control(control: Element) -> None:
    """A control becomes what it holds; a prompt such as "Bitte wählen" is no text that anybody wrote."""
    content = control.find(q("sdtContent"))
    prompted = control.find(f"{q('sdtPr')}/{q('showingPlcHdr')}") is not None
    if content is not None:
        for run in list(content.iter(_RUN)) if prompted else ():
            remove(run)
        for child in list(content):
            control.addprevious(child)
    remove(control)


def _is_save_number(name: str) -> bool:
    """Whether an attribute is one of the numbers that Word gives on saving: `rsidR`, `rsidRDefault`, `paraId`, …"""
    return name.startswith(q("rsid")) or name in _SAVE_NUMBERS


def _balance_fields(root: Element) -> None:
    """Remove the signs of fields that have lost their other end, and instructions outside of fields.

    Example: somebody has deleted the words of a field, with the sign of its end. Of what is left, `begin` and "Text
    danach", a reader would take all that follows for the field's instruction and show nothing of it.
    """
    open_fields: list[list[Element]] = []
    stray: list[Element] = []
    for element in root.iter(q("fldChar"), q("instrText")):
        kind = element.get(q("fldCharType"), "")
        if kind == "begin":
            open_fields.append([element])
        elif not open_fields:
            stray.append(element)
        elif kind == "end":
            open_fields.pop()
        else:
            open_fields[-1].append(element)
    for element in [*stray, *(item for items in open_fields for item in items)]:
        remove(element)


def _place_points(root: Element) -> None:
    """Bookmarks between paragraphs go into the next, or the last before; an end without a beginning goes.

    LibreOffice lets the bookmark of a paragraph that ends a section begin at the end of the one before: what begins
    behind all text of a paragraph and does not end there goes into the next, too. Of

        <p>eins<bookmarkStart name="b"/></p><p>zwei<bookmarkEnd/></p>

    the bookmark would otherwise make "eins" the text that an edit of "zwei" belongs to; it is moved in front of "zwei".
    """
    begun = {item.get(q("id")) for item in root.iter(_START)}
    between: list[Element] = []
    behind: dict[str, Element] = {}
    last: Element | None = None
    for element in list(root.iter(_PARAGRAPH, *POINTS, *SEEN)):
        number = element.get(q("id"), "")
        if element.tag == _PARAGRAPH:
            _put_in_front(element, [*behind.values(), *between])
            between, behind, last = [], {}, element
        elif element.tag not in POINTS:
            if shows(element):
                behind.clear()
        elif element.tag == _END and number not in begun:
            remove(element)
        elif next(element.iterancestors(_PARAGRAPH), None) is None:
            between.append(element)
        elif element.tag == _START:
            behind[number] = element
        elif element.tag == _END:
            behind.pop(number, None)
    if last is not None:
        last.extend(between)


def _put_in_front(paragraph: Element, points: list[Element]) -> None:
    """Insert points at a paragraph's beginning; its properties must stay the first child."""
    place = 1 if len(paragraph) and paragraph[0].tag == q("pPr") else 0
    for point in reversed(points):
        paragraph.insert(place, point)


def _join_runs(root: Element) -> None:
    """Neighbours of one format become one run, its text one piece; runs that hold nothing go.

    Word cuts runs wherever somebody typed or the spelling was checked: "Ge" and "meinde" become "Gemeinde".
    """
    for run in list(root.iter(_RUN)):
        if all(child.tag == _RUN_PROPERTIES or (child.tag == _TEXT and not child.text) for child in run):
            remove(run)
    for group in list(_groups(root)):
        first, *others = group
        for run in others:
            for child in run.findall("*"):
                if child.tag != _RUN_PROPERTIES:
                    first.append(child)
            remove(run)
        _join_texts(first)


def _groups(root: Element) -> Iterator[list[Element]]:
    """Neighbouring runs of one format that hold text and nothing else."""
    group: list[Element] = []
    look: Any = None
    for run in root.iter(_RUN):
        if not _is_plain(run):
            continue
        own = _look(run.find(_RUN_PROPERTIES))
        if group and run.getprevious() is group[-1] and own == look:
            group.append(run)
            continue
        if group:
            yield group
        group, look = [run], own
    if group:
        yield group


def _is_plain(run: Element) -> bool:
    return all(child.tag == _RUN_PROPERTIES or child.tag in _JOINED for child in run)


def _look(properties: Element | None) -> Any:
    """What a run's properties say, in an order of its own: bold and italic are the same as italic and bold."""
    return () if properties is None else tuple(sorted(map(_described, properties)))


def _described(element: Element) -> tuple[str, tuple[tuple[str, str], ...], tuple[Any, ...]]:
    """A property as a value that can be compared: its tag, its attributes in order, what it holds."""
    attributes = tuple(sorted((str(name), str(value)) for name, value in element.attrib.items()))
    return element.tag, attributes, tuple(map(_described, element))


def _join_texts(run: Element) -> None:
    """Pieces of text that follow each other become one."""
    for is_text, pieces in groupby(list(run), key=lambda child: child.tag == _TEXT):
        if is_text:
            first, *others = pieces
            first.text = "".join(piece.text or "" for piece in (first, *others))
            first.set(XML_SPACE, "preserve")
            for piece in others:
                remove(piece)
