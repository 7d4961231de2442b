"""What is promised for a day: milestones, and commitments of actors; shown on a line, read from one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pipeline.fields.dates import read_day, short_day
from pipeline.fields.kind import NO_ITEM, Item, OpenWhileEmpty, Record, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.periods import begins_with_date, led_by_date, read_period
from pipeline.fields.shown import Unread, bare, shown, typed
from pipeline.fields.words import Piece, Words, words
from pipeline.text.likeness import MISSPELT, nearest
from pipeline.text.typography import typeset_line
from schema import values
from schema.vocabulary import MilestoneResult

_BODY: Final = "entscheidet: "
_DECIDES: Final = ("entscheidet", "gremium")
_BY_BODY: Final = re.compile(r"(.+?) ?\((?:entscheidet|gremium): ?(.+)\)", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\(([^\W\d]+)\b")
_MAY_DECIDE: Final = re.compile(r"[(\[][^()\[\]]*[:;]|\b(?:entscheidet|gremium) ?[:;]", re.IGNORECASE)
_BY_WHEN: Final = re.compile(r"^\s*(?:bis(?: zum)?|im) (?=\S)", re.IGNORECASE)
_STATES: Final = "|".join(item.label for item in MilestoneResult)
_RESULT: Final = re.compile(rf" ?(?<=[ \xa0)])[–—-]{{1,2}} ?({_STATES})\b(?! werden)", re.IGNORECASE)
_HALF_RESULT: Final = re.compile(rf" [–—-]{{1,2}} ?[^–—]*\b({_STATES})\b", re.IGNORECASE)
_RESULT_IN_BRACKETS: Final = re.compile(rf"(.+?) ?\(({_STATES})\b([^()]*)\)", re.IGNORECASE)
_DETAILS: Final = re.compile(
    r"(?:auf (?P<due>[^:(]+?))?(?: ?\((?:am )?(?P<date>[^()]+)\)|,? ?am (?P<on>[^:]+?))?(?: ?: ?(?P<remark>.+))?"
)
_NO_RESULT: Final[Mapping[str, str | None]] = MappingProxyType(
    dict.fromkeys(("ergebnis", "neuer_termin", "datum", "bemerkung"))
)
_COMMITMENT: Final = re.compile(r"(.+?)[,;: (–—-]+(?:(?:am|vom) )?(\d[^,;()]*\d)\)?")


class Milestone(OpenWhileEmpty, Record):
    """What is there by when. The date leads the line; a tab, a colon or just a space stands behind it.

    Where a body decides then, it stands in brackets at the end: `Konzept vorgelegt (entscheidet: Rat der Stadt)`. What
    became of it follows behind a dash: `Stelle benannt – verschoben auf Q3 2028 (15.05.2027): Bewerbung zurückgezogen`.
    """

    model = values.Milestone

    def write(self, value: values.Milestone, names: PlanNames) -> tuple[Words, ...]:
        title = words(value.title, lead=value.due.label)
        pieces = list(title.pieces)
        if value.body:
            known = value.body in names.actors
            body = Piece(typeset_line(names.actor_name(value.body)), value.body if known else "")
            pieces += [Piece(typeset_line(f" ({_BODY}")), body, Piece(")")]
        if value.result:
            pieces.append(Piece(typeset_line(f" – {result_text(value)}")))
        return (Words(tuple(pieces), lead=title.lead),)

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        text = " ".join(cells)
        due, title = led_by_date(_BY_WHEN.sub("", text, count=1), read_period)
        if not due or not title:
            help_ = "geschrieben wird er so: „Q2 2027 Stelle benannt“."
            raise Unread(f"„{typed(text)}“ ist kein Meilenstein mit Termin und Titel; {help_}")
        termin = read_period(due).key
        own = str(was.get("titel") or "")
        if shown(title) == shown(own) and not was.get("gremium") and not was.get("ergebnis"):
            return {"termin": termin, "titel": title, "gremium": None, **_NO_RESULT}  # whatever it looks like
        if shown(title) == shown(own) and not was.get("gremium"):
            return {"termin": termin, "titel": title, "gremium": None, **_NO_RESULT}  # its result was taken away
        title, result = _with_result(title, own)
        match = _BY_BODY.fullmatch(title)
        body = _body(match[2], names, str(was.get("gremium") or "")) if match else None
        title = match[1] if match else title
        if shown(title) != shown(own):
            _refuse_more(title, typed(text))
        return {"termin": termin, "titel": title, "gremium": body, **result}


def result_text(milestone: values.Milestone) -> str:
    """`erreicht (15.05.2027)`, `verschoben auf Q3 2028: Bewerbung zurückgezogen`; '' while nobody has said it."""
    if milestone.result is None:
        return ""
    on = f" auf {milestone.new_due.label}" if milestone.new_due else ""
    when = f" ({short_day(milestone.result_date)})" if milestone.result_date else ""
    return f"{milestone.result.label}{on}{when}{f': {milestone.remark}' if milestone.remark else ''}"


def _with_result(text: str, own: str) -> tuple[str, Mapping[str, str | None]]:
    """What stands before the result, and the result in the data; `own`: the title that the milestone had.

    Of „Prüfung – erreicht – entfallen: zu teuer“ the first dash counts, unless "Prüfung – erreicht" is the title that
    it had. Raises Unread for a result that is not understood.
    """
    found = [*_RESULT.finditer(text)]
    if not found:
        match = _RESULT_IN_BRACKETS.fullmatch(text)
        return (text, _NO_RESULT) if match is None else (match[1], _result(match[2], match[3], text))
    titles = (_BY_BODY.sub(r"\1", text[: match.start()]) for match in found)
    at = next((match for match, title in zip(found, titles, strict=True) if shown(title) == shown(own)), found[0])
    return text[: at.start()], _result(at[1], text[at.end() :], text)


def _result(word: str, rest: str, text: str) -> Mapping[str, str | None]:
    state = next(item for item in MilestoneResult if bare(item.label) == bare(word))
    match = _DETAILS.fullmatch(rest.strip())
    postponed = state is MilestoneResult.POSTPONED
    if match is None or bool(match["due"]) != postponed:
        help_ = "geschrieben wird es so: „– erreicht (15.05.2027)“ oder „– verschoben auf Q3 2028: der Grund“."
        raise Unread(f"In „{typed(text)}“ ist das Ergebnis nicht zu verstehen; {help_}")
    date = match["date"] or match["on"]
    return {
        "ergebnis": state.value,
        "neuer_termin": read_period(match["due"]).key if match["due"] else None,
        "datum": read_day(date) if date else None,
        "bemerkung": typed(match["remark"]) if match["remark"] else None,
    }


def _refuse_more(title: str, text: str) -> None:
    """Raises Unread for a title that holds another date, or the body that decides, written otherwise."""
    if _HALF_RESULT.search(title):  # „– nicht erreicht“, „– teilweise erreicht (15.05.2027)“
        help_ = "möglich sind „– erreicht“, „– verschoben auf Q3 2028“, „– entfallen“, jeweils „: der Grund“ dahinter."
        raise Unread(f"In „{text}“ ist das Ergebnis nicht zu verstehen; {help_}")
    if begins_with_date(title):
        raise Unread(f"„{text}“ nennt zwei Termine; ein Meilenstein hat einen: „Q2 2027 Stelle benannt“.")
    if _MAY_DECIDE.search(title) or any(nearest(bare(word), _DECIDES, MISSPELT) for word in _BRACKET.findall(title)):
        help_ = "am Ende steht „(entscheidet: Rat der Stadt)“."
        raise Unread(f"In „{text}“ ist nicht klar, wer entscheidet; {help_}")


def _body(text: str, names: PlanNames, was: str) -> str:
    """The ID of the actor that a text names, else the text: many a body has no task in the plan.

    Raises Unread for a text with brackets, which no such name may have, and for the misspelt name of the actor that
    decided before: it would lose the date.
    """
    try:
        return names.actor(text)
    except Unread:
        misspelt = nearest(bare(text), [bare(name) for name in names.actors.get(was, ()) if name], MISSPELT)
        if misspelt or "(" in text or ")" in text:
            raise
        return typed(text)


class Commitment(OpenWhileEmpty, Record):
    """Who has committed, and on which day."""

    model = values.Commitment

    def write(self, value: values.Commitment, names: PlanNames) -> tuple[Words, ...]:
        return (words(f"{names.actor_name(value.actor)}, {short_day(value.date)}"),)

    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        text = typed(" ".join(cells))
        match = _COMMITMENT.fullmatch(text)
        if match is None:
            raise Unread(f"„{text}“ ist keine Zusage mit Akteur und Tag; geschrieben wird sie so: „Rat, 22.11.2026“.")
        return {"akteur": names.actor(match[1]), "datum": read_day(match[2])}
