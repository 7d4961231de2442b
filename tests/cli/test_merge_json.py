"""`merge --json`: the whole outcome in the documented form, and nothing else on the streams."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.console.options import Options
from pipeline.errors import ExitCode
from pipeline.merge.outcome.outcome import Fate
from pipeline.merge.outcome.tokens import Mark
from pipeline.merge.why import Reason, RepairKind
from tests.back.cut import CutPlan
from tests.back.form import faults, schema, texts
from tests.cli.test_merge import STATUS, WORD, Captured, Desk, Operations

pytestmark = pytest.mark.usefixtures("made_once")

LEAD, SPAN = "Federführung", "Zeitraum"


@pytest.fixture
def desk(cut: Callable[[str], CutPlan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The folder of the small plan, cut to texts and data, copied, and its file, which this copy has built."""
    plan = cut("beides")
    monkeypatch.setattr(Options, "own_folder", plan.own)
    return Desk(plan, tmp_path)


def merged(desk: Desk, capsys: Captured, *arguments: Any) -> dict[str, Any]:
    """What the command prints, checked for its form; the exit code stands in it."""
    code = desk.merge(*arguments, "--json")
    written = capsys.readouterr()
    assert (written.err, written.out.isascii()) == ("", True)
    data: dict[str, Any] = json.loads(written.out)
    assert faults(data) == []
    assert (data["exit_code"], data["ok"]) == (code, code is ExitCode.OK)
    told = [edit for file in data["files"] for edit in file["edits"]]
    assert data["edits"] == {fate: sum(edit["kind"] == fate for edit in told) for fate in Fate}
    return data


def edits(data: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [edit for file in data["files"] for edit in file["edits"] if edit["kind"] == kind]


def test_the_form_names_every_kind_reason_and_repair() -> None:
    parts = schema()["$defs"]
    edit = parts["edit"]["properties"]
    assert edit["kind"]["enum"] == [*Fate]
    assert edit["reason"]["oneOf"][1]["properties"]["code"]["enum"] == [*Reason]
    assert {item["properties"]["kind"]["const"] for item in edit["repairs"]["items"]["oneOf"]} == {*RepairKind}
    assert parts["run"]["properties"]["mark"]["enum"] == [*Mark]


def test_what_is_taken(desk: Desk, capsys: Captured) -> None:
    data = merged(desk, capsys, desk.edited("a.docx", WORD + STATUS))
    assert list(data) == ["version", "ok", "exit_code", "counts", "findings", "edits", "files", "written"]
    assert data["exit_code"] == 0
    assert [name.partition("inhalte/")[2] for name in data["written"]] == [
        "rathaus/massnahmen.yaml",
        "texte/einleitung.md",
    ]
    word, status = edits(data, "taken")
    assert (word["target"]["file"], word["target"]["entity"]) == ("texte/einleitung.md", None)
    assert (texts(word["old"], "deleted"), texts(word["new"], "inserted")) == ("hat ", "hatte ")
    assert texts(word["new"]).startswith("Lindenmark hatte sich drei Dinge")
    assert status["target"] == {
        "entity": "M1.1.1", "field": "status", "row": None, "file": None, "heading": None, "block": None
    }  # fmt: skip
    assert (status["place"], status["source"]) == ("Maßnahme 1.1.1, Status", "rathaus/massnahmen.yaml")
    assert status["signatures"][0]["author"] == "Anna"
    assert (status["reason"], status["repairs"]) == (None, [])


REFUSED: Operations = [
    ("set", "1.1.1 Zwischen", "Status", "halb fertig"),
    ("set", "1.1.2", "Mitwirkung", "Gewerbering, Sparkasse Lindenmark"),
    ("set", "2.1.2 Ärgernis", LEAD, "Niemand"),
    ("set", "3.1.1", SPAN, "Q7 2028 – Q4 2029"),
    ("set", "3.2.2", "Finanzierung", "Stadtwerke (gesichert)", "irgendwas %"),
    ("replace", "719.000", "720.000"),
]


def test_what_is_not_taken_comes_with_its_reason_and_with_what_would_settle_it(desk: Desk, capsys: Captured) -> None:
    data = merged(desk, capsys, desk.edited("a.docx", REFUSED), "--quiet")
    assert data["exit_code"] == 6
    (taken,) = edits(data, "taken")  # the row beside the one that says nothing
    assert (taken["target"]["field"], texts(taken["new"], "inserted").strip()) == (
        "finanzierung",
        "Stadtwerke",
    )
    refused = edits(data, "refused")
    found = {edit["target"]["field"]: edit for edit in refused}
    assert {key: edit["reason"]["code"] for key, edit in found.items()} == {
        "status": "not_understood",
        "mitwirkung": "unknown_actor",
        "federfuehrung": "unknown_actor",
        "zeitraum": "not_understood",
        "finanzierung": "not_understood",
    }
    assert found["status"]["repairs"] == [{"kind": "open_entity", "arguments": {"entity": "M1.1.1"}}]
    kinds = {key: [repair["kind"] for repair in edit["repairs"]] for key, edit in found.items()}
    assert "drop_part" in kinds["mitwirkung"]
    assert kinds["federfuehrung"] == ["choose_actor", "create_actor", "open_entity"]
    period = found["zeitraum"]["repairs"][0]
    assert period == {"kind": "period", "arguments": {"start": "Q1 2028", "end": "Q4 2029"}}
    row = found["finanzierung"]["repairs"][0]
    assert row == {"kind": "funding_row", "arguments": {"row": 2, "text": "irgendwas %"}}
    (total,) = edits(data, "generated")
    assert texts(total["new"], "inserted").strip() == "720.000"
    assert total["target"]["heading"]


def test_the_nearest_actor_is_offered_first(desk: Desk, capsys: Captured) -> None:
    data = merged(desk, capsys, desk.edited("a.docx", [("set", "2.1.2 Ärgernis", "Mitwirkung", "Stadtsportbunt")]))
    (edit,) = edits(data, "refused")
    arguments = edit["repairs"][0]["arguments"]
    assert (arguments["name"], arguments["suggestions"][0]) == ("Stadtsportbunt", "stadtsportbund")


def test_a_row_taken_out_of_a_sheet_can_be_restored(desk: Desk, capsys: Captured) -> None:
    data = merged(desk, capsys, desk.edited("a.docx", [("delete_row", "Status")]))
    (edit,) = edits(data, "refused")
    assert (data["exit_code"], edit["reason"]["code"]) == (6, "row_missing")
    entity, field = edit["target"]["entity"], edit["target"]["field"]
    assert field == "status"
    assert edit["repairs"] == [
        {"kind": "restore_row", "arguments": {"entity": entity, "field": field}},
        {"kind": "open_entity", "arguments": {"entity": entity}},
    ]


def test_the_same_edit_has_the_same_name_whatever_becomes_of_it(desk: Desk, capsys: Captured) -> None:
    file = desk.edited("a.docx", WORD + STATUS)
    first = merged(desk, capsys, file, "--dry-run")
    path = desk.content / "rathaus/massnahmen.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: in_umsetzung", "status: beschlossen", 1))
    second = merged(desk, capsys, file)
    third = merged(desk, capsys, file)
    names = [{edit["id"] for edit in data["files"][0]["edits"]} for data in (first, second, third)]
    assert names[0] == names[1] == names[2]
    assert len(names[0]) == 2
    kinds = [[edit["kind"] for edit in data["files"][0]["edits"]] for data in (first, second, third)]
    assert kinds == [["taken", "taken"], ["taken", "conflict"], ["joint", "conflict"]]
    (conflict,) = edits(second, "conflict")
    assert texts(conflict["conflict"]["current"]) == "beschlossen"
    assert conflict["conflict"]["from"] is None
    (there,) = edits(third, "joint")
    assert there["reason"]["code"] == "already_there"


