"""A plan's sources and a random generator in, the sources of a later edition out: what may change from one to the next.

Texts are changed by their blocks, data by their entries; an edition that would be no plan is made anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from random import Random
from typing import Any

import yaml

from pipeline.merge.rebuild import Rebuilt, rebuild
from pipeline.merge.sources import Sources

Files = dict[PurePosixPath, bytes]
MOST = 9  # changes of an edition
WORDS = ("neu", "anders", "weniger", "mehr", "Rat", "Stadt", "Betriebe", "jährlich", "gemeinsam", "Frist", "Beirat")
NEW = {
    "paragraph": "Dieser Absatz ist {} und steht {} hier.",
    "list": "- {} zuerst\n- {} danach\n\n    auch {}",
    "counted": "1. {} zuerst\n2. {} danach",
    "heading": "## Von {} und {}",
    "quote": "> Das hat {} gesagt, nicht {}.",
    "table": "| Was | Wann |\n|---|---|\n| {} | {} |",
    "code": "```\n{} = {}\n```",
}


def later_edition(files: Mapping[PurePosixPath, bytes], random: Random, editions: Mapping[str, bytes]) -> Rebuilt:
    """The next edition of a plan, made of up to `MOST` changes of which each one alone leaves it a plan."""
    made = dict(files)
    found = rebuild(Sources(made), editions)
    for _ in range(random.randint(1, MOST)):
        tried = dict(made)
        random.choice(CHANGES)(tried, random)
        after = rebuild(Sources(tried), editions)
        if after.usable:
            made, found = tried, after
    return found


def _texts(files: Files) -> list[PurePosixPath]:
    return sorted(path for path in files if path.suffix == ".md")


def _blocks(text: str) -> list[str]:
    return re.split(r"\n{2,}", text.strip("\n"))


def _in_text(files: Files, random: Random, change: Callable[[list[str]], None]) -> None:
    path = random.choice(_texts(files))
    blocks = _blocks(files[path].decode())
    change(blocks)
    files[path] = ("\n\n".join(blocks) + "\n").encode()


def words_of_a_text(files: Files, random: Random) -> None:
    """Some words of a block are others."""

    def change(blocks: list[str]) -> None:
        at = random.randrange(len(blocks))
        blocks[at] = _reworded(blocks[at], random)

    _in_text(files, random, change)


def _reworded(text: str, random: Random) -> str:
    words = list(re.finditer(r"\b[a-zäöüß]{4,}\b", text))
    for found in sorted(random.sample(words, min(len(words), random.randint(1, 3))), key=lambda item: -item.start()):
        text = f"{text[: found.start()]}{random.choice(WORDS)}{text[found.end() :]}"
    return text


def block_gone(files: Files, random: Random) -> None:
    """A block of a text is gone."""

    def change(blocks: list[str]) -> None:
        if len(blocks) > 2:
            del blocks[random.randrange(1, len(blocks))]

    _in_text(files, random, change)


def block_new(files: Files, random: Random) -> None:
    """A block of any kind is new, sometimes with a note."""

    def change(blocks: list[str]) -> None:
        kind = random.choice(list(NEW))
        shape = NEW[kind]
        made = shape.format(*(random.choice(WORDS) for _ in range(shape.count("{}"))))
        if kind == "paragraph" and random.random() < 0.4:
            label = f"n{random.randrange(10**6)}"
            made = f"{made[:-1]}[^{label}]."
            blocks.append(f"[^{label}]: Eine Fußnote über {random.choice(WORDS)}.")
        blocks.insert(random.randrange(1, len(blocks) + 1), made)

    _in_text(files, random, change)


def block_moved(files: Files, random: Random) -> None:
    """A block of a text stands elsewhere in it."""

    def change(blocks: list[str]) -> None:
        if len(blocks) > 2:
            moved = blocks.pop(random.randrange(1, len(blocks)))
            blocks.insert(random.randrange(1, len(blocks) + 1), moved)

    _in_text(files, random, change)


def block_split(files: Files, random: Random) -> None:
    """A block became two."""

    def change(blocks: list[str]) -> None:
        at = random.randrange(1, len(blocks)) if len(blocks) > 1 else 0
        sentences = blocks[at].split(". ", 1)
        if len(sentences) > 1 and blocks[at][0].isalpha():
            blocks[at : at + 1] = [f"{sentences[0]}.", sentences[1]]

    _in_text(files, random, change)


def _data(files: Files, kind: str) -> list[PurePosixPath]:
    return sorted(path for path in files if path.name == f"{kind}.yaml")


def _in_data(files: Files, random: Random, kind: str, change: Callable[[list[dict[str, Any]]], None]) -> None:
    path = random.choice(_data(files, kind))
    data = yaml.safe_load(files[path])
    change(data[kind])
    files[path] = yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()


def measure_gone(files: Files, random: Random) -> None:
    """A measure is dropped; its number stays free."""

    def change(entries: list[dict[str, Any]]) -> None:
        if len(entries) > 1:
            del entries[random.randrange(len(entries))]

    _in_data(files, random, "massnahmen", change)


def measure_new(files: Files, random: Random) -> None:
    """A measure is new, made after another."""

    def change(entries: list[dict[str, Any]]) -> None:
        made = dict(random.choice(entries))
        made["id"] = f"{made['id'].rpartition('.')[0]}.{random.randint(20, 60)}"
        made["titel"] = f"{random.choice(WORDS)} {random.choice(WORDS)} anfangen".capitalize()
        entries.append(made)

    _in_data(files, random, "massnahmen", change)


def fields_of_a_measure(files: Files, random: Random) -> None:
    """Title, description, who leads, priority or a milestone is another."""

    def change(entries: list[dict[str, Any]]) -> None:
        entry = random.choice(entries)
        key = random.choice(["titel", "beschreibung", "federfuehrung", "prioritaet", "meilensteine", "aufwand"])
        if key in ("titel", "beschreibung"):
            entry[key] = _reworded(entry[key], random)
        elif key == "prioritaet":
            entry[key] = random.choice(["hoch", "mittel"])
        elif key in ("meilensteine", "aufwand") and entry.get(key):
            _list_changed(entry[key], random)
        elif key == "federfuehrung" and (others := [item for item in entry.get("mitwirkung", []) if type(item) is str]):
            before, entry[key] = entry.get(key), random.choice(others)
            entry["mitwirkung"] = [item for item in entry["mitwirkung"] if item != entry[key]]
            entry["mitwirkung"] += [before] if isinstance(before, str) else []

    _in_data(files, random, "massnahmen", change)


def _list_changed(entries: list[Any], random: Random) -> None:
    at = random.randrange(len(entries))
    kind = random.choice(["gone", "twice", "words"])
    if kind == "gone" and len(entries) > 1:
        del entries[at]
    elif kind == "twice":
        entries.insert(at, {**entries[at]})
        kind = "words"
    if kind == "words" and isinstance(entries[at], dict) and "titel" in entries[at]:
        entries[at]["titel"] = f"{random.choice(WORDS)} {random.choice(WORDS)}".capitalize()


def words_of_a_goal(files: Files, random: Random) -> None:
    """A goal reads otherwise."""

    def change(entries: list[dict[str, Any]]) -> None:
        entry = random.choice(entries)
        entry["zielsatz"] = _reworded(entry["zielsatz"], random)

    _in_data(files, random, "ziele", change)


CHANGES: tuple[Callable[[Files, Random], None], ...] = (
    words_of_a_text,
    words_of_a_text,
    block_gone,
    block_new,
    block_new,
    block_moved,
    block_split,
    measure_gone,
    measure_new,
    fields_of_a_measure,
    fields_of_a_measure,
    words_of_a_goal,
)
