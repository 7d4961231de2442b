"""A Plan in, what every output must show of it out, worked out from the data alone; sums are in expected_sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.document import model as d
from schema.entities import Actor, Measure
from schema.plan import Plan
from schema.values import Participant
from tests import expected_sums
from tests.reading.values import Grid, Reading, Section, essence, squeezed

ROLES = {"F": "Federführung", "E": "Entscheidung", "M": "Mitwirkung", "I": "Information"}
MANY_ACTORS = 6  # in a role
NONE = ""  # what a cell says that shows a dash


def roles_of(measure: Measure) -> dict[str, str]:
    """Actor → role's letter, straight from the measure's lists."""
    others = {"E": measure.decision, "M": measure.participation, "I": measure.information}
    lists = {"F": measure.leads, **{letter: [item.actor for item in found] for letter, found in others.items()}}
    return {actor: letter for letter, actors in lists.items() for actor in actors}


def is_active(measure: Measure) -> bool:
    """Whether it counts: neither deferred nor replaced nor merged."""
    return measure.status != "zurueckgestellt" and measure.replaced_by is None and measure.merged_with is None


def active(plan: Plan, field: int | None = None) -> list[Measure]:
    """The active measures, of a field of action if one is given."""
    fields = {goal.id: goal.field for goal in plan.goals}
    return [item for item in plan.measures if is_active(item) and field in (None, fields[item.goal])]


def with_sheets(plan: Plan) -> list[Measure]:
    """Those that have a sheet, field by field: the active ones, then those put off that nothing replaces."""
    put_off = [item for item in plan.measures if not (is_active(item) or item.replaced_by or item.merged_with)]
    found = [item for number in plan.fields for item in active(plan, number.number)]
    field_of = {goal.id: goal.field for goal in plan.goals}
    order = [item.number for item in plan.fields]
    return sorted([*found, *put_off], key=lambda item: order.index(field_of[item.goal]))


# --- the matrix ---------------------------------------------------------------------------------------------------


def _letter(plan: Plan, strand: str | None) -> str:
    return next((item.letter for item in plan.meta.strands if item.id == strand), "P")


def _columns(plan: Plan, measures: Sequence[Measure], field: int | None) -> list[Actor]:
    """Actors by strand, partners last; for one field of action only those with a role in it."""
    order = [strand.id for strand in plan.meta.strands]
    held = {actor for measure in measures for actor in roles_of(measure)}
    actors = [actor for actor in plan.actors if field is None or actor.id in held]
    return sorted(actors, key=lambda actor: order.index(actor.strand) if actor.strand else len(order))


def matrix(plan: Plan, field: int | None = None) -> tuple[list[set[str]], Grid]:
    """The heads allowed for each column, and all rows below: groups, measures, sums; an empty cell is ''."""
    measures = active(plan, field)
    actors = _columns(plan, measures, field)
    heads = [
        {essence(name + _letter(plan, actor.strand)) for name in (actor.name, actor.short_name) if name}
        for actor in actors
    ]
    rows: list[tuple[str, ...]] = []
    for item in plan.fields:
        own = active(plan, item.number)
        if own and field in (None, item.number):
            rows.append((essence(f"{item.number}{item.title}"),))
            rows += [_matrix_row(plan, measure, actors) for measure in own]
    rows.append((essence("Summe je Stelle"),))
    for letter, label in ROLES.items():
        counts = [sum(roles_of(measure).get(actor.id) == letter for measure in measures) for actor in actors]
        rows.append((letter, label, *(str(count or NONE) for count in counts)))
    return heads, tuple(rows)


def _matrix_row(plan: Plan, measure: Measure, actors: Sequence[Actor]) -> tuple[str, ...]:
    label = measure.id[1:] + _letter(plan, plan.strand_of[measure.id])
    return (label, essence(measure.title), *(roles_of(measure).get(actor.id, "") for actor in actors))


def matrix_faults(plan: Plan, panels: Sequence[Grid], field: int | None = None) -> list[str]:
    """What is lost, doubled or invented in a matrix that was read back; its panels stand for columns side by side."""
    heads, rows = matrix(plan, field)
    if not panels:
        return ["the matrix is missing"]
    found_heads = [essence(head) for panel in panels for head in panel[0][2:]]
    faults = [] if len(found_heads) == len(heads) else [f"{len(found_heads)} columns, expected {len(heads)}"]
    faults += [
        f"head {found!r}, expected one of {allowed}"
        for found, allowed in zip(found_heads, heads, strict=False)
        if found not in allowed
    ]
    lengths = {len(panel) for panel in panels}
    if lengths != {len(rows) + 1}:
        return [*faults, f"{lengths} rows, expected {len(rows) + 1}"]
    for wanted, *found in zip(rows, *(panel[1:] for panel in panels), strict=True):
        labels = {tuple(essence(cell) for cell in row[:2]) for row in found}
        cells = tuple(cell for row in found for cell in row[2:])
        if labels != {wanted[:2]} or cells != wanted[2:]:
            faults.append(f"row {labels} {cells}, expected {wanted}")
    return faults


def document_matrix(part: d.Matrix) -> Grid:
    """An assembled matrix in the shape in which its panels are read back."""
    return (
        (*part.labels, *(squeezed(column.name + column.sign.letter) for column in part.columns)),
        *(row for group in part.groups for row in _group_rows(group)),
        (squeezed(part.sums_heading),),
        *((total.role, total.label, *(str(count or NONE) for count in total.counts)) for total in part.sums),
    )


def _group_rows(group: d.MatrixGroup) -> Iterator[tuple[str, ...]]:
    yield (squeezed(group.heading),)
    for row in group.rows:
        yield (row.number + row.sign.letter, squeezed(row.title), *row.roles)


# --- everything else ----------------------------------------------------------------------------------------------


def faults(plan: Plan, found: Reading) -> list[str]:
    """What of the data an output lacks: fields, goals, measures, actors, responsibilities, the matrix."""
    titles = [(section.level, essence(section.title)) for section in found.sections]
    text = essence(found.text)
    numbered = {(1, essence(f"{item.number}{item.title}")): (1, essence(item.title)) for item in plan.fields}
    titles = [numbered.get(title, title) for title in titles]  # whoever edits sees the number in the heading
    wanted = [(1, essence(item.title)) for item in plan.fields]
    wanted += [(2, essence(f"Ziel{goal.id[1:]}{goal.short_title}")) for goal in plan.goals]
    wanted += [(3, essence(f"{measure.id[1:]}{measure.title}")) for measure in with_sheets(plan)]
    lacking = [f"heading {title}" for title in wanted if title not in titles]
    lacking += [f"heading {title} twice" for title in wanted if title[0] > 1 and titles.count(title) > 1]
    lacking += [f"sentence of {goal.id}" for goal in plan.goals if essence(goal.sentence) not in text]
    lacking += [fault for measure in with_sheets(plan) for fault in _facts_faults(plan, measure, found)]
    lacking += _register_faults(plan, found.below("Verzeichnis der Maßnahmen"))
    lacking += _actor_faults(plan, found.below("Wer macht was"))
    panels = [table for section in found.below("Zuständigkeitsmatrix") for table in section.tables]
    return lacking + matrix_faults(plan, panels)


def _facts_faults(plan: Plan, measure: Measure, found: Reading) -> list[str]:
    """Whether the measure's sheet names every responsibility, and no other, and that nobody leads yet."""
    sections = [item for item in found.sections if item.level == 3 and item.title.startswith(measure.id[1:])]
    said = [line for item in sections if _is_sheet(item, measure) for line in item.lines]
    full = {actor.id: actor.name for actor in plan.actors}
    brief = {actor.id: actor.short_name or actor.name for actor in plan.actors}
    wanted: dict[str, str] = {}
    for label, group in _by_role(measure).items():
        names = brief if said and len(group) > MANY_ACTORS else full  # paper names many by their short names
        told = {item.actor: item.contribution for item in group if item.contribution}
        named = [
            f"{names[item.actor]}: {told[item.actor]}" if item.actor in told else names[item.actor] for item in group
        ]
        wanted[label] = "".join(named) if told else ", ".join(named)
    if measure.leads:
        wanted[ROLES["F"]] = ", ".join(full[actor] for actor in measure.leads)
    rows = [row for item in sections for table in item.tables for row in table if _is_sheet(item, measure)]
    shown = {row[0]: essence(row[1]) for row in rows if row[0] in ROLES.values()}
    shown |= {
        label: essence(line.removeprefix(label)) for line in said for label in ROLES.values() if line.startswith(label)
    }
    is_open = shown.get(ROLES["F"]) == "offen"
    # Word has a row for a role that nobody has.
    shown = {label: value for label, value in shown.items() if value not in ("", "offen")}
    known = is_open == (not measure.leads) or not is_active(measure)
    roles_told = shown == {label: essence(value) for label, value in wanted.items()}
    return [] if known and roles_told else [f"{measure.id}: {shown}, open: {is_open}"]


