"""Every kind of tracked change, accepted and rejected: what is left, and what is told of it."""

from __future__ import annotations

import time

import pytest

from pipeline.merge.docx.clean import clean
from pipeline.merge.docx.revisions import ALL, Kind, Revision, decision, resolve, unmatched
from pipeline.ooxml.elements import Element, q
from tests.back.trees import (
    MARK,
    OTHER_MARK,
    bookmark,
    cell,
    deleted,
    ins,
    marks,
    par,
    read,
    row,
    run,
    shown,
    signed,
    table,
    tree,
)

ACCEPT, REJECT = decision(), decision(reject=[ALL])
MATH = "<m:oMath><m:r><m:rPr/><m:t>x</m:t></m:r></m:oMath>"


def settled(body: str, *, accept: bool) -> Element:
    root = tree(body)
    resolve(root, ACCEPT if accept else REJECT)
    return root


def both(body: str) -> tuple[str, str]:
    """The text once all is accepted, and once all is rejected; paragraphs are parted by |."""
    read_as = ["|".join(text for _, text in read(settled(body, accept=accept))) for accept in (True, False)]
    return read_as[0], read_as[1]


TEXTS = {
    "insertion": (par(run("a") + ins(run("b")) + run("c")), "abc", "ac"),
    "deletion": (par(run("a") + deleted("b") + run("c")), "ac", "abc"),
    "inserted, then deleted": (par(run("a") + ins(deleted("b", "B"))), "a", "a"),
    "deletion around an insertion": (par(f'<w:del w:author="B">{ins(run("b"))}</w:del>'), "", ""),
    "in a link": (par(f'<w:hyperlink w:anchor="x">{ins(run("b"))}{deleted("c")}</w:hyperlink>'), "b", "c"),
    "a whole link": (par(ins(f'<w:hyperlink w:anchor="x">{run("b")}</w:hyperlink>')), "b", ""),
    "in a control": (par(f"<w:sdt><w:sdtContent>{ins(run('b'))}{deleted('c')}</w:sdtContent></w:sdt>"), "b", "c"),
    "a whole control": (par(ins(f"<w:sdt><w:sdtContent>{run('b')}</w:sdtContent></w:sdt>")), "b", ""),
    "blocks": (f"<w:ins>{par(run('b'))}</w:ins>{par(run('c'))}", "b|c", "c"),
    "a run that says it of itself": (par(run("a") + run("b", signed("ins")) + run("c", signed("del"))), "ab", "ac"),
    "mark inserted": (par(run("a"), mark=signed("ins")) + par(run("b")), "a|b", "ab"),
    "mark deleted": (par(run("a"), mark=signed("del")) + par(run("b")), "ab", "a|b"),
    "mark inserted and deleted": (par(run("a"), mark=signed("ins") + signed("del")) + par(run("b")), "ab", "ab"),
    "mark deleted before a bookmark": (par(run("a"), mark=signed("del")) + bookmark() + par(run("b")), "ab", "a|b"),
    "before a table": (par(run("a"), mark=signed("del")) + table(row(cell(par("")))), "a|", "a|"),
    "gone before a table": (
        par(deleted("a"), mark=signed("del"), more="<w:tabs><w:tab/></w:tabs>") + table(row(cell(par("")))),
        "",
        "a|",
    ),
    "between tables": (
        table(row(cell(par(run("x"))))) + par(deleted("a"), mark=signed("del")) + table(row(cell(par(run("y"))))),
        "x||y",
        "x|a|y",
    ),
    "last in a cell": (table(row(cell(par(run("a")) + par(deleted("b"), mark=signed("del"))))), "a", "a|b"),
    "alone in a cell": (table(row(cell(par(deleted("b"), mark=signed("del"))))), "", "b"),
    "row inserted": (table(row(cell(par(run("a")))), row(cell(par(run("b"))), properties=signed("ins"))), "a|b", "a"),
    "row deleted": (table(row(cell(par(run("a")))), row(cell(par(run("b"))), properties=signed("del"))), "a", "a|b"),
    "table inserted": (par("") + table(row(cell(par(ins(run("b")))), properties=signed("ins"))), "|b", ""),
    "cell inserted": (table(row(cell(par(run("a"))), cell(par(run("b")), signed("cellIns")))), "a|b", "a"),
    "cell deleted": (table(row(cell(par(run("a"))), cell(par(run("b")), signed("cellDel")))), "a", "a|b"),
    "math": (par(run("a") + ins(MATH) + run("c")), "ac", "ac"),
    "note": (par(run("a") + ins('<w:r><w:footnoteReference w:id="2"/></w:r>')), "a", "a"),
    "moved": (
        par(f'<w:moveFrom w:author="A">{run("a")}</w:moveFrom>{run("b")}')
        + par(f'<w:moveTo w:author="A">{run("a")}</w:moveTo>{run("c")}'),
        "b|ac",
        "ab|c",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_text(case: str) -> None:
    body, accepted, rejected = TEXTS[case]
    assert both(body) == (accepted, rejected)


def test_a_cell_keeps_a_paragraph() -> None:
    body = table(row(cell(par(deleted("b"), mark=signed("del")))))
    assert read(settled(body, accept=True)) == [("", "")]


def test_what_is_not_text_comes_and_goes_with_it() -> None:
    body = par(ins(MATH + '<w:r><w:footnoteReference w:id="2"/></w:r>') + "<w:del><w:r><w:drawing/></w:r></w:del>")
    names = ("footnoteReference", "drawing")
    for accept, expected in ((True, [1, 0]), (False, [0, 1])):
        root = settled(body, accept=accept)
        assert [len(list(root.iter(q(name)))) for name in names] == expected
        assert ("oMath" in "".join(str(item.tag) for item in root.iter())) == accept


def test_a_rejected_deletion_is_ordinary_text_again() -> None:
    body = par("<w:del><w:r><w:delText>a</w:delText><w:delInstrText>PAGE</w:delInstrText></w:r></w:del>")
    names = [str(item.tag).rpartition("}")[2] for item in settled(body, accept=False).iter()]
    assert names[-3:] == ["r", "t", "instrText"]


def test_a_joined_paragraph_has_the_properties_of_the_last() -> None:
    body = par(run("a"), "one", signed("del")) + par(run("b"), "two", signed("del")) + par(run("c"), "three")
    assert read(settled(body, accept=True)) == [("three", "abc")]


def test_an_emptied_link_goes() -> None:
    body = par(f'<w:hyperlink w:anchor="x">{deleted("b")}{bookmark()}</w:hyperlink>')
    root = settled(body, accept=True)
    assert next(root.iter(q("hyperlink")), None) is None
    assert marks(root) == [[MARK]]


# --- bookmarks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("accept", [True, False])
def test_a_bookmark_in_changed_text_stays_with_its_paragraph(*, accept: bool) -> None:
    inner = (
        f'<w:del w:author="A">{bookmark()}{run("a", tag="delText")}</w:del>{ins(run("b") + bookmark(OTHER_MARK, 8))}'
    )
    assert marks(settled(par(inner), accept=accept)) == [[MARK, OTHER_MARK]]


def test_a_paragraph_that_was_deleted_takes_its_bookmark_along() -> None:
    body = par(bookmark() + deleted("a"), mark=signed("del")) + par(bookmark(OTHER_MARK, 8) + run("b"))
    assert marks(settled(body, accept=True)) == [[OTHER_MARK]]
    assert marks(settled(body, accept=False)) == [[MARK], [OTHER_MARK]]


def test_joined_paragraphs_have_both_bookmarks() -> None:
    body = par(bookmark() + run("a"), mark=signed("del")) + par(bookmark(OTHER_MARK, 8) + run("b"))
    assert marks(settled(body, accept=True)) == [[MARK, OTHER_MARK]]


@pytest.mark.parametrize("author", ["A", "B"])
def test_a_bookmark_left_in_an_empty_new_paragraph_goes_back(author: str) -> None:
    """Enter at a paragraph's beginning leaves its bookmark in the new, empty paragraph before it."""
    both_signs = signed("ins") + (signed("del", "B") if author == "B" else "")
    root = tree(par(bookmark(), mark=both_signs) + par(run("a")))
    resolve(root, decision(reject=["A"] if author == "A" else [], accept=["B"] if author == "B" else []))
    assert (marks(root), read(root)) == ([[MARK]], [("", "a")])


def test_a_copy_of_a_bookmark_goes_with_the_copied_text() -> None:
    copied = par(bookmark(f"{MARK}_Copy_1", 8) + ins(run("a")), mark=signed("ins"))
    body = par(bookmark() + run("a")) + copied + par(bookmark(OTHER_MARK, 9) + run("b"))
    assert marks(settled(body, accept=False)) == [[MARK], [OTHER_MARK]]
    assert marks(settled(body, accept=True)) == [[MARK], [f"{MARK}_Copy_1"], [OTHER_MARK]]


def moved(*, marked: str) -> str:
    """A paragraph moved below the next; its bookmark stands where it was, or where it went."""
    away, here = (f'<w:{side}RangeStart w:id="5" w:name="m1"/>' for side in ("moveFrom", "moveTo"))
    source = par(
        away + (bookmark() if marked == "away" else "") + f"<w:moveFrom>{run('a')}</w:moveFrom>",
        mark=signed("moveFrom"),
    )
    target = par((bookmark() if marked == "here" else "") + f"<w:moveTo>{run('a')}</w:moveTo>", mark=signed("moveTo"))
    ends = '<w:moveFromRangeEnd w:id="5"/>', '<w:moveToRangeEnd w:id="5"/>'
    return source + ends[0] + par(bookmark(OTHER_MARK, 8) + run("b")) + here + target + ends[1] + par(run("c"))


@pytest.mark.parametrize("marked", ["away", "here"])
def test_the_bookmark_of_a_moved_paragraph_is_where_the_paragraph_is(marked: str) -> None:
    root = settled(moved(marked=marked), accept=True)
    assert (read(root), marks(root)) == ([("", "b"), ("", "a"), ("", "c")], [[OTHER_MARK], [MARK], []])
    assert not [item for item in root.iter() if "Range" in str(item.tag)]
    root = settled(moved(marked=marked), accept=False)
    assert (read(root), marks(root)) == ([("", "a"), ("", "b"), ("", "c")], [[MARK], [OTHER_MARK], []])


def test_a_bookmark_on_both_sides_of_a_move_is_there_once() -> None:
    root = settled(
        moved(marked="here").replace("<w:moveFrom>", bookmark(f"{MARK}_Copy_1", 9) + "<w:moveFrom>"), accept=True
    )
    assert marks(root) == [[OTHER_MARK], [MARK], []]


def test_the_halves_of_a_move_that_do_not_fit_are_left_apart() -> None:
    body = moved(marked="away").replace("<w:moveToRangeEnd", par("", mark=signed("moveTo")) + "<w:moveToRangeEnd")
    assert marks(settled(body, accept=True)) == [[OTHER_MARK], [], [], []]


# --- properties ---------------------------------------------------------------------------------------------------


def change(tag: str, before: str) -> str:
    return f'<w:{tag}Change w:id="1" w:author="A"><w:{tag}>{before}</w:{tag}></w:{tag}Change>'


PROPERTIES = {
    "rPr": f"<w:p><w:r><w:rPr><w:b/>{change('rPr', '<w:i/>')}</w:rPr><w:t>a</w:t></w:r></w:p>",
    "pPr": f"<w:p><w:pPr><w:b/><w:rPr/><w:sectPr/>{change('pPr', '<w:i/>')}</w:pPr></w:p>",
    "tblPr": f"<w:tbl><w:tblPr><w:b/>{change('tblPr', '<w:i/>')}</w:tblPr></w:tbl>",
    "tblGrid": f"<w:tbl><w:tblGrid><w:b/>{change('tblGrid', '<w:i/>')}</w:tblGrid></w:tbl>",
    "tblPrEx": f"<w:tr><w:tblPrEx><w:b/>{change('tblPrEx', '<w:i/>')}</w:tblPrEx></w:tr>",
    "trPr": f"<w:tr><w:trPr><w:b/>{change('trPr', '<w:i/>')}</w:trPr><w:tc/></w:tr>",
    "tcPr": f"<w:tc><w:tcPr><w:b/>{change('tcPr', '<w:i/>')}</w:tcPr></w:tc>",
    "sectPr": f"<w:sectPr><w:headerReference/><w:b/>{change('sectPr', '<w:i/>')}</w:sectPr>",
}


@pytest.mark.parametrize("tag", PROPERTIES)
def test_properties(tag: str) -> None:
    for accept, expected in ((True, "b"), (False, "i")):
        root = tree(PROPERTIES[tag])
        element = next(root.iter(q(tag)))
        resolve(root, ACCEPT if accept else REJECT)
        names = [str(child.tag).rpartition("}")[2] for child in element]
        kept = {"pPr": [expected, "rPr", "sectPr"], "sectPr": ["headerReference", expected]}
        assert names == kept.get(tag, [expected])


def test_a_paragraph_keeps_the_fate_of_its_mark_when_its_format_is_put_back() -> None:
    body = par(run("a"), "two", signed("del", "B"), change("pPr", '<w:pStyle w:val="one"/>')) + par(run("b"), "three")
    root = tree(body)
    resolve(root, decision(reject=["A", "B"]))
    assert read(root) == [("one", "a"), ("three", "b")]
    root = tree(body)
    resolve(root, decision(reject=["A"]))
    assert read(root) == [("three", "ab")]


def test_numbering() -> None:
    numbered = f'<w:numPr><w:ilvl w:val="0"/>{signed("ins")}</w:numPr>'
    for accept, count in ((True, 1), (False, 0)):
        root = settled(par(run("a"), more=numbered), accept=accept)
        assert len(list(root.iter(q("numPr")))) == count
        assert next(root.iter(q("ins")), None) is None


@pytest.mark.parametrize(
    ("state", "accepted", "rejected"),
    [('w:vMerge="cont"', "continue", ""), ('w:vMergeOrig="rest"', "", "restart"), ("", "", "")],
)
def test_merged_cells(state: str, accepted: str, rejected: str) -> None:
    merged = f'<w:cellMerge w:author="A" {state}/>'
    properties = f'<w:vMerge w:val="restart"/><w:vAlign w:val="top"/>{signed("cellIns", "B")}{merged}'
    for accept, expected in ((True, accepted), (False, rejected)):
        root = tree(table(row(cell(par(run("a")), properties))))
        resolve(root, decision(["B"] + ["A"] * accept, ["A"] * (not accept)))
        assert [item.get(q("val")) for item in root.iter(q("vMerge"))] == ([expected] if expected else [])
        assert next(root.iter(q("cellMerge")), None) is None


# --- fields -------------------------------------------------------------------------------------------------------


def sign(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


FIELD = sign("begin") + run("PAGE", tag="instrText") + sign("separate") + run("7") + sign("end")


def test_a_field_comes_and_goes_as_a_whole() -> None:
    for accept in (True, False):
        root = settled(par(run("a") + ins(FIELD)), accept=accept)
        clean(root)
        assert len(list(root.iter(q("fldChar")))) == (3 if accept else 0)


def test_half_a_field_swallows_no_text() -> None:
    begin = f"<w:del>{sign('begin')}{run('PAGE', tag='delInstrText')}</w:del>"
    body = par(begin + sign("separate") + run("7") + sign("end")) + par(FIELD.removesuffix(sign("end")) + run("b"))
    root = settled(body, accept=True)
    clean(root)
    assert [next(root.iter(q(name)), None) for name in ("fldChar", "instrText")] == [None, None]
    assert read(root) == [("", "7"), ("", "7b")]


# --- what is told -------------------------------------------------------------------------------------------------


def told(body: str) -> list[Revision]:
    return list(resolve(tree(body), ACCEPT))


def test_what_is_told_of_a_change() -> None:
    (first, second) = told(par(bookmark() + run("a") + ins(run("b") + "<w:r><w:tab/></w:r>") + deleted("c", "B")))
    assert first == Revision("A", "2027-01-02T03:04:05Z", Kind.INSERTED, "b\t", MARK, accepted=True)
    assert second == Revision("B", "", Kind.DELETED, "c", MARK, accepted=True)


def test_a_change_is_told_with_its_nearest_mark() -> None:
    facts = table(row(cell(par(bookmark() + run("Titel"))), cell(par(ins(run("a"))))))
    body = par(ins(run("x"))) + facts + par(bookmark(OTHER_MARK, 8) + run("b"), mark=signed("del")) + par(ins(run("c")))
    assert [(item.text, item.mark) for item in told(body)] == [
        ("x", ""),
        ("a", MARK),
        ("b", OTHER_MARK),
        ("c", OTHER_MARK),
    ]


def test_a_change_in_a_table_inside_of_a_table() -> None:
    inner = table(row(cell(par(run("b"))), properties=signed("ins")))
    assert [item.text for item in told(table(row(cell(par(run("a")) + inner + par("")))))] == ["b"]


def test_the_kinds() -> None:
    numbering = f"<w:numPr>{signed('ins')}{signed('numberingChange')}</w:numPr>"
    properties = signed("cellIns") + signed("cellDel") + signed("cellMerge") + change("tcPr", "")
    body = (
        par(f"<w:moveFrom>{run('a')}</w:moveFrom><w:moveTo>{run('b')}</w:moveTo>", mark=signed("moveFrom"))
        + par(run("c", change("rPr", "")), mark=signed("moveTo"), more=numbering + change("pPr", ""))
        + table(row(cell(par(run("d")), properties), properties=signed("ins") + signed("del") + change("trPr", "")))
        + PROPERTIES["sectPr"]
    )
    assert [(str(item.kind), item.text) for item in told(body)] == [
        (Kind.PARAGRAPH_MOVED_AWAY, "ab"),
        (Kind.MOVED_AWAY, "a"),
        (Kind.MOVED_HERE, "b"),
        (Kind.PARAGRAPH_MOVED_HERE, "c"),
        (Kind.NUMBERING, "c"),
        (Kind.NUMBERING, "c"),
        (Kind.PARAGRAPH_FORMAT, "c"),
        (Kind.TEXT_FORMAT, "c"),
        (Kind.ROW_INSERTED, "d"),
        (Kind.ROW_DELETED, "d"),
        (Kind.TABLE_FORMAT, "d"),
        (Kind.CELL_INSERTED, "d"),
        (Kind.CELL_DELETED, "d"),
        (Kind.CELL_MERGED, "d"),
        (Kind.TABLE_FORMAT, "d"),
        (Kind.PAGE_FORMAT, ""),
    ]


def test_names_are_the_same_whatever_their_capitals() -> None:
    anna = Revision("Anna  Berg", "", Kind.INSERTED, "a")
    assert not decision(reject=["anna berg"])(anna)
    assert unmatched(["anna BERG", "Carl", ALL, "Carl"], [anna]) == ("Carl",)
    assert decision(accept=["Anna Berg"], reject=["ALLE"])(anna)


# --- bounds -------------------------------------------------------------------------------------------------------

SECONDS = 5  # takes half of one; with quadratic time it would be minutes

LARGE = {
    "many changes in one paragraph": par(ins(run("a")) * 10_000),
    "a long chain of joins": par(run("a") + bookmark(), mark=signed("del")) * 2_500 + par(""),
    "points between": (par(run("a"), mark=signed("del")) + bookmark() * 3) * 2_500 + par(""),
    "nested": (ins("".join("<w:ins>" for _ in range(200)) + run("a") * 50 + "</w:ins>" * 200)) * 50,
    "nested marks": ("<w:p>" * 200 + run("a") + "</w:p>" * 200) * 50 + par("", mark=signed("del")),
    "copies": par(ins(bookmark() * 5_000)),
    "moves": moved(marked="away") * 1_000,
}


@pytest.mark.parametrize("case", LARGE)
@pytest.mark.parametrize("accept", [True, False])
def test_large_and_nested_trees_take_linear_time(case: str, *, accept: bool) -> None:
    root = tree(LARGE[case])
    begun = time.process_time()
    resolve(root, ACCEPT if accept else REJECT)
    clean(root)
    assert time.process_time() - begun < SECONDS
    assert shown(root) or not accept or case == "copies"
