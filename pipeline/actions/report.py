"""What became of the plan by the end of a year: a report as PDF, and as a Word file whose entries come back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.actions.beside import begun, published
from pipeline.actions.earlier import edition_resolved, edition_resolved_as
from pipeline.actions.records import withdrawn
from pipeline.budget.deadline import deadline
from pipeline.budget.limits import READING, WRITING
from pipeline.errors import BuildError, ExitCode
from pipeline.files.publish import Output, ensure_writable, tool_versions
from pipeline.files.secret import secret_in
from pipeline.outcome import Outcome, Progress
from pipeline.pdf.writer import PDF
from pipeline.word.writer import DOCX
from pipeline.writer import Resources, Tools


class NoSuchYearError(BuildError):
    """The plan does not run in that year; str() is a German sentence on when it does."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True)
class ReportRequest:
    """Of which year, 0 for the last one that is over at the plan's date; against which edition, '' for the one that was
    resolved last by then. `cache`, `own`: the folders of `run.Kept`.
    """

    content: Path
    output: Path
    year: int = 0
    against: str = ""
    strict: bool = False
    cache: Path | None = None
    own: Path | None = None


def _last_ended(day: date) -> int:
    """The last year that is over on a day, or all but."""
    return day.year if day.month == 12 else day.year - 1  # noqa: PLR2004 - December


def report(request: ReportRequest, progress: Progress) -> Outcome:
    """Writes both files into the output folder; with errors in the content nothing.

    Raises NoSuchYearError, UnknownEditionError, and BuildError where the content is not to blame.
    """
    from pipeline.parts.context import Context
    from pipeline.parts.reporting.report import SUFFIX, implementation_report

    examined = begun(request.content, request.output, request.cache, progress, strict=request.strict)
    source, checked, plan, outcome = examined.source, examined.checked, examined.checked.plan, examined.outcome
    if plan is None or not outcome.ok:
        return outcome
    term = plan.meta.term
    year = request.year or min(max(_last_ended(plan.meta.date), term.first), term.last)
    if not term.first <= year <= term.last:
        raise NoSuchYearError(f"Der Plan läuft von {term.first} bis {term.last}; über {year} ist nichts zu berichten.")
    ensure_writable(request.output)
    tools = Tools(tool_versions(), request.cache, secret_in(request.own), request.own)
    with progress.stage("Beschluss lesen"), deadline(READING, "Lesen der Fassungen"):
        found, untold = (
            (edition_resolved_as(source, request.against), ())
            if request.against
            else edition_resolved(source, date(year, 12, 31), withdrawn(request.content))
        )
    context = Context(plan, source.digest, checked.open_points)
    document = implementation_report(context, checked.texts, (found.kept, found.plan) if found else None, year)
    outputs, remarks = [], list(untold)
    for writer in (PDF, DOCX):
        with progress.stage("Bericht", writer.suffix.removeprefix(".").upper()), deadline(WRITING, writer.stage):
            written = writer.write(document, Resources(source.pictures, source.files), tools)
        outputs.append(Output(f"{plan.meta.short_name}{SUFFIX}{writer.suffix}", written.data, written.pages))
        remarks += written.remarks
    return replace(published(outputs, request.output, outcome, progress), remarks=tuple(remarks))
