"""Values with fields of their own that goals and measures have: indicators, milestones, spans, effort, money, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final, Literal, Self

from pydantic import (
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from schema.base import LINE_LIMIT, Amount, Integer, Line, Model, Number
from schema.ids import ActorRef
from schema.time import Day, MomentField, Period, PeriodField, PeriodOrOngoing
from schema.vocabulary import Direction, EffortUnit, FundingState, MilestoneResult, NoteState, Recurrence

TO_BE_COLLECTED: Literal["noch zu erheben"] = "noch zu erheben"


class Actual(Model):
    """What an indicator was measured at since (Istwert)."""

    date: MomentField = Field(
        alias="datum", title="Datum", description="Tag, Monat, Quartal oder Jahr: 2027-12-31, 2027-12, Q4 2027, 2027."
    )
    value: Number = Field(alias="wert", title="Wert", description="Der gemessene Wert, in der Einheit des Indikators.")


class Indicator(Model):
    """What a goal is measured by (Indikator)."""

    PROGRESS: ClassVar = frozenset({"actuals"})  # what may change after the resolution without a new one

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
    stated_direction: Direction | None = Field(
        default=None,
        alias="richtung",
        title="Richtung",
        description="Ob der Zielwert mindestens, hoechstens oder genau gilt.",
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
        max_length=LINE_LIMIT,
        description="Wer den Wert wie und wie oft erhebt.",
    )
    reservation: str = Field(
        default="",
        alias="vorbehalt",
        title="Vorbehalt",
        max_length=LINE_LIMIT,
        description="Unter welcher Bedingung er beschlossen werden kann, obwohl an ihm noch etwas offen ist.",
    )
    actuals: tuple[Actual, ...] = Field(
        default=(),
        alias="istwerte",
        title="Istwerte",
        description="Was seither gemessen wurde, je Wert: {datum: Q4 2027, wert: 64}.",
    )

    @model_validator(mode="after")
    def _measured_once(self) -> Self:
        each_once([item.date.label for item in self.actuals], "„istwerte“ nennt für {} zwei Werte; einer gilt")
        return self

    @property
    def direction(self) -> Direction | None:
        """On which side of the target the value has to lie; None where nobody can know.

        It follows from two numbers: who comes from 18 and wants 9 wants at most 9. From one alone it is never guessed:
        "10 per cent unfilled" is no aim to come up to.
        """
        if self.stated_direction is not None or self.target is None or isinstance(self.baseline, str):
            return self.stated_direction
        if self.target == self.baseline:
            return None
        return Direction.AT_LEAST if self.target > self.baseline else Direction.AT_MOST


def each_once(labels: Sequence[str], words: str) -> None:
    """Raises ValueError where a label stands twice."""
    for label, count in Counter(labels).items():
        if count > 1:
            raise ValueError(words.format(label))


class Milestone(Model):
    """A verifiable result on the way (Meilenstein)."""

    PROGRESS: ClassVar = frozenset({"result", "new_due", "result_date", "remark"})

    due: PeriodField = Field(alias="termin", title="Termin", description="Zum Beispiel Q2 2027, 2027-05 oder 2027.")
    title: Line = Field(alias="titel", title="Meilenstein", description="Was dann vorliegt.")
    body: str = Field(
        default="",
        alias="gremium",
        title="Gremium",
        max_length=LINE_LIMIT,
        pattern=r"^[^()]*$",
        description="Wer dann entscheidet: eine Kennung aus akteure.yaml oder ein Name ohne Klammern.",
    )
    result: MilestoneResult | None = Field(
        default=None,
        alias="ergebnis",
        title="Ergebnis",
        description="Was daraus wurde: erreicht, verschoben oder entfallen.",
    )
    new_due: PeriodField | None = Field(
        default=None,
        alias="neuer_termin",
        title="Neuer Termin",
        description="Auf wann er verschoben ist: Q3 2028, 2028-09 oder 2028.",
    )
    result_date: Day | None = Field(
        default=None, alias="datum", title="Datum", description="Wann das Ergebnis feststand: JJJJ-MM-TT."
    )
    remark: str = Field(
        default="",
        alias="bemerkung",
        title="Bemerkung",
        max_length=LINE_LIMIT,
        description="Was dazu zu sagen ist: der Grund, die Folge.",
    )

    @model_validator(mode="after")
    def _sound(self) -> Self:
        postponed = self.result is MilestoneResult.POSTPONED
        if postponed and self.new_due is None:
            raise ValueError("„neuer_termin“ fehlt; zu „ergebnis: verschoben“ gehört, auf wann")
        if not postponed and self.new_due is not None:
            raise ValueError("„neuer_termin“ steht nur bei „ergebnis: verschoben“")
        if self.result is None and (self.result_date or self.remark):
            raise ValueError("„ergebnis“ fehlt; „datum“ und „bemerkung“ sagen etwas zu ihm")
        return self

    @property
    def when(self) -> Period:
        """When it is due as things stand."""
        return self.new_due or self.due

    @property
    def ahead(self) -> Period | None:
        """When it is to be expected; None where it is reached or dropped."""
        return self.when if self.result in (None, MilestoneResult.POSTPONED) else None


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
    """What a measure costs in money or work (Aufwand): an amount, a range, or only words, which no sum can hold."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["betrag", "einheit", "turnus"]}, {"required": ["text"]}]}
    )

    amount: Amount | None = Field(
        default=None, alias="betrag", title="Betrag", ge=0, description="Eine Zahl ohne Tausenderpunkt."
    )
    amount_to: Amount | None = Field(
        default=None,
        alias="betrag_bis",
        title="Betrag bis",
        ge=0,
        description="Das obere Ende, wenn es eine Spanne ist; Summen rechnen mit der Mitte.",
    )
    unit: EffortUnit | None = Field(default=None, alias="einheit", title="Einheit", description="Worin gezählt wird.")
    recurrence: Recurrence | None = Field(
        default=None, alias="turnus", title="Turnus", description="Einmalig oder jährlich."
    )
    year: Integer | None = Field(
        default=None,
        alias="jahr",
        title="Jahr",
        ge=1990,
        le=2200,
        description="Wann ein einmaliger Aufwand anfällt.",
    )
    text: str = Field(
        default="",
        alias="text",
        title="In Worten",
        max_length=LINE_LIMIT,
        description="Statt eines Betrags, wenn niemand ihn kennt: „laufende Personalkosten“.",
    )

    @model_validator(mode="after")
    def _sound(self) -> Self:
        given = {"betrag": self.amount, "einheit": self.unit, "turnus": self.recurrence}
        missing = [f"„{key}“" for key, value in given.items() if value is None]
        others = (self.amount_to, self.year, *given.values())
        if self.text and any(value is not None for value in others):
            raise ValueError("„text“ steht statt der anderen Angaben; entweder Worte oder ein Betrag")
        if not self.text and missing:
            verb = "fehlt" if len(missing) == 1 else "fehlen"
            raise ValueError(f"{', '.join(missing)} {verb}; ein Aufwand hat „betrag“, „einheit“ und „turnus“")
        if self.text[:1].isdigit():
            raise ValueError("„text“ beginnt mit einer Zahl, die in keiner Summe stünde; als „betrag“ eintragen")
        if self.text and (not self.text[0].isalpha() or self.text.casefold() == "offen"):
            raise ValueError("„text“ sagt nicht, was es kostet; solange das offen ist, fehlt die ganze Zeile")
        if self.amount is not None and self.amount_to is not None and self.amount_to <= self.amount:
            raise ValueError("„betrag_bis“ ist nicht größer als „betrag“")
        return self

    @property
    def counted(self) -> Decimal:
        """What sums hold of it: of a range its middle, of mere words nothing."""
        least = self.amount or Decimal(0)
        return least if self.amount_to is None else (least + self.amount_to) / 2


