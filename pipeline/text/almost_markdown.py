"""A Markdown text in; out: what was meant as Markdown and is none, with what it prints as and the line that is meant.

Texts come from Word, from web pages and from people who know another dialect. Each kind is found by itself, so that one
can be taken out of the list once it is understood. What is code, or escaped by a backslash, is meant as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from pipeline.text.markdown import as_written
from pipeline.text.symbol_fonts import BULLETS


class Slip(StrEnum):
    """What was meant. Of the first ones something is lost or run together; the others print their signs."""

    FRONT_MATTER = "front_matter"
    TABLE_WITHOUT_LINE = "table_without_line"
    CELL_TOO_MANY = "cell_too_many"
    PASTED_CELLS = "pasted_cells"
    PICTURE_NAME = "picture_name"
    PICTURE_IN_LINE = "picture_in_line"
    HEADING = "heading"
    LIST_SIGN = "list_sign"
    HTML = "html"
    TASK = "task"
    NOT_CLOSED = "not_closed"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"
    HIGHLIGHT = "highlight"
    FORMULA = "formula"
    CALLOUT = "callout"
    ADDRESS = "address"


LOSING: Final = frozenset(
    {
        Slip.FRONT_MATTER,
        Slip.TABLE_WITHOUT_LINE,
        Slip.CELL_TOO_MANY,
        Slip.PASTED_CELLS,
        Slip.PICTURE_NAME,
    }
)


@dataclass(frozen=True)
class Almost:
    """`line` counts from 1; `found` is what stands there, `better` the line, or lines, to write in its place.

    `better` is '' where the lines from `line` up to `last` have to go. `row` is the line as it stands.
    """

    kind: Slip
    line: int
    found: str
    better: str
    last: int = 0
    row: str = ""


_CODE: Final = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_ESCAPED: Final = re.compile(r"\\[!-/:-@\[-`{-~]")
_ADDRESSED: Final = re.compile(r"\]\([^()\s]*(?:\s+\"[^\"]*\")?\)|<(?:https?:|mailto:)[^<>\s]*>|\[\^[^\]\s]+\]")
_PICTURE: Final = re.compile(r"!\[[^\]]*\]\([^()]*\)")
_PICTURE_NAME: Final = re.compile(
    r"(!\[[^\]]*\]\()\s*([^()<>\"]*?[^()<>\"\s]\s[^()<>\"]*?\.(?:png|jpe?g|svg))(\s+\"[^\"]*\")?\s*\)", re.IGNORECASE
)
_RULE: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*\|?\s*$")
_ROW: Final = re.compile(r"\s{0,3}\|.*\|\s*$")
_HEADING: Final = re.compile(r"(\s{0,3})(#{1,6})([^\s#].*)$")
_LIST: Final = re.compile(rf"(\s*)(?:([{BULLETS}])(?=\S)|([–—])\s+)(\S.*)$")
_ITEM: Final = re.compile(rf"\s*(?:[-*+{BULLETS}]|\d{{1,9}}[.)])\s")
_DASH: Final = re.compile(r"\s*[–—]\s")
_TASK: Final = re.compile(r"(\s*(?:[-*+]|\d{1,9}[.)])\s+)\[([ xX])\]\s+(?=\S)")
_CALLOUT: Final = re.compile(r"(\s*>\s*)\[!(\w+)\]\s*(.*)$")
_HTML: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>|<!--.*?(?:-->|$)")
_TAGS: Final = re.compile(
    r"a|abbr|b|big|blockquote|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|iframe|img|ins|li|mark|ol|p|pre|s|"
    r"script|small|span|strike|strong|style|su[bp]|table|tbody|td|th|thead|tr|u|ul",
    re.IGNORECASE,
)
_SUBSCRIPT: Final = re.compile(r"(?<=[A-Za-z)])~(\d{1,4}[+-]?|\w)~(?!~)")
_SUPERSCRIPT: Final = re.compile(r"(?<=\w)\^(-?\w{1,4})\^")
_HIGHLIGHT: Final = re.compile(r"(?<![=\w])==(?=\S)([^=]+?)(?<=\S)==(?![=\w])")
_FORMULA: Final = re.compile(r"(?<![\w$])\$(?=[^\s$\d])([^$]*?[\\^_=+*/][^$]*?)(?<!\s)\$(?![\w$])|\$\$[^$]+\$\$")
_ADDRESS: Final = re.compile(
    r"(?<![\w/@.:(<\[\"])(?:https?://|www\.)[^\s<>()\"“”„]*[^\s<>()\"“”„.,;:!?]", re.IGNORECASE
)
_STRONG: Final = re.compile(r"(?<!\*)\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?!\*)")
_FRONT: Final = re.compile(
    r"---[ \t]*\n(?:[ \t]*[\w-]+:.*\n|[ \t]+.*\n|[ \t]*-.*\n|[ \t]*\n)+(?:---|\.\.\.)[ \t]*(?:\n|$)"
)
_LOW: Final = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_HIGH: Final = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")


def almost_markdown(text: str) -> list[Almost]:
    """Everything in a text that was meant as Markdown and is none, in the order of the lines."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = [*_front_matter(text), *_tables(rows), *_pasted(rows), *_lines(rows), *_not_closed(rows)]
    if not found:
        return []
    code = as_written(text)
    front = found[0].last if found[0].kind is Slip.FRONT_MATTER else 0
    kept = [item for item in found if item.kind is Slip.FRONT_MATTER or (item.line > front and item.line not in code)]
    return [replace(item, row=rows[item.line - 1]) for item in sorted(kept, key=lambda item: item.line)]


