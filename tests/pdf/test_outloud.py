"""What a checker for what no standard forbids finds in the finished PDFs: nothing without an answer in a list."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.building import Built

ANSWERS = Path(__file__).with_name("outloud.yaml")
PROGRAM = Path(sys.executable).with_name("outloud")


@dataclass(frozen=True)
class Answer:
    """Why findings of a rule stay as they are: those that say what the pattern wants."""

    rule: str
    says: str
    reason: str

    def fits(self, rule: str, said: str) -> bool:
        """Whether this answers a finding."""
        return rule == self.rule and re.search(self.says, said) is not None


@pytest.fixture(scope="module")
def findings(build_once: Callable[[str], Built], tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Every finding in the three plans: its rule and what it says."""
    files = [build_once(name).file(".pdf") for name in ("shipped", "small", "stress")]
    report = tmp_path_factory.mktemp("outloud") / "report.json"
    done = subprocess.run([PROGRAM, *files, "--json", report, "--fail-on", "never"], check=True, capture_output=True)
    results = json.loads(report.read_bytes())["results"]
    assert len(results) == len(files), done.stderr
    assert not [result["error"] for result in results if result["error"]]
    return [
        (finding["rule"], f"{finding['message']} | {finding.get('evidence', '')}")
        for result in results
        for finding in result["findings"]
    ]


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    return [Answer(**item) for item in yaml.safe_load(ANSWERS.read_bytes())]


def test_every_finding_has_an_answer(findings: list[tuple[str, str]], answers: list[Answer]) -> None:
    assert [item for item in findings if not any(answer.fits(*item) for answer in answers)] == []


def test_every_answer_has_a_finding(findings: list[tuple[str, str]], answers: list[Answer]) -> None:
    assert [answer for answer in answers if not any(answer.fits(*item) for item in findings)] == []
