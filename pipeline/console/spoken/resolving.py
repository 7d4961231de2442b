"""A body's name, a day and a paper's number in, the resolution entered in the sources out: shown, then written."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from pipeline.actions.resolve import Resolution, resolve
from pipeline.console.german import SpokenError
from pipeline.console.options import Options
from pipeline.console.outcomes import exit_code, print_findings, print_json
from pipeline.console.streams import say
from pipeline.errors import ExitCode
from pipeline.text.characters import harmless


def enter_resolution(options: Options, body: str, day: str, paper: str, *, dry_run: bool) -> ExitCode:
    """Enters it, or says why that cannot be."""
    given = {"--body": body, "--date": day, "--paper": paper}
    if missing := [name for name, value in given.items() if not value.strip()]:
        raise SpokenError(f"Es fehlt: {', '.join(missing)}.", click.get_current_context())
    request = Resolution(options.content_folder, body.strip(), day.strip(), paper.strip(), write=not dry_run)
    silent = options.quiet or options.json
    result = resolve(request, options.progress(), (lambda _: None) if silent else _tell)
    if options.json:
        return print_json(result.outcome, options)
    if not result.outcome.ok:
        print_findings(result.outcome, options)
        say(sys.stderr, "Nichts geschrieben: Der Plan hätte Fehler. In den Quellen bleibt alles, wie es war.")
        return exit_code(result.outcome)
    if not silent:
        files = ", ".join(map(str, result.written))
        say(sys.stdout, f"Geschrieben: {files}." if files else "Nichts geschrieben, nur gezeigt.")
    return ExitCode.OK


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        say(sys.stdout, harmless(line))
