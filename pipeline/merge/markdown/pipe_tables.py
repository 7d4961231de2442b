"""Tables in Markdown: a source's lines and the rows before and after an edit in, the lines as they shall be out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.merge.markdown.inline import HARD_BREAK
from pipeline.merge.markdown.kept_words import change_words
from pipeline.merge.markdown.source_text import Leaf, SourceText
from pipeline.merge.markdown.units import CellUnit

_BREAK: Final = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|\\.|(?P<br><br[ \t]*/?>)", re.IGNORECASE)

Rows = Sequence[Sequence[CellUnit]]

_CELL_END: Final = re.compile(r"(?<!\\)\|")  # not the one that is escaped and belongs to a cell's words


def new_table(rows: Rows) -> list[str]:
    """The lines of a table that is new."""
    count = max((len(row) for row in rows), default=0)
    lines = [_line([cell.text for cell in row], count) for row in rows]
    return [*lines[:1], _line(["---"] * count, count), *lines[1:]] if lines else []


def edited_table(source: SourceText, leaf: Leaf, before: Rows, after: Rows) -> list[str]:
    """The lines of a table that was edited; rows in which no word changed keep theirs."""
    columns = _columns(leaf, after)
    same_columns = columns == list(range(len(leaf.rows[0]))) and all(len(row) == len(columns) for row in after)
    origins = _origins(leaf, before, after)
    lines = []
    for row, origin in zip(after, origins, strict=True):
        if origin is None:
            lines.append(_line([cell.text for cell in row], len(columns)))
            continue
        raw = source.lines[_line_of(leaf, origin)]
        if same_columns:
            lines.append(_same_cells(raw, before[origin], row))
        else:
            lines.append(_other_cells(raw, before[origin], row, columns))
    delimiter = source.lines[leaf.start + 1]
    if not same_columns:
        old = _cells(delimiter)
        delimiter = _line(["---" if column is None else old[column].strip() for column in columns], len(columns))
    return [*lines[:1], delimiter, *lines[1:]] if lines else []


def _line_of(leaf: Leaf, row: int) -> int:
    """The second line of a table tells how the columns are aligned."""
    return leaf.start + (row + 1 if row else 0)


def _columns(leaf: Leaf, after: Rows) -> list[int | None]:
    """Of each column after the edit the one that it was, as the row tells whose cells kept most of their marks.

    Every cell has a mark with its column. Whoever deletes the first of two columns leaves [1], whoever puts one between
    them leaves [0, None, 1]. As many columns as before count as the same ones, even where they were exchanged.
    """
    best = max(after, key=lambda row: sum(bool(cell.places) for cell in row), default=())
    columns: list[int | None] = [cell.places[0].column if cell.places else None for cell in best]
    if len(columns) == len(leaf.rows[0]):
        return list(range(len(columns)))
    return columns


def _origins(leaf: Leaf, before: Rows, after: Rows) -> list[int | None]:
    """Of each row after the edit the one that it was, None for a new one.

    Most of its cells' marks decide, since a cell may have been copied from another row; without marks its words do. No
    row is two rows: a copied one is new the second time.
    """
    number = {_line_of(leaf, index): index for index in range(len(before))}
    texts = {tuple(cell.text for cell in row): index for index, row in reversed(list(enumerate(before)))}
    origins: list[int | None] = []
    for row in after:
        starts = [place.start for cell in row for place in cell.places if place.start in number]
        found = number[max(set(starts), key=starts.count)] if starts else texts.get(tuple(cell.text for cell in row))
        origins.append(None if found in origins else found)
    return origins


def _same_cells(raw: str, before: Sequence[CellUnit], after: Sequence[CellUnit]) -> str:
    """A row's line with its edited cells changed; a cell that was padded to a width keeps it where the words fit."""
    pieces = _CELL_END.split(raw)
    first = 1 if raw.lstrip().startswith("|") else 0
    for index, (old, new) in enumerate(zip(before, after, strict=False)):
        if old.text != new.text and first + index < len(pieces):
            cell = pieces[first + index]
            own = _BREAK.sub(_broken, cell.strip().replace("\\|", "|"))
            text = _escaped(change_words(own, old.text, new.text), _break(cell))
            pieces[first + index] = f" {text} ".ljust(len(cell)) if cell.strip() else f" {text} "
    return "|".join(pieces)


def _other_cells(raw: str, before: Sequence[CellUnit], after: Sequence[CellUnit], columns: Sequence[int | None]) -> str:
    own = _cells(raw)
    texts = []
    for cell, column in zip(after, columns, strict=False):
        known = column is not None and column < len(own) and before[column].text == cell.text
        texts.append(own[column or 0].strip().replace("\\|", "|") if known else cell.text)
    return _line(texts, len(columns))


def _cells(raw: str) -> list[str]:
    """The cells of a line; the bars at its ends may be missing and make none."""
    pieces = _CELL_END.split(raw.strip())
    start = 1 if pieces and not pieces[0].strip() else 0
    end = len(pieces) - 1 if len(pieces) > 1 and not pieces[-1].strip() else len(pieces)
    return pieces[start:end]


def _line(texts: Sequence[str], count: int) -> str:
    cells = [_escaped(text) for text in texts] + [""] * (count - len(texts))
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str, line_break: str = "<br>") -> str:
    """A cell's Markdown in its line: every bar belongs to its words, behind a backslash of its own too."""
    return text.replace(HARD_BREAK, line_break).replace("|", "\\|")


def _broken(found: re.Match[str]) -> str:
    """A `<br>` of a cell as the break that it is; in code it stands for itself."""
    return HARD_BREAK if found["br"] else found[0]


def _break(cell: str) -> str:
    """How a cell's author writes a break."""
    return next((found["br"] for found in _BREAK.finditer(cell) if found["br"]), "<br>")
