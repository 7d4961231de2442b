"""What editors left, what came of it and what was told of it in, what is wrong with that out.

Everything is judged by lines that were read without the way back: what an editor wrote has to stand in the Word file
that the changed sources give, or in the report; what he took away must not; what nobody touched must, as often as
before, in the same order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from benchmarks.fuzz_lines import NUMBERED, Line, Lines, alike
from pipeline.diagnostics import Severity
from pipeline.merge.outcome.outcome import Change, Conflict, Fate, FileOutcome, MergeOutcome

SHORT = 12  # characters; a shorter text has to be told by itself: that it is part of another says nothing
NOTHING = "keine"  # typed in place of a dash; the plan shows the dash
SIGN = 2  # characters; as much is a sign in a table, which other values may bring
_MARKUP = re.compile(r"⟨[^⟩]*⟩|[\s*_~^`\\#\[\]()|>,:]|^\d+[.)]")
_TAKEN = (Fate.TAKEN, Fate.JOINT)
_LEFT_OUT = (Fate.JOINT, Fate.REFUSED, Fate.GENERATED, Fate.LOST, Fate.HELD_BACK)
_FORM = re.compile(
    r" \((?:Überschrift \d|(?:(?:gezählter )?Listenpunkt|Absatz eines Listenpunkts), Ebene \d"
    r"|Absatz|Quelltext|Zitat|Begriff|Erklärung|Beschriftung|Bildunterschrift)\)$"
)
_UNDERSTOOD = "erstanden als"
_CALL = re.compile(r"\[\^[^\]]*\]")  # of a note
_TARGET = re.compile(r"(?<=\])\(#[^)]*\)")
_AWAY = re.compile(r"\]\((?!#)[^)]*\)")
_INSIDE = re.compile(r"\[[^\]]*\]\(#[^)]*\)")


def _squeezed(text: str) -> str:
    return _MARKUP.sub("", alike(NUMBERED.sub("", _TARGET.sub("", _CALL.sub("", text)))))


class Told:
    """What a report says of everything that did not go into the sources."""

    def __init__(self, files: Sequence[FileOutcome]) -> None:
        texts = list(chain.from_iterable(_texts(file) for file in files))
        lost = [change for file in files for change in file.changes(Fate.LOST) if change.place.startswith("Fußnote")]
        notes = [side for change in lost for side in (change.before, change.after)]
        notes += [change.before for file in files for change in file.changes(Fate.HELD_BACK) if not change.after]
        texts += [word for note in notes for word in note.split()]  # a note is told as one, whatever it consists of
        texts += [_AWAY.sub("]", _INSIDE.sub("", text)) for text in texts if _INSIDE.search(text)]  # as lines have them
        # Of a new measure each field is told behind its label: `Abhängig von: 7.7.7`.
        pieces = [piece for text in texts for piece in re.split(r"[\n\t]| \| | / |, | \(|(?<=\w): ", text)]
        pieces += [line for text in texts for line in text.split("\n")]
        self._pieces = {_squeezed(piece) for piece in [*texts, *pieces]}
        self._all = "\n".join(_squeezed(text) for text in texts)
        taken = (change for file in files for change in file.changes(*_TAKEN))
        # An edit of form names the form that is there now.
        forms = [change for file in files for change in file.changes(*_TAKEN) if _FORM.search(change.before)]
        self._forms = {_squeezed(_FORM.sub("", change.after)) for change in forms if _FORM.search(change.after)}
        self._titles = {_squeezed(change.before) for change in taken if change.place.endswith(("itel", "Überschrift"))}
        refused = [change for file in files for change in file.changes(Fate.REFUSED)]
        places = (change.place for change in refused if "Abschnitt fehlt" in change.reason)
        self.sheets = {place.removeprefix("Maßnahme ").partition(",")[0] for place in places}

    def __contains__(self, line: Line) -> bool:
        entries = line.words.split("; ")  # of a cell of the schedule, which is told as the field's lines
        if len(entries) > 1 and all(_squeezed(entry) in self._pieces for entry in entries):
            return True
        both = (_squeezed(line.words), _squeezed(line.key))
        return any(text in self._pieces or (len(text) >= SHORT and text in self._all) for text in both)

    def follows(self, line: Line) -> bool:
        """Whether a value repeats a title that somebody changed: it follows that one, also in a copied sheet."""
        return line.table and len(line.words) >= SHORT and any(_squeezed(line.words) in title for title in self._titles)

    def form(self, line: Line) -> bool:
        """Whether it is told in which form a line is there now."""
        return _squeezed(line.words) in self._forms

    def word(self, word: str) -> bool:
        """Whether it stands anywhere in the report."""
        return word in self._all


def _texts(file: FileOutcome) -> Iterator[str]:
    for change in file.changes(*_LEFT_OUT):
        yield from (change.place, change.before, change.after, change.reason)
    for change in file.changes(*_TAKEN):
        yield from (change.after, change.reason) if _UNDERSTOOD in change.reason else ()  # it reads otherwise now
    for conflict in file.conflicts:
        yield from (conflict.before, conflict.ours, conflict.theirs)
    for remark in file.remarks:
        yield from (remark.place, remark.text)
    yield from file.hints


def report_faults(outcome: MergeOutcome) -> Iterator[str]:
    """Entries that nobody could do anything with: without a place, a text, a reason."""
    for file in outcome.files:
        entries: Iterable[Change | Conflict] = (*file.changes(*_LEFT_OUT), *file.conflicts)
        for entry in entries:
            if not entry.place:
                yield f"ohne Ort gemeldet: {entry}"
            if isinstance(entry, Change) and not entry.reason:
                yield f"ohne Grund gemeldet: {entry}"
    told = {change.source for file in outcome.files for change in file.changes(*_TAKEN, Fate.LOST)}
    yield from (
        f"geändert, ohne dass etwas als übernommen gemeldet ist: {path}"
        for path in outcome.sources
        if outcome.ok and str(path) not in told  # else nothing of it is written, and all is told as held back
    )


def unchecked(outcome: MergeOutcome) -> Iterator[str]:
    """Of a plan with new errors nothing is written; then every error is told, and that nobody could check the rest."""
    hints = [hint for file in outcome.files for hint in file.hints]
    if not any(item.severity is Severity.ERROR for item in outcome.diagnostics):
        yield "nichts geschrieben, ohne dass ein Fehler genannt ist"
    if not any("nicht prüfen" in hint for hint in hints) and len(outcome.files) == 1:
        yield "nichts geprüft, ohne dass es gesagt ist"


def word_faults(words: Iterable[str], sources: str, told: Told) -> Iterator[str]:
    """Words that are neither in the sources nor told."""
    for word in words:
        if word not in sources and not told.word(word):
            yield f"{word} fehlt"


def line_faults(before: Lines, left: Lines, now: Lines, told: Told) -> Iterator[str]:
    """What one editor did, line by line."""
    sides = [[line for line in lines.all if line.sheet not in told.sheets] for lines in (before, left, now)]
    base, edited, built = (Counter(line.key for line in side) for side in sides)
    known = {line.key: line for side in sides[:2] for line in side}
    for key in edited:
        if known[key].table and key == NOTHING:
            continue
        wanted = 1 if known[key].table else edited[key]  # in tables the same value stands more or less often
        if edited[key] > base[key] and built[key] < wanted and known[key] not in told and not _shortened(key, built):
            if told.follows(known[key]):
                continue
            yield f"fehlt: {known[key].words}"
    for key in base:
        back = edited[key] < base[key] and built[key] > edited[key] and len(key) > SIGN and _into_its_text(key, sides)
        if back and known[key] not in told and not any(_shortened(new, {key}) for new in edited if new not in base):
            yield f"kam zurück: {known[key].words}"
    was, found = _in_texts(sides[0]), _in_texts(sides[2])
    moved = Counter(line.key for line in sides[2] if not line.table)  # into a text of the data
    beside = Counter(line.key for line in sides[1] if not line.table)
    for key in was:
        same = beside[key] == edited[key] == base[key]
        if same and was[key] not in (found[key], moved[key]) and known[key] not in told:
            yield f"{was[key]}-mal da, von niemandem berührt, jetzt {found[key]}-mal: {known[key].words}"
    yield from _form_faults(before, left, now, told)
    yield from _order_faults(left, now, told)


def _into_its_text(key: str, sides: Sequence[Sequence[Line]]) -> bool:
    """Whether a line stands more often than the editor left it in a text that he took it from.

    Who deletes the term "Leerstand" from a text and shortens a title to "Leerstand" gets that line nevertheless.
    """
    texts = {line.text for line in sides[0] if line.key == key}
    counts = ([sum(line.key == key and line.text == text for line in side) for text in texts] for side in sides)
    return any(was > left < now for was, left, now in zip(*counts, strict=True))


def _in_texts(lines: Iterable[Line]) -> Counter[str]:
    """The lines of texts in Markdown: what is made from the data may say the same more often than before."""
    return Counter(line.key for line in lines if line.text and not line.table)


def _shortened(key: str, lines: Iterable[str]) -> bool:
    """Whether a line is the end of another: of a value the label before it may be left out."""
    return len(key) >= SHORT and any(line.endswith(f" {key}") for line in lines)


def _form_faults(before: Lines, left: Lines, now: Lines, told: Told) -> Iterator[str]:
    base, edited, built = ({(line.key, line.form): line for line in lines.all} for lines in (before, left, now))
    explained = {line.key for line in now.all if line.text.endswith("/bedeutung")}  # always looks like an explanation
    keys = {line.key for line in now.all}
    for pair, line in edited.items():
        free = not line.table and not (line.form == "" and line.key in explained)
        if (
            free
            and pair not in base
            and pair not in built
            and pair[0] in keys
            and not (line in told or told.form(line))
        ):
            forms = sorted({other.form for other in now.all if other.key == line.key})
            yield f"Form „{line.form}“ fehlt, da ist {forms}: {line.words}"


def _order_faults(left: Lines, now: Lines, told: Told) -> Iterator[str]:
    """What stands in a text stands there in the editor's order; texts stand in that of the data."""
    texts: dict[str, list[Line]] = {}
    for line in now.all:
        if line.text and not line.table:
            texts.setdefault(line.text, []).append(line)
    typed = [line for line in left.all if not line.table]
    for lines in texts.values():
        once = _once(lines) & _once(typed)
        wanted = [line for line in typed if line.key in once]
        found = [line for line in lines if line.key in once]
        differ = next((pair for pair in zip(wanted, found, strict=True) if pair[0].key != pair[1].key), None)
        if differ and not any(line in told for line in differ) and not told.word("Reihenfolge"):
            yield f"steht anderswo: {differ[0].words} / {differ[1].words}"


def _once(lines: Sequence[Line]) -> set[str]:
    return {key for key, count in Counter(line.key for line in lines).items() if count == 1}


def joint_faults(before: Lines, left: Sequence[Lines], now: Lines, told: Told) -> Iterator[str]:
    """What two editors did in turns: what neither touched is there; what one took away and the other kept is not."""
    kept = [[line for line in lines.all if line.sheet not in told.sheets] for lines in (before, now, *left)]
    base, built, *sides = (Counter(line.key for line in lines) for lines in kept)
    was, found = _in_texts(kept[0]), _in_texts(kept[1])
    known = {line.key: line for line in kept[0]}
    moved = Counter(line.key for line in kept[1] if not line.table)  # into a text of the data, in a quote say
    for key, line in known.items():
        counts = [side[key] for side in sides]
        if counts == [base[key]] * 2 and was[key] not in (found[key], moved[key]) and line not in told:
            yield f"{was[key]}-mal da, von niemandem berührt, jetzt {found[key]}-mal: {line.words}"
        back = max(counts) == base[key] > min(counts) and built[key] > min(counts)
        if back and line.text and line not in told:
            yield f"kam zurück: {line.words}"
