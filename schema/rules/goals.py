"""Rules about goals: their field, what they are measured by, who works for them."""

from __future__ import annotations

from collections.abc import Iterator

from schema.plan import Kind, Plan
from schema.rules.finding import Finding, Subject
from schema.values import TO_BE_COLLECTED


def field_exists(plan: Plan) -> Iterator[Finding]:
    """A goal stands under a field of action that exists."""
    for goal in plan.goals:
        if not plan.knows(Kind.FIELD, str(goal.field)):
            yield Finding(
                "P302",
                Subject(Kind.GOAL, goal.id),
                ("handlungsfeld",),
                f"Das Ziel {goal.id} nennt Handlungsfeld {goal.field}; das gibt es nicht.",
                f"Bekannt sind: {', '.join(plan.known(Kind.FIELD))}. Sie stehen in handlungsfelder.yaml.",
            )


DEEPEST = 3  # levels of goals under goals


def levels(plan: Plan) -> Iterator[Finding]:
    """Goals under goals lead up to one that stands alone, over no more than three levels.

    Of "Z1.1 belongs to Z1.2, that to Z1.1" both are told, since either may be the wrong one. Of four goals under each
    other only the lowest is.
    """
    for goal in plan.goals:
        above = [goal.id]
        parent = goal.parent
        while parent and parent not in above:
            above.append(parent)
            upper = plan.goal_by_id.get(parent)
            parent = upper.parent if upper else None
        if parent == goal.id:
            message = f"{goal.id} wäre sein eigenes Oberziel ({' → '.join([*above, goal.id])})."
            hint = "Das Ziel nennen, zu dem es wirklich beiträgt, oder die Angabe löschen."
        elif not parent and len(above) == DEEPEST + 1:
            message = f"{goal.id} läge auf der vierten Ebene ({' → '.join(above)})."
            hint = "Höchstens drei Ebenen: Das Ziel unter ein höheres stellen oder die Angabe löschen."
        else:
            continue
        yield Finding("P304", Subject(Kind.GOAL, goal.id), ("oberziel",), message, hint)


def indicators(plan: Plan) -> Iterator[Finding]:
    """A goal has an indicator with target value, its direction, target date and a known baseline."""
    for goal in plan.goals:
        subject = Subject(Kind.GOAL, goal.id)
        if not goal.indicators:
            yield Finding(
                "P351",
                subject,
                ("indikatoren",),
                f"Das Ziel {goal.id} hat keinen Indikator.",
                "Unter „indikatoren“ angeben, woran es sich messen lässt.",
            )
        for index, indicator in enumerate(goal.indicators):
            path = ("indikatoren", index)
            for key, name, value in (
                ("zielwert", "der Zielwert", indicator.target),
                ("zieldatum", "das Zieldatum", indicator.target_date),
            ):
                if value is None:
                    yield Finding(
                        "P352",
                        subject,
                        (*path, key),
                        f"Dem Indikator „{indicator.name}“ von Ziel {goal.id} fehlt {name}.",
                        "Die Zahl und den Termin angeben, an denen das Ziel erreicht ist.",
                    )
            if indicator.target is not None and indicator.direction is None:
                yield Finding(
                    "P356",
                    subject,
                    (*path, "richtung"),
                    f"Der Zielwert von „{indicator.name}“ (Ziel {goal.id}) sagt nicht, ob er mindestens, höchstens "
                    "oder genau gilt.",
                    "Unter „richtung“ mindestens, hoechstens oder genau angeben.",
                )
            # None at all is so by definition, and was so at any time.
            if indicator.baseline not in (TO_BE_COLLECTED, 0) and indicator.baseline_date is None:
                yield Finding(
                    "P355",
                    subject,
                    (*path, "ausgangswert"),
                    f"Zum Ausgangswert von „{indicator.name}“ (Ziel {goal.id}) fehlt, wann er galt.",
                    "Unter „datum“ das Quartal, den Monat oder das Jahr eintragen.",
                )
            if indicator.baseline == TO_BE_COLLECTED:
                yield Finding(
                    "P353",
                    subject,
                    (*path, "ausgangswert"),
                    f"Der Ausgangswert von „{indicator.name}“ (Ziel {goal.id}) ist noch zu erheben.",
                    "Den Wert erheben und als Zahl mit „datum“ eintragen.",
                )


def target_date_in_term(plan: Plan) -> Iterator[Finding]:
    """Target dates lie in the plan's term."""
    term = plan.meta.term
    for goal in plan.goals:
        for index, indicator in enumerate(goal.indicators):
            due = indicator.target_date
            if due is not None and not term.first <= due.year <= term.last:
                yield Finding(
                    "P303",
                    Subject(Kind.GOAL, goal.id),
                    ("indikatoren", index, "zieldatum"),
                    f"Das Zieldatum {due.label} von Ziel {goal.id} liegt außerhalb der Laufzeit "
                    f"{term.first} bis {term.last}.",
                    "Das Datum ändern oder die Laufzeit in plan.yaml anpassen.",
                )


def has_measures(plan: Plan) -> Iterator[Finding]:
    """A goal has measures, of more than one strand where the plan has several."""
    if Kind.MEASURE in plan.partial or any(not plan.knows(Kind.GOAL, item.goal) for item in plan.measures):
        return  # a measure that is missing here may well belong to a goal that seems to have none
    for goal in plan.goals:
        subject = Subject(Kind.GOAL, goal.id)
        measures = [item for item in plan.active_measures if goal.id in (item.goal, *item.further_goals)]
        strands = {plan.strand_of[item.id] for item in measures}
        if not measures:
            yield Finding(
                "P354",
                subject,
                ("id",),
                f"Zu Ziel {goal.id} gibt es keine Maßnahme.",
                "Eine Maßnahme mit „ziel: " + goal.id + "“ anlegen oder das Ziel streichen.",
            )
        elif len(strands) == 1 < len(plan.meta.strands):
            name = plan.strand_by_id[strands.pop()].name
            yield Finding(
                "P371",
                subject,
                ("id",),
                f"Für Ziel {goal.id} arbeitet nur der Strang {name}.",
                "Prüfen, was andere Stränge beitragen können, oder unter „hinweise“ in plan.yaml begründen.",
            )


RULES = (field_exists, levels, indicators, target_date_in_term, has_measures)
