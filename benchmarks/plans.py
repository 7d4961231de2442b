"""A number of measures in, the content folder of an invented plan out: the same files for the same number, always.

    .venv/bin/python -m benchmarks.plans ORDNER --measures 400

The plan passes `build.py check` without an error and has all parts, so that time spent on it is what a real plan of
that size takes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

Entry = dict[str, Any]

WORDS: Entry = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))

FIELDS = {60: 5, 400: 10, 2000: 20}
MEASURES_OF_A_GOAL = 8
FIRST_YEAR, LAST_YEAR = 2027, 2031
SECTION_SENTENCES = 13
STRANDS = ("verwaltung", "unternehmerschaft")
CHAPTERS_BEFORE = 4
PARTS_BEFORE = ("titel", "status", "inhalt", "plan_auf_einer_seite")
PARTS_AFTER = (
    *("zustaendigkeitsmatrix", "wer_macht_was", "zeitplan", "ziele_und_indikatoren", "aufwand_und_finanzierung"),
    *("straenge", "offene_punkte", "vorschlaege", "glossar", "verzeichnis"),
)


def write_plan(folder: Path, measures: int) -> None:
    """Writes the content folder of a plan with so many measures."""
    for name, text in files(measures).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def files(measures: int) -> Mapping[str, str]:
    """The plan's files: path below the content folder → text."""
    chance = random.Random(measures)
    result = {
        "plan.yaml": _yaml(_plan()),
        "akteure.yaml": _yaml({"akteure": list(_actors())}),
        "glossar.yaml": _yaml({"begriffe": list(_terms(chance))}),
    }
    for stem, title in WORDS["chapters"].items():
        result[f"texte/{stem}.md"] = _chapter(chance, title)
    for number in range(1, 9):
        result[f"vorschlaege/V{number}.yaml"] = _yaml({"vorschlag": _proposal(chance, number)})
    return result | _fields(chance, measures)


