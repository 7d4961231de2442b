"""Extracts and their files in, what to write to whom out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.parts.context import Context
from pipeline.parts.extract import COMMITTING, Selection
from pipeline.parts.parties import Party
from pipeline.parts.sheets.tasks import measures_in
from schema.vocabulary import Role


@dataclass(frozen=True)
class Sent:
    """An extract, and the names of its files."""

    selection: Selection
    files: tuple[str, ...]


def letters(context: Context, sent: tuple[Sent, ...], until: str) -> str:
    """What to write to whom, in Markdown, ready to be pasted into a mail; `until`: the day for answers."""
    meta = context.plan.meta
    due = until or "…"
    lines = [
        f"# Anschreiben zu „{meta.title}“, Fassung {meta.edition}",
        "",
        f"Je Empfänger ein Text und die Dateien, die dazugehören. Rückgabe bis {due}.",
    ]
    for item in sent:
        lines += ["", f"## {item.selection.name}", "", f"Dateien: {', '.join(item.files)}", ""]
        lines += _letter(context, item, due)
    return "\n".join(lines).replace("\u00a0", " ") + "\n"  # in a mail nobody knows what that is


def _letter(context: Context, item: Sent, due: str) -> Iterator[str]:
    meta, actor = context.plan.meta, item.selection.actor
    word = next(name for name in item.files if name.endswith(".docx"))
    yield f"Betreff: {meta.title}, Fassung {meta.edition}: Ihr Auszug, Rückgabe bis {due}"
    yield ""
    yield "Guten Tag,"
    yield ""
    count = len(item.selection.measures)
    what = f"{count} {'Maßnahme' if count == 1 else 'Maßnahmen'}"
    if actor is None:
        yield f"anbei der Auszug „{item.selection.name}“ mit {what}."
    else:
        party = Party((actor,))
        held = [(role, len(measures_in(context, party, role))) for role in Role]
        roles = ", ".join(f"{role.label} {number}" for role, number in held if number)
        yield f"anbei der Auszug mit den Maßnahmen, in denen Ihre Stelle eine Rolle hat: {what} ({roles})."
    yield ""
    yield f"Bitte bis {due}:"
    yield ""
    yield f"1. Änderungen unmittelbar in die Word-Datei ({word}) schreiben, gern nachverfolgt und mit Kommentaren;"
    if actor is not None and any(measures_in(context, Party((actor,)), role) for role in COMMITTING):
        yield "2. im Zusageblatt am Ende bei jeder Maßnahme, die Sie zusagen, den Tag der Zusage eintragen;"
        yield "3. die Word-Datei zurückschicken."
    else:
        yield "2. die Word-Datei zurückschicken."
    yield ""
    yield "Das PDF ist zum Lesen und Ausdrucken, die Termine (.ics) nimmt jeder Kalender auf."
    yield ""
    yield "In allem steht nur, was Sie betrifft."
