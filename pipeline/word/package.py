"""The bytes of a DOCX ⇄ its parts, with relationships and content types; the same parts always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from lxml import etree

from pipeline.word.ooxml import Element, serialise

CONTENT_TYPES: Final = "[Content_Types].xml"
_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip can name


class Package:
    """A DOCX in memory: bytes a part, the ones in work as trees."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}
        self._trees: dict[str, Element] = {}

    def tree(self, name: str) -> Element:
        """The root of a part; changes to it are written."""
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)
            self._trees[name] = etree.fromstring(self.parts[name], parser)
        return self._trees[name]

    def replace(self, name: str, root: Element) -> None:
        """Write a part anew."""
        self.parts[name] = b""
        self._trees[name] = root

    def drop(self, name: str) -> None:
        """Remove a part, its content type and what points to it from the main document."""
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
        override = etree.SubElement(self.tree(CONTENT_TYPES), f"{{{_TYPES_NS}}}Override")
        override.set("PartName", f"/word/{file_name}")
        override.set("ContentType", _WORD_TYPE.format(kind))
        relationships = self.tree("word/_rels/document.xml.rels")
        entry = etree.SubElement(relationships, f"{{{_RELATIONSHIPS_NS}}}Relationship")
        entry.set("Id", identifier)
        entry.set("Type", f"{_OFFICE}/{kind}")
        entry.set("Target", file_name)

    def to_bytes(self) -> bytes:
        """The DOCX as a zip with fixed dates, its list of types first."""
        contents: Mapping[str, bytes] = self.parts | {name: serialise(root) for name, root in self._trees.items()}
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in sorted(contents, key=lambda name: (name != CONTENT_TYPES, name)):
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                entry.create_system = 3
                archive.writestr(entry, contents[name])
        return target.getvalue()
