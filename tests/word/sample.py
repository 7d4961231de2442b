"""Sizes → a hand-made Document with every kind of part, for tests of the Word output."""

from __future__ import annotations

from types import MappingProxyType

from pipeline.document import model as d
from pipeline.text.nodes import Node, NodeKind

FILLED = d.Sign("A", "Amt", "filled")
OPEN = d.Sign("B", "Betriebe", "open")
PARTNER = d.Sign("", "Partner", "none")
DRAFT = d.State("entwurf", "Entwurf")
AXIS = d.TimeAxis((2027, 2028))
LONG_WORD = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnungen1"
ROLES = tuple(
    d.RoleLegend(letter, label, "")
    for letter, label in zip("FEMI", ("Federführung", "Entscheidung", "Mitwirkung", "Information"), strict=True)
)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60"><rect width="120" height="60" fill="#0B4F5E"/>'
    b'<text x="10" y="35" font-family="ZP Sans" fill="#fff">Bild</text></svg>'
)
PICTURES = {"bilder/bild.svg": SVG}


def text(content: str) -> Node:
    return Node("text", content)


def node(kind: NodeKind, *children: Node, content: str = "", **attrs: str | int) -> Node:
    return Node(kind, content, children, MappingProxyType(attrs))


def link(target: str, content: str) -> Node:
    return node("link", text(content), target=target)


def paragraph(*children: Node) -> Node:
    return node("paragraph", *children)


def cell(content: str, *, header: bool = False) -> d.Cell:
    return d.Cell((text(content),) if content else (), header)


def table(*rows: tuple[str, ...], caption: str = "") -> d.Table:
    """A table with a text column, a page column that Word leaves out, and a last column."""
    columns = (d.Column("Nr.", 20), d.Column("Seite", 10, "where"), d.Column("Inhalt", 90))
    body = tuple(
        d.Row((cell(first, header=True), d.Cell((node("page", target="#M1.1.1"),)), cell(last))) for first, last in rows
    )
    return d.Table(columns, (d.RowGroup(body, "Gruppe"), d.RowGroup(body[:1], "", sums=True)), caption)


def facts(people: int) -> tuple[d.Fact, ...]:
    names = ", ".join(f"Akteur {number}" for number in range(people)) or "niemand"
    dates = tuple(d.FactLine((text(f"Schritt {number}"),), f"Q{number % 4 + 1} 2027") for number in range(30))
    return (
        d.Fact("Federführung", "federfuehrung", (d.FactLine((text("Akteur 0"),)),), strong=True),
        d.Fact("Mitwirkung", "mitwirkung", (d.FactLine((text(names),)),)),
        d.Fact("Meilensteine", "meilensteine", dates),
    )


def prose() -> tuple[Node | d.Part, ...]:
    note = node("footnote", paragraph(text("Erster Absatz")), paragraph(text("Zweiter")), number=1, anchor="fn-quelle")
    inner = node("bullet_list", node("item", paragraph(text("innen"))), tight=1)
    head = node("row", node("cell", text("Kopf"), align="left"), node("cell", text("Zahl"), align="right"), head=1)
    row = node("row", node("cell", text(LONG_WORD), align="left"), node("cell", text("1"), align="right"), head=0)
    return (
        node("lead", text("Der Vorspann.")),
        paragraph(text("Ein Satz"), note, text(" mit "), link("#M1.1.1", "Verweis"), node("break"), text("Zeile <2>")),
        node("heading", text("Zwischentitel"), level=2, anchor="zwischen_titel"),
        node("bullet_list", node("item", paragraph(text("außen")), inner), tight=1),
        node("ordered_list", node("item", paragraph(text("drittens"))), start=3, tight=0),
        node("quote", paragraph(node("emph", text("Zitat")))),
        node("code_block", content="a <b>\n  c"),
        node("rule"),
        node("definition_list", node("term", text("Begriff")), node("definition", paragraph(text("Bedeutung")))),
        node("table", head, row, caption="Werte", label="Tabelle 1", anchor="tab-werte", columns=2),
        node("figure", src="bilder/bild.svg", alt='Ein "Bild"', caption="Ansicht", label="Abbildung 1", anchor="abb"),
        paragraph(
            node("image", src="bilder/bild.svg", alt="klein"), node("sign", content="A", shape="filled", name="")
        ),
        schedule("zeitplan-kapitel", level=2),
        paragraph(text("Danach.")),
    )


def schedule(anchor: str, level: int = 1) -> d.Schedule:
    columns = (d.Column("Maßnahme", 80), d.Column("Zeit", 180, "drawing"))
    bar = d.Bar(0, 4, "filled", False, (1.5,), "Balken")
    rows = (d.Row((cell("1.1.1", header=True), d.Cell((text("Q1 bis Q4 2027"),), bar=bar))),)
    value = d.Table(columns, (d.RowGroup(rows, "Feld 1"),))
    words = ("Meilenstein", "läuft weiter", None, "Stand 22. November 2026, vor dem ersten Jahr")
    return d.Schedule(anchor, "Zeitplan", AXIS, value, (FILLED, OPEN), *words, level=level)


def sheet(number: str, title: str, people: int) -> d.MeasureSheet:
    return d.MeasureSheet(
        f"M{number}",
        number,
        title,
        FILLED,
        DRAFT,
        "Entwurf",
        AXIS,
        None,
        (
            paragraph(
                text("Beschreibung."),
            ),
        ),
        (d.Passage("Beschlossener Wortlaut", tuple(item for item in prose()[3:9] if isinstance(item, Node))),),
        facts(people),
    )


