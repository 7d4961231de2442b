"""Rules about the plan as a whole: status, outline, strands, fields, doubles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from schema.own_fields import MOST_IN_REGISTER, OWN_FIELDS_KEY, same_word
from schema.plan import Kind, Plan
from schema.rules.finding import Finding, Subject, suggestion
from schema.vocabulary import OwnOwner, OwnPlace, PartName, PlanStatus, StepResult

PLAN = Subject(Kind.PLAN)


def resolved_without_resolution(plan: Plan) -> Iterator[Finding]:
    """A resolved plan names body, date and paper of its resolution: its last step, taken not after the plan's date."""
    if plan.meta.status is not PlanStatus.RESOLVED:
        return
    last = plan.meta.route[-1] if plan.meta.route else None
    problem = (
        "hat aber keinen Beschlussweg"
        if last is None
        else f"im letzten Schritt („{last.step}“) ist er aber {last.result.label}"
        if last.result is not StepResult.RESOLVED
        else "aber der Beschluss nennt keine Sitzung oder keine Vorlage"
        if not (last.session and last.paper)
        else "aber der Beschluss liegt nach dem Stand des Plans"
        if last.session > plan.meta.date
        else ""
    )
    if problem:
        yield Finding(
            "P201",
            PLAN,
            ("status",),
            f"Der Plan nennt sich beschlossen, {problem}.",
            "Unter „beschlussweg“ den letzten Schritt mit „ergebnis: beschlossen“, „sitzung“ und „vorlage“ ergänzen, "
            "oder den Status auf „beschlussvorlage“ zurücksetzen.",
        )


def open_steps(plan: Plan) -> Iterator[Finding]:
    """Every step of the resolution path has an outcome."""
    for index, step in enumerate(plan.meta.route):
        if step.result in (StepResult.OPEN, StepResult.ADJOURNED):
            yield Finding(
                "P251",
                PLAN,
                ("beschlussweg", index, "ergebnis"),
                f"Der Schritt „{step.step}“ ({step.body}) ist {step.result.label}.",
                "Nach der Sitzung Datum, Vorlage und Ergebnis eintragen.",
            )


def strands(plan: Plan) -> Iterator[Finding]:
    """Strands differ in ID and sign."""
    for key, values in (
        ("id", [strand.id for strand in plan.meta.strands]),
        ("zeichen", [strand.letter for strand in plan.meta.strands]),
    ):
        for index, value in enumerate(values):
            if value in values[:index]:
                yield Finding(
                    "P205",
                    PLAN,
                    ("straenge", index, key),
                    f"„{value}“ ist schon an einen anderen Strang vergeben.",
                    "Jeder Strang braucht eine eigene Kennung und ein eigenes Zeichen.",
                )


def texts_once(plan: Plan) -> Iterator[Finding]:
    """No text stands twice in the outline; generated parts are looked after where the texts are known."""
    seen = set()
    for index, entry in enumerate(plan.meta.outline):
        if entry.text and entry.text in seen:
            yield Finding(
                "P204",
                PLAN,
                ("gliederung", index),
                f"„{entry.text}“ steht in der Gliederung schon weiter oben.",
                "Einen der beiden Einträge löschen.",
            )
        seen.add(entry.text)


def outline_fields(plan: Plan) -> Iterator[Finding]:
    """A field of action that the outline names exists."""
    for index, entry in enumerate(plan.meta.outline):
        if entry.field is not None and not plan.knows(Kind.FIELD, str(entry.field)):
            yield Finding(
                "P302",
                PLAN,
                ("gliederung", index, "handlungsfeld"),
                f"Ein Handlungsfeld {entry.field} gibt es nicht.",
                "Die Nummern stehen in handlungsfelder.yaml.",
            )


def outline_field_only_where_known(plan: Plan) -> Iterator[Finding]:
    """Only parts that can be narrowed to a field of action are."""
    possible = sorted(part for part in PartName if part.by_field)
    for index, entry in enumerate(plan.meta.outline):
        if entry.field is not None and entry.part not in possible:
            yield Finding(
                "P603",
                PLAN,
                ("gliederung", index, "handlungsfeld"),
                f"„{entry.text or entry.part}“ kennt die Angabe „handlungsfeld“ nicht.",
                f"Die Angabe löschen; möglich ist sie bei: {', '.join(possible)}.",
            )