def _by_role(measure: Measure) -> dict[str, tuple[Participant, ...]]:
    others = {"E": measure.decision, "M": measure.participation, "I": measure.information}
    return {ROLES[letter]: group for letter, group in others.items() if group}


def _is_sheet(section: Section, measure: Measure) -> bool:
    return essence(section.title) == essence(f"{measure.id[1:]}{measure.title}")


def _register_faults(plan: Plan, sections: Sequence[Section]) -> list[str]:
    """The register lists every measure once, those no longer active apart."""
    tables = [table for section in sections for table in section.tables]
    shown = [[(row[0], essence(row[2])) for row in table[1:]] for table in tables]
    key = [(item, tuple(int(part) for part in item.id[1:].split("."))) for item in plan.measures]
    ordered = [item for item, _ in sorted(key, key=lambda pair: pair[1])]
    both = ([item for item in ordered if is_active(item) is state] for state in (True, False))
    wanted = [[(item.id[1:], essence(item.title)) for item in group] for group in both if group]
    return [] if shown == wanted else [f"register {shown}, expected {wanted}"]


def _actor_faults(plan: Plan, sections: Sequence[Section]) -> list[str]:
    """A sheet an actor that has a role, and on it every measure under its role, whose letter heads the table.

    In a plan of many the last section has a row an actor with all measures of which it is only told.
    """
    title, *others = sections
    directory = [essence(name) for row in title.tables[0][1:] for name in row[:1]]
    lacking = [f"{actor.name} in directory" for actor in plan.actors if not _named(actor.name, directory)]
    told = [section for section in others if section.title == essence(INFORMED)]
    sheets = [
        (
            essence(section.title),
            {table[0][0]: sorted(row[0] for row in table[1:]) for table in section.tables if table[0][0] in ROLES},
        )
        for section in others
        if section not in told
    ]
    wanted = [(essence(actor.name), _tasks(plan, actor.id)) for actor in plan.actors if not only_told(plan, actor.id)]
    wanted = [(name, roles) for name, roles in wanted if roles]
    lacking += [f"sheet {have}, expected {want}" for have, want in _pairs(sheets, wanted) if have != want]
    rows = [row for section in told for table in section.tables for row in table[1:]]
    listed = [(row[0], row[1]) for row in rows]
    for actor in plan.actors:
        if only_told(plan, actor.id):
            (measures,) = (text for name, text in listed if _named(actor.name, [essence(name)]))
            numbers = _tasks(plan, actor.id)["I"]
            lacking += [f"{actor.name}: {number}" for number in numbers if number not in measures]
    return lacking


