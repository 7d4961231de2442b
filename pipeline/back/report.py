"""What came of a merge in, a report in German out: Markdown to keep, or lines for a terminal; both say the same.

Every word of a file is somebody else's: in Markdown it is escaped, on a terminal the console makes it harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from pipeline.back.outcome import Change, Contradiction, FileOutcome, MergeOutcome, Remark, Signature

_CONTEXT: Final = 5  # words left standing beside a change
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|~&])")
_SECTIONS: Final = (
    ("Übernommen", "taken"),
    ("Konflikte", "contradictions"),
    ("Nicht übernommen", "refused"),
    ("In erzeugten Teilen geändert", "generated"),
    ("Nicht angekommen", "lost"),
    ("Kommentare", "comments"),
    ("Hinweise", "hints"),
)


def difference(before: str, after: str) -> str:
    """`Der Plan läuft [vier → fünf] Jahre`: what was added, what went, a few words around."""
    if not before or not after:
        return f"[+ {after}]" if after else f"[− {before}]"
    old, new = before.split(), after.split()
    pieces: list[str] = []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, start, end, other, other_end) in enumerate(codes):
        gone, come = " ".join(old[start:end]), " ".join(new[other:other_end])
        if kind == "equal":
            pieces.append(_shortened(old[start:end], first=number == 0, last=number == len(codes) - 1))
        elif gone and come:
            pieces.append(f"[{gone} → {come}]")
        else:
            pieces.append(f"[+ {come}]" if come else f"[− {gone}]")
    return " ".join(pieces)


def _shortened(words: Sequence[str], *, first: bool, last: bool) -> str:
    before, after = ([] if first else words[:_CONTEXT]), ([] if last else words[-_CONTEXT:])
    if len(words) <= len(before) + len(after):
        return " ".join(words)
    return " ".join([*before, "…", *after])


def tally(outcome: MergeOutcome) -> str:
    """`12 Änderungen übernommen, 1 Konflikt, 2 nicht übernommen, 3 Kommentare`; what there is none of is left out."""
    taken, conflicts, refused, generated, lost, comments = (
        sum(len(getattr(file, name)) for file in outcome.files)
        for name in ("taken", "contradictions", "refused", "generated", "lost", "comments")
    )
    parts = [f"{taken} {'Änderung' if taken == 1 else 'Änderungen'} übernommen"]
    parts += [f"{conflicts} {'Konflikt' if conflicts == 1 else 'Konflikte'}"] if conflicts else []
    parts += [f"{refused + generated} nicht übernommen"] if refused + generated else []
    parts += [f"{lost} nicht angekommen"] if lost else []
    parts += [f"{comments} {'Kommentar' if comments == 1 else 'Kommentare'}"] if comments else []
    return ", ".join(parts)


def lines(outcome: MergeOutcome) -> Iterator[str]:
    """The report for a terminal, line by line."""
    for file in outcome.files:
        yield file.name
        for title, entries in _sections(file):
            yield f"  {title}"
            for entry in entries:
                head, *rest = _told(entry)
                yield f"    {head}"
                yield from (f"      {line}" for line in rest)


def markdown(outcome: MergeOutcome, *, written: bool) -> str:
    """The report to keep; `written`: whether the sources hold it already."""
    state = "Die Quellen sind geändert." if written else "An den Quellen ist nichts geändert."
    result = ["# Bericht über die Übernahme aus Word", "", f"{tally(outcome)}. {state}"]
    for file in outcome.files:
        result += ["", f"## {_escaped(file.name)}", "", f"Gebaut aus der Fassung {_escaped(file.edition)}."]
        sections = list(_sections(file))
        if not sections:
            result += ["", "Die Datei enthält keine Änderungen."]
        for title, entries in sections:
            result += ["", f"### {title}", ""]
            for entry in entries:
                head, *rest = _told(entry)
                result.append(f"- {_escaped(head)}")
                result += [f"  - {_escaped(line)}" for line in rest]
    return "\n".join(result) + "\n"


Entry = Change | Contradiction | Remark | str


def _sections(file: FileOutcome) -> Iterator[tuple[str, Sequence[Entry]]]:
    for title, name in _SECTIONS:
        entries: Sequence[Entry] = getattr(file, name)
        if entries:
            yield title, entries


def _told(entry: Entry) -> list[str]:
    """One entry: a line that says where and what, then what belongs to it."""
    if isinstance(entry, str):
        return [entry]
    if isinstance(entry, Remark):
        state = "erledigt, " if entry.done else ""
        kind = "Antwort" if entry.answer else "Kommentar"
        words = f" zu „{_flat(entry.words)}“" if entry.words else ""
        return [
            f"{entry.place or 'Im Dokument'}{words}",
            f"{kind} ({state}{_signed([entry.signature])}): {_flat(entry.text)}",
        ]
    where = entry.place + (f" ({entry.source})" if entry.source else "")
    signed = _signed(entry.signatures)
    if isinstance(entry, Contradiction):
        now = f"In den Quellen steht, aus {entry.whose}" if entry.whose else "In den Quellen steht"
        told = [where, f"Vorher: {_flat(entry.before) or '(nichts)'}", f"{now}: {_flat(entry.ours) or '(nichts)'}"]
        told.append(f"Die Datei will: {_flat(entry.theirs) or '(nichts)'}")
    else:
        told = [where, difference(_flat(entry.before), _flat(entry.after))] if entry.before or entry.after else [where]
        told += [entry.reason] if entry.reason else []
    return [*told, *([f"Von {signed}"] if signed else [])]


def _signed(signatures: Sequence[Signature]) -> str:
    return "; ".join(
        (item.author or "unbekannt") + (f", {_day(item.date)}" if item.date else "") for item in signatures
    )


def _day(date: str) -> str:
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", date)
    return f"{found[3]}.{found[2]}.{found[1]}" if found else date


def _flat(text: str) -> str:
    return " / ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
