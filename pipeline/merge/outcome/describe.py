"""What became of every edit of a file in, the same as a report tells it out: places in words, who and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.fields.names import PlanNames
from pipeline.merge.apply import Theirs
from pipeline.merge.base import BaseFile
from pipeline.merge.differences.compare import Comparison
from pipeline.merge.differences.generated import GeneratedEdit, all_texts
from pipeline.merge.differences.rows import shown
from pipeline.merge.differences.text_edits import Side
from pipeline.merge.docx.comments import Comment
from pipeline.merge.docx.unsupported import Unsupported
from pipeline.merge.outcome.authors import Signed
from pipeline.merge.outcome.blame import History, whose
from pipeline.merge.outcome.found import Found, found_edits, identity, is_about
from pipeline.merge.outcome.joining import ALREADY_THERE, Met
from pipeline.merge.outcome.outcome import Change, Conflict, Entry, Fate, Remark, Signature
from pipeline.merge.outcome.repairs import entity_named, open_entity, with_repairs
from pipeline.merge.outcome.understood import Understood
from pipeline.merge.places import NEW, NOWHERE, Target, place_words, target_at
from pipeline.merge.sources import Sources
from pipeline.merge.threeway import MOVED, Joined, SourceConflict
from pipeline.merge.verify import Missing
from pipeline.merge.why import Reason, Why
from pipeline.ooxml.bookmarks import hidden, mark_name
from pipeline.text.markdown import parse
from pipeline.text.nodes import Place
from pipeline.text.plain_lines import block_lines


@dataclass(frozen=True)
class Carried:
    """What was made of a file's edits: the comparison, the sources of its base with them, what these give when they are
    built (None where they give no plan) and what is missing there, the sources of today with the edits taken in, and
    the edits that break a rule and stay out.
    """

    comparison: Comparison
    theirs: Theirs
    built: Side | None
    missing: Sequence[Missing]
    joined: Joined
    held: Sequence[Held] = ()


@dataclass(frozen=True)
class Held:
    """Edits that stay out together, and why."""

    edits: tuple[Found, ...]
    why: Why


@dataclass(frozen=True)
class Teller:
    """Tells of one file: its SHA-256, its base, who changed what, what the plan calls its actors."""

    digest: str
    base: BaseFile
    signed: Signed
    names: PlanNames

    def entries(
        self, carried: Carried, history: History, unsupported: Sequence[Unsupported], comments: Sequence[Comment]
    ) -> tuple[Entry, ...]:
        """What became of every edit, in the order in which a report tells it."""
        lost, gone = self._lost(carried)
        taken, about = self._taken(carried, history, gone)
        found: list[Entry] = [
            *taken,
            *(
                self._conflict(conflict, about.get(number, ()), carried, history)
                for number, conflict in enumerate(carried.joined.conflicts)
            ),
            *(self._change(Fate.HELD_BACK, edit, held.why) for held in carried.held for edit in held.edits),
            *self._refused(carried),
            *(self._unsupported(item) for item in unsupported),
            *self._generated(carried),
            *lost,
            *(self._remark(comment) for comment in comments),
        ]
        return tuple(_told_apart(found))

    # --- what went in, or met something ---------------------------------------------------------------------------

    def _taken(
        self, carried: Carried, history: History, lost: Iterable[Found]
    ) -> tuple[list[Change], Mapping[int, list[Found]]]:
        """What went into the sources, and the edits that each conflict is about, by the conflict's number."""
        theirs, joined = carried.theirs, carried.joined
        met = Met(self.base.sources, history[-1][1], joined.sources)
        understood = Understood.of(carried.built, self.base.sources)
        partly = {item.place: item.after for item in theirs.refusals if item.part_of}
        refused = _refused_values(theirs)
        gone = tuple(item.place.source for item in theirs.refusals if item.place.source.endswith("/"))  # whole sheets
        told: list[Change] = []
        about: dict[int, list[Found]] = {}
        missing = list(lost)
        for edit in found_edits(carried.comparison):
            if edit.place.source in refused or edit.place.source.startswith(gone):
                continue
            conflicts = [
                number
                for number, conflict in enumerate(joined.conflicts)
                if is_about(conflict, edit, self.base.sources)
            ]
            for number in conflicts:
                about.setdefault(number, []).append(edit)
            if edit in missing:
                missing.remove(edit)
            elif not conflicts:
                why = met.how(edit)
                fate = Fate.JOINT if why else Fate.TAKEN
                left = partly.get(edit.place)
                carried_here = Why(Reason.CARRIED, edit.said) if edit.said else None
                change = self._change(fate, edit, understood.how(edit, why or carried_here, left))
                arrived = "" if left is None else understood.words(edit)
                told.append(replace(change, after=arrived or change.after))  # the rest is told by itself
        return [*told, *self._new_measures(carried, history)], about

    def _new_measures(self, carried: Carried, history: History) -> Iterable[Change]:
        joined = carried.joined
        for name, new in carried.theirs.new.items():
            file, number = str(carried.theirs.sources.entities[name].file), joined.numbers.get(name, name)
            if any(conflict.name.startswith(f"{number}/") for conflict in joined.conflicts):
                continue
            words, place = new.words(f"{number[1:]} {new.title}"), f"{NEW} {number[1:]}"
            why = ALREADY_THERE if number in history[-1][1].entities else None
            name_of = identity(self.digest, NEW, new.words(new.heading))
            fate = Fate.JOINT if why else Fate.TAKEN
            yield Change(fate, place, file, "", words, self.signed.of(new.heading), why, name_of, Target(number))

    def _conflict(
        self, conflict: SourceConflict, edits: Sequence[Found], carried: Carried, history: History
    ) -> Conflict:
        """What is new stands in our sources alone. A conflict that one edit is about has the name of that edit."""
        sources = self.base.sources
        known = conflict.name.rpartition("/")[0] in sources.entities or conflict.name in sources.texts
        place = Place(conflict.name)
        if len(edits) == 1:
            name, target = self._identity(edits[0]), self._target(edits[0])
        else:
            name = identity(self.digest, conflict.name, conflict.base, conflict.theirs)
            target = target_at(place, sources if known else carried.joined.sources, "", "")
        texts = (conflict.base, conflict.ours, conflict.theirs)
        return Conflict(
            *place_words(place, sources if known else carried.joined.sources),
            *(self._as_read(texts) if sources.is_text(conflict.name) else texts),
            self._signed_in(conflict.name),
            whose(conflict, history),
            name,
            target,
        )

    # --- what did not go in ---------------------------------------------------------------------------------------

    def _refused(self, carried: Carried) -> Iterable[Change]:
        """What cannot be carried out; a repeated title that follows the one that was changed can."""
        built = carried.built.units if carried.built else ()
        now = {item.place: "\n".join(item.lines) for unit in built for item in shown(unit, self.base.sources)}
        for item in carried.theirs.refusals:
            if not item.after or now.get(item.place) != item.after:
                why = with_repairs(item, self.base.sources, self.names)
                edit = Found(item.place, item.before, item.after)
                change = self._change(Fate.REFUSED, edit, why)
                # A sentence about a text as a whole: the same place may have several.
                yield (
                    change
                    if item.before or item.after
                    else replace(change, id=identity(self.digest, item.place.source, why.code.value, why.sentence))
                )

    def _unsupported(self, item: Unsupported) -> Change:
        """What no text of the plan can hold."""
        place = self.base.marks.get(item.mark)
        where = place_words(place, self.base.sources) if place else ("Im Dokument", "")
        target = target_at(place, self.base.sources, item.beside, "") if place else NOWHERE
        name = identity(self.digest, "unsupported", place.source if place else "", item.words)
        return Change(Fate.REFUSED, *where, "", item.words, self.signed.at(item.mark), item.why, name, target)

    def _generated(self, carried: Carried) -> Iterable[Change]:
        """What was edited where nothing is taken from, and does not follow from what was taken."""
        comparison, built = carried.comparison, carried.built
        there, wanted = (all_texts(side.units) if side else Counter() for side in (built, comparison.after))

        def follows(item: GeneratedEdit) -> bool:
            if built is None or item.why.code is not Reason.GENERATED:
                return False
            was, new = item.whole
            if new:
                return 0 < wanted[new] <= there[new]
            return _rows_with(was, there) <= _rows_with(was, wanted)

        for item in comparison.generated:
            if not follows(item):
                entity = entity_named(self.base.sources, item.row, *item.whole, item.heading)
                why = self._where_to(item.why, entity) if entity else item.why
                place = ", ".join(
                    filter(None, (f"„{item.heading}“" if item.heading else "Titelblatt", item.row, item.column))
                )
                parts = (item.heading, *((item.row, item.column) if item.row else ()), item.before, item.after)
                name = identity(self.digest, "generated", *parts, why.code.value)
                target = Target(entity, heading=item.heading)
                fate = Fate.REFUSED if why.code in (Reason.NEW_PART, Reason.AMBIGUOUS) else Fate.GENERATED
                yield Change(fate, place, "", item.before, item.after, (), why, name, target)

    def _where_to(self, why: Why, entity: str) -> Why:
        """Where the same can be said instead."""
        found = self.base.sources.entities[entity]
        if why.code is Reason.GENERATED and found.kind is not None:
            said = place_words(Place(f"{entity}/"), self.base.sources)[0]
            why = replace(why, sentence=f"Dieser Teil entsteht aus den Daten; ändern lässt es sich dort: {said}.")
        return replace(why, repairs=(open_entity(entity),))

    def _lost(self, carried: Carried) -> tuple[list[Change], list[Found]]:
        """What should have arrived and did not, but for what is told as refused anyway; and the edits that it is."""
        refused = _refused_values(carried.theirs)
        edits = list(found_edits(carried.comparison)) if carried.missing else []
        told: list[Change] = []
        gone: list[Found] = []
        for item in carried.missing:
            if item.place.source in refused:
                continue
            change = self._change(Fate.LOST, Found(item.place, item.built, item.edited), item.why)
            about = [edit for edit in edits if _is_missing(edit, item, self.base.sources)]
            for edit in about:
                edits.remove(edit)
                gone.append(edit)
            if about and item.whole:  # every edit of the text
                told += [self._change(Fate.LOST, edit, item.why) for edit in about]
                continue
            if not (about or item.edited or item.built):
                continue  # all of it was told already
            if about and not (item.note and _beyond_calls(about[0])):  # that one is told by itself
                change = replace(change, id=self._identity(about[0]), target=self._target(about[0]))
                if item.undone:  # what stays is what was there, not what the sources gave with the edit
                    change = replace(change, before=about[0].before)
            told.append(replace(change, place=f"{change.place} unter „{item.heading}“") if item.heading else change)
            if item.note:  # the paragraph that calls it stays as it was, too, with all that was edited in it
                told += [self._change(Fate.LOST, edit, item.why) for edit in about if _beyond_calls(edit)]
        return told, gone

    # --- comments -------------------------------------------------------------------------------------------------

    def _remark(self, comment: Comment) -> Remark:
        place = self.base.marks.get(comment.mark)
        anchor, label = self.base.targets.get(comment.anchor, ("", ""))
        if label:  # in what is made from the data
            where = ", ".join(filter(None, (f"„{label}“", comment.row, comment.column)))
            named = anchor if anchor in self.base.sources.entities else ""
            target = Target(entity_named(self.base.sources, comment.row) or named, heading=label)
        else:
            where = place_words(place, self.base.sources)[0] if place else ""
            target = target_at(place, self.base.sources, comment.words or "-", "") if place else NOWHERE
        signature = Signature(comment.author, comment.date)
        name = identity(self.digest, "comment", comment.number, comment.author, comment.date, comment.text)
        answer = bool(comment.answers)
        return Remark(where, comment.words, comment.text, signature, answer, comment.done, name, target)

    def _as_read(self, texts: tuple[str, str, str]) -> tuple[str, str, str]:
        """Markdown as people read it, references too, unless it differs in nothing that they read: in letters, links or
        notes.
        """
        labels = dict(self.base.targets.values())

        def named(found: re.Match[str]) -> str:
            return labels.get(found[1], found[0])

        base, ours, theirs = (
            "\n".join(block_lines(parse(_REFERENCE.sub(named, text)).blocks)).strip() for text in texts
        )
        return texts if len({*texts}) > len({base, ours, theirs}) else (base, ours, theirs)

    # --- of every edit --------------------------------------------------------------------------------------------

    def _change(self, fate: Fate, edit: Found, why: Why | None) -> Change:
        words = place_words(edit.place, self.base.sources)
        signed = self._signed(edit)
        return Change(fate, *words, edit.before, edit.after, signed, why, self._identity(edit), self._target(edit))

    def _identity(self, edit: Found) -> str:
        return identity(self.digest, edit.place.source, edit.place.start, edit.before, edit.after)

    def _target(self, edit: Found) -> Target:
        return target_at(edit.place, self.base.sources, edit.before, edit.after, edit.heading)

    def _signed(self, edit: Found) -> tuple[Signature, ...]:
        """What is new has no mark."""
        found = self.signed.at(hidden(mark_name(edit.place)))
        return found if found or edit.before else self.signed.of(edit.after.removeprefix(MOVED))

    def _signed_in(self, source: str) -> tuple[Signature, ...]:
        """Everybody who changed anything in a text or a field."""
        marks = (mark for mark, place in self.base.marks.items() if place.source == source)
        found = (signature for mark in marks for signature in self.signed.at(mark))
        return tuple({signature.author: signature for signature in found}.values())


