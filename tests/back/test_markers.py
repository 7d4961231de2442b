"""Conflict markers: around the lines that contradict, wherever their words stand elsewhere too."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from pipeline.back.markers import marked
from pipeline.back.sources import Sources
from pipeline.back.threeway import SourceConflict

FILE = PurePosixPath("texte/a.md")


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("# A\n\nSagt ja\nja\n", "# A\n\nSagt ja\n", ""),
        ("ja\nSagt ja\n", "", "Sagt ja\n"),
        ("# A\n", "# A\n", ""),  # nothing is left of it: at the end
    ],
)
def test_whole_lines_are_marked(text: str, before: str, after: str) -> None:
    ours = "ja\n" if "ja" in text else ""
    conflict = SourceConflict(str(FILE), "vielleicht\n", ours, "nein\n")
    found = marked(Sources({FILE: text.encode()}), [(conflict, "", "b.docx")])
    block = f"<<<<<<< Quellen\n{ours}||||||| vorher\nvielleicht\n=======\nnein\n>>>>>>> b.docx\n"
    assert found[FILE].decode() == before + block + after
