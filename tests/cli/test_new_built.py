"""A new plan is built at once, as PDF and as Word file, and nothing warns."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.console.commands import run
from pipeline.errors import ExitCode
from tests.building import build_silently


def test_a_new_plan_is_built_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Costs one build of some twenty pages, since typesetting alone shows that it goes through."""
    assert run(["new", str(tmp_path / "plan"), "--city", "Ulm", "--quiet"]) is ExitCode.OK
    built = build_silently(tmp_path / "plan", tmp_path / "output")
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == [
        "handlungsplan-ulm-quellen.zip",
        "handlungsplan-ulm.docx",
        "handlungsplan-ulm.pdf",
        "manifest.json",
        "offene-punkte.md",
    ]
    assert "Rat der Stadt Ulm" in (tmp_path / "output" / "offene-punkte.md").read_text("utf-8")
    assert built.outcome.ok
    assert built.said == ()
    assert capsys.readouterr() == ("", "")
