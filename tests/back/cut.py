"""The small plan cut to what a group of edits touches, as a Word file: much less to read again after every edit.

The sources are those of the small plan, byte for byte, but for the outline and for references to what is cut away.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.content.folder import EDITIONS
from pipeline.content.read import read
from pipeline.diagnostics import Severity
from pipeline.files.register import enter
from pipeline.merge.base import base_of
from pipeline.merge.docx.open import open_docx
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import MergeOutcome
from pipeline.word.build import write_docx
from tests.building import PLANS
from tests.loading import load

WHOLE = "ganz"


@dataclass(frozen=True)
class Cut:
    """The parts that stay, as lines of the outline, and what else is written instead: in which file, what, what for."""

    outline: tuple[str, ...]
    instead: tuple[tuple[str, str, str], ...] = ()


CUTS = {
    "texte": Cut(
        ("teil: inhalt", "text: einleitung", "text: zustaendigkeiten", "text: ablauf", "teil: glossar"),
        (
            ("texte/einleitung.md", "[](#HF2), [](#Z2.1), [](#M2.1.1), [den Tunnel](#M2.1.3), ", ""),
            ("texte/einleitung.md", "[](#M1.1.3), [](#V1), [](#fahrradverein), ", ""),
            ("texte/einleitung.md", "[](#straenge), ", ""),
            ("texte/einleitung.md", "nennt [](#Z1.1).", "nennt [](#koennen)."),
        ),
    ),
    "beides": Cut(
        (
            *("teil: titel", "teil: status", "teil: inhalt", "text: einleitung", "teil: handlungsfelder"),
            *("text: zustaendigkeiten", "text: ablauf", "teil: aufwand_und_finanzierung", "teil: glossar"),
        ),
        (
            ("texte/einleitung.md", "[](#V1), [](#fahrradverein), ", ""),
            ("texte/einleitung.md", "[](#straenge), ", ""),
        ),
    ),
    "daten": Cut(
        ("teil: inhalt", "teil: handlungsfelder", "text: ablauf", "teil: glossar"),
        (("texte/einleitung.md", "[](#straenge), [](#zustaendigkeitsmatrix-1) und", "und"),),
    ),
}
"""By name. The table of edits is made in those of texts and of data, and in the whole one, `WHOLE`."""


@dataclass(frozen=True)
class CutPlan:
    """Its content folder, the Word file that is built from it, and the folder of the copy that has built it."""

    content: Path
    data: bytes
    own: Path

    def merge(self, edited: bytes) -> MergeOutcome:
        """What becomes of the file after somebody edited it; nothing is written."""
        editions = {path.stem: path.read_bytes() for path in (self.content / EDITIONS).glob("*.json")}
        return merge(MergeRequest([("a.docx", edited)], read(self.content).files, editions, own=self.own))


def cut_plan(name: str, content: Path) -> CutPlan:
    """The plan of that name, written to the content folder. No reference in it may lead nowhere."""
    cut = CUTS[name]
    shutil.copytree(PLANS["small"], content)
    plan = content / "plan.yaml"
    before, rest = plan.read_text(encoding="utf-8").split("gliederung:\n")
    outline = "".join(f"  - {line}\n" for line in cut.outline)
    plan.write_text(f"{before}gliederung:\n{outline}{rest[rest.index('optionen:') :]}", encoding="utf-8")
    for file, old, new in cut.instead:
        text = (content / file).read_text(encoding="utf-8")
        assert old in text, (file, old)
        (content / file).write_text(text.replace(old, new), encoding="utf-8")
    loaded, source = load(content), read(content)
    assert [item for item in loaded.diagnostics if item.severity is Severity.ERROR] == []
    data, own = write_docx(loaded.document, source.pictures, source.files).data, content.with_name(f"kopie-{name}")
    base = base_of(open_docx(data, "a.docx"), None)
    assert base is not None
    own.mkdir()
    enter(own, base.seal, "2026-11-22", base.edition)
    return CutPlan(content, data, own)
