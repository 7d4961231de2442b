"""Document and pictures in, its pieces out, ready to be bound: each typeset now, or kept from an earlier build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from pipeline.document.model import Actors, Cover, Document, FieldOpener, MeasureSheets, Part
from pipeline.files.cache import Cache, picture_digests
from pipeline.files.pickled import pickled
from pipeline.pdf.bind import Furniture, Piece
from pipeline.pdf.fragment import Fragment
from pipeline.pdf.html import Head, document_styles, fragment_html, head_of
from pipeline.pdf.pages.typeset_units import Unit, units_of
from pipeline.text.typography import plain_hyphens


def pieces_of(document: Document, pictures: Mapping[str, bytes], cache: Cache, workers: int) -> list[Piece]:
    """A piece a unit, in their order. Raises RenderingError, FileAccessError or MissingToolError."""
    typeset_alone = list(units_of(document.parts))
    head = head_of(document.properties)
    pages = [_html_of(unit, head, cache) for unit in typeset_alone]
    names = [_name(unit) for unit in typeset_alone]
    fragments = _fragments(pages, names, document_styles(document.properties), pictures, cache, workers)
    furniture = furniture_of(typeset_alone)
    return [
        Piece(fragment, item, continues=unit.continues)
        for unit, fragment, item in zip(typeset_alone, fragments, furniture, strict=True)
    ]


def _fragments(
    pages: Sequence[str], names: Sequence[str], styles: str, pictures: Mapping[str, bytes], cache: Cache, workers: int
) -> list[Fragment]:
    """Every page's fragment; what is typeset now is kept at once, whatever becomes of the others."""
    keys = [_key(page, styles, pictures, cache) for page in pages]
    stored = [cache.get(key) for key in keys]
    done = {index: Fragment.from_bytes(data) for index, data in enumerate(stored) if data is not None}
    missing = [index for index in range(len(pages)) if index not in done]
    if missing:
        from pipeline.pdf.typeset.pool import typeset_all  # noqa: PLC0415 - half a second that nothing missing saves

        left, called = [pages[index] for index in missing], [names[index] for index in missing]
        for place, fragment in typeset_all(left, styles, pictures, workers=workers, names=called):
            done[missing[place]] = fragment
            cache.put(keys[missing[place]], fragment.to_bytes())
    return [done[index] for index in range(len(pages))]


def _html_of(unit: Unit, head: Head, cache: Cache) -> str:
    """A unit as HTML: what its fragment is kept by, and dear enough to be kept itself."""
    key = cache.key(b"page", pickled((unit, head)))
    if (kept := cache.get(key)) is not None:
        return kept.decode()
    page = fragment_html(unit, head)
    cache.put(key, page.encode())
    return page


def _name(unit: Unit) -> str:
    """What messages call a unit: its part, of measures also from which to which."""
    part = unit.part
    if isinstance(part, MeasureSheets) and part.sheets:
        return f"„{part.title}“, {part.sheets[0].anchor} bis {part.sheets[-1].anchor}"
    return f"„{part.title}“ bis „{unit.chapters[-1].title}“" if unit.chapters else f"„{part.title}“"


def _key(page: str, styles: str, pictures: Mapping[str, bytes], cache: Cache) -> str:
    shown = (path for path in pictures if f"content:{quote(path)}" in page)
    return cache.key(b"fragment", page.encode(), styles.encode(), *picture_digests(shown, pictures))


def furniture_of(typeset_alone: Sequence[Unit]) -> Iterator[Furniture | None]:
    """What runs along each unit's pages; the fields of action have a thumb tab each."""
    places: dict[str, int] = {}
    for unit in typeset_alone:
        part = unit.part
        if isinstance(part, Cover):
            yield None
        elif isinstance(part, FieldOpener | MeasureSheets):
            place = places.setdefault(part.number, len(places))
            run = f"{part.number} {part.title}" if isinstance(part, FieldOpener) else part.title
            yield Furniture(plain_hyphens(run), part.number, place, _sections(unit.sheets or part))
        else:
            chapters = {chapter.anchor: plain_hyphens(chapter.title) for chapter in unit.chapters}
            yield Furniture(plain_hyphens(part.title), sections=_sections(part), chapters=chapters)


def _sections(part: Part) -> Mapping[str, str]:
    """The sheets of a part by their anchors."""
    if isinstance(part, MeasureSheets):
        return {sheet.anchor: plain_hyphens(f"{sheet.number} {sheet.title}") for sheet in part.sheets}
    if not isinstance(part, Actors):
        return {}
    informed = {part.informed.anchor: part.informed.title} if part.informed else {}
    return {sheet.anchor: plain_hyphens(sheet.name) for sheet in part.sheets} | informed
