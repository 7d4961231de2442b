"""What came of a merge as plain values for programs, every key in a fixed order; docs/merge.schema.json says the form.

What there is none of is null, a list is empty. The keys are English, places and reasons are German.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.merge.outcome.outcome import Change, Conflict, Entry, Fate, FileOutcome, MergeOutcome, Remark, Signature
from pipeline.merge.outcome.tokens import Run, marked_words
from pipeline.merge.places import Target
from pipeline.merge.why import Why

Record = Mapping[str, object]


def record(outcome: MergeOutcome) -> Record:
    """`edits`: how many there are of each kind; `files`: every file with all of its edits."""
    counts = Counter(entry.fate for file in outcome.files for entry in file.entries)
    return {"edits": {fate.value: counts[fate] for fate in Fate}, "files": [_file(file) for file in outcome.files]}


def _file(file: FileOutcome) -> Record:
    return {
        "file": file.name,
        "sha256": file.digest,
        "edition": file.edition,
        "checked": file.checked,
        "touches": [{"actor": item.actor, "name": item.name, "measures": [*item.measures]} for item in file.touches],
        "hints": [*file.hints],
        "edits": [_edit(entry) for entry in file.entries],
    }


def _edit(entry: Entry) -> Record:
    match entry:
        case Change():
            words, signed = _words(entry.before, entry.after), entry.signatures
        case Conflict():
            words, signed = _words(entry.before, entry.theirs), entry.signatures
        case Remark():
            words, signed = _words(entry.words, entry.words), (entry.signature,)
    return {
        "id": entry.id,
        "kind": entry.fate.value,
        "target": _target(entry.target),
        "place": entry.place or "Im Dokument",
        "source": None if isinstance(entry, Remark) else entry.source or None,
        **words,
        "conflict": _conflict(entry) if isinstance(entry, Conflict) else None,
        "comment": _comment(entry) if isinstance(entry, Remark) else None,
        "signatures": [_signature(signature) for signature in signed],
        "reason": _reason(entry.why) if isinstance(entry, Change | Conflict) and entry.why else None,
        "repairs": _repairs(entry.why) if isinstance(entry, Change) and entry.why else [],
    }


def _target(target: Target) -> Record:
    return {
        "entity": target.entity or None,
        "field": target.field or None,
        "row": target.row or None,
        "file": target.file or None,
        "heading": target.heading or None,
        "block": target.block or None,
    }


def _words(before: str, after: str) -> Record:
    old, new = marked_words(before, after)
    return {"old": _runs(old), "new": _runs(new)}


def _runs(runs: Iterable[Run]) -> list[Record]:
    return [{"mark": run.mark.value, "text": run.text} for run in runs]


def _conflict(conflict: Conflict) -> Record:
    """What the sources say by now, against what was before, and which file brought it there."""
    return {"current": _runs(marked_words(conflict.before, conflict.ours)[1]), "from": conflict.whose or None}


def _comment(remark: Remark) -> Record:
    return {"text": remark.text, "answer": remark.answer, "done": remark.done}


def _signature(signature: Signature) -> Record:
    return {"author": signature.author or None, "date": signature.date or None}


def _reason(why: Why) -> Record:
    return {"code": why.code.value, "sentence": why.sentence}


def _repairs(why: Why) -> list[Record]:
    return [{"kind": repair.kind.value, "arguments": _arguments(repair.arguments)} for repair in why.repairs]


def _arguments(arguments: Mapping[str, str | int | tuple[str, ...] | None]) -> Record:
    return {key: [*value] if isinstance(value, tuple) else value for key, value in arguments.items()}
