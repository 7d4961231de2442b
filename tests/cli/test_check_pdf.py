"""Built PDFs are checked on demand, and what is said of them stands beside them, in no manifest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pipeline.console.commands import run
from pipeline.errors import ExitCode
from pipeline.pdf import verapdf
from pipeline.pdf.verapdf import PDF_A, PDF_UA, Verdict

KEPT: Verdict = {PDF_A: frozenset(), PDF_UA: frozenset()}


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a PDF of a build, and one that is somebody else's; veraPDF seems to be there."""
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    (tmp_path / "fremd.pdf").write_bytes(b"%PDF")
    (tmp_path / "manifest.json").write_text(json.dumps({"dateien": [{"name": "plan.pdf"}, {"name": "plan.docx"}]}))
    monkeypatch.setattr(verapdf, "missing", lambda: "")
    return tmp_path


def judge(monkeypatch: pytest.MonkeyPatch, verdict: Verdict) -> None:
    monkeypatch.setattr(verapdf, "verdicts", lambda files: dict.fromkeys(files, verdict))


@pytest.mark.parametrize(
    ("verdict", "code", "said"),
    [
        (KEPT, ExitCode.OK, "PDF/A-2a und PDF/UA-1 sind eingehalten."),
        (
            {PDF_A: frozenset({"6.2.4.3-4"}), PDF_UA: frozenset()},
            ExitCode.RENDERING,
            "hält seine Normen nicht ein. Verletzte Regeln: PDF/A-2A: 6.2.4.3-4.",
        ),
        ({"PDF/A-1B": frozenset()}, ExitCode.RENDERING, "Es nennt sich nicht PDF/A-2a und PDF/UA-1."),
    ],
)
def test_the_result_is_told_and_stands_beside_the_file(
    built: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    verdict: Verdict,
    code: ExitCode,
    said: str,
) -> None:
    judge(monkeypatch, verdict)
    manifest = (built / "manifest.json").read_bytes()
    assert run(["check", "--pdf", "--output", str(built)]) is code
    told = capsys.readouterr()
    assert said in told.out + told.err
    result = json.loads((built / "plan-pruefung.json").read_bytes())
    assert result["sha256"] == hashlib.sha256(b"%PDF").hexdigest()
    assert result["eingehalten"] is (code is ExitCode.OK)
    assert result["verletzte_regeln"] == {name: sorted(rules) for name, rules in sorted(verdict.items())}
    assert (built / "manifest.json").read_bytes() == manifest
    assert not (built / "fremd-pruefung.json").exists()


def test_where_it_cannot_be_checked_a_sentence_says_why(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(verapdf, "missing", lambda: "Java fehlt; das PDF ist nicht geprüft.")
    assert run(["check", "--pdf", "--output", str(built)]) is ExitCode.MISSING_TOOL
    assert "Java fehlt" in capsys.readouterr().err
    assert run(["check", "--pdf", "--output", str(tmp_path / "leer")]) is ExitCode.FILES
    assert "Bitte erst bauen" in capsys.readouterr().err
    assert run(["check", "--output", str(built)]) is ExitCode.USAGE
    assert "nur mit --pdf" in capsys.readouterr().err
    assert not (built / "plan-pruefung.json").exists()


def test_a_program_that_says_nothing_is_told(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for program in ("echo", str(built / "nichts")):
        monkeypatch.setattr(verapdf, "java", lambda program=program: program)
        assert run(["check", "--pdf", "--output", str(built)]) is ExitCode.RENDERING
        assert "nicht geprüft" in capsys.readouterr().err
