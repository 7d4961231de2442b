"""Elements of WordprocessingML in, the same tree changed in place out: unwrapped, dropped, with their marks kept.

What other hands wrote may be large and nested; nothing here takes more than linear time for what it moves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from pipeline.ooxml.elements import Element, q, remove

DESCRIPTION: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
COMMENT_CALL: Final = q("commentReference")
_BOOKMARK: Final = q("bookmarkStart")
POINTS: Final = frozenset(
    {_BOOKMARK, *map(q, ("bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference"))}
)
_CHARACTERS: Final = {
    q("tab"): "\t",
    q("br"): "\n",
    q("cr"): "\n",
    q("noBreakHyphen"): "\u2011",
    q("softHyphen"): "\u00ad",
}
TEXTS: Final = (q("t"), q("delText"), MATH_TEXT, *_CHARACTERS)
SEEN: Final = (*TEXTS, *map(q, ("sym", "drawing", "pict", "object", "footnoteReference", "endnoteReference")))
_RUN: Final = q("r")
_TWO: Final = 2  # so many bookmarks of one name are one too many
_COPY: Final = re.compile(r"(_Copy_\d+)+$")  # what LibreOffice adds to the name of a bookmark that exists already


def text_piece(element: Element) -> str:
    """The text that an element with a tag of TEXTS shows."""
    sign = _CHARACTERS.get(element.tag)
    if sign is None:
        return element.text or ""
    parent = element.getparent()
    return sign if parent is not None and parent.tag == _RUN else ""  # in a paragraph's properties `tab` is a tab stop


def text_of(element: Element) -> str:
    """The text below an element, whether deleted or not."""
    return "".join(map(text_piece, element.iter(*TEXTS)))


def shows_something(element: Element) -> bool:
    """Whether anything below an element is seen."""
    return any(map(shows, element.iter(*SEEN)))


def shows(element: Element) -> bool:
    """Whether one of SEEN is seen: texts may be empty."""
    return element.tag not in TEXTS or bool(text_piece(element))


def mark_of(bookmark: Element) -> str:
    """The name of a bookmark without what LibreOffice added to it."""
    return _COPY.sub("", bookmark.get(q("name"), ""))


def unwrap(element: Element) -> None:
    """Put an element's children in its place."""
    for child in list(element):
        element.addprevious(child)
    remove(element)


def in_front(paragraph: Element, children: Iterator[Element] | list[Element]) -> None:
    """Put elements at the beginning of a paragraph, behind its properties."""
    first = next((child for child in paragraph if child.tag != q("pPr")), None)
    for child in children:
        if first is None:
            paragraph.append(child)
        else:
            first.addprevious(child)


class Marks:
    """The bookmarks of a tree, to know which of them would be lost with a stretch of text."""

    def __init__(self, root: Element) -> None:
        self._count = Counter(map(mark_of, root.iter(_BOOKMARK)))

    def forget(self, element: Element) -> None:
        """Bookmarks below an element are going to vanish."""
        self._count.subtract(map(mark_of, element.iter(_BOOKMARK)))

    def rescue(self, element: Element) -> None:
        """Put the marks and the anchors of comments below an element before it, for it is about to go.

        A bookmark that exists elsewhere came with a copy and goes with it.
        """
        for point in list(element.iter(*POINTS)):
            if not self.is_spare(point):
                _put_before(element, point)

    def is_spare(self, point: Element) -> bool:
        """Whether it is a bookmark that exists elsewhere; one of those that do is then counted as gone."""
        if point.tag != _BOOKMARK or self._count[mark_of(point)] < _TWO:
            return False
        self._count[mark_of(point)] -= 1
        return True


def _put_before(element: Element, point: Element) -> None:
    """The call of a comment stands in a run, which goes with it."""
    run = point.getparent()
    if point.tag == COMMENT_CALL and run is not None and run.tag == _RUN:
        for sibling in list(run):
            if sibling is not point:
                run.remove(sibling)
        element.addprevious(run)
    elif point is not element:
        element.addprevious(point)
