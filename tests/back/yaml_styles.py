"""Data in, YAML text out, written in styles that chance picks: what hands of many people may have left in a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from pipeline.content.yaml_nodes import Plain
from pipeline.merge.yaml.scalars import Surroundings, reads_as

WORDS = ["Amt", "über", "2027", "der", "ein", "Q1", "a,b", "x:", "#1", "- c", "'", '"', "[z]", "100 %", "–", "&", "*q"]
KEYS = ["kennung", "titel", "ziel", "liste", "meilensteine", "zeitraum", "von", "bis", "herkunft", "x-1"]


def texts() -> st.SearchStrategy[str]:
    """A line, rarely several."""
    line = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
    return line | line | st.lists(line, min_size=2, max_size=3).map("\n".join) | st.just("")


def values(leaf: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Plain]:
    """Lists, mappings and texts as plans hold them."""
    leaf = leaf or texts()
    flat = st.dictionaries(st.sampled_from(KEYS), leaf, min_size=1, max_size=4)
    lists = st.lists(leaf, max_size=4) | st.lists(flat, max_size=4)
    entry = st.dictionaries(st.sampled_from(KEYS), st.one_of(leaf, leaf, lists, flat), min_size=1, max_size=6)
    return st.dictionaries(
        st.sampled_from(KEYS), st.one_of(leaf, entry, st.lists(entry, max_size=4)), min_size=1, max_size=5
    )


class Emitter:
    """Writes data, a choice at every turn; remarks are numbered, so that each can be found again."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any], newline: str) -> None:
        self.draw, self.newline = draw, newline
        self.remarks = 0

    def chance(self) -> bool:
        return bool(self.draw(st.booleans()))

    def remark(self) -> str:
        self.remarks += 1
        return f"# Bemerkung{self.remarks}."

    def above(self, column: int) -> str:
        found = str(self.draw(st.sampled_from(["", "", "", "", "\n", "#", "\n#"])))
        return found.replace("#", " " * column + self.remark() + "\n").replace("\n", self.newline)

    def behind(self) -> str:
        if self.draw(st.integers(0, 4)):
            return self.newline
        return " " * int(self.draw(st.integers(1, 3))) + self.remark() + self.newline

    def mapping(self, data: dict[str, Plain], column: int) -> str:
        """Lines; the first is indented like the others."""
        lines = [
            self.above(column) + " " * column + key + ":" + self.value(value, column) for key, value in data.items()
        ]
        return "".join(lines)

    def value(self, value: Plain, column: int) -> str:
        if isinstance(value, str):
            return self.text(value, column)
        if not value or self.draw(st.integers(0, 2)) == 0:
            return f" {self.flow(value)}{self.behind()}"
        if isinstance(value, dict):
            return self.behind() + self.mapping(value, column + self.draw(st.sampled_from([1, 2, 4])))
        assert value is not None
        dash = column + self.draw(st.sampled_from([0, 2]))
        return self.behind() + "".join(self.above(dash) + " " * dash + self.item(item, dash) for item in value)

    def item(self, value: Plain, dash: int) -> str:
        if isinstance(value, str):
            return "-" + self.text(value, dash)
        if not value or not isinstance(value, dict) or self.chance():
            return f"- {self.flow(value)}{self.behind()}"
        column = dash + self.draw(st.sampled_from([2, 2, 4]))
        first, *rest = value.items()
        opening = "-" + " " * int(column - dash - 1) + first[0] + ":" + self.value(first[1], column)
        return opening + self.mapping(dict(rest), column)

    def flow(self, value: Plain) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self.flow(inner)}" for key, inner in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return self.scalar(str(value), Surroundings(True, 0, self.newline))

    def text(self, value: str, column: int) -> str:
        around = Surroundings(False, column, self.newline)
        inner = self.newline + " " * (column + self.draw(st.sampled_from([1, 2, 4])))
        blocks = ["|" + inner.join(["", *value.split("\n")])] if value.strip() else []
        if value.strip() and "\n" not in value:
            words = value.split(" ")
            cut = self.draw(st.integers(0, len(words) - 1))
            lines = inner.join(" ".join(part) for part in (words[:cut], words[cut:]) if part)
            blocks = [f"|-{inner}{value}", f">-{inner}{lines}", lines, f"'{lines.replace(chr(39), chr(39) * 2)}'"]
        good = [raw for raw in blocks if reads_as(raw, value, around)]
        if good and self.chance():
            raw = str(self.draw(st.sampled_from(good)))
            return " " + raw + (self.newline if raw[0] in "|>" else self.behind())
        return f" {self.scalar(value, around)}{self.behind()}"

    def scalar(self, value: str, around: Surroundings) -> str:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        raws = [value, f"'{value.replace(chr(39), chr(39) * 2)}'", f'"{escaped}"']
        return str(self.draw(st.sampled_from([raw for raw in raws if reads_as(raw, value, around)])))


@st.composite
def written(draw: st.DrawFn) -> tuple[str, Plain]:
    """A file and what it says."""
    data = draw(values())
    assert isinstance(data, dict)
    emitter = Emitter(draw, draw(st.sampled_from(["\n", "\n", "\r\n"])))
    text = emitter.mapping(data, 0) + draw(st.sampled_from(["", "# Ende"]))
    if draw(st.integers(0, 4)) == 0:
        text = text.removesuffix(emitter.newline)
    return draw(st.sampled_from(["", "", "\ufeff"])) + text, data