def has_front_matter(text: str) -> bool:
    """Whether a text begins with a block that is none of it, between two lines `---`."""
    return any(_front_matter(text))


def _bare(row: str) -> str:
    """A line of the same length without what is code, escaped or the address of a link."""
    for pattern in (_CODE, _ESCAPED, _ADDRESSED):
        row = pattern.sub(lambda match: "\x00" * len(match[0]), row)
    return row


def _front_matter(text: str) -> Iterator[Almost]:
    block = _FRONT.match(text.replace("\r\n", "\n"))
    if block and ":" in block[0]:
        lines = block[0].rstrip("\n").split("\n")
        yield Almost(Slip.FRONT_MATTER, 1, lines[1].strip(), "", len(lines))


# --- tables -----------------------------------------------------------------------------------------------------------


def _cells(row: str) -> list[str]:
    """The cells of a line of a table; a `\\|` is none of its bars."""
    bare = row.strip().replace("\\|", "\x00\x00")
    inner = bare.removeprefix("|").removesuffix("|")
    offset = len(row) - len(row.lstrip()) + bare.startswith("|")
    cells, start = [], offset
    for cell in inner.split("|"):
        cells.append(row[start : start + len(cell)].strip())
        start += len(cell) + 1
    return cells


def _written(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _tables(rows: Sequence[str]) -> Iterator[Almost]:
    """Tables without their line, and rows with more cells than the head has."""
    columns = 0
    for index, row in enumerate(rows):
        below = rows[index + 1] if index + 1 < len(rows) else ""
        if not row.strip():
            columns = 0
        elif columns and not _RULE.match(row) and len(cells := _cells(row)) > columns and any(cells[columns:]):
            joined = [*cells[: columns - 1], " \\| ".join(cell for cell in cells[columns - 1 :])]
            yield Almost(Slip.CELL_TOO_MANY, index + 1, " | ".join(cells[columns:]), _written(joined))
        elif not columns and "|" in row and _RULE.match(below) and "-" in below:
            columns = len(_cells(row))
        elif not columns and _ROW.match(row) and _ROW.match(below) and not _begun(rows, index):
            head = _cells(row)
            yield Almost(Slip.TABLE_WITHOUT_LINE, index + 1, row.strip(), f"{_written(head)}\n{_line(len(head))}")


def _begun(rows: Sequence[str], index: int) -> bool:
    """Whether a row goes on with what the line above begins."""
    return index > 0 and bool(_ROW.match(rows[index - 1]))


def _line(columns: int) -> str:
    return "|" + " --- |" * columns


def _pasted(rows: Sequence[str]) -> Iterator[Almost]:
    """Two lines or more with the same number of tabs between words: cells, as a spreadsheet puts them down."""
    start = 0
    while start < len(rows):
        tabs, end = _tabs(rows[start]), start + 1
        while tabs and end < len(rows) and _tabs(rows[end]) == tabs:
            end += 1
        if end - start > 1:
            lines = [_written([cell.strip() for cell in row.strip().split("\t")]) for row in rows[start:end]]
            better = "\n".join([lines[0], _line(tabs + 1), *lines[1:]])
            yield Almost(Slip.PASTED_CELLS, start + 1, rows[start].strip(), better, end)
        start = end


def _tabs(row: str) -> int:
    inner = row.strip()
    return 0 if _ITEM.match(row) else inner.count("\t")


# --- single lines -----------------------------------------------------------------------------------------------------


def _lines(rows: Sequence[str]) -> Iterator[Almost]:
    for index, row in enumerate(rows):
        bare = _bare(row)
        yield from (item for item in _beginnings(rows, index, bare))
        yield from _pictures(rows, index)
        yield from _inside(index + 1, row, bare)


def _beginnings(rows: Sequence[str], index: int, bare: str) -> Iterator[Almost]:
    """What a line begins with."""
    row = rows[index]
    if heading := _HEADING.match(bare):
        mark, words = heading[2], row[heading.start(3) :]
        yield Almost(Slip.HEADING, index + 1, f"{mark}{words}", f"{mark} {words}")
    elif (listed := _LIST.match(bare)) and (listed[2] or _dashed(rows, index)):
        yield Almost(Slip.LIST_SIGN, index + 1, listed[2] or listed[3], f"{listed[1]}- {row[listed.start(4) :]}")
    elif task := _TASK.match(bare):
        sign = "☐" if task[2] == " " else "☑"
        yield Almost(Slip.TASK, index + 1, f"[{task[2]}]", f"{task[1]}{sign} {row[task.end() :]}")
    elif callout := _CALLOUT.match(bare):
        yield Almost(Slip.CALLOUT, index + 1, f"[!{callout[2]}]", f"{callout[1]}{callout[3] or '**Hinweis:** …'}")


def _dashed(rows: Sequence[str], index: int) -> bool:
    """Whether a line that begins with a dash is an item of a list.

    In running text a line may begin with a dash that the one above left over. So it counts only behind an empty line
    or another item, and only where the line below, or above, is an item too.
    """
    above = rows[index - 1] if index else ""
    below = rows[index + 1] if index + 1 < len(rows) else ""
    items = [bool(_ITEM.match(row) or _DASH.match(row)) for row in (above, below)]
    return items[0] or (items[1] and not above.strip())


def _pictures(rows: Sequence[str], index: int) -> Iterator[Almost]:
    row = rows[index]
    if named := _PICTURE_NAME.search(row):
        better = f"{row[: named.start()]}{named[1]}<{named[2].strip()}>{named[3] or ''}){row[named.end() :]}"
        yield Almost(Slip.PICTURE_NAME, index + 1, named[2].strip(), better)
        return
    picture = _PICTURE.search(_CODE.sub(lambda match: "\x00" * len(match[0]), row))
    if picture is None or "|" in row:
        return
    before, behind = row[: picture.start()].strip(" \t>"), row[picture.end() :].strip()
    if _ITEM.match(f"{before} "):
        before = ""
    neighbours = [rows[at] for at in (index - 1, index + 1) if 0 <= at < len(rows)]
    beside = any(other.strip(" \t>") and not (_ITEM.match(other) or _PICTURE.search(other)) for other in neighbours)
    if before or behind or (beside and not _HEADING.match(row)):
        yield Almost(Slip.PICTURE_IN_LINE, index + 1, picture[0], "\n\n".join((before, picture[0], behind)).strip(" "))


def _inside(line: int, row: str, bare: str) -> Iterator[Almost]:
    """What may stand anywhere in a line; of each kind the first."""
    html = next((tag for tag in _HTML.finditer(bare) if _TAGS.fullmatch(tag[1] or "p")), None)
    if html:
        yield Almost(Slip.HTML, line, html[0], _without_html(row))
    for kind, pattern in ((Slip.FORMULA, _FORMULA), (Slip.HIGHLIGHT, _HIGHLIGHT)):
        if match := pattern.search(bare):
            inner = match[0].strip("$=")
            better = f"**{inner}**" if kind is Slip.HIGHLIGHT else _as_text(inner)
            yield Almost(kind, line, match[0], row[: match.start()] + better + row[match.end() :])
    for kind, pattern, signs in (
        (Slip.SUBSCRIPT, _SUBSCRIPT, _LOW),
        (Slip.SUPERSCRIPT, _SUPERSCRIPT, _HIGH),
    ):
        if match := pattern.search(bare):
            yield Almost(kind, line, match[0], pattern.sub(lambda found: found[1].translate(signs), row))  # noqa: B023
    if (address := _ADDRESS.search(bare)) and (where := address[0]):
        full = where if "://" in where else f"https://{where}"
        link = f"<{full}>" if where == full else f"[{where}]({full})"
        yield Almost(Slip.ADDRESS, line, where, row[: address.start()] + link + row[address.end() :])


def _as_text(formula: str) -> str:
    """A formula in plain characters, as far as its powers go: `E=mc^2` is `E=mc²`."""
    powers = re.sub(r"\^\{?(-?[0-9n]+)\}?", lambda found: found[1].translate(_HIGH), formula)
    return re.sub(r"_\{?([0-9]+)\}?", lambda found: found[1].translate(_LOW), powers)


_AS_MARKDOWN: Final = (
    (re.compile(r"</?(?:b|strong)(?:\s[^<>]*)?>", re.IGNORECASE), "**"),
    (re.compile(r"</?(?:i|em)(?:\s[^<>]*)?>", re.IGNORECASE), "*"),
    (re.compile(r"</?(?:s|del|strike)(?:\s[^<>]*)?>", re.IGNORECASE), "~~"),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), "\\\n"),
)


