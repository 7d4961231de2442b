"""The parts of a file in, what is read of them out: tracked changes settled, comments taken out, noise cleaned away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.back.base import BaseFile
from pipeline.back.markup import parse_xml
from pipeline.back.outcome import Signature
from pipeline.back.parcel import Parcel
from pipeline.back.reading import Parts, Reading, links_of, read_document
from pipeline.back.signatures import signatures
from pipeline.word.ooxml import Element

_FOLDER = "word/"


@dataclass(frozen=True)
class Prepared:
    """What a person reads in a file, and who changed what at which mark."""

    reading: Reading
    signatures: Mapping[str, tuple[Signature, ...]]


def read_own(base: BaseFile) -> Reading:
    """The reading of a file as it was built."""

    def tree(name: str) -> Element | None:
        data = base.parts.get(f"{_FOLDER}{name}")
        return None if data is None else parse_xml(data, "Word-Datei", name)

    document = tree("document.xml")
    assert document is not None
    parts = Parts(
        document,
        tree("footnotes.xml"),
        tree("styles.xml"),
        tree("numbering.xml"),
        links_of(tree("_rels/document.xml.rels")),
        links_of(tree("_rels/footnotes.xml.rels")),
    )
    return read_document(parts)


def read_edited(parcel: Parcel) -> Prepared:
    """The reading of an edited file. Raises RefusedFileError."""

    def tree(name: str | None) -> Element | None:
        return parcel.tree(name) if name is not None and name in parcel else None

    document, notes = parcel.tree(parcel.main), parcel.related("footnotes")
    parts = Parts(
        document,
        tree(notes),
        tree(parcel.related("styles")),
        tree(parcel.related("numbering")),
        links_of(tree(_relationships(parcel.main))),
        links_of(tree(_relationships(notes))) if notes else {},
    )
    return Prepared(read_document(parts), signatures(document))


def _relationships(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")
