"""What a Word file was made from, carried inside it, so that its edits can be told from what was there before.

A custom XML part holds a zip: the sources under `quellen/`, the file's own parts under `teile/`, as they were before
anybody edited them, and `grundlage.json`, which says of what plan and edition it is. Pictures are not in it, since no
edit changes one and they would stand in the file twice; `bilder` names each with its SHA-256.
Word and LibreOffice keep such parts. The zip's SHA-256 stands beside it and in the file's properties: should the part
get lost, a copy can be found by it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import starmap
from pathlib import PurePosixPath
from typing import Any, Final

from lxml import etree

from pipeline.document.model import Document, walk
from pipeline.document.references import anchors, link_targets
from pipeline.ooxml.bookmarks import bookmark_name, hidden, mark_name
from pipeline.ooxml.package import Package, write_zip
from pipeline.pictures.metadata import is_photo
from pipeline.text.markdown_limits import RefusedTextError
from pipeline.text.nodes import Place
from pipeline.text.own_paragraphs import apart
from pipeline.word.properties import add_property

# Changes when an older program could not read the base any more: from 2 on, photos are named and not in it; in 3, marks
# count the lines of texts whose pictures stand in paragraphs of their own, where the author has them in a line; in 4,
# drawings are named as photos are, and nothing is said of marks, which lead where their names say. A plan without such
# is written in the oldest form that says the same; in 5, a file shows a part of the plan and carries no more of it than
# it shows, and names the base of the whole.
FORMAT: Final = 5
_DRAWINGS_NAMED: Final = 4
_PHOTOS_NAMED: Final = 2
_OLDEST: Final = 1
NAMESPACE: Final = "urn:zukunftsplan:grundlage"
PROPERTY: Final = "Grundlage"  # the custom property with the base's SHA-256
SOURCES: Final = "quellen/"
PARTS: Final = "teile/"
RECORD: Final = "grundlage.json"
WHOLE: Final = "ganz"  # in the record of a part: the base of the whole plan, by its SHA-256
SHOWN: Final = "angaben"  # and what the part shows of each entity

_LONGEST: Final = 1_000_000  # characters an element: XML parsers refuse texts of ten millions
MARKS_APART: Final = 3  # the first form in which marks count such lines
_DRAWING: Final = ".svg"
_ITEM: Final = "customXml/item1.xml"
# What the reading of a document needs; pictures, fonts and headers are not compared.
_KEPT: Final = (
    "word/document.xml",
    "word/footnotes.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "word/_rels/document.xml.rels",
    "word/_rels/footnotes.xml.rels",
)


@dataclass(frozen=True)
class Base:
    """The zip described above, its SHA-256 as 64 hex digits, and in which form it is written."""

    data: bytes
    digest: str
    form: int = FORMAT


def make_base(package: Package, document: Document, sources: Mapping[PurePosixPath, bytes]) -> Base:
    """The base of a finished package; `sources` by their path below the content folder."""
    parts = package.contents()
    contents = {f"{PARTS}{name}": parts[name] for name in _KEPT if name in parts}
    drawings = {path for path in sources if path.suffix.lower() == _DRAWING}
    pictures = {path: data for path, data in sources.items() if path in drawings or is_photo(data)}
    contents |= {f"{SOURCES}{path}": data for path, data in sources.items() if path not in pictures}
    form = _DRAWINGS_NAMED if drawings else _form(sources, pictures)
    contents[RECORD] = _record(document, pictures, form)
    data = write_zip(contents)
    return Base(data, hashlib.sha256(data).hexdigest(), form)


def make_part(package: Package, document: Document, shown: Mapping[str, Mapping[str, Any]], whole: str) -> Base:
    """The base of a file that shows a part of a plan: no word of what it does not show, no comment of the sources.

    `shown`: of each entity, by its ID, what its fields hold that the document shows, by their keys, None for nothing;
    `whole`: the SHA-256 of the base that would be made of all sources.
    """
    parts = package.contents()
    there = {*anchors(document.parts), *link_targets(document.parts)}
    targets = {anchor: label for anchor, label in document.targets.items() if anchor in there}
    record = json.loads(_record(replace(document, targets=targets), {}, FORMAT))
    record |= {WHOLE: whole, SHOWN: {name: dict(data) for name, data in shown.items()}}
    contents = {f"{PARTS}{name}": parts[name] for name in _KEPT if name in parts}
    contents[RECORD] = json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True).encode()
    data = write_zip(contents)
    return Base(data, hashlib.sha256(data).hexdigest(), FORMAT)


def _form(sources: Mapping[PurePosixPath, bytes], photos: Mapping[PurePosixPath, bytes]) -> int:
    """The oldest form in which a plan without drawings can be said."""
    if any(starmap(_has_pictures_apart, sources.items())):
        return MARKS_APART
    return _PHOTOS_NAMED if photos else _OLDEST


def _has_pictures_apart(path: PurePosixPath, data: bytes) -> bool:
    """Whether marks in a text may count other lines than the text has; of data it is enough that there is a picture."""
    if path.suffix != ".md" or b"![" not in data:
        return path.suffix in (".yaml", ".yml") and b"![" in data
    try:
        return bool(apart(data.decode("utf-8-sig")).moved)
    except (UnicodeDecodeError, RefusedTextError):  # no text of the plan
        return False


def embed(package: Package, base: Base) -> None:
    """Put the base into the package."""
    root = etree.Element(f"{{{NAMESPACE}}}grundlage", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.set("format", str(base.form))
    root.set("sha256", base.digest)
    text = base64.b64encode(base.data).decode()
    for start in range(0, len(text), _LONGEST):
        etree.SubElement(root, f"{{{NAMESPACE}}}teil").text = text[start : start + _LONGEST]
    package.add_custom_xml(_ITEM, root, NAMESPACE)
    add_property(package, PROPERTY, base.digest)


def _record(document: Document, pictures: Mapping[PurePosixPath, bytes], form: int) -> bytes:
    """The plan, the edition; of every bookmark its anchor and what links read; of every picture its checksum; in older
    forms also of every mark the place it leads to.
    """
    values = document.properties
    told = form < _DRAWINGS_NAMED
    places = (item for item in walk(document.parts) if isinstance(item, Place)) if told else ()
    marks = {hidden(mark_name(item)): _entry(item) for item in places}
    named = {str(path): hashlib.sha256(data).hexdigest() for path, data in pictures.items()}
    record = {
        "format": form,
        **({"bilder": named} if named else {}),
        "kurzname": values.short_name,
        "titel": values.title,
        "fassung": values.edition,
        "stand": values.date,
        "inhalt_sha256": values.digest,
        **({"marken": marks} if marks else {}),
        "verweise": {bookmark_name(anchor): [anchor, label] for anchor, label in document.targets.items()},
    }
    return json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True).encode()


def _entry(place: Place) -> list[Any]:
    return [place.source, place.start, place.end, place.column]
