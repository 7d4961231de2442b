"""Help and every error that click knows come in German, whatever the user's locale."""

from __future__ import annotations

import inspect
import re

import click
import pytest
from click import exceptions

from pipeline.console.commands import PROGRAM, program, run
from pipeline.console.failures import explain
from pipeline.console.german import sentence
from pipeline.errors import ExitCode

ENGLISH = "english words of the library"
CONTEXT = click.Context(program, info_name=PROGRAM)

EXAMPLES: dict[type[Exception], tuple[Exception, str, ExitCode]] = {
    click.ClickException: (
        click.ClickException(ENGLISH), "So lässt sich das Programm nicht aufrufen.", ExitCode.USAGE,
    ),
    click.UsageError: (click.UsageError(ENGLISH), "So lässt sich das Programm nicht aufrufen.", ExitCode.USAGE),
    click.BadArgumentUsage: (
        click.BadArgumentUsage(ENGLISH), "So lässt sich das Programm nicht aufrufen.", ExitCode.USAGE,
    ),
    click.BadParameter: (
        click.BadParameter(ENGLISH, CONTEXT, click.Option(["--format"])),
        "Der Wert für --format ist nicht zulässig.", ExitCode.USAGE,
    ),
    click.MissingParameter: (
        click.MissingParameter(ENGLISH, param_hint="--content"), "Es fehlt eine Angabe für --content.", ExitCode.USAGE,
    ),
    click.BadOptionUsage: (
        click.BadOptionUsage("--quiet", ENGLISH, CONTEXT), "Die Option --quiet nimmt keinen Wert.", ExitCode.USAGE,
    ),
    click.NoSuchOption: (
        click.NoSuchOption("--fromat", ctx=CONTEXT),
        "Die Option --fromat gibt es nicht. Meinten Sie --format?", ExitCode.USAGE,
    ),
    exceptions.NoSuchCommand: (
        exceptions.NoSuchCommand("chek", ctx=CONTEXT),
        "Den Befehl chek gibt es nicht. Meinten Sie check?", ExitCode.USAGE,
    ),
    exceptions.NoArgsIsHelpError: (
        exceptions.NoArgsIsHelpError(CONTEXT), "Nach python build.py fehlen Angaben.", ExitCode.USAGE,
    ),
    click.FileError: (click.FileError("plan.yaml", ENGLISH), "plan.yaml: Die Datei lässt sich nicht öffnen.",
                      ExitCode.FILES),
    click.Abort: (click.Abort(ENGLISH), "Abgebrochen.", ExitCode.INTERRUPTED),
}  # fmt: skip


def test_every_exception_of_click_has_its_sentence() -> None:
    known = {
        item
        for _, item in inspect.getmembers(exceptions, inspect.isclass)
        if issubclass(item, Exception) and item.__module__ == exceptions.__name__
    }
    assert known - {exceptions.Exit} == set(EXAMPLES)  # Exit is no error: a command has come to its end
    assert known - {exceptions.Exit} <= set(sentence.registry)


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_the_sentence_is_german_and_holds_none_of_the_librarys_words(kind: type[Exception]) -> None:
    error, expected, exit_code = EXAMPLES[kind]
    assert sentence(error) == expected
    failure = explain(error, verbose=False)
    assert failure.text.splitlines()[0] == f"Fehler: {expected}"
    assert ENGLISH not in failure.text
    assert failure.exit_code is exit_code


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("--foo", "Die Option --foo gibt es nicht. Meinten Sie --format?"),
        ("check --verbos", "Die Option --verbos gibt es nicht. Meinten Sie --verbose?"),
        ("-q", "Die Option -q gibt es nicht. Meinten Sie --quiet?"),
        ("-x", "Die Option -x gibt es nicht."),
        ("shema", "Den Befehl shema gibt es nicht. Meinten Sie schema?"),
        ("bauen", "Den Befehl bauen gibt es nicht."),
        ("check schema", "Damit ist hier nichts anzufangen: schema."),
        ("--format", "Nach der Option --format fehlt der Wert."),
        ("--format odt", "Das Format „odt“ gibt es nicht. Möglich sind pdf, docx, xlsx und ics."),
        ("--quiet=ja", "Die Option --quiet nimmt keinen Wert."),
        ("schema --help=1", "Die Option --help nimmt keinen Wert."),
        ("--output --quiet", "Nach der Option --output fehlt der Name des Ordners."),
        ("--content=", "Nach der Option --content fehlt der Name des Ordners."),
        ("--quiet --verbose", "--quiet und --verbose schließen einander aus."),
        ("--strict=1", "Die Option --strict nimmt keinen Wert."),
        ("--jsn", "Die Option --jsn gibt es nicht. Meinten Sie --json?"),
        ("editon", "Den Befehl editon gibt es nicht. Meinten Sie edition?"),
        ("check --format pdf", "Die Option --format bewirkt bei check nichts."),
        ("--output x check", "Die Option --output bewirkt bei check nur mit --pdf etwas."),
        ("schema --strict", "Die Option --strict bewirkt bei schema nichts."),
        ("--verbose check --quiet", "--quiet und --verbose schließen einander aus."),
    ],
)
def test_wrong_calls(capsys: pytest.CaptureFixture[str], arguments: str, expected: str) -> None:
    words = arguments.split()
    assert run(words) is ExitCode.USAGE
    command = next((f" {word}" for word in words if word in ("check", "schema")), "")
    written = capsys.readouterr()
    assert written.err == f"Fehler: {expected}\nHilfe: python build.py{command} --help\n"
    assert written.out == ""


@pytest.mark.parametrize("language", ["C", "de_DE.UTF-8", "fr_FR.UTF-8"])
@pytest.mark.parametrize(
    ("command", "options"),
    [
        ((), "format content output cache strict json quiet verbose"),
        (("check",), "content json output pdf quiet strict verbose"),
        (("watch",), "format content output cache strict quiet verbose"),
        (("edition",), "content strict json quiet verbose"),
        (("schema",), "content output json quiet verbose"),
    ],
)
def test_help(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    options: str,
    language: str,
) -> None:
    for name in ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.setenv(name, language)
    assert run([*command, "--help"]) is ExitCode.OK
    text = capsys.readouterr().out
    called = " ".join([PROGRAM, *command])
    assert text.startswith(f"Aufruf: {called} [OPTIONEN]{'' if command else ' [BEFEHL]'}\n")
    assert set(re.findall(r"^  (--\w+)", text, re.MULTILINE)) == {"--help", *(f"--{name}" for name in options.split())}
    assert re.search(r"^  --help +Diese Hilfe anzeigen\.$", text, re.MULTILINE)
    assert ("\nBefehle:\n  check " in text) == (not command)
    for word in ("Usage", "Options", "Commands", "Show", "exit", "message", "TEXT", "default", "["):
        assert word not in text.replace("[OPTIONEN]", "").replace("[BEFEHL]", "")
