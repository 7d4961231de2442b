"""One of both Word files in; out: by what its lists, notes, links and pictures are compared with the other's."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from hashlib import sha256
from typing import Final

from pipeline.ooxml.elements import Element, R, inner, q, written
from pipeline.ooxml.package import Package

DOCUMENT: Final = "word/document.xml"
NOTES: Final = "word/footnotes.xml"
NUMBERING: Final = "word/numbering.xml"
EMBEDDED: Final = f"{{{R}}}embed"
LINKED: Final = f"{{{R}}}id"
_SEPARATORS: Final = 1  # notes up to this number are the lines that part notes from the text
_TITLE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FLOATING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
BLIP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"


class Side:
    """A Word file of our own making."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.body = package.tree(DOCUMENT)[0]
        self.notes: Mapping[str, Element] = {
            note.get(q("id"), ""): note
            for note in package.tree(NOTES).findall(q("footnote"))
            if int(note.get(q("id"), "0")) > _SEPARATORS
        }
        self._lists = _lists(package.tree(NUMBERING))
        self.targets = {part: _targets(package, part) for part in (DOCUMENT, NOTES)}
        self.same_note: dict[str, str] = {}  # a note here → what both sides call it

    def list_of(self, paragraph: Element) -> Hashable:
        """What kind of list a paragraph stands in, and on which level; None where in none."""
        found = inner(paragraph, "pPr", "numPr")
        if found is None:
            return None
        number, level = (inner(found, name) for name in ("numId", "ilvl"))
        kind = self._lists.get("" if number is None else number.get(q("val"), ""), "")
        return (kind, "0" if level is None else level.get(q("val"), "0"))

    def note_called(self, run: Element) -> Hashable:
        """By what the call of a note is compared."""
        number = next(run.iter(q("footnoteReference"))).get(q("id"), "")
        return ("note", self.same_note.get(number, (id(self), number)))

    def picture(self, element: Element) -> Hashable:
        """By what a picture is compared: its bytes, and what is said of it. One that floats, as the cover's does, is
        not compared: LibreOffice leaves it where it is, deleted or not.
        """
        if next(element.iter(_FLOATING), None) is not None:
            return ("floating",)
        said = next((item.get("descr", "") for item in element.iter(_TITLE)), "")
        return ("picture", said, tuple(self.bytes_of(blip) for blip in element.iter(BLIP)))

    def bytes_of(self, blip: Element) -> str:
        """The SHA-256 of a picture."""
        part = f"word/{self.targets[DOCUMENT].get(blip.get(EMBEDDED, ''), '')}"
        return sha256(self.package.parts.get(part, b"")).hexdigest()

    def link(self, link: Element, part: str = DOCUMENT) -> Hashable:
        """Where a link leads, inside the file or away."""
        return link.get(q("anchor")) or self.targets[part].get(link.get(LINKED, ""), "")


def relations(part: str) -> str:
    """The part that says where another's relationships lead."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _targets(package: Package, part: str) -> Mapping[str, str]:
    if relations(part) not in package.parts:
        return {}
    return {item.get("Id", ""): item.get("Target", "") for item in package.look(relations(part))}


def _lists(numbering: Element) -> Mapping[str, str]:
    """A list's number → the digest of how it counts."""
    kinds = {
        item.get(q("abstractNumId"), ""): b"".join(written(level) for level in item.findall(q("lvl")))
        for item in numbering.findall(q("abstractNum"))
    }
    found = {}
    for number in numbering.findall(q("num")):
        kind = inner(number, "abstractNumId")
        how = kinds.get("" if kind is None else kind.get(q("val"), ""), b"")
        found[number.get(q("numId"), "")] = sha256(how).hexdigest()
    return found
