"""Lines in, footnotes out that are typed as Word prints them: `[1]` or a raised digit, and the note in a line below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.text.almost_markdown.slips import Almost, Lines, Slip

_RAISED: Final = "¹²³⁴⁵⁶⁷⁸⁹"
_NOTE: Final = re.compile(rf"\s{{0,3}}(?:\[(\d{{1,3}})\]:?|([{_RAISED}]))\s*(?=[^\s(\[])(?!:)")
_ADDRESS: Final = re.compile(r"\s{0,3}\[\d+\]:\s*<?(?:https?://|www\.|#|mailto:)\S*\s*$")
# A raised digit behind a short word is a power: 12 m², 3 km². Behind a longer one, or a full stop, it calls a note.
_CALL: Final = re.compile(
    rf"(?<=[\w.,;:!?)“”\"*])\s?\[(\d{{1,3}})\](?![(\[:])|(?<=\w{{4}})([{_RAISED}])|(?<=[.,;:!?)“”])([{_RAISED}])"
)
_MAY: Final = re.compile(rf"[\[{_RAISED}]")  # most texts have none of it
_TRUE_NOTE: Final = re.compile(r"\s{0,3}\[\^(\d{1,3})\]:")
_TRUE_CALL: Final = re.compile(r"\[\^(\d{1,3})\](?!:)")


def footnotes(lines: Lines) -> Iterator[Almost]:
    """Both the calls and the notes, where each has the other; either may have been put right already."""
    if not any(_MAY.search(bare) for bare in lines.bare):
        return
    notes, calls, true_notes, true_calls = _notes(lines), _calls(lines), set(), set()
    for row in lines.rows:
        true_notes |= {match[1] for match in _TRUE_NOTE.finditer(row)}
        true_calls |= {match[1] for match in _TRUE_CALL.finditer(row)}
    noted = set(notes.values()) | (true_notes - true_calls)
    called = {number for matches in calls.values() for number, _ in matches} | (true_calls - true_notes)
    for index, number in notes.items():
        if number in called:
            row = lines.rows[index]
            mark = _NOTE.match(row)
            assert mark is not None
            yield Almost(Slip.FOOTNOTE, index + 1, mark[0].strip(), f"[^{number}]: {row[mark.end() :]}")
    for index, matches in calls.items():
        found = [(number, match) for number, match in matches if number in noted and index not in notes]
        row = lines.rows[index]
        for number, match in reversed(found):
            row = f"{row[: match.start()]}[^{number}]{row[match.end() :]}"
        if found:
            yield Almost(Slip.FOOTNOTE, index + 1, found[0][1][0].strip(), row)


def _notes(lines: Lines) -> dict[int, str]:
    """The lines that look like notes, with their numbers; of several with one number the last."""
    found: dict[str, int] = {}
    for index, bare in enumerate(lines.bare):
        if (note := _NOTE.match(bare)) and not _ADDRESS.match(lines.rows[index]):
            found[_number(note[1] or note[2])] = index
    return {index: number for number, index in found.items()}


def _calls(lines: Lines) -> dict[int, list[tuple[str, re.Match[str]]]]:
    found = {
        index: [(_number(match[1] or match[2] or match[3]), match) for match in _CALL.finditer(bare)]
        for index, bare in enumerate(lines.bare)
        if _MAY.search(bare)
    }
    return {index: matches for index, matches in found.items() if matches}


def _number(sign: str) -> str:
    return str(_RAISED.index(sign) + 1) if sign in _RAISED else sign
