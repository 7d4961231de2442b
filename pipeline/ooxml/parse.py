"""The bytes of an untrusted XML part in, its tree out; no entity is resolved, nothing loaded, and it stays small."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from pipeline.budget.limits import WORD_NODES
from pipeline.errors import RefusedFileError
from pipeline.ooxml.elements import Element
from pipeline.ooxml.unzip import SAVE_AGAIN, SEND_AGAIN, shown

_DTD: Final = re.compile(rb"<!(DOCTYPE|ENTITY)")
# A package may be in UTF-16 with a byte order mark or, beginning with "<", without one.
_UTF_16: Final = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UTF_16_BARE: Final = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


def parse_xml(part: bytes, name: str, part_name: str, *, most_nodes: int = WORD_NODES.most) -> Element:
    """The root of a part; the names of file and part are for messages.

    Raises RefusedFileError if it has a DTD, is broken, too large or nested too deep (libxml2 stops at 256).
    """
    where = f"Das Teil „{shown(part_name)}“"
    text = plain_bytes(part, name, part_name)
    # Counted before parsing, which would already take the memory: every tag has a "<", every attribute a "=". Signs in
    # the text count too, so the figure is a little high, never low.
    if text.count(b"<") - text.count(b"</") + text.count(b"=") > most_nodes:
        raise RefusedFileError(name, f"{where} hat zu viele Elemente", "bitte das Dokument in Word teilen")
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the part says of itself: `plain_bytes` has seen to it
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        what = f"{where} ist kein lesbares XML oder zu tief verschachtelt"
        raise RefusedFileError(name, what, SEND_AGAIN) from error


def walk(root: Element, tags: Sequence[str]) -> Iterator[tuple[str, Element]]:
    """("start" or "end", element) of every element with one of these tags, in the order of the file."""
    return iter(etree.iterwalk(root, events=("start", "end"), tag=tags))


def plain_bytes(part: bytes, name: str, part_name: str) -> bytes:
    """The same part in UTF-8, certain to have no DTD; a package may hold UTF-8 and UTF-16 and nothing else."""
    where = f"Das Teil „{shown(part_name)}“"
    encoding = next((known for start, known in _UTF_16 + _UTF_16_BARE if part.startswith(start)), "")
    try:
        text = part.decode(encoding).encode() if encoding else part.removeprefix(codecs.BOM_UTF8)
    except ValueError as error:
        raise RefusedFileError(name, f"{where} ist kein lesbares XML", SEND_AGAIN) from error
    if _DTD.search(text):
        what = f"{where} erklärt eigene XML-Regeln (DTD), wie Word es nie tut"
        raise RefusedFileError(name, what, SAVE_AGAIN)
    return text
