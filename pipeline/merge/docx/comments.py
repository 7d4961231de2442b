"""Trees with comments in; the comments with their place and words out, and the trees without any trace of them.

Wrappers should have been opened (`clean.open_wrappers`) and tracked changes settled before, so that every range begins
in its paragraph and the words are those that stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.merge.docx.wrappers import COMMENT_CALL, TEXTS, mark_of, text_piece
from pipeline.ooxml.bookmarks import MARK_PREFIX, hidden
from pipeline.ooxml.elements import Element, q, remove

_START: Final = q("commentRangeStart")
_END: Final = q("commentRangeEnd")
_POINTS: Final = (_START, _END, COMMENT_CALL)
_PARAGRAPH: Final = q("p")
_BOOKMARK: Final = q("bookmarkStart")
_OWN_MARK: Final = hidden(MARK_PREFIX)
_PARAGRAPH_ID: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_THREAD: Final = "{{http://schemas.microsoft.com/office/word/2012/wordml}}{}"
_LONGEST_WORDS: Final = 300  # letters and pieces of text that are shown: whoever comments on a chapter marks all of it
# A comment's words are those that stay: what its author deleted in the comment is none of them.
_LIVE_TEXTS: Final = tuple(tag for tag in TEXTS if tag != q("delText"))


@dataclass(frozen=True)
class Comment:
    """A comment. `words` are those it stands at, `paragraph` the one they begin in (None: that was deleted), `mark`
    the nearest mark, `anchor` the nearest bookmark of a heading behind it ('' where the mark is nearer), `row` and
    `column` what the row and the column of its cell are called; `answers` is the number of the comment that it
    answers, '' for none.
    """

    number: str
    author: str
    date: str  # ISO, as the file tells it; '' where it does not
    text: str
    words: str = ""
    paragraph: Element | None = None
    mark: str = ""
    anchor: str = ""
    row: str = ""
    column: str = ""
    answers: str = ""
    done: bool = False


@dataclass
class _Anchor:
    """The place of a comment: its paragraph, its mark, the anchor of a heading behind that, and its words as pieces of
    text from one number to another.
    """

    paragraph: Element | None = None
    mark: str = ""
    anchor: str = ""
    begin: int = 0
    end: int = 0
    ranged: bool = False


def take_comments(
    roots: Sequence[Element], comments: Element | None, threads: Element | None = None
) -> tuple[Comment, ...]:
    """The comments in the order of the part `comments`, and every sign of them removed from `roots`.

    `roots` are the trees in which they stand, `threads` is the part `commentsExtended`, which says what answers what.
    Without `comments` there are none, but signs that are left over go all the same.
    """
    anchors: dict[str, _Anchor] = {}
    words: dict[str, str] = {}
    for root in roots:
        found, pieces = _anchors(root)
        anchors = found | anchors
        words = {number: _joined(pieces, anchor) for number, anchor in found.items()} | words
        _erase(root)
    told = list(_without_places(comments, threads)) if comments is not None else []
    return tuple(_placed(comment, anchors.get(comment.number, _Anchor()), words) for comment in told)


def _placed(comment: Comment, anchor: _Anchor, words: Mapping[str, str]) -> Comment:
    """The comment with where it stands and the words it is about."""
    stands = words.get(comment.number, "")
    row, column = _cell(anchor.paragraph) if anchor.anchor and anchor.paragraph is not None else ("", "")
    return replace(
        comment,
        words=stands,
        paragraph=anchor.paragraph,
        mark=anchor.mark,
        anchor=anchor.anchor,
        row=row,
        column=column,
    )


def _cell(paragraph: Element) -> tuple[str, str]:
    """What the row of a paragraph begins with, and the head of its column; '' outside of tables and in such a head."""
    cell = next(paragraph.iterancestors(q("tc")), None)
    row = next(paragraph.iterancestors(q("tr")), None)
    table = next(paragraph.iterancestors(q("tbl")), None)
    if cell is None or row is None or table is None:
        return "", ""
    cells, head = list(row.iterchildren(q("tc"))), next(table.iterchildren(q("tr")))
    at, heads = cells.index(cell), list(head.iterchildren(q("tc")))
    before = [_words(item) for item in cells[:at]]
    begins = " ".join(before[: 2 if before and before[0][:1].isdigit() else 1])  # a number and a title
    return begins, _words(heads[at]) if len(heads) == len(cells) and head is not row else ""


def _words(cell: Element) -> str:
    return " ".join("".join(map(text_piece, cell.iter(*_LIVE_TEXTS))).split())


def _without_places(comments: Element, threads: Element | None) -> Iterator[Comment]:
    """The comments with author, date, text and thread; their places come from the trees they stand in."""
    listed = list(comments.iterchildren(q("comment")))
    own = {number: _last_id(comment) for comment in listed if (number := comment.get(q("id"), ""))}
    numbers = {paragraph: number for number, paragraph in own.items() if paragraph}
    thread = {} if threads is None else {item.get(_THREAD.format("paraId"), ""): item for item in threads}
    for comment in listed:
        number = comment.get(q("id"), "")
        # The thread names comments by paragraphs, so the way from an answer to its comment has three steps:
        # number 2 → its last paragraph 0B → its parent's paragraph 0A → number 1.
        entry = thread.get(own.get(number, ""))
        parent = "" if entry is None else numbers.get(entry.get(_THREAD.format("paraIdParent"), ""), "")
        done = entry is not None and entry.get(_THREAD.format("done"), "0") in ("1", "true")
        lines = ("".join(map(text_piece, item.iter(*_LIVE_TEXTS))) for item in comment.iter(_PARAGRAPH))
        text = "\n".join(line for line in lines if line.strip())
        author, date = comment.get(q("author"), ""), comment.get(q("date"), "")
        yield Comment(number, author, date, text, answers=parent if parent != number else "", done=done)


def _last_id(comment: Element) -> str:
    """A comment is known in its thread by its last paragraph."""
    paragraphs = list(comment.iterchildren(_PARAGRAPH))
    return paragraphs[-1].get(_PARAGRAPH_ID, "") if paragraphs else ""


def _anchors(root: Element) -> tuple[dict[str, _Anchor], list[str]]:
    """Where each comment stands, and the pieces of text that their words are made of."""
    anchors: dict[str, _Anchor] = {}
    pieces: list[str] = []
    for element, mark, behind in nearest_marks(root, (*_POINTS, *_LIVE_TEXTS)):
        if element.tag in _POINTS:
            anchor = anchors.setdefault(element.get(q("id"), ""), _Anchor())
            _meet(element, anchor, len(pieces))
            if element.tag != _END and anchor.paragraph is None:
                anchor.paragraph = next(element.iterancestors(_PARAGRAPH), None)
                anchor.mark, anchor.anchor = mark, behind
        else:
            pieces.append(text_piece(element)[: _LONGEST_WORDS + 1])
    return anchors, pieces


def nearest_marks(root: Element, tags: Iterable[str]) -> Iterator[tuple[Element, str, str]]:
    """Every element of these kinds with the nearest mark: its paragraph's first, or the last before it.

    Third comes the bookmark of what begins behind that mark and has none itself, '' if nothing does: of the matrix,
    say, behind the last sheet.
    """
    mark = anchor = ""
    marked = False
    for element in root.iter(_PARAGRAPH, _BOOKMARK, *tags):
        if element.tag == _PARAGRAPH:
            own = next(_own_marks(element), "")
            begun = next((name for name in map(mark_of, element.iter(_BOOKMARK)) if _is_anchor(name)), anchor)
            mark, anchor, marked = own or mark, "" if own else begun, bool(own)
        elif element.tag == _BOOKMARK:
            if _is_own(element):
                mark, anchor, marked = mark_of(element), "", True
            elif not marked and _is_anchor(mark_of(element)):
                anchor = mark_of(element)
        else:
            yield element, mark, anchor


def _meet(element: Element, anchor: _Anchor, count: int) -> None:
    """Note where a comment's range begins and ends; `count`: how many pieces of text came before this point.

    A range may have lost its beginning with deleted text. Its end then says nothing: the comment has a place, its
    call, but no words.
    """
    if element.tag == _START:
        anchor.begin, anchor.end, anchor.ranged = count, count, True
    elif element.tag == _END and anchor.ranged:
        anchor.end = count


def _own_marks(paragraph: Element) -> Iterator[str]:
    return (mark_of(item) for item in paragraph.iter(_BOOKMARK) if _is_own(item))


def _is_own(bookmark: Element) -> bool:
    """Whether it is a mark of the plan, and none that somebody made in Word, such as `_GoBack`."""
    return mark_of(bookmark).startswith(_OWN_MARK)


def _is_anchor(name: str) -> bool:
    """Whether a bookmark may be that of a heading; hidden ones are marks of the plan or Word's."""
    return not name.startswith("_")


def _joined(pieces: list[str], anchor: _Anchor) -> str:
    """The words of a range, cut behind a whole word with an ellipsis where they are too many."""
    most = min(anchor.end, anchor.begin + _LONGEST_WORDS)
    text = "".join(pieces[anchor.begin : most])
    if most == anchor.end and len(text) <= _LONGEST_WORDS:
        return text
    shown = text[:_LONGEST_WORDS]
    return f"{shown.rpartition(' ')[0] or shown} …"


def _erase(root: Element) -> None:
    """Remove every sign of comments, and runs that held nothing else: none of it may be read as text."""
    for element in list(root.iter(*_POINTS)):
        run = element.getparent()
        remove(element)
        if run is not None and run.tag == q("r") and all(child.tag == q("rPr") for child in run):
            remove(run)
