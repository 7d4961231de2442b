"""What became of the edits of a file in, the same as a report tells it out: places in words, who and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.merge.apply import Theirs
from pipeline.merge.base import BaseFile
from pipeline.merge.differences.compare import Comparison
from pipeline.merge.differences.generated import GeneratedEdit, all_texts
from pipeline.merge.differences.rows import shown
from pipeline.merge.differences.text_edits import Side
from pipeline.merge.docx.comments import Comment
from pipeline.merge.docx.unsupported import Foreign
from pipeline.merge.outcome.authors import Signed
from pipeline.merge.outcome.blame import History, whose
from pipeline.merge.outcome.outcome import Change, Conflict, Remark, Signature
from pipeline.merge.places import NEW, place_words
from pipeline.merge.sources import is_text
from pipeline.merge.threeway import Joined, SourceConflict
from pipeline.merge.verify import Missing
from pipeline.ooxml.bookmarks import hidden, mark_name
from pipeline.text.likeness import SAME_EDIT
from pipeline.text.nodes import Place

_GENERATED = "Dieser Teil entsteht aus den Daten; bitte dort ändern, wo die Angabe zuerst steht."
_MOVED = "(verschoben) "
_WORDS = re.compile(r"\w+")
_UNSEEN = re.compile(
    r"\[\^[^\]\s]*\]|(?<=\])\([^)\s]*\)"
)  # what Markdown writes of notes and links beside what is read
_LOST = "Diese Änderung ist nicht angekommen; bitte von Hand nachtragen."


@dataclass(frozen=True)
class Teller:
    """Tells of one file: its base, who changed what."""

    base: BaseFile
    signed: Signed

    def taken(self, comparison: Comparison, theirs: Theirs, joined: Joined) -> tuple[Change, ...]:
        """What went into the sources."""
        left_out = _refused_values(theirs)
        gone = tuple(item.place.source for item in theirs.refusals if item.place.source.endswith("/"))  # whole sheets
        changes = [*_text_changes(comparison), *_value_changes(comparison)]
        told = [
            self._change(place, before, after)
            for place, before, after in changes
            if place.source not in left_out
            and not place.source.startswith(gone)
            and not any(
                conflict.name == place.source and _about(conflict, before, after) for conflict in joined.conflicts
            )
        ]
        for name, new in theirs.new.items():
            file, number = str(theirs.sources.entities[name].file), joined.numbers.get(name, name)
            if not any(conflict.name.startswith(f"{number}/") for conflict in joined.conflicts):
                who = self.signed.of(new.heading)
                told.append(Change(f"{NEW} {number[1:]}", file, "", new.words(f"{number[1:]} {new.title}"), who))
        return tuple(told)

    def conflicts(self, joined: Joined, history: History) -> tuple[Conflict, ...]:
        """What contradicts what the sources say by now."""
        return tuple(
            Conflict(
                *self._conflict_words(conflict, joined),
                conflict.base,
                conflict.ours,
                conflict.theirs,
                self._signed_in(conflict.name),
                whose(conflict, history),
            )
            for conflict in joined.conflicts
        )

    def _conflict_words(self, conflict: SourceConflict, joined: Joined) -> tuple[str, str]:
        """Where a conflict is; what is new stands in our sources alone."""
        known = (
            conflict.name.rpartition("/")[0] in self.base.sources.entities or conflict.name in self.base.sources.texts
        )
        return place_words(Place(conflict.name), self.base.sources if known else joined.sources)

    def refused(self, theirs: Theirs, built: Side | None) -> tuple[Change, ...]:
        """What cannot be carried out; a repeated title that follows the one that was changed can."""
        now = {item.place: "\n".join(item.lines) for unit in (built.units if built else ()) for item in shown(unit)}
        return tuple(
            self._change(item.place, item.before, item.after, item.reason)
            for item in theirs.refusals
            if not item.after or now.get(item.place) != item.after
        )

    def foreign(self, found: Sequence[Foreign]) -> tuple[Change, ...]:
        """What no text of the plan can hold."""
        return tuple(self._foreign(item) for item in found)

    def _foreign(self, item: Foreign) -> Change:
        place = self.base.marks.get(item.mark)
        where = place_words(place, self.base.sources) if place else ("Im Dokument", "")
        return Change(*where, "", item.words, self.signed.at(item.mark), item.reason)

    def generated(self, comparison: Comparison, built: Side | None) -> tuple[Change, ...]:
        """What was edited where nothing is taken from, and does not follow from what was taken."""
        there, wanted = (all_texts(side.units) if side else Counter() for side in (built, comparison.after))

        def follows(item: GeneratedEdit) -> bool:
            if built is None or item.reason:
                return False
            now, then = there[item.after or item.before], wanted[item.after or item.before]
            return 0 < then <= now if item.after else now <= then

        return tuple(
            Change(
                f"„{item.heading}“" if item.heading else "Titelblatt",
                "",
                item.before,
                item.after,
                (),
                item.reason or _GENERATED,
            )
            for item in comparison.generated
            if not follows(item)
        )

    def lost(self, found: Sequence[Missing], theirs: Theirs) -> tuple[Change, ...]:
        """What should have arrived and did not, but for what is told as refused anyway."""
        refused = _refused_values(theirs)
        return tuple(self._lost(item) for item in found if item.place.source not in refused)

    def _lost(self, item: Missing) -> Change:
        change = self._change(item.place, item.built, item.edited, item.reason or _LOST)
        return replace(change, place=f"{change.place} unter „{item.heading}“") if item.heading else change

    def remarks(self, comments: Sequence[Comment]) -> tuple[Remark, ...]:
        """The comments with their places in words."""
        return tuple(
            Remark(
                self._place_of(comment.mark),
                comment.words,
                comment.text,
                Signature(comment.author, comment.date),
                bool(comment.answers),
                comment.done,
            )
            for comment in comments
        )

    def _place_of(self, mark: str) -> str:
        place = self.base.marks.get(mark)
        return place_words(place, self.base.sources)[0] if place else ""

    def _change(self, place: Place, before: str, after: str, reason: str = "") -> Change:
        return Change(*place_words(place, self.base.sources), before, after, self._signed(place, before, after), reason)

    def _signed(self, place: Place, before: str, after: str) -> tuple[Signature, ...]:
        """What is new has no mark."""
        found = self.signed.at(hidden(mark_name(place)))
        return found if found or before else self.signed.of(after.removeprefix(_MOVED))

    def _signed_in(self, source: str) -> tuple[Signature, ...]:
        """Everybody who changed anything in a text or a field."""
        marks = (mark for mark, place in self.base.marks.items() if place.source == source)
        found = (signature for mark in marks for signature in self.signed.at(mark))
        return tuple({signature.author: signature for signature in found}.values())


def _refused_values(theirs: Theirs) -> set[str]:
    """What is refused as a whole; of a text, a sentence may be about one picture, and all else is taken."""
    return {item.place.source for item in theirs.refusals if item.before or item.after}


def _about(conflict: SourceConflict, before: str, after: str) -> bool:
    """Whether an edit is what a conflict is about: in a text, others may have nothing to do with it."""
    if not is_text(conflict.name):
        return True
    sides = ((before, conflict.base), (after, conflict.theirs))
    return all(_holds(whole, part) for part, whole in sides) or any(SAME_EDIT.met(*side) for side in sides)


def _holds(whole: str, part: str) -> bool:
    """Whether a text has another's words one after the other, whatever stands between them that is no word."""
    inner, outer = (" ".join(_WORDS.findall(_UNSEEN.sub("", text))) for text in (part, whole))
    return not inner or f" {inner} " in f" {outer} "


