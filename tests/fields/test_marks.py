"""What entities name, and where Markdown stands in them, follows from the models, also deep inside."""

from __future__ import annotations

from schema.base import Line, Markdown, MarkdownText, Model
from schema.entities import Measure
from schema.forms import marked
from schema.ids import ActorRef
from schema.plan import Kind
from schema.rules.references import Named, named_by

MEASURE = Measure.model_validate(
    {
        "id": "M1.1.1",
        "titel": "Eine Maßnahme",
        "ziel": "Z1.1",
        "weitere_ziele": ["Z1.2"],
        "beschreibung": "Etwas geschieht.",
        "federfuehrung": "amt",
        "mitwirkung": ["rat", "ihk"],
        "zeitraum": {"von": "2027", "bis": "2028"},
        "abhaengig_von": ["M1.1.2"],
        "ersetzt_durch": "M1.1.3",
        "zusagen": [{"akteur": "amt", "datum": "2026-01-01"}],
    }
)


def test_everything_that_a_measure_names_is_found_with_its_place() -> None:
    assert list(named_by(MEASURE)) == [
        Named(Kind.GOAL, "Z1.1", ("ziel",)),
        Named(Kind.GOAL, "Z1.2", ("weitere_ziele", 0)),
        Named(Kind.ACTOR, "amt", ("federfuehrung",)),
        Named(Kind.ACTOR, "rat", ("mitwirkung", 0, "akteur")),  # alone in the data too, see Participant
        Named(Kind.ACTOR, "ihk", ("mitwirkung", 1, "akteur")),
        Named(Kind.MEASURE, "M1.1.2", ("abhaengig_von", 0)),
        Named(Kind.ACTOR, "amt", ("zusagen", 0, "akteur")),
        Named(Kind.MEASURE, "M1.1.3", ("ersetzt_durch",)),
    ]


class Note(Model):
    """A note with Markdown, as an entity may hold some day."""

    text: Markdown
    author: ActorRef | None = None


class Noted(Model):
    """An entity with notes."""

    name: Line
    notes: tuple[Note, ...] = ()


def test_markdown_and_names_are_found_in_what_an_entity_holds() -> None:
    entity = Noted(name="*kein* Markdown", notes=(Note(text="Eins."), Note(text="Zwei.", author="amt")))
    assert [(path, text) for path, _, text in marked(entity, MarkdownText)] == [
        (("notes", 0, "text"), "Eins."),
        (("notes", 1, "text"), "Zwei."),
    ]
    assert list(named_by(entity)) == [Named(Kind.ACTOR, "amt", ("notes", 1, "author"))]
