"""Findings and the files they are about in, the form for people out: place, sentence, the line itself, what to do."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from pipeline.console.screen import INDENT, Look
from pipeline.console.snippet import Lines, Snippet, snippet
from pipeline.diagnostics import Diagnostic, Severity
from pipeline.text.characters import harmless

WITHOUT_END = 120  # columns of a snippet where lines have no end, as in a file: enough to see what is meant

# Styles of ECMA-48: bold red, yellow, cyan; bold; faint.
_SEVERITY = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_PLACE = "1"
_FRAME = "2"


def for_people(
    findings: Iterable[Diagnostic], lines: Lines, content: Path, look: Look, new: Container[Diagnostic] = ()
) -> str:
    """All findings, an empty line between any two; '' if there are none. Those among the `new` ones say so."""
    return "\n\n".join(block(item, lines, content, look, "neu" if item in new else "") for item in findings)


def place(diagnostic: Diagnostic, content: Path) -> str:
    """`content/plan.yaml:12:5`, which editors and terminals turn into a link."""
    location = diagnostic.location
    numbers = [str(number) for number in (location.line, location.column) if number]
    return ":".join([str(content / location.path), *numbers])


def block(item: Diagnostic, lines: Lines, content: Path, look: Look, remark: str = "") -> str:
    """One finding: place and sentence, the line of the file, what to do. `remark`: in brackets before the sentence."""
    pieces = [head(item, content, look, remark)]
    frame = f"{item.location.line:>{len(INDENT) + 2}} | "
    piece = snippet(item, lines, (look.columns or WITHOUT_END) - len(frame) - 1)
    if piece is not None:
        pieces += _framed(piece, _SEVERITY[item.severity], frame, look)
    if item.hint:
        pieces.append(look.filled(one_line(item.hint)))
    return "\n".join(pieces)


def head(item: Diagnostic, content: Path, look: Look, remark: str = "") -> str:
    """`place: Fehler P301: (remark) sentence`; painted after it is broken into lines, since colours take no room."""
    where = harmless(place(item, content))
    what = f"{item.severity.label} {item.code}"
    said = f"({remark}) {one_line(item.message)}" if remark else one_line(item.message)
    text = look.filled(f"{where}: {what}: {said}", first="")
    if not text.startswith(f"{where}: {what}:"):  # broken inside the place
        return text
    rest = text.removeprefix(f"{where}: {what}:")
    return f"{look.paint(where, _PLACE)}: {look.paint(what, _SEVERITY[item.severity])}:{rest}"


def _framed(piece: Snippet, style: str, frame: str, look: Look) -> list[str]:
    """The line of the file behind its number, and the mark below it; blanks stay unpainted."""
    below = f"{'':>{len(frame) - 2}}| "
    shown = [look.paint(frame, _FRAME) + piece.text]
    if piece.mark:
        blank = len(piece.mark) - len(piece.mark.lstrip())
        shown.append(look.paint(below, _FRAME) + " " * blank + look.paint(piece.mark.lstrip(), style))
    return shown


def one_line(text: str) -> str:
    """A sentence may quote what stands in a file, line ends and unseen signs included."""
    return harmless(" ".join(text.splitlines()))