def _fields(chance: random.Random, measures: int) -> dict[str, str]:
    """Fields of action with their goals and measures; a file a field in each strand's folder."""
    result: dict[str, str] = {}
    fields: list[Entry] = []
    titles = _titles(chance, measures)
    count = FIELDS.get(measures, max(1, round((measures * 0.2) ** 0.5)))
    for number in range(1, count + 1):
        lead = " ".join(_sentences(chance, 3))
        fields.append(
            {"nummer": number, "titel": WORDS["fields"][(number - 1) % len(WORDS["fields"])], "vorspann": lead}
        )
        size = measures * number // count - measures * (number - 1) // count
        goals = [_goal(chance, number, index) for index in range(1, -(-size // MEASURES_OF_A_GOAL) + 1)]
        result[f"gemeinsam/feld-{number:02}.yaml"] = _yaml({"ziele": goals})
        of_strand: dict[str, list[Entry]] = {strand: [] for strand in STRANDS}
        for index in range(size):
            strand, title, thing, place = next(titles)
            nth, goal = index // len(goals) + 1, index % len(goals) + 1
            measure = _measure(chance, f"M{number}.{goal}.{nth}", title, strand, (thing, place))
            of_strand[strand].append(measure)
        for strand, found in of_strand.items():
            result[f"{strand}/feld-{number:02}.yaml"] = _yaml({"massnahmen": found})
    return result | {"handlungsfelder.yaml": _yaml({"handlungsfelder": fields})}


def _titles(chance: random.Random, count: int) -> Iterator[tuple[str, str, str, str]]:
    """Strand, title, what it is about and where; no title comes twice."""
    every = [
        (strand, f"{thing} {place} {action}", thing, place)
        for strand in STRANDS
        for thing in WORDS["objects"][strand]
        for place in WORDS["places"]
        for action in WORDS["actions"]
    ]
    return iter(chance.sample(every, count))


def _sentences(chance: random.Random, count: int, thing: str = "Vorhaben", place: str = "in der Stadt") -> list[str]:
    return [
        sentence.format(
            object=thing, place=place, year=chance.randint(FIRST_YEAR, LAST_YEAR), number=chance.choice((5, 10, 20, 50))
        )
        for sentence in chance.sample(WORDS["sentences"], count)
    ]


def _measure(chance: random.Random, identifier: str, title: str, strand: str, about: tuple[str, str]) -> Entry:
    own = [name for name, held in _identifiers() if held == strand]
    others = [name for name, held in _identifiers() if held != strand]
    first, *involved = [*chance.sample(own, 3), *chance.sample(others, 3)]
    begin = chance.randint(FIRST_YEAR, LAST_YEAR - 2)
    measure: Entry = {
        "id": identifier,
        "titel": title,
        "ziel": f"Z{identifier[1:].rpartition('.')[0]}",
        "beschreibung": " ".join(_sentences(chance, chance.choice((1, 2, 2, 2, 4)), *about)),
        "federfuehrung": first,
        "mitwirkung": involved[:3],
        "information": involved[3:],
        "zeitraum": {"von": f"Q{chance.randint(1, 2)} {begin}", "bis": f"Q4 {chance.randint(begin + 1, LAST_YEAR)}"},
        "meilensteine": [
            {"termin": f"Q{quarter} {begin + later}", "titel": text}
            for (quarter, later), text in zip(
                ((3, 0), (1, 1), (4, 1)), chance.sample(WORDS["milestones"], 3), strict=True
            )
        ],
        "aufwand": [
            {"betrag": chance.randint(2, 80) * 5, "einheit": "personentage", "turnus": "jaehrlich"},
            {"betrag": chance.randint(1, 90) * 2500, "einheit": "euro", "turnus": "einmalig", "jahr": begin + 1},
        ],
        "finanzierung": [
            {"quelle": source, "anteil": 50, "stand": chance.choice(("offen", "beantragt", "gesichert"))}
            for source in chance.sample(WORDS["sources"], 2)
        ],
        "indikator": f"Anteil der {about[0]}, die bis {LAST_YEAR} den vereinbarten Stand erreichen",
        "prioritaet": chance.choice(("hoch", "mittel", "niedrig")),
        "status": chance.choice(("vorschlag", "vorschlag", "abgestimmt")),
        "herkunft": "Erfunden",
    }
    return measure


def _goal(chance: random.Random, field: int, number: int) -> Entry:
    title = WORDS["goals"][(field * 5 + number) % len(WORDS["goals"])]
    year = chance.randint(FIRST_YEAR + 1, LAST_YEAR)
    return {
        "id": f"Z{field}.{number}",
        "handlungsfeld": field,
        "kurztitel": title,
        "zielsatz": f"Bis Ende {year} ist in vier von fünf Fällen erreicht, worauf dieses Ziel gerichtet ist: {title}.",
        "indikatoren": [
            {
                "name": f"Erledigte Fälle zu „{title}“",
                "einheit": "Prozent",
                "zielwert": chance.randint(5, 10) * 10,
                "zieldatum": f"Q4 {year}",
                "erhebung": "Auswertung der federführenden Stelle, jährlich",
            }
        ],
    }


def _identifiers() -> list[tuple[str, str]]:
    """Every actor's ID and strand, '' for partners."""
    return [(actor["id"], actor.get("strang", "")) for actor in _actors()]


def _actors() -> Iterator[Entry]:
    for strand, actors in WORDS["actors"].items():
        for number, (name, short, kind) in enumerate(actors, 1):
            actor: Entry = {"id": f"{strand or 'partner'}-{number}", "name": name, "kurzname": short, "art": kind}
            yield actor | ({"strang": strand} if strand else {})


def _terms(chance: random.Random) -> Iterator[Entry]:
    every = [thing for strand in STRANDS for thing in WORDS["objects"][strand]]
    for number, term in enumerate(sorted(every), 1):
        yield {"id": f"begriff-{number}", "begriff": term, "bedeutung": " ".join(_sentences(chance, 1, term))}


def _proposal(chance: random.Random, number: int) -> Entry:
    title = f"{WORDS['objects'][STRANDS[number % 2]][number]} {WORDS['places'][number]} neu denken"
    return {"id": f"V{number}", "titel": title, "beschreibung": " ".join(_sentences(chance, 2)), "stand": "in_pruefung"}


def _chapter(chance: random.Random, title: str) -> str:
    """A chapter of some three pages: paragraphs, a list, a table, a footnote."""
    blocks = [f"# {title}", " ".join(_sentences(chance, 2))]
    for heading in WORDS["headings"]:
        found = _sentences(chance, SECTION_SENTENCES)
        blocks += [f"## {heading}", *(" ".join(found[start : start + 4]) for start in range(0, len(found) - 3, 5))]
        blocks.append("\n".join(f"- {sentence}" for sentence in found[-3:]))
    rows = [f"| {goal} | {chance.randint(10, 99)} |" for goal in WORDS["goals"]]
    blocks += ["Tabelle: Befragung der Betriebe", "\n".join(["| Anliegen | Nennungen |", "|---|--:|", *rows])]
    blocks += [f"Die Befragung ist erfunden.[^{title[:2].lower()}]", f"[^{title[:2].lower()}]: Wie dieser ganze Plan."]
    return "\n\n".join(blocks) + "\n"


def _plan() -> Entry:
    outline = [{"teil": part} for part in PARTS_BEFORE]
    chapters = [{"text": stem} for stem in WORDS["chapters"]]
    outline += chapters[:CHAPTERS_BEFORE]
    outline.append({"teil": "handlungsfelder"})
    outline += [{"teil": part} for part in PARTS_AFTER]
    outline += chapters[CHAPTERS_BEFORE:]
    return {
        "titel": "Erfundener Plan zum Messen",
        "untertitel": "Ziele und Maßnahmen einer Stadt, die es nicht gibt",
        "kurzname": "messplan",
        "herausgeber": [f"{STRANDS[0]}-2", f"{STRANDS[1]}-1"],
        "fassung": "0.1",
        "stand": "2026-11-22",
        "status": "entwurf",
        "laufzeit": {"von": FIRST_YEAR, "bis": LAST_YEAR},
        "impressum": "Dieser Plan ist erfunden und dient nur dazu, Geschwindigkeit zu messen.",
        "straenge": [
            {"id": "verwaltung", "name": "Verwaltung", "zeichen": "V"},
            {"id": "unternehmerschaft", "name": "Unternehmerschaft", "zeichen": "U"},
        ],
        "gliederung": outline,
        "optionen": {"titelblatt": "dunkel", "max_federfuehrungen": 500},
    }


def _yaml(data: Entry | Sequence[Entry]) -> str:
    return yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.plans", description="Schreibt einen erfundenen Plan.")
    parser.add_argument("folder", metavar="ORDNER", type=Path, help="wohin der Plan geschrieben wird")
    parser.add_argument("--measures", metavar="ZAHL", type=int, default=400, help="wie viele Maßnahmen er hat")
    arguments = parser.parse_args()
    write_plan(arguments.folder, arguments.measures)


if __name__ == "__main__":
    main()
