"""The name of a file that a text or the outline asks for in, what it should be called out, for hints."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from pipeline.check.accepted import slug
from pipeline.content.read import PICTURES, TEXTS, TextFile
from pipeline.content.rows import shown
from pipeline.text.markdown import Mention
from schema.rules.finding import nearest, suggestion

_WAY = re.compile(r"\]\(([^()\s]+)")
_TEXT = re.compile(r"[a-z][a-z0-9-]{0,38}[a-z0-9]")


def picture_hint(mention: Mention, file: TextFile | None, pictures: Collection[str]) -> str:
    """What to write for a picture that there is not, in a text, or where there is none in the data.

    The mention says the way from the content folder. In `texte/` people write `bilder/x.png` and mean
    `../bilder/x.png`; on Windows `Foto.PNG` and `foto.png` are the same file, here they are two.
    """
    folder = str(file.path.parent) if file else "."
    ways = picture_ways(mention.what, folder, pictures)
    offer = f"Meinten Sie {' oder '.join(f'„{way}“' for way in ways)}? " if ways else ""
    start = posixpath.relpath(PICTURES, folder)
    hint = f"{offer}Bilder liegen als PNG, JPEG, WebP oder SVG in {PICTURES}/; von hier aus heißt das {start}/…"
    return shown(hint, _row(mention, file, ways[0])) if file and ways else hint


def picture_ways(what: str, folder: str, pictures: Collection[str]) -> list[str]:
    """The ways from a folder to the pictures, two at most, that are meant by the name of one that there is not."""
    names = {picture: posixpath.basename(picture) for picture in pictures}
    name = posixpath.basename(what)
    same = [picture for picture, other in names.items() if other.casefold() == name.casefold()]
    same = same or [picture for picture, other in names.items() if _plain(other) == _plain(name)]
    return [posixpath.relpath(picture, folder) for picture in (same or nearest(what, tuple(pictures)))[:2]]


def _plain(name: str) -> tuple[str, str]:
    """A file's name as far as it says the same: `Foto 1.JPG` is `foto-1.jpg`."""
    stem, ending = posixpath.splitext(name.casefold())
    return slug(stem), ending


def _row(mention: Mention, file: TextFile, way: str) -> str:
    """The line of a text with another way to a picture; '' where the line holds it not just once."""
    rows = re.split("\r\n?|\n", file.text)
    row = rows[mention.line - 1] if 0 < mention.line <= len(rows) else ""
    written = [
        match
        for match in _WAY.finditer(row)
        if posixpath.normpath(posixpath.join(str(file.path.parent), match[1])) == mention.what
    ]
    return f"{row[: written[0].start(1)]}{way}{row[written[0].end(1) :]}".strip() if len(written) == 1 else ""


def text_hint(name: str, texts: Mapping[str, PurePosixPath]) -> str:
    """What to do about a text that the outline names and that there is not; `texts` are the files by their stems."""
    meant = next((path for stem, path in texts.items() if slug(stem) == slug(name)), None)
    if meant is not None:
        other = f" oder hier „{meant.stem}“ schreiben" if _TEXT.fullmatch(meant.stem) else ""
        return f"Die Datei {meant} in „{name}{meant.suffix}“ umbenennen{other}."
    return f"{suggestion(name, texts)}Die Datei anlegen oder den Eintrag berichtigen."


def outline_hint(stem: str, path: PurePosixPath) -> str:
    """What to do about a text that the outline does not name: its name may have to change first."""
    if _TEXT.fullmatch(stem):
        return f"Unter „gliederung“ die Zeile „- text: {stem}“ ergänzen oder die Datei löschen."
    new = slug(stem) or "neuer-text"
    return (
        f"Die Datei in „{new}{path.suffix}“ umbenennen (Dateien in {TEXTS}/ heißen mit Kleinbuchstaben, Ziffern und "
        f"Bindestrichen) und unter „gliederung“ die Zeile „- text: {new}“ ergänzen; sonst die Datei löschen."
    )
