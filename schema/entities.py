"""The plan's entities below the plan itself: fields of action, goals, measures, actors, terms, proposals."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from schema.base import LINE_LIMIT, TITLE_LIMIT, Integer, Line, Markdown, Model, OpenWhileEmpty, Several, Slug
from schema.ids import ActorRef, GoalId, GoalRef, MeasureId, MeasureRef, ProposalId
from schema.time import ONGOING, Day, Period
from schema.values import (
    Commitment,
    Effect,
    Effort,
    Funding,
    Indicator,
    Milestone,
    Participant,
    Picture,
    Span,
    Spending,
    StatusNote,
    each_once,
)
from schema.vocabulary import ActorKind, MeasureStatus, Priority, ProposalState, Role

ORIGIN = Field(
    default="",
    alias="herkunft",
    title="Herkunft",
    max_length=LINE_LIMIT,
    description="Woher der Eintrag stammt, zum Beispiel „Arbeitsvorschlag, nicht abgestimmt“.",
)


PICTURE = Field(
    default=None,
    alias="bild",
    title="Bild",
    description="Ein Bild dazu: {datei: bilder/markt.jpg, alt: Was es zeigt, nachweis: Von wem es ist}.",
)
NOTES = Field(
    default=(),
    alias="sachstand",
    title="Sachstand",
    description="Wie es steht, je Meldung: {datum: 2027-03-15, zustand: im_plan, text: …}.",
)


OPEN_MATTERS = Field(
    default=(),
    alias="offen",
    title="Noch zu klären",
    description="Was bis zum Beschluss zu klären ist und keine Regel sehen kann, je Punkt eine Zeile.",
)


class FieldOfAction(Model):
    """A field of action (Handlungsfeld)."""

    number: Integer = Field(
        alias="nummer",
        title="Nummer",
        ge=1,
        le=99,
        description="Die Nummer, nach der alles geordnet ist.",
    )
    title: str = Field(
        alias="titel",
        title="Titel",
        min_length=3,
        max_length=TITLE_LIMIT,
        description="Der Name des Handlungsfelds.",
    )
    lead: Markdown = Field(
        alias="vorspann",
        title="Vorspann",
        description="Zwei, drei Sätze: worum es geht und warum. Markdown.",
    )
    picture: Picture | None = PICTURE
    open_matters: tuple[Line, ...] = OPEN_MATTERS
    origin: str = ORIGIN

    @property
    def anchor(self) -> str:
        """What references name it by."""
        return f"HF{self.number}"


class Goal(Model):
    """A goal (Ziel). Which strands work for it follows from its measures."""

    id: GoalId = Field(
        title="Nummer",
        description="Z, Nummer des Handlungsfelds, Punkt, laufende Nummer; für immer vergeben.",
    )
    field: Integer = Field(alias="handlungsfeld", title="Handlungsfeld", ge=1, description="Nummer des Handlungsfelds.")
    short_title: str = Field(
        alias="kurztitel",
        title="Kurztitel",
        min_length=3,
        max_length=TITLE_LIMIT,
        description="Das Ziel in wenigen Wörtern.",
    )
    sentence: str = Field(
        alias="zielsatz",
        title="Zielsatz",
        min_length=10,
        max_length=400,
        description="Ein Satz: was bis wann wahr ist.",
    )
    mark: str = Field(
        default="",
        alias="zeichen",
        title="Zeichen",
        max_length=40,
        description="Die Nummer, unter der es anderswo geführt wird.",
    )
    explanation: Markdown | None = Field(
        default=None,
        alias="erlaeuterung",
        title="Erläuterung",
        description="Was der Zielsatz meint und was nicht. Markdown.",
    )
    parent: GoalRef | None = Field(
        default=None,
        alias="oberziel",
        title="Oberziel",
        description="Das Ziel, zu dem es beiträgt; höchstens drei Ebenen.",
    )
    indicators: tuple[Indicator, ...] = Field(
        default=(),
        alias="indikatoren",
        title="Indikatoren",
        description="Woran sich das Ziel messen lässt.",
    )
    notes: tuple[StatusNote, ...] = NOTES
    open_matters: tuple[Line, ...] = OPEN_MATTERS
    origin: str = ORIGIN

    @property
    def number(self) -> str:
        """The ID without its letter, as printed."""
        return self.id[1:]


_ACTORS = "Kennungen aus akteure.yaml."
_WITH_TASK = _ACTORS + " Was genau jemand beiträgt: {akteur: amt, beitrag: stellt Räume}."


class Measure(Model):
    """A measure (Maßnahme). Its strand is the folder it stands in."""

    id: MeasureId = Field(
        title="Nummer",
        description="M, Handlungsfeld, Ziel, laufende Nummer; für immer vergeben, auch wenn die Maßnahme umzieht.",
    )
    title: str = Field(
        alias="titel", title="Titel", min_length=3, max_length=TITLE_LIMIT, description="Was getan wird."
    )
    goal: GoalRef = Field(alias="ziel", title="Ziel", description="Das Ziel, unter dem sie steht.")
    further_goals: tuple[GoalRef, ...] = Field(
        default=(),
        alias="weitere_ziele",
        title="Weitere Ziele",
        description="Ziele, denen sie außerdem dient.",
    )
    description: Markdown = Field(
        alias="beschreibung",
        title="Beschreibung",
        description="Was genau geschieht, in ganzen Sätzen. Markdown.",
    )
    picture: Picture | None = PICTURE
    mark: str = Field(
        default="",
        alias="zeichen",
        title="Zeichen",
        max_length=40,
        description="Die Nummer, unter der sie anderswo geführt wird, zum Beispiel im Haushalt oder in einem Konzept.",
    )
    place: str = Field(default="", alias="ort", title="Ort", max_length=LINE_LIMIT, description="Wo sie stattfindet.")
    audience: tuple[Line, ...] = Field(
        default=(), alias="zielgruppe", title="Zielgruppe", description="Für wen sie gedacht ist, je Gruppe eine Zeile."
    )
    effect: Markdown | None = Field(
        default=None, alias="wirkung", title="Wirkung", description="Was sie bewirken soll. Markdown."
    )
    effects: tuple[Effect, ...] = Field(
        default=(),
        alias="wirkungen",
        title="Wirkung in Zahlen",
        description="Was sie bringt, je Größe: {groesse: CO₂, betrag: -120, einheit: t im Jahr, bis: 2030}.",
    )
    risks: Markdown | None = Field(
        default=None, alias="risiken", title="Risiken", description="Was ihr im Weg stehen kann. Markdown."
    )
    reason: Markdown | None = Field(
        default=None,
        alias="grund",
        title="Grund",
        description="Warum sie zurückgestellt, ersetzt oder zusammengeführt wurde. Markdown.",
    )
    resolved_wording: Markdown | None = Field(
        default=None,
        alias="beschlossener_wortlaut",
        title="Beschlossener Wortlaut",
        description="Der Wortlaut des Beschlusses, wo er vom heutigen Text abweicht. Markdown.",
    )
    leads: Annotated[Several[ActorRef], OpenWhileEmpty()] = Field(
        default=(),
        alias="federfuehrung",
        title=Role.LEAD.label,
        description="Genau ein Akteur steuert, berichtet und hält die Fristen. Bis zum Beschluss darf das offen sein: "
        "ohne Angabe, oder mit mehreren, die in Frage kommen: [amt, verein].",
    )
    decision: tuple[Participant, ...] = Field(
        default=(),
        alias="entscheidung",
        title=Role.DECISION.label,
        description="Wer beschließt. " + _WITH_TASK,
    )
    participation: tuple[Participant, ...] = Field(
        default=(),
        alias="mitwirkung",
        title=Role.PARTICIPATION.label,
        description="Wer mitarbeitet. " + _WITH_TASK,
    )
    information: tuple[Participant, ...] = Field(
        default=(),
        alias="information",
        title=Role.INFORMATION.label,
        description="Wer Bescheid bekommt. " + _WITH_TASK,
    )
    span: Span | None = Field(
        default=None,
        alias="zeitraum",
        title="Zeitraum",
        description="Von wann bis wann: {von: Q1 2027, bis: Q4 2028}. Darf bis zum Beschluss offen sein.",
    )
    milestones: tuple[Milestone, ...] = Field(
        default=(),
        alias="meilensteine",
        title="Meilensteine",
        description="Überprüfbare Ergebnisse mit Termin.",
    )
    effort: tuple[Effort, ...] = Field(
        default=(),
        alias="aufwand",
        title="Aufwand",
        description="Geld und Arbeit, einmalig oder jährlich.",
    )
    funding: tuple[Funding, ...] = Field(
        default=(),
        alias="finanzierung",
        title="Finanzierung",
        description="Quellen mit Anteil und Stand.",
    )
    spent: tuple[Spending, ...] = Field(
        default=(),
        alias="ausgaben_ist",
        title="Ausgaben",
        description="Was sie gekostet hat, je Jahr: {jahr: 2027, euro: 12000}.",
    )
    indicator: str = Field(
        default="",
        alias="indikator",
        title="Indikator",
        max_length=LINE_LIMIT,
        description="Woran man sieht, dass sie wirkt.",
    )
    notes: tuple[StatusNote, ...] = NOTES
    priority: Priority | None = Field(
        default=None,
        alias="prioritaet",
        title="Priorität",
        description="hoch, mittel oder niedrig.",
    )
    status: MeasureStatus = Field(
        default=MeasureStatus.PROPOSED,
        alias="status",
        title="Status",
        description="Wo die Maßnahme steht.",
    )
    depends_on: tuple[MeasureRef, ...] = Field(
        default=(),
        alias="abhaengig_von",
        title="Abhängig von",
        description="Maßnahmen, die vorher nötig sind.",
    )
    related: tuple[MeasureRef, ...] = Field(
        default=(),
        alias="verwandt",
        title="Verwandt mit",
        description="Maßnahmen, die mit ihr zu tun haben, ohne dass eine die andere braucht.",
    )
    part_of: MeasureRef | None = Field(
        default=None,
        alias="teil_von",
        title="Teil von",
        description="Die Maßnahme, zu deren Bündel sie gehört.",
    )
    commitments: tuple[Commitment, ...] = Field(
        default=(), alias="zusagen", title="Zusagen", description="Wer wann zugesagt hat."
    )
    replaced_by: MeasureRef | None = Field(
        default=None,
        alias="ersetzt_durch",
        title="Ersetzt durch",
        description="Die Maßnahme, die an ihre Stelle tritt.",
    )
    merged_with: MeasureRef | None = Field(
        default=None,
        alias="zusammengefuehrt_mit",
        title="Zusammengeführt mit",
        description="Die Maßnahme, in der sie aufgeht.",
    )
    reservation: str = Field(
        default="",
        alias="vorbehalt",
        title="Vorbehalt",
        max_length=LINE_LIMIT,
        description="Unter welcher Bedingung sie beschlossen werden kann, obwohl noch etwas offen ist.",
    )
    open_matters: tuple[Line, ...] = OPEN_MATTERS
    origin: str = ORIGIN

    @model_validator(mode="after")
    def _spent_once(self) -> Self:
        each_once([str(item.year) for item in self.spent], "„ausgaben_ist“ nennt für {} zwei Beträge; einer gilt")
        return self

    @property
    def number(self) -> str:
        """The ID without its letter, as printed."""
        return self.id[1:]

    @property
    def active(self) -> bool:
        """Counted and held to the rules on open points: neither deferred nor replaced nor merged."""
        return self.status is not MeasureStatus.DEFERRED and not (self.replaced_by or self.merged_with)

    @property
    def deferred(self) -> bool:
        """Put off, and nothing has taken its place: it keeps its sheet."""
        return self.status is MeasureStatus.DEFERRED and not (self.replaced_by or self.merged_with)

    @property
    def lead(self) -> str | None:
        """The ID of the actor that leads; None while that is open, be it that nobody is named or several are."""
        return self.leads[0] if len(self.leads) == 1 else None

    @property
    def ongoing(self) -> bool:
        """Without an end, as somebody has said."""
        return self.span is not None and self.span.end == ONGOING

    @property
    def last(self) -> Period | None:
        """The end, None while it goes on or nobody has said how long."""
        return self.span.last if self.span else None

    def runs_in(self, year: int) -> bool:
        """Whether it is known to run in a year."""
        last = self.last
        return self.span is not None and self.span.start.year <= year and (last is None or year <= last.year)

    def actors_in(self, role: Role) -> tuple[str, ...]:
        """The IDs of the actors in a role, in the order of the data."""
        if role is Role.LEAD:
            return self.leads
        if role is Role.DECISION:
            named = self.decision
        else:
            named = self.participation if role is Role.PARTICIPATION else self.information
        return tuple([item.actor for item in named]) if named else ()

    def contribution_of(self, actor: str) -> str:
        """What exactly an actor contributes, decides or has to be told, '' where nobody says."""
        named = (*self.decision, *self.participation, *self.information)
        return next((item.contribution for item in named if item.actor == actor), "")

    def role_of(self, actor: str) -> Role | None:
        """The actor's role in this measure, None without one."""
        return next((role for role in Role if actor in self.actors_in(role)), None)


