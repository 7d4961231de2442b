"""Running text in, where its sentences end behind a note's call out: a note is heard there, not within the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.text.nodes import Inline, Node

# A stop, what may close behind it, a space, and what can open a sentence. Before a full stop stand two letters that are
# no short form: in "am 3. Mai", "z. B. Betriebe" and "Dr. Weber" no sentence ends.
_END = re.compile(r"""(?:[!?…]|(?<=[^\W\d_]{2})\.)["“”‘’»«)\]]*[ \n]+(?=["„‚»«(]?[A-ZÄÖÜ])""")
_ENDED = re.compile(r"""[.!?…]["“”‘’»«)\]]*\s*$""")
_SHORT = re.compile(r"(?i:abs|art|bzw|ca|dr|etc|evtl|ggf|inkl|mio|mrd|nr|prof|sog|st|str|tel|usw|vgl|zzgl)\.")


def with_sentence_ends(nodes: Inline) -> Iterator[Node | None]:
    """The nodes of a paragraph, and None where the sentence ends in which a note was called.

    `Es sind 18¹ Läden. Davon …` is parted behind its first sentence: text, call, text, None, text. Where a call stands
    behind the full stop, its sentence has ended. What no end is found for is heard at the paragraph's end.
    """
    called, before = False, ""
    for node in nodes:
        if node.kind == "footnote":
            yield node
            called = _ENDED.search(before) is None
            if not called:
                yield None
            continue
        end = _sentence_end(node.text) if called and node.kind == "text" else 0
        if end:
            yield replace(node, text=node.text[:end])
            yield None
            yield replace(node, text=node.text[end:])
        else:
            yield node
        before = node.plain()
        called = (called and not end) or any(inner.kind == "footnote" for inner in node.walk())


def _sentence_end(text: str) -> int:
    """Where the first sentence of a text ends, behind its space; 0 where it goes on."""
    for match in _END.finditer(text):
        word = text[: match.end()].rsplit(maxsplit=1)[-1].rstrip('"“”‘’»«)]')
        if not _SHORT.fullmatch(word):
            return match.end()
    return 0
