"""Pages with places kept free for page numbers in, the numbers written into them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Name, String

from pipeline.errors import RenderingError
from pipeline.pdf.bind.font import REGULAR, STRONG, StampFont
from pipeline.pdf.fragment import PAGE_KEY, PAGE_MARK, PAGE_PLACEHOLDER

_KEY, _MARK = Name(f"/{PAGE_KEY}"), Name(f"/{PAGE_MARK}")
_SHOWN = re.compile(rb"/(\w+) ([0-9.]+) Tf\s*\[[^\]]*\] ?TJ")


def write_page_numbers(
    pages: Sequence[pikepdf.Object],
    numbers: Mapping[str, int],
    fonts: Mapping[int, StampFont],
) -> None:
    """Replaces the placeholder of every link that asks for the page number of its target.

    On which page a chapter begins is only known when all pieces are bound. Layout has set a placeholder of four
    figures there, and tagging has left the number of its marked content with the annotation: in that stretch of the
    page's content the placeholder is exchanged for the number. One that is not heard, since its row says already where
    it leads, is an artifact, which has no number of its own: it was given one for the time until here.
    """
    for page in pages:
        asked = [item for item in page.get(Name.Annots, ()) if _KEY in item]
        if not asked:
            continue
        content = page.Contents.read_bytes()
        written: set[int] = set()  # a link of several boxes has several annotations
        for annotation in asked:
            number = numbers[str(annotation.Dest)]
            aligned = str(annotation[_KEY])
            marked = int(annotation[_MARK])
            del annotation[_KEY], annotation[_MARK]
            annotation.Contents = String(f"Seite {number}")
            if marked in written:
                continue
            written.add(marked)
            content = _replaced(page, content, marked, str(number), aligned, fonts)
        page.Contents.write(content)


def _replaced(
    page: pikepdf.Object,
    content: bytes,
    marked: int,
    number: str,
    aligned: str,
    fonts: Mapping[int, StampFont],
) -> bytes:
    artifact = b"/%s %d" % (PAGE_MARK.encode(), marked)
    if (there := content.find(artifact + b">>")) >= 0:
        content = content[:there] + content[there + len(artifact) :]
    start = there if there >= 0 else content.index(b"<</MCID %d>>" % marked)
    shown = _SHOWN.search(content, start, content.index(b"EMC", start))
    if shown is None:
        raise RenderingError("Eine Seitenzahl im PDF findet ihren Platz nicht.")
    base = str(page.Resources.Font[f"/{shown[1].decode()}"].BaseFont)
    font = fonts[STRONG if base.endswith("Bold") else REGULAR]
    # A number narrower than the placeholder begins further right where it is aligned to the right. TJ moves to the left
    # by thousandths of the size, hence the minus.
    shift = font.width(PAGE_PLACEHOLDER) - font.width(number) if aligned == "right" else 0
    text = b"/%s %s Tf [%d %s] TJ" % (
        str(font.resource)[1:].encode(),
        shown[2],
        round(-shift),
        font.encode(number),
    )
    page.Resources.Font[font.resource] = font.object
    return content[: shown.start()] + text + content[shown.end() :]
