"""The options that the program and all its commands share, and the values that they are read into."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

import click

from pipeline.actions.build import format_names
from pipeline.console import report
from pipeline.console.german import SpokenError
from pipeline.console.numbers import listing
from pipeline.console.progress import progress_on
from pipeline.outcome import Progress

ROOT = Path(__file__).resolve().parents[2]

Function = TypeVar("Function", bound=Callable[..., Any])


class FormatName(click.ParamType[str, str]):
    """The name of a format that there is."""

    name = "format"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Raises SpokenError for any other word."""
        if value not in format_names():
            possible = listing(format_names(), "und")
            raise SpokenError(f"Das Format „{value}“ gibt es nicht. Möglich sind {possible}.", ctx)
        return value


class Folder(click.ParamType[Path, str]):
    """A folder, which need not exist: the stages say better than a parser what is wrong with it."""

    name = "folder"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Raises SpokenError if no folder is named."""
        if not value or value.startswith("-"):  # an option, so its own value was forgotten
            option = param.opts[0] if param else ""
            raise SpokenError(f"Nach der Option {option} fehlt der Name des Ordners.", ctx)
        return Path(value)


class File(click.ParamType[Path, str]):
    """A file, which need not exist: whoever reads it says better what is wrong with it."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ARG002
        """Raises SpokenError for an empty name."""
        if not value:
            raise SpokenError("Der Name der Datei ist leer.", ctx)
        return Path(value)


@dataclass(frozen=True)
class Options:
    """What was given on the command line; every command and the program itself understand all of it."""

    formats: tuple[str, ...] = ()
    content: Path | None = None
    output: Path | None = None
    cache: Path | None = None
    strict: bool = False
    json: bool = False
    quiet: bool = False
    verbose: bool = False

    def over(self, outer: Options) -> Options:
        """These options, completed by those before the command: `--quiet check` is `check --quiet`.

        Raises SpokenError for options that contradict each other or do nothing here.
        """
        merged = Options(
            self.formats or outer.formats,
            self.content or outer.content,
            self.output or outer.output,
            self.cache or outer.cache,
            self.strict or outer.strict,
            self.json or outer.json,
            self.quiet or outer.quiet,
            self.verbose or outer.verbose,
        )
        context = click.get_current_context()
        for option in context.command.params:
            if isinstance(option, click.Option) and option.hidden and getattr(merged, option.name or "", None):
                raise SpokenError(f"Die Option {option.opts[0]} bewirkt bei {context.info_name} nichts.", context)
        if merged.quiet and merged.verbose:
            raise SpokenError("--quiet und --verbose schließen einander aus.", context)
        return merged

    @property
    def content_folder(self) -> Path:
        """The given folder as it was given, else the project's."""
        return self.content or report.shown(ROOT / "content")

    def output_folder(self, usual: Path = Path("output")) -> Path:
        """The given folder as it was given, else the usual one of the project."""
        return self.output or report.shown(ROOT / usual)

    @property
    def built_folder(self) -> Path | None:
        """Where the last build of these contents lies; None if they are not the project's."""
        return self.output_folder() if self.content_folder.resolve() == (ROOT / "content").resolve() else None

    @property
    def cache_folder(self) -> Path:
        """The given folder as it was given, else the usual one of the project."""
        return self.cache or report.shown(ROOT / ".cache")

    @property
    def own_folder(self) -> Path:
        """Where this copy of the program keeps what it knows of itself."""
        return report.shown(ROOT / ".kopie")

    def progress(self) -> Progress:
        """The display for this run; with JSON only on a terminal, which no program reads."""
        watched = sys.stderr is not None and not sys.stderr.closed and sys.stderr.isatty()
        return progress_on(sys.stderr, quiet=self.quiet or (self.json and not watched))


def with_options(*names: str, usual: Mapping[str, str] = MappingProxyType({})) -> Callable[[Function], Function]:
    """Adds the options of these names (those of the fields of `Options`), with what holds where one is not given in
    `usual`. The others are understood too, to say that they do nothing here, but no help names them.
    """
    assert set(names) <= {each.name for each in fields(Options)}, names

    def add(function: Function) -> Function:
        for option in reversed(_shared({**_USUAL, **usual}, frozenset(names))):
            function = option(function)
        return function

    return add


_USUAL: Final = {"formats": "pdf und docx", "content": "content", "output": "output", "cache": ".cache"}


def _shared(usual: Mapping[str, str], names: Set[str]) -> tuple[Callable[[Function], Function], ...]:
    """All options, those that a command does not name hidden."""

    def option(name: str, **settings: Any) -> Callable[[Function], Function]:
        flag = {"formats": "format"}.get(name, name)
        return click.option(f"--{flag}", name, hidden=name not in names, **settings)

    return (
        option("formats", type=FormatName(), multiple=True, metavar="|".join(format_names()),
               help=f"Nur dieses Dokument bauen; mehrfach möglich. Ohne Angabe: {usual['formats']}."),
        option("content", type=Folder(), metavar="ORDNER",
               help=f"Ordner mit den Inhalten. Ohne Angabe: {usual['content']}."),
        option("output", type=Folder(), metavar="ORDNER",
               help=f"Ordner für das Ergebnis. Ohne Angabe: {usual['output']}."),
        option("cache", type=Folder(), metavar="ORDNER",
               help=f"Ordner für das, was beim nächsten Mal nicht neu gemacht werden muss. "
                    f"Ohne Angabe: {usual['cache']}."),
        option("strict", is_flag=True, help="Warnungen wie Fehler zählen."),
        option("json", is_flag=True, help="Alle Meldungen als JSON ausgeben, für Editoren und Prüfläufe."),
        option("quiet", is_flag=True, help="Nur Fehler melden."),
        option("verbose", is_flag=True,
               help="Alle Meldungen einzeln zeigen, dazu Einzelheiten zu Fehlern im Programm."),
    )  # fmt: skip
