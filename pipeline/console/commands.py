"""Arguments in, exit code out: the commands, what they print, and what is said if they fail."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.console import report
from pipeline.console.failures import explain
from pipeline.console.german import GermanCommand, GermanGroup, SpokenError
from pipeline.console.progress import progress_on
from pipeline.console.streams import prepare, say
from pipeline.diagnostics import has_errors
from pipeline.errors import ExitCode
from pipeline.publish import RestoreError
from pipeline.run import Format, Outcome, Progress, Request, build, check, write_schemas

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "python build.py"
SCHEMAS = Path("schema", "json")

Function = TypeVar("Function", bound=Callable[..., Any])


class FormatName(click.ParamType[Format, str]):
    """`pdf` or `docx`."""

    name = "format"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Format:  # noqa: ARG002
        """Raises SpokenError for any other word."""
        try:
            return Format(value)
        except ValueError:
            possible = " und ".join(Format)
            raise SpokenError(f"Das Format „{value}“ gibt es nicht. Möglich sind {possible}.", ctx) from None


class Folder(click.ParamType[Path, str]):
    """A folder, which need not exist: the stages say better than a parser what is wrong with it."""

    name = "folder"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Raises SpokenError if no folder is named."""
        if not value or value.startswith("-"):  # an option, so its own value was forgotten
            option = param.opts[0] if param else ""
            raise SpokenError(f"Nach der Option {option} fehlt der Name des Ordners.", ctx)
        return Path(value)


@dataclass(frozen=True)
class Options:
    """What was given on the command line; every command and the program itself understand all of it."""

    formats: tuple[Format, ...] = ()
    content: Path | None = None
    output: Path | None = None
    quiet: bool = False
    verbose: bool = False

    def over(self, outer: Options) -> Options:
        """These options, completed by those before the command; both count as one."""
        merged = Options(
            self.formats or outer.formats,
            self.content or outer.content,
            self.output or outer.output,
            self.quiet or outer.quiet,
            self.verbose or outer.verbose,
        )
        if merged.quiet and merged.verbose:
            raise SpokenError("--quiet und --verbose schließen einander aus.", click.get_current_context())
        return merged

    @property
    def content_folder(self) -> Path:
        """The given folder as it was given, else the project's."""
        return self.content or report.shown(ROOT / "content")

    def output_folder(self, usual: Path = Path("output")) -> Path:
        """The given folder as it was given, else the usual one of the project."""
        return self.output or report.shown(ROOT / usual)

    def progress(self) -> Progress:
        """The display for this run."""
        return progress_on(sys.stderr, quiet=self.quiet)


def with_options(function: Function) -> Function:
    """Adds the options that the program and all its commands share."""
    decorators = (
        click.option("--format", "formats", type=FormatName(), multiple=True, metavar="|".join(Format),
                     help="Nur dieses Dokument bauen; mehrfach möglich. Ohne Angabe alle."),
        click.option("--content", type=Folder(), metavar="ORDNER",
                     help="Ordner mit den Inhalten. Ohne Angabe: content."),
        click.option("--output", type=Folder(), metavar="ORDNER",
                     help="Ordner für das Ergebnis. Ohne Angabe: output, bei schema: schema/json."),
        click.option("--quiet", is_flag=True, help="Nur Fehler melden."),
        click.option("--verbose", is_flag=True, help="Auch Hinweise melden, dazu Einzelheiten zu Fehlern im Programm."),
    )  # fmt: skip
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


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
    outcome = check(options.content_folder, options.progress())
    _print_findings(outcome, options)
    if not options.quiet:
        result = report.tally(outcome.diagnostics, verbose=options.verbose) or "nichts zu beanstanden"
        _print_counts(outcome)
        say(sys.stdout, f"Geprüft: {result}.")
    return _exit_code(outcome)


@program.command("schema", cls=GermanCommand)
@with_options
@click.pass_obj
def schema_command(outer: Options, /, **given: Any) -> ExitCode:
    """Die JSON-Schemas schreiben, mit denen Editoren die Inhalte prüfen und ergänzen."""
    options = Options(**given).over(outer)
    written = write_schemas(options.output_folder(SCHEMAS))
    if not options.quiet:
        for path in written:
            say(sys.stdout, str(report.shown(path)))
    return ExitCode.OK


def build_documents(options: Options) -> ExitCode:
    """Builds and prints what came of it."""
    request = Request(options.content_folder, options.output_folder(), options.formats or tuple(Format))
    unchanged = f"Nichts veröffentlicht: In {request.output} bleibt alles, wie es war."
    try:
        outcome = build(request, options.progress())
    except RestoreError:
        raise
    except Exception as error:
        error.add_note(unchanged)
        raise
    _print_findings(outcome, options)
    if not options.quiet:
        _print_result(outcome, options)
    if has_errors(outcome.diagnostics):
        say(sys.stderr, unchanged)
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
        return failure.exit_code


def _print_findings(outcome: Outcome, options: Options) -> None:
    for item in report.visible(outcome.diagnostics, quiet=options.quiet, verbose=options.verbose):
        say(sys.stderr, report.finding(item, options.content_folder))


def _print_result(outcome: Outcome, options: Options) -> None:
    if result := report.tally(outcome.diagnostics, verbose=options.verbose):
        say(sys.stderr, f"{result}.")
    for line in report.files(outcome.files):
        say(sys.stdout, line)
    _print_counts(outcome)


def _print_counts(outcome: Outcome) -> None:
    if outcome.counts:
        say(sys.stdout, report.counts(outcome.counts))


def _exit_code(outcome: Outcome) -> ExitCode:
    return ExitCode.CONTENT if has_errors(outcome.diagnostics) else ExitCode.OK
