"""What an editor does in an open document, done in LibreOffice: the operations of `draft.Draft`, by the same names.

Runs in LibreOffice's own Python, so it imports nothing of the pipeline. Paragraphs are found by how they begin, in the
body first; the contents list does not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from com.sun.star.awt.FontSlant import ITALIC, NONE
from com.sun.star.text.ControlCharacter import LINE_BREAK, PARAGRAPH_BREAK

from tests.back.office.operations import Operations
from tests.back.office.places import (
    TABLE,
    behind,
    heads,
    items_of,
    known,
    lies_in,
    pattern,
    plain,
    position,
    retype,
    style_of,
    whole,
    whole_paragraph,
)

STYLES = {"": "Standard", "Heading2": "Heading 2", "Heading3": "Heading 3", "SourceCode": "Source Code"}
ABOVE_HEADING = "ZP Oberzeile"
CHECKSUM = re.compile(r"[0-9a-f]{8}( [0-9a-f]{8}){7}")
BOLD, PLAIN, STRUCK, UNSTRUCK = 150.0, 100.0, 1, 0


class Gestures(Operations):
    """One open text in the hands of an editor."""

    def settle(self, command: str) -> None:
        """All tracked changes at once: `AcceptAllTrackedChanges` or `RejectAllTrackedChanges`."""
        frame = self.view.getFrame()
        self.dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, ())

    # --- finding --------------------------------------------------------------------------------------------------

    def _body(self) -> Iterator[Any]:
        """Paragraphs and tables of the body in their order."""
        yield from items_of(self.document.getText())

    def paragraph(self, start: str) -> Any:
        """The first paragraph that begins so, as a range over its text."""
        found = self._find(start, lambda found: whole_paragraph(found).getString().startswith(found.getString()))
        return whole_paragraph(found)

    def _cell(self, words: str, *, whole: bool = False) -> tuple[Any, int, int]:
        """The table, row and column of the first cell that begins so, or has these words alone."""
        for item in self._body():
            if not item.supportsService(TABLE):
                continue
            for name in item.getCellNames():
                content = plain(item.getCellByName(name).getString())
                if content == words or (not whole and content.startswith(words)):
                    return item, *position(name)
        raise LookupError(words)

    def sheet(self, heading: str) -> list[Any]:
        """What stands under a heading of the third level, with it, and what follows it."""
        items = self._body()
        found = [next(item for item in items if heads(item, heading))]
        for item in items:
            found.append(item)
            if style_of(item).startswith("Heading") or style_of(item) == ABOVE_HEADING:
                break
        return found

    def value(self, heading: str, label: str) -> Any:
        """The cell beside a label in a sheet."""
        for item in self.sheet(heading):
            if item.supportsService(TABLE):
                for name in item.getCellNames():
                    column, row = position(name)[1], position(name)[0]
                    if column == 0 and plain(item.getCellByName(name).getString()) == label:
                        return item.getCellByName(f"B{row + 1}")
        raise LookupError(f"{heading}: {label}")

    def _find(self, words: str, within: Callable[[Any], bool] = lambda _: True) -> Any:
        """The first place of these words in the body or a note."""
        search = self.document.createSearchDescriptor()
        search.SearchRegularExpression, search.SearchCaseSensitive = True, True
        search.SearchString = pattern(words)
        found = self.document.findFirst(search)
        while found is not None:
            if self._is_typed_in(found) and within(found):
                return found
            found = self.document.findNext(found.getEnd(), search)
        raise LookupError(words)

    @staticmethod
    def _is_typed_in(found: Any) -> bool:
        """Not in the contents, a head, or the checksum, whose digits hold any two figures sooner or later."""
        if found.ParaStyleName.startswith(("Contents", "toc")) or "Head" in found.getText().getImplementationName():
            return False
        return CHECKSUM.fullmatch(plain(whole_paragraph(found).getString())) is None

    # --- words ----------------------------------------------------------------------------------------------------

    def replace(self, old: str, new: str) -> None:
        """Words, as one types: what stays the same at both ends is not touched."""
        retype(self._find(old), new)

    def break_before(self, words: str) -> None:
        """A line break within a paragraph, before words."""
        start = self._find(words).getStart()
        start.getText().insertControlCharacter(start, LINE_BREAK, False)

    def heading(self, old: str, new: str) -> None:
        """Words of a heading."""
        retype(self._find(old, lambda found: found.ParaStyleName.startswith("Heading")), new)

    def update_contents(self) -> None:
        """Makes the contents list anew, as a right click on it offers."""
        lists = self.document.getDocumentIndexes()
        for place in range(lists.getCount()):
            lists.getByIndex(place).update()

    def cell(self, old: str, new: str) -> None:
        """All words of a table's cell."""
        table, row, column = self._cell(old, whole=True)
        retype(whole(table.getCellByPosition(column, row)), new)

    # --- paragraphs -----------------------------------------------------------------------------------------------

    def insert(self, after: str, words: str, like: str = "") -> None:
        """A paragraph behind another, in its form or in that of a third."""
        end = self.paragraph(after).getEnd()
        end.getText().insertControlCharacter(end, PARAGRAPH_BREAK, False)
        cursor = behind(self.paragraph(after))
        cursor.getText().insertString(cursor, words, False)
        if like:
            self.like(words, like)

    def insert_before(self, before: str, words: str) -> None:
        """A paragraph in front of another."""
        start = self.paragraph(before).getStart()
        text = start.getText()
        text.insertString(start, words, False)
        cursor = text.createTextCursorByRange(self.paragraph(words))
        cursor.gotoStartOfParagraph(False)
        cursor.goRight(len(words), False)
        text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)

    def delete(self, start: str) -> None:
        """A paragraph with its mark."""
        self._strike_out(self.paragraph(start))

    def _strike_out(self, paragraph: Any) -> None:
        """Selects a paragraph with its mark, the last of a text with the mark before, and presses the delete key."""
        cursor = paragraph.getText().createTextCursorByRange(paragraph.getStart())
        cursor.gotoEndOfParagraph(True)
        if not cursor.goRight(1, True):
            cursor.gotoRange(paragraph.getEnd(), False)
            cursor.gotoStartOfParagraph(True)
            cursor.goLeft(1, True)
        self.view.select(cursor)
        self._press(".uno:Delete")

    def _press(self, command: str) -> None:
        self.dispatcher.executeDispatch(self.view.getFrame(), command, "", 0, ())

    def split(self, start: str, at: str) -> None:
        """A paragraph before the words `at`; the space before them goes."""
        paragraph = self.paragraph(start)
        text = paragraph.getText()
        place = self._find(at, lambda found: lies_in(found, paragraph))
        cursor = text.createTextCursorByRange(place.getStart())
        cursor.goLeft(1, True)
        if cursor.getString().isspace() and not self.document.RecordChanges:
            cursor.setString("")
        place = self._find(at, lambda found: lies_in(found, paragraph)).getStart()
        text.insertControlCharacter(place, PARAGRAPH_BREAK, False)

    def join(self, start: str) -> None:
        """A paragraph with the next one, with a space between."""
        paragraph = self.paragraph(start)
        cursor = paragraph.getText().createTextCursorByRange(paragraph.getEnd())
        cursor.goRight(1, True)
        cursor.setString(" ")

    def move(self, start: str, after: str) -> None:
        """A paragraph behind another: near by with the keys that move it up or down, else cut and pasted."""
        order = list(self._body())
        words = [plain(item.getAnchor().getString()) for item in order]
        at, to = (next(i for i, text in enumerate(words) if text.startswith(begin)) for begin in (start, after))
        if any(item.supportsService(TABLE) for item in order[min(at, to) : max(at, to)]):
            self._move_far(start, after)
            return
        self.view.select(self.paragraph(start).getStart())
        for _ in range(to - at if to > at else at - to - 1):
            self._press(".uno:MoveDown" if to > at else ".uno:MoveUp")

    def _move_far(self, start: str, after: str) -> None:
        self.view.select(self.paragraph(start))
        copied = self.view.getTransferable()
        end = self.paragraph(after).getEnd()
        end.getText().insertControlCharacter(end, PARAGRAPH_BREAK, False)
        going = self.paragraph(start)
        self.view.select(behind(self.paragraph(after)))
        self.view.insertTransferable(copied)
        self._strike_out(going)

    # --- form -----------------------------------------------------------------------------------------------------

    def style(self, start: str, style: str) -> None:
        """A paragraph's style by its ID, '' for the default one."""
        self.paragraph(start).ParaStyleName = STYLES[style]

    def like(self, start: str, other: str) -> None:
        """A paragraph in the form of another: its style, its list."""
        paragraph, model = self.paragraph(start), self.paragraph(other)
        paragraph.ParaStyleName = model.ParaStyleName
        if model.NumberingRules is not None:
            paragraph.NumberingRules, paragraph.NumberingLevel = model.NumberingRules, model.NumberingLevel
        elif paragraph.NumberingRules is not None:
            self.view.select(paragraph)
            self._press(".uno:RemoveBullets")

    def level(self, start: str, level: str) -> None:
        """The level of a list's item, from 0."""
        self.paragraph(start).NumberingLevel = int(level)

    def letters(self, words: str, tag: str, *, on: bool = True) -> None:
        """Words bold (`b`), italic (`i`), struck (`strike`), or no longer."""
        found = self._find(words)
        if tag == "b":
            found.CharWeight = BOLD if on else PLAIN
        elif tag == "i":
            found.CharPosture = ITALIC if on else NONE
        else:
            found.CharStrikeout = STRUCK if on else UNSTRUCK

    def unletter(self, words: str, tag: str) -> None:
        """Words no longer bold, italic, struck."""
        self.letters(words, tag, on=False)

    def link(self, words: str, address: str) -> None:
        """Words as a link to an address."""
        self._find(words).HyperLinkURL = address

    # --- notes ----------------------------------------------------------------------------------------------------

    def note(self, words: str, content: str) -> None:
        """A footnote behind words."""
        place = self._find(words).getEnd()
        note = self.document.createInstance("com.sun.star.text.Footnote")
        place.getText().insertTextContent(place, note, False)
        note.setString(content)

    def delete_note(self, start: str) -> None:
        """The first call of a note in a paragraph."""
        (paragraph,) = items_of(self.paragraph(start))
        next(item for item in items_of(paragraph) if item.TextPortionType == "Footnote").setString("")

    # --- tables ---------------------------------------------------------------------------------------------------

    def insert_row(self, after: str, *cells: str) -> None:
        """A row behind the one with a cell that begins so."""
        table, row, _ = self._cell(after)
        table.getRows().insertByIndex(row + 1, 1)
        for column, words in enumerate(cells):
            table.getCellByPosition(column, row + 1).setString(words)

    def delete_row(self, start: str) -> None:
        """The row with a cell that begins so."""
        table, row, _ = self._cell(start)
        table.getRows().removeByIndex(row, 1)

    def insert_column(self, after: str, *cells: str) -> None:
        """A column behind the one whose head begins so."""
        table, _, column = self._cell(after)
        table.getColumns().insertByIndex(column + 1, 1)
        for row, words in enumerate(cells):
            table.getCellByPosition(column + 1, row).setString(words)

    def delete_column(self, start: str) -> None:
        """The column whose head begins so."""
        table, _, column = self._cell(start)
        table.getColumns().removeByIndex(column, 1)

    # --- sheets ---------------------------------------------------------------------------------------------------

    def set(self, heading: str, label: str, *lines: str) -> None:
        """A field of a sheet, all its lines; unchanged ones stay as they are."""
        cell = self.value(heading, label)
        written = {known(item.getString()): item.getString() for item in items_of(cell)}
        old, new = list(written), [written.get(line, line) for line in lines]
        for kind, first, last, start, end in reversed(SequenceMatcher(None, old, lines, autojunk=False).get_opcodes()):
            if kind != "equal":
                self._set_lines(cell, slice(first, last), new[start:end])

    def _set_lines(self, cell: Any, old: slice, new: Sequence[str]) -> None:
        """Other lines for some: as many as there are get other words, the rest comes or goes."""
        items = list(items_of(cell))[old]
        for item, line in zip(items, new, strict=False):
            words = item.getString()
            retype(self._find(words, lambda found, item=item: lies_in(found, item)), line)  # type: ignore[misc]
        for item in reversed(items[len(new) :]):
            self._strike_out(item)
        at = old.start + len(items)
        for line in reversed(new[len(items) :]):
            if at == 0:
                cell.insertControlCharacter(cell.getStart(), PARAGRAPH_BREAK, False)
            else:
                cell.insertControlCharacter(list(items_of(cell))[at - 1].getEnd(), PARAGRAPH_BREAK, False)
            cell.insertString(list(items_of(cell))[at].getStart(), line, False)

    def copy_sheet(self, heading: str, new: str) -> None:
        """A sheet behind itself, under another heading: selected, copied and pasted in front of what follows."""
        end = self._select_sheet(heading)
        copied = self.view.getTransferable()
        self.view.select(end)
        self.view.insertTransferable(copied)
        first, second = [item for item in self._body() if heads(item, heading)][:2]
        del first
        retype(second, new)

    def delete_sheet(self, heading: str) -> None:
        """A whole sheet."""
        self._select_sheet(heading)
        self._press(".uno:Delete")

    def _select_sheet(self, heading: str) -> Any:
        """Selects a sheet up to the next heading; where it ends."""
        *items, after = self.sheet(heading)
        start, end = items[0].getStart(), after.getStart()
        cursor = self.view.getViewCursor()
        cursor.gotoRange(start, False)
        cursor.gotoRange(end, True)
        return end

    def insert_after_sheet(self, heading: str, words: str) -> None:
        """A paragraph behind a whole sheet."""
        after = self.sheet(heading)[-1]
        text = after.getText()
        text.insertControlCharacter(after.getStart(), PARAGRAPH_BREAK, False)
        added = self.sheet(heading)[-1]
        added.ParaStyleName = STYLES[""]
        text.insertString(added.getStart(), words, False)
