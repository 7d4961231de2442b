"""Findings in, at most so many lines of them out: errors one by one while they fit, warnings and notes by their kind.

Nobody reads four hundred messages, and on a terminal the first of them are gone. Most have few causes: each kind, that
is each code, comes once with its number and its first places.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from pipeline.console.findings import block, for_people, head, one_line, place
from pipeline.console.numbers import amount, listing, whole
from pipeline.console.screen import Look
from pipeline.console.snippet import Lines
from pipeline.diagnostics import Diagnostic, Severity
from pipeline.text.characters import harmless

MOST = 54  # lines: with progress, counts and the last word a check shows at most 60
SCREEN = 34  # lines where nothing is wrong: with all else 40, which a window shows at once
PLACES = 3  # named after the first one
WITHOUT_END = 160  # characters of a line where lines have no end, as in a file

Group = Sequence[Diagnostic]


class Detail(IntEnum):
    """How much is said of a kind: one line; the places too; what to do; of a kind with one finding its line as well."""

    LINE = 0
    PLACES = 1
    HINT = 2
    SNIPPET = 3


# How warnings and notes are shown, from the first that fits. Notes are no hurry: they begin with less.
_LADDER = (
    (Detail.SNIPPET, Detail.HINT),
    (Detail.HINT, Detail.HINT),
    (Detail.HINT, Detail.PLACES),
    (Detail.HINT, Detail.LINE),
    (Detail.PLACES, Detail.LINE),
    (Detail.LINE, Detail.LINE),
)


def digest(
    findings: Sequence[Diagnostic], lines: Lines, content: Path, look: Look, new: Container[Diagnostic] = ()
) -> str:
    """Errors as `for_people` has them, warnings and notes a kind at a time, as much of each as fits; where not even a
    line each fits, a sample of the errors' kinds too. '' if there are none. The `new` findings come first and say so.
    """
    groups = _groups(findings, new)
    errors = [item for item in findings if item.severity is Severity.ERROR]
    page = _Page(lines, content, look, new)
    rest = [group for group in groups if group[0].severity is not Severity.ERROR]
    most = MOST if errors else SCREEN
    for details in _LADDER:
        text = page.listed(errors, rest, details)
        if _height(text) <= most:
            return text
    return page.sampled(groups, most)


def _groups(findings: Sequence[Diagnostic], new: Container[Diagnostic]) -> list[Group]:
    """The findings of a code together, errors before warnings before notes, what is new before what is not, else as
    they come.
    """
    found: dict[tuple[Severity, str], list[Diagnostic]] = {}
    for item in findings:
        found.setdefault((item.severity, item.code), []).append(item)
    groups = [sorted(group, key=lambda item: item not in new) for group in found.values()]
    order = list(Severity)
    return sorted(groups, key=lambda group: (order.index(group[0].severity), group[0] not in new))


@dataclass(frozen=True)
class _Page:
    """What findings are shown with: the lines they are about, the folder they lie in, the stream, which are new."""

    lines: Lines
    content: Path
    look: Look
    new: Container[Diagnostic]

    def listed(self, errors: Sequence[Diagnostic], groups: Sequence[Group], details: tuple[Detail, Detail]) -> str:
        """All errors, then warnings and notes by kind, each severity with its detail; notes without blank lines."""
        warnings = [group for group in groups if group[0].severity is Severity.WARNING]
        notes = [group for group in groups if group[0].severity is Severity.NOTE]
        of_warnings, of_notes = details
        between = "\n\n" if of_warnings > Detail.PLACES else "\n"
        pieces = [
            for_people(errors, self.lines, self.content, self.look),
            between.join(self._kind(group, of_warnings) for group in warnings),
            "\n".join(self._kind(group, of_notes) for group in notes),
        ]
        hidden = any(len(group) > 1 for group in groups) or min(details) < Detail.HINT
        if hidden and groups:
            pieces.append(self._end([*([errors] if errors else []), *groups]))
        return "\n\n".join(piece for piece in pieces if piece)

    def sampled(self, groups: Sequence[Group], most: int) -> str:
        """A block for each kind, errors first, a line for each that no block has room for, and how many are not shown,
        in at most so many lines.
        """
        end = self._end(groups)
        room = most - _height(end)
        pieces: list[str] = []
        short: list[str] = []
        for number, group in enumerate(groups):
            rest = len(groups) - number - 1  # each needs a line, if no more, and all of them together a blank one
            full = self._full(group)
            if not short and _height(full) + 1 + rest + 1 <= room:
                pieces.append(full)
                room -= _height(full) + 1
            elif room - 1 > (1 if rest else 0):
                short.append(self._kind(group, Detail.LINE))
                room -= 1
            else:
                short.append(f"… und {amount(rest + 1, 'weitere Art', 'weitere Arten')}")
                break
        return "\n\n".join([*pieces, *(["\n".join(short)] if short else []), end])

    def _end(self, groups: Sequence[Group]) -> str:
        number = amount(sum(map(len, groups)), "Meldung", "Meldungen")
        text = f"Gekürzt: {number} in {amount(len(groups), 'Art', 'Arten')}. Alle zeigt --verbose."
        return self.look.filled(text, first="", indent="")

    def _full(self, group: Group) -> str:
        """The first finding of a group with its line, and where else there are such."""
        first, *others = group
        if first.severity is not Severity.ERROR:
            return self._kind(group, Detail.HINT)
        shown = block(first, self.lines, self.content, self.look)
        if not others:
            return shown
        which = "einer weiteren Stelle" if len(others) == 1 else amount(len(others), "", "weiteren Stellen")
        named = _named([harmless(place(item, self.content)) for item in others], "weiteren")
        return f"{shown}\n{self.look.filled(f'Ebenso an {which}: {named}.')}"

    def _kind(self, group: Group, detail: Detail) -> str:
        """A kind of warnings or notes: its first finding, with how many there are and how many of them are new."""
        if detail is Detail.LINE:
            return self._line(group)
        first, *others = group
        remark = ", ".join(self._remarks(group))
        if detail is Detail.SNIPPET and not others:
            return block(first, self.lines, self.content, self.look, remark)
        pieces = [head(first, self.content, self.look, remark)]
        if detail > Detail.PLACES and first.hint:
            pieces.append(self.look.filled(one_line(first.hint)))
        if others:
            pieces.append(self.look.filled(f"Ebenso: {_named(self._places(group), 'weitere')}."))
        return "\n".join(pieces)

    def _line(self, group: Group) -> str:
        """A kind in one line: code, how often, its first place, and as much of the sentence as there is room for."""
        first = group[0]
        remarks = ", ".join(self._remarks(group))
        remark = f" ({remarks})" if remarks else ""
        where = harmless(place(first, self.content))
        text = f"{first.severity.label} {first.code}{remark}: {where}: {one_line(first.message)}"
        room = (self.look.columns or WITHOUT_END + 1) - 1
        return text if len(text) <= room else f"{text[: room - 1]}…"

    def _remarks(self, group: Group) -> Iterator[str]:
        new = sum(item in self.new for item in group)
        if len(group) > 1:
            yield f"{whole(len(group))}-mal"
        if new:
            yield "neu" if new == len(group) == 1 else "alle neu" if new == len(group) else f"{whole(new)} neu"

    def _places(self, group: Group) -> list[str]:
        """Where the others of a group are, in short: IDs if these tell them apart, in the same file lines."""
        ids = [item.entity for item in group]
        if all(ids) and len({*ids}) == len(ids):
            return [harmless(name) for name in ids[1:]]
        path = group[0].location.path
        return [self._place(item, near=item.location.path == path) for item in group[1:]]

    def _place(self, item: Diagnostic, *, near: bool) -> str:
        return f"Zeile {item.location.line}" if near and item.location.line else harmless(place(item, self.content))


def _named(places: Sequence[str], rest: str) -> str:
    """The first of the places and how many more there are."""
    hidden = len(places) - PLACES
    return listing([*places[:PLACES], f"{hidden} {rest}"] if hidden > 0 else places, "und")


def _height(text: str) -> int:
    """Lines."""
    return text.count("\n") + 1 if text else 0
