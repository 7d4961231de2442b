"""What is said of a build: of one, or of one after every save."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from pipeline.actions.build import BuildRequest, build, format_names
from pipeline.actions.compare import Comparison, compare
from pipeline.actions.release import ReleaseRequest, release, withdraw
from pipeline.actions.report import ReportRequest
from pipeline.actions.report import report as report_year
from pipeline.actions.watch import Failed, watch
from pipeline.console import report
from pipeline.console.failures import explain
from pipeline.console.options import Options
from pipeline.console.outcomes import exit_code, print_counts, print_findings, print_json, print_tally
from pipeline.console.streams import say
from pipeline.errors import ExitCode, RestoreError
from pipeline.outcome import Outcome


def build_documents(options: Options, *, paper: bool = False, template: Path | None = None) -> ExitCode:
    """Builds and prints what came of it; `paper` and `template`: see BuildRequest."""
    request = replace(_request(options), paper=paper, template=template)
    try:
        outcome = build(request, options.progress())
    except Exception as error:
        _add_unchanged(error, request)
        raise
    if options.json:
        return print_json(outcome, options)
    _print_built(outcome, request, options)
    return exit_code(outcome)


def compare_documents(options: Options, edition: str) -> ExitCode:
    """Compares and prints what came of it."""
    request = Comparison(
        options.content_folder,
        options.output_folder(),
        edition,
        strict=options.strict,
        cache=options.cache_folder,
        own=options.own_folder,
    )
    return print_beside(compare(request, options.progress()), options, "Nichts verglichen")


def report_documents(options: Options, year: int, against: str) -> ExitCode:
    """Reports on a year and prints what came of it."""
    request = ReportRequest(
        options.content_folder,
        options.output_folder(),
        year,
        against,
        strict=options.strict,
        cache=options.cache_folder,
        own=options.own_folder,
    )
    return print_beside(report_year(request, options.progress()), options, "Nichts berichtet")


def release_documents(options: Options, reason: str) -> ExitCode:
    """Releases and prints what came of it."""
    request = ReleaseRequest(
        options.content_folder, options.output_folder(), reason, options.cache_folder, options.own_folder
    )
    return print_beside(release(request, options.progress()), options, "Nichts freigegeben")


def withdraw_release(options: Options, edition: str, day: str, reason: str) -> ExitCode:
    """Takes a release back and says where that stands."""
    path = withdraw(options.content_folder, edition, day, reason)
    if not options.quiet:
        say(sys.stdout, f"Die Freigabe der Fassung {edition} ist zurückgezogen; das steht in {path}.")
    return ExitCode.OK


def print_beside(outcome: Outcome, options: Options, nothing: str) -> ExitCode:
    """Prints what came of files that stand beside the plan's; `nothing` says what there is not with errors in it."""
    if options.json:
        return print_json(outcome, options)
    print_findings(outcome, options)
    for remark in outcome.remarks:
        say(sys.stderr, remark)
    if not options.quiet:
        print_tally(outcome)
        for line in report.files(outcome):
            say(sys.stdout, line)
    if not outcome.ok:
        say(sys.stderr, f"{nothing}: Das geht nur mit einem Plan ohne Fehler.{report.because_strict(outcome)}")
    return exit_code(outcome)


def watch_documents(options: Options) -> ExitCode:
    """Builds now and after every save, until Ctrl-C. What a save can mend does not end it.

    Raises BuildError where the first build fails for another reason than the content.
    """
    request = _request(options)
    try:
        for result in watch(request, options.progress()):
            if isinstance(result, Outcome):
                _print_built(result, request, options)
            else:
                _print_failed(result, request, options)
            if not options.quiet:
                say(sys.stdout, f"Warte auf das nächste Speichern in {request.content}; Strg-C beendet.")
    except KeyboardInterrupt:
        if not options.quiet:
            say(sys.stdout, "\nBeendet.")
    return ExitCode.OK


def _request(options: Options) -> BuildRequest:
    formats = options.formats or format_names(usual=True)
    return BuildRequest(
        options.content_folder,
        options.output_folder(),
        formats,
        options.strict,
        options.cache_folder,
        options.own_folder,
    )


def _print_built(outcome: Outcome, request: BuildRequest, options: Options) -> None:
    print_findings(outcome, options)
    if not options.quiet:
        print_tally(outcome)
        for remark in outcome.remarks:
            say(sys.stderr, remark)
        for line in report.files(outcome):
            say(sys.stdout, line)
        print_counts(outcome)
    if not outcome.ok:
        say(sys.stderr, f"{_unchanged(request)}{report.because_strict(outcome)}")


def _print_failed(failed: Failed, request: BuildRequest, options: Options) -> None:
    """Prints why there is no document. Raises that reason instead if it ends the watching."""
    _add_unchanged(failed.error, request)
    if failed.is_last:
        raise failed.error
    say(sys.stderr, explain(failed.error, verbose=options.verbose).text)


def _add_unchanged(error: Exception, request: BuildRequest) -> None:
    """What a failure of any kind leaves behind: all as it was, unless just that has failed."""
    if not isinstance(error, RestoreError):
        error.add_note(_unchanged(request))


def _unchanged(request: BuildRequest) -> str:
    return f"Nichts veröffentlicht: In {request.output} bleibt alles, wie es war."