def matrix(actors: int) -> d.Matrix:
    numbers = range(actors)
    columns = tuple(
        d.MatrixColumn(f"Akteur mit Namen {n}", f"Akteur {n}", (FILLED, OPEN, PARTNER)[n % 3], n == 3) for n in numbers
    )
    rows = tuple(
        d.MatrixRow(f"#M1.1.{m}", f"1.1.{m}", f"Titel {m}", OPEN, tuple("FEMI "[(n + m) % 5].strip() for n in numbers))
        for m in (1, 2)
    )
    sums = tuple(d.MatrixSum(role.letter, role.label, tuple(n % 7 for n in numbers)) for role in ROLES)
    return d.Matrix(
        "zustaendigkeitsmatrix", "Zuständigkeitsmatrix", ("Nr.", "Maßnahme"), ROLES, (FILLED, OPEN),
        columns, (d.MatrixGroup("1 Feld", rows),), "Summen", sums,
    )  # fmt: skip


def sample(actors: int = 5, people: int = 3, title: str = "Ein Titel", draft_mark: str = "ENTWURF") -> d.Document:
    """A Document with every kind of part; `actors` columns of the matrix, `people` taking part in a measure."""
    goal = d.GoalSheet(
        "Z1.1",
        "1.1",
        "Ziel 1.1",
        "Kurz",
        "Bis 2028 ist es so.",
        table(("a", "b")),
        (d.Note((text("Herkunft"),)),),
        facts=(d.Fact("Maßnahmen", "", (d.FactLine((link("#M1.1.1", "1.1.1"), text(f" {title}"))),)),),
    )
    overview_goal = d.OverviewGoal("1.1", "#Z1.1", "Kurz", "von 1 auf 2", (1, 1))
    parts: tuple[d.Part, ...] = (
        d.Cover(
            "titel",
            "Plan",
            "Untertitel",
            ("Stadt",),
            DRAFT,
            "Fassung 0.1",
            "dunkel",
            AXIS,
            (),
            (FILLED, OPEN),
            "Grafik",
        ),
        d.StatusPage(
            "status",
            "Status",
            DRAFT,
            "Status dieser Fassung",
            "Nicht beschlossen.",
            facts(0),
            table(("1", "offen")),
            (d.ImprintSection("Herausgabe", (paragraph(text("Stadt")),)),),
        ),
        d.Contents(
            "inhalt", "Inhalt", (d.ContentsEntry(1, "1", "Feld", "#HF1"), d.ContentsEntry(2, "1.1", "Kurz", "#Z1.1"))
        ),
        d.Overview(
            "plan_auf_einer_seite",
            "Der Plan auf einer Seite",
            "Vorspann",
            ("Feld", "Ziel", "Titel"),
            "Seite",
            (FILLED, OPEN),
            (d.OverviewField("1", "Feld", "#HF1", (overview_goal,)),),
            "Gesamt",
            "1",
            "Ziele",
            (1, 1),
            "Anmerkung",
        ),
        d.Glance(
            "auf_einen_blick",
            "Auf einen Blick",
            "Alles auf einem Blatt.",
            "Was zu beschließen ist",
            (text("Ein Vorschlag."),),
            (d.ResolutionText("Rat", "Sitzung offen", (paragraph(text("Der Rat beschließt.")),)),),
            (d.TableSection("Was der Plan braucht", table(("Euro", "1")), "Je Jahr."),),
        ),
        d.Chapter("kapitel", "Kapitel", prose()),
        d.FieldOpener(
            "HF1", "Feld", "1", "Handlungsfeld 1", (node("lead", text("Worum es geht.")),), AXIS, (), "", (goal,), ()
        ),
        d.MeasureSheets(
            "HF1-massnahmen",
            "Maßnahmen",
            "1",
            (sheet("1.1.1", title, people), sheet("1.1.2", LONG_WORD, people)),
            level=2,
        ),
        matrix(actors),
        d.Actors(
            "wer_macht_was",
            "Wer macht was",
            "Vorspann",
            "",
            table(("Akteur 0", "1")),
            ROLES,
            (
                d.ActorSheet(
                    "akteur-0",
                    "Akteur 0",
                    FILLED,
                    "Amt",
                    (),
                    (d.RoleSection(ROLES[0], 1, table(("1.1.1", "Titel"))),),
                ),
            ),
        ),
        schedule("zeitplan"),
        d.TablePart(
            "offene_punkte", "Offene Punkte", "", (d.TableSection("Abschnitt", table(("1", "x"), caption="Liste")),)
        ),
        d.Glossary("glossar", "Glossar", (d.GlossaryTerm("glossar-plan", "Plan", (paragraph(text("Was gilt.")),)),)),
        d.Proposals("vorschlaege", "Vorschläge", "", (d.ProposalSheet("V1", "V1", "Idee", (), facts(1)),)),
    )
    properties = d.Properties(
        "plan",
        "Plan",
        "Untertitel",
        "Plan (Entwurf)",
        ("Stadt",),
        "de-DE",
        "0.1",
        "2026-11-22",
        "22. November 2026",
        DRAFT,
        draft_mark,
        "0" * 64,
    )
    return d.Document(properties, parts, {})
