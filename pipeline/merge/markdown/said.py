"""Running text in, what a reader sees of it out, in a form of its own: words, their letters, where their links lead.

Two texts that come out the same look the same, however they are put into nodes or written in Markdown. The gate holds
the edited file against what its sources give in this form: `[a](https://x.de/a)b)` may be one link or a link and a
bracket, which is the same in Markdown and not the same here. Typography is no difference: what was typed as "so" is
printed as „so“.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from pipeline.merge.markdown.inline import Names, plain_text, reads_by_itself
from pipeline.text.markdown import REFERENCE
from pipeline.text.markdown_parser import address
from pipeline.text.nodes import Inline, Node
from pipeline.text.typography import typeset_text

_SIGNS: Final = str.maketrans({"„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "–": "-"})
_WORDS: Final = re.compile(r"\s+|\S+")
_LETTERS: Final = ("strong", "emph", "strike", "sub", "sup", "code")


@dataclass(frozen=True)
class Said:
    """A stretch of one kind: its words, the formats of its letters and where it leads, '' for nowhere.

    Spaces look the same in every format and have none. A picture's words are its description, a note's its label.
    """

    words: str
    formats: frozenset[str] = frozenset()
    target: str = ""


_SPACE: Final = Said(" ")
_BREAK: Final = Said("\n")


def said(content: Inline, names: Names) -> tuple[Said, ...]:
    """What a reader sees of running text; spaces at its ends, and how many there are between words, count for nothing.

    Of a reference with the words that it prints by itself only counts where it leads: when a title is changed, those
    words follow, in the plan and not in the file.
    """
    pieces: list[Said] = []
    for item in _pieces(content, names, frozenset(), ""):
        while item == _BREAK and pieces and pieces[-1] == _SPACE:
            pieces.pop()
        if item != _SPACE or (pieces and pieces[-1] not in (_SPACE, _BREAK)):
            pieces.append(item)
    while pieces and pieces[-1] in (_SPACE, _BREAK):
        pieces.pop()
    alike = groupby(pieces, key=lambda item: (item.formats, item.target, "footnote" in item.formats and item.words))
    return tuple(_joined("".join(item.words for item in group), *kind[:2]) for kind, group in alike)


def _joined(words: str, formats: frozenset[str], target: str) -> Said:
    """Typography looks at neighbours: two hyphens that came from two nodes are a dash."""
    return Said(words if "code" in formats else plainly(words), formats, target)


@dataclass(frozen=True)
class Look:
    """Running text that is looked at only where somebody asks what it says."""

    content: Inline = ()
    names: Names | None = None

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """What a reader sees of it."""
        return said(self.content, self.names) if self.names else ()


def plainly(text: str) -> str:
    """Words with typography done and then taken off, so that it makes no difference who did it."""
    return plain_text(typeset_text(plain_text(text))).translate(_SIGNS).replace("--", "-")


def _pieces(content: Inline, names: Names, formats: frozenset[str], target: str) -> Iterator[Said]:
    for node in content:
        if node.kind == "break":
            yield _BREAK
        elif node.kind == "image":
            yield Said(plainly(str(node.attrs["alt"])), formats | {"image"}, target)
        elif node.kind == "footnote":
            yield Said(names.note(node), frozenset(("footnote",)))
        elif node.kind in ("link", REFERENCE):
            inside = list(_pieces(node.children, names, formats, _leads_to(node, names)))
            if reads_by_itself(node, names):
                letters = [item.formats for item in inside if item != _SPACE] or [formats]
                inside = [Said("#", frozenset.intersection(*letters), _leads_to(node, names))]
            yield from inside
        elif node.kind in _LETTERS and node.kind != "code":
            yield from _pieces(node.children, names, formats | {node.kind}, target)
        elif node.children:
            yield from _pieces(node.children, names, formats, target)
        else:
            own = formats | {"code"} if node.kind == "code" else formats
            words = node.text if node.kind == "code" else plainly(node.text)
            for word in _WORDS.findall(words):
                yield _SPACE if word.isspace() else Said(word, own, target)


def _leads_to(link: Node, names: Names) -> str:
    target = str(link.attrs["target"])
    if not target.startswith("#"):
        return address(target)
    return f"#{names.targets.get(target[1:], (target[1:], ()))[0]}"
