"""What is said of extracts, forms, and what comes back of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline.actions.circle.adopt import Adoption, adopt
from pipeline.actions.circle.extract import ExtractRequest, extract_parts
from pipeline.actions.circle.forms import FormsRequest, write_forms
from pipeline.actions.circle.intake import IntakeRequest, day_of, take_in
from pipeline.console import machine
from pipeline.console.german import SpokenError
from pipeline.console.options import Options
from pipeline.console.outcomes import exit_code, print_findings
from pipeline.console.spoken.documents import print_beside
from pipeline.console.streams import say
from pipeline.errors import ExitCode
from pipeline.text.characters import harmless


def extract_documents(options: Options, **asked: Any) -> ExitCode:
    """Writes extracts and prints what came of it; `asked`: what for, as ExtractRequest names it."""
    request = ExtractRequest(
        options.content_folder,
        options.output_folder(),
        **asked,
        strict=options.strict,
        cache=options.cache_folder,
        own=options.own_folder,
    )
    return print_beside(extract_parts(request, options.progress()), options, "Kein Auszug geschrieben")


def form_documents(options: Options) -> ExitCode:
    """Writes the forms and prints what came of it."""
    request = FormsRequest(
        options.content_folder,
        options.output_folder(),
        strict=options.strict,
        cache=options.cache_folder,
        own=options.own_folder,
    )
    return print_beside(write_forms(request, options.progress()), options, "Kein Formular geschrieben")


def take_forms(options: Options, files: tuple[Path, ...], strand: str, day: str, *, dry_run: bool) -> ExitCode:
    """Takes filled forms in, or says of each why not."""
    if not files:
        raise SpokenError("Es fehlt: die ausgefüllten Formulare.", click.get_current_context())
    received = day_of(day) if day else date.today()  # noqa: DTZ011 - the office's own day
    request = IntakeRequest(files, options.content_folder, received, strand, write=not dry_run)
    silent = options.quiet or options.json
    result = take_in(request, options.progress(), (lambda _: None) if silent else _tell)
    refused = [item for item in result.taken if item.refused]
    if options.json:
        remarks = [f"{item.name}: {line}" for item in result.taken for line in item.lines]
        ok, paths = result.outcome.ok and not refused, list(result.written)
        found = result.outcome.diagnostics
        say(sys.stdout, machine.report(found, options.content_folder, ok=ok, remarks=remarks, written=paths))
        return ExitCode.CONFLICT if refused else exit_code(result.outcome)
    if not result.taken:
        print_findings(result.outcome, options)
        say(sys.stderr, "Nichts angenommen: Das geht nur mit einem Plan ohne Fehler.")
        return exit_code(result.outcome)
    if options.quiet:
        _tell(f"{item.name}: {line}" for item in refused for line in item.lines)
    else:
        written = ", ".join(map(str, result.written))
        say(sys.stdout, f"Geschrieben: {written}." if written else "Nichts geschrieben.")
    return ExitCode.CONFLICT if refused else ExitCode.OK


def adopt_proposal(options: Options, asked: tuple[str, str, str, str], *, dry_run: bool) -> ExitCode:
    """Makes a proposal a measure: which, under which goal, in which strand, why."""
    proposal, goal, strand, reason = asked
    if not proposal:
        raise SpokenError("Es fehlt: der Vorschlag, zum Beispiel V7.", click.get_current_context())
    today = date.today()  # noqa: DTZ011 - the office's own day
    request = Adoption(options.content_folder, proposal, goal, strand, today, reason, write=not dry_run)
    result = adopt(request, options.progress())
    if options.json:
        found, written = result.outcome.diagnostics, list(result.written)
        say(sys.stdout, machine.report(found, options.content_folder, ok=result.outcome.ok, written=written))
        return exit_code(result.outcome)
    if not result.outcome.ok:
        print_findings(result.outcome, options)
        say(sys.stderr, "Nichts geschrieben: Der Plan hätte Fehler. In den Quellen bleibt alles, wie es war.")
        return exit_code(result.outcome)
    if not options.quiet:
        files = ", ".join(map(str, result.written)) or "nichts geschrieben, nur gezeigt"
        say(sys.stdout, f"{proposal} ist nun Maßnahme {result.measure[1:]}: {files}.")
    return ExitCode.OK


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        say(sys.stdout, harmless(line))
