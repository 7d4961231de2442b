"""The files that were read and a finding in, the line it is about out, with a mark below the field concerned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pipeline.console.screen import TAB, width
from pipeline.diagnostics import Diagnostic, Location
from pipeline.text.characters import shown

YAML = (".yaml", ".yml")
NEAR = 2000  # characters before and behind a place that are looked at: a line may be as long as a file

# What a line ends with, as those count who find the places: YAML knows three ends more than Markdown.
_YAML_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_TEXT_END = re.compile("\r\n?|\n")
_BROKEN = re.compile("[\udc80-\udcff]")  # how Python keeps a byte that it cannot decode
_QUOTED = re.compile("„([^“]+)“")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\'\'|[^\'])*\'')
_STRING_OR_BRACKET = re.compile(rf"{_STRING.pattern}|[\[\]{{}}]")
# A key without its value: any words up to a colon that a space or the line's end follows, of "zeit: 12:30" thus "zeit".
_KEY = re.compile(r"[^\s\"'\[\]{},:#](?:[^,\[\]{}:]|:(?=\S))*(?=:(?:\s|$))")
_IN_BRACKETS = re.compile(r"[^,\[\]{}]*")
_VALUE = re.compile(r".*?(?=\s+#|$)")
_SPACE = re.compile(r"\t+|\s")


@dataclass(frozen=True)
class Snippet:
    """A piece of a line, and what to write below it."""

    line: int
    text: str
    mark: str


@dataclass(frozen=True)
class Lines:
    """The lines of the files that a check has read; a file is taken apart when one of its lines is asked for."""

    files: Mapping[PurePosixPath, bytes]
    _split: dict[PurePosixPath, list[str]] = field(default_factory=dict)
    _broken: set[PurePosixPath] = field(default_factory=set)

    def line(self, location: Location) -> str:
        """The line of a place; '' where it has none."""
        path = location.path
        if location.line < 1 or path not in self.files:
            return ""
        if path not in self._split:
            end = _YAML_END if path.suffix in YAML else _TEXT_END
            self._split[path] = end.split(self._text(path))
        lines = self._split[path]
        return lines[location.line - 1] if location.line <= len(lines) else ""

    def is_text(self, path: PurePosixPath) -> bool:
        """Whether all of a file whose lines were asked for is text."""
        return path not in self._broken

    def _text(self, path: PurePosixPath) -> str:
        data = self.files[path].removeprefix(b"\xef\xbb\xbf")
        try:
            return data.decode()
        except UnicodeDecodeError:
            self._broken.add(path)
            return data.decode(errors="surrogateescape")


def snippet(finding: Diagnostic, lines: Lines, columns: int) -> Snippet | None:
    """The line of a finding, cut around its place to so many columns; None where there is nothing to see."""
    line = lines.line(finding.location)
    if not line or line.isspace() or columns < 1:
        return None
    begin, end = _marked(finding, line, lines)
    text, before, marked = _cut(line, begin, max(end, begin + 1), columns)
    mark = f"{' ' * before}^{'~' * (marked - 1)}" if end else ""
    return Snippet(finding.location.line, text, mark)


# --- what to mark -------------------------------------------------------------------------------------------------


def _marked(finding: Diagnostic, line: str, lines: Lines) -> tuple[int, int]:
    """Where in the line the mark begins and ends; 0, 0 if the place is the whole line."""
    if not lines.is_text(finding.location.path) and (broken := _BROKEN.search(line)):
        return broken.span()  # columns are counted in characters, and such a line has none that are certain
    if finding.location.column:
        begin = min(finding.location.column - 1, len(line))
        is_data = finding.location.path.suffix in YAML
        return begin, begin + max(1, _extent(line, begin) if is_data else 1)
    for quoted in _QUOTED.findall(finding.message):  # of running text only the line is known
        begin = line.find(quoted)
        if begin >= 0 and line.find(quoted, begin + 1) < 0:
            return begin, begin + len(quoted)
    return 0, 0


def _extent(line: str, begin: int) -> int:
    """How long what begins there is: a key without its value, a text in quotes, a list, else up to the end.

    In `ziel: Z1.9 # neu` from column 7 that is "Z1.9"; in `rollen: [amt, kammer]` from column 10 it is "amt", since the
    place lies inside brackets.
    """
    rest = line[begin : begin + NEAR]
    for pattern in (_SPACE, _STRING, _KEY):
        if found := pattern.match(rest):
            return found.end()
    if rest.startswith(("[", "{")):
        return _bracketed(rest)
    if rest.startswith((":", ",", "]", "}")):  # where reading went wrong
        return 1
    before = line[max(0, begin - NEAR) : begin]
    inside = _depth(before) > 0 or _depth(rest) < 0
    found = (_IN_BRACKETS if inside else _VALUE).match(rest)
    return len(found[0].rstrip()) if found else 0


def _depth(text: str) -> int:
    """How many brackets stay open."""
    return sum(step for _, step in _brackets(text))


def _bracketed(rest: str) -> int:
    """The length up to the bracket that closes the first one, else to the end of the line."""
    depth = 0
    for end, step in _brackets(rest):
        depth += step
        if depth == 0:
            return end
    return len(rest.rstrip())


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Every bracket outside quotes: where it ends, and whether it opens (1) or closes (-1)."""
    for found in _STRING_OR_BRACKET.finditer(text):
        if found[0] in "[]{}":
            yield found.end(), 1 if found[0] in "[{" else -1


# --- what to show -------------------------------------------------------------------------------------------------


def _cut(line: str, begin: int, end: int, columns: int) -> tuple[str, int, int]:
    """The piece of the line around the mark, the columns before the mark, and the columns of the mark itself."""
    start, stop = max(0, begin - columns), begin + columns + 1
    cells = [TAB if character == "\t" else shown(character) for character in line[start:stop].rstrip()]
    widths = [width(cell) for cell in cells]
    first, last = 0, len(cells)
    at = min(begin - start, last)
    if start or stop < len(line) or sum(widths) > columns or sum(widths[:at]) >= columns:
        room = columns - 2  # for the two signs that something is left out
        first, last = _window(widths, at, room)
    left = "…" if start or first else ""
    right = "…" if last < len(cells) or stop < len(line) else ""
    text = left + "".join(cells[first:last]) + right
    before = len(left) + sum(widths[first:at])
    marked = sum(widths[at : min(end - start, last)])
    return text, before, max(1, min(marked, width(text) - before))


def _window(widths: list[int], at: int, room: int) -> tuple[int, int]:
    """Which cells to show: a third of the room for what is before the place, more if little follows it.

    `widths`: the columns of each cell, `at`: the index of the place, `room`: columns in all. Returns the first cell and
    the one behind the last.
    """
    behind = sum(widths[at:])
    first, used = at, 0
    while first > 0 and used + widths[first - 1] <= max(room // 3, room - behind):
        first -= 1
        used += widths[first]
    last = at
    while last < len(widths) and used + widths[last] <= room:
        used += widths[last]
        last += 1
    return first, last
