"""Whoever searches in the finished PDF finds every word where it stands, in three engines, broken by a line or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.building import Built
from tests.reading.search import ENGINES, words_of

# How many words no engine may miss, of those that go on in another line too. Before the first line said all of such a
# word, PDFium, MuPDF and poppler missed 82, 81 and 82 of the 18,900 words of the shipped plan.
MISSED = 0
_JOINED = re.compile(rb"/Span <</ActualText <FEFF(?!0020>|200B>)[0-9A-F]+>>> BDC (.*?) EMC", re.DOTALL)
_UNFOUND = dict.fromkeys(map(ord, "\u00ad\u200b\u2010\u2011\u2060"))  # what nobody types


@pytest.fixture(params=["small", "shipped"])
def file(request: pytest.FixtureRequest, build_once: Callable[[str], Built]) -> Path:
    """The finished PDF of a plan."""
    return build_once(request.param).file(".pdf")


def test_every_word_is_found_where_it_stands(file: Path) -> None:
    """Some seconds for the shipped plan: three engines search each of its pages for each of its words."""
    with pikepdf.open(file) as pdf:
        words = words_of(pdf)
        assert sum(len(_JOINED.findall(page.Contents.read_bytes())) for page in pdf.pages) > 1
    assert sum(map(len, words)) > 2000
    lacking = {engine: missed(words, opened(file)) for engine, (opened, missed) in ENGINES.items()}
    assert {engine: dict(found) for engine, found in lacking.items() if sum(found.values()) > MISSED} == {}


def test_no_word_has_a_sign_that_nobody_types(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        assert [word for page in words_of(pdf) for word in page if word.translate(_UNFOUND) != word] == []
        assert "\u2011" not in str(pdf.docinfo.Title)
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root if "\u2011" in item.title] == []


def test_without_what_lines_say_words_are_missed(small: Built, tmp_path: Path) -> None:
    bare = tmp_path / "bare.pdf"
    with pikepdf.open(small.file(".pdf")) as pdf:
        words = words_of(pdf)
        for page in pdf.pages:
            page.Contents.write(_JOINED.sub(rb"\1", page.Contents.read_bytes()))
        pdf.save(bare)
    for opened, missed in ENGINES.values():
        assert sum(missed(words, opened(bare)).values()) > 1
