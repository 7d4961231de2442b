"""Trees in, the passages out that somebody marked with colour: a question without words, which nobody may overlook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.merge.docx.comments import Comment, nearest_marks
from pipeline.merge.docx.wrappers import TEXTS, text_piece
from pipeline.ooxml.elements import Element, q

_SAID = "Diese Stelle ist farbig hervorgehoben."
_NO_COLOUR = ("none", "")


def highlighted(roots: Sequence[Element]) -> Iterator[Comment]:
    """Each as a comment of nobody: neighbouring runs of a paragraph are one passage."""
    count = 0
    for root in roots:
        runs = nearest_marks(root, (q("r"),))
        for (is_marked, paragraph), group in groupby(runs, key=lambda found: (_marked(found[0]), found[0].getparent())):
            found = list(group)
            words = "".join(text_piece(piece) for run, _, _ in found for piece in run.iter(*TEXTS)).strip()
            if is_marked and words:
                count += 1
                _, mark, anchor = found[0]
                yield Comment(f"hervorgehoben {count}", "", "", _SAID, words, paragraph, mark, anchor)


def _marked(run: Element) -> bool:
    colour = run.find(f"{q('rPr')}/{q('highlight')}")
    return colour is not None and colour.get(q("val"), "") not in _NO_COLOUR
