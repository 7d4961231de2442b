"""A Markdown text and the order of its blocks after an edit in, the edited text out; what nobody touched stays.

The text is put together from its own lines. Between blocks that stood next to each other stays what stood between
them; what is no block of the running text (notes, definitions of links, rules) stays behind the block it followed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from pipeline.merge.markdown.blocks import changed_lines, hanging, own_markdown, written_lines
from pipeline.merge.markdown.normalise import expressible
from pipeline.merge.markdown.source_text import Leaf, SourceText
from pipeline.merge.markdown.units import Unit
from pipeline.text.symbol_fonts import BULLETS

_COUNTED: Final = re.compile(r"(.*?)(\d{1,9})([.)][ \t]*)$")
_NOTE: Final = re.compile(r" {0,3}\[\^[^\]\s]+\]:")


@dataclass(frozen=True)
class Step:
    """One block of the edited text: what it is now, and where it existed before, its leaf and what it was."""

    after: Unit
    leaf: Leaf | None = None
    before: Unit | None = None

    @property
    def untouched(self) -> bool:
        """Whether it reads as before, in the same form."""
        if self.leaf is None or self.before is None:
            return False
        if self.leaf.kind == "embedded":
            return True
        same_picture = self.before.alternative == self.after.alternative
        return self.before.key == self.after.key and same_picture

    @property
    def same_form(self) -> bool:
        """Whether only words changed."""
        before, after = self.before, self.after
        if self.leaf is None or before is None:
            return False
        return (before.kind, before.level, before.item) == (after.kind, after.level, after.item)


def edited_text(source: SourceText, steps: Sequence[Step], notes: Sequence[str] = ()) -> str:
    """The text with its blocks as the steps say; `notes` are definitions of new footnotes, a line each.

    Lists stand as close as they did; where that would run blocks into one another, new gaps are empty lines, and what
    then still reads otherwise gets a form in which it does not. So up to four texts are written, from the one that is
    closest to the source to the most careful one, and the first that reads as wanted is taken.
    """
    forms = expressible([step.after for step in steps])
    fitting = [replace(step, after=unit) for step, unit in zip(steps, forms, strict=True)]
    wanted = [(step.after.kind == "table", _said(step)) for step in steps]
    text = ""
    for tried, apart in ((steps, False), (steps, True), (fitting, False), (fitting, True)):
        text = _Writer(source, tried, apart=apart).text(notes)
        if _blocks(text) == wanted:
            break
    return text


def _said(step: Step) -> str:
    """What a block reads as Markdown; an embedded part's heading is no text of its own."""
    return "" if step.leaf and step.leaf.kind == "embedded" else step.after.text


def _blocks(text: str) -> list[tuple[bool, str]]:
    return [(leaf.kind == "table", leaf.text) for leaf in SourceText(text).flow]


