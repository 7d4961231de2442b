"""A contents list that LibreOffice made anew, once and once more, has the same lines, and nobody's edit is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from pipeline.merge.merge import MergeRequest, merge
from tests.back.office.hand import Job, type_all, without_fonts
from tests.building import Built
from tests.reading.word import xml_parts
from tests.word.reading import style, words


def lines(data: bytes) -> list[str]:
    """What each line reads before the number of its page."""
    body = xml_parts(data)[0][0]
    names = re.compile(r"TOC[1-9]|Contents[1-9]")
    found = [words(item) for item in body.iter(qn("w:p")) if names.fullmatch(style(item))]
    return [re.sub(r"\d*$", "", line) for line in found]


@pytest.mark.usefixtures("office_needed")
def test_made_anew_it_reads_as_it_was_built(build_once: Callable[[str], Built], tmp_path: Path) -> None:
    built = build_once("small")
    data = built.file(".docx").read_bytes()
    file = tmp_path / "plan.docx"
    file.write_bytes(without_fonts(data))
    for turn in ("einmal", "zweimal"):
        target = tmp_path / f"{turn}.docx"
        (tmp_path / turn).mkdir()
        assert type_all([Job(str(file), (("update_contents",),), False, str(target))], tmp_path / turn) == {}
        file = target
        assert lines(file.read_bytes()) == lines(data)
        outcome = merge(MergeRequest([(file.name, file.read_bytes())], built.outcome.sources, {}))
        assert dict(outcome.sources) == {}
        assert [told.entries for told in outcome.files] == [()]
