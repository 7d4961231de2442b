"""Near misses: lines as people mistype them, made by rule. Each is read as a value that shows all of it, or refused.

A digit, a bracket or a sign is missing, a word is misspelt, a second date or amount stands beside the first, words
stand around it. What nobody expected must not end up in a text that happens to be near: a unit with a date in it, the
name of a source with its share, a title with a second date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from pipeline.fields.kind import NO_ITEM, Item, ListOf, Record, Single
from pipeline.fields.shown import Unread, bare, typed
from schema.base import Model
from tests.fields.test_kinds import FIELDS, read, value_of
from tests.fields.values import NAMES

LINES: Mapping[str, tuple[str, ...]] = {
    "Measure.span": ("Q1 2027 – Q4 2029", "ab März 2027, fortlaufend", "2028", "03/2027 bis 2030-12"),
    "Measure.milestones": ("Q1 2027 Stelle benannt", "März 2028: Bericht (entscheidet: Rat der Stadt)"),
    "Measure.effort": (
        "15.000 Euro einmalig (2027)",
        "20 bis 30 Personentage jährlich",
        "eine halbe Stelle jährlich",
        "15 T€ einmalig",
    ),
    "Measure.funding": ("Haushalt 40 % (beantragt)", "Land 35 Prozent (gesichert)", "Eigenmittel (offen)"),
    "Measure.effects": ("Gas: -120 t im Jahr (bis 2031)", "Läden: 35"),
    "Measure.notes": ("15.03.2027 im Plan (Rat): Der Vertrag liegt vor.", "Q1 2027 erreicht"),
    "Measure.commitments": ("Rat, 22.11.2026", "IHK (12. Januar 2027)"),
    "Measure.participation": ("IHK: stellt Räume", "Rat, IHK", "Rat und IHK"),
    "Measure.further_goals": ("1.1, 1.2", "Ziel 10.2"),
    "Measure.depends_on": ("1.1.1, 1.1.2", "1.1.2 Andere Maßnahme"),
    "Measure.priority": ("hoch", "Angabe niedrig"),
    "Goal.indicators": (
        "Dauer\t18 Tage\nQ1 2026\thöchstens 12 Tage\nbis Q4 2030\tjährlich",
        "Orte\tnoch zu erheben\t14 Gebiete bis Ende 2031\t–",
        "Quote\t35 % (2026)\tmindestens 45 %, bis 2030\tUmfrage",
    ),
    "Actor.own_betrag": ("15.000 Euro", "15 000 €"),
    "Actor.own_zahl": ("12.345 t CO₂/a", "7"),
}
"""By field the lines that are spoilt; all of them are read."""

SIGNS = {"%": "&", ":": ";", ",": ".", "–": "/", "(": "[", ".": ",", "/": "|", "\n": " "}
BEHIND = (" und mehr", " (vorläufig)", " bis Q3 2032", ", Q3 2032", " (2032)", " 77", " 77 %", " 1.234 Euro", " ca.")
BEFORE = ("ca. ", "rund ", "bis ", "77 ", "2032 ")


def spoilt(line: str) -> Iterator[str]:
    """The line with one mistake, each in turn."""
    for match in re.finditer(r"\d", line):
        yield line[: match.start()] + line[match.end() :]
        yield line[: match.end()] + match[0] + line[match.end() :]
    for match in re.finditer(r"[^\W\d]{2,}", line):
        word = match[0]
        for wrong in {word[0] + word[2:], word[:-1], word + word[-1], word[::-1], ""}:
            yield line[: match.start()] + wrong + line[match.end() :]
    for match in re.finditer(r"[^\w\t ]", line):
        for sign in {"", SIGNS.get(match[0], "")}:
            yield line[: match.start()] + sign + line[match.end() :]
    for match in re.finditer(" ", line):
        yield line[: match.start()] + line[match.end() :]
    places = [*(match.start() for match in re.finditer("[\t\n]", line)), len(line)]
    yield from (line[:at] + words + line[at:] for at in places for words in BEHIND)
    yield from (line[:at] + words + line[at:] for at in (0, *(at + 1 for at in places[:-1])) for words in BEFORE)
    yield f"{line} {line}"
    yield f"{line}, {line}"


def near_misses(name: str) -> list[str]:
    """All of a field's, each once, but for those that it reads as what they were made of."""
    return sorted({wrong for line in LINES[name] for wrong in spoilt(line)} - {*LINES[name]})


