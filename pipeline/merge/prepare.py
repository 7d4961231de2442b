"""The parts of a file in, what is read of them out: tracked changes settled, comments taken out, noise cleaned away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.merge.base import MAIN, BaseFile
from pipeline.merge.docx.clean import clean, open_wrappers
from pipeline.merge.docx.comments import Comment, take_comments
from pipeline.merge.docx.dialog_references import settle_references
from pipeline.merge.docx.hidden import take_hidden
from pipeline.merge.docx.highlights import highlighted
from pipeline.merge.docx.open import OpenedPackage
from pipeline.merge.docx.reading import Paragraph, Parts, Reading, Table, links_of, read_document
from pipeline.merge.docx.revisions import Revision, decision, resolve
from pipeline.merge.docx.unsupported import Unsupported, descriptions, take_unsupported
from pipeline.merge.markdown.units import kind_of
from pipeline.ooxml.elements import Element
from pipeline.ooxml.parse import parse_xml
from pipeline.text.raised import without_sign

_FOLDER = "word/"


@dataclass(frozen=True)
class Prepared:
    """What a person reads in a file once its changes are settled, these changes, comments, what no text can hold, and
    the words of references that became words, since they lead to nothing of the plan.
    """

    reading: Reading
    revisions: tuple[Revision, ...] = ()
    comments: tuple[Comment, ...] = ()
    unsupported: tuple[Unsupported, ...] = ()
    words_only: tuple[str, ...] = ()


def read_own(base: BaseFile) -> Reading:
    """The reading of a file as it was built. Raises RefusedFileError where what it carries is no such file."""
    parts = _own_parts(base)
    for root in _roots(parts):
        open_wrappers(root)
        resolve(root, decision())
        take_comments([root], None)
    return _read(parts)


def _own_parts(base: BaseFile) -> Parts:
    def tree(name: str) -> Element | None:
        data = base.parts.get(f"{_FOLDER}{name}")
        return None if data is None else parse_xml(data, "Word-Datei", name)

    return Parts(
        parse_xml(base.parts[MAIN], "Word-Datei", "document.xml"),
        tree("footnotes.xml"),
        tree("styles.xml"),
        tree("numbering.xml"),
        links_of(tree("_rels/document.xml.rels")),
        links_of(tree("_rels/footnotes.xml.rels")),
    )


def read_edited(
    package: OpenedPackage, accept: Sequence[str] = (), reject: Sequence[str] = (), base: BaseFile | None = None
) -> Prepared:
    """The reading of an edited file; `accept` and `reject` name authors, `base` shows which pictures are new.

    Raises RefusedFileError.
    """

    def tree(name: str | None) -> Element | None:
        return package.tree(name) if name is not None and name in package else None

    notes = package.related("footnotes")
    parts = Parts(
        package.tree(package.main),
        tree(notes),
        tree(package.related("styles")),
        tree(package.related("numbering")),
        links_of(tree(_relationships(package.main))),
        links_of(tree(_relationships(notes))) if notes else {},
    )
    comments, threads = tree(package.related("comments")), tree(package.related("commentsExtended"))
    roots = _roots(parts)
    for root in roots:
        open_wrappers(root)
    decide = decision(accept, reject)
    revisions = tuple(revision for root in roots for revision in resolve(root, decide))
    words_only = settle_references(roots, base.targets if base else ())
    remarks = take_comments(roots, comments, threads)  # afterwards: their words are those that stay
    remarks += tuple(highlighted(roots))
    pictures = descriptions(roots if base is None else _roots(_own_parts(base)))
    hidden = take_hidden(roots, parts.styles, lambda: [] if base is None else _roots(_own_parts(base)))
    unsupported = take_unsupported(roots, pictures, tree(package.related("endnotes")))
    reading = _read(parts)
    values = frozenset() if base is None else _values(base)
    told = (*hidden, *unsupported, *_words_alone(reading, values))
    return Prepared(reading, revisions, remarks, told, words_only)


def _values(base: BaseFile) -> frozenset[str]:
    """The marks of values of the data, which hold no more than letters."""
    return frozenset(mark for mark, place in base.marks.items() if not base.sources.is_text(place.source))


def _words_alone(reading: Reading, values: frozenset[str]) -> Iterator[Unsupported]:
    """What of a text is taken in words alone, each with the nearest mark; `values` are those of values."""
    mark = ""
    for item in reading.items:
        rows = item.rows if isinstance(item, Table) else ()
        here: list[Paragraph] = [item] if isinstance(item, Paragraph) else []
        for paragraph in (*here, *(each for row in rows for cell in row.cells for each in cell.paragraphs)):
            if not paragraph.marks and _loses_sign(paragraph):  # of what was there before its new form is told
                yield Unsupported("Listenzeichen", "", paragraph.plain.strip(), mark)
            mark = next(iter(paragraph.marks), mark)
            yield from _of_paragraph(paragraph, mark)
            if mark in values and (rows or mark in paragraph.marks):
                for letters in without_sign(paragraph.content):
                    yield Unsupported("Hoch- oder Tiefgestelltes", letters, paragraph.plain.strip(), mark)
    for note in reading.notes.values():
        for paragraph in note:
            yield from _of_paragraph(paragraph, "")


def _loses_sign(paragraph: Paragraph) -> bool:
    """Whether it has a number or a bullet in Word that its form has not in a text: a quote in a list, say."""
    return bool(
        paragraph.item and paragraph.item.signed and paragraph.plain.strip() and kind_of(paragraph) != "paragraph"
    )


def _of_paragraph(paragraph: Paragraph, mark: str) -> Iterator[Unsupported]:
    for kind, found in (("Link", paragraph.unfollowed), ("Seitenzahl", paragraph.page_numbers)):
        yield from (Unsupported(kind, said, paragraph.plain.strip(), mark) for said in found)


def _roots(parts: Parts) -> list[Element]:
    return [root for root in (parts.document, parts.notes) if root is not None]


def _read(parts: Parts) -> Reading:
    for root in _roots(parts):
        clean(root)
    return read_document(parts)


def _relationships(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")
