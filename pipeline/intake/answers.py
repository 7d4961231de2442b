"""What a form says, in; the same as data of a plan out, what of it is not understood, and what the plan has like it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.content.yaml_nodes import Plain
from pipeline.fields.names import PlanNames
from pipeline.fields.registry import fields_of
from pipeline.intake.filled import Filled
from pipeline.merge.differences.field_edits import Complaint, edits
from pipeline.merge.docx.reading import Paragraph, Reading
from pipeline.merge.markdown.inline import Names
from pipeline.merge.markdown.source_text import SourceText
from pipeline.merge.markdown.units import Units
from pipeline.merge.markdown.write import Step, edited_text
from pipeline.merge.yaml.edits import REMOVE
from pipeline.parts.forms import COMPANY, FORMS, PERSON, SUBMITTER
from pipeline.text.likeness import ALIKE_TITLE, DESCRIPTION, NAME
from pipeline.text.nodes import Node
from schema.entities import Measure, Proposal
from schema.plan import Plan

# How somebody is reached: `0201 555 12 34`, not „2.140 MWh“ nor „Q4 2027“, „01.10.2026“ or „08.00-17.00 Uhr“.
_PHONE: Final = re.compile(r"(?<![\d,/-])(?!\d\d[/.](?:19|20)\d\d)(?:\+|00|0)\d[\d /().–-]{6,}\d")
_TIME: Final = re.compile(
    r"(?<![\d.])\d{1,2}\.\s?\d{1,2}\.(?:\d{4}|\d{2})?(?!\.?\d)"
    r"|(?<![\d.])\d{1,2}[.:][0-5]\d(?:\s?[-–]\s?\d{1,2}[.:][0-5]\d)?\s?Uhr"
    r"|(?<![\d.])\d{1,2}:[0-5]\d(?!\d)"
)
_FEWEST_DIGITS: Final = 7
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
# `Lindenstraße 12`, `Am Marktplatz 3.`, not „auf dem Spielplatz 20 Bäume“ nor „Radweg 2028“.
_STREET: Final = re.compile(
    r"\b[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|gasse)\s+\d{1,3}\b"
    r"|\b[A-ZÄÖÜ][\w-]*(?:weg|platz|allee)\s+\d{1,3}[a-z]?(?=[,.;\n]|$)"
)
_REACHED: Final = ((_MAIL, "eine E-Mail-Adresse"), (_PHONE, "eine Telefonnummer"), (_STREET, "eine Anschrift"))
_FIGURES: Final = ("ziel", "zeitraum", "meilensteine", "aufwand", "finanzierung", "zusage")  # fields of figures
_A_NAME: Final = 5  # letters, from which on a contact's name is looked for elsewhere


def personal(filled: Filled) -> str:
    """Why what is written may not stand in a plan as it is: it names a person, or how one is reached; '' if it may."""
    contact = [filled.answers.get(field.name, "") for field in FORMS[filled.form].contact]
    # Behind a comma stands what somebody does; a family's name in its company's is no word on a person.
    person = filled.answers.get(PERSON, "").partition(",")[0]
    who = " ".join(filled.answers.get(name, "") for name in (COMPANY, SUBMITTER)).casefold()
    words = re.findall(rf"[^\W\d_]{{{_A_NAME},}}", person)
    told = [said.casefold() for said in (*contact, *words) if len(said) >= _A_NAME]
    names = [re.compile(rf"(?<!\w){re.escape(said)}(?!\w)") for said in told if said not in who]
    for field in FORMS[filled.form].fields:
        text = filled.answers.get(field.name, "")
        for pattern, what in _REACHED:
            if pattern is _PHONE and field.name in _FIGURES:
                continue
            if found := _number(text) if pattern is _PHONE else pattern.search(text):
                named = f"{what} („{found[0].strip()}“)"
                return f"„{field.question}“ nennt {named}; so etwas steht nicht im Plan. Bitte entfernen."
        if any(name.search(text.casefold()) for name in names):
            return f"„{field.question}“ nennt, was Sie für Rückfragen angegeben haben. Bitte entfernen."
    return ""


def _number(text: str) -> re.Match[str] | None:
    """A telephone number that is neither a date nor a time."""
    found = _PHONE.finditer(_TIME.sub(" · ", text))
    return next((item for item in found if sum(map(str.isdigit, item[0])) >= _FEWEST_DIGITS), None)


def prose(text: str) -> str:
    """Plain words as a text in Markdown that reads the same; each line is a paragraph, as Return makes one."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n")]
    items = tuple(Paragraph("", (Node("text", text=part),)) for part in paragraphs if part)
    units = Units({}, Names({}, lambda _: "")).of(Reading(items, {}))
    return edited_text(SourceText(""), [Step(unit) for unit in units])


def answered(
    filled: Filled, model: type[Measure] | type[Proposal], plan: Plan, skip: Sequence[str]
) -> tuple[dict[str, Plain], list[str]]:
    """The answers as data by their keys, but for those to `skip`, and what was not understood, a German line each."""
    names, data, told = PlanNames.of(plan), dict[str, Plain](), list[str]()
    for field in FORMS[filled.form].fields:
        text = filled.answers.get(field.name, "")
        if not text or field.name in skip or field.name not in fields_of(model):
            continue
        outcome = edits(field.name, model, None, (), text.split("\n"), names)
        if isinstance(outcome, Complaint):
            told.append(f"Nicht übernommen, „{field.question}“: {outcome.message}")
            outcome = list(outcome.besides)
        for edit in outcome:
            value = edit.value
            if value is not REMOVE:
                data[field.name] = value
    return data, told


def like(plan: Plan, title: str, description: str) -> Iterator[str]:
    """Proposals and measures that look like the same thing, each with its place."""
    for proposal in plan.proposals:
        if ALIKE_TITLE.met(title, proposal.title) or DESCRIPTION.met(description, proposal.description):
            yield f"Ähnlich ist Vorschlag {proposal.id} „{proposal.title}“."
    for measure in plan.measures:
        if ALIKE_TITLE.met(title, measure.title) or DESCRIPTION.met(description, measure.description):
            yield f"Ähnlich ist Maßnahme {measure.number} „{measure.title}“ ({plan.strand(measure).name})."


def like_named(plan: Plan, name: str) -> Iterator[str]:
    """Actors whose name looks like this one."""
    yield from (
        f"Ähnlich heißt schon „{item.name}“ ({item.id})."
        for item in plan.actors
        if NAME.met(name.casefold(), item.name.casefold())
    )
