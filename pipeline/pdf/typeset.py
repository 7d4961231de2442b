"""HTML and pictures in, a tagged PDF out: the only import of WeasyPrint.

The typesetter is handed all it may use: files below styles/, the given pictures, drawings inside the page. It must
stay silent; whatever it or a library under it warns of fails the build, because a plan in the wrong font or without a
picture would otherwise be published.
"""

from __future__ import annotations

import gc
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote

import pyphen

from pipeline.access import reason
from pipeline.errors import FileAccessError, MissingToolError, RenderingError
from pipeline.pdf.tokens import STYLES, tokens

try:
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except (ImportError, OSError) as error:
    raise MissingToolError(
        "Das PDF lässt sich nicht setzen: WeasyPrint oder eine Bibliothek, die es braucht, fehlt. "
        "Bitte „sh setup.sh“ ausführen."
    ) from error

VARIANT = "pdf/ua-1"
HYPHENATION = STYLES / "hyphenation" / "hyph_de.dic"
GERMAN = ("de", "de_DE", "de_AT", "de_CH")
DRAWING = "data:image/svg+xml;base64,"


@dataclass(frozen=True)
class Typeset:
    """A finished PDF and the number of its pages."""

    pdf: bytes
    pages: int


def typeset(html: str, pictures: Mapping[str, bytes], identifier: bytes) -> Typeset:
    """Typesets a page of HTML.

    `pictures`: bytes by path, for addresses `content:PATH`. `identifier`: what the file is known by, derived from the
    content so that equal content yields equal bytes. Raises RenderingError for whatever is refused, fails or is
    warned of.
    """
    _use_own_hyphenation()
    with _silence_required(), _without_garbage_collection():
        try:
            page = weasyprint.HTML(string=html, url_fetcher=_Fetcher(pictures))
            document = page.render(pdf_variant=VARIANT)
            pdf = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
        except FatalURLFetchingError as error:
            raise RenderingError(str(error.__cause__ or error)) from error
        except RenderingError:
            raise
        except OSError as error:
            raise FileAccessError(f"Das PDF lässt sich nicht setzen. {reason(error)}") from error
        except Exception as error:
            raise RenderingError(f"Das PDF lässt sich nicht setzen: {error!r}") from error
    _require_own_fonts(document)
    return Typeset(pdf, len(document.pages))


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves what the typesetter may use and refuses everything else."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(fail_on_errors=True)
        self._pictures = pictures

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind an address. Raises RenderingError for one that is not served."""
        scheme, _, path = url.partition(":")
        if scheme == "styles":
            return URLFetcherResponse(url, _style_file(unquote(path)))
        if scheme == "content" and unquote(path) in self._pictures:
            return URLFetcherResponse(url, self._pictures[unquote(path)])
        if url.startswith(DRAWING):
            return super().fetch(url, headers)
        raise RenderingError(
            f"Das PDF darf „{url}“ nicht laden: Erlaubt sind nur die Bilder des Plans und die Dateien in styles/."
        )


def _style_file(path: str) -> bytes:
    file = (STYLES / path).resolve()
    if not file.is_relative_to(STYLES) or not file.is_file():
        raise RenderingError(f"Die Datei „{path}“ gibt es in styles/ nicht.")
    return file.read_bytes()


def _use_own_hyphenation() -> None:
    """Puts the patterns of the tree in the place of pyphen's, which break German compounds badly."""
    for name in GERMAN:
        pyphen.LANGUAGES[name] = HYPHENATION
        pyphen.LANGUAGES_LOWERCASE[name.lower()] = name


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
def _without_garbage_collection() -> Iterator[None]:
    """Layout makes millions of objects that stay until its end; looking for garbage among them only costs time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _require_own_fonts(document: weasyprint.Document) -> None:
    """Raises RenderingError where a character came from a font that is not the plan's."""
    for font in document.fonts.values():
        if font.family not in tokens().families():
            characters = "".join(font.to_unicode.values())
            raise RenderingError(
                f"Die Schriften des Plans haben diese Zeichen nicht: „{characters}“ (Ersatz: {font.family})."
            )
