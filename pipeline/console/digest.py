"""Findings in, at most so many lines of them out: all if they fit, else a sample of each kind and how many there are.

Nobody reads four hundred messages, and on a terminal the first of them are gone. Most have few causes: each code comes
once in full, with the first of its other places.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.console.findings import block, for_people, one_line, place
from pipeline.console.numbers import amount, listing
from pipeline.console.screen import Look
from pipeline.console.snippet import Lines
from pipeline.diagnostics import Diagnostic, Severity
from pipeline.text.characters import harmless

MOST = 54  # lines: with progress, counts and the last word a check shows at most 60
PLACES = 3  # named after the first one
WITHOUT_END = 160  # characters of a line where lines have no end, as in a file

Group = Sequence[Diagnostic]


def digest(findings: Sequence[Diagnostic], lines: Lines, content: Path, look: Look, most: int = MOST) -> str:
    """All findings as `for_people` has them if they take at most so many lines; otherwise, errors first, a block for
    each code, a line for each that no block has room for, and how many are not shown. '' if there are none.
    """
    whole = for_people(findings, lines, content, look)
    if _height(whole) <= most:
        return whole
    groups = _groups(findings)
    end = look.filled(
        f"Gekürzt: {amount(len(findings), 'Meldung', 'Meldungen')} in {amount(len(groups), 'Art', 'Arten')}. "
        "Alle zeigt --verbose.",
        first="",
        indent="",
    )
    room = most - _height(end)
    pieces: list[str] = []
    short: list[str] = []
    for number, group in enumerate(groups):
        rest = len(groups) - number - 1  # each of them needs a line, if no more, and all of them together a blank one
        full = _full(group, lines, content, look)
        line = _short(group, content, look)
        if not short and _height(full) + 1 + rest + 1 <= room:
            pieces.append(full)
            room -= _height(full) + 1
        elif room - 1 > (1 if rest else 0):
            short.append(line)
            room -= 1
        else:
            short.append(f"… und {amount(rest + 1, 'weitere Art', 'weitere Arten')}")
            break
    return "\n\n".join([*pieces, *(["\n".join(short)] if short else []), end])


def _groups(findings: Sequence[Diagnostic]) -> list[Group]:
    """The findings of a code together, errors before warnings before notes, else as they come."""
    found: dict[tuple[Severity, str], list[Diagnostic]] = {}
    for item in findings:
        found.setdefault((item.severity, item.code), []).append(item)
    order = list(Severity)
    return [found[key] for key in sorted(found, key=lambda key: order.index(key[0]))]


def _full(group: Group, lines: Lines, content: Path, look: Look) -> str:
    """The first finding of a group, and where else there are such."""
    first, *others = group
    shown = block(first, lines, content, look)
    if not others:
        return shown
    places = [harmless(place(item, content)) for item in others[:PLACES]]
    hidden = len(others) - len(places)
    named = listing([*places, f"{hidden} weiteren"], "und") if hidden else listing(places, "und")
    which = "einer weiteren Stelle" if len(others) == 1 else amount(len(others), "", "weiteren Stellen")
    return f"{shown}\n{look.filled(f'Ebenso an {which}: {named}.')}"


def _short(group: Group, content: Path, look: Look) -> str:
    """A group in one line: its code, how often, its first place, and as much of the sentence as there is room for."""
    first = group[0]
    times = f" ({len(group)}-mal)" if len(group) > 1 else ""
    text = f"{first.severity.label} {first.code}{times}: {harmless(place(first, content))}: {one_line(first.message)}"
    room = (look.columns or WITHOUT_END + 1) - 1
    return text if len(text) <= room else f"{text[: room - 1]}…"


def _height(text: str) -> int:
    """Lines."""
    return text.count("\n") + 1 if text else 0
