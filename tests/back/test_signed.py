"""Who is said to have changed something, at a mark or in words that are new."""

from __future__ import annotations

from time import process_time

import pytest

from pipeline.merge.docx.revisions import LONGEST_TEXT, Kind, Revision
from pipeline.merge.outcome.authors import Signed
from pipeline.merge.outcome.outcome import Signature

LONG = "Ein langer Satz mit vielen Wörtern. " * 20


def written(author: str, text: str, kind: Kind = Kind.INSERTED, *, mark: str = "", accepted: bool = True) -> Revision:
    return Revision(author, "2027-01-02", kind, text[:LONGEST_TEXT], mark, accepted)


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Ein neuer Absatz, von Anna geschrieben.", ["Anna"]),
        ("Ein\u00a0neuer  Absatz, von Anna geschrieben.", ["Anna"]),
        ("Das schrieb halb Ben, das andere Cem.", ["Ben", "Cem"]),
        ("Ein Absatz von Ben, in dem Cem ein Wort schrieb.", ["Ben"]),
        ("Das schrieb niemand.", []),
        ("Gelöscht ist nicht geschrieben.", []),
        ("Das wurde abgelehnt.", []),
        (LONG, ["Anna"]),
        ("", []),
    ],
)
def test_who_wrote_new_words(text: str, authors: list[str]) -> None:
    signed = Signed(
        [
            written("Anna", "Ein neuer Absatz, von Anna geschrieben."),
            written("Ben", "Das schrieb halb Ben,"),
            written("Cem", " das andere Cem."),
            written("Ben", "Ein Absatz von Ben, in dem "),
            written("Cem", "Cem "),
            written("Ben", "ein Wort schrieb."),
            written("Ben", "Gelöscht ist nicht geschrieben.", Kind.DELETED),
            written("Ben", "Das wurde abgelehnt.", accepted=False),
            written("Anna", LONG),
        ]
    )
    assert [signature.author for signature in signed.of(text)] == authors


def test_everybody_signs_a_mark_once_and_with_the_last_date() -> None:
    late = Revision("Ben", "2027-03-04", Kind.DELETED, "", "m")
    no = written("Cem", "x", mark="m", accepted=False)
    signed = Signed([written("Ben", "x", mark="m"), late, written("Anna", "y", mark="m"), no])
    assert signed.at("m") == (Signature("Ben", "2027-03-04"), Signature("Anna", "2027-01-02"))
    assert signed.at("n") == ()


def test_many_new_paragraphs_that_begin_alike_take_no_quadratic_time() -> None:
    texts = [f"Neu ist der Absatz mit der Nummer {number} hier." for number in range(20_000)]
    start = process_time()
    signed = Signed([written("Anna", text) for text in texts])
    assert all(signed.of(text) for text in texts)
    assert process_time() - start < 5
