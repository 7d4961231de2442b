"""A redline is both files: all accepted the new one, all rejected the old one; only insertions and deletions."""

from __future__ import annotations

from collections import Counter

import pytest
from lxml import etree

from benchmarks.redline_pairs import both, built, faults, lines, mixed_faults, pair
from pipeline.ooxml.elements import R, q
from pipeline.ooxml.package import Package
from tests.cases import BASE

TEXTS = ("t", "instrText", "delText", "delInstrText")  # deleted words have names of their own, or Word shows them


@pytest.fixture(scope="module")
def files() -> tuple[bytes, bytes]:
    """Two editions between which blocks and measures came, went and moved, tables and notes among them."""
    old, new = (built(plan).data for plan in pair(22))
    return old, new


def test_it_is_both_files(files: tuple[bytes, bytes]) -> None:
    assert lines(files[0]) != lines(files[1])
    assert list(faults(*files)) == []


def test_what_is_rejected_comes_home_and_nothing_else() -> None:
    assert list(mixed_faults(1, BASE)) == []


def test_what_it_consists_of(files: tuple[bytes, bytes]) -> None:
    made = both(*files)
    assert made == both(*files)
    package = Package(made)
    document, notes = (package.tree(f"word/{name}.xml") for name in ("document", "footnotes"))
    tracked = [item for item in document.iter() if etree.QName(item).localname in ("ins", "del", "moveFrom", "moveTo")]
    assert {etree.QName(item).localname for item in tracked} == {"ins", "del"}
    assert {item.get(q("author")) for item in tracked} == {"Fassung 0.2"}
    deleted = {
        name: {next(item.iterancestors(q("del")), None) is not None for item in document.iter(q(name))}
        for name in TEXTS
    }
    assert deleted == {"t": {False}, "instrText": {False}, "delText": {True}, "delInstrText": {True}}
    numbers = Counter(item.get(q("id")) for root in (document, notes) for item in root.iter(q("ins"), q("del")))
    assert max(numbers.values()) == 1
    names = Counter(item.get(q("name")) for item in document.iter(q("bookmarkStart")))
    assert max(names.values()) == 1
    called = {item.get(q("id")) for item in document.iter(q("footnoteReference"))}
    assert called <= {note.get(q("id")) for note in notes}
    known = {item.get("Id") for item in package.tree("word/_rels/document.xml.rels")}
    assert {item.get(f"{{{R}}}id") for item in document.iter(q("hyperlink"))} - {None} <= known
    counted = {item.get(q("numId")) for item in package.tree("word/numbering.xml").findall(q("num"))}
    assert {item.get(q("val")) for item in document.iter(q("numId"))} <= counted | {"0"}


def test_a_heading_of_another_level_is_referred_to_whatever_is_decided() -> None:
    """It is gone and new; the bookmark begins in the one and ends in the other, so that either has it."""
    old, new = (built(plan).data for plan in pair(1046))
    body = Package(both(old, new)).tree("word/document.xml")[0]
    (start,) = (mark for mark in body.iter(q("bookmarkStart")) if mark.get(q("name")) == "zeitplan")
    (end,) = (mark for mark in body.iter(q("bookmarkEnd")) if mark.get(q("id")) == start.get(q("id")))
    gone, come = (next(mark.iterancestors(q("p"))) for mark in (start, end))
    assert gone.getnext() is come
    ends = [item.find(f"{q('pPr')}/{q('rPr')}/{q(kind)}") for item, kind in ((gone, "del"), (come, "ins"))]
    assert None not in ends


def test_files_that_are_the_same_have_no_change(files: tuple[bytes, bytes]) -> None:
    package = Package(both(files[1], files[1]))
    assert next(package.tree("word/document.xml").iter(q("ins"), q("del")), None) is None
