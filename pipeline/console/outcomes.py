"""Prints what came of a run, as much of it as was asked for, and gives the exit code for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from pipeline.actions.check_pdf import JudgedPdf
from pipeline.actions.edition import Kept
from pipeline.console import machine, report
from pipeline.console.digest import digest
from pipeline.console.findings import for_people
from pipeline.console.options import Options
from pipeline.console.screen import look_of
from pipeline.console.snippet import Lines
from pipeline.console.streams import say
from pipeline.errors import ExitCode
from pipeline.outcome import Outcome
from pipeline.text.typography import grouped


def print_json(outcome: Outcome, options: Options) -> ExitCode:
    """All findings, remarks and files, whatever else was asked for, and nothing besides."""
    print_settled(outcome)
    written = [item.path for item in outcome.files]
    told = machine.report(
        outcome.diagnostics, options.content_folder, ok=outcome.ok, remarks=outcome.remarks, written=written
    )
    say(sys.stdout, told)
    return exit_code(outcome)


def print_findings(outcome: Outcome, options: Options) -> None:
    """Prints the findings to stderr: all of them if the options ask for that, else no more than can be read."""
    print_settled(outcome)
    found = list(report.visible(outcome, quiet=options.quiet))
    shown = for_people if options.verbose else digest
    if text := shown(found, Lines(outcome.sources), options.content_folder, look_of(sys.stderr), outcome.new):
        around = "" if options.quiet else "\n"  # set off from the progress above and the last word below
        say(sys.stderr, f"{around}{text}{around}")


def print_settled(outcome: Outcome) -> None:
    """What was done to files before all else is told whatever was asked for."""
    for sentence in outcome.settled:
        say(sys.stderr, sentence)


def print_tally(outcome: Outcome) -> None:
    """How many there are, on stderr."""
    if result := report.tally(outcome):
        say(sys.stderr, f"{result}.")


def print_counts(outcome: Outcome) -> None:
    """How large the plan is."""
    if outcome.counts:
        say(sys.stdout, report.counts(outcome.counts))


def print_digest(outcome: Outcome) -> None:
    """By which checksum a printed plan can be told to be of this content."""
    if outcome.digest:
        say(sys.stdout, f"Prüfsumme des Inhalts (SHA-256): {grouped(outcome.digest)}")


def print_judged(judged: Sequence[JudgedPdf], options: Options) -> ExitCode:
    """Whether built PDFs keep to their standards, and where that stands."""
    sound = all(item.is_sound for item in judged)
    if options.json:
        say(sys.stdout, machine.report((), options.content_folder, ok=sound))
        return ExitCode.OK if sound else ExitCode.RENDERING
    for item in judged:
        where = f"{report.shown(item.file)} ({item.result.name})"
        if item.is_sound:
            if not options.quiet:
                say(sys.stdout, f"{where}: PDF/A-2a und PDF/UA-1 sind eingehalten.")
            continue
        broken = "; ".join(f"{standard}: {', '.join(rules)}" for standard, rules in item.broken if rules)
        told = f"Verletzte Regeln: {broken}." if broken else "Es nennt sich nicht PDF/A-2a und PDF/UA-1."
        say(sys.stderr, f"{where}: Das PDF hält seine Normen nicht ein. {told} Bitte melden Sie es mit dieser Datei.")
    return ExitCode.OK if sound else ExitCode.RENDERING


def print_kept(kept: Kept | None) -> None:
    """Prints where an edition was kept and what to do for the next one; nothing if there is none."""
    if kept is not None:
        say(sys.stdout, str(report.shown(kept.path)))
        for line in report.kept(kept):
            say(sys.stdout, line)


def exit_code(outcome: Outcome) -> ExitCode:
    """OK or CONTENT."""
    return ExitCode.OK if outcome.ok else ExitCode.CONTENT
