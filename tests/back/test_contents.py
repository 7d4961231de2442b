"""A contents list that was made anew is nobody's edit; one that somebody wrote in is told."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from pipeline.ooxml.elements import Element, paragraph_style, q, remove, w
from pipeline.ooxml.elements import text as text_of
from pipeline.ooxml.package import Package
from tests.back.cut import CutPlan
from tests.back.draft import Draft, plain
from tests.back.edit_cases import Desk
from tests.back.noise_fields import contents_list_renewed
from tests.back.saving import Saving


@pytest.fixture(scope="module")
def desk(cut: Callable[[str], CutPlan]) -> Desk:
    """The small plan's Word file, cut to texts and data."""
    return Desk(cut("beides").data)


def renewed(data: bytes) -> Draft:
    """The file with its contents list made anew, to be edited further."""
    saving = Saving(Package(data), Random(0))
    contents_list_renewed(saving)
    return Draft(saving.package.to_bytes())


def entry(draft: Draft, words: str) -> Element:
    found = (
        item for item in draft.body.iter(q("p")) if paragraph_style(item).startswith("TOC") and words in plain(item)
    )
    return next(found)


def words(entry: Element) -> Element:
    return next(piece for piece in entry.iter(q("t")) if piece.text)


def test_made_anew_it_is_no_edit(desk: Desk) -> None:
    draft = renewed(desk.light)
    assert plain(entry(draft, "Leerstand halbieren")).startswith("Ziel 1.1")  # not what the program writes there
    assert desk.came(draft.to_bytes()) == {}


def test_made_anew_with_its_first_level_alone_it_is_no_edit(desk: Desk) -> None:
    """So LibreOffice makes it."""
    draft = renewed(desk.light)
    below = [item for item in draft.body.iter(q("p")) if paragraph_style(item) in ("TOC5", "TOC6")]
    assert below
    for item in below[1:]:
        remove(item)
    assert desk.came(draft.to_bytes()) != {}  # one of the second level is left, so somebody took out the others
    remove(below[0])
    assert desk.came(draft.to_bytes()) == {}


@pytest.mark.parametrize("page", ["12", " iv", ""])
def test_page_numbers_may_be_text(desk: Desk, page: str) -> None:
    """So LibreOffice writes them."""
    draft = Draft(desk.light)
    for item in draft.body.iter(q("p")):
        if paragraph_style(item).startswith("TOC"):
            tabs = list(item.iter(q("tab")))
            if tabs and (run := tabs[-1].getparent()) is not None:
                for other in list(run.itersiblings()):
                    remove(other)
                run.addnext(w("r", text_of(page)))
    assert desk.came(draft.to_bytes()) == {}


def test_a_new_title_may_stand_in_it(desk: Desk) -> None:
    draft = Draft(desk.light)
    draft.edit([("heading", "Worum es geht", "Worum es hier geht")])
    alone = desk.came(draft.to_bytes())
    assert set(alone) == {"quellen"}
    assert desk.came(renewed(draft.to_bytes()).to_bytes()) == alone


def test_what_somebody_writes_into_it_is_told(desk: Desk) -> None:
    for draft in (Draft(desk.light), renewed(desk.light)):
        words(entry(draft, "Worum es geht")).text = "Worum es sich dreht"
        (told,) = [line for line in desk.came(draft.to_bytes())["gemeldet"] if "dreht" in line]
        assert told.startswith("erzeugt, ")


def test_what_somebody_deletes_from_it_is_told(desk: Desk) -> None:
    for draft in (Draft(desk.light), renewed(desk.light)):
        remove(entry(draft, "Worum es geht"))
        assert any("Worum es geht" in line for line in desk.came(draft.to_bytes())["gemeldet"])