_IMG: Final = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_VALUE: Final = r"""\b{}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""


def _picture(tag: re.Match[str]) -> str:
    """Of `<img src="a/foto.png" alt="Der Markt">` comes `![Der Markt](../bilder/foto.png)`, where pictures lie."""
    source, words = (
        next((value for value in found.groups() if value), "") if found else ""
        for found in (re.search(_VALUE.format(key), tag[0], re.IGNORECASE) for key in ("src", "alt"))
    )
    name = source.replace("\\", "/").rpartition("/")[2]
    return f"![{words or 'Beschreibung'}](../bilder/{name or 'NAME'})"


def _without_html(row: str) -> str:
    """A line with Markdown in place of its HTML, as far as there is any; a break in a table's cell becomes a blank."""
    for pattern, sign in _AS_MARKDOWN:
        row = pattern.sub(lambda _: " " if "\n" in sign and "|" in row else sign, row)  # noqa: B023
    row = _IMG.sub(_picture, row)
    return _HTML.sub(lambda tag: "" if _TAGS.fullmatch(tag[1] or "p") else tag[0], row).strip()


def _not_closed(rows: Sequence[str]) -> Iterator[Almost]:
    """Paragraphs with an odd number of signs for bold; the last of them has no partner."""
    open_at: tuple[int, re.Match[str]] | None = None
    for index, row in enumerate([*rows, ""]):
        if not row.strip() or _ITEM.match(row) or row.lstrip().startswith(("|", "#", ">")):
            if open_at is not None:
                yield _closed(rows, *open_at)
            open_at = None
        for sign in _STRONG.finditer(_bare(row)):
            open_at = None if open_at else (index, sign)
        if row.lstrip().startswith(("|", "#")) and open_at is not None:
            yield _closed(rows, *open_at)
            open_at = None


def _closed(rows: Sequence[str], index: int, sign: re.Match[str]) -> Almost:
    """The line with the second sign: behind its last word, before a full stop or colon, or before its first word.

    One that stands apart from its word is that second sign: of `**wichtig ** und gut` comes `**wichtig** und gut`.
    """
    row = rows[index]
    behind = row[sign.end() :].rstrip()
    inside, apart, rest = behind.partition(f" {sign[0]}")
    if apart and inside.strip() and not inside[0].isspace() and rest[:1] in ("", " "):
        repaired = f"{row[: sign.end()]}{inside.rstrip()}{sign[0]}{rest}"
        return Almost(Slip.NOT_CLOSED, index + 1, row[sign.start() :].strip(), repaired)
    if behind and not behind[0].isspace():
        end = len(row[: sign.end()]) + len(behind.rstrip(".,;:!?"))
        return Almost(Slip.NOT_CLOSED, index + 1, row[sign.start() :].strip(), row[:end] + sign[0] + row[end:])
    start = len(row) - len(row.lstrip())
    return Almost(Slip.NOT_CLOSED, index + 1, row[: sign.end()].strip(), row[:start] + sign[0] + row[start:])