class Actor(Model):
    """Somebody who can carry a responsibility (Akteur): an office, a body, a kind of company; never a person."""

    id: Slug = Field(
        title="Kennung",
        description="Kurze Kennung in Kleinbuchstaben; so nennen ihn die Maßnahmen.",
    )
    name: str = Field(title="Name", min_length=2, max_length=120, description="Der volle Name.")
    short_name: str = Field(
        default="",
        alias="kurzname",
        title="Kurzname",
        max_length=24,
        description="Für Tabellen, in denen der Name keinen Platz hat.",
    )
    kind: ActorKind = Field(alias="art", title="Art", description="Was für eine Stelle das ist.")
    strand: Slug | None = Field(
        default=None,
        alias="strang",
        title="Strang",
        description="Kennung des Strangs; ohne Angabe: Partner.",
    )
    group: str = Field(
        default="",
        alias="gruppe",
        title="Gruppe",
        max_length=60,
        description="Womit er zusammen gezeigt wird, wo es viele sind, zum Beispiel „Schulen“.",
    )
    contact: str = Field(
        default="",
        alias="kontakt",
        title="Kontakt",
        max_length=LINE_LIMIT,
        description="Kontakt der Stelle, keiner Person.",
    )
    open_matters: tuple[Line, ...] = OPEN_MATTERS
    origin: str = ORIGIN

    @property
    def short(self) -> str:
        """The short name, else the name."""
        return self.short_name or self.name


