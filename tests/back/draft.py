"""A Word file to edit in a test as a person would, plainly or with tracked changes.

Paragraphs are found by how they begin, in the body first where nothing else is said; the contents list does not count.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.ooxml.elements import Element, paragraph_style, properties, put, q, remove, text, w
from pipeline.ooxml.package import Package

AUTHOR, DATE = "Anna", "2026-11-20T10:00:00Z"
_COMMENTS = "word/comments.xml"
_DOCUMENT, _NOTES = "word/document.xml", "word/footnotes.xml"
_MARKS = (q("bookmarkStart"), q("bookmarkEnd"))
_LINKS = "word/_rels/document.xml.rels"
_CHECKSUM = re.compile(r"[0-9a-f]{8}(.[0-9a-f]{8}){7}")
"""The digits of the sources, among which any two figures stand sooner or later."""


def plain(element: Element) -> str:
    """The text that is seen, with plain spaces."""
    found = (node.text or "" for node in element.iter(q("t")))
    return "".join(found).replace("\u00a0", " ").replace("\u2011", "-")


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A zip that packs nothing: half of what making an edited file costs goes into packing its fonts again."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


class Draft:
    """One Word file in the hands of an editor."""

    def __init__(self, data: bytes, *, tracked: bool = False, author: str = AUTHOR) -> None:
        self.package = Package(data)
        self.tracked, self.author = tracked, author
        self._count = 900

    def to_bytes(self) -> bytes:
        """The edited file."""
        return stored(self.package.contents())

    def edit(self, operations: Iterable[Sequence[str]]) -> None:
        """Operations as data: a method's name and its arguments each."""
        for name, *arguments in operations:
            getattr(self, name)(*arguments)

    # --- finding --------------------------------------------------------------------------------------------------

    @property
    def body(self) -> Element:
        return self.package.tree(_DOCUMENT)[0]

    def paragraph(self, start: str) -> Element:
        """The first paragraph that begins so."""
        for paragraph in self.body.iter(q("p")):
            if plain(paragraph).startswith(start) and not paragraph_style(paragraph).startswith("TOC"):
                return paragraph
        raise LookupError(start)

    def row(self, start: str) -> Element:
        """The row with a cell that begins so."""
        for row in self.body.iter(q("tr")):
            if any(plain(cell).startswith(start) for cell in row.findall(q("tc"))):
                return row
        raise LookupError(start)

    def sheet(self, heading: str) -> list[Element]:
        """What stands under a heading of the third level, with it."""
        sheets = (item for item in self.body.findall(q("p")) if _is_sheet(item))
        first = next(item for item in sheets if plain(item).replace("\u00a0", " ").startswith(heading))
        following = (
            item for item in first.itersiblings() if (item.tag == q("p") and _opens(item)) or item.tag == q("sectPr")
        )
        end = next(following, None)
        items = [first]
        for item in first.itersiblings():
            if item is end:
                break
            items.append(item)
        return items

    def value(self, heading: str, label: str) -> Element:
        """The cell beside a label in a sheet."""
        for item in self.sheet(heading):
            for row in item.iter(q("tr")):
                cells = row.findall(q("tc"))
                if plain(cells[0]) == label:
                    return cells[1]
        raise LookupError(f"{heading}: {label}")

    # --- words ----------------------------------------------------------------------------------------------------

    def replace(self, old: str, new: str, times: int = 1) -> None:
        """Words of one run, in the text or the notes; `new` may be empty."""
        done = 0
        for root in (self.body, self.package.tree(_NOTES)):
            for paragraph in list(root.iter(q("p"))):
                if paragraph_style(paragraph).startswith("TOC"):
                    continue
                for run in list(paragraph.iter(q("r"))):
                    if done < times and old in plain(run) and run.getparent().tag != q("del"):  # type: ignore[union-attr]
                        self._replace_in(run, old, new)
                        done += 1
        if not done:
            raise LookupError(old)

    def _replace_in(self, run: Element, old: str, new: str) -> None:
        before, after = plain(run).split(old, 1)
        parts = [(before, ""), (old, "del"), (new, "ins"), (after, "")]
        place = run
        for content, change in parts:
            if not content or (change == "del" and not self.tracked):
                continue
            copied = _like(run, content, "delText" if change == "del" else "t")
            element = self._tracked(change, copied) if change and self.tracked else copied
            place.addnext(element)
            place = element
        remove(run)

    def break_before(self, words: str) -> None:
        """A line break within a paragraph, before words of one run."""
        run = next(run for run in self.body.iter(q("r")) if words in plain(run))
        before, after = plain(run).split(words, 1)
        line_break = w("r", w("br"))
        if before:
            run.addprevious(_like(run, before))
        run.addprevious(self._tracked("ins", line_break) if self.tracked else line_break)
        run.addprevious(_like(run, words + after))
        remove(run)

    def _tracked(self, kind: str, *children: Element) -> Element:
        self._count += 1
        return w(kind, *children, id=self._count, author=self.author, date=DATE)

    def heading(self, old: str, new: str) -> None:
        """Words of a heading."""
        for paragraph in self.body.findall(q("p")):
            if paragraph_style(paragraph).startswith("Heading") and old in plain(paragraph):
                self._replace_in(next(run for run in paragraph.iter(q("r")) if old in plain(run)), old, new)
                return
        raise LookupError(old)

    def cell(self, old: str, new: str) -> None:
        """All words of a table's cell that stand in one run."""
        for cell in self.body.iter(q("tc")):
            whole = next((run for run in cell.iter(q("r")) if plain(run) == old), None)
            if whole is not None and plain(cell) == old:
                self._replace_in(whole, old, new)
                return
        raise LookupError(old)

    # --- paragraphs -----------------------------------------------------------------------------------------------

    def insert(self, after: str, words: str, like: str = "") -> None:
        """A paragraph behind another, in its form or in that of a third."""
        where = self.paragraph(after)
        new = self._paragraph(words, self.paragraph(like) if like else where)
        _outermost(where, like).addnext(new)

    def insert_before(self, before: str, words: str) -> None:
        """A paragraph in front of another."""
        where = self.paragraph(before)
        where.addprevious(self._paragraph(words, where))

    def _paragraph(self, words: str, like: Element) -> Element:
        paragraph = w("p")
        inner = like.find(q("pPr"))
        if inner is not None:
            paragraph.append(copy.deepcopy(inner))
        run = w("r", text(words))
        if self.tracked:
            self._track_mark(paragraph, "ins")
            run = self._tracked("ins", run)
        paragraph.append(run)
        return paragraph

    def _track_mark(self, paragraph: Element, kind: str) -> None:
        inner = properties(paragraph, "pPr")
        marks = inner.find(q("rPr"))
        if marks is None:
            marks = w("rPr")
            put(inner, marks)
        marks.insert(0, self._tracked(kind))

    def delete(self, start: str) -> None:
        """A paragraph."""
        paragraph = self.paragraph(start)
        if not self.tracked:
            remove(paragraph)
            return
        self._delete_runs(paragraph)
        self._track_mark(paragraph, "del")

    def delete_leaving_mark(self, start: str, where: str) -> None:
        """A paragraph; its mark stays, at the start of the `next` one or at the end of the one `before`."""
        paragraph = self.paragraph(start)
        following, previous = paragraph.getnext(), paragraph.getprevious()
        assert following is not None
        assert previous is not None
        for mark in paragraph.findall(q("bookmarkStart")):
            ends = (item for item in paragraph.iter(q("bookmarkEnd")) if item.get(q("id")) == mark.get(q("id")))
            for item in (next(ends), mark) if where == "next" else (mark, next(ends)):
                previous.append(item) if where == "before" else following.insert(1, item)
        remove(paragraph)

    def _delete_runs(self, paragraph: Element) -> None:
        for run in list(paragraph.iter(q("r"))):
            for piece in run.findall(q("t")):
                piece.tag = q("delText")
            parent = run.getparent()
            assert parent is not None
            deleted = self._tracked("del")
            parent.replace(run, deleted)
            deleted.append(run)

    def split(self, start: str, at: str) -> None:
        """A paragraph before the words `at`."""
        paragraph = self.paragraph(start)
        second = w("p")
        inner = paragraph.find(q("pPr"))
        if inner is not None:
            second.append(copy.deepcopy(inner))
        run = next((run for run in paragraph.iter(q("r")) if at in plain(run)), None)
        if run is None:
            raise LookupError(at)
        before, after = plain(run).split(at, 1)
        rest = list(run.itersiblings())
        second.append(_like(run, at + after))
        second.extend(item for item in rest if item.tag not in _MARKS)
        run.addprevious(_like(run, before if self.tracked else before.rstrip()))  # a space that goes is no change
        remove(run)
        paragraph.addnext(second)
        if self.tracked:
            self._track_mark(paragraph, "ins")

    def join(self, start: str) -> None:
        """A paragraph with the next one, with a space between."""
        paragraph = self.paragraph(start)
        following = paragraph.getnext()
        assert following is not None
        space = w("r", text(" "))
        paragraph.append(self._tracked("ins", space) if self.tracked else space)
        if self.tracked:
            self._track_mark(paragraph, "del")
            return
        paragraph.extend(item for item in list(following) if item.tag != q("pPr"))
        remove(following)

    def move(self, start: str, after: str) -> None:
        """A paragraph behind another."""
        paragraph, where = self.paragraph(start), self.paragraph(after)
        if not self.tracked:
            where.addnext(paragraph)
            return
        copied = copy.deepcopy(paragraph)
        for mark in list(copied.iter(*_MARKS)):
            remove(mark)
        for run in list(copied.iter(q("r"))):
            parent = run.getparent()
            assert parent is not None
            moved = self._tracked("moveTo")
            parent.replace(run, moved)
            moved.append(run)
        self._track_mark(copied, "moveTo")
        where.addnext(copied)
        for run in list(paragraph.iter(q("r"))):
            parent = run.getparent()
            assert parent is not None
            moved = self._tracked("moveFrom")
            parent.replace(run, moved)
            moved.append(run)
        self._track_mark(paragraph, "moveFrom")

    # --- form -----------------------------------------------------------------------------------------------------

    def style(self, start: str, style: str) -> None:
        """A paragraph's style by its ID, '' for the default one."""
        self._form(self.paragraph(start), lambda inner: _set_style(inner, style))

    def like(self, start: str, other: str) -> None:
        """A paragraph in the form of another: its style, its list; whether its end is new or deleted stays its own."""
        model = self.paragraph(other).find(q("pPr"))

        def change(inner: Element) -> None:
            own = [mark for letters in inner.findall(q("rPr")) for mark in letters if mark.tag in (q("ins"), q("del"))]
            for item in list(inner):
                inner.remove(item)
            inner.extend(copy.deepcopy(item) for item in (() if model is None else model))
            for letters in inner.findall(q("rPr")):
                for mark in [*letters.findall(q("ins")), *letters.findall(q("del"))]:
                    letters.remove(mark)
            if own:
                if inner.find(q("rPr")) is None:
                    put(inner, w("rPr"))
                letters_of_end = inner.find(q("rPr"))
                assert letters_of_end is not None
                for mark in reversed(own):
                    letters_of_end.insert(0, mark)

        self._form(self.paragraph(start), change)

    def level(self, start: str, level: str) -> None:
        """The level of a list's item, from 0."""

        def change(inner: Element) -> None:
            found = inner.find(f"{q('numPr')}/{q('ilvl')}")
            assert found is not None
            found.set(q("val"), level)

        self._form(self.paragraph(start), change)

    def _form(self, paragraph: Element, change: Callable[[Element], None]) -> None:
        inner = properties(paragraph, "pPr")
        old = copy.deepcopy(inner)
        change(inner)
        if self.tracked:
            inner.append(self._tracked("pPrChange", old))

    def letters(self, words: str, tag: str, value: str = "", *, on: bool = True) -> None:
        """Words bold (`b`), italic (`i`), struck (`strike`), raised (`vertAlign`, `superscript`), or no longer."""
        for run in [run for run in self.body.iter(q("r")) if not _CHECKSUM.fullmatch(plain(run))]:
            if words not in plain(run):
                continue
            before, after = plain(run).split(words, 1)
            middle = _like(run, words)
            inner = properties(middle, "rPr")
            old = copy.deepcopy(inner)
            for item in inner.findall(q(tag)) + inner.findall(q(f"{tag}Cs")):
                inner.remove(item)
            if on:
                inner.insert(0 if inner.find(q("rStyle")) is None else 1, w(tag, val=value) if value else w(tag))
            if self.tracked:
                inner.append(self._tracked("rPrChange", old))
            for piece in (_like(run, before) if before else None, middle, _like(run, after) if after else None):
                if piece is not None:
                    run.addprevious(piece)
            remove(run)
            return
        raise LookupError(words)

    def unletter(self, words: str, tag: str) -> None:
        """Words no longer bold, italic, struck."""
        self.letters(words, tag, on=False)

    def link(self, words: str, address: str) -> None:
        """Words as a link to an address."""
        relationships = self.package.tree(_LINKS)
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        entry = copy.deepcopy(relationships[0])
        identifier = f"rIdTest{len(relationships)}"
        for name, value in (("Id", identifier), ("Type", kind), ("Target", address), ("TargetMode", "External")):
            entry.set(name, value)
        relationships.append(entry)
        run = next(run for run in self.body.iter(q("r")) if words in plain(run))
        before, after = plain(run).split(words, 1)
        link = w("hyperlink", _like(run, words))
        link.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", identifier)
        for piece in (_like(run, before) if before else None, link, _like(run, after) if after else None):
            if piece is not None:
                run.addprevious(piece)
        remove(run)

    # --- notes ----------------------------------------------------------------------------------------------------

    def note(self, words: str, content: str) -> None:
        """A footnote behind words."""
        notes = self.package.tree(_NOTES)
        number = str(max(int(note.get(q("id"), "0")) for note in notes) + 1)
        note = w(
            "footnote",
            w("p", w("pPr", w("pStyle", val="FootnoteText")), w("r", w("footnoteRef")), w("r", text(f" {content}"))),
            id=number,
        )
        notes.append(note)
        run = next(run for run in self.body.iter(q("r")) if words in plain(run))
        before, after = plain(run).split(words, 1)
        call = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteReference", id=number))
        pieces = [_like(run, before + words), self._tracked("ins", call) if self.tracked else call]
        for piece in [*pieces, *([_like(run, after)] if after else [])]:
            run.addprevious(piece)
        remove(run)

    def _copy_notes(self, copied: Element) -> None:
        """Gives calls in something copied notes of their own, as Word does: no two calls call the same one."""
        notes = self.package.tree(_NOTES)
        for call in copied.iter(q("footnoteReference")):
            called = call.get(q("id"))
            note = copy.deepcopy(next(note for note in notes if note.get(q("id")) == called))
            number = str(max(int(other.get(q("id"), "0")) for other in notes) + 1)
            for item in (call, note):
                item.set(q("id"), number)
            notes.append(note)

    def delete_note(self, start: str) -> None:
        """The first call of a note in a paragraph."""
        run = next(run for run in self.paragraph(start).iter(q("r")) if run.find(q("footnoteReference")) is not None)
        if not self.tracked:
            remove(run)
            return
        parent = run.getparent()
        assert parent is not None
        deleted = self._tracked("del")
        parent.replace(run, deleted)
        deleted.append(run)

    def settle_notes(self) -> None:
        """Notes that nothing calls go, the others stand as they are called, as Word has it when it saves.

        LibreOffice tells notes by their order alone.
        """
        notes = self.package.tree(_NOTES)
        called = [call.get(q("id")) for call in self.body.iter(q("footnoteReference"))]
        written = [note for note in notes.findall(q("footnote")) if note.get(q("type")) in (None, "normal")]
        by_number = {note.get(q("id")): note for note in written}
        for note in written:
            remove(note)
        notes.extend(by_number[number] for number in dict.fromkeys(called))

    def comment(self, words: str, content: str) -> None:
        """A comment at words."""
        if _COMMENTS not in self.package.parts:
            self.package.add_word_part("comments", "comments.xml", w("comments"), "rIdKommentare")
        comments = self.package.tree(_COMMENTS)
        number = str(len(comments))
        comments.append(w("comment", w("p", w("r", text(content))), id=number, author=self.author, date=DATE))
        run = next(run for run in self.body.iter(q("r")) if words in plain(run))
        run.addprevious(w("commentRangeStart", id=number))
        run.addnext(w("r", w("commentReference", id=number)))
        run.addnext(w("commentRangeEnd", id=number))

    # --- tables ---------------------------------------------------------------------------------------------------

    def insert_row(self, after: str, *cells: str) -> None:
        """A row behind the one with a cell that begins so."""
        where = self.row(after)
        new = copy.deepcopy(where)
        for mark in list(new.iter(*_MARKS)):
            remove(mark)
        for cell, words in zip(new.findall(q("tc")), cells, strict=True):
            paragraph = cell.find(q("p"))
            assert paragraph is not None
            for item in [item for item in paragraph if item.tag != q("pPr")]:
                paragraph.remove(item)
            paragraph.append(w("r", text(words)))
            for other in cell.findall(q("p"))[1:]:
                cell.remove(other)
        if self.tracked:
            properties(new, "trPr").append(self._tracked("ins"))
        where.addnext(new)

    def delete_row(self, start: str) -> None:
        """The row with a cell that begins so."""
        row = self.row(start)
        if self.tracked:
            properties(row, "trPr").append(self._tracked("del"))
            for paragraph in row.iter(q("p")):
                self._delete_runs(paragraph)
        else:
            remove(row)

    def delete_column(self, start: str) -> None:
        """The column whose head begins so."""
        head = self.row(start)
        index = next(index for index, cell in enumerate(head.findall(q("tc"))) if plain(cell).startswith(start))
        table = head.getparent()
        assert table is not None
        for row in table.findall(q("tr")):
            row.remove(row.findall(q("tc"))[index])

    def insert_column(self, after: str, *cells: str) -> None:
        """A column behind the one whose head begins so."""
        head = self.row(after)
        index = next(index for index, cell in enumerate(head.findall(q("tc"))) if plain(cell).startswith(after))
        table = head.getparent()
        assert table is not None
        for row, words in zip(table.findall(q("tr")), cells, strict=True):
            row.findall(q("tc"))[index].addnext(w("tc", w("p", w("r", text(words)))))

    # --- sheets ---------------------------------------------------------------------------------------------------

    UNTRACKED = frozenset(
        (
            "link",
            "delete_column",
            "insert_column",
            "copy_sheet",
            "insert_after_sheet",
            "delete_sheet",
            "delete_leaving_mark",
            "set_broken",
        )
    )
    """What is done without tracking here, whatever is switched on."""

    def set(self, heading: str, label: str, *lines: str) -> None:
        """A field of a sheet, all its lines; unchanged ones stay as they are."""
        cell = self.value(heading, label)
        old = cell.findall(q("p"))
        known = {plain(paragraph): paragraph for paragraph in old}
        place = old[0].getprevious()
        for line in lines:
            if line in known:
                paragraph = known[line]
                if paragraph.getprevious() is not place and not self.tracked:  # an order is no tracked change
                    (cell.insert(0, paragraph) if place is None else place.addnext(paragraph))
            else:
                paragraph = self._paragraph(line, old[0])
                cell.insert(0, paragraph) if place is None else place.addnext(paragraph)
            place = paragraph
        for paragraph in old:
            if plain(paragraph) not in lines:
                if self.tracked:
                    self._delete_runs(paragraph)
                    self._track_mark(paragraph, "del")
                else:
                    cell.remove(paragraph)

    def set_broken(self, heading: str, label: str, *lines: str) -> None:
        """The same in one paragraph, with a line break before each line but the first (Shift+Enter)."""
        self.set(heading, label, " ".join(lines))
        run = next(run for run in self.value(heading, label).iter(q("r")) if plain(run) == " ".join(lines))
        for number, line in enumerate(lines):
            run.addprevious(_like(run, line))
            if number < len(lines) - 1:
                run.addprevious(w("r", w("br")))
        remove(run)

    def copy_sheet(self, heading: str, new: str) -> None:
        """A sheet behind itself, under another heading; copies have no marks."""
        items = self.sheet(heading)
        place = items[-1]
        for item in items:
            copied = copy.deepcopy(item)
            for mark in list(copied.iter(*_MARKS)):
                remove(mark)
            if item is items[0]:
                for child in [child for child in copied if child.tag != q("pPr")]:
                    copied.remove(child)
                copied.append(w("r", text(new)))
            self._copy_notes(copied)
            place.addnext(copied)
            place = copied

    def insert_after_sheet(self, heading: str, words: str) -> None:
        """A paragraph behind a whole sheet."""
        last = self.sheet(heading)[-1]
        last.addnext(self._paragraph(words, w("p")))

    def delete_sheet(self, heading: str) -> None:
        """A whole sheet."""
        for item in self.sheet(heading):
            remove(item)


def _is_sheet(paragraph: Element) -> bool:
    """Whether it is the heading of a measure, a goal or a proposal."""
    return paragraph_style(paragraph) in ("Heading3", "ZPZiel", "Heading2")


def _opens(paragraph: Element) -> bool:
    return paragraph_style(paragraph).startswith("Heading") or paragraph_style(paragraph) in ("ZPberzeile", "ZPZiel")


def _outermost(paragraph: Element, like: str) -> Element:
    """A paragraph in the form of another stands outside a table in which the first may stand."""
    table = next(paragraph.iterancestors(q("tbl")), None) if like else None
    return paragraph if table is None else table


def _like(run: Element, content: str, tag: str = "t") -> Element:
    inner = run.find(q("rPr"))
    copied = w("r", *([copy.deepcopy(inner)] if inner is not None else []))
    copied.append(text(content, tag))
    return copied


def _set_style(inner: Element, style: str) -> None:
    for old in inner.findall(q("pStyle")):
        inner.remove(old)
    if style:
        put(inner, w("pStyle", val=style))
