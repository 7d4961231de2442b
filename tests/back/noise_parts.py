"""What Word makes of a file's parts when it saves: other names, numbers, neighbours; by the specification only.

The parts by name in, the same as Word might pack them out. Unverified, for Word is not at hand.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from lxml import etree

from pipeline.ooxml.package import CONTENT_TYPES
from tests.back.saving import MC, OFFICE, RELATIONSHIPS, W14

Parts = dict[str, bytes]
Packing = Callable[[Parts, Random], Parts]

_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_LINKS: Final = "word/_rels/document.xml.rels"
_COMMENTS: Final = b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
_GLOSSARY: Final = (
    b'<w:glossaryDocument xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docParts>'
    b"<w:docPart><w:docPartBody><w:p><w:r><w:t>Bitte hier klicken</w:t></w:r></w:p></w:docPartBody></w:docPart>"
    b"</w:docParts></w:glossaryDocument>"
)
_SOURCES: Final = b'<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"/>'
_LABELS: Final = b'<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"/>'
_OTHERS: Final = (
    ("comments", "comments.xml", _WORD_TYPE.format("comments")),
    ("glossaryDocument", "glossary/document.xml", _WORD_TYPE.format("document.glossary")),
    ("customXml", "../customXml/item0.xml", "application/xml"),
)
_IGNORED: Final = {
    "w14": W14,
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w16cid": "http://schemas.microsoft.com/office/word/2016/wordml/cid",
    "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
}
_ROOT: Final = re.compile(rb"<(w:(?:document|footnotes))((?:\s[^>]*)?)>")
_DECLARED: Final = re.compile(r'\sxmlns:(\w+)="([^"]*)"')
_CORE: Final = b"""<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Anderer Titel</dc:title><cp:lastModifiedBy>Anna Amt
</cp:lastModifiedBy><cp:revision>7</cp:revision></cp:coreProperties>"""
_APP: Final = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Template>Normal.dotm</Template><Pages>41</Pages><Application>Microsoft Office Word</Application></Properties>"
)


def namespaces(parts: Parts, _: Random) -> Parts:
    """The roots declare every namespace that Word knows, in an order of its own, and which may be ignored."""
    texts = ("word/document.xml", "word/footnotes.xml")
    return {name: _ROOT.sub(_declaring, data, count=1) if name in texts else data for name, data in parts.items()}


def _declaring(root: re.Match[bytes]) -> bytes:
    tag, attributes = root[1].decode(), root[2].decode()
    known = {**_IGNORED, "mc": MC, **dict(reversed(_DECLARED.findall(attributes)))}
    declared = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in known.items())
    return f'<{tag}{declared}{_DECLARED.sub("", attributes)} mc:Ignorable="{" ".join(_IGNORED)}">'.encode()


def numbers_of_relationships(parts: Parts, chance: Random) -> Parts:
    """What a part points to is counted anew from rId1, in any order."""
    done = dict(parts)
    for listed in [name for name in parts if name.endswith(".rels")]:
        folder, file_name = posixpath.split(listed)
        owner = posixpath.join(posixpath.dirname(folder), file_name.removesuffix(".rels"))
        root = etree.fromstring(parts[listed])
        order = chance.sample(range(1, len(root) + 1), len(root))
        new = {entry.get("Id", ""): f"rId{number}" for entry, number in zip(root, order, strict=True)}
        for entry in root:
            entry.set("Id", new[entry.get("Id", "")])
        root[:] = sorted(root, key=lambda entry: entry.get("Id", ""))
        done[listed] = etree.tostring(root)
        if owner in parts and owner.endswith(".xml"):
            done[owner] = _with_numbers(parts[owner], new)
    return done


def _with_numbers(part: bytes, new: Mapping[str, str]) -> bytes:
    root = etree.fromstring(part, etree.XMLParser(huge_tree=True))
    for element in root.iter():
        for name, value in element.attrib.items():
            if str(name).startswith(f"{{{OFFICE}}}"):
                element.set(name, new.get(str(value), str(value)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def names_of_parts(parts: Parts, _: Random) -> Parts:
    """Headers, footers and pictures are counted; Word for the web calls the main parts document2.xml, styles2.xml, …"""
    return _renamed(parts, {name: _new_name(name, number) for number, name in enumerate(sorted(parts))})


def _new_name(name: str, number: int) -> str:
    if found := re.fullmatch(r"word/(header|footer|media/)[^/]*(\.\w+)", name):
        return f"word/{found[1]}{'image' if found[1].endswith('/') else ''}{number}{found[2]}"
    if found := re.fullmatch(r"word/(document|styles|footnotes|numbering|settings)\.xml", name):
        return f"word/{found[1]}2.xml"
    return name.replace("customXml/item", "customXml/item7") if name.startswith("customXml/item") else name


def _renamed(parts: Parts, new: Mapping[str, str]) -> Parts:
    done = {}
    for name, data in parts.items():
        if name.endswith(".rels"):
            done[_list_of(name, new)] = _led_to(data, posixpath.dirname(posixpath.dirname(name)), new)
        elif name == CONTENT_TYPES:
            root = etree.fromstring(data)
            for entry in root.iterchildren(f"{{{_TYPES}}}Override"):
                part = entry.get("PartName", "").lstrip("/")
                entry.set("PartName", f"/{new.get(part, part)}")
            done[name] = etree.tostring(root)
        else:
            done[new[name]] = data
    return done


def _list_of(name: str, new: Mapping[str, str]) -> str:
    """The list of what a part points to has the part's name."""
    folder, file_name = posixpath.split(name)
    owner = posixpath.join(posixpath.dirname(folder), file_name.removesuffix(".rels"))
    owner = new.get(owner, owner)
    return posixpath.join(posixpath.dirname(owner), "_rels", f"{posixpath.basename(owner)}.rels")


def _led_to(data: bytes, folder: str, new: Mapping[str, str]) -> bytes:
    """Targets from the root of the package, as some programs write them."""
    root = etree.fromstring(data)
    for entry in root:
        if entry.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, entry.get("Target", ""))).lstrip("/")
            entry.set("Target", f"/{new.get(target, target)}")
    return etree.tostring(root)


def other_parts(parts: Parts, _: Random) -> Parts:
    """Word adds parts: comments without a comment, prompts of controls, sources of citations, labels of offices."""
    types, links = etree.fromstring(parts[CONTENT_TYPES]), etree.fromstring(parts[_LINKS])
    for number, (kind, target, content_type) in enumerate(_OTHERS):
        link = etree.SubElement(links, f"{{{RELATIONSHIPS}}}Relationship")
        for name, value in (("Id", f"rIdNeu{number}"), ("Type", f"{OFFICE}/{kind}"), ("Target", target)):
            link.set(name, value)
        entry = etree.SubElement(types, f"{{{_TYPES}}}Override")
        entry.set("PartName", posixpath.normpath(posixpath.join("/word", target)))
        entry.set("ContentType", content_type)
    return {
        **parts,
        CONTENT_TYPES: etree.tostring(types),
        _LINKS: etree.tostring(links),
        "word/comments.xml": _COMMENTS,
        "word/glossary/document.xml": _GLOSSARY,
        "customXml/item0.xml": _SOURCES,
        "docMetadata/LabelInfo.xml": _LABELS,
    }


def properties_of_the_file(parts: Parts, _: Random) -> Parts:
    """Who saved last, how many pages there are; a title that somebody typed there; own properties counted anew."""
    custom = parts["docProps/custom.xml"].replace(b'pid="', b'pid="1')
    return {**parts, "docProps/core.xml": _CORE, "docProps/app.xml": _APP, "docProps/custom.xml": custom}
