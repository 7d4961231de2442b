"""Options and the names of edited Word files in, what was taken over out: shown, written, counted."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from pipeline.actions.merge import Merge, MergeResult, merge_files
from pipeline.console import machine, report
from pipeline.console.german import SpokenError
from pipeline.console.options import Options
from pipeline.console.outcomes import print_findings, print_settled
from pipeline.console.screen import look_of
from pipeline.console.streams import say
from pipeline.diagnostics import has_errors
from pipeline.errors import ExitCode
from pipeline.text.characters import harmless


@dataclass(frozen=True)
class MergeOptions:
    """What was asked for besides what all commands share."""

    files: tuple[Path, ...]
    accept: tuple[str, ...]
    reject: tuple[str, ...]
    only: tuple[str, ...]
    report: Path | None
    answers: Path | None
    dry_run: bool
    conflicts: bool


def merge_documents(options: Options, wanted: MergeOptions) -> ExitCode:
    """Merges, shows what came of it and writes what is to be written."""
    _check_report(wanted, options.content_folder)
    _check_names(wanted)
    _check_answers(wanted, options.content_folder)
    request = Merge(
        wanted.files,
        options.content_folder,
        options.cache_folder,
        options.own_folder,
        wanted.accept,
        wanted.reject,
        wanted.only,
        write=not wanted.dry_run,
        markers=wanted.conflicts,
        report=wanted.report,
        answers=wanted.answers,
        strict=options.strict,
    )
    silent = options.quiet or options.json
    result = merge_files(request, options.progress(), (lambda _: None) if silent else _tell)
    print_settled(result.findings)
    if options.json:
        return _print_json(result, options)
    if options.quiet:
        for line in result.missing:
            say(sys.stderr, harmless(line))
    if not result.outcome.ok:
        print_findings(replace(result.findings, settled=()), options)
        why = "Nichts geschrieben: Mit diesen Änderungen hätte der Plan Fehler. In den Quellen bleibt alles."
        say(sys.stderr, f"{why}{report.because_strict(result.findings)}")
        return _exit_code(result)
    if not options.quiet:
        say(sys.stdout, f"{result.tally}.")
        _print_files(result, wanted)
        if has_errors(result.findings.diagnostics):
            say(sys.stdout, "Der Plan hat Fehler, die er vorher schon hatte; check zeigt sie.")
    elif not result.outcome.settled:
        say(sys.stderr, f"{result.tally}.")
    return _exit_code(result)


def _exit_code(result: MergeResult) -> ExitCode:
    """CONTENT if nothing may be written, CONFLICT if anything that somebody wrote is not in the sources."""
    if not result.outcome.ok:
        return ExitCode.CONTENT
    return ExitCode.OK if result.outcome.settled else ExitCode.CONFLICT


def _print_json(result: MergeResult, options: Options) -> ExitCode:
    code, content = _exit_code(result), options.content_folder
    say(sys.stdout, machine.merged(result.findings.diagnostics, content, result.record, result.written, code))
    return code


def _check_report(wanted: MergeOptions, content: Path) -> None:
    """A report takes the place of whatever has its name, so it may not have just any."""
    if wanted.report is None:
        return
    path, context = wanted.report, click.get_current_context()
    if path.suffix.lower() != ".md" or path.is_dir():
        raise SpokenError(f"Der Bericht ist eine Markdown-Datei, ihr Name endet auf .md; {path} geht nicht.", context)
    if path.resolve().is_relative_to(content.resolve()):
        raise SpokenError(f"Der Bericht gehört nicht zu den Inhalten; bitte außerhalb von {content} ablegen.", context)


def _check_answers(wanted: MergeOptions, content: Path) -> None:
    """An answer says what is in the plan; while nothing is written, nobody can be told that."""
    if wanted.answers is None:
        return
    context = click.get_current_context()
    if wanted.dry_run:
        raise SpokenError("Antworten entstehen erst, wenn auch geschrieben wird: bitte ohne --dry-run.", context)
    if wanted.answers.resolve().is_relative_to(content.resolve()):
        raise SpokenError(f"Antworten gehören nicht zu den Inhalten; bitte außerhalb von {content} ablegen.", context)


def _check_names(wanted: MergeOptions) -> None:
    """Nobody is both accepted and rejected; capitals and spaces make no other name."""
    rejected = {tuple(name.casefold().split()) for name in wanted.reject}
    for name in wanted.accept:
        if tuple(name.casefold().split()) in rejected:
            what = f"„{name}“ steht bei --accept und bei --reject; bitte eines von beiden weglassen."
            raise SpokenError(what, click.get_current_context())


def _tell(lines: Iterable[str]) -> None:
    look = look_of(sys.stdout)
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        say(sys.stdout, look.filled(harmless(line.lstrip()), f"{indent}  ", indent))


def _print_files(result: MergeResult, wanted: MergeOptions) -> None:
    for path in result.written:
        say(sys.stdout, f"geändert: {report.shown(path)}")
    if wanted.dry_run:
        say(sys.stdout, "Nur gezeigt; an den Quellen ist nichts geändert.")
    elif not result.written:
        why = " Was übernommen ist, stand schon darin." if result.outcome.took else ""
        say(sys.stdout, f"An den Quellen war nichts zu ändern.{why}")
    if wanted.report is not None:
        say(sys.stdout, f"Bericht: {report.shown(wanted.report)}")
    for path in result.answered:
        say(sys.stdout, f"Antwort: {report.shown(path)}")
