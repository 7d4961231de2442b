"""`merge --answer`: a Word file for each editor that says what became of their edits, ready to be sent back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.document.model import TablePart
from pipeline.errors import ExitCode
from pipeline.merge.outcome.answers import answers
from pipeline.merge.outcome.outcome import Change, Fate, FileOutcome, MergeOutcome, Remark, Signature
from pipeline.ooxml.parse import parse_xml
from pipeline.parts.answer import Answer, answer_document
from pipeline.parts.context import Context
from tests.building import PLANS
from tests.cli.test_merge import LATER, WORD, Captured, Desk, desk

pytestmark = pytest.mark.usefixtures("made_once")

__all__ = ["desk"]


def words(path: Path) -> str:
    """What a file says, paragraph by paragraph."""
    data = zipfile.ZipFile(io.BytesIO(path.read_bytes())).read("word/document.xml")
    paragraphs = parse_xml(data, "Antwort", "x").iter("{*}p")
    lines = ("".join(str(piece.text or "") for piece in each.iter("{*}t")) for each in paragraphs)
    return "\n".join(lines).replace("\u00a0", " ")


def test_each_editor_learns_what_became_of_their_edits(desk: Desk, capsys: Captured) -> None:
    folder = desk.folder / "antworten"
    one = desk.edited("a.docx", [*WORD, *LATER], author="Anna Meier")
    two = desk.edited("b.docx", [("replace", "hat sich", "habe sich")], author="Jörg (IHK)")
    assert desk.merge(one, two, "--answer", folder) is ExitCode.CONFLICT
    assert {path.name for path in folder.iterdir()} == {"antwort-anna-meier.docx", "antwort-joerg-ihk.docx"}
    anna, joerg = words(folder / "antwort-anna-meier.docx"), words(folder / "antwort-joerg-ihk.docx")
    assert "Guten Tag Anna Meier," in anna
    assert "Ihre 2 Änderungen an" in anna
    assert "Davon übernommen: 1; nicht übernommen: 1." in anna
    assert "Maßnahme 3.1.1, Zeitraum" in anna
    assert "Damit hätte der Plan einen Fehler: Der Meilenstein" in anna
    assert "Zu entscheiden" not in anna
    assert "Zu entscheiden" in joerg
    assert "(aus a.docx)" in joerg
    assert "habe sich drei Dinge vorgenommen" in joerg
    assert "*" not in joerg
    assert "Antwort: " in capsys.readouterr().out


def test_what_says_nothing_of_the_sources_is_not_in_it(desk: Desk) -> None:
    desk.merge(desk.edited("a.docx", [*WORD, *LATER]), "--answer", desk.folder / "x")
    said = words(desk.folder / "x" / "antwort-anna.docx")
    assert ".yaml" not in said
    assert "texte/" not in said


def test_while_nothing_is_written_nobody_is_answered(desk: Desk, capsys: Captured) -> None:
    file = desk.edited("a.docx", WORD)
    assert desk.merge(file, "--answer", desk.folder / "x", "--dry-run") is ExitCode.USAGE
    assert "ohne --dry-run" in capsys.readouterr().err
    assert desk.merge(file, "--answer", desk.content / "x") is ExitCode.USAGE
    assert not (desk.folder / "x").exists()


def _blocks_of(answer: Answer) -> list[Any]:
    plan = validate(read(PLANS["tiny"])).plan
    assert plan is not None
    (chapter,) = answer_document(Context(plan), answer, written=True).parts
    return [block for block in chapter.blocks if isinstance(block, TablePart)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        (("Anna Meier", "anna  meier"), ["antwort-anna-meier.docx", "antwort-anna-meier-2.docx"]),
        (("", "Öz"), ["antwort-oez.docx"]),  # who else
        (("", "Öz", "Jo"), ["antwort-ben.docx", "antwort-oez.docx", "antwort-jo.docx"]),
        (("../../x", "§"), ["antwort-x.docx", "antwort-ohne-namen.docx"]),
    ],
)
def test_the_names_of_files_can_be_used_everywhere(authors: tuple[str, ...], names: list[str]) -> None:
    entries = tuple(
        Change(Fate.TAKEN, "Text", "", "a", "b", (Signature(author),) if author else ()) for author in authors
    )
    outcome = MergeOutcome((FileOutcome("ordner/ben.docx", "0.1", entries),), {}, {}, (), ok=True)
    assert list(answers(outcome)) == names


def test_what_is_repeated_is_one_row_and_a_comment_is_no_edit() -> None:
    same = Change(Fate.GENERATED, "Matrix", "", "M", "F")
    remark = Remark("Ziel 1.1", "Wort", "Warum?", Signature("Anna"))
    outcome = MergeOutcome((FileOutcome("a.docx", "0.1", (*[same] * 36, remark)),), {}, {}, (), ok=True)
    (anna,) = answers(outcome).values()
    assert (anna.count, len(anna.left), len(anna.remarks)) == (36, 36, 1)
    (part,) = (block for block in _blocks_of(anna) if block.title == "Nicht übernommen")
    (group,) = part.sections[0].table.groups
    assert [row.cells[0].plain() for row in group.rows] == ["Matrix und weitere Stellen (36)"]
