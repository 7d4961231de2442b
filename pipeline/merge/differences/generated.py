"""The units of a base and of an edited file in, out what was edited where nothing is taken from: parts made from data.

Of the values of the data, too, something cannot be taken: what their rows are called, how their letters look, where
they stand, and rows and columns for which there is no field.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.merge.differences.align_units import Pairs
from pipeline.merge.differences.moved_units import blocks
from pipeline.merge.differences.rows import shown, whole_value
from pipeline.merge.markdown.units import CellUnit, Unit
from pipeline.merge.sources import Sources
from pipeline.merge.why import Reason, Why
from pipeline.text.in_order import in_order
from pipeline.text.likeness import ITEM

# Letters and links that no value of the data has.
_LETTERS: Final = re.compile(r"(?<!\\)(?:\*|~~|`|\[\^)|\]\((?!#)")
_LINK: Final = re.compile(r"\[(?:\\.|[^\]\\])*\]\((?!#)(?:\\.|[^)\\])*\)")
_IN_LINK: Final = re.compile(r"\[[^\]]*\]\(#")
_GENERATED: Final = Why(
    Reason.GENERATED, "Dieser Teil entsteht aus den Daten; bitte dort ändern, wo die Angabe zuerst steht."
)
_LABEL: Final = Why(Reason.LABEL, "Wie die Angaben heißen, steht fest; die Angabe selbst lässt sich ändern.")
NO_FIELD: Final = Why(
    Reason.NO_FIELD,
    "Dafür gibt es kein Feld; bitte in eine der vorhandenen Angaben oder in die Beschreibung schreiben.",
)
REPEATED: Final = Why(
    Reason.NO_FIELD, "Diese Angabe hat der Steckbrief schon; es gilt, was in der ersten Zeile dieses Namens steht."
)
_LOOKS: Final = Why(
    Reason.LOOKS,
    "Schrift, Links und Fußnoten lassen sich hier nicht übernehmen; das geht nur in Texten wie der Beschreibung.",
)
_MOVED: Final = Why(
    Reason.MOVED, "Das steht in der Datei an anderer Stelle; die Reihenfolge folgt aus den Daten und bleibt."
)


@dataclass(frozen=True)
class GeneratedEdit:
    """Something edited that is made from the data: under which heading, before and after ('' for nothing).

    `why` says why it cannot be taken; unless that is more than being made from the data, the data may say it elsewhere.
    Of a single cell `row` is what its row begins with, `column` the head of its column, `rows` the whole row before and
    after, `head` and `cells` what the table's heads are called and what stood below each.
    """

    heading: str
    before: str
    after: str
    why: Why = _GENERATED
    row: str = ""
    column: str = ""
    rows: tuple[str, str] = ("", "")
    head: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()

    @property
    def whole(self) -> tuple[str, str]:
        """What a document shows where this is shown: the row, else the text itself."""
        return self.rows if any(self.rows) else (self.before, self.after)


def generated_edits(
    before: Sequence[Unit], after: Sequence[Unit], pairs: Pairs, sources: Sources
) -> Iterator[GeneratedEdit]:
    """What was edited in units that are in both files, and which are gone."""
    edited_of = {index: other for other, index in pairs.base_of.items()}
    heading, stands = "", False
    for index, unit in enumerate(before):
        if unit.kind == "heading" or unit.contents:
            heading, stands = heading_before(before, index), index in edited_of
        other = after[edited_of[index]] if index in edited_of else None
        if unit.places:  # edits are taken from it
            if other is not None and any(shown(unit, sources)):
                yield from _beside_values(heading, unit, other, headed=bool(whole_value(unit, sources)))
            elif stands and other is None and not whole_value(unit, sources):  # of a whole sheet its values say so
                yield from (GeneratedEdit(heading, *texts) for texts in _from_elsewhere(unit.rows, ()))
        elif other is None:
            if index not in pairs.joined:
                yield GeneratedEdit(heading, all_text(unit), "")
        elif other.key != unit.key:
            yield from _differences(heading, unit, other)


def moved_edits(
    after: Sequence[Unit], pairs: Pairs, owner: Sequence[str], away: frozenset[int]
) -> Iterator[GeneratedEdit]:
    """What belongs to the data and was moved: `away`; `owner` is the text of each unit of the base."""
    for block in blocks(away, pairs):
        fixed = [index for index in block if not owner[pairs.base_of[index]] and all_text(after[index])]
        if fixed:
            text = all_text(after[fixed[0]])
            yield GeneratedEdit(heading_before(after, fixed[0]), text, text, _MOVED)


def heading_before(units: Sequence[Unit], index: int) -> str:
    """The heading that a unit stands under; the contents list has a paragraph of its own above it, which is none.

    Of `Impressum (heading) / Text / Inhalt / 1 Wohnen / 2 Arbeiten / Einleitung (heading)`, `2 Arbeiten` stands under
    `Inhalt`; the last heading before it has nothing to do with the list.
    """
    if units[index].contents:
        while index and units[index].contents:
            index -= 1
        return units[index].plain
    return next((units[at].plain for at in range(index, -1, -1) if units[at].kind == "heading"), "")


def all_texts(units: Sequence[Unit]) -> Counter[str]:
    """Everything that units say, tables row by row, and how often."""
    rows = (row_text(row) for unit in units for row in unit.rows)
    return Counter([*(all_text(unit) for unit in units if not unit.rows), *rows])


def all_text(unit: Unit) -> str:
    """What a unit says."""
    return unit.plain or unit.text or "\n".join(row_text(row) for row in unit.rows)


def told_text(unit: Unit) -> str:
    """What a new unit says, and its links."""
    return _with_links(all_text(unit), unit.key_text)


def _with_links(plain: str, markdown: str, before: str = "") -> str:
    """A text as people read it, and below it those links of its Markdown that were not there before: nobody reads where
    they lead.
    """
    return "\n".join([plain, *(link for link in _LINK.findall(markdown) if link not in before)])


def row_text(row: Sequence[CellUnit]) -> str:
    """What a row says, cell beside cell."""
    return " | ".join(" / ".join(cell.plain) for cell in row)


# --- generated parts ------------------------------------------------------------------------------------------------


def _differences(heading: str, before: Unit, after: Unit) -> Iterator[GeneratedEdit]:
    if before.kind != "table" or after.kind != "table":
        looks = (f"{unit.key_text} ({unit.form})" for unit in (before, after))
        yield _difference(heading, *zip((all_text(before), all_text(after)), looks, strict=True))
        return
    if (cells := list(_cells(heading, before, after))) and len(cells) <= _CELLS:
        yield from cells
        return
    old, new = ([(row_text(row), _plain_links(_row_markdown(row))) for row in unit.rows] for unit in (before, after))
    gone, come = (list((Counter(one) - Counter(other)).elements()) for one, other in ((old, new), (new, old)))
    for at, there in in_order(gone, come, ([text for text, _ in gone], [text for text, _ in come]), _row_likeness):
        yield _difference(heading, ("", "") if at is None else gone[at], ("", "") if there is None else come[there])
    if not gone and not come and old != new:
        row = next(there for was, there in zip(old, new, strict=True) if was != there)
        yield GeneratedEdit(heading, row[0], row[0], _MOVED)


def _row_likeness(one: tuple[str, str], other: tuple[str, str]) -> float:
    """Of rows that are gone and that came: one taken away is not the one below it, whose letters somebody changed."""
    likeness = ITEM.likeness(one[0], other[0])
    return likeness if likeness >= ITEM.at_least else 0.0


def row_name(cells: Sequence[str]) -> str:
    """What a row is called: by its first cell, and by the second where that is a number: `1.1.2 Läden`, `Euro`."""
    return " ".join(cells[: 2 if cells and cells[0][:1].isdigit() else 1]).strip()


_CELLS: Final = 40  # told one by one; of more somebody has sorted the table, or turned it round


def _cells(heading: str, before: Unit, after: Unit) -> Iterator[GeneratedEdit]:
    """The cells that differ, where the rows are the same ones: as many cells in each, the same at its beginning.

    Of the matrix's row `1.1.2 | Läden | F | | M` an `M` in the fourth column is told with its number, title and actor.
    """
    if len(before.rows) != len(after.rows) or not before.rows:
        return
    head = before.rows[0]
    found = []
    for old, new in zip(before.rows, after.rows, strict=True):
        if len(old) != len(new) or old[0].plain != new[0].plain:
            return
        for index, (was, now) in enumerate(zip(old, new, strict=True)):
            if was.plain == now.plain and was.texts != now.texts:
                return  # letters or links
            if was.plain != now.plain:
                said, says = (" / ".join(filter(None, cell.plain)) for cell in (was, now))
                row = row_name([" ".join(cell.plain) for cell in old[:index]])
                heads, cells = (tuple(" ".join(cell.plain) for cell in cells) for cells in (head, old))
                column = heads[index] if len(head) == len(old) and old is not head else ""
                whole = (row_text(old), row_text(new))
                found.append(
                    GeneratedEdit(heading, said, says, row=row, column=column, rows=whole, head=heads, cells=cells)
                )
    yield from found


def _difference(heading: str, before: tuple[str, str], after: tuple[str, str]) -> GeneratedEdit:
    """Plain text and Markdown of both in; where the plain text is the same, letters, links or paragraphs differ."""
    if before[0] != after[0]:
        return GeneratedEdit(heading, before[0], _with_links(after[0], after[1], before[1]))
    return GeneratedEdit(heading, before[1], after[1], _LOOKS)


def _plain_links(markdown: str) -> str:
    """Without bold letters in links: LibreOffice writes them in place of a style of the letters."""
    return _IN_LINK.sub(lambda found: found[0].replace("**", ""), markdown)


def _row_markdown(row: Sequence[CellUnit]) -> str:
    return " | ".join(" / ".join(cell.texts) for cell in row)


# --- beside the values of the data ----------------------------------------------------------------------------------


def _beside_values(heading: str, before: Unit, after: Unit, *, headed: bool) -> Iterator[GeneratedEdit]:
    """`headed`: a list with a head of its own, in which rows may be added."""
    yield from (GeneratedEdit(heading, *texts, _LABEL) for texts in _labels(before, after, headed=headed))
    if not headed:
        yield from (GeneratedEdit(heading, *texts, NO_FIELD) for texts in _further(before, after))
        yield from (GeneratedEdit(heading, *texts) for texts in _from_elsewhere(before.rows, after.rows))
    yield from (GeneratedEdit(heading, "", text, _LOOKS) for text in _decorated(before, after))
    if before.form != after.form:
        yield GeneratedEdit(heading, f"{before.plain} ({before.form})", f"{after.plain} ({after.form})", _LOOKS)


def _decorated(before: Unit, after: Unit) -> Iterator[str]:
    """Texts with letters or links that were not in their row."""
    rows = _by_label(before.rows)
    known = {before.text, *(text for row in before.rows for cell in row for text in cell.texts)}
    pairs = [(before.text, after.text)]
    pairs += [
        (_row_markdown(rows.get(row[0].plain, ())), text) for row in after.rows for cell in row for text in cell.texts
    ]
    for old, new in pairs:
        if new not in known and set(_LETTERS.findall(new)) - set(_LETTERS.findall(old)):
            yield new


def _labels(before: Unit, after: Unit, *, headed: bool) -> Iterator[tuple[str, str]]:
    """Labels of rows, and heads of lists, that somebody changed."""
    known = {row[0].places: row[0].plain for row in after.rows if row and row[0].places}
    for index, row in enumerate(before.rows):
        if row[0].places and len(row) == 2:  # noqa: PLR2004 - a label and its value
            now = known.get(row[0].places, row[0].plain)
            if now != row[0].plain:
                yield " ".join(row[0].plain), " ".join(now)
        elif headed and not row[0].places and index == 0 and after.rows and row_text(row) != row_text(after.rows[0]):
            yield row_text(row), row_text(after.rows[0])


def _further(before: Unit, after: Unit) -> Iterator[tuple[str, str]]:
    """Rows that somebody added to a sheet, and rows with more cells than a label and a value, as they were and are."""
    known = _by_label(before.rows)
    wide = {row[-1].places: row for row in before.rows if len(row) > 2 and row[-1].places}  # noqa: PLR2004
    for row in after.rows:
        marked = any(cell.places for cell in row)
        if (own := wide.get(row[-1].places)) is not None:  # its last cell is a value, the others are made from data
            if row_text(own[:-1]) != row_text(row[:-1]):
                yield row_text(own[:-1]), row_text(row[:-1])
        elif (marked and len(row) > 2) or (not marked and row[0].plain not in known):  # noqa: PLR2004
            was = known.get(row[0].plain, ()) if marked else ()
            yield row_text(was), row_text(row)


def _from_elsewhere(
    before: Sequence[Sequence[CellUnit]], after: Iterable[Sequence[CellUnit]]
) -> Iterator[tuple[str, str]]:
    """Rows of a sheet that say what other sheets' data say, and that somebody changed or deleted.

    What is left of none is told with its label, as the document shows it: `Voraussetzung für | 3.1.1 Betriebe begehen`.
    """
    now = _by_label(after)
    for row in before:
        if not any(cell.places for cell in row):
            was, other = row_text(row[1:]), now.get(row[0].plain)
            left = row_text(other[1:]) if other else ""
            if left != was:
                yield (was, left) if left else (row_text(row), "")


def _by_label(rows: Iterable[Sequence[CellUnit]]) -> Mapping[tuple[str, ...], Sequence[CellUnit]]:
    return {row[0].plain: row for row in rows}
