"""Hypothesis strategies that yield valid plans, as content files: path below the content folder → what stands in it.

Sizes vary from one actor and no measure to many of both; names hold whatever authors may type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

Entry = dict[str, Any]
Content = Mapping[str, Entry]

ALPHABET = "abcdefghijklmnopqrstuvwxyzäöüßABCÄÖÜ 0123456789ş ł ő ț é–-&<>\"'„“→≥.,:;()[]{}#*_`|%/"
FIRST_YEAR, LAST_YEAR = 2027, 2031
ROLES = ("entscheidung", "mitwirkung", "information")
STATUSES = ("vorschlag", "abgestimmt", "beschlossen", "in_umsetzung", "abgeschlossen", "zurueckgestellt")
DIRECTIONS = ("mindestens", "hoechstens", "genau")
KINDS = ("amt", "gremium", "unternehmen", "kammer", "verband", "hochschule", "behoerde", "initiative")
PARTS = (
    *("titel", "status", "inhalt", "auf_einen_blick", "termine_der_gremien", "plan_auf_einer_seite"),
    *("handlungsfelder", "zustaendigkeitsmatrix", "wer_macht_was", "zeitplan", "ziele_und_indikatoren"),
    *("aufwand_und_finanzierung", "straenge", "offene_punkte", "vorschlaege", "aenderungen", "glossar", "verzeichnis"),
)


WORDINGS = (
    "Ein Satz.",
    "Zwei Dinge:\n\n1. dies,\n2. das.\n\n   Und mehr.",
    "- oben\n  - unten\n\n> Ein Zitat.\n\n```\nwie es  steht\n```",
    "Tabelle: Was gilt\n\n| Wer | Was |\n|-----|----:|\n| Amt | 7 |\n\nBegriff\n: Bedeutung[^1]\n\n[^1]: Notiz.",
)


# Once in some thousand plans: `<xC:m;>` is a link to an address of the scheme xC, `[ä](b)` one to a file, and neither
# is allowed where titles also serve as Markdown; `<b>`, two stars and other almost-Markdown are told there, too.
_NO_TEXT = re.compile(r"<\w+:|\]\(|</?\w|<!|\*\*|\w\*\w|:\w+:|\[\[|~~|__")


def titles(longest: int = 120) -> st.SearchStrategy[str]:
    """A line of text as it may stand in a title."""
    lines = st.text(ALPHABET, min_size=3, max_size=longest).map(lambda text: f"x{text.strip()}yz"[:longest])
    return lines.filter(lambda line: not _NO_TEXT.search(line))


def periods() -> st.SearchStrategy[str]:
    """A year, quarter or month, within the plan's term or before it."""
    year = st.integers(FIRST_YEAR - 2, LAST_YEAR)
    quarter = st.builds(lambda value, number: f"Q{number} {value}", year, st.integers(1, 4))
    month = st.builds(lambda value, number: f"{value}-{number:02}", year, st.integers(1, 12))
    return st.one_of(year.map(str), quarter, month)


@st.composite
def actors(draw: st.DrawFn, strands: list[str]) -> list[Entry]:
    """One to thirty actors, of strands and partners; their names differ."""
    result = []
    for number in range(draw(st.integers(1, 30))):
        actor: Entry = {"id": f"akteur-{number}", "name": f"{draw(titles(80))} {number}"}
        actor["art"] = draw(st.sampled_from(KINDS))
        if strand := draw(st.sampled_from([*strands, None])):
            actor["strang"] = strand
        if draw(st.booleans()):
            actor["kurzname"] = f"{draw(titles(16))} {number}"
        result.append(actor)
    return result


