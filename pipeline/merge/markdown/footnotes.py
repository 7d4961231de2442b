"""Footnotes: what a file calls them, and their definitions in a Markdown text edited, added, taken away."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count, groupby
from typing import Final

from pipeline.merge.docx.reading import Paragraph, Reading
from pipeline.merge.markdown.blocks import changed_lines
from pipeline.merge.markdown.inline import plain_text
from pipeline.merge.markdown.source_text import NOTE, Leaf, SourceText
from pipeline.merge.markdown.units import Unit
from pipeline.text.nodes import Node, Place

Note = tuple[Unit, ...]

_OF: Final = "\u2063"  # between a label and the name of its text; nobody types it
_CALL: Final = re.compile(r"\[\^[^\]\s]+\]")


@dataclass(frozen=True)
class Labels:
    """The labels of a file's notes by their number in it; those that the sources do not know have a new one."""

    by_number: Mapping[str, str]

    def of(self, call: Node) -> str:
        """The label of a `footnote` node; '' if the file has no such note."""
        return self.by_number.get(str(call.attrs["number"]), "")


def label_notes(
    reading: Reading, marks: Mapping[str, Place], sources: Mapping[str, SourceText], known: Mapping[str, str]
) -> Labels:
    """The labels of a file's notes: by their mark, else by their text if it is `known`, else a new one.

    A label names a note of one text. Where several texts have it, as `1`, which of them is added, see `labels_within`.

    `marks` lead from bookmarks to places in `sources`, by path; `known` has the labels of notes by their text. Word
    only numbers its notes, and the numbers shift with every new one. A new label is made from the note's words,
    `neu-3f2a91c0`: two editors who add a note each get two labels, and the same note in two files gets one.
    """
    labels = {}
    texts_with = Counter(label for source in sources.values() for label in {leaf.note for leaf in source.leaves})
    for number, paragraphs in reading.notes.items():
        place = next((marks[mark] for part in paragraphs for mark in part.marks if mark in marks), None)
        label = _label_at(place, sources) if place else ""
        if place and texts_with[label] > 1 and label:
            label = f"{label}{_OF}{_squeezed(place.source)}"
        text = note_text(paragraphs)
        labels[number] = label or known.get(text) or f"neu-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return Labels(labels)


def _squeezed(source: str) -> str:
    """A text's name without blanks, which no label has."""
    return "".join(source.split())


def own_label(label: str) -> str:
    """What a note is called in its own text, as `1`."""
    return label.partition(_OF)[0]


def is_defined(label: str, name: str, defined: Collection[str]) -> bool:
    """Whether a note of this label is one of the text of that name, in which these are `defined`."""
    _, of, source = label.partition(_OF)
    return own_label(label) in defined and (not of or source == _squeezed(name))


def labels_within(name: str, source: SourceText, labels: Iterable[str]) -> Mapping[str, str]:
    """What notes are called in a text: as they are in it, or what they are elsewhere, unless it calls another one so.

    Where a paragraph with `[^1]` comes into a text that has a `[^1]`, it becomes `[^1-2]`.
    """
    defined = {leaf.note for leaf in source.leaves} - {""}
    found: dict[str, str] = {}
    new = []
    for label in sorted(labels):
        if is_defined(label, name, defined):
            found[label] = own_label(label)
        else:
            new.append(label)
    for label in new:
        own = own_label(label)
        names = chain([own], (f"{own}-{number}" for number in count(2)))
        found[label] = next(each for each in names if each not in defined and each not in found.values())
    return found


def with_labels(unit: Unit, labels: Mapping[str, str]) -> Unit:
    """A unit that calls its notes otherwise."""
    other = {f"[^{label}]": f"[^{own}]" for label, own in labels.items() if label != own}
    if not any(call in unit.key_text for call in other):
        return unit

    def named(text: str) -> str:
        return _CALL.sub(lambda found: other.get(found[0], found[0]), text)

    rows = tuple(tuple(replace(cell, texts=tuple(map(named, cell.texts))) for cell in row) for row in unit.rows)
    return replace(unit, text=named(unit.text), rows=rows)


def note_text(paragraphs: Sequence[Paragraph]) -> str:
    """A note's words, to know it again by."""
    return " ".join(plain_text(paragraph.plain).strip() for paragraph in paragraphs)


