"""Random paragraphs with random tracked edits of two authors: what is left is what a tiny model says."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.merge.docx.clean import clean
from pipeline.merge.docx.revisions import ALL, decision, resolve
from tests.back.trees import deleted, ins, par, read, run, signed, tree
from tests.tiers import examples


@dataclass(frozen=True)
class Atom:
    """A character, or the mark that ends a paragraph and carries its style; who inserted it, who deleted it."""

    text: str
    style: str
    inserted: str
    deleted: str

    def stays(self, accepted: set[str]) -> bool:
        there = not self.inserted or self.inserted in accepted
        return there and not (self.deleted and self.deleted in accepted)


MARK = "¶"
LAST = Atom(MARK, "last", "", "")
ATOMS = st.builds(
    Atom, st.sampled_from("abcd" + MARK * 2), st.sampled_from("xyz"), st.sampled_from(["", "", "A", "B"]),
    st.sampled_from(["", "", "A", "B"]),
)  # fmt: skip


def lines(atoms: list[Atom]) -> list[tuple[str, list[Atom], Atom]]:
    """Every paragraph: its text, its characters, its mark."""
    found, start = [], 0
    for index, atom in enumerate(atoms):
        if atom.text == MARK:
            inner = atoms[start:index]
            found.append(("".join(item.text for item in inner), inner, atom))
            start = index + 1
    return found


def written(atoms: list[Atom]) -> str:
    """The paragraphs as Word writes them: a deletion of inserted text stands inside of the insertion."""
    body = ""
    for _, inner, mark in lines(atoms):
        content = ""
        for (inserter, deleter), group in groupby(inner, key=lambda item: (item.inserted, item.deleted)):
            text = "".join(item.text for item in group)
            piece = deleted(text, deleter) if deleter else run(text)
            content += ins(piece, inserter) if inserter else piece
        signs = signed("ins", mark.inserted) if mark.inserted else ""
        signs += signed("del", mark.deleted) if mark.deleted else ""
        body += par(content, mark.style, signs)
    return body


CHOICES: list[tuple[list[str], list[str], set[str]]] = [
    ([], [], {"A", "B"}),
    ([ALL], [], {"A", "B"}),
    ([], [ALL], set()),
    (["A"], ["B"], {"A"}),
    ([], ["A"], {"B"}),
    (["B"], [ALL], {"B"}),
    (["B"], [], {"B"}),
]


@pytest.mark.parametrize(("accept", "reject", "accepted"), CHOICES)
@settings(max_examples=examples(100))
@given(st.lists(ATOMS, max_size=24))
def test_what_is_left(accept: list[str], reject: list[str], accepted: set[str], drawn: list[Atom]) -> None:
    atoms = [*drawn, LAST]
    root = tree(written(atoms))
    revisions = resolve(root, decision(accept, reject))
    expected = [(mark.style, text) for text, _, mark in lines([atom for atom in atoms if atom.stays(accepted)])]
    assert read(root) == expected
    assert all(revision.accepted == (revision.author in accepted) for revision in revisions)
    clean(root)
    assert read(root) == expected


@settings(max_examples=examples(100))
@given(st.lists(ATOMS, max_size=24))
def test_nothing_tracked_is_left(drawn: list[Atom]) -> None:
    root = tree(written([*drawn, LAST]))
    resolve(root, decision())
    assert resolve(root, decision()) == ()
    names = {str(element.tag).rpartition("}")[2] for element in root.iter()}
    assert names <= {"body", "p", "pPr", "pStyle", "rPr", "r", "t"}


@settings(max_examples=examples(100))
@given(st.lists(ATOMS, max_size=24))
def test_untracked_text_is_the_same_tree(drawn: list[Atom]) -> None:
    """Accepted, rejected or never tracked: once cleaned, the next stage sees the same."""
    for accepted, name in (({"A", "B"}, "accept"), (set[str](), "reject")):
        atoms = [*drawn, LAST]
        root = tree(written(atoms))
        resolve(root, decision(**{name: [ALL]}))
        plain = tree(written([Atom(a.text, a.style, "", "") for a in atoms if a.stays(accepted)]))
        clean(root)
        clean(plain)
        assert _shape(root) == _shape(plain)


def _shape(root: object) -> list[tuple[str, str | None]]:
    return [(str(element.tag), element.text) for element in root.iter()]  # type: ignore[attr-defined]