@st.composite
def measures(draw: st.DrawFn, identifier: str, goal: str, actor_ids: list[str]) -> Entry:
    """A measure with every actor in at most one role; it may be deferred."""
    chosen = draw(st.lists(st.sampled_from(actor_ids), min_size=1, max_size=12, unique=True))
    measure: Entry = {"id": identifier, "titel": draw(titles()), "ziel": goal}
    measure["beschreibung"] = f"{draw(titles())} ({identifier})"  # two with the same words are told to be copies
    several = draw(st.integers(0, 9)) == 0
    measure["federfuehrung"] = chosen[:2] if several else chosen[0]
    for actor in chosen[2 if several else 1 :]:
        told = draw(st.none() | titles(60)) if draw(st.booleans()) else None
        entry = {"akteur": actor, "beitrag": told} if told else actor
        measure.setdefault(draw(st.sampled_from(ROLES)), []).append(entry)
    due = draw(periods())
    measure["zeitraum"] = {"von": due, "bis": draw(st.sampled_from([due, "2040", "fortlaufend"]))}
    if draw(st.booleans()):
        measure["meilensteine"] = [{"termin": due, "titel": draw(titles())}]
    measure["status"] = draw(st.sampled_from(STATUSES))
    if draw(st.booleans()):
        measure["aufwand"] = draw(st.lists(efforts(), max_size=3))
        measure["finanzierung"] = draw(fundings())
        measure["zusagen"] = [{"akteur": actor, "datum": "2026-10-01"} for actor in chosen[:2]]
        measure["beschlossener_wortlaut"] = draw(st.sampled_from(WORDINGS))
    return measure


MORE = st.integers(1, 10**6)  # by how much the upper end of a range is above the lower


def efforts() -> st.SearchStrategy[Entry]:
    """What is needed once in a year of the term, or every year."""
    amounts = st.one_of(st.integers(0, 10**7), st.decimals(0, 99, places=2).map(float), st.just(0.5))
    units = st.sampled_from(["euro", "euro", "personentage", "stellen"])
    years = st.integers(FIRST_YEAR, LAST_YEAR)
    once = st.fixed_dictionaries({"betrag": amounts, "einheit": units, "turnus": st.just("einmalig"), "jahr": years})
    yearly = st.fixed_dictionaries({"betrag": amounts, "einheit": units, "turnus": st.just("jaehrlich")})
    ranged = st.builds(lambda entry, more: {**entry, "betrag_bis": int(entry["betrag"]) + more}, yearly, MORE)
    words = titles(60).filter(lambda text: text[0].isalpha()).map(lambda text: {"text": text})
    return st.one_of(once, once, yearly, ranged, words)


def fundings() -> st.SearchStrategy[list[Entry]]:
    """Up to three sources, whose shares are no more than the whole."""
    states = st.sampled_from(["gesichert", "beantragt", "offen"])
    source = st.fixed_dictionaries({"quelle": titles(40), "stand": states}, optional={"anteil": st.integers(0, 33)})
    return st.lists(source, max_size=3)


@st.composite
def proposals(draw: st.DrawFn, number: int, goal_ids: list[str], measure_ids: list[str], actor_ids: list[str]) -> Entry:
    """A proposal, adopted where there is a measure it may have become."""
    proposal: Entry = {"id": f"V{number}", "titel": draw(titles()), "beschreibung": draw(titles())}
    if len(measure_ids) > 0 and draw(st.booleans()):
        proposal |= {"stand": "uebernommen", "uebernommen_als": draw(st.sampled_from(measure_ids))}
    if len(goal_ids) > 0 and draw(st.booleans()):
        proposal |= {"ziel": draw(st.sampled_from(goal_ids)), "federfuehrung": draw(st.sampled_from(actor_ids))}
        proposal |= {"aufwand": draw(st.lists(efforts(), max_size=2)), "finanzierung": draw(fundings())}
    return proposal


