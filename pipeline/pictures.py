"""A picture's bytes in, what is wrong with it out; nothing is decoded, so that a check stays quick and safe."""

from __future__ import annotations

from pathlib import PurePosixPath
from xml.parsers import expat

PNG_SIGNATURE, PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"


def fault(path: PurePosixPath, data: bytes) -> str:
    """A German sentence on why the picture cannot be used, '' if it can."""
    kind = path.suffix.lower()
    if not data:
        return "Die Bilddatei ist leer."
    if kind == ".svg":
        return _svg_fault(data)
    name, start, end = ("PNG", PNG_SIGNATURE, PNG_END) if kind == ".png" else ("JPEG", JPEG_START, JPEG_END)
    if not data.startswith(start):
        return f"Die Datei ist kein {name}-Bild, obwohl sie so heißt."
    if end not in data[-64:]:
        return f"Das {name}-Bild ist unvollständig oder beschädigt."
    return ""


def _svg_fault(data: bytes) -> str:
    names: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: names.append(name) if not names else None
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return f"Das SVG-Bild ist beschädigt (Zeile {error.lineno})."
    return "" if names[0] == "http://www.w3.org/2000/svg svg" else "Die Datei ist kein SVG-Bild, obwohl sie so heißt."
