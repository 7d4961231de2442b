"""Extracts of the plan: for each actor, field of action or strand what concerns it, as PDF and as a Word file that
comes back like the plan's; and what to write to whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.actions.beside import begun, published
from pipeline.budget.deadline import deadline
from pipeline.budget.limits import WRITING
from pipeline.calendar.writer import ICS
from pipeline.errors import BuildError, ExitCode
from pipeline.fields.dates import day, read_day
from pipeline.fields.shown import Unread
from pipeline.files.publish import Output, ensure_writable, tool_versions
from pipeline.files.secret import secret_in
from pipeline.outcome import Outcome, Progress
from pipeline.pdf.writer import PDF
from pipeline.word.writer import DOCX
from pipeline.writer import Resources, Tools

if TYPE_CHECKING:
    from pipeline.content.yaml_nodes import Plain
    from pipeline.merge.sources import Data, Sources
    from pipeline.parts.context import Context
    from pipeline.parts.extract import Selection

FOLDER: Final = "auszuege"  # below the output folder: a later build leaves it alone
LETTERS: Final = "anschreiben.md"
_SUFFIX: Final = "-auszug-"


class NothingToExtractError(BuildError):
    """What is named is not in the plan, or nothing is named; str() is a German sentence on what there is."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True)
class ExtractRequest:
    """For which actors, by ID, fields of action and strands; `everyone`: for every actor that has a role.

    `until`: the day by which answers are due, as people write it. `cache`, `own`: the folders of `run.Kept`.
    """

    content: Path
    output: Path
    actors: Sequence[str] = ()
    fields: Sequence[int] = ()
    strands: Sequence[str] = ()
    everyone: bool = False
    until: str = ""
    strict: bool = False
    cache: Path | None = None
    own: Path | None = None


def extract_parts(request: ExtractRequest, progress: Progress) -> Outcome:
    """Writes all extracts and the letters into a folder of their own; with errors in the content nothing.

    Raises NothingToExtractError, and BuildError where the content is not to blame.
    """
    from pipeline.actions.circle.letters import Sent, letters
    from pipeline.merge.sources import Sources
    from pipeline.parts.context import Context
    from pipeline.parts.extract import extract, shown_places

    until = _day(request.until)
    folder = request.output / FOLDER
    examined = begun(request.content, folder, request.cache, progress, strict=request.strict)
    source, checked, plan, outcome = examined.source, examined.checked, examined.checked.plan, examined.outcome
    if plan is None or not outcome.ok:
        return outcome
    context = Context(plan, source.digest, checked.open_points)
    selections = tuple(_selections(context, request))
    ensure_writable(folder)
    tools = Tools(tool_versions(), request.cache, secret_in(request.own), request.own)
    sources = Sources(source.files)
    outputs, remarks, sent = list[Output](), list[str](), list[Sent]()
    for selection in selections:
        names = []
        for writer in (DOCX, PDF, ICS):
            document = extract(context, checked.texts, selection, comes_back=writer is DOCX)
            resources = Resources(source.pictures, source.files, shown=_shown(shown_places(document), sources))
            stage = f"{selection.name}, {writer.suffix.removeprefix('.').upper()}"
            with progress.stage("Auszug", stage), deadline(WRITING, writer.stage):
                written = writer.write(document, resources, tools)
            names.append(f"{plan.meta.short_name}{_SUFFIX}{selection.key}{writer.suffix}")
            outputs.append(Output(names[-1], written.data, written.pages))
            remarks += written.remarks
        sent.append(Sent(selection, tuple(names)))
    outputs.append(Output(LETTERS, letters(context, tuple(sent), until).encode()))
    return replace(published(outputs, folder, outcome, progress), remarks=tuple(dict.fromkeys(remarks)))


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(read_day(text))) if text else ""
    except Unread as error:
        raise NothingToExtractError(str(error)) from error


def _selections(context: Context, request: ExtractRequest) -> Iterator[Selection]:
    """In the order in which they are asked for, actors first. Raises NothingToExtractError."""
    from pipeline.parts.extract import Selection, for_actor

    plan = context.plan
    actors = [actor.id for actor in plan.actors if for_actor(context, actor).measures] if request.everyone else []
    wanted = list(dict.fromkeys([*actors, *request.actors]))
    if not (wanted or request.fields or request.strands):
        raise NothingToExtractError(
            "Für wen? Bitte --actor KENNUNG, --field NUMMER, --strand KENNUNG oder --all angeben."
        )
    for name in wanted:
        if name not in plan.actor_by_id:
            raise _unknown("Den Akteur", name, plan.actor_by_id)
        found = for_actor(context, plan.actor_by_id[name])
        if not found.measures:
            raise NothingToExtractError(f"{found.name} hat in keiner Maßnahme eine Rolle.")
        yield found
    for number in request.fields:
        field = next((item for item in plan.fields if item.number == number), None)
        if field is None:
            raise _unknown("Das Handlungsfeld", str(number), {str(item.number): item for item in plan.fields})
        yield Selection(f"Handlungsfeld {number}", f"handlungsfeld-{number}", plan.measures_in(number))
    for name in request.strands:
        if name not in plan.strand_by_id:
            raise _unknown("Den Strang", name, plan.strand_by_id)
        measures = tuple(item for item in plan.active_measures if plan.strand_of[item.id] == name)
        yield Selection(f"Strang {plan.strand_by_id[name].name}", f"strang-{name}", measures)


def _unknown(what: str, name: str, known: Mapping[str, object]) -> NothingToExtractError:
    return NothingToExtractError(f"{what} „{name}“ gibt es nicht. Es gibt: {', '.join(known)}.")


def _shown(places: Iterable[str], sources: Sources) -> Mapping[str, Data]:
    """Of each entity the fields that are shown somewhere, with what they hold."""
    found: dict[str, dict[str, Plain]] = {}
    for source in places:
        entity, _, key = source.rpartition("/")
        if entity in sources.entities:
            found.setdefault(entity, {})[key] = sources.entities[entity].data.get(key)
    return found
