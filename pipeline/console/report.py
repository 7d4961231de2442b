"""The German words for an outcome: published files, counts, the last word; and which findings are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.actions.edition import Kept
from pipeline.console.numbers import amount, size, whole
from pipeline.diagnostics import Diagnostic, Severity
from pipeline.outcome import Counts, Outcome

NOUNS = {
    Severity.ERROR: ("Fehler", "Fehler"),
    Severity.WARNING: ("Warnung", "Warnungen"),
    Severity.NOTE: ("Hinweis", "Hinweise"),
}


def shown(path: Path) -> Path:
    """A path as short as it is clear: relative if it lies below the current folder."""
    try:
        return path.relative_to(Path.cwd())
    except (ValueError, FileNotFoundError):  # elsewhere; or the current folder was deleted meanwhile
        return path


def visible(outcome: Outcome, *, quiet: bool) -> Iterator[Diagnostic]:
    """All of them; if quiet, errors alone and warnings that count as errors."""
    for item in outcome.diagnostics:
        counted = item.severity is Severity.ERROR or (item.severity is Severity.WARNING and outcome.strict)
        if counted or not quiet:
            yield item


def because_strict(outcome: Outcome) -> str:
    """A sentence for the end of the output if warnings counted as errors, else ''."""
    counted = outcome.strict and any(item.severity is Severity.WARNING for item in outcome.diagnostics)
    return " Wegen --strict zählen Warnungen wie Fehler." if counted else ""


def tally(outcome: Outcome) -> str:
    """How many of each severity there are: „1 Fehler, 2 Warnungen, 3 Hinweise, davon 2 neu“, '' if none."""
    found = Counter(item.severity for item in outcome.diagnostics)
    words = [amount(found[severity], *NOUNS[severity]) for severity in Severity if found[severity]]
    return ", ".join([*words, *([f"davon {whole(len(outcome.new))} neu"] if outcome.new else [])])


def files(outcome: Outcome) -> Iterator[str]:
    """A line a published file: path, size, number of pages, in columns."""
    rows = [(str(shown(file.path)), size(file.size), _pages(file.pages)) for file in outcome.files]
    widths = [max(len(row[column]) for row in rows) for column in range(2)] if rows else []
    for path, length, pages in rows:
        yield f"{path:<{widths[0]}}  {length:>{widths[1]}}  {pages}".rstrip()


def counts(numbers: Counts) -> str:
    """The size of the plan in a line, as far as it is known: „3 Handlungsfelder · 5 Ziele · …“; '' if it is not."""
    named = (
        (numbers.fields, "Handlungsfeld", "Handlungsfelder"),
        (numbers.goals, "Ziel", "Ziele"),
        (numbers.measures, "Maßnahme", "Maßnahmen"),
        (numbers.actors, "Akteur", "Akteure"),
        (numbers.open_points, "offener Punkt", "offene Punkte"),
    )
    return " · ".join(amount(number, one, many) for number, one, many in named if number is not None)


def kept(edition: Kept) -> Iterator[str]:
    """Two lines: whether an edition is kept now or was before, and what to do for the next one."""
    yield f"Fassung {edition.name} ist {'jetzt' if edition.is_new else 'schon, mit genau diesem Inhalt,'} festgehalten."
    yield (
        f'Für die nächste Fassung in plan.yaml „fassung“ erhöhen und ersetzt: "{edition.name}" eintragen; dann zeigt '
        "der Plan, was sich geändert hat."
    )


def _pages(number: int | None) -> str:
    return "" if number is None else amount(number, "Seite", "Seiten")
