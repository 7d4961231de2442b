"""A PDF in, its tag tree with the texts out: elements as plain values, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from pipeline.aloud.glyphs import MarkedTexts
from pipeline.errors import FileAccessError
from pipeline.files.access import reason

BESIDE = ("-beschlussvorlage", "-synopse")  # what is called like the plan, and so behind its own name, and is not it


@dataclass(frozen=True)
class Element:
    """A structure element: its type, what is in it, and what it says of itself. `target` is where a link leads."""

    tag: str
    kids: tuple[Element | str, ...]
    alternative: str = ""
    language: str = ""
    scope: str = ""
    columns: int = 1
    rows: int = 1
    target: str = ""

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements in it, without text of its own."""
        return tuple(kid for kid in self.kids if isinstance(kid, Element))


@dataclass(frozen=True)
class Tagged:
    """A tagged PDF: title, language, number of pages, what is in its tree."""

    title: str
    language: str
    pages: int
    kids: tuple[Element | str, ...]


def read_tree(place: Path) -> Tagged:
    """The tag tree of a PDF, or of the only plan in a folder.

    Raises FileAccessError if it cannot be read, is protected by a password or has no tags.
    """
    path = only_pdf(place) if place.is_dir() else place
    try:
        with pikepdf.open(path) as pdf:
            if "/StructTreeRoot" not in pdf.Root:
                raise FileAccessError(f"{path}: Das PDF hat keine Struktur, die sich vorlesen ließe.")
            return _Reader(pdf).read()
    except OSError as error:
        raise FileAccessError(f"{path}: Das Lesen ist nicht gelungen. {reason(error)}") from error
    except pikepdf.PasswordError as error:
        raise FileAccessError(f"{path}: Das PDF ist mit einem Kennwort geschützt. Bitte eines ohne nehmen.") from error
    except pikepdf.PdfError as error:
        raise FileAccessError(f"{path}: Das ist kein lesbares PDF. Bitte den Plan neu bauen.") from error


def only_pdf(folder: Path) -> Path:
    """The only plan in a folder. Raises FileAccessError where there is none, or more than one."""
    everything = sorted(folder.glob("*.pdf"))
    papers = {path.with_name(f"{path.stem}{suffix}.pdf") for path in everything for suffix in BESIDE}
    found = [path for path in everything if path not in papers]
    if not found:
        raise FileAccessError(f"{folder}: Hier liegt kein PDF. Bitte erst den Plan bauen oder eine Datei nennen.")
    if len(found) > 1:
        raise FileAccessError(f"{folder}: Hier liegen mehrere PDF. Bitte eines davon nennen, etwa {found[0]}.")
    return found[0]


class _Reader:
    """Turns the structure elements of an open PDF into values; pages and destinations are looked up once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.texts = MarkedTexts()
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        names = pdf.Root.get("/Names", pikepdf.Dictionary())
        self.destinations = dict(_named(names.get("/Dests", pikepdf.Dictionary())))

    def read(self) -> Tagged:
        """The whole document."""
        root = self.pdf.Root
        kids = tuple(self._kids(root.StructTreeRoot, None))
        return Tagged(str(self.pdf.docinfo.get("/Title", "")), str(root.get("/Lang", "")), len(self.pages), kids)

    def _element(self, item: pikepdf.Object, page: pikepdf.Object | None) -> Element:
        page = item.get("/Pg", page)
        attributes = _attributes(item)
        return Element(
            tag=str(item.S)[1:],
            kids=self._heard(item, page),
            alternative=str(item.get("/Alt", "")),
            language=str(item.get("/Lang", "")),
            scope=attributes.get("/Scope", "")[1:],
            columns=int(attributes.get("/ColSpan", 1)),
            rows=int(attributes.get("/RowSpan", 1)),
            target=next(self._targets(item), "") if item.S == "/Link" else "",
        )

    def _heard(self, item: pikepdf.Object, page: pikepdf.Object | None) -> tuple[Element | str, ...]:
        """What it holds, or what is said in its place: what it is short for, what its look says besides."""
        if "/E" in item:
            return (f"{item.E} ",)
        return (str(item.ActualText),) if "/ActualText" in item else tuple(self._kids(item, page))

    def _kids(self, item: pikepdf.Object, page: pikepdf.Object | None) -> Iterator[Element | str]:
        for kid in _children(item):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield self._element(kid, page)
            elif text := self._text(kid, page):
                yield text

    def _text(self, kid: pikepdf.Object | int, page: pikepdf.Object | None) -> str:
        """The text of marked content; a reference to an annotation has none."""
        if isinstance(kid, pikepdf.Dictionary):
            if "/MCID" not in kid:
                return ""
            page, kid = kid.get("/Pg", page), kid.MCID
        return "" if page is None else self.texts.of(page).get(int(kid), "")

    def _targets(self, link: pikepdf.Object) -> Iterator[str]:
        for kid in _children(link):
            if not isinstance(kid, pikepdf.Dictionary) or "/Obj" not in kid:
                continue
            annotation = kid.Obj
            if "/Dest" in annotation:
                yield self._place(str(annotation.Dest))
            elif "/A" in annotation and "/URI" in annotation.A:
                yield str(annotation.A.URI)

    def _place(self, name: str) -> str:
        destination = self.destinations.get(name)
        return "führt ins Leere" if destination is None else f"Seite {self.pages[destination[0].objgen]}"


def _attributes(item: pikepdf.Object) -> Mapping[str, str]:
    """All attributes of an element, whoever owns them, as text."""
    told = item.get("/A", pikepdf.Array())
    owners = list(told) if isinstance(told, pikepdf.Array) else [told]
    return {
        key: str(value) for owner in owners if isinstance(owner, pikepdf.Dictionary) for key, value in owner.items()
    }


def _children(item: pikepdf.Object) -> list[pikepdf.Object | int]:
    inner = item.get("/K")
    if inner is None:
        return []
    return list(inner) if isinstance(inner, pikepdf.Array) else [inner]


def _named(node: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
    """The entries of a name tree, which may be split over several nodes (ISO 32000-1, 7.9.6)."""
    names = list(node.get("/Names", pikepdf.Array()))
    for name, place in zip(names[::2], names[1::2], strict=True):
        yield str(name), place.D if isinstance(place, pikepdf.Dictionary) else place
    for child in node.get("/Kids", pikepdf.Array()):
        yield from _named(child)