def _text_changes(comparison: Comparison) -> Iterator[tuple[Place, str, str]]:
    """Every block of a text that was edited, by the place that it or the one before it has: before and after."""
    edited_of = {index: other for other, index in comparison.pairs.base_of.items()}
    elsewhere = {index for _, index in comparison.texts.added if index in comparison.pairs.base_of}
    for index, unit in enumerate(comparison.before.units):
        if unit.place is None or unit.place.source not in comparison.texts.texts or not is_text(unit.place.source):
            continue
        there = edited_of.get(index)
        other = comparison.after.units[there] if there is not None and there not in elsewhere else None
        if other is not None and other.key == unit.key and there in comparison.away:
            yield unit.place, "", f"{_MOVED}{unit.plain or unit.key_text}"
        elif other is None or other.key != unit.key:
            same = other is not None and other.plain == unit.plain  # then letters, links or notes differ
            texts = [each.key_text if same else each.plain or each.key_text for each in (unit, other) if each]
            yield unit.place, texts[0], texts[1] if other else ""
    for name, index in comparison.texts.added:
        unit = comparison.after.units[index]
        yield Place(name), "", (_MOVED if index in elsewhere else "") + (unit.plain or unit.key_text)
    for label, note in comparison.before.notes.items():
        now = comparison.after.notes.get(label)
        if now is not None and now != note and note[0].place is not None:
            yield note[0].place, " ".join(unit.plain for unit in note), " ".join(unit.plain for unit in now)


def _value_changes(comparison: Comparison) -> Iterator[tuple[Place, str, str]]:
    for value in comparison.values:
        if value.after is not None:
            yield value.place, "\n".join(value.before), "\n".join(value.after)
