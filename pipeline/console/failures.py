"""An exception in, a German sentence and an exit code out."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

import click

from pipeline.console.german import sentence
from pipeline.console.start import missing_library
from pipeline.errors import BuildError, ExitCode, PuzzlingFileError
from pipeline.files.access import reason
from pipeline.text.characters import harmless


@dataclass(frozen=True)
class Failure:
    """What the user reads, the sentence of it that says what went wrong, and the exit code."""

    text: str
    sentence: str
    exit_code: ExitCode


def explain(error: Exception, *, verbose: bool) -> Failure:
    """The words and the exit code for an exception that ended the program, its notes included.

    With `verbose`, what nobody foresaw comes with its traceback.
    """
    if isinstance(error, ImportError) and (missing := missing_library(error)):
        missing.__notes__ = getattr(error, "__notes__", [])
        error = missing
    text, exit_code = _sentence_and_code(error)
    foreseen = isinstance(error, BuildError | click.ClickException | click.Abort)
    foreseen = foreseen and not isinstance(error, PuzzlingFileError)
    trace = [] if foreseen or not verbose else ["".join(traceback.format_exception(error)).rstrip()]
    lines = "\n".join([*trace, f"Fehler: {text}", *getattr(error, "__notes__", [])]).split("\n")
    return Failure("\n".join(harmless(line) for line in lines), text, exit_code)


def _sentence_and_code(error: Exception) -> tuple[str, ExitCode]:
    """The sentence and the exit code of an exception: ours say both, click's and the system's are translated.

    click's classes are derived from one another (FileError and UsageError are ClickException), so the special ones come
    first.
    """
    match error:
        case BuildError():
            told = str(error), error.exit_code
        case click.Abort():
            told = sentence(error), ExitCode.INTERRUPTED
        case click.FileError():
            told = sentence(error), ExitCode.FILES
        case click.UsageError(ctx=click.Context() as context):
            told = f"{sentence(error)}\nHilfe: {context.command_path} --help", ExitCode.USAGE
        case click.ClickException():
            told = sentence(error), ExitCode.USAGE
        case OSError(filename=str() as name):
            told = f"{name}: {reason(error)}", ExitCode.FILES
        case _:
            what = f"Damit hat das Programm nicht gerechnet ({type(error).__name__})."
            told = f"{what} Bitte melden Sie das mit dem, was der Aufruf mit --verbose zeigt.", ExitCode.RENDERING
    return told
