"""The Document in, the sheets of a workbook out: measures, goals, indicators, actors, matrix, schedule, open points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.document.model import (
    Actors,
    Document,
    Fact,
    FieldOpener,
    GoalSheet,
    Matrix,
    MeasureSheet,
    MeasureSheets,
    Row,
    Schedule,
    TablePart,
    TableSection,
    walk,
)
from pipeline.text.nodes import Blocks, Inline, Node, Place
from pipeline.text.plain_lines import block_lines
from pipeline.xlsx.grid import (
    ACTORS,
    DESCRIPTION,
    GOALS,
    INDICATORS,
    KEY,
    LONGEST,
    MATRIX,
    MEASURES,
    NUMBER,
    OPEN_POINTS,
    SCHEDULE,
    STRAND,
    TITLE,
    Grid,
    GridCell,
    GridColumn,
    GridRow,
    head_of,
)

_TOO_LONG: Final = "(zu lang für eine Zelle; der Text steht in der Word-Datei)"
_OPEN_PART: Final = "offene_punkte"
_OF_MEASURES: Final = (NUMBER, STRAND, TITLE, DESCRIPTION)
_OF_GOALS: Final = (NUMBER, "Handlungsfeld", "Kurztitel", "Zielsatz")
_EXPLAINED, _CONTACT = "Erläuterung", "Kontakt"
_WIDE, _USUAL, _NARROW = 60, 28, 9
_WIDTHS: Final[Mapping[str, int]] = {NUMBER: 8, STRAND: 16, "Status": 14, "Priorität": 11}
_Cells = Mapping[str, GridCell]


def sheets(document: Document) -> tuple[Grid, ...]:
    """All sheets of which the document has anything to show."""
    parts = tuple(walk(document.parts))
    openers = [part for part in parts if isinstance(part, FieldOpener)]
    goals = [(opener, goal) for opener in openers for goal in opener.goals]
    found = (
        _measures([sheet for part in parts if isinstance(part, MeasureSheets) for sheet in part.sheets]),
        _goals(goals),
        _indicators([goal for _, goal in goals]),
        _actors(next((part for part in parts if isinstance(part, Actors)), None)),
        _matrix([part for part in parts if isinstance(part, Matrix)]),
        _schedule([part for part in parts if isinstance(part, Schedule)]),
        _open_points([part for part in parts if isinstance(part, TablePart) and part.anchor == _OPEN_PART]),
    )
    return tuple(grid for grid in found if grid is not None and grid.rows)


# --- words --------------------------------------------------------------------------------------------------------


def _plain(content: Inline) -> str:
    """What is read, with plain spaces: in a cell nobody looks for any other."""
    return "".join(map(_word, content)).replace("\u00a0", " ").strip()


def _word(node: Node) -> str:
    if node.kind == "break":
        return "\n"
    if node.kind in ("checkbox", "page"):
        return ""
    return node.text + "".join(map(_word, node.children))


def _fact(fact: Fact) -> GridCell:
    lines = (f"{line.lead}: {_plain(line.content)}" if line.lead else _plain(line.content) for line in fact.lines)
    text = "\n".join(lines).replace("\u00a0", " ")
    place = fact.place if len(text) <= LONGEST else None
    return GridCell(text if place or fact.place is None else _TOO_LONG, place, fact.choices)


def _title(text: str, place: Place | None) -> GridCell:
    return GridCell(text.replace("\u00a0", " "), place)


def _prose(blocks: Blocks) -> GridCell:
    """A text; one of paragraphs without notes, links and letters of their own can be edited, with a line between."""
    plain = all(
        block.kind == "paragraph" and block.place and all(node.kind == "text" for node in block.children)
        for block in blocks
    )
    lines = [_plain(block.children) for block in blocks] if plain else block_lines(blocks)
    text = ("\n\n" if plain else "\n").join(lines).replace("\u00a0", " ")
    if len(text) > LONGEST:
        return GridCell(_TOO_LONG)
    return GridCell(text, blocks[0].place if plain and blocks else None)


def _grid(
    name: str,
    rows: Sequence[tuple[str, _Cells]],
    *,
    first: Sequence[str] = (),
    grows: bool = False,
) -> Grid | None:
    """The rows by the heads of their cells; `first` are those of the first columns, the others follow as they come."""
    labels = list(dict.fromkeys([*first, *(label for _, cells in rows for label in cells)]))
    if not rows:
        return None
    columns, lists = [], []
    for label in labels:
        cells = [found[label] for _, found in rows if label in found]
        longest = max((len(line) for cell in cells for line in cell.text.split("\n")), default=0)
        width = _WIDTHS.get(label) or min(_WIDE, max(_NARROW, len(label) + 2, min(longest, _USUAL + longest // 12)))
        columns.append(GridColumn(label, width, any(cell.place for cell in cells)))
        choices = [cell.choices for cell in cells if cell.choices]
        if choices and all(item == choices[0] for item in choices):
            lists.append((label, choices[0]))
    made = tuple(GridRow(key, tuple(_short(found.get(label, GridCell())) for label in labels)) for key, found in rows)
    return Grid(name, tuple(columns), made, grows, tuple(lists))


def _short(cell: GridCell) -> GridCell:
    return cell if len(cell.text) <= LONGEST else GridCell(_TOO_LONG)


# --- sheets that are edited ---------------------------------------------------------------------------------------


def _measures(measures: Sequence[MeasureSheet]) -> Grid | None:
    rows = [(sheet.anchor, dict(_measure(sheet))) for sheet in measures]
    return _grid(MEASURES, rows, first=_OF_MEASURES, grows=True)


def _measure(sheet: MeasureSheet) -> Iterator[tuple[str, GridCell]]:
    yield NUMBER, GridCell(sheet.number)
    yield STRAND, GridCell(f"{sheet.sign.letter} {sheet.sign.name}".strip())
    yield TITLE, _title(sheet.title, sheet.title_place)
    yield DESCRIPTION, _prose(sheet.description)
    taken = (*_OF_MEASURES, KEY)
    for fact in sheet.facts:
        yield head_of(fact.label, taken), _fact(fact)
    for passage in (*sheet.passages, *([sheet.reason] if sheet.reason else [])):
        if passage.label:
            yield head_of(passage.label, taken), _prose(passage.blocks)


def _goals(goals: Sequence[tuple[FieldOpener, GoalSheet]]) -> Grid | None:
    rows = [(goal.anchor, dict(_goal(opener, goal))) for opener, goal in goals]
    return _grid(GOALS, rows, first=_OF_GOALS)


def _goal(opener: FieldOpener, goal: GoalSheet) -> Iterator[tuple[str, GridCell]]:
    yield NUMBER, GridCell(goal.number)
    yield "Handlungsfeld", GridCell(f"{opener.number} {opener.title}".replace("\u00a0", " "))
    yield "Kurztitel", _title(goal.short_title, goal.title_place)
    yield "Zielsatz", _title(goal.sentence, goal.sentence_place)
    if goal.explanation:
        yield _EXPLAINED, _prose(goal.explanation)
    taken = (*_OF_GOALS, _EXPLAINED, KEY)
    for passage in goal.passages:
        if passage.label:
            yield head_of(passage.label, taken), _prose(passage.blocks)
    for fact in goal.facts:
        yield head_of(fact.label, taken), _fact(fact)


def _indicators(goals: Sequence[GoalSheet]) -> Grid | None:
    rows: list[tuple[str, _Cells]] = []
    for goal in goals:
        if goal.indicators is None:
            continue
        labels = [column.label.replace("\u00a0", " ") for column in goal.indicators.columns]
        for row in goal.indicators.rows():
            if row.place is not None:
                cells = [GridCell(_plain(cell.content), row.place) for cell in row.cells]
                told = dict(zip(labels, cells, strict=True))
                rows.append((f"{goal.anchor}#{row.place.start}", {"Ziel": GridCell(goal.number), **told}))
    return _grid(INDICATORS, rows, first=("Ziel",))


def _actors(actors: Actors | None) -> Grid | None:
    if actors is None:
        return None
    details = {sheet.anchor: sheet for sheet in actors.sheets}
    heads = [text for column in actors.directory.columns for text in (column.label, column.role) if text]
    rows: list[tuple[str, _Cells]] = []
    for row in actors.directory.rows():
        key = next((str(node.attrs["target"])[1:] for node in _nodes(row) if "target" in node.attrs), "")
        cells = {
            column.label: GridCell(_plain(cell.content))
            for column, cell in zip(actors.directory.columns, row.cells, strict=False)
            if column.kind != "where" and column.label
        }
        letters = [column.role for column in actors.directory.columns]
        cells |= {
            letter: GridCell(_plain(cell.content)) for letter, cell in zip(letters, row.cells, strict=False) if letter
        }
        sheet = details.get(key)
        if sheet is not None:
            cells[_CONTACT] = GridCell("\n".join(map(_plain, sheet.details)))
            cells |= {head_of(fact.label, (*heads, _CONTACT, KEY)): _fact(fact) for fact in sheet.facts}
        rows.append((key or f"{len(rows)}", cells))
    return _grid(ACTORS, rows)


def _nodes(row: Row) -> Iterator[Node]:
    return (node for cell in row.cells for part in cell.content for node in part.walk())


def _matrix(matrices: Sequence[Matrix]) -> Grid | None:
    """The matrix of the whole plan, else the largest; a letter in a cell is a role of the column's actor."""
    if not matrices:
        return None
    matrix = max(matrices, key=lambda item: sum(len(group.rows) for group in item.groups))
    letters = tuple(role.letter for role in matrix.roles)
    rows: list[tuple[str, _Cells]] = []
    for row in (row for group in matrix.groups for row in group.rows):
        cells = {NUMBER: GridCell(row.number), matrix.labels[1]: GridCell(row.title.replace("\u00a0", " "))}
        for column, held in zip(matrix.columns, row.roles, strict=True):
            label = f"{column.name} {column.sign.letter}".strip().replace("\u00a0", " ")
            cells[label] = GridCell(held, Place(f"M{row.number}"), ("", *letters))
        rows.append((f"M{row.number}", cells))
    return _grid(MATRIX, rows)