def _named(name: str, found: Sequence[str]) -> bool:
    """Whether one of some cells begins with a name, behind a sign."""
    return any(essence(name) in cell for cell in found)


INFORMED = "Nur zu informieren"
MANY = 40  # actors


def only_told(plan: Plan, actor: str) -> bool:
    """Whether an actor stands in the table of those who are only told of something."""
    return len(plan.actors) > MANY and set(_tasks(plan, actor)) == {"I"}


def _pairs(left: Sequence[object], right: Sequence[object]) -> Iterator[tuple[object, object]]:
    for index in range(max(len(left), len(right))):
        yield (left[index] if index < len(left) else None, right[index] if index < len(right) else None)


def _tasks(plan: Plan, actor: str) -> dict[str, list[str]]:
    """Role's letter → numbers of the measures in which the actor has it."""
    tasks: dict[str, list[str]] = {}
    for measure in active(plan):
        if letter := roles_of(measure).get(actor):
            tasks.setdefault(letter, []).append(measure.id[1:])
    return {letter: sorted(numbers) for letter, numbers in tasks.items()}


def document_faults(plan: Plan, document: d.Document) -> list[str]:
    """The same for the assembled Document."""
    goals = [goal for part in document.parts if isinstance(part, d.FieldOpener) for goal in part.goals]
    sheets = [sheet for part in document.parts if isinstance(part, d.MeasureSheets) for sheet in part.sheets]
    actors = [sheet for part in document.parts if isinstance(part, d.Actors) for sheet in part.sheets]
    with_tasks = [actor for actor in plan.actors if _tasks(plan, actor.id) and not only_told(plan, actor.id)]
    compared: dict[str, tuple[object, object]] = {
        "goals": ([goal.anchor for goal in goals], [goal.id for goal in plan.goals]),
        "measures": ([sheet.anchor for sheet in sheets], [measure.id for measure in with_sheets(plan)]),
        "actors": ([sheet.anchor for sheet in actors], [actor.id for actor in with_tasks]),
        "roles": ([_sheet_roles(sheet) for sheet in sheets], [roles_of(measure) for measure in with_sheets(plan)]),
        "tasks": ([_sheet_tasks(sheet) for sheet in actors], [_tasks(plan, actor.id) for actor in with_tasks]),
    }
    compared |= expected_sums.compared(plan, document, active(plan), with_sheets(plan))
    differing = [f"{name}: {found}, expected {wanted}" for name, (found, wanted) in compared.items() if found != wanted]
    for part in document.parts:
        if isinstance(part, d.Matrix):
            differing += matrix_faults(plan, [document_matrix(part)])
    return differing


def _sheet_roles(sheet: d.MeasureSheet) -> dict[str, str]:
    labels = {label: letter for letter, label in ROLES.items()}
    facts = {labels[fact.label]: fact for fact in sheet.facts if fact.label in labels}
    return {
        str(node.attrs["target"]).removeprefix("#"): letter
        for letter, fact in facts.items()
        for line in fact.lines
        for node in line.content
        if node.kind == "link"
    }


def _sheet_tasks(sheet: d.ActorSheet) -> dict[str, list[str]]:
    return {
        section.role.letter: sorted(row.cells[0].plain() for row in section.table.rows()) for section in sheet.sections
    }
