"""Forms that came back, in; proposals and measures of new companies in the content folder, out.

Each file by itself: what is wrong with one keeps no other from being taken in. No contact field is ever written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.check.accepted import slug
from pipeline.errors import BuildError, ExitCode, RefusedFileError
from pipeline.fields.dates import read_day
from pipeline.fields.kind import NOTHING, OPEN
from pipeline.fields.names import PlanNames
from pipeline.fields.registry import fields_of
from pipeline.fields.shown import Unread, bare
from pipeline.files.replace import replace_files
from pipeline.outcome import Outcome, Progress
from pipeline.run import examine
from schema.base import SLUG_LIMIT
from schema.entities import Measure, Proposal
from schema.files import file_model
from schema.plan import Plan

if TYPE_CHECKING:
    from pipeline.intake.filled import Filled
    from pipeline.merge.sources import Sources

_PROPOSALS: Final = "vorschlaege"
_NUMBER: Final = re.compile(rb'"id": ?"V(\d+)"')
_COMPANY: Final = "unternehmen"
_OWN_MEASURES: Final = (_COMPANY, "verband", "initiative", "hochschule", "kammer")  # who may add one by a form


class IntakeError(BuildError):
    """Nothing can be taken in; str() is a German sentence on what is missing."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True)
class IntakeRequest:
    """Which files, into which content; the day they came; the strand of new companies; `write`: or only tell."""

    files: tuple[Path, ...]
    content: Path
    received: date
    strand: str = ""
    write: bool = True


@dataclass(frozen=True)
class Taken:
    """What became of a file: what it is now ('' where it was refused), what is said of it, a line each, and who may be
    asked, which is told and written nowhere.
    """

    name: str
    entity: str
    lines: tuple[str, ...]
    contact: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        return not self.entity


@dataclass(frozen=True)
class Intake:
    """What became of each file, the plan's findings as it is then, the files written."""

    taken: tuple[Taken, ...]
    outcome: Outcome
    written: tuple[Path, ...] = ()


def day_of(text: str) -> date:
    """The day that somebody typed. Raises IntakeError."""
    try:
        return date.fromisoformat(read_day(text))
    except Unread as error:
        raise IntakeError(str(error)) from error


def take_in(request: IntakeRequest, progress: Progress, tell: Callable[[Iterable[str]], None]) -> Intake:
    """Takes the files in, one after the other. Raises IntakeError, FileAccessError."""
    from pipeline.merge.arrivals import read_arrivals
    from pipeline.merge.rebuild import new_errors, rebuild
    from pipeline.merge.sources import Sources

    examined = examine(request.content, progress)
    plan = examined.checked.plan
    if plan is None or not examined.outcome.ok:
        return Intake((), examined.outcome)
    source = examined.source
    editions = source.editions
    current = Sources(source.files)
    known = rebuild(current, editions).diagnostics
    taken: list[Taken] = []
    for name, data in read_arrivals(request.files):
        with progress.stage("Annehmen", name):
            after, told = _one(name, data, current, plan, request, editions)
            if not told.refused:
                rebuilt = rebuild(after, editions)
                errors = new_errors(known, rebuilt.diagnostics)
                if errors or rebuilt.checked.plan is None:
                    reason = errors[0].message if errors else "Daraus wird kein Plan."
                    told = Taken(name, "", (f"Damit hätte der Plan einen Fehler: {reason}",), told.contact)
                else:
                    current, plan = after, rebuilt.checked.plan
        taken.append(told)
    changed = {path: data for path, data in current.files.items() if source.files.get(path) != data}
    outcome = replace(
        examined.outcome, diagnostics=rebuild(current, editions).diagnostics, sources=current.files, new=frozenset()
    )
    if request.write and changed:
        with progress.stage("Schreiben", str(request.content)):
            replace_files(changed, request.content, before=source.files)
    for item in taken:  # not before it is so
        tell(_told(item))
    if not request.write or not changed:
        return Intake(tuple(taken), outcome)
    return Intake(tuple(taken), outcome, tuple(request.content / path for path in sorted(changed)))


