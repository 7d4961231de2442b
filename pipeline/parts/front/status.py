"""The plan in, its status page out: what this edition claims to be, the way to its resolution, the imprint."""

from __future__ import annotations

from pipeline.document.model import Cell, Column, Fact, ImprintSection, Row, RowGroup, State, StatusPage, Table
from pipeline.fields.dates import day, short_day
from pipeline.fields.kind import NONE
from pipeline.parts.context import SHAPE_NAMES, Context
from pipeline.parts.phrases import blocks, label, line, place, text
from pipeline.text.nodes import Node
from pipeline.text.typography import grouped, typeset_line
from schema.plan import PlanMeta, Step
from schema.vocabulary import PartName, PlanStatus, StepResult

_ACCESSIBLE = (
    "Das PDF dieser Fassung hat Lesezeichen, Alternativtexte und eine ausgezeichnete Struktur. Farben tragen nie "
    "allein Bedeutung; alle Grafiken sind beschrieben oder stehen zusätzlich als Tabelle bereit."
)
_DIGEST_CHECKED = (
    "Dies ist die Prüfsumme der Quellen, nicht die dieser Datei. Ob eine Datei die ist, über die beschlossen wird, "
    "zeigt ihre eigene: Sie steht in der Beschlussvorlage, und „certutil -hashfile DATEI SHA256“ (Windows) oder "
    "„shasum -a 256 DATEI“ nennt sie. Die der Quellen nennt „python3 build.py check --content ORDNER“."
)


def status_page(context: Context) -> StatusPage:
    """The status page."""
    meta = context.plan.meta
    return StatusPage(
        anchor=PartName.STATUS.value,
        title=PartName.STATUS.label,
        state=State(meta.status.value, meta.status.label),
        state_heading="Status dieser Fassung",
        sentence=_sentence(meta),
        facts=_facts(context),
        route=route_table(meta),
        sections=_sections(context),
    )


def _resolution(meta: PlanMeta) -> Step | None:
    """The last step that resolved the plan."""
    return next((step for step in reversed(meta.route) if step.result is StepResult.RESOLVED), None)


def _sentence(meta: PlanMeta) -> str:
    step = _resolution(meta)
    if meta.status is PlanStatus.RESOLVED and step is not None and step.session is not None:
        paper = f" (Vorlage {step.paper})" if step.paper else ""
        return typeset_line(f"{step.body}, {day(step.session)}{paper}: beschlossen. Diese Fassung ist verbindlich.")
    if meta.status is PlanStatus.PROPOSED:
        return "Diese Fassung liegt zum Beschluss vor. Bis dahin ist sie nicht verbindlich."
    return typeset_line("Diese Fassung dient der Beratung. Sie ist nicht beschlossen und entfaltet keine Bindung.")


def _facts(context: Context) -> tuple[Fact, ...]:
    meta = context.plan.meta
    step = _resolution(meta)
    resolution = f"{step.body}, {day(step.session)}" if step and step.session else "steht aus"
    rows = [
        ("titel", label(PlanMeta, "title"), typeset_line(meta.title)),
        ("herausgeber", label(PlanMeta, "publishers"), "; ".join(context.actor(item).name for item in meta.publishers)),
        ("fassung", label(PlanMeta, "edition"), meta.edition),
        ("stand", label(PlanMeta, "date"), day(meta.date)),
        ("ersetzt", label(PlanMeta, "replaces"), meta.replaces or "keine"),
        ("laufzeit", label(PlanMeta, "term"), f"{meta.term.first} bis {meta.term.last}"),
        ("fortschreibung", label(PlanMeta, "revision"), typeset_line(meta.revision) or NONE),
        ("beschlussweg", "Beschluss", resolution),
    ]
    facts = [Fact(name, key, (line(value),)) for key, name, value in rows]
    facts.append(Fact("Prüfsumme SHA-256", "", (line(grouped(context.digest)), line(_DIGEST_CHECKED))))
    return tuple(facts)


def route_table(meta: PlanMeta) -> Table | None:
    """The way to the resolution, a row a step; None where nobody has said it."""
    if not meta.route:
        return None
    columns = (
        Column(label(Step, "step"), 62),
        Column(label(Step, "body"), 50),
        Column(label(Step, "session"), 18),
        Column(label(Step, "paper"), 18),
        Column(label(Step, "result"), 20),
    )
    rows = tuple(
        Row(
            (
                Cell((text(f"{index} {step.step}"),), header=True),
                Cell((text(step.body),)),
                Cell((text(short_day(step.session) if step.session else NONE),)),
                Cell((text(step.paper or NONE),)),
                Cell((Node("state", text=step.result.label, attrs={"state": step.result.value}),)),
            )
        )
        for index, step in enumerate(meta.route, 1)
    )
    return Table(columns, (RowGroup(rows),), caption=label(PlanMeta, "route"))


def _sections(context: Context) -> tuple[ImprintSection, ...]:
    meta = context.plan.meta
    years = f"{context.axis.years[0]} bis {context.axis.years[-1]}"
    signs = ", ".join(f"{SHAPE_NAMES[sign.shape]}: {sign.name}" for sign in context.signs)
    drawing = (
        "Auf dem Titel des PDF steht jeder Balken für eine Maßnahme, von Beginn bis Ende auf der "
        f"Zeitachse {years} ({signs}). "
        "Die Grafik entsteht aus den Plandaten dieser Fassung."
    )
    sections = [
        ImprintSection(label(PlanMeta, "imprint"), blocks(meta.imprint, place(PlanMeta, "plan", "imprint"))),
        ImprintSection("Barrierefreiheit", (Node("paragraph", children=(text(_ACCESSIBLE),)),)),
    ]
    if any(entry.part is PartName.COVER for entry in meta.outline):
        sections.append(ImprintSection("Titelgrafik", (Node("paragraph", children=(text(drawing),)),)))
    return tuple(sections)
