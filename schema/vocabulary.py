"""The closed lists of the plan: values as they stand in the YAML files, each with the label that is printed."""

from __future__ import annotations

from enum import Flag, StrEnum, auto


class Vocabulary(StrEnum):
    """A closed list. The value is the German key in the data, `label` is what documents and messages print."""

    label: str

    def __new__(cls, value: str, label: str) -> Vocabulary:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class PlanStatus(Vocabulary):
    """What the document claims to be."""

    DRAFT = "entwurf", "Entwurf"
    PROPOSED = "beschlussvorlage", "Beschlussvorlage"
    RESOLVED = "beschlossen", "Beschlossen"


class StepResult(Vocabulary):
    """Outcome of a step of the resolution path."""

    OPEN = "offen", "offen"
    RECOMMENDED = "empfohlen", "empfohlen"
    RESOLVED = "beschlossen", "beschlossen"
    NOTED = "zur_kenntnis_genommen", "zur Kenntnis genommen"
    ADJOURNED = "vertagt", "vertagt"
    REJECTED = "abgelehnt", "abgelehnt"


class CoverVariant(Vocabulary):
    """Look of the cover."""

    DARK = "dunkel", "dunkel"
    LIGHT = "hell", "hell"


class ActorKind(Vocabulary):
    """What kind of body an actor is."""

    OFFICE = "amt", "Amt"
    BODY = "gremium", "Gremium"
    COMPANY = "unternehmen", "Unternehmen"
    CHAMBER = "kammer", "Kammer"
    ASSOCIATION = "verband", "Verband"
    UNIVERSITY = "hochschule", "Hochschule"
    AUTHORITY = "behoerde", "Behörde"
    INITIATIVE = "initiative", "Initiative"


class Role(Vocabulary):
    """What an actor has to do with a measure. Printed by letter, never by colour alone."""

    LEAD = "federfuehrung", "Federführung"
    DECISION = "entscheidung", "Entscheidung"
    PARTICIPATION = "mitwirkung", "Mitwirkung"
    INFORMATION = "information", "Information"

    @property
    def letter(self) -> str:
        """F, E, M or I."""
        return self.label[0]

    @property
    def hint(self) -> str:
        """What somebody with this role does, in half a sentence."""
        return {
            Role.LEAD: "steuert, berichtet, hält die Fristen",
            Role.DECISION: "beschließt oder genehmigt",
            Role.PARTICIPATION: "trägt mit eigener Arbeit oder eigenen Mitteln bei",
            Role.INFORMATION: "wird auf dem Laufenden gehalten",
        }[self]


class MeasureStatus(Vocabulary):
    """How far a measure has come, from the proposal to its end."""

    PROPOSED = "vorschlag", "Vorschlag"
    AGREED = "abgestimmt", "abgestimmt"
    RESOLVED = "beschlossen", "beschlossen"
    RUNNING = "in_umsetzung", "in Umsetzung"
    DONE = "abgeschlossen", "abgeschlossen"
    DEFERRED = "zurueckgestellt", "zurückgestellt"


class Priority(Vocabulary):
    """How urgent a measure is."""

    HIGH = "hoch", "hoch"
    MEDIUM = "mittel", "mittel"
    LOW = "niedrig", "niedrig"


class EffortUnit(Vocabulary):
    """The units that effort is counted in."""

    EURO = "euro", "Euro"
    PERSON_DAYS = "personentage", "Personentage"
    POSTS = "stellen", "Stellen"


class Recurrence(Vocabulary):
    """How often an effort arises."""

    ONCE = "einmalig", "einmalig"
    YEARLY = "jaehrlich", "jährlich"


class FundingState(Vocabulary):
    """How sure a source of funding is."""

    SECURED = "gesichert", "gesichert"
    APPLIED = "beantragt", "beantragt"
    OPEN = "offen", "offen"


class Direction(Vocabulary):
    """On which side of its target a value has to lie."""

    AT_LEAST = "mindestens", "mindestens"
    AT_MOST = "hoechstens", "höchstens"
    EXACTLY = "genau", "genau"


class NoteState(Vocabulary):
    """How something stands, in a status note."""

    ON_TRACK = "im_plan", "im Plan"
    DELAYED = "verzoegert", "verzögert"
    AT_RISK = "gefaehrdet", "gefährdet"
    REACHED = "erreicht", "erreicht"
    DROPPED = "entfallen", "entfallen"


class MilestoneResult(Vocabulary):
    """What became of a milestone."""

    REACHED = "erreicht", "erreicht"
    POSTPONED = "verschoben", "verschoben"
    DROPPED = "entfallen", "entfallen"


class ProposalState(Vocabulary):
    """What became of a proposal."""

    RECEIVED = "eingegangen", "eingegangen"
    EXAMINED = "in_pruefung", "in Prüfung"
    ADOPTED = "uebernommen", "übernommen"
    REJECTED = "abgelehnt", "abgelehnt"