# --- sheets that are read -----------------------------------------------------------------------------------------


def _schedule(schedules: Sequence[Schedule]) -> Grid | None:
    if not schedules:
        return None
    table = max((item.table for item in schedules), key=lambda item: sum(1 for _ in item.rows()))
    labels = [column.label for column in table.columns]
    rows: list[tuple[str, _Cells]] = []
    for row in table.rows():
        cells = {label: GridCell(_plain(cell.content)) for label, cell in zip(labels, row.cells, strict=True)}
        rows.append((str(len(rows)), cells))
    return _grid(SCHEDULE, rows)


def _open_points(parts: Sequence[TablePart]) -> Grid | None:
    """A row each, also of those that stand in the columns of a table of ticks."""
    rows: list[tuple[str, _Cells]] = []
    for section in (section for part in parts for section in part.sections if section.heading and section.table):
        for owner, number, title, what in _points(section):
            cells = {"Wo": section.heading, NUMBER: number, "Worum es geht": title, "Was offen ist": what, "Wer": owner}
            rows.append((str(len(rows)), {label: GridCell(text) for label, text in cells.items()}))
    return _grid(OPEN_POINTS, rows)


def _points(section: TableSection) -> Iterator[tuple[str, str, str, str]]:
    assert section.table is not None
    labels = [column.label.replace("\u00a0", " ") for column in section.table.columns]
    for group in section.table.groups:
        for row in group.rows:
            texts = [_plain(cell.content) for cell in row.cells]
            ticked = [
                label
                for label, cell in zip(labels, row.cells, strict=True)
                if any(node.kind == "checkbox" for node in cell.content)
            ]
            owner = group.heading or (texts[2] if ticked and len(texts) > 3 else "")  # noqa: PLR2004
            for what in ticked or texts[-1:]:
                yield owner.replace("\u00a0", " "), texts[0], texts[1], what