class Spending(Model):
    """What a year has cost (Ausgaben)."""

    year: Integer = Field(
        alias="jahr", title="Jahr", ge=1990, le=2200, description="Das Jahr, in dem es ausgegeben wurde."
    )
    amount: Amount = Field(
        alias="euro", title="Euro", ge=0, description="Wie viel Euro, eine Zahl ohne Tausenderpunkt."
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
    reservation: str = Field(
        default="",
        alias="vorbehalt",
        title="Vorbehalt",
        max_length=LINE_LIMIT,
        description="Unter welcher Bedingung beschlossen werden kann, obwohl das Geld nicht gesichert ist.",
    )


class Commitment(Model):
    """Who has committed to a measure, and when (Zusage)."""

    actor: ActorRef = Field(alias="akteur", title="Akteur", description="Kennung aus akteure.yaml.")
    date: Day = Field(alias="datum", title="Datum", description="Tag der Zusage: JJJJ-MM-TT.")


class Participant(Model):
    """An actor in a role other than the lead, with what exactly it contributes, decides or has to be told.

    In the data mostly its ID alone, which means the same as `{akteur: amt}` and is kept so.
    """

    actor: ActorRef = Field(alias="akteur", title="Akteur", description="Kennung aus akteure.yaml.")
    contribution: str = Field(
        default="",
        alias="beitrag",
        title="Beitrag",
        max_length=LINE_LIMIT,
        description="Was genau er beiträgt, entscheidet oder erfahren muss.",
    )

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, value: Any) -> Any:
        return {"akteur": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """An editor takes and offers either form."""
        found = handler(core)
        held = handler.resolve_ref_schema(found)
        whole = dict(held)
        held.clear()
        held["anyOf"] = [dict(whole["properties"]["akteur"]), whole]
        return found

    @model_serializer(mode="wrap")
    def _plain(self, handler: SerializerFunctionWrapHandler) -> Any:
        return handler(self) if self.contribution else self.actor


class Effect(Model):
    """What a measure brings, in figures (Wirkung)."""

    quantity: Line = Field(alias="groesse", title="Größe", description="Was sich ändert: CO₂, Arbeitsplätze.")
    amount: Number = Field(alias="betrag", title="Betrag", description="Um wie viel; mit Minus, was weniger wird.")
    unit: str = Field(
        default="",
        alias="einheit",
        title="Einheit",
        max_length=60,
        pattern=r"^[^:()]*$",
        description="Worin gezählt wird, ohne Doppelpunkt und Klammern: t im Jahr, Hektar, %.",
    )
    until: PeriodField | None = Field(
        default=None, alias="bis", title="Bis", description="Bis wann: Q4 2031, 2031-12 oder 2031."
    )


NOTE_LIMIT: Final = 6_000  # characters, two pages: the longest note of four real plans had 3,404


class StatusNote(Model):
    """How it stood on a day (Sachstand)."""

    date: MomentField = Field(
        alias="datum", title="Datum", description="Tag, Monat, Quartal oder Jahr: 2027-03-15, 2027-03, Q1 2027, 2027."
    )
    state: NoteState = Field(alias="zustand", title="Zustand", description="Wie es steht.")
    text: str = Field(default="", alias="text", title="Text", max_length=NOTE_LIMIT, description="Was zu sagen ist.")
    author: ActorRef | None = Field(
        default=None, alias="verfasser", title="Verfasser", description="Wer es meldet: Kennung aus akteure.yaml."
    )


class Picture(Model):
    """A picture of a measure or a field of action (Bild)."""

    file: Line = Field(alias="datei", title="Datei", description="Wo es im Ordner der Inhalte liegt: bilder/markt.jpg.")
    alt: Line = Field(alias="alt", title="Beschreibung", description="Was es zeigt, für alle, die es nicht sehen.")
    credit: str = Field(
        default="",
        alias="nachweis",
        title="Bildnachweis",
        max_length=LINE_LIMIT,
        description="Von wem es ist; steht als Unterschrift darunter.",
    )