def _refused_values(theirs: Theirs) -> set[str]:
    """What is refused as a whole; of a text, a sentence may be about one picture, and all else is taken."""
    return {item.place.source for item in theirs.refusals if (item.before or item.after) and not item.part_of}


def _is_missing(edit: Found, item: Missing, sources: Sources) -> bool:
    """Whether what is missing is an edit: the value at that place, the words in that text."""
    if item.whole and sources.is_text(item.place.source):
        return edit.place.source == item.place.source
    if item.note and edit.note == item.note:
        return True
    if item.units or sources.is_text(item.place.source):
        return edit.unit in item.units
    return edit.place == item.place


def _beyond_calls(edit: Found) -> bool:
    """Whether an edit of a paragraph changes more than which notes are called in it."""
    return not edit.note and _CALL.sub("", edit.before) != _CALL.sub("", edit.after)


def _rows_with(said: str, texts: Counter[str]) -> int:
    """How often a text stands there; a row of a label and words also counts where others came to its words.

    Of `Ihre Teile | 3.1.1 Läden` is still there what reads `Ihre Teile | 3.1.1 Läden / 3.1.4 Höfe` now.
    """
    label, bar, words = said.partition(" | ")
    if not bar or not words:
        return texts[said]
    return sum(count for text, count in texts.items() if text.startswith(f"{label} | ") and words in text)


_REFERENCE: Final = re.compile(r"\[\]\(#([^()\s]+)\)")
_CALL: Final = re.compile(r"\[\^[^\]]*\]")


def _told_apart(entries: Iterable[Entry]) -> Iterable[Entry]:
    """With a name of its own for each: the same words may be added twice to one text."""
    known: Counter[str] = Counter()
    for entry in entries:
        known[entry.id] += 1
        times = known[entry.id]
        yield entry if times == 1 else replace(entry, id=identity(entry.id, times))
