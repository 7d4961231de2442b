"""Lines in; whole lines out that begin, or become, another kind of block than was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_SENTENCE: Final = re.compile(r"[^{}<>=;$|\\]*[a-zäöüß]{2}[^{}<>=;$|\\]*$")
_LONG: Final = 80  # characters from which on a line is no heading
_WORDS: Final = 3  # of a sentence, and more
_TAB: Final = 4


def front_matter(text: str) -> Iterator[Almost]:
    """A block between two lines `---` at the beginning of a text, for another program."""
    block = _FRONT.match(text.replace("\r\n", "\n"))
    if block and ":" in block[0]:
        lines = block[0].rstrip("\n").split("\n")
        yield Almost(Slip.FRONT_MATTER, 1, lines[1].strip(), "", len(lines))


def headings(lines: Lines) -> Iterator[Almost]:
    """`#Zahlen`: without its blank no heading; below the first one of a text it is one of the second level."""
    first = next((index for index, row in enumerate(lines.rows) if row.strip()), 0)
    for index, bare in enumerate(lines.bare):
        if heading := HEADING.match(bare):
            mark, words = heading[2], lines.rows[index][heading.start(3) :]
            above = any(_FIRST_LEVEL.match(row) for row in lines.rows[first:index])
            better = "##" if mark == "#" and above else mark
            yield Almost(Slip.HEADING, index + 1, f"{mark}{words}", f"{better} {words}")


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
    code = as_written("\n".join(rows), ("code_block",))
    for first in sorted(line for line in code if line - 1 not in code):
        last = next(line for line in range(first, len(rows) + 1) if line + 1 not in code)
        block = [row.expandtabs(_TAB) for row in rows[first - 1 : last]]
        while not block[-1].strip():
            block.pop()
        last = first + len(block) - 1
        if not _is_prose(block[0].strip()):
            continue
        width = min(len(row) - len(row.lstrip()) for row in block if row.strip())
        for less in range(_TAB, width + 1):
            better = [row[less:] for row in block]
            tried = "\n".join([*rows[: first - 1], *better, *rows[last:]])
            if first not in as_written(tried, ("code_block",)):
                found = rows[first - 1].strip()
                yield Almost(Slip.INDENTED, first, found, "\n".join(better), last if last > first else 0)
                break


def _is_prose(row: str) -> bool:
    """Whether a line holds words as people write them: three or more, or an item; no brackets of a program."""
    words = ITEM.sub("", row)
    return _SENTENCE.match(words) is not None and (ITEM.match(row) is not None or len(words.split()) >= _WORDS)
