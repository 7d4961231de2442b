"""A plan's whole life: draft, a round by Word, resolution, a signed release, a year, a new edition, a rejection."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.console.commands import run
from pipeline.errors import ExitCode
from tests.back.draft import Draft
from tests.signing.authority import PASSPHRASE, authority
from tests.signing.samples import folders, two_publishers, without_verapdf


def test_a_plan_is_carried_through_its_life(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = two_publishers(tmp_path)
    plan, measures = content / "plan.yaml", content / "stadt" / "massnahmen.yaml"
    flags = folders(tmp_path)
    kept, built = flags[:2], flags[:2] + flags[4:]

    def edit(path: Path, *pairs: tuple[str, str]) -> None:
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, "utf-8")

    # A draft, of which somebody edits the Word file.
    edit(plan, ('fassung: "1.0"', 'fassung: "0.1"'), ("status: beschlossen", "status: entwurf"))
    edit(plan, ("    sitzung: 2026-11-20\n    vorlage: 2026/117\n    ergebnis: beschlossen", "    ergebnis: offen"))
    edit(measures, ("status: beschlossen", "status: abgestimmt"))
    assert run(["--format", "docx", *flags, "--quiet"]) is ExitCode.OK
    draft = Draft((tmp_path / "output" / "musterplan.docx").read_bytes())
    draft.edit([("replace", "verzeichnet alle Flächen", "verzeichnet alle freien Flächen")])
    (tmp_path / "b.docx").write_bytes(draft.to_bytes())
    assert run(["merge", str(tmp_path / "b.docx"), *built]) is ExitCode.OK
    assert "alle freien Flächen" in measures.read_text("utf-8")

    # It is kept, then resolved under a condition, released, signed, verified.
    assert run(["edition", *kept, "--quiet"]) is ExitCode.OK
    edit(plan, ('fassung: "0.1"', 'fassung: "1.0"\nersetzt: "0.1"'))
    edit(measures, ("stand: gesichert}", "stand: beantragt, vorbehalt: Haushalt 2027}"))
    resolved = ["resolve", "--body", "Rat", "--date", "20.11.2026", "--paper", "2026/117", *kept]
    assert run(resolved) is ExitCode.OK
    assert "status: beschlossen" in plan.read_text("utf-8")
    with without_verapdf():
        assert run(["release", *flags, "--quiet"]) is ExitCode.OK
    certifies, secret = authority(tmp_path), tmp_path / "wort"
    secret.write_bytes(PASSPHRASE)
    file = str(tmp_path / "output" / "freigabe" / "musterplan.pdf")
    for name in ("Stadt", "Verein"):
        key = ["--p12", str(certifies.key_file(name)), "--passphrase-file", str(secret)]
        assert run(["sign", file, *key]) is ExitCode.OK
    assert run(["verify", file, "--trust", str(certifies.file)]) is ExitCode.OK

    # A year later: what became of it is reported and kept. The release is what it was.
    edit(
        plan,
        ('fassung: "1.0"\nersetzt: "0.1"', 'fassung: "1.1"\nersetzt: "1.0"'),
        ("stand: 2026-11-22", "stand: 2028-12-31"),
    )
    edit(measures, ("titel: Verzeichnis liegt vor}", "titel: Verzeichnis liegt vor, ergebnis: erreicht}"))
    assert run(["report", "--year", "2028", *flags, "--quiet"]) is ExitCode.OK
    assert run(["edition", *kept, "--quiet"]) is ExitCode.OK
    assert run(["verify", file, "--trust", str(certifies.file)]) is ExitCode.OK

    # A new edition, of which the council rejects the one change in Word: the source has its old wording, every byte.
    edit(plan, ('fassung: "1.1"\nersetzt: "1.0"', 'fassung: "1.2"\nersetzt: "1.1"'))
    before = measures.read_bytes()
    edit(measures, ("alle freien Flächen", "die meisten Flächen"))
    assert run(["compare", *flags, "--quiet"]) is ExitCode.OK
    synopsis = str(tmp_path / "output" / "musterplan-synopse.docx")
    # The edition's number is rejected, too, and that one is told as what no Word file changes.
    assert run(["merge", synopsis, "--reject", "Fassung 1.2", *built]) is ExitCode.CONFLICT
    assert measures.read_bytes() == before
    assert "Traceback" not in capsys.readouterr().err
