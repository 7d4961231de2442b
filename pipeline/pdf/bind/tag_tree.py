"""The structure elements of one piece after the other in, the bound PDF's tag tree out, as objects of an update."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pikepdf import String

from pipeline.pdf.bind.update import Update
from pipeline.pdf.tags.structure import Element, Mark


class TagTree:
    """`add` every piece's elements in order, then `finish`. Only what later pieces may go on with is kept meanwhile."""

    def __init__(
        self, update: Update, root: int, pages: Sequence[int], annotations: Mapping[int, tuple[int, int]]
    ) -> None:
        """The numbers of objects: the root, pages in order, annotations with their page by key in the parent tree."""
        self._update, self._root, self._pages, self._annotations = update, root, pages, annotations
        self._document = update.reserve()
        self._sections: list[int] = []
        self._open: dict[int, tuple[bytes, list[bytes]]] = {}  # the last section and the last element in it
        self._parents: list[bytes] = []
        self._names: dict[str, int] = {}
        self._page = self._key = 0  # how many pages and keys earlier pieces have

    def add(self, elements: Sequence[Element], pages: int, *, continues: bool) -> None:
        """The elements of a piece, the Document's first.

        One that `continues` goes on with the last section, and where its first element says so with the last in that.
        """
        document, *others = elements
        last_section = elements[_places(document)[-1]]
        open_now = {last_section.place, *_places(last_section)[-1:]}
        joined = self._joined(elements) if continues else self._closed()
        numbers = {item.place: joined.get(item.place) or self._update.reserve() for item in others}
        numbers[document.place] = self._document
        self._sections += [numbers[place] for place in _places(document) if place not in joined]
        for element in others:
            new = (kid for kid in element.kids if not (isinstance(kid, int) and kid in joined))
            kids = [self._kid(kid, element, numbers) for kid in new]
            number = numbers[element.place]
            if element.place in joined:
                self._open[number][1].extend(kids)
            elif element.place in open_now:
                self._open[number] = self._head(element, numbers), kids
            else:
                self._write(number, self._head(element, numbers), kids)
            if name := element.said.get("ID"):
                self._names[name] = number
        self._close(set(self._open) - {numbers[place] for place in open_now})
        self._own(elements, numbers, pages)

    def _joined(self, elements: Sequence[Element]) -> dict[int, int]:
        """The elements of a continuation that are not new, with the numbers of those that they go on with.

        A long sheet is typeset in several pieces. To a screen reader it must be one section with one table, not three,
        so the further pieces' sections, and where they say so their tables, are written into the first one's.
        """
        sections = _places(elements[0])
        joined = dict.fromkeys(sections, self._sections[-1])
        first = elements[_places(elements[sections[0]])[0]]
        if first.continues:
            joined[first.place] = next(number for number in self._open if number != self._sections[-1])
        return joined

    def _closed(self) -> dict[int, int]:
        """Writes what was kept open: the next piece does not go on with it, so no element is joined."""
        self._close(set(self._open))
        return {}

    def _close(self, numbers: set[int]) -> None:
        for number in sorted(numbers):
            self._write(number, *self._open.pop(number))

    def _own(self, elements: Sequence[Element], numbers: Mapping[int, int], pages: int) -> None:
        """Notes which element owns each marked content and each annotation, under the piece's keys of the parent tree.

        That tree leads from what is drawn back to the element it belongs to (ISO 32000-1, 14.7.4.4).
        """
        marks: list[dict[int, int]] = [{} for _ in range(pages)]
        links: dict[int, int] = {}
        for element in elements[1:]:
            for kid in element.kids:
                if not isinstance(kid, int):
                    marks[kid[0]][kid[1]] = numbers[element.place]
                elif kid < 0:
                    links[-kid] = numbers[element.place]
        for key, owners in enumerate(marks, self._key):
            # The parent tree lists the owners of a page's marked content by its number; numbers of artifacts are gaps.
            found = (owners.get(mark) for mark in range(max(owners, default=-1) + 1))
            listed = b" ".join(b"null" if number is None else b"%d 0 R" % number for number in found)
            self._parents.append(b"%d[%s]" % (key, listed))
        self._parents += [b"%d %d 0 R" % (self._key + key, number) for key, number in sorted(links.items())]
        self._page += pages
        self._key += pages + len(links)

    def add_forms(self, labels: Sequence[str]) -> None:
        """The fields of the form, whose annotations have the keys that follow all pieces' own.

        What a field's element holds is no list: of one, a signature would be taken for a change of the first when the
        second is added.
        """
        for label in labels:
            widget, page = self._annotations[self._key]
            number = self._update.reserve()
            self._update.add(
                number,
                b"<</Type/StructElem/S/Form/P %d 0 R/Pg %d 0 R/Alt %s/K<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>>>"
                % (self._document, page, _text(label), widget, page),
            )
            self._sections.append(number)
            self._parents.append(b"%d %d 0 R" % (self._key, number))
            self._key += 1

    def finish(self) -> None:
        """Writes what holds all pieces together: the Document, the parent tree, the names of notes, the root."""
        self._closed()
        update, parents = self._update, self._update.reserve()
        sections = b" ".join(b"%d 0 R" % number for number in self._sections)
        update.add(self._document, b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>" % (self._root, sections))
        update.add(parents, b"<</Nums[%s]>>" % b" ".join(self._parents))
        names = b""
        if self._names:
            pairs = b" ".join(b"%s %d 0 R" % (_text(name), self._names[name]) for name in sorted(self._names))
            number = update.reserve()
            update.add(number, b"<</Names[%s]>>" % pairs)
            names = b"/IDTree %d 0 R" % number
        update.add(
            self._root,
            b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d%s>>"
            % (self._document, parents, self._key, names),
        )

    # --- an element ---------------------------------------------------------------------------------------------

    def _write(self, number: int, head: bytes, kids: Sequence[bytes]) -> None:
        self._update.add(number, b"%s/K[%s]>>" % (head, b" ".join(kids)))

    def _head(self, element: Element, numbers: Mapping[int, int]) -> bytes:
        """An element as it is written, but for what it holds."""
        head = b"<</Type/StructElem/S/%s/P %d 0 R/Pg %d 0 R" % (
            element.tag.encode(),
            numbers[element.parent],
            self._pages[self._page + element.page],
        )
        for key, value in element.said.items():
            head += b"/%s %s" % (key.encode(), _text(value))
        if element.attributes:
            head += b"/A<<%s>>" % "".join(f"/{key} {value}" for key, value in element.attributes.items()).encode()
        if element.related:
            head += b"/Ref[%s]" % b" ".join(b"%d 0 R" % numbers[place] for place in element.related)
        return head

    def _kid(self, kid: int | Mark, element: Element, numbers: Mapping[int, int]) -> bytes:
        """What an element holds: another, marked content of its page or of a further one, an annotation."""
        if not isinstance(kid, int):
            page, content = kid
            if page == element.page:
                return b"%d" % content
            return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (self._pages[self._page + page], content)
        if kid > 0:
            return b"%d 0 R" % numbers[kid]
        return b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % self._annotations[self._key - kid]


def _places(element: Element) -> list[int]:
    """The elements that an element holds."""
    return [kid for kid in element.kids if isinstance(kid, int) and kid > 0]


def _text(text: str) -> bytes:
    return String(text).unparse()
