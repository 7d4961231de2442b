"""Lines in; whole lines out that begin, or become, another kind of block than was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from pipeline.text.almost_markdown.slips import ITEM, Almost, Lines, Slip
from pipeline.text.markdown_parser import as_written

_FRONT: Final = re.compile(
    r"---[ \t]*\n(?:[ \t]*[\w-]+:.*\n|[ \t]+.*\n|[ \t]*-.*\n|[ \t]*\n)+(?:---|\.\.\.)[ \t]*(?:\n|$)"
)
HEADING: Final = re.compile(r"(\s{0,3})(#{1,6})([^\s#].*)$")
_FIRST_LEVEL: Final = re.compile(r"\s{0,3}#(?:\s|[^\s#])")
_CALLOUT: Final = re.compile(r"(\s*>\s*)\[!(\w+)\]\s*(.*)$")
_GREATER: Final = re.compile(r"(\s{0,3}(?:(?:[-*+]|\d{1,9}[.)])\s+)?)(>)(?=\s?=?\s?\d)(?!\s?(?:19|20)\d\d\b)")
_UNDERLINE: Final = re.compile(r"\s{0,3}(?:-{2,}|={2,})\s*$")
_OF_PROGRAMS: Final = re.compile(r"[{}<>=;$|\\]")
_LETTERS: Final = re.compile(r"[a-zäöüß]{2}")
_LONG: Final = 80  # characters from which on a line is no heading
_WORDS: Final = 3  # of a sentence, and more
_TAB: Final = 4
_DEEPEST: Final = 16  # blanks that are taken away by way of trial
_CODE: Final = ("code_block",)


def front_matter(text: str) -> Iterator[Almost]:
    """A block between two lines `---` at the beginning of a text, for another program."""
    block = _FRONT.match(text.replace("\r\n", "\n"))
    if block and ":" in block[0]:
        lines = block[0].rstrip("\n").split("\n")
        yield Almost(Slip.FRONT_MATTER, 1, lines[1].strip(), "", len(lines))


def headings(lines: Lines) -> Iterator[Almost]:
    """`#Zahlen`: without its blank no heading; below the first one of a text it is one of the second level."""
    above = False
    for index, bare in enumerate(lines.bare):
        if heading := HEADING.match(bare):
            mark, words = heading[2], lines.rows[index][heading.start(3) :]
            better = "##" if mark == "#" and above else mark
            yield Almost(Slip.HEADING, index + 1, f"{mark}{words}", f"{better} {words}")
        above = above or _FIRST_LEVEL.match(bare) is not None


def callouts(lines: Lines) -> Iterator[Almost]:
    """`> [!NOTE]`, as some programs draw a box."""
    for index, bare in enumerate(lines.bare):
        if callout := _CALLOUT.match(bare):
            words = lines.rows[index][callout.start(3) :] or "**Hinweis:**"
            yield Almost(Slip.CALLOUT, index + 1, f"[!{callout[2]}]", f"{callout[1]}{words}")


def greater(lines: Lines) -> Iterator[Almost]:
    """`> 50 Betriebe`: a quote of a single line that begins with a number is none; a year may begin a quote."""
    for index, bare in enumerate(lines.bare):
        sign = _GREATER.match(bare)
        beside = (lines.row(index - 1), lines.row(index + 1))
        if sign and not any(row.lstrip().startswith(">") for row in beside if not ITEM.match(sign[1] or "")):
            row = lines.rows[index]
            yield Almost(
                Slip.GREATER, index + 1, row[sign.start(2) :], f"{row[: sign.start(2)]}\\{row[sign.start(2) :]}"
            )


def lines_below_text(lines: Lines) -> Iterator[Almost]:
    """`---` right below a sentence makes a heading of it; below a few words without a full stop that may be meant."""
    for paragraph in lines.paragraphs():
        start = paragraph.start
        for index in paragraph:
            if not _UNDERLINE.match(lines.rows[index]):
                continue
            above = lines.rows[start:index]
            start = index + 1
            if not above or any(ITEM.match(row) or row.lstrip().startswith((">", "#", "|")) for row in above):
                continue
            words = above[-1].strip()
            if len(above) > 1 or words.endswith((".", ",", ";", ":", "!", "?")) or len(words) > _LONG:
                is_rule = "-" in lines.rows[index]
                yield Almost(Slip.LINE_BELOW_TEXT, index + 1, words, "\n---" if is_rule else "", index + 1)


def indented(lines: Lines) -> Iterator[Almost]:
    """Sentences and items that four blanks make code of; they lose them, as far as they are code no longer."""
    rows = lines.rows
    if not any(row.startswith(("    ", "\t")) and row.strip() for row in rows):
        return
    blocks = [block for block in _code_blocks(rows) if _is_prose(rows[block.start].strip())]
    for less in range(_TAB, _DEEPEST):  # inside an item it takes more; all blocks at once, since parsing takes time
        tried = list(rows)
        for block in blocks:
            tried[block.start : block.stop] = _less(rows, block, less)
        code = as_written("\n".join(tried), _CODE) if blocks else frozenset()
        for block in [block for block in blocks if block.start + 1 not in code]:
            better = "\n".join(_less(rows, block, less))
            last = block.stop if len(block) > 1 else 0
            yield Almost(Slip.INDENTED, block.start + 1, rows[block.start].strip(), better, last)
            blocks.remove(block)


def _code_blocks(rows: Sequence[str]) -> Iterator[range]:
    """The stretches of lines that blanks make code of, without the empty lines at their ends."""
    code = sorted(as_written("\n".join(rows), _CODE))
    for _, stretch in groupby(enumerate(code), lambda pair: pair[1] - pair[0]):
        lines = [line - 1 for _, line in stretch]
        while not rows[lines[-1]].strip():
            lines.pop()
        yield range(lines[0], lines[-1] + 1)


def _less(rows: Sequence[str], block: range, less: int) -> list[str]:
    """The lines of a block with so many blanks less, or with none."""
    block_rows = [rows[at].expandtabs(_TAB) for at in block]
    width = min(len(row) - len(row.lstrip()) for row in block_rows if row.strip())
    return [row[min(less, width) :] for row in block_rows]


def _is_prose(row: str) -> bool:
    """Whether a line holds words as people write them: three or more, or an item; no brackets of a program."""
    words = ITEM.sub("", row)
    is_text = _LETTERS.search(words) is not None and not _OF_PROGRAMS.search(words)
    return is_text and (ITEM.match(row) is not None or len(words.split()) >= _WORDS)
