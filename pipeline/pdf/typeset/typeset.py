"""A part's HTML, style sheets and pictures in, a typeset fragment out: the only place that drives WeasyPrint.

The typesetter is handed all it may use: files below styles/, the given pictures, drawings inside the page. It must
stay silent; whatever it or a library under it warns of fails the build, because a plan in the wrong font or without a
picture would otherwise be published.
"""

from __future__ import annotations

import logging
import re
import warnings
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

import pydyf
import weasyprint
import weasyprint.pdf
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from pipeline.design import STYLES
from pipeline.errors import BuildError, FileAccessError, RenderingError
from pipeline.files.access import reason
from pipeline.pdf.divisions import positions
from pipeline.pdf.fragment import PAGE_KEY, Bookmark, Fragment, Place
from pipeline.pdf.garbage import without_garbage_collection
from pipeline.pdf.tags.structure import packed
from pipeline.pdf.tags.tags import add_tags
from pipeline.pdf.tokens import tokens
from pipeline.pdf.typeset.c_types import know_types
from pipeline.pdf.typeset.computed import compute_at_once
from pipeline.pdf.typeset.drawn_once import draw_once
from pipeline.pdf.typeset.hyphenation import divide_only, use_own_hyphenation
from pipeline.pdf.typeset.lengths import resolve_once
from pipeline.pdf.typeset.own_fonts import only_own_fonts
from pipeline.pdf.typeset.page import Page
from pipeline.pdf.typeset.pictures import DOTS, as_drawn, as_printed
from pipeline.pdf.typeset.python_ways import go_straight
from pipeline.pdf.typeset.sharing import share_drawings
from pipeline.pdf.typeset.text import make_ready_once

# The tag tree is built from the boxes at WeasyPrint's own place for it; version and test keep this seam.
weasyprint.pdf.add_tags = add_tags