def _told(taken: Taken) -> Iterator[str]:
    yield taken.name
    yield from (f"  {line}" for line in taken.lines)
    if taken.contact:
        yield "  Für Rückfragen (steht nirgends sonst): " + ", ".join(taken.contact)


def _one(
    name: str, data: bytes, sources: Sources, plan: Plan, request: IntakeRequest, editions: Mapping[str, bytes]
) -> tuple[Sources, Taken]:
    from pipeline.intake.answers import personal
    from pipeline.intake.docx_form import read_docx_form
    from pipeline.intake.pdf_form import read_pdf_form
    from pipeline.parts.forms import FORMS, PROPOSAL

    try:
        filled = read_pdf_form(data, name) if data[:1024].lstrip().startswith(b"%PDF") else read_docx_form(data, name)
    except RefusedFileError as refused:
        return sources, Taken(name, "", (f"{refused.what}; {refused.remedy}.",))
    form = FORMS[filled.form]
    contact = tuple(filled.answers[field.name] for field in form.contact if filled.answers.get(field.name))
    if why := personal(filled):
        return sources, Taken(name, "", (why,), contact)
    try:
        if form is PROPOSAL:
            after, told = _proposal(filled, sources, plan, request, editions)
        else:
            after, told = _measure(filled, sources, plan, request)
    except IntakeError as refused_answer:
        return sources, Taken(name, "", (str(refused_answer),), contact)
    return after, replace(told, name=name, lines=(*told.lines, *filled.remarks), contact=contact)


def _ensure(filled: Filled, *names: str) -> None:
    """Raises IntakeError if one of these questions has no answer."""
    from pipeline.parts.forms import FORMS

    asked = (field for field in FORMS[filled.form].fields if field.name in names)
    if missing := [f"„{field.question}“" for field in asked if not filled.answers.get(field.name)]:
        raise IntakeError(f"Es fehlt: {', '.join(missing)}.")


def _proposal(
    filled: Filled, sources: Sources, plan: Plan, request: IntakeRequest, editions: Mapping[str, bytes]
) -> tuple[Sources, Taken]:
    from pipeline.intake.answers import answered, like, prose
    from pipeline.merge.sources import Sources as AllSources
    from pipeline.merge.yaml.change_text import change
    from pipeline.merge.yaml.edits import Edit
    from pipeline.parts.forms import DESCRIPTION, SUBMITTER, TITLE

    _ensure(filled, TITLE, DESCRIPTION, SUBMITTER)
    number = _free_number(sources, editions)
    data, told = answered(filled, Proposal, plan, (TITLE, DESCRIPTION, SUBMITTER))
    data |= {
        TITLE: " ".join(filled.answers[TITLE].split()),
        DESCRIPTION: prose(filled.answers[DESCRIPTION]),
        SUBMITTER: " ".join(filled.answers[SUBMITTER].split()),
        "eingang": request.received.isoformat(),
        "stand": "eingegangen",
    }
    path = PurePosixPath(_PROPOSALS, f"V{number}.yaml")
    order = list(fields_of(Proposal))
    text = f"{_schema_line(sources)}vorschlag:\n  id: V{number}\n"
    for key in sorted(data, key=order.index):
        text = change(text, [Edit(("vorschlag", key), data[key])], file_model(path))
    lines = [
        f"V{number} „{data[TITLE]}“: angenommen, {path}.",
        *told,
        *like(plan, str(data[TITLE]), filled.answers[DESCRIPTION]),
    ]
    return AllSources({**sources.files, path: text.encode()}), Taken("", f"V{number}", tuple(lines))


def _schema_line(sources: Sources) -> str:
    """The first line of the other proposals, by which an editor finds the schema."""
    for path, data in sorted(sources.files.items()):
        if path.parts[0] == _PROPOSALS:
            first = data.decode("utf-8", "replace").split("\n", 1)[0]
            return f"{first}\n" if first.startswith("# yaml-language-server:") else ""
    return ""


