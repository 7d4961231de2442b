"""The closed lists of the plan: values as they stand in the YAML files, each with the label that is printed."""

from __future__ import annotations

from enum import StrEnum


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
    """Where a measure stands."""

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
    """What effort is counted in."""

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


class ProposalState(Vocabulary):
    """What became of a proposal."""

    RECEIVED = "eingegangen", "eingegangen"
    EXAMINED = "in_pruefung", "in Prüfung"
    ADOPTED = "uebernommen", "übernommen"
    REJECTED = "abgelehnt", "abgelehnt"


class PartName(Vocabulary):
    """The generated parts, as the outline and the prose name them."""

    COVER = "titel", "Titel"
    STATUS = "status", "Status und Impressum"
    CONTENTS = "inhalt", "Inhalt"
    OVERVIEW = "plan_auf_einer_seite", "Der Plan auf einer Seite"
    FIELDS = "handlungsfelder", "Handlungsfelder"
    MATRIX = "zustaendigkeitsmatrix", "Zuständigkeitsmatrix"
    ACTORS = "wer_macht_was", "Wer macht was"
    SCHEDULE = "zeitplan", "Zeitplan"
    INDICATORS = "ziele_und_indikatoren", "Ziele und Indikatoren"
    FUNDING = "aufwand_und_finanzierung", "Aufwand und Finanzierung"
    STRANDS = "straenge", "Die Stränge"
    OPEN_POINTS = "offene_punkte", "Offene Punkte bis zum Beschluss"
    PROPOSALS = "vorschlaege", "Vorschläge"
    CHANGES = "aenderungen", "Änderungen gegenüber der vorigen Fassung"
    GLOSSARY = "glossar", "Glossar"
    REGISTER = "verzeichnis", "Verzeichnis der Maßnahmen"


BY_FIELD = frozenset(
    {
        PartName.FIELDS,
        PartName.MATRIX,
        PartName.SCHEDULE,
        PartName.INDICATORS,
        PartName.FUNDING,
        PartName.REGISTER,
    }
)
"""The parts that can be narrowed to one field of action."""
