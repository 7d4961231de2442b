"""An SVG's bytes in, what is wrong with it out: scripts, entities, anything that reaches outside the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

NAMESPACE = "http://www.w3.org/2000/svg"
MAX_LENGTH = 100_000.0  # of an edge, in any unit: a larger drawing would be rasterised to an enormous picture
MAX_ELEMENTS = 100_000
MAX_DEPTH = 100

_ACTIVE = frozenset({"script", "foreignObject", "iframe", "audio", "video", "animate", "set", "handler", "listener"})
_PLAIN_DATA = re.compile(r"data:image/(png|jpeg);base64,", re.IGNORECASE)
_URL = re.compile(r"url\(\s*['\"]?\s*(.*?)\s*['\"]?\s*\)", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


class _RefusedError(Exception):
    pass


def svg_fault(data: bytes) -> str:
    """A German sentence on why the drawing cannot be used, '' if it can."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except _RefusedError as error:
        return f"{error} (Zeile {reader.parser.CurrentLineNumber})."
    except expat.ExpatError as error:
        return f"Das SVG-Bild ist beschädigt (Zeile {error.lineno})."
    return ""


class _Reader:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.open: list[str] = []
        self.count = 0

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise _RefusedError("Das SVG-Bild enthält Entitäten oder eine eigene Dokumenttypdefinition")

    def _instruction(self, target: str, _data: str) -> None:
        raise _RefusedError(f"Das SVG-Bild enthält eine Anweisung an Programme („{target}“)")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self.count and name != f"{NAMESPACE} svg":
            raise _RefusedError("Die Datei ist kein SVG-Bild, obwohl sie so heißt")
        self.count += 1
        self.open.append(local)
        if self.count > MAX_ELEMENTS or len(self.open) > MAX_DEPTH:
            raise _RefusedError("Das SVG-Bild ist zu groß oder zu tief verschachtelt")
        if local in _ACTIVE and namespace in ("", NAMESPACE):
            raise _RefusedError(f"Das SVG-Bild enthält ein aktives Element („{local}“)")
        for key, value in attributes.items():
            self._attribute(local, key.rpartition(" ")[2], value)

    def _attribute(self, element: str, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            raise _RefusedError(f"Das SVG-Bild enthält ein Programm („{name}“)")
        if name in ("href", "src", "base") and not _inside(value):
            raise _RefusedError("Das SVG-Bild verweist nach außen")
        self._style(value)
        lengths = _NUMBER.findall(value) if element == "svg" and name in ("width", "height", "viewBox") else ()
        if any(abs(float(number)) > MAX_LENGTH for number in lengths):
            raise _RefusedError("Das SVG-Bild hat unsinnige Maße")

    def _text(self, text: str) -> None:
        if self.open and self.open[-1] == "style":
            self._style(text)

    def _style(self, text: str) -> None:
        if "@import" in text.lower() or "\\" in text:  # a backslash could hide either
            raise _RefusedError("Das SVG-Bild verweist nach außen")
        if any(not _inside(address) for address in _URL.findall(text)):
            raise _RefusedError("Das SVG-Bild verweist nach außen")

    def _end(self, _name: str) -> None:
        self.open.pop()


def _inside(address: str) -> bool:
    """Whether an address stays in the file: a fragment, or plain picture data."""
    address = address.strip()
    return address.startswith("#") or bool(_PLAIN_DATA.match(address)) or not address