class GlossaryTerm(Model):
    """A term and what it means in this plan (Begriff)."""

    id: Slug = Field(title="Kennung", description="So verweisen Texte darauf: [](#glossar-kennung).")
    term: str = Field(alias="begriff", title="Begriff", min_length=2, max_length=120, description="Das Wort.")
    meaning: Markdown = Field(alias="bedeutung", title="Bedeutung", description="Ein, zwei Sätze. Markdown.")

    @property
    def anchor(self) -> str:
        """What references name it by."""
        return f"glossar-{self.id}"


class Proposal(Model):
    """A proposal that came in (Vorschlag): in the annex until a strand takes it over."""

    id: ProposalId = Field(title="Nummer", description="V und eine laufende Nummer.")
    title: str = Field(alias="titel", title="Titel", min_length=3, max_length=TITLE_LIMIT, description="Worum es geht.")
    description: Markdown = Field(
        alias="beschreibung", title="Beschreibung", description="Was vorgeschlagen wird. Markdown."
    )
    submitter: str = Field(
        default="",
        alias="einreicher",
        title="Eingereicht von",
        max_length=200,
        description="Stelle oder Kreis, keine Person.",
    )
    received: Day | None = Field(
        default=None, alias="eingang", title="Eingang", description="Tag des Eingangs: JJJJ-MM-TT."
    )
    state: ProposalState = Field(
        default=ProposalState.RECEIVED,
        alias="stand",
        title="Stand",
        description="Was daraus geworden ist.",
    )
    adopted_as: MeasureRef | None = Field(
        default=None,
        alias="uebernommen_als",
        title="Übernommen als",
        description="Die Maßnahme, die daraus wurde.",
    )
    reason: str = Field(
        default="",
        alias="begruendung",
        title="Begründung",
        max_length=600,
        description="Warum so entschieden wurde.",
    )
    handled: Day | None = Field(
        default=None,
        alias="bearbeitet",
        title="Zuletzt bearbeitet",
        description="Tag der letzten Befassung: JJJJ-MM-TT.",
    )
    goal: GoalRef | None = Field(default=None, alias="ziel", title="Ziel", description="Das Ziel, zu dem er passt.")
    lead: ActorRef | None = Field(
        default=None,
        alias="federfuehrung",
        title=Role.LEAD.label,
        description="Wer federführend sein könnte.",
    )
    participation: tuple[Participant, ...] = Field(
        default=(),
        alias="mitwirkung",
        title=Role.PARTICIPATION.label,
        description="Wer mitarbeiten könnte. " + _WITH_TASK,
    )
    decision: tuple[Participant, ...] = Field(
        default=(), alias="entscheidung", title=Role.DECISION.label, description="Wer beschließen müsste. " + _WITH_TASK
    )
    information: tuple[Participant, ...] = Field(
        default=(), alias="information", title=Role.INFORMATION.label, description="Wer Bescheid bekäme. " + _WITH_TASK
    )
    further_goals: tuple[GoalRef, ...] = Field(
        default=(), alias="weitere_ziele", title="Weitere Ziele", description="Ziele, denen er außerdem diente."
    )
    depends_on: tuple[MeasureRef, ...] = Field(
        default=(), alias="abhaengig_von", title="Abhängig von", description="Maßnahmen, die vorher nötig wären."
    )
    milestones: tuple[Milestone, ...] = Field(
        default=(), alias="meilensteine", title="Meilensteine", description="Mögliche Ergebnisse mit Termin."
    )
    span: Span | None = Field(
        default=None,
        alias="zeitraum",
        title="Zeitraum",
        description="Wann er umgesetzt werden könnte.",
    )
    effort: tuple[Effort, ...] = Field(default=(), alias="aufwand", title="Aufwand", description="Geschätzter Aufwand.")
    funding: tuple[Funding, ...] = Field(
        default=(),
        alias="finanzierung",
        title="Finanzierung",
        description="Mögliche Quellen mit Anteil und Stand.",
    )
    indicator: str = Field(
        default="",
        alias="indikator",
        title="Indikator",
        max_length=LINE_LIMIT,
        description="Woran man die Wirkung sähe.",
    )
    priority: Priority | None = Field(
        default=None,
        alias="prioritaet",
        title="Priorität",
        description="hoch, mittel oder niedrig.",
    )
    origin: str = ORIGIN
