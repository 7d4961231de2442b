"""Comments with their place, words and answers; afterwards nothing of them is left in the text."""

from __future__ import annotations

import time

from pipeline.merge.docx.clean import clean, open_wrappers
from pipeline.merge.docx.comments import Comment, take_comments
from pipeline.merge.docx.revisions import decision, resolve
from pipeline.ooxml.elements import Element, q
from tests.back.trees import MARK, OTHER_MARK, bookmark, cell, deleted, ins, par, read, row, run, signed, table, tree

CALL = '<w:r><w:rPr><w:rStyle w:val="a"/></w:rPr><w:commentReference w:id="{}"/></w:r>'


def begin(number: int = 1) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number: int = 1) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/>{CALL.format(number)}'


def written(*texts: str) -> Element:
    """A part with comments, numbered from 1; paragraphs of one are parted by |."""
    signature = 'w:author="Anna" w:date="2027-01-02T03:04:05Z"'
    body = "".join(
        f'<w:comment w:id="{number}" {signature}>{_paragraphs(number, text)}</w:comment>'
        for number, text in enumerate(texts, 1)
    )
    return tree(body, "comments")


def _paragraphs(number: int, text: str) -> str:
    sign = "<w:r><w:annotationRef/></w:r>"
    return "".join(
        f'<w:p w14:paraId="{number}{index}">{sign if not index else ""}{run(part)}</w:p>'
        for index, part in enumerate(text.split("|"))
    )


def taken(body: str, *texts: str, threads: str = "") -> tuple[Element, tuple[Comment, ...]]:
    root = tree(body)
    open_wrappers(root)
    extended = tree(threads, "commentsEx") if threads else None
    found = take_comments([root], written(*texts), extended)
    traces = ("commentRangeStart", "commentRangeEnd", "commentReference")
    assert not list(root.iter(*map(q, traces), q("rStyle")))
    return root, found


def test_a_comment_with_all_it_has() -> None:
    body = par("") + par(bookmark() + run("a ") + begin() + run("b") + "<w:r><w:tab/></w:r>" + end() + run("c"))
    root, (comment,) = taken(body, "Warum?||Bitte klären.")
    paragraph = list(root.iter(q("p")))[1]
    assert comment == Comment(
        "1", "Anna", "2027-01-02T03:04:05Z", "Warum?\nBitte klären.", "b\t", paragraph, MARK, "", done=False
    )
    assert read(root)[1] == ("", "a bc")


def test_ranges_may_overlap_and_run_over_paragraphs() -> None:
    body = par(begin(1) + run("a") + begin(2) + run("b")) + par(run("c") + end(1) + run("d") + end(2))
    assert [comment.words for comment in taken(body, "x", "y")[1]] == ["abc", "bcd"]


def test_the_place_is_where_the_range_begins() -> None:
    facts = table(row(cell(par(bookmark() + run("Titel"))), cell(par(begin() + run("a") + end()))))
    body = par(run("x")) + facts + begin(2) + par(bookmark(OTHER_MARK, 8) + run("b") + end(2)) + par(CALL.format(3))
    root, comments = taken(body, "x", "y", "z")
    assert [comment.mark for comment in comments] == [MARK, OTHER_MARK, OTHER_MARK]
    paragraphs = list(root.iter(q("p")))
    assert [comment.paragraph for comment in comments] == [paragraphs[2], paragraphs[3], paragraphs[4]]
    assert [comment.words for comment in comments] == ["a", "b", ""]


def test_a_range_before_the_mark_of_its_paragraph() -> None:
    body = par(bookmark(OTHER_MARK, 8)) + par(begin() + bookmark() + run("a") + end())
    assert taken(body, "x")[1][0].mark == MARK


def test_answers_and_done() -> None:
    threads = (
        '<w15:commentEx w15:paraId="11" w15:done="1"/><w15:commentEx w15:paraId="20" w15:paraIdParent="11"'
        ' w15:done="1"/><w15:commentEx w15:paraId="30" w15:paraIdParent="77" w15:done="0"/>'
    )
    comments = taken(par(begin() + run("a") + end()), "x|y", "z", "w", threads=threads)[1]
    assert [(comment.answers, comment.done) for comment in comments] == [("", True), ("1", True), ("", False)]


