"""The bytes of a DOCX ⇄ its parts, with relationships and content types; the same parts always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from pipeline.ooxml.elements import Element, serialise
from pipeline.ooxml.unzip import packs_too_well
from pipeline.pictures.metadata import JPEG_START

CONTENT_TYPES: Final = "[Content_Types].xml"
_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_DATA_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_MAIN: Final = "word/document.xml"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip can name


class Package:
    """A DOCX of our own making in memory: the bytes of each part, and the trees of those that are being changed.

    For files that came from outside there is `merge.docx.open`, which trusts none of them.
    """

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}
        self._trees: dict[str, Element] = {}

    def tree(self, name: str) -> Element:
        """The root of a part; changes to it are written."""
        if name not in self._trees:
            self._trees[name] = self.look(name)
        return self._trees[name]

    def look(self, name: str) -> Element:
        """The root of a part, only to be looked at: a part that nobody changes keeps its bytes."""
        if name in self._trees:
            return self._trees[name]
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)
        return etree.fromstring(self.parts[name], parser)

    def replace(self, name: str, root: Element) -> None:
        """Write a part anew."""
        self.parts[name] = b""
        self._trees[name] = root

    def drop(self, name: str) -> None:
        """Remove a part, its content type and what points to it from the main document. Raises KeyError without it."""
        self.parts.pop(name)
        self._trees.pop(name, None)
        types = self.tree(CONTENT_TYPES)
        for entry in types.findall(f"{{{_TYPES_NS}}}Override[@PartName='/{name}']"):
            types.remove(entry)
        relationships = self.tree("word/_rels/document.xml.rels")
        target = name.removeprefix("word/")
        for entry in relationships.findall(f"{{{_RELATIONSHIPS_NS}}}Relationship[@Target='{target}']"):
            relationships.remove(entry)

    def add_word_part(self, kind: str, file_name: str, root: Element, identifier: str) -> None:
        """Add `word/<file_name>` as a header, footer, … of the main document."""
        self.replace(f"word/{file_name}", root)
        self._add_type(f"word/{file_name}", _WORD_TYPE.format(kind))
        self.relate(_MAIN, kind, file_name, identifier)

    def _add_type(self, name: str, content_type: str) -> None:
        override = etree.SubElement(self.tree(CONTENT_TYPES), f"{{{_TYPES_NS}}}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", content_type)

    def add_custom_xml(self, name: str, root: Element, schema: str) -> None:
        """Add a custom XML part with its properties, as Word writes them; `schema` is the namespace of its root."""
        self.replace(name, root)
        described = name.replace("/item", "/itemProps")
        item = etree.Element(f"{{{_DATA_NS}}}datastoreItem", nsmap={"ds": _DATA_NS})
        item.set(f"{{{_DATA_NS}}}itemID", f"{{{str(uuid5(NAMESPACE_URL, schema)).upper()}}}")
        references = etree.SubElement(item, f"{{{_DATA_NS}}}schemaRefs")
        etree.SubElement(references, f"{{{_DATA_NS}}}schemaRef").set(f"{{{_DATA_NS}}}uri", schema)
        self.replace(described, item)
        self._add_type(described, "application/vnd.openxmlformats-officedocument.customXmlProperties+xml")
        self.relate(_MAIN, "customXml", f"../{name}", "rIdGrundlage")
        self.relate(name, "customXmlProps", described.rpartition("/")[2], "rId1")

    def contents(self) -> Mapping[str, bytes]:
        """The bytes of every part as they are now."""
        return self.parts | {name: serialise(root) for name, root in self._trees.items()}

    def add_default_type(self, suffix: str, content_type: str) -> None:
        """Say what files of a suffix hold."""
        types = self.tree(CONTENT_TYPES)
        if types.find(f"{{{_TYPES_NS}}}Default[@Extension='{suffix}']") is None:
            types.insert(0, types.makeelement(f"{{{_TYPES_NS}}}Default", Extension=suffix, ContentType=content_type))

    def type_of(self, name: str) -> str:
        """What files of a part's suffix hold. Raises KeyError where nothing says so."""
        suffix = name.rpartition(".")[2]
        types = {item.get("Extension", ""): item.get("ContentType", "") for item in self.tree(CONTENT_TYPES)}
        return types[suffix]

    def relate(self, source: str, kind: str, target: str, identifier: str) -> None:
        """Let a part point to another."""
        folder, _, file_name = source.rpartition("/")
        name = f"{folder}/_rels/{file_name}.rels"
        if name not in self.parts:
            self.replace(name, etree.fromstring(f'<Relationships xmlns="{_RELATIONSHIPS_NS}"/>'))
        entry = etree.SubElement(self.tree(name), f"{{{_RELATIONSHIPS_NS}}}Relationship")
        entry.set("Id", identifier)
        entry.set("Type", f"{_OFFICE}/{kind}")
        entry.set("Target", target)

    def to_bytes(self) -> bytes:
        """The DOCX as a zip with fixed dates, its list of types first."""
        return write_zip(self.contents())


def write_zip(contents: Mapping[str, bytes]) -> bytes:
    """A zip with fixed dates, its entries by name; a list of content types comes first, where some readers want it.

    What would be packed more tightly than the way back takes it is not packed.
    """
    data, loose = _zip(contents, frozenset())
    return _zip(contents, loose)[0] if loose else data


def _zip(contents: Mapping[str, bytes], loose: Collection[str]) -> tuple[bytes, frozenset[str]]:
    """The zip, with the parts `loose` not packed, and which parts are packed too well."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(contents, key=lambda name: (name != CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            # A photo is packed as tightly as it can be; packing it again takes seconds and saves nothing.
            photo = contents[name].startswith(JPEG_START)
            entry.compress_type = zipfile.ZIP_STORED if photo or name in loose else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, so that the permissions count, whatever system writes this
            archive.writestr(entry, contents[name])
        packed = archive.infolist()
    too_well = (entry.filename for entry in packed if packs_too_well(entry.file_size, entry.compress_size))
    return target.getvalue(), frozenset(too_well)
