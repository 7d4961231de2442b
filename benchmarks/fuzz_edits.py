"""A Word file in an editor's hands in, random edits of it out: all that `Draft` can do, with words of their own.

Whatever is typed holds a word that stands nowhere else, and now and then signs that mean something in Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from pipeline.ooxml.bookmarks import MARK_PREFIX, hidden
from pipeline.ooxml.elements import Element, paragraph_style, q
from tests.back.draft import Draft, plain

LONGEST = 30  # characters that find a paragraph again
Operation = tuple[str, ...]
OPERATIONS = (
    *(("replace",) * 4),
    *(("insert",) * 3),
    *(("set",) * 3),
    *("insert_before", "delete", "delete", "split", "split", "join", "join", "move", "move", "like", "style", "level"),
    *("letters", "unletter", "note", "delete_note", "cell", "cell", "insert_row", "delete_row", "heading"),
    *("link", "insert_column", "delete_column", "copy_sheet", "insert_after_sheet", "delete_sheet", "generated"),
    *("set_broken", "set_broken", "comment", "comment", "term"),
)
STYLES = ("", "BodyText", "BlockText", "BlockText", "SourceCode", "SourceCode", "Heading2", "Heading3")
SENTENCES = (
    "Neu ist {} hier.",
    "{}",
    "- {} mit Strich",
    "# {} mit Raute",
    "3. {} mit Zahl",
    "{} mit *Stern* und _Strich_ und `Zeichen`",
    "{} [in Klammern](nirgends) und <b>spitz</b> & mehr",
    "{} | mit Strich \\ und ~~Wellen~~",
    "Tabelle: {}",
    "> {}",
    ": {}",
    "[{}]: https://example.org/keine-adresse",
    "{} heißt „so“ – z. B. § 5 Abs. 2, 10 %, 1.000 €",
    "{} www.example.org und https://example.org/a_b*c",
    "{}: &amp; {{#anker}} $x$ ::: ***",
)
VALUES = {
    "Status": ("in Umsetzung", "beschlossen", "abgeschlossen", "{}"),
    "Priorität": ("hoch", "mittel", "niedrig", "–", "{}"),
    "Ziel": ("3.1 Betriebe kennen ihren Verbrauch", "2.1 Sicher über die Hauptstraße", "9.9"),
    "Weitere Ziele": ("3.2 Weniger Strom in Rathaus und Schulen", "–", "{}"),
    "Federführung": ("Gebäudewirtschaft", "{}", "–"),
    "Entscheidung": ("Rat der Stadt Lindenmark", "–", "{}"),
    "Mitwirkung": (
        "Fachhochschule Ostmark und Stadtsportbund",
        "Stadtsportbund: {}",
        "keine",
        "Rat, Stadtsportbund: {}",
    ),
    "Information": ("Fachhochschule Ostmark, Landesbetrieb Straßenbau", "Landesbetrieb Straßenbau", "–"),
    "Zeitraum": (
        "Q1 2027 – Q4 2030",
        "ab Q2 2027, fortlaufend",
        "01.01.2027 – 31.12.2030",
        *("ab Mitte 2027", "Q7 2028"),
    ),
    "Meilensteine": ("Q1 2029 {} fertig", "Ende 2029 – {} fertig", *("Q1 2029 bis Q2 2029 {}", "Sommer 2029 {}", "{}")),
    "Aufwand": (
        "7.000 Euro einmalig (2028)",
        "9 PT/Jahr",
        "15 T€ einmalig",
        *("ca. 9.000 Euro {}", "{} Euro", "9.000 €"),
    ),
    "Finanzierung": ("{} (gesichert)", "{} 20 Prozent (gesichert)", *("{} 20 Pozent (gesichert)", "{} 20 (gesichert)")),
    "Abhängig von": ("3.1.1 Betriebe begehen", "keiner anderen Maßnahme", "7.7.7"),
    "Zusagen": ("Kreishandwerkerschaft, 12.01.2027", "{}"),
}
LISTS = ("Meilensteine", "Aufwand", "Finanzierung", "Zusagen")  # to which a line may be added


@dataclass
class Done:
    """What was done, and the words that were typed."""

    operations: list[Operation] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class Editor:
    """Edits at random; `name` is in all words that it types."""

    def __init__(self, draft: Draft, random: Random, name: str) -> None:
        self.draft, self.random, self.name = draft, random, name
        self.done = Done()
        self.count = 0

    def edit(self) -> None:
        """One edit; one that finds nothing to edit is none. With tracking most are such as can be tracked."""
        names: tuple[str, ...] = OPERATIONS
        if self.draft.tracked:
            names = tuple(name for name in names if name not in Draft.UNTRACKED)
        self.count += 1
        word = f"wort{self.name}x{self.count}y"
        try:
            operation = getattr(self, f"_{self.random.choice(names)}")(word)
            self.draft.edit([operation])
        except (LookupError, StopIteration, AttributeError):
            return
        self.done.operations.append(operation)
        self.done.words += [word] if any(word in argument for argument in operation) else []

    # --- choosing -------------------------------------------------------------------------------------------------

    def _typed(self, word: str) -> str:
        return self.random.choice(SENTENCES).format(word) if self.random.random() < 0.5 else f"Neu ist {word} hier."

    def _paragraphs(self) -> list[Element]:
        """Those of texts, outside tables."""
        found = [item for item in self.draft.body.findall(q("p")) if _marked(item) and plain(item).strip()]
        return [item for item in found if not paragraph_style(item).startswith(("Heading", "ZPBild"))]

    def _pick(self, found: list[Element]) -> Element:
        return self.draft.paragraph(plain(self.random.choice(found))[:LONGEST])

    def _paragraph(self) -> Element:
        return self._pick(self._paragraphs())

    def _start(self) -> str:
        return plain(self._paragraph())[:LONGEST]

    def _headings(self) -> list[str]:
        paragraphs = self.draft.body.findall(q("p"))
        return [plain(item) for item in paragraphs if paragraph_style(item) == "Heading3" and plain(item)[:1].isdigit()]

    def _cells(self) -> list[Element]:
        return [cell for cell in self.draft.body.iter(q("tc")) if _marked(cell) and plain(cell)]

    # --- words ----------------------------------------------------------------------------------------------------

    def _replace(self, word: str) -> Operation:
        runs = [run for item in self._paragraphs() for run in item.findall(q("r")) if plain(run).strip()]
        if self.random.random() < 0.1:  # in a note
            runs = [run for run in self.draft.package.tree("word/footnotes.xml").iter(q("r")) if plain(run).strip()]
        run = self.random.choice(runs)
        old = self.random.choice(plain(run).split())
        return ("replace", plain(run), plain(run).replace(old, self._typed(word) if old == plain(run) else word, 1))

    def _heading(self, word: str) -> Operation:
        found = [item for item in self.draft.body.findall(q("p")) if paragraph_style(item).startswith("Heading")]
        words = [each for each in plain(self.random.choice(found)).split() if each.isalpha()]
        return ("heading", self.random.choice(words), word)

    def _cell(self, word: str) -> Operation:
        return (
            "cell",
            plain(self.random.choice(self._cells())),
            self.random.choice([word, f"{word} *|* und mehr", ""]),
        )

    def _generated(self, word: str) -> Operation:
        """Anywhere, also where nothing is taken from."""
        run = self.random.choice([run for run in self.draft.body.iter(q("r")) if len(plain(run)) > LONGEST])
        old = self.random.choice(plain(run).split())
        return ("replace", plain(run), plain(run).replace(old, word, 1))

    def _comment(self, word: str) -> Operation:
        """Anywhere, most often where everything is made from the data."""
        words = self.random.choice([plain(run) for run in self.draft.body.iter(q("r")) if len(plain(run)) > 1])
        return ("comment", words, f"Stimmt {word} so?")

    def _term(self, word: str) -> Operation:
        """A word explained behind the others of the glossary."""
        found = [item for item in self.draft.body.findall(q("p")) if paragraph_style(item).startswith("Definition")]
        start = plain(self.random.choice(found))[:LONGEST]
        return ("insert", start, f"{word} ist ein neuer Begriff.", start)

    # --- paragraphs -----------------------------------------------------------------------------------------------

    def _insert(self, word: str) -> Operation:
        return ("insert", self._start(), self._typed(word), *([self._start()] if self.random.random() < 0.2 else []))

    def _insert_before(self, word: str) -> Operation:
        return ("insert_before", self._start(), self._typed(word))

    def _delete(self, _: str) -> Operation:
        return ("delete", self._start())

    def _split(self, _: str) -> Operation:
        paragraph = self._paragraph()
        runs = [plain(run).split() for run in paragraph.findall(q("r"))]
        words = self.random.choice([found for found in runs if len(found) > 1])
        return ("split", plain(paragraph)[:LONGEST], self.random.choice(words[1:]))

    def _join(self, _: str) -> Operation:
        found = [item for item in self._paragraphs() if (item.getnext() is not None and _plain_one(item.getnext()))]
        paragraph = self._pick(found)
        if not _plain_one(paragraph.getnext()):
            raise LookupError(plain(paragraph))
        return ("join", plain(paragraph)[:LONGEST])

    def _move(self, _: str) -> Operation:
        start, after = self._start(), self._start()
        if self.draft.paragraph(start) is self.draft.paragraph(after):
            raise LookupError(start)
        return ("move", start, after)

    # --- form -----------------------------------------------------------------------------------------------------

    def _style(self, _: str) -> Operation:
        return ("style", self._start(), self.random.choice(STYLES))

    def _like(self, _: str) -> Operation:
        return ("like", self._start(), self._start())

    def _level(self, _: str) -> Operation:
        items = [item for item in self._paragraphs() if item.find(f"{q('pPr')}/{q('numPr')}/{q('ilvl')}") is not None]
        paragraph = self._pick(items)
        if paragraph.find(f"{q('pPr')}/{q('numPr')}/{q('ilvl')}") is None:
            raise LookupError(plain(paragraph))
        return ("level", plain(paragraph)[:LONGEST], str(self.random.randrange(3)))

    def _letters(self, _: str) -> Operation:
        run = self.random.choice([run for item in self._paragraphs() for run in item.findall(q("r")) if plain(run)])
        return ("letters", self.random.choice(plain(run).split()), self.random.choice(["b", "i", "strike"]))

    def _unletter(self, _: str) -> Operation:
        tag = self.random.choice(["b", "i", "strike"])
        runs = [run for item in self._paragraphs() for run in item.findall(q("r"))]
        found = [run for run in runs if run.find(f"{q('rPr')}/{q(tag)}") is not None]
        return ("unletter", plain(self.random.choice(found)), tag)

    def _link(self, word: str) -> Operation:
        runs = [run for item in self._paragraphs() for run in item.findall(q("r")) if plain(run).strip()]
        words = self.random.choice(plain(self.random.choice(runs)).split())
        first = next(run for run in self.draft.body.iter(q("r")) if words in plain(run))
        if first.getparent() is None or first.getparent().tag != q("p"):  # type: ignore[union-attr]
            raise LookupError(words)  # no link in a link
        return ("link", words, f"https://example.org/{word}")

    # --- notes ----------------------------------------------------------------------------------------------------

    def _note(self, word: str) -> Operation:
        return ("note", self.random.choice(self._start().split()), self._typed(word))

    def _delete_note(self, _: str) -> Operation:
        found = [item for item in self._paragraphs() if next(item.iter(q("footnoteReference")), None) is not None]
        return ("delete_note", plain(self.random.choice(found))[:LONGEST])

    # --- tables ---------------------------------------------------------------------------------------------------

    def _insert_row(self, word: str) -> Operation:
        start = plain(self.random.choice(self._cells()))[:LONGEST]
        count = len(self.draft.row(start).findall(q("tc")))
        return ("insert_row", start, word, *map(str, range(1, count)))

    def _delete_row(self, _: str) -> Operation:
        return ("delete_row", plain(self.random.choice(self._cells()))[:LONGEST])

    def _insert_column(self, word: str) -> Operation:
        start, table = self._head()
        rows = table.findall(q("tr"))
        return ("insert_column", start, word, *map(str, range(1, len(rows))))

    def _delete_column(self, _: str) -> Operation:
        return ("delete_column", self._head()[0])

    def _head(self) -> tuple[str, Element]:
        """What a column's head begins with, and its table, in which all rows have as many cells."""
        heads = [row for table in self.draft.body.iter(q("tbl")) for row in table.findall(q("tr"))[:1] if _marked(row)]
        start = plain(self.random.choice(self.random.choice(heads).findall(q("tc"))))[:LONGEST]
        table = self.draft.row(start).getparent() if start else None
        if table is None or len({len(row.findall(q("tc"))) for row in table.findall(q("tr"))}) > 1:
            raise LookupError(start)
        return start, table

    # --- sheets ---------------------------------------------------------------------------------------------------

    def _set(self, word: str) -> Operation:
        heading = self.random.choice(self._headings())[:LONGEST]
        rows = [row.findall(q("tc")) for item in self.draft.sheet(heading) for row in item.iter(q("tr"))]
        label, cell = self.random.choice([(plain(row[0]), row[1]) for row in rows if len(row) == 2])
        new = self.random.choice(VALUES.get(label, ("{}",))).format(word)
        old = [plain(line) for line in cell.findall(q("p"))]
        if label in LISTS and self.random.random() < 0.7:
            kept = [line for line in old if self.random.random() < 0.8]
            return ("set", heading, label, *kept, new)
        return ("set", heading, label, new)

    def _set_broken(self, word: str) -> Operation:
        """A line more in a list, behind Shift+Enter."""
        heading = self.random.choice(self._headings())[:LONGEST]
        label = self.random.choice(LISTS)
        old = [plain(line) for line in self.draft.value(heading, label).findall(q("p"))]
        return ("set_broken", heading, label, *old, self.random.choice(VALUES[label]).format(word))

    def _copy_sheet(self, word: str) -> Operation:
        heading = self.random.choice(self._headings())
        return (
            "copy_sheet",
            heading[:LONGEST],
            self.random.choice([f"{heading.split()[0]} {word}", f"8.8.8 {word}", word]),
        )

    def _insert_after_sheet(self, word: str) -> Operation:
        return ("insert_after_sheet", self.random.choice(self._headings())[:LONGEST], self._typed(word))

    def _delete_sheet(self, _: str) -> Operation:
        return ("delete_sheet", self.random.choice(self._headings())[:LONGEST])


def _plain_one(element: Element | None) -> bool:
    """Whether it is a paragraph with words, to which another can be joined."""
    return element is not None and element.tag == q("p") and bool(plain(element).strip())


def _marked(element: Element) -> bool:
    return any(mark.get(q("name"), "").startswith(hidden(MARK_PREFIX)) for mark in element.iter(q("bookmarkStart")))