def test_a_comment_without_a_place_is_still_told() -> None:
    comment = taken(par(run("a")), "x")[1][0]
    assert (comment.text, comment.words, comment.paragraph, comment.mark) == ("x", "", None, "")


def test_without_comments_there_is_nothing() -> None:
    assert take_comments([tree(par(run("a")))], None) == ()


def test_comments_in_notes() -> None:
    body, notes = tree(par(run("a"))), tree(par(begin() + run("b") + end()), "footnotes")
    assert [comment.words for comment in take_comments([body, notes], written("x"))] == ["b"]


def test_deleted_text_of_a_comment_is_not_told() -> None:
    root = written("x")
    next(root.iter(q("p"))).append(tree(deleted("y"))[0])
    assert take_comments([], root)[0].text == "x"


def test_a_comment_at_changed_text_keeps_its_place() -> None:
    """Also one whose beginning and call stand inside of what goes."""
    deletion = f'<w:del w:author="A">{begin()}{run("a", tag="delText")}{end()}</w:del>'
    root = tree(par(bookmark() + run("x") + deletion + ins(run("b"))))
    resolve(root, decision())
    (comment,) = take_comments([root], written("x"))
    assert (comment.words, comment.mark) == ("", MARK)
    clean(root)
    assert read(root) == [("", "xb")]
    assert len(list(root.iter(q("r")))) == 1


def test_a_comment_at_a_deleted_paragraph_moves_to_the_next() -> None:
    root = tree(par(bookmark() + begin() + deleted("a") + end(), mark=signed("del")) + par(run("b")))
    resolve(root, decision())
    (comment,) = take_comments([root], written("x"))
    assert comment.paragraph is next(root.iter(q("p")))
    assert read(root) == [("", "b")]


def test_a_comment_at_a_deleted_last_paragraph_is_in_no_text() -> None:
    body = par(bookmark() + run("a")) + par(begin() + deleted("b") + end(), mark=signed("del"))
    root = tree(table(row(cell(body))))
    resolve(root, decision())
    (comment,) = take_comments([root], written("x"))
    assert (comment.words, comment.paragraph, comment.mark) == ("", None, MARK)
    assert len(list(root.iter(q("r")))) == 1


def test_an_end_without_a_beginning() -> None:
    assert taken(par(run("a") + end()), "x")[1][0].words == ""


def test_many_comments_take_linear_time() -> None:
    count = 10_000
    body = "".join(begin(number) for number in range(1, count)) + run("a") * count
    root = tree(par(body + "".join(end(number) for number in range(1, count))))
    begun = time.process_time()
    comments = take_comments([root], written(*["x"] * (count - 1)))
    assert time.process_time() - begun < 10
    assert {comment.words for comment in comments} == {"a" * 300 + " …"}


def test_many_words_are_cut_between_two_of_them() -> None:
    (comment,) = taken(par(begin(1) + run("Wörter " * 100) + end(1)), "x")[1]
    assert comment.words == "Wörter " * 42 + "…"


def test_in_a_generated_part_it_is_told_by_heading_row_and_column() -> None:
    """The nearest mark is that of the last sheet, which has nothing to do with it."""
    at = begin() + run("F") + end()
    head = row(*(cell(par(run(words))) for words in ("Nr.", "Maßnahme", "Amt")))
    body = par(bookmark() + run("Sheet")) + par(bookmark("matrix", 8) + run("Matrix"))
    body += table(head, row(cell(par(run("1.1.2"))), cell(par(run("Läden"))), cell(par(at))))
    _, (comment,) = taken(body, "Warum?")
    assert (comment.mark, comment.anchor, comment.row, comment.column) == (MARK, "matrix", "1.1.2 Läden", "Amt")


def test_at_a_heading_of_a_generated_part_its_own_name_counts() -> None:
    body = par(bookmark("stadt", 8) + run("Stadt")) + par(begin() + bookmark("bau", 9) + run("Bau") + end())
    _, (comment,) = taken(body, "Heißt jetzt anders")
    assert (comment.anchor, comment.row, comment.column) == ("bau", "", "")


def test_behind_a_mark_the_heading_before_does_not_count() -> None:
    body = par(bookmark("stadt", 8) + run("Stadt")) + par(bookmark() + begin() + run("Wort") + end())
    _, (comment,) = taken(body, "Warum?")
    assert (comment.mark, comment.anchor) == (MARK, "")
