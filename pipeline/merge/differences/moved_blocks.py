"""Blocks of a text that one side moved and the other took away or moved elsewhere.

Line by line nobody would notice. In "Eins. Zwei. Drei." one side takes "Zwei." away, the other moves it to the end: for
a comparison of lines both took the same line away, and one of them added a new one at the end, where the other changed
nothing. "Zwei." would come back without a word to the one who took it away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.merge.diff.order import moved
from pipeline.merge.markdown.source_text import SourceText
from pipeline.text.sequences import same_places


@dataclass(frozen=True)
class BlockConflict:
    """A block, and what each side did with it: `moved`, `gone`."""

    text: str
    ours: str
    theirs: str


def block_conflicts(base: str, ours: str, theirs: str) -> Iterator[BlockConflict]:
    """The blocks with which both sides did what does not go together."""
    source = SourceText(base)
    blocks = _blocks(source)
    if base in (ours, theirs) or not blocks:
        return
    one, two = _fates(source, blocks, ours), _fates(source, blocks, theirs)
    for raw in blocks:
        both = (one.get(raw, "kept"), two.get(raw, "kept"))
        if "moved" in both and "kept" not in both and not _same_place(raw, ours, theirs, both):
            yield BlockConflict(raw, *both)


def _blocks(source: SourceText) -> dict[str, int]:
    """The lines of every block that there is once, with the number of its first."""
    found: dict[str, int] = {}
    twice = set()
    for leaf in source.flow:
        raw = "\n".join(source.lines[leaf.start : leaf.end])
        twice |= {raw} & set(found)
        found[raw] = leaf.start
    return {raw: start for raw, start in found.items() if raw not in twice}


def _fates(source: SourceText, blocks: Mapping[str, int], text: str) -> Mapping[str, str]:
    """Of each block that is not where it was: whether it is `moved` or `gone`."""
    lines = SourceText(text).lines
    kept = same_places(source.lines, lines)
    whole = {raw: f"\n{raw}\n" in f"\n{chr(10).join(lines)}\n" for raw in blocks}
    order = [_line(lines, raw) for raw in blocks if whole[raw]]
    wandered = moved(order)
    fates = {}
    for raw, start in blocks.items():
        if not whole[raw]:
            in_place = all(line in kept for line in range(start, start + raw.count("\n") + 1))
            fates[raw] = "kept" if in_place else "gone"
        elif _line(lines, raw) in wandered:
            fates[raw] = "moved"
    return fates


def _line(lines: tuple[str, ...], raw: str) -> int:
    wanted = raw.split("\n")
    return next((at for at in range(len(lines)) if list(lines[at : at + len(wanted)]) == wanted), -1)


def _same_place(raw: str, ours: str, theirs: str, fates: tuple[str, str]) -> bool:
    """Whether both moved it behind the same block."""
    if fates != ("moved", "moved"):
        return False
    return _before(raw, ours) == _before(raw, theirs)


def _before(raw: str, text: str) -> str:
    source = SourceText(text)
    blocks = ["\n".join(source.lines[leaf.start : leaf.end]) for leaf in source.flow]
    return blocks[blocks.index(raw) - 1] if raw in blocks and blocks.index(raw) else ""
