"""What came of a merge in, a report in German out: Markdown to keep, or lines for a terminal; both say the same.

The Markdown has every text whole, the terminal its beginning or what differs. Every word of a file is somebody else's:
in Markdown it is escaped, on a terminal the console makes it harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

from pipeline.diagnostics import Severity
from pipeline.merge.outcome.across_files import files_of_measures, shared_places
from pipeline.merge.outcome.outcome import (
    PLAN_ERRORS,
    Conflict,
    Entry,
    Fate,
    FileOutcome,
    MergeOutcome,
    Remark,
    Signature,
)
from pipeline.text.characters import harmless
from pipeline.text.sequences import stretches

_CONTEXT: Final = 5  # words left standing beside a change
_MOST: Final = 60  # words of one text on a terminal
_QUOTED: Final = 12  # words there that a comment stands at
_UNCHANGED: Final = "Die Datei enthält keine Änderungen."
_NOTHING: Final = "(nichts)"
# What can become markup inside a line, at its beginning, and what becomes a link by itself.
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|~&$]|(?<=:)/(?=/)|(?<=www)\.)")
_START: Final = re.compile(r"(?=[-+=:])|\d{1,9}(?=[.)](?: |$))")
_TICKS: Final = re.compile("`+")
_HINTS: Final = "Hinweise"
_OFTEN: Final = 3  # further places, from which on they are told together


def section(fate: Fate) -> str:
    """The heading under which edits with this fate stand."""
    match fate:
        case Fate.TAKEN | Fate.JOINT:
            return "Übernommen"
        case Fate.CONFLICT:
            return "Konflikte"
        case Fate.REFUSED:
            return "Nicht übernommen"
        case Fate.HELD_BACK:
            return "Zurückgehalten, weil etwas gegen den geänderten Plan spricht"
        case Fate.GENERATED:
            return "In erzeugten Teilen geändert"
        case Fate.LOST:
            return "Nicht angekommen"
        case Fate.REMARK:
            return "Kommentare"
        case _:
            assert_never(fate)


def counted(fate: Fate) -> tuple[str, str]:
    """What the last line of a report calls one such edit and several; what reads the same is counted together."""
    match fate:
        case Fate.TAKEN | Fate.JOINT:
            return "Änderung übernommen", "Änderungen übernommen"
        case Fate.CONFLICT:
            return "Konflikt", "Konflikte"
        case Fate.REFUSED | Fate.GENERATED:
            return "nicht übernommen", "nicht übernommen"
        case Fate.HELD_BACK:
            return "zurückgehalten", "zurückgehalten"
        case Fate.LOST:
            return "nicht angekommen", "nicht angekommen"
        case Fate.REMARK:
            return "Kommentar", "Kommentare"
        case _:
            assert_never(fate)


@dataclass(frozen=True)
class _Told:
    """An entry in words: where it is, what it is about, what belongs to it; `texts` are to be shown line by line."""

    where: str
    what: str = ""
    more: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


def difference(before: str, after: str, context: int | None = _CONTEXT) -> str:
    """`Der Plan läuft [vier → fünf] Jahre`: what was added, what went, a few words around, or all of them."""
    old, new = before.split(), after.split()
    if old == new:  # what was moved
        return _cut(old, context, _QUOTED)
    pieces: list[str] = []
    parts = list(stretches(old, new)) if old and new else []
    for number, part in enumerate(parts):
        gone = _cut(old[part.start : part.end], context, _MOST)
        come = _cut(new[part.first : part.last], context, _MOST)
        if part.same:
            last = number == len(parts) - 1
            pieces.append(_shortened(old[part.start : part.end], context, first=number == 0, last=last))
        elif gone and come:
            pieces.append(f"[{gone} → {come}]")
        else:
            pieces.append(f"[+ {come}]" if come else f"[− {gone}]")
    if not parts:
        return f"[+ {_cut(new, context, _MOST)}]" if new else f"[− {_cut(old, context, _MOST)}]"
    return " ".join(pieces)


def _cut(words: Sequence[str], context: int | None, most: int) -> str:
    return " ".join(words if context is None or len(words) <= most else [*words[:most], "…"])


def _shortened(words: Sequence[str], context: int | None, *, first: bool, last: bool) -> str:
    if context is None:
        return " ".join(words)
    before, after = ([] if first else words[:context]), ([] if last else words[-context:])
    if len(words) <= len(before) + len(after):
        return " ".join(words)
    return " ".join([*before, "…", *after])


def tally(outcome: MergeOutcome) -> str:
    """`12 Änderungen übernommen, 1 Konflikt, 2 nicht übernommen, 3 Kommentare`; what there is none of is left out."""
    counts = dict.fromkeys(map(counted, Fate), 0)
    for file in outcome.files:
        for entry in file.entries:
            counts[counted(entry.fate)] += 1
    always = counted(Fate.TAKEN)
    return ", ".join(
        f"{count} {words[0] if count == 1 else words[1]}" for words, count in counts.items() if count or words == always
    )


def briefly(outcome: MergeOutcome) -> Iterator[str]:
    """What did not arrive and nothing else, a line each, for those who asked for quiet."""
    for file in outcome.files:
        for entry in file.entries:
            if not entry.fate.arrived:
                told = _told(entry, _CONTEXT)
                texts = [f"{label}: {text}" for label, text in _short_texts(told)]
                said = [part for part in (told.what, *texts, *told.more) if part]
                yield f"{file.name}: {section(entry.fate)}: {told.where}: {' · '.join(said)}"
        if not file.checked:
            yield f"{file.name}: {file.unchecked}"


def _short_texts(told: _Told) -> Iterator[tuple[str, str]]:
    shown = _around([text for _, text in told.texts])
    yield from ((label, text) for (label, _), text in zip(told.texts, shown, strict=True))


def _shared(outcome: MergeOutcome) -> Iterator[tuple[str, str]]:
    """Each place that several files changed, and what each wants there."""
    for item in shared_places(outcome):
        files = ", ".join(dict.fromkeys(wish.file for wish in item.wishes))
        if item.agreed:
            yield item.place, f"dasselbe aus: {files}"
            continue
        wishes = [
            f"{wish.file}: „{_cut(_flat(wish.after).split(), _CONTEXT, _QUOTED) or '–'}“ ({_WHAT[wish.fate]})"
            for wish in item.wishes
        ]
        yield item.place, " · ".join(wishes)


_WHAT: Final = {
    Fate.TAKEN: "übernommen",
    Fate.JOINT: "übernommen",
    Fate.CONFLICT: "Konflikt",
    Fate.REFUSED: "nicht übernommen",
    Fate.HELD_BACK: "zurückgehalten",
    Fate.LOST: "nicht angekommen",
}
_SEVERAL: Final = "Mehrere Dateien an derselben Stelle"
_MOST_SHARED: Final = 20  # on a terminal


def lines(outcome: MergeOutcome) -> Iterator[str]:
    """The report for a terminal, line by line."""
    if shared := list(_shared(outcome)):
        yield _SEVERAL
        yield from (f"  {place}: {said}" for place, said in shared[:_MOST_SHARED])
        if len(shared) > _MOST_SHARED:
            yield f"  … und {len(shared) - _MOST_SHARED} weitere; alle stehen im Bericht (--report)."
    for file in outcome.files:
        yield file.name
        yield from (f"  {line}" for line in _touches(file))
        sections = list(_sections(file))
        if not sections:
            yield f"  {_UNCHANGED}"
        for title, entries in sections:
            yield f"  {title}"
            for where, group in _by_place(_once([_told(entry, _CONTEXT) for entry in entries])):
                yield f"    {where}"
                for told in group:
                    texts = [f"{label}: {text}" for label, text in _short_texts(told)]
                    yield from (f"      {line}" for line in (told.what, *texts, *told.more) if line)


def markdown(outcome: MergeOutcome, *, written: bool) -> str:
    """The report to keep; `written`: whether the sources hold it already."""
    result = ["# Bericht über die Übernahme", "", f"{tally(outcome)}. {_state(outcome, written)}"]
    against = [] if outcome.ok else [item for item in outcome.diagnostics if item.severity is not Severity.NOTE]
    if against:
        result += ["", "## Was gegen den geänderten Plan spricht", ""]
    for item in against:
        finding = f"{item.location.spoken}: {item.severity.label} {item.code}: {item.message} {item.hint}"
        result.append(f"- {_line(finding)}")
    if shared := list(_shared(outcome)):
        result += ["", f"## {_SEVERAL}", ""]
        result += [f"- {_line(place)}: {_line(said)}" for place, said in shared]
    if len(outcome.files) > 1 and (measures := list(files_of_measures(outcome))):
        result += ["", "## Je Maßnahme", ""]
        for name, counts in measures:
            whose = ", ".join(f"{file} ({count})" for file, count in counts)
            result.append(f"- {_line(name[1:])}: {_line(whose)}")
    for file in outcome.files:
        result += ["", f"## {_line(file.name)}", "", f"Gebaut aus der Fassung {_line(file.edition)}."]
        result += [line for touched in _touches(file) for line in ("", _line(touched))]
        sections = list(_sections(file))
        if not sections:
            result += ["", _UNCHANGED]
        for title, entries in sections:
            result += ["", f"### {title}", ""]
            for where, group in _by_place(_once([_told(entry, None) for entry in entries])):
                result.append(f"- {_line(where)}")
                for told in group:
                    result += _item(told)
    return "\n".join(result) + "\n"


def _touches(file: FileOutcome) -> Iterator[str]:
    """Whose measures a file touches, in one line: `Berührt Maßnahmen von: Stadtplanung (1.1.2, 2.3.1)`."""
    if file.touches:
        whose = (f"{item.name} ({', '.join(name[1:] for name in item.measures)})" for item in file.touches)
        yield f"Berührt Maßnahmen von: {', '.join(whose)}"


def _state(outcome: MergeOutcome, written: bool) -> str:
    if written:
        return "Die Quellen sind geändert."
    why = "" if outcome.ok else ": Mit diesen Änderungen hätte der Plan Fehler"
    return f"An den Quellen ist nichts geändert{why}."


def _item(told: _Told) -> Iterator[str]:
    if told.what:
        yield f"  - {_line(told.what)}"
    for label, text in told.texts:
        yield f"  - {_line(label)}:"
        yield from _fenced(text, " " * 4)
    inner = "    " if told.what else "  "
    yield from (f"{inner}- {_line(line)}" for line in told.more)


def _fenced(text: str, indent: str) -> list[str]:
    """A text as it is, line by line, in a fence that it cannot close."""
    longest = max((len(found) for found in _TICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    rows = [harmless(row) for row in re.split("\r\n?|\n", text.expandtabs(4).rstrip("\r\n"))]
    return ["", *(f"{indent}{row}".rstrip() for row in (f"{fence}text", *rows, fence)), ""]


def _sections(file: FileOutcome) -> Iterator[tuple[str, Sequence[Entry | str]]]:
    found: dict[str, list[Entry | str]] = {section(fate): [] for fate in Fate}
    for entry in file.entries:
        found[section(entry.fate)].append(entry)
    found[_HINTS] = [*file.hints]
    yield from ((title, entries) for title, entries in found.items() if entries)


def _once(entries: Sequence[_Told]) -> Iterator[_Told]:
    """What is told three times and more of different places is told once, with where else."""
    found: dict[tuple[object, ...], list[_Told]] = {}
    for told in entries:
        found.setdefault((told.what, told.more, told.texts), []).append(told)
    for told in entries:
        first, *others = found[(told.what, told.more, told.texts)]
        if len(others) < _OFTEN or not (told.what or told.texts):
            yield told
        elif told is first:
            where = list(dict.fromkeys(each.where for each in others))
            places = f"{'; '.join(where[:_OFTEN])}{' …' if len(where) > _OFTEN else ''}"
            yield replace(told, more=(*told.more, f"Ebenso an {len(others)} weiteren Stellen: {places}"))


def _by_place(entries: Iterable[_Told]) -> Iterable[tuple[str, list[_Told]]]:
    """What is said of one place together, in the order in which the places come."""
    groups: dict[str, list[_Told]] = {}
    for told in entries:
        groups.setdefault(told.where, []).append(told)
    return groups.items()


def _told(entry: Entry | str, context: int | None) -> _Told:
    if isinstance(entry, str):
        return _Told(entry)
    if isinstance(entry, Remark):
        return _remark(entry, context)
    where = entry.place + (f" ({entry.source})" if entry.source else "")
    signed = _signed(entry.signatures)
    more = (f"Von {signed}",) if signed else ()
    if isinstance(entry, Conflict):
        now = f"In den Quellen steht, aus {entry.whose}" if entry.whose else "In den Quellen steht"
        texts = (("Vorher", entry.before), (now, entry.ours), ("Die Datei will", entry.theirs))
        return _Told(where, "", more, tuple((label, text or _NOTHING) for label, text in texts))
    what = difference(_flat(entry.before), _flat(entry.after), context) if entry.before or entry.after else ""
    reason = "" if entry.why is PLAN_ERRORS else entry.reason  # the heading says it of all
    return _Told(where, what, ((reason,) if reason else ()) + more)


def _remark(entry: Remark, context: int | None) -> _Told:
    state = "erledigt, " if entry.done else ""
    kind = "Antwort" if entry.answer else "Kommentar"
    words = f" zu „{_cut(_flat(entry.words).split(), context, _QUOTED)}“" if entry.words else ""
    text = _cut(_flat(entry.text).split(), context, _MOST)
    return _Told(f"{entry.place or 'Im Dokument'}{words}", f"{kind} ({state}{_signed([entry.signature])}): {text}")


def _around(texts: Sequence[str]) -> list[str]:
    """The texts with no more of what they begin and end with in common than a few words."""
    words = [_flat(text).split() for text in texts]
    compared = [item for item, text in zip(words, texts, strict=True) if text != _NOTHING]
    begin = _common(compared)
    end = _common([item[begin:][::-1] for item in compared])
    shown = []
    for item, text in zip(words, texts, strict=True):
        if text == _NOTHING:
            shown.append(text)
            continue
        first, last = max(0, begin - _CONTEXT), len(item) - max(0, end - _CONTEXT)
        kept = [*(["…"] if first else []), *item[first:last], *(["…"] if last < len(item) else [])]
        shown.append(_cut(kept, _CONTEXT, _MOST))
    return shown


def _common(texts: Sequence[Sequence[str]]) -> int:
    """How many words all of the texts begin with, 0 where there are not two of them."""
    if len(texts) < 2:  # noqa: PLR2004
        return 0
    return next((at for at, row in enumerate(zip(*texts, strict=False)) if len({*row}) > 1), min(map(len, texts)))


def _signed(signatures: Sequence[Signature]) -> str:
    return "; ".join(
        (item.author or "unbekannt") + (f", {_day(item.date)}" if item.date else "") for item in signatures
    )


def _day(date: str) -> str:
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", date)
    return f"{found[3]}.{found[2]}.{found[1]}" if found else date


def _flat(text: str) -> str:
    return " / ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _line(text: str) -> str:
    """The text in one line that no character of it can end or turn into markup."""
    escaped = _SPECIAL.sub(r"\\\1", harmless(" ".join(text.split())))
    found = _START.match(escaped)
    return f"{found[0]}\\{escaped[found.end() :]}" if found else escaped
