"""A PDF file in, its words by page out, and how often three engines find a word: those of Chrome and Edge (PDFium), of
Sumatra and many phones (MuPDF), of Evince and Okular (poppler).
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import groupby
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2

from pipeline.aloud.glyphs import MarkedTexts
from tests.reading.pdf import children

Find = Callable[[int, str], int]  # page from 0, word → how often it is found there

_RUNNING = frozenset({"/Span", "/Link", "/Code"})  # of these a word may go on in what follows
_OPENING, _CLOSING = "„“‚‘(", ".,;:!?…)“‘”"  # what nobody types into a search along with a word


def words_of(pdf: pikepdf.Pdf) -> list[list[str]]:
    """The words of each page in the order of the tags, without the signs around them; of figures there are none.

    A word that goes on in another line, or on another page, counts where it begins.
    """
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    texts: list[list[str]] = [[] for _ in numbers]
    last = 0
    for page, text in _texts(pdf.Root.StructTreeRoot, None, MarkedTexts()):
        last = last if page is None else numbers[page.objgen]
        texts[last].append(text)
    return [[word for piece in "".join(found).split() if (word := _bare(piece))] for found in texts]


def _bare(word: str) -> str:
    return word.lstrip(_OPENING).rstrip(_CLOSING)


def _texts(
    element: pikepdf.Object, page: pikepdf.Object | None, texts: MarkedTexts
) -> Iterator[tuple[pikepdf.Object | None, str]]:
    """The texts below an element with their pages, None for that of the text before; where it is no part of a line,
    spaces around it.
    """
    page = element.get("/Pg", page)
    apart = element.get("/S") not in _RUNNING
    if apart:
        yield None, " "
    for child in children(element):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            if child.S != "/Figure":
                yield from _texts(child, page, texts)
            continue
        if isinstance(child, pikepdf.Dictionary):
            if "/MCID" not in child:
                continue
            found, number = child.get("/Pg", page), int(child.MCID)
        else:
            found, number = page, int(child)
        assert found is not None
        yield found, texts.of(found).get(number, "")
    if apart:
        yield None, " "


def missed(words: list[list[str]], find: Find, *, once: bool = False) -> Counter[tuple[int, str]]:
    """The words that are found less often on their page than they stand there, and how much less.

    `once`: words that come twice in succession are found as one.
    """
    lacking: Counter[tuple[int, str]] = Counter()
    for page, found in enumerate(words):
        listed = [word for word, _ in groupby(found)] if once else found
        for word, count in Counter(listed).items():
            if (hits := find(page, word)) < count:
                lacking[page + 1, word] = count - hits
    return lacking


def pdfium(file: Path) -> Find:
    """Chrome's and Edge's engine."""
    document = pypdfium2.PdfDocument(file)
    pages = [page.get_textpage() for page in document]

    def find(page: int, word: str) -> int:
        searcher, hits = pages[page].search(word, match_case=True), 0
        while searcher.get_next() is not None:
            hits += 1
        return hits

    return find


def mupdf(file: Path) -> Find:
    """The engine of MuPDF and Sumatra; hits that touch count as one."""
    document = pymupdf.open(file)  # type: ignore[no-untyped-call]
    pages = [document[number].get_textpage(flags=pymupdf.TEXTFLAGS_SEARCH) for number in range(len(document))]
    return lambda page, word: len(pages[page].search(word, quads=True))  # type: ignore[no-untyped-call]


def poppler(file: Path) -> Find:
    """Evince's and Okular's engine, by the text that it finds."""
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.split("\f")
    return lambda page, word: len(re.findall(re.escape(word), pages[page]))


ENGINES: Mapping[str, tuple[Callable[[Path], Find], Callable[..., Counter[tuple[int, str]]]]] = {
    "PDFium": (pdfium, missed),
    "MuPDF": (mupdf, partial(missed, once=True)),
    "poppler": (poppler, missed),
}
