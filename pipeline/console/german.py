"""click in, German out: help pages and a sentence for every error that click knows.

click takes its own words from gettext, so from the user's locale; here they are German whatever that is.
"""

from __future__ import annotations

import sys
from functools import singledispatch
from typing import Any

import click

from pipeline.console.numbers import listing
from pipeline.console.streams import say
from pipeline.files.access import reason
from pipeline.text.likeness import MEANT, nearest


class SpokenError(click.UsageError):
    """A wrong call; its message is a German sentence already."""


class _German(click.Command):
    """Help in German; leftover arguments are refused in German; every usage error knows its context."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(options_metavar="[OPTIONEN]", add_help_option=False, **settings)
        self.params.append(_help_option())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        leaves_rest = ctx.allow_extra_args
        ctx.allow_extra_args = True  # click's own refusal carries its reason in English words only
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # the parser raises some without, and the sentence needs the option
            raise
        if rest and not leaves_rest:
            raise SpokenError(f"Damit ist hier nichts anzufangen: {' '.join(rest)}.", ctx)
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Aufruf: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option))
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section("Optionen"):
            formatter.write_dl([record for record in records if record])


class GermanCommand(_German):
    """A command whose help is German."""


class GermanGroup(_German, click.Group):
    """A group whose help is German; without a command its own function runs."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(subcommand_metavar="[BEFEHL]", invoke_without_command=True, **settings)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """The names of the commands in the order in which they were added; click would sort them."""
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(limit=200)) for name in self.list_commands(ctx)]
        with formatter.section("Befehle"):
            formatter.write_dl(rows)


def _help_option() -> click.Option:
    def show(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted and not ctx.resilient_parsing:
            say(sys.stdout, ctx.get_help())
            ctx.exit()

    return click.Option(
        ["--help"], is_flag=True, is_eager=True, expose_value=False, callback=show, help="Diese Hilfe anzeigen."
    )


@singledispatch
def sentence(error: Exception) -> str:
    """The German sentence for one of click's exceptions. Raises TypeError for any other."""
    raise TypeError(f"not one of click's exceptions: {error!r}")


@sentence.register
def _(error: SpokenError) -> str:
    return error.message


@sentence.register(click.ClickException)
@sentence.register(click.UsageError)
@sentence.register(click.BadArgumentUsage)
def _(_: click.ClickException) -> str:
    return "So lässt sich das Programm nicht aufrufen."


@sentence.register
def _(error: click.NoSuchOption) -> str:
    known = [
        name
        for parameter in _parameters(error.ctx)
        if not getattr(parameter, "hidden", False)
        for name in parameter.opts
    ]
    return f"Die Option {error.option_name} gibt es nicht.{_meant(error.option_name, known)}"


@sentence.register
def _(error: click.NoSuchCommand) -> str:
    known = list(error.ctx.command.commands) if error.ctx and isinstance(error.ctx.command, click.Group) else []
    return f"Den Befehl {error.command_name} gibt es nicht.{_meant(error.command_name, known)}"


@sentence.register
def _(error: click.BadOptionUsage) -> str:
    option = next((item for item in _parameters(error.ctx) if error.option_name in item.opts), None)
    if isinstance(option, click.Option) and option.is_flag:
        return f"Die Option {error.option_name} nimmt keinen Wert."
    return f"Nach der Option {error.option_name} fehlt der Wert."


@sentence.register
def _(error: click.BadParameter) -> str:
    return f"Der Wert{_for(error)} ist nicht zulässig."


@sentence.register
def _(error: click.MissingParameter) -> str:
    return f"Es fehlt eine Angabe{_for(error)}."


@sentence.register
def _(error: click.exceptions.NoArgsIsHelpError) -> str:
    return f"Nach {error.ctx.command_path} fehlen Angaben."


@sentence.register
def _(error: click.FileError) -> str:
    why = f" {reason(error.__cause__)}" if isinstance(error.__cause__, OSError) else ""
    return f"{error.ui_filename}: Die Datei lässt sich nicht öffnen.{why}"


@sentence.register
def _(_: click.Abort) -> str:
    return "Abgebrochen."


def _parameters(ctx: click.Context | None) -> list[click.Parameter]:
    """The options and arguments of the command that was called."""
    return ctx.command.get_params(ctx) if ctx else []


def _meant(wrong: str, known: list[str]) -> str:
    """The names that someone may have meant; a single letter means the options that begin with it."""
    alike = [found] if (found := nearest(wrong, known, MEANT)) else []
    if not alike and len(wrong.lstrip("-")) == 1:
        alike = [name for name in known if name.lstrip("-").startswith(wrong.lstrip("-"))]
    return f" Meinten Sie {listing(alike)}?" if alike else ""


def _for(error: click.BadParameter) -> str:
    """Which option or argument an error is about, as „ für --format“; '' if click does not say."""
    hint = error.param_hint or (error.param.opts if error.param else ())
    names = [hint] if isinstance(hint, str) else list(hint)
    return f" für {listing(names)}" if names else ""
