"""Definitions of footnotes that nobody calls any more go, and nothing beside them."""

from __future__ import annotations

import pytest

from pipeline.merge.markdown.footnotes import Note, edit_notes
from pipeline.merge.markdown.units import Unit


def note(text: str) -> Note:
    return (Unit("paragraph", text),)


@pytest.mark.parametrize(
    ("definition", "left"),
    [
        ("[^a]: Alt.\n\n", ""),
        ("[^a]: Alt\nund weiter.\n\n", ""),
        ("[^a]: Alt.\n\n    Mehr.\n\n    - eins\n    - zwei\n\n", ""),
        ("[^a]: Alt.\n## Überschrift\n\n", "## Überschrift\n\n"),
        ("[^a]: Alt.\n- Punkt\n\n", "- Punkt\n\n"),
        ("```\n[^a]: So schreibt man sie.\n```\n\n", "```\n[^a]: So schreibt man sie.\n```\n\n"),
    ],
)
def test_a_definition_goes_and_what_follows_it_stays(definition: str, left: str) -> None:
    before, after = {"a": note("Alt."), "b": note("Neu.")}, {"b": note("Neu.")}
    text = "Der Plan.[^b]\n\n{}Schluss.\n\n[^b]: Neu.\n"
    assert edit_notes(text.format(definition), before, after, frozenset("b")) == text.format(left)
