"""Texts and Markdown fields in; out: what in them was meant as Markdown and is none, with the line to write instead."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from pipeline.budget.deadline import at
from pipeline.check.file_names import picture_ways
from pipeline.check.text_rules import markdown_fields
from pipeline.content.read import Source
from pipeline.content.texts import Texts
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.text.almost_markdown.find import almost_markdown, edit
from pipeline.text.almost_markdown.plain import without_signs
from pipeline.text.almost_markdown.slips import LOSING, Almost, Slip
from pipeline.text.markdown_limits import RefusedTextError
from pipeline.text.own_paragraphs import apart
from schema.forms import plain_texts
from schema.plan import Plan
from schema.rules.entities import entities_of
from schema.rules.finding import Finding

_LOST: Final = "P611"
_LITERAL: Final = "P612"
_MOST: Final = 120  # characters of a line that are repeated
_MOST_OF_ALL: Final = 600  # characters of several lines that are repeated whole
_BEGINNING: Final = 40  # characters of each of them otherwise
_NEW_LINE: Final = "⏎"
_BREAK: Final = f" ({_NEW_LINE}: hier eine neue Zeile beginnen)"
_BESIDE: Final = 30  # characters shown before and behind what differs in a longer one

_SENTENCES: Final[Mapping[Slip, str]] = {
    Slip.FRONT_MATTER: "Der Text beginnt mit Angaben für ein anderes Programm („{}“); sie würden gedruckt.",
    Slip.TABLE_WITHOUT_LINE: "Der Tabelle fehlt die Linie unter dem Kopf; gedruckt würde ein Absatz mit Strichen.",
    Slip.CELL_TOO_MANY: "Die Zeile hat mehr Zellen als der Kopf der Tabelle; „{}“ würde nicht gedruckt.",
    Slip.PASTED_CELLS: "Hier stehen Zellen mit Tabulatoren; gedruckt würde ein einziger Absatz ohne Spalten.",
    Slip.PICTURE_NAME: "Der Name des Bildes enthält ein Leerzeichen („{}“); gedruckt würde die Zeile als Text.",
    Slip.PICTURE_IN_LINE: "Das Bild steht in einer Zeile mit Text; eine Abbildung wird hier nicht daraus.",
    Slip.HEADING: "„{}“ wird als Text gedruckt: Hinter # fehlt das Leerzeichen.",
    Slip.PASTED_ROW: "Die Zeile mit Tabulatoren steht unter der Tabelle; sie würde ganz in der ersten Spalte gedruckt.",
    Slip.TEXT_BELOW_TABLE: "„{}“ steht gleich unter der Tabelle und würde in deren erster Spalte gedruckt.",
    Slip.STAR_IN_WORD: "Die Sterne von „{}“ an gingen verloren: Was zwischen zweien steht, würde schräg gedruckt.",
    Slip.LIST_SIGN: "„{}“ beginnt keine Liste; was dahinter steht, wird als laufender Text gedruckt.",
    Slip.LABELS: "Die Zeilen ab „{}“ werden zu einem einzigen Absatz verbunden.",
    Slip.LINE_BELOW_TEXT: "Die Striche gleich unter „{}“ machen eine Überschrift daraus.",
    Slip.INDENTED: "„{}“ wird wie ein Programm gedruckt: Davor stehen vier Leerzeichen oder ein Tabulator.",
    Slip.GREATER: "„{}“ wird als Zitat gedruckt und ohne das Zeichen >, mit dem die Zeile beginnt.",
    Slip.STARS_APART: "„{}“ wird mit seinen Sternen gedruckt: Zwischen ihnen und den Wörtern steht ein Leerzeichen.",
    Slip.LINK_APART: "„{}“ wird kein Link: Zwischen den Klammern steht ein Leerzeichen.",
    Slip.LINK_SWAPPED: "„{}“ wird kein Link: Runde und eckige Klammern sind vertauscht.",
    Slip.REFERENCE: "„{}“ wird gedruckt, wie es dasteht, und verweist auf nichts.",
    Slip.FOOTNOTE: "„{}“ wird gedruckt, wie es dasteht; eine Fußnote wird nicht daraus.",
    Slip.NOT_CLOSED: "„{}“ wird mit seinen Sternen gedruckt: Das zweite Zeichen für fett fehlt.",
    Slip.ADDRESS: "„{}“ wird ohne Link gedruckt.",
}
_OTHERS: Final = "„{}“ wird gedruckt, wie es dasteht."


def form_findings(plan: Plan, texts: Texts, source: Source) -> Iterator[Finding | Diagnostic]:
    """What was meant otherwise, in all texts and in the Markdown fields of the data."""
    paths = set(texts.paths.values())
    for file in source.texts:
        at(str(file.path))
        for item in _found(file.text, str(file.path.parent), source.pictures) if file.path in paths else ():
            severity = Severity.ERROR if item.kind in LOSING else Severity.WARNING
            yield Diagnostic(_code(item), severity, Location(file.path, item.line), _message(item), _hint(item))
    for subject, path, text in markdown_fields(plan):
        at(subject.name)
        for item in _found(text, ".", source.pictures):
            yield Finding(_code(item), subject, path, _message(item), _hint(item), line=item.line)
    for subject, entity in entities_of(plan):
        for path, text in plain_texts(entity):
            sign, bare = without_signs(text)
            if sign:
                message = f"„{sign}“ wird mit seinen Zeichen gedruckt: Fett, Links und anderes gibt es hier nicht."
                yield Finding(_LITERAL, subject, path, message, f"Gemeint ist wohl: {_short(bare)}")


def _found(text: str, folder: str, pictures: Collection[str]) -> list[Almost]:
    try:
        found = almost_markdown(text)
    except RefusedTextError:  # told where texts are parsed
        return []
    taken = apart(text).rows if any(item.kind is Slip.PICTURE_IN_LINE for item in found) else ()
    found = [item for item in found if item.kind is not Slip.PICTURE_IN_LINE or item.line not in taken]
    return [_with_way(item, folder, pictures) if item.kind is Slip.PICTURE_NAME else item for item in found]


def _with_way(item: Almost, folder: str, pictures: Collection[str]) -> Almost:
    """A picture that is not where its name says, with the way to the one that is meant: both faults in one line."""
    what = posixpath.normpath(posixpath.join(folder, item.found))
    ways = [] if what in pictures else picture_ways(what, folder, pictures)
    if not ways:
        return item
    return replace(item, better=item.better.replace(f"<{item.found}>", f"<{ways[0]}>" if " " in ways[0] else ways[0]))


def _code(item: Almost) -> str:
    return _LOST if item.kind in LOSING else _LITERAL


def _message(item: Almost) -> str:
    return _SENTENCES.get(item.kind, _OTHERS).format(_short(item.found))


def _hint(item: Almost) -> str:
    """The line to write; of a picture, and of what goes, what to do."""
    lines = item.better.split("\n")
    if item.kind is Slip.FRONT_MATTER:
        return f"Die Zeilen {item.line} bis {item.last} löschen; ein Text beginnt mit „# Überschrift“."
    if item.kind is Slip.TABLE_WITHOUT_LINE:
        return f"Unter dieser Zeile einfügen: {lines[1]}"
    if item.kind is Slip.CELL_TOO_MANY:
        return f"Gehört der Strich zum Text: {_short(item.better)} Sonst Kopf und Linie um eine Spalte ergänzen."
    if item.kind is Slip.PASTED_CELLS and len(item.better) > _MOST_OF_ALL:
        return f"So schreiben: {_short(lines[0])} darunter {lines[1]} darunter {_short(lines[2])} und so weiter."
    if item.kind is Slip.PICTURE_IN_LINE:
        return (
            "Vor und hinter das Bild je eine leere Zeile setzen, ohne Link, Sterne oder Anführungszeichen um das Bild."
        )
    if item.kind in (Slip.TEXT_BELOW_TABLE, Slip.LINE_BELOW_TEXT) and item.better:
        return "Davor eine leere Zeile setzen."
    shown = _excerpt(item) if item.last <= item.line else _whole(item)
    if not shown.strip():
        return "Die Zeile löschen; HTML wird nicht gesetzt." if item.kind is Slip.HTML else "Die Zeile löschen."
    instead = f" statt der {item.last - item.line + 1} Zeilen ab hier" if item.last > item.line else ""
    return f"Gemeint ist wohl{instead}: {shown}{_BREAK if _NEW_LINE in shown else ''}"


def _whole(item: Almost) -> str:
    """All lines to write, of many or long ones only the beginnings."""
    rows = item.better.split("\n")
    if len(item.better) > _MOST_OF_ALL:
        rows = [row if len(row) <= _BEGINNING else f"{row[:_BEGINNING].rstrip()} …" for row in rows]
    return _on_one_line("\n".join(rows))


def _excerpt(item: Almost) -> str:
    """The line to write, of a long one what stands around the change: „… im Amt **heute** und morgen …“."""
    better = item.better
    if len(better) <= _MOST:
        return _on_one_line(better)
    begin, _, new = edit(item.row, better)
    start, end = max(0, begin - _BESIDE), min(len(better), begin + len(new) + _BESIDE)
    return _short(f"{'… ' * (start > 0)}{better[start:end]}{' …' * (end < len(better))}")


def _short(line: str) -> str:
    shown = _on_one_line(line)
    return shown if len(shown) <= _MOST else f"{shown[: _MOST - 1]}…"


def _on_one_line(line: str) -> str:
    return line.replace("\n", f" {_NEW_LINE} ")