def _free_number(sources: Sources, editions: Mapping[str, bytes]) -> int:
    """The number behind the highest that ever was given, in the plan or an edition of it."""
    used = [int(name[1:]) for name in sources.entities if re.fullmatch(r"V\d+", name)]
    stems = (path.stem for path in sources.files if path.parts[0] == _PROPOSALS)
    used += [int(stem[1:]) for stem in stems if re.fullmatch(r"V\d+", stem)]  # whatever stands in such a file
    used += [int(found) for data in editions.values() for found in _NUMBER.findall(data)]
    return max(used, default=0) + 1


def _measure(filled: Filled, sources: Sources, plan: Plan, request: IntakeRequest) -> tuple[Sources, Taken]:
    from pipeline.actions.circle.added import with_actor, with_measure
    from pipeline.intake.answers import answered, like, like_named, prose
    from pipeline.parts.forms import COMMITMENT, COMPANY, DESCRIPTION, TITLE

    _ensure(filled, COMPANY, TITLE, DESCRIPTION, "ziel")
    strand = _strand_of_companies(plan, request.strand)
    data, told = answered(filled, Measure, plan, (TITLE, DESCRIPTION))
    if "ziel" not in data:
        raise IntakeError(told[0] if told else "Zu welchem Ziel die Maßnahme gehört, ist nicht zu verstehen.")
    name = " ".join(filled.answers[COMPANY].split())
    names = PlanNames.of(plan)
    lines: list[str] = []
    if bare(name) in (OPEN, *NOTHING):
        raise IntakeError(f"„{name}“ ist kein Name eines Unternehmens.")
    if names.is_actor(name):
        actor = names.actor(name)
        if plan.actor_by_id[actor].kind.value not in _OWN_MEASURES:
            raise IntakeError(f"„{name}“ steht im Plan, aber nicht als Unternehmen; dafür gibt es den Auszug.")
        lines.append(f"„{name}“ steht schon im Plan; die Maßnahme kommt dazu.")
    else:
        actor = _actor_id(plan, name)
        lines += like_named(plan, name)
        sources = with_actor(sources, {"id": actor, "name": name, "art": _COMPANY, "strang": strand})
    if day := filled.answers.get(COMMITMENT, ""):
        try:
            data["zusagen"] = [{"akteur": actor, "datum": read_day(day)}]
        except Unread as error:
            told.append(f"Nicht übernommen, die Zusage: {error}")
    data |= {
        TITLE: " ".join(filled.answers[TITLE].split()),
        DESCRIPTION: prose(filled.answers[DESCRIPTION]),
        "federfuehrung": actor,
        "status": "vorschlag",
    }
    doubles = list(like(plan, str(data[TITLE]), filled.answers[DESCRIPTION]))
    sources, identifier, path = with_measure(sources, strand, data)
    first = f"Maßnahme {identifier[1:]} „{data[TITLE]}“: angenommen, {path}."
    return sources, Taken("", identifier, (first, *lines, *told, *doubles))


def strand_named(plan: Plan, wanted: str) -> str:
    """A strand's ID, also of its name. Raises IntakeError."""
    strands = plan.meta.strands
    found = next((item.id for item in strands if wanted.casefold() in (item.id, item.name.casefold())), "")
    if not found:
        what = f"Den Strang „{wanted}“ gibt es nicht." if wanted else "In welchen Strang? Bitte --strand angeben."
        raise IntakeError(f"{what} Es gibt: {', '.join(item.id for item in strands)}.")
    return found


def _strand_of_companies(plan: Plan, wanted: str) -> str:
    """The strand of new companies: the one that is named, else the only one that has any."""
    if wanted:
        return strand_named(plan, wanted)
    found = list(dict.fromkeys(actor.strand for actor in plan.actors if actor.kind.value == _COMPANY and actor.strand))
    if len(found) != 1:
        return strand_named(plan, "")
    return found[0]


def _actor_id(plan: Plan, name: str) -> str:
    """An ID made of the name, with a number where another has it."""
    made = slug(name)[:SLUG_LIMIT].strip("-")
    made = made if made[:1].isalpha() else f"betrieb-{made}"[:SLUG_LIMIT].strip("-")
    numbered = (f"{made[: SLUG_LIMIT - 4].strip('-')}-{number}" for number in range(2, 1000))
    return next(item for item in (made, *numbered) if item not in plan.actor_by_id)
