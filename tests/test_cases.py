"""Every code has a case: the faulty plan yields exactly what the case says, the faultless one nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from schema.codes import CODES
from tests.cases import BASE, apply, found, load, names
from tests.cases.page import PAGE, page


def test_the_faultless_plan_is_silent() -> None:
    assert found(BASE) == []


@pytest.mark.parametrize("name", names())
def test_case(name: str, tmp_path: Path) -> None:
    case = load(name)
    apply(case, tmp_path)
    assert found(tmp_path) == case["expected"]
    assert any(f" {name[:4]}: " in line for line in case["expected"])


def test_the_authors_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.cases.page"


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    assert {name[:4] for name in names()} == set(CODES)