def test_two_paragraphs_of_the_same_words_have_two_names(desk: Desk, capsys: Captured) -> None:
    twice: Operations = [("insert", "Der Plan läuft", "Neu."), ("insert", "Der Plan läuft", "Neu.")]
    data = merged(desk, capsys, desk.edited("a.docx", twice), "--dry-run")
    names = [edit["id"] for edit in data["files"][0]["edits"]]
    assert len({*names}) == len(names) == 2


def test_what_breaks_a_rule_is_held_back_alone_with_the_rules_sentence(desk: Desk, capsys: Captured) -> None:
    wrong: Operations = [*WORD, ("set", "3.1.1", SPAN, "Q1 2030 – Q4 2030")]  # its milestones lie outside
    data = merged(desk, capsys, desk.edited("a.docx", wrong))
    assert (data["exit_code"], data["edits"]["taken"], data["edits"]["held_back"]) == (6, 1, 1)
    assert [finding for finding in data["findings"] if finding["severity"] == "error"] == []
    (held,) = edits(data, "held_back")
    assert (held["target"]["entity"], held["target"]["field"]) == ("M3.1.1", "zeitraum")
    assert held["reason"]["code"] == "plan_errors"
    assert "Meilenstein" in held["reason"]["sentence"]


def test_two_files_and_the_one_that_stands_there(desk: Desk, capsys: Captured) -> None:
    one = desk.edited("a.docx", WORD)
    two = desk.edited("b.docx", [("replace", "hat sich", "habe sich")], author="Bernd")
    data = merged(desk, capsys, one, two)
    assert [file["file"] for file in data["files"]] == ["a.docx", "b.docx"]
    (conflict,) = edits(data, "conflict")
    assert conflict["conflict"]["from"] == "a.docx"
    assert texts(conflict["conflict"]["current"], "inserted").strip() == "hatte"
    assert texts(conflict["new"], "inserted").strip() == "habe"
    assert conflict["reason"]["code"] == "contradicts"


def test_a_file_that_cannot_be_read_is_told_as_with_check(desk: Desk, capsys: Captured) -> None:
    path = desk.folder / "brief.docx"
    path.write_bytes(b"kein Zip")
    assert desk.merge(path, "--json") is ExitCode.FILES
    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["version", "ok", "error"]
    assert data["error"]["exit_code"] == ExitCode.FILES
