"""Footnotes: what a file calls them, and their definitions in a Markdown text edited, added, taken away."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.merge.docx.reading import Paragraph, Reading
from pipeline.merge.markdown.blocks import changed_lines
from pipeline.merge.markdown.inline import plain_text
from pipeline.merge.markdown.source_text import NOTE, Leaf, SourceText
from pipeline.merge.markdown.units import Unit
from pipeline.text.nodes import Node, Place

Note = tuple[Unit, ...]


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

    `marks` lead from bookmarks to places in `sources`, by path; `known` has the labels of notes by their text. Word
    only numbers its notes, and the numbers shift with every new one. A new label is made from the note's words,
    `neu-3f2a91c0`: two editors who add a note each get two labels, and the same note in two files gets one.
    """
    labels = {}
    for number, paragraphs in reading.notes.items():
        place = next((marks[mark] for part in paragraphs for mark in part.marks if mark in marks), None)
        label = _label_at(place, sources) if place else ""
        text = note_text(paragraphs)
        labels[number] = label or known.get(text) or f"neu-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return Labels(labels)


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
    running = {line for leaf in source.flow for line in range(leaf.start, leaf.end)}
    for start, line in enumerate(source.lines):
        found = None if start in running else NOTE.match(line)  # code may show how a note is written
        if found and found[1] in before and found[1] not in called:
            replaced[start, _gone_until(source, start, running)] = []
    return _with_lines(source, replaced)


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