def own_fields(plan: Plan) -> Iterator[Finding]:
    """Own fields of one kind of entity differ in name and label, and few of them stand in the register."""
    fields = plan.meta.own_fields
    for index, field in enumerate(fields):
        others = [other for other in fields[:index] if other.owner is field.owner]
        for key, value, taken in (
            ("name", field.name, {other.name for other in others}),
            ("bezeichnung", same_word(field.label), {same_word(other.label) for other in others}),
        ):
            if value in taken:
                yield Finding(
                    "P210",
                    PLAN,
                    (OWN_FIELDS_KEY, index, key),
                    f"„{field.name if key == 'name' else field.label}“ steht schon bei einem anderen eigenen Feld "
                    f"({field.owner.label}).",
                    "Jedes eigene Feld braucht einen eigenen Namen und eine eigene Bezeichnung.",
                )
    in_register = [index for index, field in enumerate(fields) if field.shown_in(OwnPlace.REGISTER)]
    for index in in_register[MOST_IN_REGISTER:]:
        yield Finding(
            "P211",
            PLAN,
            (OWN_FIELDS_KEY, index, "zeigen"),
            f"Im Verzeichnis der Maßnahmen ist für „{fields[index].label}“ keine Spalte mehr frei.",
            f"Dort haben höchstens {MOST_IN_REGISTER} eigene Felder Platz; „verzeichnis“ hier oder bei einem anderen "
            "löschen.",
        )


def register_order(plan: Plan) -> Iterator[Finding]:
    """What the register is ordered by is one of its columns that the plan declares."""
    wanted = plan.meta.options.register_by
    possible = [
        item.name
        for item in plan.meta.own_fields
        if item.owner is OwnOwner.MEASURE and item.shown_in(OwnPlace.REGISTER)
    ]
    if wanted and wanted not in possible:
        named = f"Möglich ist: {', '.join(possible)}." if possible else "Dort steht noch kein eigenes Feld."
        yield Finding(
            "P212",
            PLAN,
            ("optionen", "verzeichnis_nach"),
            f"Nach „{wanted}“ lässt sich das Verzeichnis nicht ordnen.",
            f"{suggestion(wanted, possible)}{named}",
        )


_ONCE = "Jede Nummer wird nur einmal vergeben."
_NUMBERED = re.compile(r"(.*?)([0-9]{1,6})", re.DOTALL)
_NAMES = {
    Kind.FIELD: ("P206", "nummer", "Das Handlungsfeld", _ONCE),
    Kind.GOAL: ("P301", "id", "Das Ziel", ""),
    Kind.MEASURE: ("P401", "id", "Die Maßnahme", ""),
    Kind.PROPOSAL: ("P421", "id", "Der Vorschlag", ""),
    Kind.ACTOR: ("P501", "id", "Der Akteur", "Jede Kennung wird nur einmal vergeben."),
    Kind.TERM: ("P609", "id", "Der Begriff", "Jede Kennung wird nur einmal vergeben."),
}


def doubles(plan: Plan) -> Iterator[Finding]:
    """An ID is given once; the next free one is offered."""
    for kind, (code, key, name, hint) in _NAMES.items():
        for identifier, count in Counter(plan.ids.get(kind, ())).items():
            for nth in range(1, count):
                free = "" if hint else _next_free(identifier, plan.known(kind))
                offer = hint or (f"Die nächste freie Nummer ist {free}." if free else _ONCE)
                yield Finding(
                    code,
                    Subject(kind, identifier, nth),
                    (key,),
                    f"{name} „{identifier}“ ist schon vergeben.",
                    offer,
                    related=Subject(kind, identifier),
                )


def _next_free(identifier: str, taken: Sequence[str]) -> str:
    """The next number that nobody has; '' for what does not end in one, which is told as malformed."""
    parts = _NUMBERED.fullmatch(identifier)
    if parts is None:
        return ""
    number = int(parts[2])
    while f"{parts[1]}{number}" in taken:
        number += 1
    return f"{parts[1]}{number}"


RULES = (
    resolved_without_resolution,
    open_steps,
    strands,
    texts_once,
    outline_fields,
    outline_field_only_where_known,
    own_fields,
    register_order,
    doubles,
)
