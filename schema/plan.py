"""The plan itself: what plan.yaml says, what each other file holds, and all of it joined."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from schema.base import LINE_LIMIT, Integer, Line, Markdown, Model, Several, Slug
from schema.entities import OPEN_MATTERS, Actor, FieldOfAction, GlossaryTerm, Goal, Measure, Proposal
from schema.ids import ActorRef, GoalId, MeasureId
from schema.own_fields import MOST, OWN_FIELDS_KEY, OwnField
from schema.time import Day, PeriodField
from schema.vocabulary import CoverVariant, PartName, PlanStatus, ReportKind, ReportRhythm, StepResult

MAX_YEARS = 30  # a page shows no more on its time axis
PARTNER_LETTER = "P"  # printed for actors that belong to no strand
ALL_STRANDS = "alle"
COMMON_FOLDER = "gemeinsam"
PROPOSALS_FOLDER = "vorschlaege"
RESERVED_FOLDERS = frozenset((COMMON_FOLDER, PROPOSALS_FOLDER, "texte", "bilder", "ausgaben"))

PASSAGE = re.compile(r"([a-z][a-z0-9-]*)#([\w.-]+)")
"""How plan.yaml names a section of a text: the text's name, and the ID of the section's heading."""

EditionName = Annotated[str, Field(pattern=r"^[0-9]{1,3}(\.[0-9]{1,3}){0,2}$", examples=["0.1", "1.0"])]


class Kind(StrEnum):
    """The kinds of entities; findings and known IDs are told apart by them."""

    PLAN = "plan"
    FIELD = "field"
    GOAL = "goal"
    MEASURE = "measure"
    ACTOR = "actor"
    TERM = "term"
    PROPOSAL = "proposal"


class Strand(Model):
    """One of the parties that write the plan (Strang). Its ID is the folder it writes in."""

    id: Slug = Field(title="Kennung", description="Zugleich der Name des Ordners, in dem der Strang schreibt.")
    name: str = Field(title="Name", min_length=2, max_length=40, description="So heißt der Strang im Dokument.")
    letter: str = Field(
        alias="zeichen",
        title="Zeichen",
        pattern=r"^[A-ZÄÖÜ]$",
        description="Ein Großbuchstabe; P ist für Partner vergeben.",
    )

    @model_validator(mode="after")
    def _free(self) -> Self:
        if self.id in RESERVED_FOLDERS:
            raise ValueError(f"der Ordner „{self.id}“ ist schon für anderes da; bitte eine andere Kennung wählen")
        if self.letter == PARTNER_LETTER:
            raise ValueError("das Zeichen P ist für Partner vergeben; bitte einen anderen Buchstaben wählen")
        return self


class Step(Model):
    """A step on the way to the resolution (Schritt des Beschlusswegs)."""

    step: Line = Field(alias="schritt", title="Schritt", description="Zum Beispiel Vorberatung, Beschluss.")
    body: Line = Field(alias="gremium", title="Gremium", description="Wer berät oder beschließt.")
    session: Day | None = Field(
        default=None, alias="sitzung", title="Sitzung", description="Tag der Sitzung: JJJJ-MM-TT."
    )
    paper: str = Field(
        default="",
        alias="vorlage",
        title="Vorlage",
        max_length=60,
        description="Nummer der Vorlage.",
    )
    result: StepResult = Field(
        default=StepResult.OPEN,
        alias="ergebnis",
        title="Ergebnis",
        description="Was dabei herauskam.",
    )
    decides: Several[Line] = Field(
        default=(),
        alias="entscheidet",
        title="Entscheidet über",
        description=f"Über wessen Maßnahmen: Kennungen von Strängen, oder „{ALL_STRANDS}“.",
    )


class DraftResolution(Model):
    """What a body is asked to resolve (Beschlussvorschlag)."""

    body: Line = Field(alias="gremium", title="Gremium", description="Wer beschließen soll: Kennung oder Name.")
    text: Markdown = Field(
        alias="text",
        title="Text",
        description="Was beschlossen werden soll. Markdown; Zahlen als {massnahmen}, {ziele}, {massnahmen.verwaltung}.",
    )


class Report(Model):
    """What a body is promised after the resolution: a report, or a decision that is left to it (Bericht)."""

    body: Line = Field(alias="gremium", title="Gremium", description="Wer ihn bekommt: Kennung oder Name.")
    title: Line = Field(alias="titel", title="Bericht", description="Worüber berichtet oder entschieden wird.")
    kind: ReportKind = Field(
        default=ReportKind.NOTED,
        alias="art",
        title="Art",
        description="kenntnis oder entscheidung: was das Gremium damit tut.",
    )
    due: PeriodField | None = Field(
        default=None,
        alias="termin",
        title="Termin",
        description="Wann zum ersten Mal: Q1 2028. Fehlt er, ist der Termin offen.",
    )
    rhythm: ReportRhythm = Field(
        default=ReportRhythm.ONCE,
        alias="wiederkehr",
        title="Wiederkehr",
        description="einmalig, jaehrlich oder alle_zwei_jahre.",
    )
    presenter: str = Field(
        default="",
        alias="vorlage_durch",
        title="Vorlage durch",
        max_length=LINE_LIMIT,
        description="Wer ihn vorlegt: Kennung oder Name.",
    )


class Term(Model):
    """The years the plan is for (Laufzeit)."""

    first: Integer = Field(alias="von", title="Erstes Jahr", ge=1990, le=2200, description="Erstes Jahr der Laufzeit.")
    last: Integer = Field(
        alias="bis",
        title="Letztes Jahr",
        ge=1990,
        le=2200,
        description="Letztes Jahr der Laufzeit.",
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"die Laufzeit endet {self.last}, bevor sie {self.first} beginnt")
        if self.last - self.first >= MAX_YEARS:
            raise ValueError(f"die Laufzeit ist länger als {MAX_YEARS} Jahre")
        return self

    @property
    def years(self) -> tuple[int, ...]:
        """All years of the term."""
        return tuple(range(self.first, self.last + 1))


class OutlineEntry(Model):
    """One line of the outline: a text or a generated part (Eintrag der Gliederung)."""

    text: Slug | None = Field(
        default=None,
        title="Text",
        description="Name einer Datei in texte/, ohne .md; Kleinbuchstaben, Ziffern und Bindestriche.",
    )
    part: PartName | None = Field(default=None, alias="teil", title="Teil", description="Name eines erzeugten Teils.")
    field: Integer | None = Field(
        default=None,
        alias="handlungsfeld",
        title="Handlungsfeld",
        ge=1,
        description="Nur für dieses Handlungsfeld.",
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.text is None) == (self.part is None):
            raise ValueError("ein Eintrag nennt entweder einen Text oder einen Teil")
        return self


class Options(Model):
    """Choices about the document and its rules (Optionen)."""

    cover: CoverVariant = Field(
        default=CoverVariant.DARK,
        alias="titelblatt",
        title="Titelblatt",
        description="dunkel, oder hell zum Ausdrucken.",
    )
    max_leads: Integer = Field(
        default=8,
        alias="max_federfuehrungen",
        title="Höchstzahl der Federführungen",
        ge=1,
        description="Ab mehr als so vielen je Akteur weist die Prüfung darauf hin.",
    )
    register_by: str = Field(
        default="",
        alias="verzeichnis_nach",
        title="Verzeichnis geordnet nach",
        max_length=40,
        description="Name eines eigenen Feldes der Maßnahmen, das im Verzeichnis steht; ohne Angabe nach Nummern.",
    )
    together_up_to: Integer = Field(
        default=0,
        alias="zusammen_bis",
        title="Zusammen gezeigt bis",
        ge=0,
        le=99,
        description="Akteure einer Gruppe mit höchstens so vielen Aufgaben haben eine Spalte und ein Blatt zusammen.",
    )


class Reservation(Model):
    """On what condition a kind of open point may be resolved (Vorbehalt)."""

    code: str = Field(title="Code", pattern=r"^P[0-9]{3}$", description="Der Code des offenen Punkts: P353.")
    text: Line = Field(alias="text", title="Vorbehalt", description="Unter welcher Bedingung beschlossen wird.")


class Settlement(Model):
    """A finding that is settled on purpose (Hinweis); printed in the annex."""

    code: str = Field(title="Code", pattern=r"^P[0-9]{3}$", description="Der Code der Meldung, zum Beispiel P371.")
    id: Line = Field(title="Kennung", description="Ziel, Maßnahme oder Akteur, um den es geht.")
    reason: Line = Field(alias="begruendung", title="Begründung", description="Warum es so bleiben soll.")


class PlanMeta(Model):
    """What plan.yaml says about the plan as a whole."""

    title: str = Field(
        alias="titel",
        title="Titel",
        min_length=3,
        max_length=120,
        description="Der Titel des Plans.",
    )
    subtitle: str = Field(
        default="",
        alias="untertitel",
        title="Untertitel",
        max_length=160,
        description="Zweite Zeile des Titels.",
    )
    short_name: Slug = Field(
        alias="kurzname",
        title="Kurzname",
        description="Name der Dateien: zukunftsplan wird zu zukunftsplan.pdf.",
    )
    publishers: tuple[ActorRef, ...] = Field(
        alias="herausgeber",
        title="Herausgeber",
        min_length=1,
        description="Kennungen aus akteure.yaml.",
    )
    edition: EditionName = Field(
        alias="fassung",
        title="Fassung",
        description='Nummer der Fassung, in Anführungszeichen: "0.1".',
    )
    date: Day = Field(
        alias="stand",
        title="Stand",
        description="Tag, für den der Inhalt gilt: JJJJ-MM-TT. Nie „heute“.",
    )
    status: PlanStatus = Field(alias="status", title="Status", description="Was das Dokument zu sein beansprucht.")
    replaces: EditionName | None = Field(
        default=None,
        alias="ersetzt",
        title="Ersetzt Fassung",
        description="Die Fassung, mit der verglichen wird.",
    )
    term: Term = Field(
        alias="laufzeit",
        title="Laufzeit",
        description="Erstes und letztes Jahr: {von: 2027, bis: 2031}.",
    )
    revision: str = Field(
        default="",
        alias="fortschreibung",
        title="Fortschreibung",
        max_length=300,
        description="Wann und wie fortgeschrieben wird.",
    )
    imprint: Markdown = Field(alias="impressum", title="Impressum", description="Wer verantwortlich ist. Markdown.")
    route: tuple[Step, ...] = Field(
        default=(),
        alias="beschlussweg",
        title="Beschlussweg",
        description="Die Schritte bis zum Beschluss.",
    )
    drafts: tuple[DraftResolution, ...] = Field(
        default=(),
        alias="beschlussvorschlag",
        title="Beschlussvorschlag",
        description="Was die Gremien beschließen sollen, je Gremium ein Text.",
    )
    reports: tuple[Report, ...] = Field(
        default=(),
        alias="berichte",
        title="Berichte",
        description="Berichte und Entscheidungen, die einem Gremium zugesagt sind.",
    )
    reasons: tuple[Markdown, ...] = Field(
        default=(),
        alias="begruendung",
        title="Begründung",
        description="Was die Vorlage begründet: Abschnitte der Texte (zu-diesem-plan#anspruch) oder Markdown.",
    )
    reservations: tuple[Reservation, ...] = Field(
        default=(),
        alias="vorbehalte",
        title="Vorbehalte",
        description="Unter welchen Bedingungen beschlossen werden kann, was noch offen ist.",
    )
    open_matters: tuple[Line, ...] = OPEN_MATTERS
    strands: tuple[Strand, ...] = Field(
        alias="straenge",
        title="Stränge",
        min_length=1,
        max_length=6,
        description="Wer den Plan schreibt, jeder in seinem Ordner.",
    )
    outline: tuple[OutlineEntry, ...] = Field(
        alias="gliederung",
        title="Gliederung",
        min_length=1,
        description="Texte und erzeugte Teile in ihrer Reihenfolge.",
    )
    options: Options = Field(default=Options(), alias="optionen", title="Optionen", description="Einstellungen.")
    settlements: tuple[Settlement, ...] = Field(
        default=(),
        alias="hinweise",
        title="Hinweise",
        description="Meldungen, die mit Absicht so bleiben.",
    )
    own_fields: tuple[OwnField, ...] = Field(
        default=(),
        alias=OWN_FIELDS_KEY,
        title="Eigene Felder",
        max_length=MOST,
        description="Angaben, die dieser Plan zusätzlich kennt.",
    )


@dataclass(frozen=True)
class Plan:
    """Everything valid, joined over the strands.

    `strand_of` maps IDs of measures, and of goals that a strand set alone, to the ID of that strand. `ids` has all IDs
    met, of broken entities and doubles too. Of the kinds in `partial` something is missing, so nothing follows from
    absence; of those in `unread` whole files are missing, so that an unknown ID may well be known there.
    `divisions` are long words with hyphens where a line may divide them.
    """

    meta: PlanMeta
    fields: tuple[FieldOfAction, ...] = ()
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    actors: tuple[Actor, ...] = ()
    terms: tuple[GlossaryTerm, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    strand_of: Mapping[MeasureId | GoalId, Slug] = field(default_factory=dict)
    ids: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)
    partial: frozenset[Kind] = frozenset()
    unread: frozenset[Kind] = frozenset()
    divisions: tuple[str, ...] = ()

    def known(self, kind: Kind) -> tuple[str, ...]:
        """All IDs of a kind that were met, in the order of the data, each once."""
        return tuple(dict.fromkeys(self.ids.get(kind, ())))

    def knows(self, kind: Kind, identifier: str) -> bool:
        """Whether an ID is known, or may be in a file that cannot be read."""
        return kind in self.unread or identifier in self._known_sets.get(kind, frozenset())

    @cached_property
    def _known_sets(self) -> Mapping[Kind, frozenset[str]]:
        return {kind: frozenset(identifiers) for kind, identifiers in self.ids.items()}

    @cached_property
    def measure_by_id(self) -> Mapping[str, Measure]:
        """All measures, also those no longer active."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def goal_by_id(self) -> Mapping[str, Goal]:
        """All goals."""
        return {goal.id: goal for goal in self.goals}

    @cached_property
    def actor_by_id(self) -> Mapping[str, Actor]:
        """All actors."""
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def strand_by_id(self) -> Mapping[str, Strand]:
        """The strands that plan.yaml declares."""
        return {strand.id: strand for strand in self.meta.strands}

    @cached_property
    def active_measures(self) -> tuple[Measure, ...]:
        """The measures that count, in printed order."""
        return tuple(measure for measure in self.measures if measure.active)

    @cached_property
    def _actors_called(self) -> Mapping[str, Actor]:
        called = {name: item for item in reversed(self.actors) for name in (item.short_name, item.name)}
        return {**called, **self.actor_by_id}

    def body(self, called: str) -> Actor | None:
        """The actor that somebody calls by ID or name; None for a body that has no task in the plan."""
        return self._actors_called.get(called)

    def goals_of(self, number: int) -> tuple[Goal, ...]:
        """The goals of a field of action, in order."""
        return tuple(goal for goal in self.goals if goal.field == number)

    def measures_of(self, goal: str) -> tuple[Measure, ...]:
        """The active measures under a goal, in order."""
        return tuple(measure for measure in self.active_measures if measure.goal == goal)

    def measures_in(self, number: int) -> tuple[Measure, ...]:
        """The active measures of a field of action, in printed order."""
        return tuple(measure for goal in self.goals_of(number) for measure in self.measures_of(goal.id))

    def sheets_in(self, number: int) -> tuple[Measure, ...]:
        """The measures of a field of action that have a sheet: the active ones, then those put off."""
        goals = [goal.id for goal in self.goals_of(number)]
        deferred = (measure for goal in goals for measure in self.measures if measure.goal == goal and measure.deferred)
        return (*self.measures_in(number), *deferred)

    def strand(self, measure: Measure) -> Strand:
        """The strand a measure belongs to."""
        return self.strand_by_id[self.strand_of[measure.id]]


def id_key(identifier: str) -> tuple[int, ...]:
    """Sorts IDs of goals, measures and proposals by their numbers: M1.2.10 after M1.2.9."""
    return tuple(int(number) for number in identifier[1:].split("."))
