"""Forms that somebody fills in who is not in the plan yet: a proposal, and what a company wants to do.

Each field has a name by which it is found again when the form comes back; what it is called is for people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from pipeline.document.model import (
    Cell,
    Column,
    Document,
    InputPlace,
    Row,
    RowGroup,
    Table,
    TablePart,
    TableSection,
)
from pipeline.parts.assemble import properties_of
from pipeline.parts.context import Context
from pipeline.parts.phrases import muted, text
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import NBSP, typeset_line

LABELS: Final = 62  # of a table's 168: the same as where signatures stand


@dataclass(frozen=True)
class FormField:
    """A field: its name, what is asked, a hint, how many lines there are to write in."""

    name: str
    question: str
    hint: str
    lines: int = 1


@dataclass(frozen=True)
class Form:
    """A form: how its files' names begin, its title, what it says first, its fields, and those of who asks back.

    What is written in the `contact` fields never enters a plan.
    """

    name: str
    title: str
    lead: str
    fields: tuple[FormField, ...]
    contact: tuple[FormField, ...]

    def key(self, field: FormField) -> str:
        """The name of a field in the file, unlike that of any other form's."""
        return f"{self.name}-{field.name}"


TITLE: Final = "titel"
DESCRIPTION: Final = "beschreibung"
SUBMITTER: Final = "einreicher"
COMPANY: Final = "unternehmen"
COMMITMENT: Final = "zusage"
PERSON: Final = "ansprechperson"
_CONTACT: Final = (
    FormField(PERSON, "Wen dürfen wir fragen?", "Name"),
    FormField("erreichbar", "Wie erreichen wir Sie?", "Telefon oder E-Mail"),
)
_GOAL: Final = FormField("ziel", "Zu welchem Ziel passt es?", "Nummer aus dem Plan, zum Beispiel {goal}")
_SPAN: Final = FormField("zeitraum", "Von wann bis wann?", "zum Beispiel Q2 2027 bis Q4 2028")
_EFFORT: Final = FormField("aufwand", "Was kostet es ungefähr?", "je Zeile einer: 5.000 Euro einmalig", 2)
PROPOSAL: Final = Form(
    "vorschlag",
    "Ein Vorschlag",
    "Neue Ideen sind ausdrücklich erwünscht. Bitte füllen Sie aus, was Sie wissen; nötig sind nur die ersten drei "
    "Felder. Namen von Personen, Telefonnummern und Adressen bitte nur ganz unten: Was dort steht, kommt nicht in den "
    "Plan.",
    (
        FormField(TITLE, "Was schlagen Sie vor?", "in wenigen Worten"),
        FormField(DESCRIPTION, "Worum geht es?", "Was soll geschehen, wem hilft es? In ganzen Sätzen.", 9),
        FormField(SUBMITTER, "Von wem kommt der Vorschlag?", "Stelle, Betrieb oder Kreis, keine Person"),
        _GOAL,
        FormField("mitwirkung", "Wer könnte mitmachen?", "Stellen und Betriebe, die der Plan nennt", 2),
        _SPAN,
        _EFFORT,
        FormField("indikator", "Woran sieht man, dass es wirkt?", "zum Beispiel Zahl der Betriebe"),
    ),
    _CONTACT,
)
MEASURE: Final = Form(
    "beitrag",
    "Ein Betrieb macht mit",
    "Mit diesem Blatt nennt ein Unternehmen, das im Plan noch nicht steht, eine Maßnahme, die es selbst verantwortet. "
    "Namen von Personen, Telefonnummern und Adressen bitte nur ganz unten: Was dort steht, kommt nicht in den Plan.",
    (
        FormField(COMPANY, "Ihr Unternehmen", "wie es im Plan heißen soll"),
        FormField(TITLE, "Was wollen Sie tun?", "in wenigen Worten"),
        FormField(DESCRIPTION, "Was geschieht genau?", "In ganzen Sätzen.", 7),
        _GOAL,
        _SPAN,
        FormField("meilensteine", "Was liegt wann vor?", "je Zeile eines: Q4 2027 Erste Runde", 3),
        _EFFORT,
        FormField("finanzierung", "Woher kommt das Geld?", "zum Beispiel Eigene Mittel 100 % (gesichert)"),
        FormField("mitwirkung", "Wer macht mit?", "Stellen und Betriebe, die der Plan nennt", 2),
        FormField("indikator", "Woran sieht man, dass es wirkt?", "zum Beispiel Zahl der Plätze"),
        FormField(COMMITMENT, "Seit wann gilt die Zusage?", "ein Tag, zum Beispiel 24.11.2026; leer: noch keine"),
    ),
    _CONTACT,
)
FORMS: Final[Mapping[str, Form]] = MappingProxyType({form.name: form for form in (PROPOSAL, MEASURE)})
HEADS: Final = ("Frage", "Ihre Antwort")
CONTACT_TITLE: Final = "Für Rückfragen"
NOTE: Final = "Nur für Rückfragen des Büros; es steht in keinem Plan und keiner Datei, die veröffentlicht wird."


def form_document(context: Context, form: Form) -> Document:
    """The form as a Document of one page, with a place to be filled in for each field."""
    goal = next((goal.number for goal in context.plan.goals), "1.1")
    values = properties_of(context)
    title = typeset_line(f"{form.title} für: {values.title}")
    part = TablePart(
        anchor=form.name,
        title=typeset_line(form.title),
        lead=typeset_line(form.lead),
        sections=(
            TableSection("", _table(form, form.fields, goal)),
            TableSection(CONTACT_TITLE, _table(form, form.contact, goal), typeset_line(NOTE)),
        ),
    )
    places = tuple(
        InputPlace(form.key(field), typeset_line(field.question), form.key(field), field.lines)
        for field in (*form.fields, *form.contact)
    )
    named = replace(values, title=title, full_title=title, inputs=places)
    return Document(named, (part,), {})


def _table(form: Form, fields: Sequence[FormField], goal: str) -> Table:
    columns = (Column(HEADS[0], LABELS), Column(HEADS[1], 168 - LABELS))
    rows = tuple(
        Row(
            (
                Cell(
                    (
                        text(typeset_line(field.question)),
                        Node("break"),
                        muted(typeset_line(field.hint.format(goal=goal))),
                    ),
                    header=True,
                ),
                Cell(_room(field.lines)),
            ),
            anchor=form.key(field),
        )
        for field in fields
    )
    return Table(columns, (RowGroup(rows),))


def _room(lines: int) -> Inline:
    """Empty lines, two at least: so many the question has."""
    return (*(node for _ in range(max(lines, 2) - 1) for node in (text(NBSP), Node("break"))), text(NBSP))
