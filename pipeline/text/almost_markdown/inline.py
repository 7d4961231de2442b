"""Lines in; what may stand anywhere in a line and is no Markdown out: a table of patterns, each with its repair."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from pipeline.text.almost_markdown.html import first_tag, has_break, without_html
from pipeline.text.almost_markdown.slips import Almost, Lines, Slip, hidden
from pipeline.text.bare_addresses import BARE, leads_to
from pipeline.text.markdown_parser import as_written

_LOW: Final = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_HIGH: Final = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "arrow_right": "→",
        "check": "✓",
        "heavy_check_mark": "✓",
        "white_check_mark": "✓",
        "x": "✗",
        "star": "★",
        "smile": "☺",
        "smiley": "☺",
        "warning": "⚠",
        "envelope": "✉",
        "phone": "☎",
    }
)

_NOT_IN_ADDRESSES: Final = (Slip.SUBSCRIPT, Slip.SUPERSCRIPT, Slip.HIGHLIGHT, Slip.EMOJI)
_TABLE: Final = ("table_open",)

_Words = Callable[[int], str]
"""The text of a group of a match, as it stands in the line."""


class Pair(NamedTuple):
    """A pattern of what was meant as Markdown, and what to write in place of a match.

    Only a line with one of the `signs` is searched: most have none, and a check goes through every line of a plan.
    """

    kind: Slip
    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    repair: Callable[[_Words], str]


def _as_text(formula: str) -> str:
    """A formula in plain characters, as far as its powers go: `E=mc^2` is `E=mc²`."""
    powers = re.sub(r"\^\{?(-?[0-9n]+)\}?", lambda found: found[1].translate(_HIGH), formula)
    return re.sub(r"_\{?([0-9]+)\}?", lambda found: found[1].translate(_LOW), powers)


def _link(address: str) -> str:
    """An address as a link, without the signs that were to protect its own."""
    address = re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", address)
    full = leads_to(address)
    return f"<{full}>" if address == full else f"[{address}]({full})"


def _target(address: str) -> str:
    return leads_to(address)


_TARGET: Final = r"(https?://[^\s()\[\]]+|www\.[^\s()\[\]]+|mailto:[^\s()\[\]]+|#[\w.-]+)"
_BEGINNING: Final = r"(?<![\w/@.:(<\[\"])"
_OF_ADDRESS: Final = r"[^\s<>()\"“”„\[\]]"
_LAST: Final = r"[^\s<>()\"“”„\[\].,;:!?*_~\x00]"
# With their first digit a letter's IDs are those of goals, measures and proposals; other names need two brackets.
_ID: Final = r"[MZ]\d+(?:\.\d+)+|V\d+"

PAIRS: Final = (
    Pair(
        Slip.FORMULA,
        ("$",),
        re.compile(r"(?<![\w$])\$(?=[^\s$\d])(?=[^$]*[\\^_=+*/])([^$]+)(?<!\s)\$(?![\w$])|\$\$[^$]+\$\$"),
        lambda words: _as_text(words(0).strip("$")),
    ),
    Pair(
        Slip.HIGHLIGHT,
        ("==",),
        re.compile(r"(?<![=\w])==(?=\S)([^=]+?)(?<=\S)==(?![=\w])"),
        lambda words: f"**{words(1)}**",
    ),
    Pair(
        Slip.SUBSCRIPT,
        ("~",),
        re.compile(r"(?<![\w~])((?:[A-Z][a-z]?\d*)*[A-Z][a-z]?)~(\d{1,3})(?!\d|\w*~)"),  # CO~2, H~2O
        lambda words: f"{words(1)}~{words(2)}~",
    ),
    Pair(
        Slip.SUPERSCRIPT,
        ("^",),
        re.compile(r"(?<![\w^])([kcdm]?m)\^([23])(?![\w^])"),  # m^2; but 2^10 may be meant as it stands
        lambda words: f"{words(1)}^{words(2)}^",
    ),
    Pair(
        Slip.LINK_APART,
        ("[",),
        re.compile(rf"(?<!!)\[(?!offen:)([^\[\]\x00]+)\][ \u00a0]+\({_TARGET}\)"),
        lambda words: f"[{words(1)}]({_target(words(2))})",
    ),
    Pair(
        Slip.LINK_SWAPPED,
        ("[",),
        re.compile(rf"\(([^()\x00]+)\)[ \u00a0]?\[{_TARGET}\](?!\()"),
        lambda words: f"[{words(1)}]({_target(words(2))})",
    ),
    Pair(
        Slip.REFERENCE,
        ("[",),
        re.compile(rf"\[\[#?({_ID}|[a-z][\w-]*)\]\]|(?<!\[)\[#?({_ID})\](?![\[(:\]\x00])"),
        lambda words: f"[](#{words(1) or words(2)})",
    ),
    Pair(
        Slip.EMOJI,
        (":",),
        re.compile(r"(?: |(?<![\w:/])):([a-z][a-z0-9]*(?:_[a-z0-9]+)*|\+1|-1):(?![\w:])"),
        lambda words: _sign(words(0)),
    ),
    Pair(
        Slip.ADDRESS,  # with a star or an escaped sign in it nobody knows where it ends
        ("*", "\x00"),
        re.compile(
            rf"{_BEGINNING}(?:https?://|www\.){_OF_ADDRESS}*?(?:(?<!\x00)\x00\x00(?!\x00)|\*(?=[^\W_])){_OF_ADDRESS}*{_LAST}"
        ),
        lambda words: _link(words(0)),
    ),
    Pair(
        Slip.ADDRESS,  # https:/example.org, https//example.org, https:// example.org
        ("http",),
        re.compile(rf"{_BEGINNING}(https?)(?::/|//|://[ \u00a0]+)(?=[\w-]+\.\w)({_OF_ADDRESS}*{_LAST})"),
        lambda words: _link(f"{words(1)}://{words(2)}"),
    ),
)


def _sign(written: str) -> str:
    """The character that a name between colons stands for; nothing where the plan's fonts have none."""
    sign = _SIGNS.get(written.strip(" :"), "")
    return f" {sign}" if sign and written.startswith(" ") else sign


def inline(lines: Lines) -> Iterator[Almost]:
    """What may stand anywhere in a line; of each kind all of a line at once."""
    breaks = any("<" in bare and has_break(bare) for bare in lines.bare)
    cells = as_written("\n".join(lines.rows), _TABLE) if breaks else frozenset()
    for index, (row, bare) in enumerate(zip(lines.rows, lines.bare, strict=True)):
        in_table = index + 1 in cells
        if "<" in bare and (tag := first_tag(bare, in_table=in_table)):
            yield Almost(Slip.HTML, index + 1, tag, without_html(row, in_table=in_table))
        for pair in PAIRS:
            if not any(sign in bare for sign in pair.signs):
                continue
            searched = hidden(BARE, bare) if pair.kind in _NOT_IN_ADDRESSES else bare
            if matches := list(pair.pattern.finditer(searched)):
                found = row[matches[0].start() : matches[0].end()].strip()
                yield Almost(pair.kind, index + 1, found, _repaired(pair, row, matches))


def _repaired(pair: Pair, row: str, matches: list[re.Match[str]]) -> str:
    for match in reversed(matches):
        row = row[: match.start()] + pair.repair(_words_of(row, match)) + row[match.end() :]
    return row


def _words_of(row: str, match: re.Match[str]) -> _Words:
    return lambda group: row[match.start(group) : match.end(group)] if match[group] else ""