# What is said in other words than it was typed, as both `typed` and `shown` give it in small letters.
SAME = (
    (r"(?<=q[1-4])(?=\d{4})", " "),
    (r"(?<=\d)(?=[^\W\d])|(?<=ziel)(?=\d)", " "),
    (r"\b0(?=\d\.)", ""),
    (r"industrie- und handelskammer", "ihk"),
    (r"rat der stadt", "rat"),
    (r"\beine?\b", "1"),
    (r"(?<=\d)[. ](?=\d{3}\b)", ""),
    (r"\b(\d+)(?: ?t€|t euro)", r"\g<1>000 euro"),
    (r"€", "euro"),
    (r"\bprozent\b", "%"),
    (r"\bpersonentage?\b|\bpt\b", "personentage"),
    (r"\bstellen?\b", "stelle"),
    (r"\bende (?=\d{4})", "q4 "),
    (r"\bjahres(?=ende|anfang)", ""),
    (r"\b0?(\d)/(\d{4})", r"\2-0\1"),
    (r"(?<=\d{4})-0?(\d{1,2})\b", r" m\1"),
    (r"\b(\d{1,2})\. ?janua?r? (\d{4})", r"\1.1.\2"),
    (r"\bmärz (\d{4})", r"\1 m3"),
    (r"\bdezember (\d{4})", r"\1 m12"),
    (r"\b(?:angabe|ziel|maßnahme)\b", ""),
)
SILENT = {"bis", "ab", "von", "zum", "und", "fortlaufend", "keine", "entscheidet", "z", "m"}
"""Words that join others, and are said by a dash, or by nothing."""


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, in one form for all that means the same."""
    found = typed(text.replace("\t", " ")).casefold()
    for pattern, same in SAME:
        found = re.sub(pattern, same, found)
    return [word for word in re.findall(r"[^\W\d]+|\d+|%", found) if word not in SILENT]


def shows_all(line: str, said: str) -> bool:
    """Whether every word and digit typed is in what a value shows, no number in pieces."""
    missing = [
        word for word in words_of(line) if word not in bare(said).replace(" ", "") and word not in words_of(said)
    ]
    digits, shown = (re.findall(r"\d+", " ".join(words_of(text))) for text in (line, said))
    return not missing and len(digits) <= len(shown) and all(number in shown for number in digits)


WORDS = {"title", "source", "quantity", "unit", "text", "name", "collection", "contribution", "stated_direction"}
"""The fields that hold any words; a text may go with the word that was taken out."""


def structure(value: Any) -> set[str]:
    """The fields of a value that hold a date, an amount, a name, a choice."""
    if isinstance(value, tuple):
        return {name for item in value for name in structure(item)}
    fields = type(value).model_fields if isinstance(value, Model) else ()
    return {name for name in fields if name not in WORDS and getattr(value, name) not in (None, "", ())}


def lost(name: str, line: str, origin: Any, was: Item) -> str:
    """What a line is read as, if that does not show all of it or holds less than the line that it was made of."""
    kind, info = FIELDS[name]
    item = kind.item if isinstance(kind, ListOf) and isinstance(kind.item, Record) else kind
    try:
        found = read(item, [line], was)
        value = value_of(info, [found] if isinstance(item, Record) and isinstance(kind, ListOf) else found)
    except (Unread, ValueError):
        return ""
    said = " ".join(str(words) for words in kind.show(value, NAMES))
    gone = structure(origin) - structure(value)
    return "" if shows_all(line, said) and not gone else f"{line!r} → {said!r}" + (f", without {gone}" if gone else "")


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("known", [False, True], ids=["new", "edited"])
def test_a_near_miss_is_read_whole_or_refused(name: str, known: bool) -> None:
    """As a line of its own, and as what became of the item that it was made of."""
    kind, info = FIELDS[name]
    assert isinstance(kind, Single | Record | ListOf)
    single = kind.item if isinstance(kind, ListOf) else kind
    wrong = []
    for line in LINES[name]:
        if isinstance(single, Record):
            item = read(single, [line])
            origin = value_of(info, [item] if isinstance(kind, ListOf) else item)
        else:
            item, origin = NO_ITEM, value_of(info, read(kind, [line]))
        wrong += [lost(name, miss, origin, item if known else NO_ITEM) for miss in {*spoilt(line)} - {line}]
    assert sorted(filter(None, wrong)) == []


def test_there_are_enough_of_them() -> None:
    counts = {name: len(near_misses(name)) for name in LINES}
    assert min(counts.values()) >= 40, counts
    assert sum(counts.values()) > 1_500, counts


@pytest.mark.parametrize("result", ["nicht erreicht", "teilweise erreicht (15.05.2027)", "fast entfallen: zu teuer"])
def test_a_result_that_there_is_not_is_no_part_of_a_title(result: str) -> None:
    kind, _ = FIELDS["Measure.milestones"]
    assert isinstance(kind, ListOf)
    with pytest.raises(Unread, match="ist das Ergebnis nicht zu verstehen"):
        read(kind.item, [f"Q2 2027 Stelle benannt – {result}"], {"termin": "Q2 2027", "titel": "Stelle benannt"})


def test_a_result_that_was_taken_away_leaves_the_title() -> None:
    """Even of a title that looks as if it had one of its own."""
    kind, _ = FIELDS["Measure.milestones"]
    assert isinstance(kind, ListOf)
    was = {"termin": "Q2 2027", "titel": "Prüfung – erreicht", "ergebnis": "entfallen"}
    assert read(kind.item, ["Q2 2027 Prüfung – erreicht"], was) == {"termin": "Q2 2027", "titel": "Prüfung – erreicht"}
