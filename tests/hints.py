"""A finding in, its hint taken literally: the line that it shows, or the indentation that it names, in the file."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.diagnostics import CORRECTED, Diagnostic

_MEANT = re.compile(
    r"Gemeint ist wohl(?: statt der (\d+) Zeilen ab hier)?: ([^…]+?)(?: \(⏎: hier eine neue Zeile beginnen\))?"
)
_BLANKS = re.compile(r"Die Zeile mit (\d+) (?:statt (\d+)|gewöhnlichen|Leerzeichen statt)")


def shows_a_line(finding: Diagnostic) -> bool:
    """Whether somebody can do what the hint says without thinking."""
    return CORRECTED in finding.hint or _BLANKS.search(finding.hint) is not None or _meant(finding) is not None


def _meant(finding: Diagnostic) -> re.Match[str] | None:
    """The lines of a text that a hint shows; in the data a text may stand on the line of its key."""
    return _MEANT.fullmatch(finding.hint) if finding.location.path.suffix == ".md" else None


def follow(finding: Diagnostic, folder: Path) -> None:
    """Does in the file what the hint says: types the line that it shows, where the finding is, indented as before."""
    file = folder / finding.location.path
    rows = file.read_text(encoding="utf-8").split("\n")
    row = rows[finding.location.line - 1]
    indentation = row[: len(row) - len(row.lstrip())]
    if blanks := _BLANKS.search(finding.hint):
        assert blanks[2] in (None, str(len(indentation)))
        row = " " * int(blanks[1]) + row.lstrip()
    if CORRECTED in finding.hint:
        row = row[: len(row) - len(row.lstrip(" "))] + finding.hint.partition(CORRECTED)[2]
    last = finding.location.line
    if meant := _meant(finding):
        last += int(meant[1] or 1) - 1
        row = meant[2].replace(" ⏎ ", "\n")
    rows[finding.location.line - 1 : last] = [row]
    file.write_text("\n".join(rows), encoding="utf-8")
