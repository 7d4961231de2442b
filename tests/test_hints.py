"""Hints that show a line: whoever types it has mended the mistake, in every case and in every typical mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.diagnostics import Diagnostic
from schema.rules.finding import nearest
from tests.cases import apply, load, names
from tests.hints import follow, shows_a_line
from tests.mistakes import MISTAKES

CASES = [pytest.param(load(name), id=name) for name in names()]
CASES += [pytest.param({"edits": edits}, id=name) for name, edits in MISTAKES.items()]


def checked(folder: Path) -> tuple[Diagnostic, ...]:
    return validate(read(folder)).diagnostics


@pytest.mark.parametrize("case", CASES)
def test_a_hint_taken_literally_makes_its_finding_vanish(case: dict[str, Any], tmp_path: Path) -> None:
    first = tmp_path / "first"
    apply(case, first)
    for nth, finding in enumerate(item for item in checked(first) if shows_a_line(item)):
        again = tmp_path / str(nth)
        apply(case, again)
        follow(finding, again)
        left = [(item.code, item.location.path, item.location.line, item.message) for item in checked(again)]
        assert (finding.code, finding.location.path, finding.location.line, finding.message) not in left


def test_most_mistakes_in_the_data_show_the_line_as_it_should_be(tmp_path: Path) -> None:
    """Counted, so that nobody takes the lines away: of the kinds that a single line can mend, all show it."""
    showing = []
    for name in names():
        apply(load(name), tmp_path / name)
        showing += [name] if any(shows_a_line(item) for item in checked(tmp_path / name)) else []
    assert len(showing) >= 35


def test_what_is_proposed_depends_on_no_order() -> None:
    """A set of known names has another order in every process; whoever builds twice must read the same words."""
    known = ("M1.1.2", "M1.1.1", "Z1.1", "fahrradverein", "fahrradladen")
    for wrong in ("M1.1.7", "fahrrad", "Z1.7"):
        assert nearest(wrong, known) == nearest(wrong, known[::-1]), wrong
    assert nearest("M1.1.7", known) == ("M1.1.1", "M1.1.2")
