"""Arguments in, exit code out: the commands, what they print, and what is said if they fail."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from pipeline.console import machine, report
from pipeline.console.failures import explain
from pipeline.console.findings import for_people
from pipeline.console.german import GermanCommand, GermanGroup
from pipeline.console.options import File, Options, with_options
from pipeline.console.screen import look_of
from pipeline.console.snippet import Lines
from pipeline.console.streams import prepare, say
from pipeline.editions import Kept
from pipeline.errors import ExitCode
from pipeline.publish import RestoreError
from pipeline.run import Format, Outcome, Request, build, check, keep_edition, read_aloud, write_schemas

PROGRAM = "python build.py"
SCHEMAS = Path("schema", "json")


@click.group(cls=GermanGroup)
@with_options
@click.pass_context
def program(context: click.Context, /, **given: Any) -> ExitCode | None:
    """Baut aus den Inhalten in content/ den Plan als PDF und als Word-Datei.

    Ohne Befehl wird gebaut; das Ergebnis liegt dann in output/. Bei einem Fehler bleibt dort alles, wie es war.
    """
    context.obj = Options(**given).over(Options())
    return None if context.invoked_subcommand else build_documents(context.obj)


@program.command("check", cls=GermanCommand)
@with_options
@click.pass_obj
def check_command(outer: Options, /, **given: Any) -> ExitCode:
    """Nur prüfen, nichts bauen."""
    options = Options(**given).over(outer)
    outcome = check(options.content_folder, options.progress(), strict=options.strict)
    if options.json:
        return _print_json(outcome, options)
    _print_findings(outcome, options)
    result = report.tally(outcome.diagnostics, verbose=options.verbose) or "nichts zu beanstanden"
    if not options.quiet:
        _print_counts(outcome)
        say(sys.stdout, f"Geprüft: {result}.{report.because_strict(outcome)}")
    elif because := report.because_strict(outcome):
        say(sys.stderr, because.strip())
    return _exit_code(outcome)


@program.command("edition", cls=GermanCommand)
@with_options
@click.pass_obj
def edition_command(outer: Options, /, **given: Any) -> ExitCode:
    """Diese Fassung festhalten, damit die nächste mit ihr verglichen werden kann.

    Schreibt content/ausgaben/FASSUNG.json, wenn der Plan keine Fehler hat. Einmal festgehalten, bleibt eine Fassung,
    wie sie ist.
    """
    options = Options(**given).over(outer)
    outcome, kept = keep_edition(options.content_folder, options.progress(), strict=options.strict)
    if options.json:
        return _print_json(outcome, options)
    _print_findings(outcome, options)
    if not options.quiet:
        _print_tally(outcome, options)
        _print_kept(kept)
    if kept is None:
        refusal = "Nichts festgehalten: Das geht nur mit einem Plan ohne Fehler."
        say(sys.stderr, f"{refusal}{report.because_strict(outcome)}")
    return _exit_code(outcome)


@program.command("schema", cls=GermanCommand)
@with_options
@click.pass_obj
def schema_command(outer: Options, /, **given: Any) -> ExitCode:
    """Die JSON-Schemas schreiben, mit denen Editoren die Inhalte prüfen und ergänzen."""
    options = Options(**given).over(outer)
    written = write_schemas(options.output_folder(SCHEMAS))
    if options.json:
        return _print_json(Outcome((), None), options)
    if not options.quiet:
        for path in written:
            say(sys.stdout, str(report.shown(path)))
    return ExitCode.OK


@program.command("aloud", cls=GermanCommand)
@click.argument("file", type=File(), required=False, metavar="[DATEI]")
@with_options
@click.pass_obj
def aloud_command(outer: Options, /, file: Path | None, **given: Any) -> ExitCode:
    """Das PDF so ausgeben, wie ein Vorleseprogramm es liest.

    DATEI ist irgendein PDF mit Struktur, ohne Angabe das gebaute in output/. Am PDF ändert sich nichts.
    """
    options = Options(**given).over(outer)
    lines = list(read_aloud(file or options.output_folder()))
    if options.json:
        return _print_json(Outcome((), None), options)
    say(sys.stdout, "\n".join(lines))
    return ExitCode.OK


def build_documents(options: Options) -> ExitCode:
    """Builds and prints what came of it."""
    formats = options.formats or tuple(Format)
    request = Request(options.content_folder, options.output_folder(), formats, options.strict)
    unchanged = f"Nichts veröffentlicht: In {request.output} bleibt alles, wie es war."
    try:
        outcome = build(request, options.progress())
    except RestoreError:
        raise
    except Exception as error:
        error.add_note(unchanged)
        raise
    if options.json:
        return _print_json(outcome, options)
    _print_findings(outcome, options)
    if not options.quiet:
        _print_tally(outcome, options)
        for line in report.files(outcome.files):
            say(sys.stdout, line)
        _print_counts(outcome)
    if not outcome.ok:
        say(sys.stderr, f"{unchanged}{report.because_strict(outcome)}")
    return _exit_code(outcome)


def run(arguments: Sequence[str]) -> ExitCode:
    """Runs the program; every failure becomes a German sentence on stderr and an exit code. Lets Ctrl-C through."""
    for stream in (sys.stdout, sys.stderr):
        prepare(stream)
    try:
        with program.make_context(PROGRAM, list(arguments)) as context:
            return ExitCode(program.invoke(context))
    except click.exceptions.Exit as end:  # after --help
        return ExitCode(end.exit_code)
    except Exception as error:  # noqa: BLE001 - the one place where nothing may pass as a bare traceback
        failure = explain(error, verbose="--verbose" in arguments)
        say(sys.stderr, failure.text)
        if "--json" in arguments:
            say(sys.stdout, machine.failure(failure.sentence, failure.exit_code))
        return failure.exit_code


def _print_json(outcome: Outcome, options: Options) -> ExitCode:
    """All findings, whatever else was asked for, and nothing besides."""
    say(sys.stdout, machine.report(outcome.diagnostics, options.content_folder, ok=outcome.ok))
    return _exit_code(outcome)


def _print_findings(outcome: Outcome, options: Options) -> None:
    shown = report.visible(outcome, quiet=options.quiet, verbose=options.verbose)
    if text := for_people(shown, Lines(outcome.sources), options.content_folder, look_of(sys.stderr)):
        around = "" if options.quiet else "\n"  # set off from the progress above and the last word below
        say(sys.stderr, f"{around}{text}{around}")


def _print_tally(outcome: Outcome, options: Options) -> None:
    if result := report.tally(outcome.diagnostics, verbose=options.verbose):
        say(sys.stderr, f"{result}.")


def _print_counts(outcome: Outcome) -> None:
    if outcome.counts:
        say(sys.stdout, report.counts(outcome.counts))


def _print_kept(kept: Kept | None) -> None:
    if kept is not None:
        say(sys.stdout, str(report.shown(kept.path)))
        for line in report.kept(kept):
            say(sys.stdout, line)


def _exit_code(outcome: Outcome) -> ExitCode:
    return ExitCode.OK if outcome.ok else ExitCode.CONTENT
