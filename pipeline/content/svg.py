"""An SVG's bytes in, what is wrong with it out: scripts, entities, anything that reaches outside the file."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from pipeline.budget.limits import DRAWING_AREA, DRAWING_ELEMENTS, DRAWING_FILTERS, DRAWING_LEVELS
from pipeline.content.printable import unprintable
from pipeline.content.svg_limits import Weights, area, corners, has_size

NAMESPACE = "http://www.w3.org/2000/svg"
HTML_NAMESPACE = "http://www.w3.org/1999/xhtml"

# What runs, loads or changes something; names are compared in small letters, since HTML readers take any.
_ACTIVE = frozenset({"script", "foreignobject", "iframe", "audio", "video", "set", "discard", "handler", "listener"})
# What takes a program minutes for a drawing of a page's size; blur, shadow, colours and light take seconds.
_SLOW = frozenset({"feMorphology", "feTurbulence", "feConvolveMatrix", "feDisplacementMap"})
_FILTERED = re.compile(r"(?<![\w-])filter\s*:\s*(?!none)\S", re.IGNORECASE)
_MOVING = "animate"  # begins the names of all elements that move others
_PLAIN_DATA = re.compile(r"data:image/(png|jpeg);base64,(.*)", re.IGNORECASE | re.DOTALL)
_URL = re.compile(r"url\(\s*(?:\"([^\"]*)|'([^']*)|([^)]*))", re.IGNORECASE)
_IMPORTING = re.compile(r"@import|\b(?:image-set|image|src)\s*\(|\\", re.IGNORECASE)  # a backslash could hide any

# What cannot be printed, though it is a drawing: numbers without end, colours of printers' inks. A size of letters that
# is given in words is none to the typesetter, so that it leaves the text out.
_ENDLESS = re.compile(r"(?<![\w.-])[-+]?(?:inf(?:inity)?|nan)(?![\w-])|\de\+?\d{2}|(?<![\d.])\d{10}", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)
_INKS = re.compile(r"\b(?:device-cmyk|icc-color)\s*\(", re.IGNORECASE)
_FONT = re.compile(
    r"(?<![-\w])(?:font\s*:\s*(?!inherit\b)[^\d\s;}][^;}]*|font-size\s*:\s*(?!inherit\b)[a-z-]+)", re.IGNORECASE
)
_TEXTS = frozenset({"svg", "g", "a", "text", "tspan", "textPath", "style"})  # what says how letters look

_WORDS = ("aria-", "data-", "id", "class")  # attributes that say something to people or programs, not how it looks

Embedded = Callable[[str, bytes], str]


class _RefusedError(Exception):
    """A German clause on why the drawing is refused; the line is added where it is caught."""


def svg_fault(data: bytes, embedded: Embedded) -> str:
    """A German sentence on why the drawing cannot be used, '' if it can.

    `embedded` says the same of a picture inside it, given its kind (`png`, `jpeg`) and bytes.
    """
    reader = _Reader(embedded)
    try:
        reader.parser.Parse(data, True)
        reader.finish()
    except _RefusedError as error:
        return f"{error} (Zeile {reader.parser.CurrentLineNumber})."
    except (expat.ExpatError, ValueError, LookupError):  # the latter two of an encoding that there is not
        return f"Das SVG-Bild ist beschädigt (Zeile {reader.parser.CurrentLineNumber})."
    return ""


class _Reader:
    """Goes through a drawing as the parser reads it; raises _RefusedError at the first thing that is not allowed."""

    def __init__(self, embedded: Embedded) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.embedded = embedded
        self.open: list[str] = []
        self.count = 0
        self.sheet: list[str] = []
        self.odd_font = ""
        self.weights = Weights()
        self.sized = False
        self.area = 0.0
        self.effects = self.filtered = 0  # steps of all filters, and how often one is used

    def finish(self) -> None:
        """Refuses what only shows when all is read."""
        if self.weights.total() > DRAWING_ELEMENTS.most:
            raise _RefusedError("Das SVG-Bild verwendet sich selbst oder vervielfacht sich")
        if max(1, self.effects) * self.filtered * self.area > DRAWING_FILTERS.most:
            told = "Das SVG-Bild legt Filter (Schatten, Unschärfe) über zu viel Fläche"
            raise _RefusedError(f"{told}; weniger davon verwenden oder als PNG speichern")
        if not self.sized:
            told = "Das SVG-Bild sagt nicht, wie groß es ist"
            raise _RefusedError(f"{told}; es braucht viewBox, oder width und height ohne Prozent")

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise _RefusedError("Das SVG-Bild enthält Entitäten oder eine eigene Dokumenttypdefinition")

    def _instruction(self, target: str, _data: str) -> None:
        raise _RefusedError(f"Das SVG-Bild enthält eine Anweisung an Programme („{target}“)")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self.count and name != f"{NAMESPACE} svg":
            raise _RefusedError("Die Datei ist kein SVG-Bild, obwohl sie so heißt")
        if not self.count:
            self.sized = has_size(attributes)
        if not self.count:
            self.area = area(attributes)
        if self.area > DRAWING_AREA.most:
            raise _RefusedError("Das SVG-Bild hat unsinnige Maße")
        self.count += 1
        self.open.append(local)
        if self.count > DRAWING_ELEMENTS.most or len(self.open) > DRAWING_LEVELS.most:
            raise _RefusedError("Das SVG-Bild ist zu groß oder zu tief verschachtelt")
        if local.lower() in _ACTIVE or local.lower().startswith(_MOVING) or namespace == HTML_NAMESPACE:
            raise _RefusedError(f"Das SVG-Bild enthält ein aktives Element („{local}“)")
        if local in _SLOW:
            told = f"Das SVG-Bild enthält einen Filter, der Minuten dauert („{local}“)"
            raise _RefusedError(f"{told}; ohne ihn oder als PNG speichern")
        self.effects += local.startswith("fe") and "filter" in self.open
        self.weights.begin(attributes.get("id", ""), corners(attributes))
        for key, value in attributes.items():
            self._attribute(local, key, value)

    def _attribute(self, element: str, key: str, value: str) -> None:
        namespace, _, name = key.lower().rpartition(" ")
        if name.startswith("on"):
            raise _RefusedError(f"Das SVG-Bild enthält ein Programm („{name}“)")
        if name in ("href", "src", "srcset", "base"):
            if not (element == "a" and value.startswith("#")):
                self._address(value)
            return
        if namespace or name == "font-family" or name.startswith(_WORDS):
            return
        if (name == "filter" and value.strip() != "none") or (name == "style" and _FILTERED.search(value)):
            self.filtered += 1
        if "(" in value:
            self._style(value if name == "style" else f"{name}:{value}")
        self._printed(f"{name}:{value}" if name in ("font", "font-size") else value)

    def _printed(self, text: str) -> None:
        """Refuses what would not come out as it is drawn."""
        if _ENDLESS.search(_COLOUR.sub("", text)):
            raise _RefusedError("Das SVG-Bild enthält eine Zahl ohne Ende oder eine viel zu große")
        if _INKS.search(text):
            raise _RefusedError("Das SVG-Bild nennt Farben für die Druckerei (CMYK); möglich sind nur RGB-Farben")
        if (font := _FONT.search(text)) and self.open[-1] in _TEXTS and not self.odd_font:
            self.odd_font = font[0].strip()

    def _text(self, text: str) -> None:
        if "text" in self.open and text.strip():
            if strange := unprintable(text):
                told = "Im SVG-Bild steht ein Zeichen, das die Schriften des Plans nicht haben"
                raise _RefusedError(f"{told}: {strange[0].name}")
            if self.odd_font:
                told = f"Das SVG-Bild nennt die Größe seiner Schrift in einer Form, die nicht gilt („{self.odd_font}“)"
                raise _RefusedError(f"{told}; möglich ist zum Beispiel „font-size: 14px“")
        if self.open and self.open[-1] == "style":
            self.sheet.append(text)  # comes in pieces; only the whole shows what it says

    def _style(self, text: str) -> None:
        if _IMPORTING.search(text):
            raise _RefusedError("Das SVG-Bild verweist nach außen")
        marks = "marker" in text.lower()
        for found in _addresses(text):
            self._address(found, as_marker=marks)

    def _address(self, address: str, *, as_marker: bool = False) -> None:
        """Refuses an address that leaves the file: what is left are fragments and plain picture data."""
        address = address.strip()
        if address.startswith("#"):
            self.weights.refer(address[1:], as_marker=as_marker)
        elif data := _PLAIN_DATA.match(address):
            if fault := self.embedded(data[1].lower(), _decoded(data[2])):
                raise _RefusedError(f"Im SVG-Bild steckt ein anderes. {fault.removesuffix('.')}")
        elif address:
            raise _RefusedError("Das SVG-Bild verweist nach außen")

    def _end(self, _name: str) -> None:
        self.weights.end()
        if self.open.pop() == "style":
            text = "".join(self.sheet)
            self.sheet.clear()
            if _IMPORTING.search(text):
                raise _RefusedError("Das SVG-Bild verweist nach außen")
            self._printed(text)
            if _FILTERED.search(text):
                self.filtered += self.count  # it may be that of all elements
            for found in _addresses(text):
                marks = "marker" in text.lower()
                if marks or not found.strip().startswith("#"):
                    self._address(found, as_marker=marks)


def _addresses(text: str) -> Iterator[str]:
    return (next((piece for piece in found if piece), "") for found in _URL.findall(text))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()))
    except binascii.Error:
        return b""