class YesNo(Vocabulary):
    """What YAML would make a boolean of, were it asked."""

    YES = "ja", "ja"
    NO = "nein", "nein"


class ReportRhythm(Vocabulary):
    """How often a report is promised."""

    ONCE = "einmalig", "einmalig"
    YEARLY = "jaehrlich", "jährlich"
    EVERY_TWO_YEARS = "alle_zwei_jahre", "alle zwei Jahre"

    @property
    def years(self) -> int:
        """After how many years the next one follows, 0 where none does."""
        return {ReportRhythm.ONCE: 0, ReportRhythm.YEARLY: 1, ReportRhythm.EVERY_TWO_YEARS: 2}[self]


class ReportKind(Vocabulary):
    """What a body does with what comes before it again and again."""

    NOTED = "kenntnis", "zur Kenntnis"
    DECIDED = "entscheidung", "Entscheidung"


class OwnOwner(Vocabulary):
    """What kind of entity a plan can give fields of its own."""

    MEASURE = "massnahme", "Maßnahme"
    GOAL = "ziel", "Ziel"
    FIELD = "handlungsfeld", "Handlungsfeld"
    ACTOR = "akteur", "Akteur"


class OwnType(Vocabulary):
    """What a field that a plan declares can hold."""

    LINE = "zeile", "eine Zeile"
    TEXT = "text", "ein Text in Markdown"
    CHOICE = "auswahl", "ein Wert aus einer Liste"
    CHOICES = "mehrfachauswahl", "Werte aus einer Liste"
    NUMBER = "zahl", "eine Zahl"
    AMOUNT = "betrag", "ein Betrag"
    PERIOD = "zeitpunkt", "ein Quartal, ein Monat oder ein Jahr"
    YES_NO = "ja_nein", "ja oder nein"
    ACTORS = "akteure", "Akteure"
    LINES = "liste", "Zeilen"


class OwnPlace(Vocabulary):
    """Where a field that a plan declares is shown."""

    SHEET = "steckbrief", "Steckbrief"
    REGISTER = "verzeichnis", "Verzeichnis der Maßnahmen"


class Placing(Flag):
    """Where a generated part may stand besides the outline, and how much of the plan it then shows."""

    IN_TEXTS = auto()  # a directive may put it into a text
    BY_FIELD = auto()  # it can be narrowed to one field of action


class PartName(Vocabulary):
    """The generated parts, as the outline and the prose name them."""

    placing: Placing

    def __new__(cls, value: str, label: str, placing: Placing) -> PartName:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.placing = placing
        return member

    COVER = "titel", "Titel", Placing(0)
    STATUS = "status", "Status und Impressum", Placing(0)
    CONTENTS = "inhalt", "Inhalt", Placing(0)
    GLANCE = "auf_einen_blick", "Auf einen Blick", Placing(0)
    OVERVIEW = "plan_auf_einer_seite", "Der Plan auf einer Seite", Placing.IN_TEXTS
    FIELDS = "handlungsfelder", "Handlungsfelder", Placing.BY_FIELD
    MATRIX = "zustaendigkeitsmatrix", "Zuständigkeitsmatrix", Placing.IN_TEXTS | Placing.BY_FIELD
    ACTORS = "wer_macht_was", "Wer macht was", Placing.IN_TEXTS
    BODY_DATES = "termine_der_gremien", "Termine der Gremien", Placing.IN_TEXTS
    SCHEDULE = "zeitplan", "Zeitplan", Placing.IN_TEXTS | Placing.BY_FIELD
    INDICATORS = "ziele_und_indikatoren", "Ziele und Indikatoren", Placing.IN_TEXTS | Placing.BY_FIELD
    FUNDING = "aufwand_und_finanzierung", "Aufwand und Finanzierung", Placing.IN_TEXTS | Placing.BY_FIELD
    STRANDS = "straenge", "Die Stränge", Placing.IN_TEXTS
    OPEN_POINTS = "offene_punkte", "Offene Punkte bis zum Beschluss", Placing.IN_TEXTS
    RESERVATIONS = "vorbehalte", "Vorbehalte", Placing.IN_TEXTS
    PROPOSALS = "vorschlaege", "Vorschläge", Placing.IN_TEXTS
    CHANGES = "aenderungen", "Änderungen gegenüber der vorigen Fassung", Placing.IN_TEXTS
    GLOSSARY = "glossar", "Glossar", Placing.IN_TEXTS
    REGISTER = "verzeichnis", "Verzeichnis der Maßnahmen", Placing.IN_TEXTS | Placing.BY_FIELD

    @property
    def in_texts(self) -> bool:
        """Whether a directive may put it into a text."""
        return Placing.IN_TEXTS in self.placing

    @property
    def by_field(self) -> bool:
        """Whether it can be narrowed to one field of action."""
        return Placing.BY_FIELD in self.placing
