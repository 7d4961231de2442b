"""Lines in; lists out that Markdown does not see: Word's signs, dashes, labels that run together, tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.text.almost_markdown.slips import Almost, Lines, Slip
from pipeline.text.symbol_fonts import BULLETS
from pipeline.text.tasks import DONE, OPEN

_SIGN_OF_ITEM: Final = r"\s*(?:[-*+]|\d{1,9}[.)])\s+"
# In an item `[]`, `[x ]` and `[x]` with no blank behind it; at the beginning of another line also `[ ]` and `[x]`.
_TASK: Final = re.compile(
    rf"(?P<item>{_SIGN_OF_ITEM})"
    r"(?:\[(?P<a>)\]\s*|\[(?:[ ]+(?P<b>[xX])[ ]*|(?P<c>[xX])[ ]+)\]\s*|\[(?P<d>[ xX])\])(?=[^\W\d_])"
    r"|(?P<blank>\s{0,3})\[[ ]*(?P<e>[xX]?)[ ]*\]\s+(?=\S)"
)
_IN_CELL: Final = re.compile(r"(?<=\|)([ \t]*)\[([ xX]?)\](?=[ \t]*(?:\||[ \t][^\W\d_]))")

# --- the signs of items -----------------------------------------------------------------------------------------------

_SIGN: Final = re.compile(
    rf"(?P<blank>\s*)(?:(?P<true>[-*+]|\d{{1,9}}[.)])\s+|(?P<bullet>[{BULLETS}])\s*|(?P<dash>[–—])\s+"
    rf"|(?P<tight>-|\d{{1,3}}[.)])(?=[A-ZÄÖÜa-zäöüß])|(?P<word>[o§])(?P<tab>\t|[ ](?!\d)))(?=\S)"
)
_LEVELS: Final = {"o": 1, "§": 2}
_FEWEST: Final = 2  # items of a list that begins with a sign that may begin an ordinary line, too


@dataclass(frozen=True)
class _Item:
    """An item: the index of its line, its sign, what kind of sign that is, and whether a tab is behind it."""

    index: int
    sign: str
    kind: str
    blank: str
    words: str
    tab: bool

    @property
    def wrong(self) -> bool:
        """Whether Markdown sees no item here."""
        return self.kind in ("dash", "tight", "word") or (self.kind == "bullet" and self.words.startswith("\x00"))


def signs(lines: Lines) -> Iterator[Almost]:
    """Every list with a sign that Markdown does not know, shown whole from the first such sign to the last.

    In running text a line may begin with a dash that the one above left over, or with a number. So dashes count only
    behind an empty line, a colon or another item, and only where there are two items.
    """
    index = 0
    while index < len(lines):
        items, end = _run(lines, index)
        tight = [item for item in items if item.kind == "tight"]  # a single one may end a word: „-untersuchungen“
        wrong = [item for item in items if item.wrong and (item.kind != "tight" or len(tight) >= _FEWEST)]
        if wrong and _is_list(lines, items):
            first = items[0] if any(item.tab for item in items) or wrong[0].kind == "word" else wrong[0]
            yield _whole(lines, items, first, wrong[-1], wrong[0])
        index = max(end, index + 1)


def _run(lines: Lines, start: int) -> tuple[list[_Item], int]:
    """The items from a line on, and where they end; lines in between that are none belong to the item above.

    Between items whose signs are dashes there may be empty lines: each would be printed as a paragraph with its dash.
    """
    items: list[_Item] = []
    index = start
    while index < len(lines):
        item = _item(lines, index, bool(items))
        if item is not None:
            items.append(item)
        elif not lines.rows[index].strip():
            below = _item(lines, index + 1, False) if index + 1 < len(lines) else None
            if not items or below is None or items[-1].kind != "dash" or below.kind != "dash":
                break
        elif not items or lines.rows[index].lstrip().startswith(("|", "#", ">", "`", ":")):
            break
        index += 1
    return items, index


def _item(lines: Lines, index: int, inside: bool) -> _Item | None:
    bare = lines.bare[index]
    found = _SIGN.match(bare)
    if found is None or (found["word"] and found["tab"] != "\t" and not inside):
        return None
    kind = next(name for name in ("true", "bullet", "dash", "tight", "word") if found[name])
    words = lines.rows[index][found.end() :]
    if kind == "dash" and words.rstrip().endswith(("–", "—")):  # put between dashes: „– Rapsöl –“
        return None
    tight = kind == "bullet" and found.end() == found.end("bullet")
    return _Item(index, found[kind], kind, found["blank"], "\x00" * tight + words, "\t" in found[0].lstrip())


def _is_list(lines: Lines, items: Sequence[_Item]) -> bool:
    if any(item.kind in ("true", "bullet", "word") for item in items):
        return True
    above = lines.row(items[0].index - 1).rstrip()
    if items[0].kind == "tight" and items[0].sign != "-":
        return [item.sign[:-1] for item in items] == [str(nth) for nth in range(1, len(items) + 1)] and len(items) > 1
    return len(items) >= _FEWEST and (not above or above.endswith(":") or items[0].kind == "tight")


def _whole(lines: Lines, items: Sequence[_Item], first: _Item, last: _Item, told: _Item) -> Almost:
    """The lines of a list from one item to another, each with its hyphen or number, its points below it indented."""
    begin, end = first.index, last.index + 1
    rows, width = list(lines.rows[begin:end]), 0
    known = [item for item in items if first.index <= item.index <= last.index]
    base = min(_LEVELS.get(item.sign, 0) for item in known)
    for item in known:
        level = _LEVELS.get(item.sign, 0) - base if item.kind == "word" else 0
        sign = item.sign if item.sign[:-1].isdigit() else "-"
        if not level:
            width = len(f"{item.blank}{sign} ")
        blank = " " * (width + 2 * (level - 1)) if level else item.blank
        rows[item.index - begin] = f"{blank}{sign} {item.words.lstrip(chr(0))}"
    found = f"{told.sign}{'' if told.kind != 'tight' else told.words.split()[0]}"
    return Almost(Slip.LIST_SIGN, begin + 1, found, "\n".join(rows), end if end - begin > 1 else 0)


# --- labels -----------------------------------------------------------------------------------------------------------

_LETTER: Final = re.compile(r"\s{0,3}(\(?)([a-z])\)\s+\S")
_NUMBER: Final = re.compile(r"\s{0,3}(\()(\d{1,2})\)\s+\S")
_DECIMAL: Final = re.compile(r"\s{0,3}(\d{1,2}(?:\.\d{1,2})*\.)(\d{1,2})\.?\s+\S")


def labels(lines: Lines) -> Iterator[Almost]:
    """Lines of one paragraph that begin with `a)`, `b)` or with `1.1`, `1.2`: run together, they are a single line.

    They stay as they are typed, since somebody may refer to „Buchstabe b“; each gets a line of its own.
    """
    for paragraph in lines.paragraphs():
        run: list[int] = []
        above: tuple[str, int] | None = None
        for index in paragraph:
            label = _label(lines.bare[index])
            if label is None:
                continue
            if above and label == (above[0], above[1] + 1):
                run.append(index)
            elif len(run) < _FEWEST:
                run = [index]
            above = label
        if len(run) >= _FEWEST and not all(_ends(lines.rows[index - 1]) for index in run[1:]):
            yield _apart(lines, run, is_first=run[0] == paragraph.start)


def _ends(row: str) -> bool:
    """Whether a line ends where it is typed to end."""
    return row.endswith(("\\", "  "))


def _apart(lines: Lines, run: Sequence[int], *, is_first: bool) -> Almost:
    begin, end = run[0], run[-1] + 1
    broken = {index - 1 for index in run[1:]}
    rows = enumerate(lines.rows[begin:end], begin)
    better = "\n".join(f"{row}\\" if at in broken and not _ends(row) else row for at, row in rows)
    label = lines.rows[begin].split(maxsplit=1)[0]
    return Almost(Slip.LABELS, begin + 1, label, better if is_first else f"\n{better}", end)


def _label(bare: str) -> tuple[str, int] | None:
    """What a label has in common with the next, and its number."""
    if found := _LETTER.match(bare):
        return f"{found[1]}a", ord(found[2]) - ord("a")
    if found := _NUMBER.match(bare) or _DECIMAL.match(bare):
        return found[1], int(found[2])
    return None


# --- tasks ------------------------------------------------------------------------------------------------------------


def tasks(lines: Lines) -> Iterator[Almost]:
    """Boxes that are none: in another form, before words that are no item, in the cell of a table."""
    for index, bare in enumerate(lines.bare):
        row = lines.rows[index]
        if task := _TASK.match(bare):
            is_done = any(task[name] in ("x", "X") for name in "abcde")
            sign = task["item"] or f"{task['blank']}- "
            better = f"{sign}[{'x' if is_done else ' '}] {row[task.end() :]}"
            yield Almost(Slip.TASK, index + 1, row[: task.end()].removeprefix(task["item"] or "").strip(), better)
        elif row.lstrip().startswith("|") and (cells := list(_IN_CELL.finditer(bare))):
            better = _IN_CELL.sub(lambda cell: f"{cell[1]}{DONE if cell[2].strip() else OPEN}", row)
            yield Almost(Slip.TASK, index + 1, cells[0][0].strip(), better)