def _label_at(place: Place, sources: Mapping[str, SourceText]) -> str:
    source = sources.get(place.source)
    leaves = source.leaves if source else ()
    return next((leaf.note for leaf in leaves if leaf.start == place.start), "")


def edit_notes(text: str, before: Mapping[str, Note], after: Mapping[str, Note], called: frozenset[str]) -> str:
    """The text with the definitions of its notes as they are `after`; those no longer `called` go."""
    source = SourceText(text)
    replaced: dict[tuple[int, int], list[str]] = {}
    for label, group in groupby((leaf for leaf in source.leaves if leaf.note), key=lambda leaf: leaf.note):
        if label in before and label in after and before[label] != after[label]:
            replaced |= _edited(source, list(group), label, before[label], after[label])
    for label, start, end in _definitions(source):
        if label in before and label not in called:
            replaced[start, end] = []
    return _with_lines(source, replaced)


def definition_as_written(label: str, own: str, sources: Mapping[str, SourceText]) -> list[str]:
    """The lines that define a note in its text, with its lists and all, under another label; none where none does."""
    for name, source in sources.items():
        for defined, start, end in _definitions(source):
            if is_defined(label, name, (defined,)):
                first, *rest = "\n".join(source.lines[start:end]).rstrip().split("\n")
                return [first.replace(f"[^{defined}]", f"[^{own}]", 1).lstrip(), *rest]
    return []


def _definitions(source: SourceText) -> Iterator[tuple[str, int, int]]:
    """The notes that a text defines: their labels, and where their definitions begin and end."""
    running = {line for leaf in source.flow for line in range(leaf.start, leaf.end)}
    for start, line in enumerate(source.lines):
        found = None if start in running else NOTE.match(line)  # code may show how a note is written
        if found:
            yield found[1], start, _gone_until(source, start, running)


def definition_lines(label: str, note: Note) -> list[str]:
    """A note's definition: further paragraphs are indented."""
    first, *rest = [unit.text for unit in note if unit.text] or [""]
    lines = [f"[^{label}]: {first}"]
    for text in rest:
        lines += ["", *(f"    {line}" for line in text.split("\n"))]
    return lines


def _edited(
    source: SourceText, leaves: Sequence[Leaf], label: str, before: Note, after: Note
) -> dict[tuple[int, int], list[str]]:
    if len(leaves) == len(before) == len(after):
        return {
            (leaf.start, leaf.end): changed_lines(source, leaf, old, new)
            for leaf, old, new in zip(leaves, before, after, strict=True)
            if old.text != new.text
        }
    return {(leaves[0].start, leaves[-1].end): definition_lines(label, after)}


def _gone_until(source: SourceText, start: int, running: Collection[int]) -> int:
    """Where a definition ends that nobody calls any more; an empty line after it goes too, if one stays before it.

    `running`: the lines of the running text, which may follow at once. What is indented by four spaces belongs to the
    definition even behind an empty line; of "[^a]: Eins", "", "    noch etwas", "", "[^b]: Zwei" the first four go.
    """
    lines, end = source.lines, start + 1
    while end < len(lines) and end not in running and not NOTE.match(lines[end]):
        if lines[end].strip() and not lines[end - 1].strip() and not lines[end].startswith(("    ", "\t")):
            break
        end += 1
    empty_before = start == 0 or not lines[start - 1].strip()
    last = max(at for at in range(start, end) if lines[at].strip()) + 1
    return max(last, min(end, len(lines) - 1)) if empty_before else last


def _with_lines(source: SourceText, replaced: Mapping[tuple[int, int], list[str]]) -> str:
    """The text with stretches of lines replaced, from the end so that the numbers of earlier lines stay true.

    Every line keeps its own end; new ones end as the text's first does, so a file with Windows' line ends stays one.
    """
    lines, ends = list(source.lines), list(source.ends)
    usual = next((end for end in ends if end), "\n")
    for (start, end), new in sorted(replaced.items(), reverse=True):
        last = ends[end - 1]
        lines[start:end] = new
        ends[start:end] = [usual] * (len(new) - 1) + [last] if new else []
    return "".join(line + end for line, end in zip(lines, ends, strict=True))
