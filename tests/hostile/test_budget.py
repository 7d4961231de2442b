"""Sums, not only single files: what each file may have, all together may be too much. And the table of all limits."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from pipeline.budget import limits
from pipeline.budget.limits import TABLE, Limit
from pipeline.check import text_rules
from pipeline.content import folder, read, texts
from tests.hostile.bombs import png
from tests.hostile.room import Room
from tests.limits_page import PAGE, page


@pytest.fixture
def shrink(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str, int], None]:
    """Makes one of a module's limits small, so that little is enough to pass it."""

    def change(module: object, name: str, most: int) -> None:
        monkeypatch.setattr(module, name, dataclasses.replace(getattr(module, name), most=most))

    return change


Shrink = Callable[[object, str, int], None]


def _found(room: Room, code: str = "P113") -> list[tuple[str, str]]:
    return [(str(item.location), item.message) for item in room.check() if item.code == code]


def test_pictures_have_a_sum(room: Room, shrink: Shrink) -> None:
    for number in range(4):
        room.write(f"bilder/foto-{number}.bin", bytes(1000))
    room.write("bilder/foto-0.bin", bytes(1600))
    shrink(folder, "ALL_OTHERS", 3500)
    (found,) = [item for item in room.read_faults() if item.code == "P113"]
    assert str(found.location) == "bilder/foto-2.bin"
    assert "Am größten ist bilder/foto-0.bin" in found.hint


def test_files_have_a_number(room: Room, shrink: Shrink) -> None:
    shrink(folder, "FILES", 5)
    (found,) = [item for item in room.read_faults() if item.code == "P113"]
    assert "mehr als 5" in found.message
    assert read.read(room.content).files == {}


def test_all_data_have_a_number_of_values(room: Room, shrink: Shrink) -> None:
    shrink(read, "ALL_NODES", 60)
    assert any("mehr als 60 Angaben" in message for _, message in _found(room))


def test_all_texts_have_a_number_of_brackets(room: Room, shrink: Shrink) -> None:
    room.write("texte/einleitung.md", "# Einleitung\n\nText [1] [2] [3].\n")
    shrink(texts, "ALL_BRACKETS", 2)
    shrink(text_rules, "ALL_BRACKETS", 2)
    assert ("texte/einleitung.md:1", "Mit diesem Text sind es in allen zusammen mehr als 20.000 eckige Klammern.") in (
        _found(room)
    )


def test_all_pictures_have_a_number_of_pixels(room: Room, shrink: Shrink) -> None:
    for number in range(3):
        room.write(f"bilder/foto-{number}.png", png(10, 10))
    shrink(text_rules, "ALL_PIXELS", 250)
    assert [place for place, _ in _found(room)] == ["bilder/foto-2.png"]


def test_every_limit_stands_in_the_table() -> None:
    named = {value for value in vars(limits).values() if isinstance(value, Limit)}
    assert named == {limit for group in TABLE.values() for limit in group}


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.limits_page"
