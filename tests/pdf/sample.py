"""Numbers in, a small assembled Document out, with every kind of part; larger numbers lead to the edges."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.document import model as d
from pipeline.document.model import Cell, Column, Row, RowGroup, Sign, State, Table, TimeAxis
from pipeline.text.nodes import Node
from tests.pdf.prose import LONG_WORD, link, page, paragraph, prose, text

SIGNS = (
    Sign("V", "Verwaltung", "filled"),
    Sign("U", "Unternehmerschaft", "open"),
    Sign("H", "Hochschule", "half"),
    Sign("B", "Bürgerschaft", "ring"),
    Sign("K", "Kultur", "split"),
)
PARTNER = Sign("P", "Partner", "none")
ROLES = tuple(
    d.RoleLegend(letter, label, hint)
    for letter, label, hint in (
        ("F", "Federführung", "steuert, berichtet, hält die Fristen"),
        ("E", "Entscheidung", "beschließt oder genehmigt"),
        ("M", "Mitwirkung", "trägt mit eigener Arbeit bei"),
        ("I", "Information", "wird auf dem Laufenden gehalten"),
    )
)
DRAFT = State("entwurf", "Entwurf")
REASONS = Node("bullet_list", children=(Node("item", children=(paragraph("Geld"),)),), attrs={"tight": 1})


@dataclass(frozen=True)
class Size:
    """How large the sample is, and how long its titles are."""

    fields: int = 2
    goals: int = 2
    measures: int = 2
    actors: int = 4
    participants: int = 2
    milestones: int = 2
    years: int = 5
    strands: int = 2
    title: str = "Flächenbörse unter Betrieben einrichten"


class Sample:
    """Builds the parts; every anchor that something points to exists."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.axis = TimeAxis(tuple(range(2027, 2027 + size.years)))
        self.signs = SIGNS[: size.strands]
        self.fields = [str(number + 1) for number in range(size.fields)]

    def goals(self, field: str) -> list[str]:
        return [f"{field}.{number + 1}" for number in range(self.size.goals)]

    def measures(self, goal: str) -> list[str]:
        return [f"{goal}.{number + 1}" for number in range(self.size.measures)]

    def of_field(self, field: str) -> list[str]:
        return [measure for goal in self.goals(field) for measure in self.measures(goal)]

    def first(self) -> str:
        """The anchor of the first measure, of the field where there is none."""
        return "M1.1.1" if self.of_field("1") else "HF1"

    def sign(self, measure: str) -> Sign:
        return self.signs[sum(map(int, measure.split("."))) % len(self.signs)]

    def bar(self, measure: str) -> d.Bar:
        start = sum(map(int, measure.split("."))) % (self.axis.quarters // 2)
        end = self.axis.quarters if start % 2 else start + self.axis.quarters / 3
        step = (end - start) / max(self.size.milestones, 1)
        stones = tuple(start + step * (i + 0.5) for i in range(self.size.milestones))
        return d.Bar(start, end, self.sign(measure).shape, start % 2 == 1, stones, "Q1 2027 <bis> Q4 2031")

    def bars(self, field: str) -> tuple[d.Bar, ...]:
        return tuple(self.bar(measure) for measure in self.of_field(field))

    # --- parts ------------------------------------------------------------------------------------------------------

    def cover(self) -> d.Cover:
        fields = tuple(d.CoverField(number, self.bars(number)) for number in self.fields)
        return d.Cover(
            "titel", "Zukunftsplan Wirtschaftsstandort Musterstadt", "Ziele & Maßnahmen",
            ("Stadt Musterstadt", "Wirtschaftsallianz"), DRAFT,
            "Fassung 0.1 · Stand 22. November 2026 · nicht beschlossen", "dunkel", self.axis,
            fields, self.signs, "Jeder Strich ist eine Maßnahme.",
        )  # fmt: skip

    def status(self) -> d.StatusPage:
        route = Table(
            (Column("Schritt", 43), Column("Gremium", 61), Column("Sitzung", 32), Column("Ergebnis", 32)),
            (RowGroup((Row((Cell(text("1 Beschluss"), header=True), Cell(text("Rat")), Cell(text("–")),
                            Cell((Node("state", text="offen", attrs={"state": "offen"}),)))),)),),
            caption="Beschlussweg",
        )  # fmt: skip
        facts = (
            d.Fact("Fassung", "fassung", (d.FactLine(text("0.1")),)),
            d.Fact("Prüfsumme", "pruefsumme", (d.FactLine(text("ab12cd34 " * 8)), d.FactLine(text("erklärt"))),)
        )  # fmt: skip
        imprint = d.ImprintSection("Barrierefreiheit und Herausgabe dieser Fassung", (paragraph("Kurz."),))
        return d.StatusPage(
            "status", "Status und Impressum", DRAFT, "Status dieser Fassung",
            "Diese Fassung dient der Beratung.", facts, route, (imprint, imprint),
        )  # fmt: skip

    def contents(self) -> d.Contents:
        entries = [d.ContentsEntry(1, "", "Status und Impressum", "#status")]
        for field in self.fields:
            entries.append(d.ContentsEntry(1, field, self.size.title, f"#HF{field}", opens_group=True))
            entries += [d.ContentsEntry(2, goal, "Ein Ziel", f"#Z{goal}") for goal in self.goals(field)]
        return d.Contents("inhalt", "Inhalt", tuple(entries))

    def overview(self) -> d.Overview:
        counts = tuple((self.size.measures + i) for i in range(len(self.signs)))
        fields = tuple(
            d.OverviewField(field, "Flächen und Infrastruktur", f"#HF{field}", tuple(
                d.OverviewGoal(goal, f"#Z{goal}", "Flächen verfügbar halten", "von 4 auf 12 ha", counts)
                for goal in self.goals(field)))
            for field in self.fields
        )  # fmt: skip
        return d.Overview(
            "plan-auf-einer-seite", "Der Plan auf einer Seite", "Alles auf einen Blick.",
            ("Handlungsfeld", "Ziel", "Kurztitel und Messgröße"), "S.", self.signs, fields,
            "Gesamt", "4", "Ziele", counts, "Jedes Zeichen steht für eine Maßnahme.",
        )  # fmt: skip

    def glance(self) -> d.Glance:
        resolution = d.ResolutionText("Rat der Stadt", "Sitzung offen", (paragraph("Der Rat beschließt."),))
        return d.Glance(
            "auf-einen-blick", "Auf einen Blick", "Alles auf einem Blatt.", "Was zu beschließen ist",
            text("Vorschlag."), (resolution,), self.tables().sections,
        )  # fmt: skip

    def chapter(self) -> d.Chapter:
        schedule = self.schedule("zeitplan-im-text", level=2)
        return d.Chapter("einfuehrung", "Einführung", (*prose(f"#{self.first()}"), schedule, paragraph("Danach.")))

    def field(self, field: str) -> d.FieldOpener:
        return d.FieldOpener(
            f"HF{field}", self.size.title, field, f"Handlungsfeld {field}",
            (paragraph("Betriebe bleiben, wenn sie wachsen können."),), self.axis, self.bars(field),
            "Die Maßnahmen des Feldes", tuple(self.goal(goal) for goal in self.goals(field)),
            () if self.size.goals else (d.Note(text("Zu diesem Feld gibt es noch kein Ziel.")),),
            shared=("Die Ausgangswerte sind noch zu erheben.", "Herkunft: Arbeitsvorschlag."),
        )  # fmt: skip

    def goal(self, goal: str) -> d.GoalSheet:
        indicators = Table(
            (Column("Indikator", 40), Column("Ausgangswert", 25), Column("Zielwert", 25), Column("Erhebung", 35)),
            (RowGroup((Row((Cell(text("Fläche"), header=True), Cell(text("4 ha")), Cell(text("12 ha")),
                            Cell(text("Atlas")))),)),),
        )  # fmt: skip
        measures = tuple(node for measure in self.measures(goal) for node in text(f"{measure} {self.size.title}; "))
        return d.GoalSheet(
            f"Z{goal}", goal, f"Ziel {goal}", "Gewerbeflächen verfügbar halten",
            "Bis Ende 2031 stehen durchgehend mindestens 12 Hektar bereit.", indicators,
            (d.Note(text("Arbeitsvorschlag")),), facts=(d.Fact("Maßnahmen", "", (d.FactLine(measures),)),),
        )  # fmt: skip

    def sheets(self, field: str) -> d.MeasureSheets:
        return d.MeasureSheets(
            f"massnahmen-{field}", f"Maßnahmen im Handlungsfeld {field}", field,
            tuple(self.sheet(measure) for measure in self.of_field(field)), level=2,
        )  # fmt: skip

    def sheet(self, measure: str) -> d.MeasureSheet:
        people = ", ".join(f"Arbeitskreis Nummer {i}" for i in range(self.size.participants)) or "–"
        stones = tuple(d.FactLine(text("Schritt erreicht"), f"Q{i % 4 + 1} 2027") for i in range(self.size.milestones))
        goal = (link(f"#Z{measure[:3]}", measure[:3]), *text(" Flächen"))
        facts = (
            d.Fact("Ziel", "ziel", (d.FactLine(goal),), rank="summary"),
            d.Fact("Federführung", "federfuehrung", (d.FactLine(text("Amt für " + LONG_WORD)),), strong=True),
            d.Fact("Mitwirkung", "mitwirkung", (d.FactLine(text(people)),)),
            d.Fact("Meilensteine", "meilensteine", stones or (d.FactLine(text("–")),), empty=not stones),
            d.Fact("Priorität", "prioritaet", (d.FactLine(text("hoch")),), rank="summary"),
            d.Fact("Aufwand", "aufwand", (d.FactLine(text("12.000 Euro")), d.FactLine(text("2 Stellen")))),
            d.Fact("Ort", "ort", (d.FactLine(text("Gewerbepark")),)),
        )
        return d.MeasureSheet(
            f"M{measure}", measure, self.size.title, self.sign(measure),
            State("vorschlag", "Vorschlag"), "Vorschlag, Zusage offen", self.axis, self.bar(measure),
            (paragraph("Jeder Betrieb erhält eine Ansprechstelle."),), self.passages(measure), facts,
            reason=d.Passage("Grund", (REASONS,)) if measure == "1.2.1" else None,
        )  # fmt: skip

    def passages(self, measure: str) -> tuple[d.Passage, ...]:
        """A short text and a picture on one sheet; a picture, lists, a table and all else of a text on the next."""
        attrs = {"src": "bilder/bild.svg", "alt": "Ein Kreis", "label": "", "caption": "Foto: Stadt", "anchor": ""}
        picture = d.Passage("", (Node("figure", attrs=attrs),))
        if measure == "1.1.1":
            return picture, d.Passage("Wirkung", (paragraph("Betriebe bleiben."), paragraph("Neue kommen.")))
        return (picture, d.Passage("Beschlossener Wortlaut", prose("M1.1.1")[4:-1])) if measure == "1.1.2" else ()

    def matrix(self) -> d.Matrix:
        count = self.size.actors
        columns = tuple(
            d.MatrixColumn(f"Amt für Wirtschaft und Standort {i}", f"Amt {i}",
                           (*self.signs, PARTNER)[i % (len(self.signs) + 1)], i % 5 == 0)
            for i in range(count)
        )  # fmt: skip
        groups = tuple(
            d.MatrixGroup(f"{field} Feld", tuple(
                d.MatrixRow(f"#M{measure}", measure, self.size.title, self.sign(measure),
                            tuple("FEMI "[(i + n) % 5].strip() for i in range(count)))
                for n, measure in enumerate(self.of_field(field))))
            for field in self.fields
        )  # fmt: skip
        sums = tuple(d.MatrixSum(role.letter, role.label, tuple(range(count))) for role in ROLES)
        return d.Matrix(
            "matrix", "Zuständigkeitsmatrix", ("Nr.", "Maßnahme"), ROLES, (*self.signs, PARTNER),
            columns, groups, "Summe je Stelle", sums,
        )  # fmt: skip

    def actors(self) -> d.Actors:
        names = [f"Amt für Wirtschaftsförderung {i}" for i in range(self.size.actors)]
        directory = Table(
            (Column("Stelle", 118), *(Column("", 10, align="center", role=role.letter) for role in ROLES),
             Column("Seite", 10, "where", "right")),
            (RowGroup(tuple(
                Row((Cell(text(name), header=True), *(Cell(text("1")) for _ in ROLES), Cell(page(f"a{i}"))))
                for i, name in enumerate(names))),),
        )  # fmt: skip
        tasks = Table(
            (Column("", 14, role="F"), Column("Federführung", 70), Column("Meilenstein", 74, "check"),
             Column("Seite", 10, "where", "right")),
            (RowGroup((Row((Cell(text("1.1.1"), header=True), Cell(text(self.size.title), header=True),
                            Cell((Node("checkbox"), *text("Q1 2027"), Node("break"), Node("checkbox"), *text("2028"))),
                            Cell(page(self.first())))),)),),
        )  # fmt: skip
        sheets = tuple(
            d.ActorSheet(f"a{i}", name, self.signs[0], "Amt", (text("Herkunft: Arbeitsvorschlag"),),
                         (d.RoleSection(ROLES[0], 1, tasks),))
            for i, name in enumerate(names)
        )  # fmt: skip
        return d.Actors("wer-macht-was", "Wer macht was", "Je Stelle alle Rollen.", "", directory, ROLES, sheets)

    def schedule(self, anchor: str, level: int = 1) -> d.Schedule:
        groups = tuple(
            RowGroup(tuple(
                Row((Cell(text(measure), header=True), Cell(text(self.size.title)), Cell(text("Q1 2027")),
                     Cell(text("Q2 2027: Schritt"), bar=self.bar(measure))))
                for measure in self.of_field(field)), heading=f"{field} Feld")
            for field in self.fields
        )  # fmt: skip
        columns = (Column("Nr.", 17), Column("Maßnahme", 93), Column("Zeitraum", 33), Column("Verlauf", 120, "drawing"))
        return d.Schedule(
            anchor,
            "Zeitplan",
            self.axis,
            Table(columns, groups),
            self.signs,
            "Meilenstein",
            "läuft weiter",
            2.5,
            "Stand 22. November 2026",
            level=level,
        )

    def tables(self) -> d.TablePart:
        money = Table(
            (Column("Jahr", 40), Column("Betrag", 40, align="right")),
            (RowGroup((Row((Cell(text("2027"), header=True), Cell(text("100 Euro")))),)),
             RowGroup((Row((Cell(text("Summe"), header=True), Cell(text("100 Euro")))),), sums=True)),
        )  # fmt: skip
        section = d.TableSection("Nach Jahren", money, "Ohne Gewähr.")
        return d.TablePart("aufwand", "Aufwand", "Was es kostet.", (section,))

    def glossary(self) -> d.Glossary:
        terms = (
            d.GlossaryTerm("glossar-strang", "Strang", (paragraph("Wer eine Maßnahme trägt."),)),
            d.GlossaryTerm("glossar-lang", LONG_WORD, (paragraph("Ein langes Wort."),)),
        )
        return d.Glossary("glossar", "Glossar", terms)

    def proposals(self) -> d.Proposals:
        facts = (d.Fact("Einreicher", "einreicher", (d.FactLine(text("Redaktion")),)),)
        sheet = d.ProposalSheet("V1", "V1", "Ein Vorschlag", (paragraph("Was getan werden soll."),), facts)
        return d.Proposals("vorschlaege", "Vorschläge", "Was einging.", (sheet,))


def sample(size: Size | None = None) -> d.Document:
    """A document with every kind of part."""
    make = Sample(size or Size())
    parts: list[d.Part] = [make.cover(), make.status(), make.contents(), make.overview(), make.glance()]
    parts.append(make.chapter())
    for field in make.fields:
        parts.append(make.field(field))
        if make.of_field(field):
            parts.append(make.sheets(field))
    parts += [make.matrix(), make.actors(), make.schedule("zeitplan"), make.tables(), make.glossary(), make.proposals()]
    properties = d.Properties(
        "plan",
        "Zukunftsplan Musterstadt", "Ziele und Maßnahmen", "Zukunftsplan Musterstadt (Entwurf)",
        ("Stadt Musterstadt",), "de-DE", "0.1", "2026-11-22", "22. November 2026", DRAFT, "ENTWURF",
        "ab" * 32,
    )  # fmt: skip
    return d.Document(properties, tuple(parts), {})


PICTURES = {
    "bilder/bild.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="60mm" height="20mm">'
    b'<circle cx="40" cy="40" r="30" fill="#0B4F5E"/></svg>'
}