PDF_VERSION = "1.7"
PT_PER_PX = 0.75  # 96 pixels and 72 points an inch, both as CSS has them
PRINT_FLAG = 4  # of an annotation: PDF/A wants it to print (ISO 19005-2, 6.3.2)
SOFT_HYPHEN = "\xad"
DIVISIONS = re.compile(r'<meta name="divisions" content="([^"]*)">')
DRAWING = "data:image/svg+xml;base64,"
INSIDE_DRAWINGS = re.compile(rb"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)


class Typesetter:
    """Typesets parts that share style sheets, which are parsed once."""

    def __init__(self, styles: str) -> None:
        """Raises RenderingError for faulty styles."""
        use_own_hyphenation()
        know_types()
        go_straight()
        draw_once()
        compute_at_once()
        resolve_once()
        make_ready_once()
        with only_own_fonts():
            self._fonts = FontConfiguration()
        with _silence_required(), _german_errors():
            self._styles = weasyprint.CSS(string=styles, font_config=self._fonts, url_fetcher=_Fetcher({}))

    def typeset(self, html: str, pictures: Mapping[str, bytes]) -> Fragment:
        """Typesets a page of HTML. Raises RenderingError for whatever is refused, fails or is warned of.

        `pictures`: bytes by path, for addresses `content:PATH`. Links to anchors that are not in the page are left for
        the binder.
        """
        with _silence_required(), without_garbage_collection(), _german_errors():
            page = Page(html, _Fetcher(pictures))
            found = DIVISIONS.search(html)
            divide_only(positions(found[1].split() if found else ()))
            # What stands narrower than in a column of text, in a list say, is made smaller by the typesetter.
            document = page.render(stylesheets=[self._styles], font_config=self._fonts, dpi=DOTS)
            anchors = _anchors(document)
            marks = document.make_bookmark_tree(scale=PT_PER_PX, transform_pages=True)
            _open_links(document, anchors)
            finisher = _Finisher()
            pdf = document.write_pdf(pdf_tags=True, pdf_version=PDF_VERSION, finisher=finisher)
        _require_own_fonts(document)
        bookmarks = tuple(_bookmark(mark) for mark in marks)
        return Fragment(pdf, len(document.pages), anchors, bookmarks, finisher.structure)


def _anchors(document: weasyprint.Document) -> dict[str, Place]:
    """Where anchors lie; of one whose element is parted by a page break, the first part counts."""
    anchors: dict[str, Place] = {}
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            place = Place(number, round(x * PT_PER_PX, 2), round((page.height - y) * PT_PER_PX, 2))
            anchors.setdefault(name, place)
    return anchors


def _open_links(document: weasyprint.Document, anchors: Mapping[str, Place]) -> None:
    """Gives links to other parts an anchor of straw: without one WeasyPrint would drop them with an error.

    The part is typeset alone, so `#M1.2.3` in it leads nowhere yet. The anchor lies at the edge of the first page and
    goes into no file: the annotation keeps the name, and the binder knows where that is in the whole document.
    """
    targets = {target for page in document.pages for kind, target, *_ in page.links if kind == "internal"}
    for target in targets - set(anchors):
        document.pages[0].anchors[target] = (0, 0, 0, 0)


def _bookmark(mark: tuple[Any, ...]) -> Bookmark:
    label, (page, x, y), children, _ = mark
    place = Place(page, round(x, 2), round(y, 2))
    return Bookmark(label.replace(SOFT_HYPHEN, ""), place, tuple(_bookmark(child) for child in children))


class _Finisher:
    """WeasyPrint's hook before a file is written: what annotations and pictures lack, drawings once.

    Keeps what the tagger has left with the file.
    """

    structure = b""

    def __call__(self, document: weasyprint.Document, pdf: pydyf.PDF) -> None:
        for page in document.pages:
            for *_, box in page.links:
                if box.link_annotation is not None:
                    _finish_link(box)
        for item in pdf.objects:
            if not isinstance(item, pydyf.Stream):
                continue
            if item.extra.get("Subtype") == "/Image":
                item.extra["Interpolate"] = "false"  # WeasyPrint writes true, which PDF/A forbids (ISO 19005-2, 6.2.8)
            if b"begincmap" in item.stream:
                item.stream = [_with_plain_space(line) for line in item.stream]
        share_drawings(pdf)
        self.structure = packed(pdf.structure)


def _with_plain_space(line: Any) -> Any:
    """A line of a font's map of characters: spaces of all kinds share a glyph, which is to mean the plain one.

    The map has one letter a glyph. Were it the space that does not break, all spaces would be copied as that one, and
    whoever searches for "der Plan" would find nothing.
    """
    return line.replace(b" <00a0>", b" <0020>") if isinstance(line, bytes) else line


def _finish_link(box: Any) -> None:
    annotation, element = box.link_annotation, box.element
    annotation["F"] = PRINT_FLAG
    aligned = element.get("data-page")
    if aligned is not None:
        right = aligned == "right" or box.style["text_align_all"] in ("right", "end")
        annotation[PAGE_KEY] = pydyf.String("right" if right else "left")


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves what the typesetter may use and refuses everything else."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(fail_on_errors=True)
        self._pictures = pictures
        self._inside: set[str] = set()  # addresses of pictures that stand inside a drawing that was served

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind an address. Raises RenderingError for one that is not served."""
        scheme, _, path = url.partition(":")
        if scheme == "styles":
            return URLFetcherResponse(url, _style_file(unquote(path)))
        if scheme == "content" and unquote(path) in self._pictures:
            data = self._pictures[unquote(path)]
            self._inside |= {"".join(found.decode().split()) for found in INSIDE_DRAWINGS.findall(data)}
            return URLFetcherResponse(url, as_printed(data))
        if url.startswith(DRAWING):
            return super().fetch(url, headers)
        if (inside := "".join(unquote(url).split())) in self._inside:
            return URLFetcherResponse(url, as_drawn(b64decode(inside.partition(",")[2])))
        raise RenderingError(
            f"Das PDF darf „{url}“ nicht laden: Erlaubt sind nur die Bilder des Plans und die Dateien in styles/."
        )


def _style_file(path: str) -> bytes:
    file = (STYLES / path).resolve()
    if not file.is_relative_to(STYLES) or not file.is_file():
        raise RenderingError(f"Die Datei „{path}“ gibt es in styles/ nicht.")
    return file.read_bytes()


class _Log(logging.Handler):
    """Keeps the messages of all libraries, from warnings upwards."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _silence_required() -> Iterator[None]:
    """Raises RenderingError at the end if any library has logged or warned of something."""
    log, root = _Log(), logging.getLogger()
    root.addHandler(log)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield
    finally:
        root.removeHandler(log)
    messages = log.messages + [str(warning.message) for warning in caught]
    if messages:
        listed = "; ".join(dict.fromkeys(messages))
        raise RenderingError(f"Beim Setzen des PDF gab es Warnungen: {listed}")


@contextmanager
def _german_errors() -> Iterator[None]:
    """Whatever goes wrong inside becomes an error with a German sentence."""
    try:
        yield
    except FatalURLFetchingError as error:
        raise RenderingError(str(error.__cause__ or error)) from error
    except BuildError:
        raise
    except OSError as error:
        raise FileAccessError(f"Das PDF lässt sich nicht setzen. {reason(error)}") from error
    except Exception as error:
        raise RenderingError(f"Das PDF lässt sich nicht setzen: {error!r}") from error


def _require_own_fonts(document: weasyprint.Document) -> None:
    """Raises RenderingError where a character came from a font that is not the plan's."""
    for font in document.fonts.values():
        if font.family not in tokens().families():
            characters = "".join(font.to_unicode.values())
            raise RenderingError(
                f"Die Schriften des Plans haben diese Zeichen nicht: „{characters}“ (Ersatz: {font.family})."
            )
