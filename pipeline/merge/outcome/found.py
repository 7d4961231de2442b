"""Every edit that a comparison holds, before anything is said of it: where it is, what was there, what is there now."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.merge.differences.compare import Comparison
from pipeline.merge.differences.generated import heading_before
from pipeline.merge.markdown.units import Unit
from pipeline.merge.sources import Sources
from pipeline.merge.threeway import MOVED, SourceConflict
from pipeline.text.likeness import SAME_EDIT
from pipeline.text.nodes import Place

_WORDS: Final = re.compile(r"\w+")
_UNSEEN: Final = re.compile(
    r"\[\^[^\]\s]*\]|(?<=\])\([^)\s]*\)"
)  # what Markdown writes of notes and links beside what is read


@dataclass(frozen=True)
class Found:
    """An edit: its place, what people read there before and after ('' for nothing); of a text also its Markdown and
    the heading above.
    """

    place: Place
    before: str
    after: str
    markdown: str = ""
    heading: str = ""
    unit: int = -1  # the edited file's unit, -1 where something is gone
    note: str = ""  # the label of the note that was edited
    said: str = ""  # of a value where it stands so, if not in its row


def found_edits(comparison: Comparison) -> Iterator[Found]:
    """All edits of texts, then all of values, each in reading order."""
    yield from _in_texts(comparison)
    for value in comparison.values:
        if value.after is not None:
            yield Found(value.place, "\n".join(value.before), "\n".join(value.after), said=value.said)


def _in_texts(comparison: Comparison) -> Iterator[Found]:
    """Every block that was edited, by the place that it or the one before it has."""
    is_text = comparison.base.sources.is_text
    edited_of = {index: other for other, index in comparison.pairs.base_of.items()}
    elsewhere = {index for _, index in comparison.texts.added if index in comparison.pairs.base_of}
    for index, unit in enumerate(comparison.before.units):
        if unit.place is None or unit.place.source not in comparison.texts.texts or not is_text(unit.place.source):
            continue
        above = heading_before(comparison.before.units, index)
        there = edited_of.get(index, -1)
        other = comparison.after.units[there] if there >= 0 and there not in elsewhere else None
        if other is not None and other.key == unit.key and there in comparison.away:
            yield Found(unit.place, "", f"{MOVED}{unit.plain or unit.key_text}", other.text, above, there)
        elif other is None or other.key != unit.key:
            same = other is not None and other.plain == unit.plain  # then letters, links or notes differ
            texts = [each.key_text if same else each.plain or each.key_text for each in (unit, other) if each]
            if other is not None and (len({*texts}) == 1 or _has_other_form(unit, other)):
                texts = [f"{text} ({each.form})" for text, each in zip(texts, (unit, other), strict=True)]
            after, markdown, at = (texts[1], other.text, there) if other else ("", "", -1)
            yield Found(unit.place, texts[0], after, markdown, above, at)
    for name, index in comparison.texts.added:
        if name in comparison.kept:
            continue
        unit = comparison.after.units[index]
        moved = MOVED if index in elsewhere else ""
        above = heading_before(comparison.after.units, index)
        yield Found(Place(name), "", moved + (unit.plain or unit.key_text), unit.text, above, index)
    for label, note in comparison.before.notes.items():
        now = comparison.after.notes.get(label)
        if now is not None and now != note and note[0].place is not None:
            was, then = (" ".join(unit.plain for unit in units) for units in (note, now))
            yield Found(note[0].place, was, then, " ".join(unit.text for unit in now), note=label)


def _has_other_form(before: Unit, after: Unit) -> bool:
    """Whether an edit is one of form, too; what became of a table is seen without a word."""
    return before.form != after.form and "table" not in (before.kind, after.kind)


def is_about(conflict: SourceConflict, edit: Found, sources: Sources) -> bool:
    """Whether an edit is what a conflict is about: in a text, others may have nothing to do with it."""
    if conflict.name != edit.place.source:
        return False
    if not sources.is_text(conflict.name):
        return True
    sides = ((edit.before, conflict.base), (edit.after, conflict.theirs))
    return all(_holds(whole, part) for part, whole in sides) or any(SAME_EDIT.met(*side) for side in sides)


def _holds(whole: str, part: str) -> bool:
    """Whether a text has another's words one after the other, whatever stands between them that is no word."""
    inner, outer = (" ".join(_WORDS.findall(_UNSEEN.sub("", text))) for text in (part, whole))
    return not inner or f" {inner} " in f" {outer} "


def identity(*words: str | int) -> str:
    """The name of an edit: the same words give the same one in every run. The first are the file's SHA-256.

    What became of the edit is none of the words, so that the name stays when the sources have gone on.
    """
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]
