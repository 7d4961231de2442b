"""Versions of the tools in, a fingerprint out of all that shapes a PDF besides the plan.

Program, templates, style sheets and fonts count by their bytes, libraries of Python by their versions, libraries of the
system by what they say of themselves. Nothing is imported for it that a build from the cache would not need.
"""

from __future__ import annotations

import ctypes
import hashlib
import sys
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.design import COMPILED, DESIGN_FILE, STYLES

PIPELINE = Path(__file__).resolve().parents[1]

# Names under which WeasyPrint looks for them, and the function that tells the version.
_SYSTEM = (
    (("libpango-1.0.so.0", "libpango-1.0.dylib"), "pango_version_string", ctypes.c_char_p),
    (("libharfbuzz.so.0", "libharfbuzz.0.dylib"), "hb_version_string", ctypes.c_char_p),
    (("libfontconfig.so.1", "libfontconfig.1.dylib"), "FcGetVersion", ctypes.c_int),
)


def identity(versions: Mapping[str, str]) -> bytes | None:
    """The fingerprint; None where the system's libraries do not tell their versions, so nothing may be kept.

    `versions` of the Python libraries, by name.
    """
    system = [_system_version(*library) for library in _SYSTEM]
    if None in system:
        return None
    digest = hashlib.sha256()
    told = [sys.platform, zlib.ZLIB_RUNTIME_VERSION, *map(str, system)]
    told += [f"{name} {versions[name]}" for name in sorted(versions)]
    digest.update("\n".join(told).encode())
    for path in _files():
        data = path.read_bytes()
        digest.update(f"\n{path.name} {len(data)}\n".encode() + data)
    return digest.digest()


def _files() -> Iterator[Path]:
    for room in (
        "document",
        "pictures",
        "text",
        "pdf",
    ):  # what sets the PDF, and what it uses
        yield from sorted((PIPELINE / room).rglob("*.py"))
    for folder in (STYLES / "print", STYLES / "fonts", STYLES / "hyphenation"):
        found = sorted(path for path in folder.rglob("*") if path.is_file())
        yield from (path for path in found if COMPILED not in path.parts)
    yield from (PIPELINE / "design.py", DESIGN_FILE, PIPELINE.parent / "schema" / "vocabulary.py")


def _system_version(names: tuple[str, ...], function: str, kind: type[ctypes._SimpleCData[object]]) -> object:
    for name in names:
        try:
            tell = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        tell.restype = kind
        return tell()
    return None
