"""What became of somebody's edits in, the answer to that person out: a document of its own, ready to be sent back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.document.model import Cell, Chapter, Column, Document, Part, Row, RowGroup, Table, TablePart, TableSection
from pipeline.document.references import finish
from pipeline.parts.assemble import properties_of
from pipeline.parts.context import Context
from pipeline.parts.phrases import text
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import typeset_line

_WHOLE: Final = 168


@dataclass(frozen=True)
class Told:
    """One edit: where it was made, old and new words as they differ, what is said of it ('' for nothing)."""

    where: str
    change: Inline
    said: str = ""


@dataclass(frozen=True)
class Undecided:
    """An edit that contradicts another: where, what the person wrote, what the plan says by now, and whose that is."""

    where: str
    theirs: str
    ours: str
    whose: str = ""


@dataclass(frozen=True)
class Answer:
    """What is said to one person. `name`: '' where the file names nobody. `files`: the files that the edits came in."""

    name: str
    files: tuple[str, ...]
    edition: str
    taken: tuple[Told, ...] = ()
    joint: tuple[Told, ...] = ()
    left: tuple[Told, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    remarks: tuple[Told, ...] = ()

    @property
    def count(self) -> int:
        """How many edits the person made; comments are none."""
        return len(self.taken) + len(self.joint) + len(self.left) + len(self.undecided)


def answer_document(context: Context, answer: Answer, *, written: bool) -> Document:
    """The answer as a document. It leads nowhere, and no edit of it comes back. `written`: whether the plan has what
    was taken; else nothing was, since the plan would have a fault.
    """
    title = "Antwort auf Ihre Änderungen"
    blocks = tuple(_blocks(context, answer, written=written))
    values = properties_of(context)
    named = replace(values, title=title, full_title=f"{title}: {values.title}", draft_mark="")
    return Document(named, finish((Chapter(anchor="antwort", title=title, blocks=blocks),), {}), {})


def _blocks(context: Context, answer: Answer, *, written: bool) -> Iterator[Node | Part]:
    greeting = f"Guten Tag {answer.name}," if answer.name else "Guten Tag,"
    yield _paragraph(greeting)
    yield _paragraph(_thanks(context, answer, written=written))
    if answer.undecided:
        yield _part("entscheiden", "Zu entscheiden", _contradicting(answer.undecided), _DECIDE)
    if answer.left:
        yield _part("offen", "Nicht übernommen", _table(answer.left, "Warum nicht, und was hilft"))
    if answer.joint:
        yield _part("gemeinsam", "Zusammengeführt: bitte ansehen", _table(answer.joint, "Was dabei geschehen ist"))
    if answer.taken:
        understood = "Wie es verstanden ist" if any(item.said for item in answer.taken) else ""
        yield _part("uebernommen", "Übernommen", _table(answer.taken, understood))
    if answer.remarks:
        yield _part("kommentare", "Ihre Kommentare", _table(answer.remarks, "", "Was Sie schreiben"), _REMARKS)
    yield Node("heading", children=(text("Wie es weitergeht"),), attrs={"level": 2, "anchor": ""})
    for sentence in _next(answer):
        yield _paragraph(sentence)


_DECIDE: Final = (
    "Hier haben zwei dasselbe verschieden geändert. Im Plan steht bis zur Entscheidung, was zuerst dort stand."
)
_REMARKS: Final = "Kommentare werden gelesen; in den Plan kommen sie nicht."


def _thanks(context: Context, answer: Answer, *, written: bool) -> str:
    files = ", ".join(f"„{name}“" for name in answer.files)
    made = "Änderung" if answer.count == 1 else f"{answer.count} Änderungen"
    source = f"aus der Fassung {answer.edition}" if answer.edition else "aus einer früheren Fassung"
    first = f"vielen Dank für Ihre {made} an „{context.plan.meta.title}“ ({files}, gebaut {source})."
    if not answer.count:
        return f"vielen Dank für Ihre Kommentare zu „{context.plan.meta.title}“ ({files}, gebaut {source})."
    if not written:
        return f"{first} Übernommen ist davon noch nichts, weil der Plan damit Fehler hätte; wir melden uns."
    taken = len(answer.taken) + len(answer.joint)
    counts = {"übernommen": taken, "nicht übernommen": len(answer.left), "zu entscheiden": len(answer.undecided)}
    told = (f"{what}: {count}" for what, count in counts.items() if count)
    return f"{first} Davon {'; '.join(told)}."


def _next(answer: Answer) -> Iterator[str]:
    if answer.left:
        yield (
            "Was nicht übernommen ist, können Sie in der nächsten Datei noch einmal ändern, so wie es daneben "
            "steht, oder uns einfach zurückschreiben."
        )
    if answer.undecided:
        yield "Was zu entscheiden ist, klären wir mit Ihnen und mit denen, die dasselbe geändert haben."
    yield (
        "Bitte arbeiten Sie in dieser Datei nicht weiter: Die nächste Datei des Plans enthält alles, was "
        "übernommen ist."
    )


def _paragraph(words: str) -> Node:
    return Node("paragraph", children=(text(words),))


def _part(anchor: str, title: str, table: Table, note: str = "") -> TablePart:
    section = TableSection("", table, typeset_line(note))
    return TablePart(anchor=f"antwort-{anchor}", title=title, lead="", sections=(section,), level=2)


def _table(items: Sequence[Told], said: str, what: str = "Ihre Änderung") -> Table:
    """A row an edit; what came more than once stands there once."""
    further = (Column(said, 52),) if said else ()
    columns = (Column("Stelle", 46), Column(what, 70 if said else _WHOLE - 46), *further)
    rows = tuple(
        Row(
            (
                Cell((text(item.where if times == 1 else f"{item.where} und weitere Stellen ({times})"),), header=True),
                Cell(item.change),
                *((Cell((text(item.said),)),) if said else ()),
            )
        )
        for item, times in _once(items)
    )
    return Table(columns, (RowGroup(rows),))


def _once(items: Sequence[Told]) -> Iterator[tuple[Told, int]]:
    """Each thing once, with how many places it is told of: the same words of the same fate."""
    found: list[list[Told]] = []
    for item in items:
        same = next((each for each in found if (each[0].change, each[0].said) == (item.change, item.said)), None)
        if same is None:
            found.append([item])
        else:
            same.append(item)
    yield from ((same[0], len(same)) for same in found)


def _contradicting(items: Sequence[Undecided]) -> Table:
    columns = (Column("Stelle", 38), Column("Ihre Fassung", 65), Column("Im Plan steht", 65))
    rows = tuple(
        Row(
            (
                Cell((text(item.where),), header=True),
                Cell((text(item.theirs or "gestrichen"),)),
                Cell((text(f"{item.ours or 'gestrichen'}{f' (aus {item.whose})' if item.whose else ''}"),)),
            )
        )
        for item in items
    )
    return Table(columns, (RowGroup(rows),))
