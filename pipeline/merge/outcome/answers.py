"""What came of all files in, an answer to everybody who made edits out, with the name of its file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from pipeline.merge.outcome.outcome import Change, Conflict, Entry, Fate, FileOutcome, MergeOutcome, Remark
from pipeline.merge.outcome.tokens import Mark, Run, marked_words
from pipeline.parts.answer import Answer, Told, Undecided
from pipeline.text.characters import harmless
from pipeline.text.nodes import Inline, Node

_LONGEST: Final = 60  # characters of a file's name that come from somebody's
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_KEPT: Final = 8  # words left standing beside a change


def answers(outcome: MergeOutcome) -> Mapping[str, Answer]:
    """By file name, `antwort-anna-meier.docx`, what is said to each editor, in the order in which they appear.

    What a file does not sign is that of the one person who signed anything in it; of a file that names nobody, or
    several, it is answered under the file's name. Of two people whose names give the same file name the second is
    numbered.
    """
    people: dict[str, _Person] = {}
    for file in outcome.files:
        named = {author for entry in file.entries if (author := _author(entry))}
        only = named.pop() if len(named) == 1 else ""
        for entry in file.entries:
            author = _author(entry) or only
            people.setdefault(author or f"\0{file.name}", _Person(author, file)).add(file, entry)
    found: dict[str, Answer] = {}
    for person in people.values():
        stem = _stem(person.name or PurePath(person.file.name).stem)
        found[next(name for name in _numbered(stem) if name not in found)] = person.answer()
    return found


def _numbered(stem: str) -> Iterator[str]:
    yield f"antwort-{stem}.docx"
    yield from (f"antwort-{stem}-{number}.docx" for number in range(2, 10_000))


def _stem(name: str) -> str:
    """`jörg müller (IHK)` as a file may be called everywhere: `joerg-mueller-ihk`."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_GERMAN))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")[:_LONGEST] or "ohne-namen"


def _author(entry: Entry) -> str:
    """Who is answered: whoever signed it first."""
    signatures = (entry.signature,) if isinstance(entry, Remark) else entry.signatures
    return next((signature.author for signature in signatures if signature.author), "")


@dataclass
class _Person:
    """Somebody, and what of theirs became what."""

    name: str
    file: FileOutcome
    files: dict[str, None] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def add(self, file: FileOutcome, entry: Entry) -> None:
        self.files[file.name] = None
        self.entries.append(entry)

    def answer(self) -> Answer:
        changes = [entry for entry in self.entries if isinstance(entry, Change)]
        joint = [entry for entry in changes if entry.fate is Fate.JOINT]
        return Answer(
            harmless(self.name),
            tuple(harmless(name) for name in self.files),
            self.file.edition,
            taken=tuple(_told(entry) for entry in changes if entry.fate is Fate.TAKEN),
            joint=tuple(_told(entry) for entry in joint),
            left=tuple(_told(entry) for entry in changes if not entry.fate.arrived),
            undecided=tuple(
                Undecided(entry.place, harmless(entry.theirs), harmless(entry.ours), harmless(entry.whose))
                for entry in self.entries
                if isinstance(entry, Conflict)
            ),
            remarks=tuple(_remark(entry) for entry in self.entries if isinstance(entry, Remark)),
        )


def _told(entry: Change) -> Told:
    return Told(harmless(entry.place), _change(entry.before, entry.after), harmless(entry.reason))


def _remark(entry: Remark) -> Told:
    words = f"zu „{entry.words}“: " if entry.words else ""
    return Told(harmless(entry.place or "Im Dokument"), (Node("text", text=harmless(f"{words}{entry.text}")),))


def _change(before: str, after: str) -> Inline:
    """Old words struck out, new ones bold, a few words around: more than colour tells them apart."""
    old, new = marked_words(before, after)
    gone = [run for run in old if run.mark is Mark.DELETED]
    come = [run for run in new if run.mark is Mark.INSERTED]
    if not before or not after or (not gone and not come):
        words = (Node("text", text=_line(after or before)),)
        if before and after:
            return words
        return (Node("strong", children=words),) if after else (Node("strike", children=words),)
    return tuple(_woven(old, new))


def _woven(old: Sequence[Run], new: Sequence[Run]) -> Iterator[Node]:
    """Both texts as one: what went, then what came in its place."""
    went, came = list(old), list(new)
    first = True
    while went or came:
        if went and went[0].mark is Mark.DELETED:
            yield Node("strike", children=(Node("text", text=_line(went.pop(0).text)),))
            yield Node("text", text=" ")
        elif came and came[0].mark is Mark.INSERTED:
            yield Node("strong", children=(Node("text", text=_line(came.pop(0).text)),))
            yield Node("text", text=" ")
        else:
            words = (came or went)[0].text.split()
            went, came = went[1:], came[1:]
            yield Node("text", text=f"{_around(words, first=first, last=not went and not came)} ")
        first = False


def _around(words: Sequence[str], *, first: bool, last: bool) -> str:
    """The words beside a change, and an ellipsis where they are many."""
    begin, end = ([] if first else words[:_KEPT]), ([] if last else words[-_KEPT:])
    if len(words) <= len(begin) + len(end):
        return harmless(" ".join(words))
    return harmless(" ".join([*begin, "…", *end]))


def _line(text: str) -> str:
    return harmless(" / ".join(" ".join(line.split()) for line in text.splitlines() if line.strip()))
