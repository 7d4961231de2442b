"""The plan's entities below the plan itself: fields of action, goals, measures, actors, terms, proposals."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schema.base import (
    Amount,
    Integer,
    Line,
    Markdown,
    Model,
    Number,
    OpenWhileEmpty,
    Reference,
    Several,
    Slug,
)
from schema.time import ONGOING, Day, Period, PeriodField, PeriodOrOngoing
from schema.vocabulary import (
    ActorKind,
    EffortUnit,
    FundingState,
    MeasureStatus,
    Priority,
    ProposalState,
    Recurrence,
    Role,
)

TO_BE_COLLECTED: Literal["noch zu erheben"] = "noch zu erheben"

GoalId = Annotated[str, Field(pattern=r"^Z[1-9][0-9]{0,2}\.[1-9][0-9]{0,2}$", examples=["Z1.2"])]
MeasureId = Annotated[str, Field(pattern=r"^M[1-9][0-9]{0,2}\.[1-9][0-9]{0,2}\.[1-9][0-9]{0,2}$", examples=["M1.1.2"])]
ProposalId = Annotated[str, Field(pattern=r"^V[1-9][0-9]{0,3}$", examples=["V1"])]

# What names another entity.
ActorRef = Annotated[Slug, Reference("actor")]
GoalRef = Annotated[GoalId, Reference("goal")]
MeasureRef = Annotated[MeasureId, Reference("measure")]

ORIGIN = Field(
    default="",
    alias="herkunft",
    title="Herkunft",
    max_length=300,
    description="Woher der Eintrag stammt, zum Beispiel „Arbeitsvorschlag, nicht abgestimmt“.",
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
        max_length=120,
        description="Der Name des Handlungsfelds.",
    )
    lead: Markdown = Field(
        alias="vorspann",
        title="Vorspann",
        description="Zwei, drei Sätze: worum es geht und warum. Markdown.",
    )
    origin: str = ORIGIN

    @property
    def anchor(self) -> str:
        """What references name it by."""
        return f"HF{self.number}"


class Indicator(Model):
    """What a goal is measured by (Indikator)."""

    name: Line = Field(alias="name", title="Indikator", description="Was gemessen wird.")
    unit: str = Field(
        default="",
        alias="einheit",
        title="Einheit",
        max_length=60,
        description="Zum Beispiel %, Tage, Hektar.",
    )
    baseline: Number | Literal["noch zu erheben"] = Field(
        default=TO_BE_COLLECTED,
        alias="ausgangswert",
        title="Ausgangswert",
        description="Der Wert zu Beginn als Zahl, sonst „noch zu erheben“.",
    )
    baseline_date: PeriodField | None = Field(
        default=None,
        alias="datum",
        title="Stand des Ausgangswerts",
        description="Wann der Ausgangswert galt.",
    )
    target: Number | None = Field(
        default=None,
        alias="zielwert",
        title="Zielwert",
        description="Die Zahl, die erreicht sein soll.",
    )
    target_date: PeriodField | None = Field(
        default=None,
        alias="zieldatum",
        title="Zieldatum",
        description="Bis wann: Q4 2031, 2031-12 oder 2031.",
    )
    collection: str = Field(
        default="",
        alias="erhebung",
        title="Erhebung",
        max_length=300,
        description="Wer den Wert wie und wie oft erhebt.",
    )


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
        max_length=120,
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
    indicators: tuple[Indicator, ...] = Field(
        default=(),
        alias="indikatoren",
        title="Indikatoren",
        description="Woran sich das Ziel messen lässt.",
    )
    origin: str = ORIGIN

    @property
    def number(self) -> str:
        """The ID without its letter, as printed."""
        return self.id[1:]


class Milestone(Model):
    """A verifiable result on the way (Meilenstein)."""

    due: PeriodField = Field(alias="termin", title="Termin", description="Zum Beispiel Q2 2027, 2027-05 oder 2027.")
    title: Line = Field(alias="titel", title="Meilenstein", description="Was dann vorliegt.")


class Span(Model):
    """When a measure runs (Zeitraum)."""

    start: PeriodField = Field(alias="von", title="Beginn", description="Zum Beispiel Q1 2027, 2027-03 oder 2027.")
    end: PeriodOrOngoing = Field(
        alias="bis", title="Ende", description="Zum Beispiel Q4 2029, 2029-12, 2029 oder „fortlaufend“."
    )

    @property
    def last(self) -> Period | None:
        """The end, None while it goes on."""
        return self.end if isinstance(self.end, Period) else None


class Effort(Model):
    """What a measure costs in money or work (Aufwand)."""

    amount: Amount = Field(alias="betrag", title="Betrag", ge=0, description="Eine Zahl ohne Tausenderpunkt.")
    unit: EffortUnit = Field(alias="einheit", title="Einheit", description="Worin gezählt wird.")
    recurrence: Recurrence = Field(alias="turnus", title="Turnus", description="Einmalig oder jährlich.")
    year: Integer | None = Field(
        default=None,
        alias="jahr",
        title="Jahr",
        ge=1990,
        le=2200,
        description="Wann ein einmaliger Aufwand anfällt.",
    )


class Funding(Model):
    """Where the money comes from (Finanzierung)."""

    source: Line = Field(alias="quelle", title="Quelle", description="Zum Beispiel Haushalt, Landesförderung.")
    share: Number | None = Field(
        default=None, alias="anteil", title="Anteil", ge=0, le=100, description="Anteil in Prozent."
    )
    state: FundingState = Field(
        default=FundingState.OPEN,
        alias="stand",
        title="Stand",
        description="Wie sicher das Geld ist.",
    )


class Commitment(Model):
    """Who has committed to a measure, and when (Zusage)."""

    actor: ActorRef = Field(alias="akteur", title="Akteur", description="Kennung aus akteure.yaml.")
    date: Day = Field(alias="datum", title="Datum", description="Tag der Zusage: JJJJ-MM-TT.")


_ACTORS = "Kennungen aus akteure.yaml."


class Measure(Model):
    """A measure (Maßnahme). Its strand is the folder it stands in."""

    id: MeasureId = Field(
        title="Nummer",
        description="M, Handlungsfeld, Ziel, laufende Nummer; für immer vergeben, auch wenn die Maßnahme umzieht.",
    )
    title: str = Field(alias="titel", title="Titel", min_length=3, max_length=120, description="Was getan wird.")
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
    mark: str = Field(
        default="",
        alias="zeichen",
        title="Zeichen",
        max_length=40,
        description="Die Nummer, unter der sie anderswo geführt wird, zum Beispiel im Haushalt oder in einem Konzept.",
    )
    place: str = Field(default="", alias="ort", title="Ort", max_length=300, description="Wo sie stattfindet.")
    audience: tuple[Line, ...] = Field(
        default=(), alias="zielgruppe", title="Zielgruppe", description="Für wen sie gedacht ist, je Gruppe eine Zeile."
    )
    effect: Markdown | None = Field(
        default=None, alias="wirkung", title="Wirkung", description="Was sie bewirken soll. Markdown."
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
    decision: tuple[ActorRef, ...] = Field(
        default=(),
        alias="entscheidung",
        title=Role.DECISION.label,
        description="Wer beschließt. " + _ACTORS,
    )
    participation: tuple[ActorRef, ...] = Field(
        default=(),
        alias="mitwirkung",
        title=Role.PARTICIPATION.label,
        description="Wer mitarbeitet. " + _ACTORS,
    )
    information: tuple[ActorRef, ...] = Field(
        default=(),
        alias="information",
        title=Role.INFORMATION.label,
        description="Wer Bescheid bekommt. " + _ACTORS,
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
    indicator: str = Field(
        default="",
        alias="indikator",
        title="Indikator",
        max_length=300,
        description="Woran man sieht, dass sie wirkt.",
    )
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
    origin: str = ORIGIN

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
        return {
            Role.LEAD: self.leads,
            Role.DECISION: self.decision,
            Role.PARTICIPATION: self.participation,
            Role.INFORMATION: self.information,
        }[role]

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
    contact: str = Field(
        default="",
        alias="kontakt",
        title="Kontakt",
        max_length=300,
        description="Kontakt der Stelle, keiner Person.",
    )
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
    title: str = Field(alias="titel", title="Titel", min_length=3, max_length=120, description="Worum es geht.")
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
    participation: tuple[ActorRef, ...] = Field(
        default=(),
        alias="mitwirkung",
        title=Role.PARTICIPATION.label,
        description="Wer mitarbeiten könnte. " + _ACTORS,
    )
    decision: tuple[ActorRef, ...] = Field(
        default=(), alias="entscheidung", title=Role.DECISION.label, description="Wer beschließen müsste. " + _ACTORS
    )
    information: tuple[ActorRef, ...] = Field(
        default=(), alias="information", title=Role.INFORMATION.label, description="Wer Bescheid bekäme. " + _ACTORS
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
        max_length=300,
        description="Woran man die Wirkung sähe.",
    )
    priority: Priority | None = Field(
        default=None,
        alias="prioritaet",
        title="Priorität",
        description="hoch, mittel oder niedrig.",
    )
    origin: str = ORIGIN
