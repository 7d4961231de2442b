"""A body has resolved the plan: its step and its strand's measures are set, and the plan when all bodies have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline.errors import BuildError, ExitCode
from pipeline.fields.dates import read_day, short_day
from pipeline.fields.shown import Unread
from pipeline.files.replace import replace_files
from pipeline.outcome import Outcome, Progress
from pipeline.run import examine
from schema.files import PLAN_FILE, file_model
from schema.plan import ALL_STRANDS, Plan, Step
from schema.vocabulary import MeasureStatus, PlanStatus, StepResult

if TYPE_CHECKING:
    from pipeline.merge.sources import Sources
    from pipeline.merge.yaml.edits import Edit

PLAN = PurePosixPath(PLAN_FILE)
_OPEN = (MeasureStatus.PROPOSED, MeasureStatus.AGREED)


class NotUnderstoodError(BuildError):
    """The day is none, or the body has no step left to take; str() is a German sentence on what would be."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True)
class Resolution:
    """Which body resolved, on which day, under which paper's number; `write`: or only tell what would change."""

    content: Path
    body: str
    day: str
    paper: str
    write: bool = True


@dataclass(frozen=True)
class Resolved:
    """What was found in the plan as it is then, and the files written; none where it would have new errors."""

    outcome: Outcome
    written: tuple[Path, ...]


def resolve(request: Resolution, progress: Progress, tell: Callable[[Iterable[str]], None]) -> Resolved:
    """Sets what a resolution changes in the sources: all of it or, where the plan would have errors, nothing.

    What changes goes to `tell`, line by line, before anything is written. Raises NotUnderstoodError, FileAccessError.
    """
    from pipeline.merge.rebuild import rebuild
    from pipeline.merge.sources import Sources
    from pipeline.merge.yaml.change_text import change

    examined = examine(request.content, progress)
    plan = examined.checked.plan
    if plan is None or not examined.outcome.ok:
        return Resolved(examined.outcome, ())
    request = replace(request, day=_read_day(request.day))
    index = _step(plan, request.body)
    sources = Sources(examined.source.files)
    tell(_told(plan, index, request))
    edits: dict[PurePosixPath, list[Edit]] = {}
    for file, edit in _edits(plan, sources, index, request):
        edits.setdefault(file, []).append(edit)
    after = sources
    for file, items in edits.items():
        after = after.with_text(file, change(after.text(file), items, file_model(file)))
    changed = {file: after.files[file] for file in edits}
    diagnostics = rebuild(after, examined.source.editions).diagnostics
    outcome = replace(examined.outcome, diagnostics=diagnostics, sources=after.files, new=frozenset())
    if not request.write or not outcome.ok:
        return Resolved(outcome, ())
    with progress.stage("Schreiben", str(request.content)):
        replace_files(changed, request.content, before=examined.source.files)
    return Resolved(outcome, tuple(request.content / path for path in sorted(changed)))


# --- what changes -------------------------------------------------------------------------------------------------


def _key(plan: Plan, called: str) -> str:
    actor = plan.body(called)
    return actor.id if actor else called


def _step(plan: Plan, body: str) -> int:
    """The step that the body takes: of several that are open its last, which decides."""
    steps = plan.meta.route
    left = [index for index, step in enumerate(steps) if step.result is not StepResult.RESOLVED]
    own = [index for index in left if _key(plan, steps[index].body) == _key(plan, body)]
    if not own:
        others = ", ".join(dict.fromkeys(f"„{steps[index].body}“" for index in left)) or "niemand mehr"
        raise NotUnderstoodError(
            f"„{body}“ hat im Beschlussweg keinen offenen Schritt. Offen ist er noch bei: {others}."
        )
    return own[-1]


def _deciding(plan: Plan) -> list[int]:
    """The steps that decide: those that say so, else the last one."""
    steps = plan.meta.route
    return [index for index, step in enumerate(steps) if step.decides] or [len(steps) - 1]


def _strands(plan: Plan, index: int) -> list[str]:
    """Whose measures a step resolves."""
    step = plan.meta.route[index]
    everybody = [strand.id for strand in plan.meta.strands]
    if index in _deciding(plan) and (not step.decides or ALL_STRANDS in step.decides):
        return everybody
    return [strand for strand in everybody if strand in step.decides]


def _resolves_the_plan(plan: Plan, index: int) -> bool:
    """Whether with this step all that decide have been taken."""
    steps = plan.meta.route
    return all(one == index or steps[one].result is StepResult.RESOLVED for one in _deciding(plan))


def _measures(plan: Plan, index: int) -> list[str]:
    """The measures that become resolved; what already runs or is done stays what it is."""
    strands = _strands(plan, index)
    active = (item for item in plan.active_measures if item.status in _OPEN)
    return [item.id for item in active if plan.strand_of[item.id] in strands]


def _edits(plan: Plan, sources: Sources, index: int, request: Resolution) -> Iterator[tuple[PurePosixPath, Edit]]:
    from pipeline.merge.yaml.edits import Edit

    step = ("beschlussweg", index)
    values = {"sitzung": request.day, "vorlage": request.paper, "ergebnis": StepResult.RESOLVED.value}
    for key, value in values.items():
        yield PLAN, Edit((*step, key), value)
    for identifier in _measures(plan, index):
        entity = sources.entities[identifier]
        yield entity.file, Edit((*entity.path, "status"), MeasureStatus.RESOLVED.value)
    if _resolves_the_plan(plan, index):
        yield PLAN, Edit(("status",), PlanStatus.RESOLVED.value)
        if plan.meta.date.isoformat() < request.day:
            yield PLAN, Edit(("stand",), request.day)


def _told(plan: Plan, index: int, request: Resolution) -> Iterator[str]:
    """What changes, in a sentence each."""
    step = plan.meta.route[index]
    yield f"Schritt „{step.step}“ ({step.body}): beschlossen am {_day(request)}, Vorlage {request.paper}."
    measures = _measures(plan, index)
    names = ", ".join(plan.strand_by_id[strand].name for strand in _strands(plan, index)) or "keinen Strang"
    count = "1 Maßnahme wird" if len(measures) == 1 else f"{len(measures)} Maßnahmen werden"
    yield f"Er entscheidet über {names}: {count} „beschlossen“."
    if _resolves_the_plan(plan, index):
        yield f"Damit ist der Plan beschlossen: Status „{plan.meta.status.label}“ wird „{PlanStatus.RESOLVED.label}“."
        if plan.meta.date.isoformat() < request.day:
            yield f"Der Stand wird {_day(request)}."
    else:
        yield f"Beschlossen ist der Plan damit noch nicht; es fehlt: {_missing(plan, index)}."


def _read_day(text: str) -> str:
    try:
        return read_day(text)
    except Unread as error:
        raise NotUnderstoodError(str(error)) from error


def _day(request: Resolution) -> str:
    return short_day(date.fromisoformat(request.day))


def _missing(plan: Plan, index: int) -> str:
    steps: Sequence[Step] = plan.meta.route
    left = (one for one in _deciding(plan) if one != index and steps[one].result is not StepResult.RESOLVED)
    return ", ".join(f"„{steps[one].step}“ ({steps[one].body})" for one in left)
