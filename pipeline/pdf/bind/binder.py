"""Fragments in their order and what the document says of itself in, the bound PDF out.

Pages are joined first, then destinations and outlines; page numbers are written into the places that fragments keep
free for them, and as running heads and feet, which are artifacts. The tag tree, which has more objects than all the
rest, is written behind the saved file: it is never in memory as a whole.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.document.model import Properties
from pipeline.errors import RenderingError
from pipeline.pdf.bind.font import StampFont
from pipeline.pdf.bind.input_fields import add_input_fields
from pipeline.pdf.bind.metadata import describe
from pipeline.pdf.bind.numbers import write_page_numbers
from pipeline.pdf.bind.outline import add_outline
from pipeline.pdf.bind.signature_fields import add_signature_fields
from pipeline.pdf.bind.stamp import Furniture, stamp
from pipeline.pdf.bind.tag_tree import TagTree
from pipeline.pdf.bind.update import Update
from pipeline.pdf.fragment import Bookmark, Bound, Fragment, Place
from pipeline.pdf.garbage import without_garbage_collection
from pipeline.pdf.tags.structure import unpacked
from pipeline.text.typography import plain_hyphens


@dataclass(frozen=True)
class Piece:
    """A fragment and what runs along its pages; None for pages without head and foot.

    One that `continues` the piece before is the same section as that one.
    """

    fragment: Fragment
    furniture: Furniture | None
    continues: bool = False


def bind(pieces: Sequence[Piece], properties: Properties) -> Bound:
    """One PDF of all pieces. Raises RenderingError for an anchor that comes twice and a link that leads nowhere."""
    with io.BytesIO(_bound_pages(pieces, _typed(properties))) as saved, Pdf.open(saved) as pdf:
        update, root = Update(saved.getvalue(), pdf), pdf.Root.StructTreeRoot.objgen[0]
        pages = [page.obj.objgen[0] for page in pdf.pages]
        annotations = {
            int(item.StructParent): (item.objgen[0], page.obj.objgen[0])
            for page in pdf.pages
            for item in page.obj.get(Name.Annots, ())
        }
    tree = TagTree(update, root, pages, annotations)
    with without_garbage_collection():
        for piece in pieces:
            tree.add(unpacked(piece.fragment.structure), piece.fragment.pages, continues=piece.continues)
        tree.add_forms([*(item.label for item in properties.signatures), *(item.label for item in properties.inputs)])
        tree.finish()
    return Bound(update.finish(), len(pages))


def _typed(properties: Properties) -> Properties:
    """The same with hyphens as people type them into a search."""
    return replace(
        properties,
        title=plain_hyphens(properties.title),
        subtitle=plain_hyphens(properties.subtitle),
        full_title=plain_hyphens(properties.full_title),
        authors=tuple(map(plain_hyphens, properties.authors)),
    )


def _bound_pages(pieces: Sequence[Piece], properties: Properties) -> bytes:
    """The PDF of all pages, finished but for the tag tree: of that it has an empty root."""
    with pikepdf.new() as pdf:
        destinations = _destinations(pieces)
        keys = _join(pdf, pieces)
        pages = [page.obj for page in pdf.pages]
        _name_destinations(pdf, pages, destinations)
        add_outline(pdf, pages, _bookmarks(pieces))
        numbers = {anchor: place.page + 1 for anchor, place in destinations.items()}
        fonts = StampFont.family(pdf)
        _check_links(pages, destinations)
        write_page_numbers(pages, numbers, fonts)
        furniture = [
            piece.furniture and piece.furniture.on(index, piece.fragment.anchors)
            for piece in pieces
            for index in range(piece.fragment.pages)
        ]
        first = [index == 0 and not piece.continues for piece in pieces for index in range(piece.fragment.pages)]
        stamp(pages, furniture, first, properties, fonts)
        for font in fonts.values():
            font.finish()
        if properties.signatures:
            add_signature_fields(pdf, pages, properties.signatures, destinations, keys)
        if properties.inputs:
            add_input_fields(pdf, pages, properties.inputs, destinations, keys)
        describe(pdf, properties)
        target = io.BytesIO()
        pdf.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
            min_version="1.7",
        )
        return target.getvalue()


def _join(pdf: Pdf, pieces: Sequence[Piece]) -> int:
    """All pages, their keys of the parent tree and those of their annotations shifted; the first key that is free.

    Every fragment counts its keys from 0: those of its pages first, then those of its annotations (ISO 32000-1,
    14.7.4.4). Behind a piece of 2 pages and 3 links the keys of the next one begin at 5.
    """
    base = 0
    for piece in pieces:
        # Closed at once: a plan's fragments, all open beside the whole, would take as much memory again.
        with Pdf.open(io.BytesIO(piece.fragment.pdf)) as source, warnings.catch_warnings():
            # pikepdf warns that named destinations of the source are not taken along; the binder writes its own.
            warnings.simplefilter("ignore")
            pdf.pages.extend(source.pages)
        keys = 0
        for page in pdf.pages[-piece.fragment.pages :]:
            page.obj.StructParents = int(page.obj.StructParents) + base
            for annotation in page.obj.get(Name.Annots, ()):
                annotation.StructParent = int(annotation.StructParent) + base
                keys += 1
        base += piece.fragment.pages + keys
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    return base


# --- destinations and outline -------------------------------------------------------------------------------------


def _destinations(pieces: Sequence[Piece]) -> dict[str, Place]:
    """The place of every anchor in the bound document. Raises RenderingError for one that comes twice."""
    found: dict[str, Place] = {}
    first_page = 0
    for piece in pieces:
        for anchor, place in piece.fragment.anchors.items():
            if anchor in found:
                raise RenderingError(f"Die Kennung „{anchor}“ kommt im PDF zweimal vor.")
            found[anchor] = Place(first_page + place.page, place.x, place.y)
        first_page += piece.fragment.pages
    return found


def _name_destinations(pdf: Pdf, pages: Sequence[pikepdf.Object], destinations: dict[str, Place]) -> None:
    names = Array()
    # A name tree is sorted by the bytes of its names as they are written (ISO 32000-1, 7.9.6).
    for anchor, place in sorted(destinations.items(), key=lambda item: String(item[0]).unparse()):
        names.append(String(anchor))
        names.append(Array([pages[place.page], Name.XYZ, place.x, place.y, 0]))
    pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=names)))


def _check_links(pages: Sequence[pikepdf.Object], destinations: dict[str, Place]) -> None:
    for page in pages:
        for annotation in page.get(Name.Annots, ()):
            if Name.Dest in annotation and str(annotation.Dest) not in destinations:
                raise RenderingError(f"Ein Verweis im PDF führt ins Leere: „{annotation.Dest}“.")


def _bookmarks(pieces: Sequence[Piece]) -> list[Bookmark]:
    """The bookmarks of all pieces; those of one that continues stand below the last bookmark of the one before."""
    result: list[Bookmark] = []
    first_page = 0
    for piece in pieces:
        marks = [_shifted(mark, first_page) for mark in piece.fragment.bookmarks]
        if piece.continues:
            result[-1] = replace(result[-1], children=(*result[-1].children, *marks))
        else:
            result += marks
        first_page += piece.fragment.pages
    return result


def _shifted(mark: Bookmark, pages: int) -> Bookmark:
    place = Place(mark.place.page + pages, mark.place.x, mark.place.y)
    return Bookmark(mark.label, place, tuple(_shifted(child, pages) for child in mark.children))