class _Writer:
    """Writes one text: goes through the steps and keeps what stands between blocks until its place has come."""

    def __init__(self, source: SourceText, steps: Sequence[Step], *, apart: bool) -> None:
        self.source, self.steps, self.apart = source, steps, apart
        self.place = {id(leaf): index for index, leaf in enumerate(source.flow)}
        self.prefixes: list[str] = []
        self.held: list[tuple[str, str]] = []

    def text(self, notes: Sequence[str]) -> str:
        """The whole text, with the definitions of new notes at its end."""
        flow = self.source.flow
        pieces: list[tuple[str, str]] = []  # lines with their ends
        pieces += self._raw(0, flow[0].start if flow else 0)
        pieces += self._left_behind(-1)
        for index, step in enumerate(self.steps):
            pieces += self._block(index, step)
            if index + 1 < len(self.steps):
                pieces += self._between(index)
            else:
                pieces += self.held
                pieces += self._left_behind(self._index(step)) if self._index(step) != len(flow) - 1 else []
        tail = self._raw(flow[-1].end if flow else 0, len(self.source.lines))
        return self._joined(pieces, tail, notes)

    # --- blocks -------------------------------------------------------------------------------------------------

    def _block(self, index: int, step: Step) -> list[tuple[str, str]]:
        leaf, before = step.leaf, step.before
        if leaf is not None and (before is None or step.untouched):
            self.prefixes.append(self.source.prefix(leaf.start))
            return self._raw(leaf.start, leaf.end)
        if leaf is not None and before is not None and step.same_form:
            self.prefixes.append(self.source.prefix(leaf.start))
            return self._new(changed_lines(self.source, leaf, before, step.after))
        prefix = self._prefix(index, step.after)
        self.prefixes.append(prefix)
        known = leaf is not None and before is not None and step.after.kind != "code"
        text = own_markdown(self.source, leaf, before, step.after) if known else step.after.text  # type: ignore[arg-type]
        return self._new(written_lines(text, step.after, step.after.level + self._level_shift, prefix))

    @cached_property
    def _level_shift(self) -> int:
        """How much lower a heading's level is in the source than in the document.

        A text that stands inside another chapter is printed with its headings one level deeper, or more. Any heading
        that was there before tells; without one they are the same.
        """
        both = ((step.leaf, step.before) for step in self.steps if step.leaf and step.before)
        return next((leaf.level - unit.level for leaf, unit in both if leaf.level and unit.level), 0)

    def _raw(self, start: int, end: int) -> list[tuple[str, str]]:
        return list(zip(self.source.lines[start:end], self.source.ends[start:end], strict=True))

    def _new(self, lines: Sequence[str]) -> list[tuple[str, str]]:
        return [(line, self._end) for line in lines]

    @cached_property
    def _end(self) -> str:
        """The sign that new lines end with: that of the text's first line."""
        return next((end for end in self.source.ends if end), "\n")

    # --- what a block begins with -------------------------------------------------------------------------------

    def _prefix(self, index: int, unit: Unit) -> str:
        """The signs that a new block begins with.

        An item of a list takes those of the nearest item of its level, counted on: behind `2) ` comes `3) `. A further
        paragraph of an item stands under its words. Where no item of the level comes before, one that follows tells.
        """
        if unit.kind == "quote":
            return "> "
        if unit.kind == "definition":
            return next((self.prefixes[at] for at in self._earlier(index) if self._unit(at).kind == "definition"), ": ")
        if unit.item is None:
            return ""
        level, ordered = unit.item.level, unit.item.ordered
        for at in self._earlier(index):
            item = self._unit(at).item
            if item is None or item.level < level:
                break
            if item.level == level and item.signed and not unit.item.signed:
                return hanging(self.prefixes[at])
            if item.level == level and item.signed and item.ordered == ordered:
                return _next_number(self.prefixes[at])
        following = self._following_prefix(index, level, ordered=ordered)
        if following:
            return following
        parent = self._parent(index, level)
        return parent + (("1. " if ordered else "- ") if unit.item.signed else "")

    def _earlier(self, index: int) -> range:
        return range(index - 1, -1, -1)

    def _unit(self, index: int) -> Unit:
        return self.steps[index].after

    def _following_prefix(self, index: int, level: int, *, ordered: bool) -> str:
        """The signs of the item that the new one comes before, '' without one: `*` stays `*` in a list with stars."""
        for step in self.steps[index + 1 :]:
            item = step.after.item
            if item is None or item.level < level:
                return ""
            if item.level == level and item.signed:
                kept = step.leaf is not None and step.same_form and item.ordered == ordered
                return self.source.prefix(step.leaf.start) if kept and step.leaf else ""
        return ""

    def _parent(self, index: int, level: int) -> str:
        """The indent under the item that a deeper one belongs to."""
        for at in self._earlier(index):
            item = self._unit(at).item
            if item is None:
                break
            if item.level < level and item.signed:
                return hanging(self.prefixes[at])
        return ""

    # --- what stands between blocks -------------------------------------------------------------------------------

    def _index(self, step: Step) -> int | None:
        return None if step.leaf is None else self.place[id(step.leaf)]

    def _between(self, index: int) -> list[tuple[str, str]]:
        """The lines between a block and the next: what stood there if they were neighbours before, else a new gap."""
        step, following = self.steps[index], self.steps[index + 1]
        at, then = self._index(step), self._index(following)
        if at is not None and then == at + 1:
            flow = self.source.flow
            gap = self._raw(flow[at].end, flow[then].start)
            if gap or (step.same_form and following.same_form):
                return gap
        # What is no block stays before the next one that was there: new blocks stand right behind theirs.
        self.held += self._left_behind(at)
        if following.leaf is None:
            return self._new(self._separator(index))
        held, self.held = self.held, []
        return [*held, *self._new([""] if held else self._separator(index))]

    def _separator(self, index: int) -> list[str]:
        """The lines of a new gap: none in a tight list or before an explanation, `>` in a quote, else an empty one."""
        one, two = self._unit(index), self._unit(index + 1)
        if one.item and two.item and two.item.signed:
            return [] if self._tight(index) and not self.apart else [""]
        if (one.kind, two.kind) in (("term", "definition"), ("definition", "definition")):
            return []
        return [">"] if one.kind == two.kind == "quote" else [""]

    def _tight(self, index: int) -> bool:
        """Whether the items of the list around stand without empty lines between them."""
        flow = self.source.flow
        for step in (self.steps[index], self.steps[index + 1]):
            at = self._index(step)
            if at is None or not (step.before and step.before.item):
                continue
            for low, high in ((at - 1, at), (at, at + 1)):
                if low >= 0 and high < len(flow) and _is_item(self.source, low) and _is_item(self.source, high):
                    return flow[low].end == flow[high].start
        return True

    def _left_behind(self, index: int | None) -> list[tuple[str, str]]:
        """What is no block and follows a block, and what follows those after it that are gone; -1: the beginning."""
        if index is None:
            return []
        flow = self.source.flow
        kept = {self._index(step) for step in self.steps}
        result: list[tuple[str, str]] = []
        while index < len(flow) - 1:
            if index >= 0:
                gap = self._raw(flow[index].end, flow[index + 1].start)
                while gap and not gap[-1][0].strip(" \t>"):  # an empty line, also of a quote
                    gap.pop()
                result += gap
            index += 1
            if index in kept:
                break
        return result

    def _joined(self, pieces: list[tuple[str, str]], tail: list[tuple[str, str]], notes: Sequence[str]) -> str:
        """All lines, each with an end, but for the text's very end, which stays as it was."""
        while pieces and not pieces[-1][0].strip():
            pieces.pop()
        if notes:
            while tail and not tail[-1][0].strip():
                tail = tail[:-1]
            apart = [] if tail and _follows_note(tail) else [("", self._end)]
            tail = [*tail, *apart, *self._new(notes)]
            if not self.source.ends or not self.source.lines[-1]:
                tail.append(("", ""))
        lines = [*pieces, *tail]
        ended = [(line, end or self._end) for line, end in lines[:-1]] + lines[-1:]
        text = "".join(line + end for line, end in ended)
        return text if self.source.text.endswith(("\n", "\r")) else text.rstrip("\r\n")


def _follows_note(tail: Sequence[tuple[str, str]]) -> bool:
    last = next((line for line, _ in reversed(tail) if line.strip()), "")
    return bool(_NOTE.match(last))


def _is_item(source: SourceText, index: int) -> bool:
    return bool(re.search(rf"([-*+{BULLETS}]|\d[.)])[ \t\u00a0]*$", source.prefix(source.flow[index].start)))


def _next_number(prefix: str) -> str:
    found = _COUNTED.match(prefix)
    return f"{found[1]}{int(found[2]) + 1}{found[3]}" if found else prefix
