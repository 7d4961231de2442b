"""Options and what is typed on a terminal in, a new plan out: five questions, each with an answer that is usual."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from pipeline.actions import new
from pipeline.console.german import SpokenError
from pipeline.console.numbers import amount
from pipeline.console.options import Options
from pipeline.console.streams import prepare, say
from pipeline.errors import ExitCode


@dataclass(frozen=True)
class Question:
    """What is asked, by which option it is answered beforehand, how an answer is read, and which one is usual: said in
    words, and made of the answers before it and of this year.
    """

    option: str
    name: str
    words: str
    read: Callable[[str], Any]
    usually: str
    usual: Callable[[Mapping[str, Any], int], str]


QUESTIONS = (
    Question("--city", "city", "Name der Stadt", new.city, "Musterstadt", lambda *_: "Musterstadt"),
    Question("--title", "title", "Titel des Plans", new.title, "Handlungsplan mit dem Namen der Stadt",
             lambda told, _: f"Handlungsplan {told['city']}"),
    Question("--strands", "strands", "Wer ihn gemeinsam schreibt, zwei Namen mit einem Komma dazwischen", new.strands,
             "Verwaltung, Bürgerschaft", lambda *_: "Verwaltung, Bürgerschaft"),
    Question("--years", "years", "Erstes und letztes Jahr", new.years, "die nächsten fünf Jahre",
             lambda _, year: f"{year + 1}-{year + 5}"),
    Question("--short-name", "short_name", "Name der gebauten Dateien", new.short_name, "aus dem Titel gebildet",
             lambda told, _: new.short_name_of(told["title"])),
)  # fmt: skip


def with_questions(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds an option for each question."""
    for question in reversed(QUESTIONS):
        text = f"{question.words}. Ohne Angabe wird gefragt; ohne Terminal gilt: {question.usually}."
        function = click.option(question.option, question.name, metavar="TEXT", help=text)(function)
    return function


def begin_plan(options: Options, folder: Path, given: Mapping[str, str | None]) -> ExitCode:
    """Asks for what is not given if somebody sits at a terminal, takes what is usual if not, and writes the plan."""
    today = datetime.now().astimezone().date()
    new.ensure_place(folder, options.content_folder)
    answers = _answers(given, today)
    try:
        begun = new.begin(folder, answers, options.content_folder, today)
    except new.RefusedAnswerError as error:
        raise SpokenError(str(error), click.get_current_context()) from error
    if not options.quiet:
        name = shlex.quote(str(folder))
        files = amount(len(begun.files), "Datei", "Dateien")
        say(sys.stdout, f"Angelegt: {begun.folder}, ein Plan mit {files}.")
        say(sys.stdout, f"Prüfen:   python build.py check --content {name}")
        say(sys.stdout, f"Bauen:    python build.py --content {name}")
    return ExitCode.OK


def _answers(given: Mapping[str, str | None], today: date) -> new.Answers:
    asks = all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stdout))
    told: dict[str, Any] = {}
    if asks and None in given.values():
        prepare(sys.stdin)
        say(sys.stdout, "Die Eingabetaste allein übernimmt, was in eckigen Klammern steht.")
    for question in QUESTIONS:
        text = given[question.name]
        usual = question.usual(told, today.year)
        if text is None and asks:
            told[question.name] = _asked(question, usual)
            continue
        try:
            told[question.name] = question.read(usual if text is None else text)
        except new.RefusedAnswerError as error:
            raise SpokenError(f"{question.option}: {error}", click.get_current_context()) from error
    return new.Answers(**told)


def _asked(question: Question, usual: str) -> Any:
    """The answer to a question, which is put again until it can be read. Raises click.Abort where the input ends."""
    while True:
        say(sys.stdout, f"{question.words} [{usual}]: ", end="")
        line = sys.stdin.readline()
        if not line:
            raise click.Abort
        try:
            return question.read(line.strip() or usual)
        except new.RefusedAnswerError as error:
            say(sys.stdout, str(error))
