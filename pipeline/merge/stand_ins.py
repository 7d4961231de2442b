"""The sources of a base in, the same with a picture in place of each that cannot be used out, for the gate alone.

The gate compares words; of a picture it is enough that it is there, by its name. One that arrived damaged, or not at
all, must not keep it from looking. Nothing of this is ever written.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from pipeline.content.pictures import fault
from pipeline.content.read import PICTURES
from pipeline.merge.sources import Sources
from pipeline.text.markdown import parse
from pipeline.text.markdown_limits import RefusedTextError

_DRAWN: Final = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10"/>'
_PNG: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg=="
)
_JPEG: Final = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////////////"
    "////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AR//Z"
)
_WEBP: Final = base64.b64decode("UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAAAfQ//73v/+BiOh/AAA=")
_STAND_IN: Final[Mapping[str, bytes]] = {
    ".svg": _DRAWN,
    ".png": _PNG,
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".webp": _WEBP,
}


def with_pictures(sources: Sources, today: Mapping[PurePosixPath, bytes]) -> Sources:
    """The sources with every picture usable: as it is, else that of the same name in the sources of today."""
    files = dict(sources.files)
    for path in {*_pictures(sources), *_mentioned(sources)}:
        data = _STAND_IN.get(path.suffix.lower())
        if data is None or (path in files and not fault(path, files[path])):
            continue
        now = today.get(path)
        files[path] = now if now is not None and not fault(path, now) else data
    return sources if files == sources.files else Sources(files)


def _pictures(sources: Sources) -> Iterator[PurePosixPath]:
    return (path for path in sources.files if path.parts[0] == PICTURES)


def _mentioned(sources: Sources) -> Iterator[PurePosixPath]:
    for name, text in sources.texts.items():
        if not name.endswith(".md"):
            continue
        try:
            prose = parse(text.text, str(PurePosixPath(name).parent))
        except RefusedTextError:
            continue
        yield from (path for item in prose.pictures if (path := PurePosixPath(item.what)).parts[:1] == (PICTURES,))
