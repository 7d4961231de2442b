"""YAML that wants more than to be read: giants in small files, objects, other files, words that mean two things."""

from __future__ import annotations

import json
import time

import pytest

from tests.hostile.room import Room

TERM = "begriffe:\n  - id: flaeche\n    begriff: Fläche\n    bedeutung: "
LONGEST = 5  # seconds for what must be refused at once; it takes far less


def _laughs(levels: int, width: int) -> str:
    rows = [f"a0: &a0 [{', '.join(['lol'] * width)}]"]
    rows += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]" for level in range(1, levels)]
    return "\n".join(rows) + "\n"


REFUSED = {
    "over 50 levels": TERM + "[" * 51 + "]" * 51,
    "hundred thousand levels": TERM + "[" * 100_000,
    "hundred thousand levels of keys": TERM + "{a: " * 100_000,
    "levels by indentation": "".join(f"{'  ' * level}a:\n" for level in range(60)),
    "over 100 aliases": f"{TERM}x\nx: &x y\nz: [{'*x, ' * 101}]",
    "billion laughs": _laughs(9, 9),
    "quadratic expansion": f"a: &a [{'x, ' * 2000}]\nb: [{'*a, ' * 90}]",
    "over 100,000 nodes": f"a: [{'x, ' * 100_001}]",
    "over 500 keys": "".join(f"a{number}: x\n" for number in range(501)),
    "Python object": f'{TERM}!!python/object/apply:os.system ["touch ../geheim.txt"]',
    "Python name": f"{TERM}!!python/name:os.system",
    "Python module": f"{TERM}!!python/module:os",
    "own tag": f"{TERM}!include ../geheim.yaml",
    "environment": f"{TERM}!env HOME",
    "verbatim tag": f"{TERM}!<tag:yaml.org,2002:python/name:os.system> x",
    "tag by directive": f"%TAG ! tag:yaml.org,2002:python/\n---\n{TERM}!name:os.system x",
    "binary": f"{TERM}!!binary R2VoZWlt",
    "tag on the root": f"!!map\n{TERM}x",
    "tag on a key": "!!str begriffe: []",
    "tag on a list": "begriffe: !!set\n  - x",
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_at_once(name: str, room: Room) -> None:
    room.write("glossar.yaml", REFUSED[name])
    begun = time.process_time()
    found = [(item.code, str(item.location.path)) for item in room.check()]
    assert time.process_time() - begun < LONGEST
    assert found == [("P113", "glossar.yaml")]
    assert not (room.folder / "geheim.txt").exists()


UNREADABLE = {
    "alias to itself": ("begriffe: &a [*a]", "P103"),
    "alias before its anchor": (f"{TERM}*x\nx: &x y", "P103"),
    "nothing behind an anchor": ("begriffe: &a", None),
    "zero byte": (f"{TERM}a\0b", "P115"),
    "bare escape": (f"{TERM}a\x1b[31mb", "P115"),
    "half a character": (f'{TERM}"\\ud800"', "P103"),
    "character beyond Unicode": (f'{TERM}"\\UFFFFFFFF"', "P103"),
    "escaped zero": (f'{TERM}"a\\0b"', "P115"),
    "escaped turn": (f'{TERM}"a\\u202eb"', "P115"),
    "escaped mark of order": (f'{TERM}"a\\ufeffb"', "P115"),
    "two documents": (f"{TERM}x\n---\n{TERM}y", "P105"),
    "another YAML": (f"%YAML 9.9\n---\n{TERM}x", "P103"),
    "key that is a list": ("[a, b]: c", "P105"),
    "key that is long": (f"{'a' * 2000}: c", None),
    "only a scalar": ("x" * 1000, "P105"),
    "UTF-16": (f"{TERM}x".encode("utf-16").decode("latin-1"), None),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_it_ends_in_findings_about_this_file_alone(name: str, room: Room) -> None:
    text, code = UNREADABLE[name]
    room.write("glossar.yaml", text.encode("latin-1" if name == "UTF-16" else "utf-8"))
    found = room.check()
    assert {str(item.location.path) for item in found} <= {"glossar.yaml"}
    assert code is None or code in [item.code for item in found]


def test_double_keys_are_told_where_they_stand(room: Room) -> None:
    room.write("glossar.yaml", f"{TERM}x\n    bedeutung: y\nbegriffe: []\n")
    found = [(item.code, item.location.line, item.location.column) for item in room.check()]
    assert found == [("P104", 5, 5), ("P104", 6, 1)]


def test_a_merge_is_a_key_like_any_other(room: Room) -> None:
    room.write("glossar.yaml", f"{TERM}Boden\n    <<: {{begriff: Anderes}}\n")
    assert room.codes() == ["P106"]


@pytest.mark.parametrize(
    "number",
    [
        "9" * 10_000,
        "1e999999",
        ".inf",
        "-.inf",
        ".nan",
        "NaN",
        "Infinity",
        "0x7f",
        "0o17",
        "1_000",
        "٣",
        "-1",
        "1:30",
        "½",
    ],
)
@pytest.mark.parametrize("key", ["betrag: 20", "anteil: 100"])
def test_numbers_are_numbers(key: str, number: str, room: Room) -> None:
    room.replace("stadt/massnahmen.yaml", key, f"{key.partition(' ')[0]} '{number}'")
    assert room.codes() == (["P108", "P118"] if number == "٣" else ["P108"])  # no font has that digit


@pytest.mark.parametrize(
    "day", ["0000-00-00", "2026-02-30", "99999-01-01", "2026-11-22T00:00:00Z", "1e9", "-1", "heute"]
)
def test_days_are_days(day: str, room: Room) -> None:
    room.replace("plan.yaml", "stand: 2026-11-22", f"stand: '{day}'")
    assert room.codes() == ["P108"]


HIDDEN = ("\u202e", "\u2066", "\u200b", "\u0007", "\u001b", "\u007f")
PLACES = {
    "plan.yaml": ("titel: Wirtschaftsplan Musterstadt", "name: Stadt"),
    "akteure.yaml": ("name: Wirtschaftsamt", "id: amt"),
    "stadt/ziele.yaml": ("kurztitel: Flächen kennen", "id: Z1.1", "einheit: Prozent"),
}


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize(("file", "field"), [(file, field) for file, fields in PLACES.items() for field in fields])
def test_hidden_characters_in_names_and_numbers_are_refused(file: str, field: str, hidden: str, room: Room) -> None:
    key, _, value = field.partition(": ")
    escaped = f"\\u{ord(hidden):04x}"
    room.replace(file, field, f'{key}: "{value[:2]}{escaped}{value[2:]}"')
    assert "P115" in room.codes()


@pytest.mark.parametrize("name", ["Zx", "Z1.1x", "Z", "Z1.", "Z1." + "9" * 5000])
def test_a_malformed_number_may_come_twice(name: str, room: Room) -> None:
    goal = {"id": name, "handlungsfeld": 1, "kurztitel": "Zweimal", "zielsatz": "Es gilt etwas."}
    room.write("gemeinsam/ziele.yaml", json.dumps({"ziele": [goal, goal]}))
    assert set(room.codes()) == {"P108", "P301"}