@st.composite
def goals(draw: st.DrawFn, identifier: str, field: int) -> Entry:
    """A goal, with or without an indicator."""
    goal: Entry = {"id": identifier, "handlungsfeld": field, "kurztitel": draw(titles())}
    goal["zielsatz"] = f"Es gilt: {draw(titles())} ({identifier})"
    if draw(st.booleans()):
        measured = {"name": draw(titles()), "zielwert": draw(st.integers(-9, 9999)), "zieldatum": "2030"}
        goal["indikatoren"] = [{**measured, "richtung": draw(st.sampled_from(DIRECTIONS))}]
    return goal


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """All files of a valid plan with one to four strands."""
    strands = [f"strang-{number}" for number in range(draw(st.integers(1, 4)))]
    people = draw(actors(strands))
    files: dict[str, Entry] = {strand: {"ziele": [], "massnahmen": []} for strand in strands}
    files["gemeinsam"] = {"ziele": []}
    goal_ids: list[str] = []
    identifiers = [person["id"] for person in people]
    fields: list[Entry] = []
    placed: list[Entry] = []
    for field in draw(st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True)):
        fields.append({"nummer": field, "titel": draw(titles()), "vorspann": draw(titles())})
        for number in range(1, draw(st.integers(0, 3)) + 1):
            goal = draw(goals(f"Z{field}.{number}", field))
            files[draw(st.sampled_from(["gemeinsam", *strands]))]["ziele"].append(goal)
            goal_ids.append(goal["id"])
            for nth in range(1, draw(st.integers(0, 4)) + 1):
                measure = draw(measures(f"M{field}.{number}.{nth}", goal["id"], identifiers))
                files[draw(st.sampled_from(strands))]["massnahmen"].append(measure)
                placed.append(measure)
    _retire(draw, placed)
    _relate(draw, placed, goal_ids)
    measure_ids = [measure["id"] for measure in placed]
    incoming = [
        draw(proposals(number, goal_ids, measure_ids, identifiers)) for number in range(1, draw(st.integers(1, 4)))
    ]
    return {
        "plan.yaml": _plan(draw, strands, people),
        "akteure.yaml": {"akteure": people},
        "handlungsfelder.yaml": {"handlungsfelder": fields},
        "glossar.yaml": {"begriffe": draw(terms())},
        **{f"{folder}/alles.yaml": entry for folder, entry in files.items()},
        **{f"vorschlaege/{proposal['id']}.yaml": {"vorschlag": proposal} for proposal in incoming},
    }


def _retire(draw: st.DrawFn, placed: list[Entry]) -> None:
    """Some measures are replaced by or merged with another one."""
    for measure in placed[1:]:
        key = draw(st.sampled_from(["", "", "", "ersetzt_durch", "zusammengefuehrt_mit"]))
        if key:
            measure[key] = placed[0]["id"]


def _relate(draw: st.DrawFn, placed: list[Entry], goal_ids: list[str]) -> None:
    """Some measures serve further goals, and depend on measures before them."""
    for index, measure in enumerate(placed):
        others = [goal for goal in goal_ids if goal != measure["ziel"]]
        earlier = [other["id"] for other in placed[:index]]
        for key, choices in (("weitere_ziele", others), ("abhaengig_von", earlier)):
            if choices and draw(st.booleans()):
                measure[key] = draw(st.lists(st.sampled_from(choices), min_size=1, max_size=3, unique=True))


def terms() -> st.SearchStrategy[list[Entry]]:
    """Terms of a glossary, or none."""
    pairs = st.lists(st.tuples(titles(40), titles()), max_size=4)
    return pairs.map(
        lambda found: [
            {"id": f"begriff-{number}", "begriff": f"{term} {number}", "bedeutung": meaning}
            for number, (term, meaning) in enumerate(found)
        ]
    )


def _plan(draw: st.DrawFn, strands: list[str], people: list[Entry]) -> Entry:
    return {
        "titel": draw(titles()),
        "kurzname": "plan",
        "herausgeber": [people[0]["id"]],
        "fassung": "0.1",
        "stand": "2026-11-22",
        "status": draw(st.sampled_from(["entwurf", "beschlussvorlage"])),
        "laufzeit": {"von": FIRST_YEAR, "bis": LAST_YEAR},
        "impressum": draw(titles()),
        "straenge": [
            {"id": strand, "name": f"Strang {number}", "zeichen": "ABCD"[number]}
            for number, strand in enumerate(strands)
        ],
        "gliederung": [{"teil": part} for part in PARTS],
        "optionen": {"titelblatt": draw(st.sampled_from(["dunkel", "hell"]))},
    }


def write(content: Content, folder: Path) -> None:
    """Writes the files; JSON is YAML too."""
    for name, data in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
