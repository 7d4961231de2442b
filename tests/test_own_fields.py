"""Own fields of a plan: checked like built-in ones, shown on sheets, in the register, among open points and changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.actions.schema import write_schemas
from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.document.model import MeasureSheet, MeasureSheets, TablePart
from pipeline.parts.context import Context
from pipeline.parts.lists.changes import changes_part
from schema.edition import from_json, snapshot, to_json
from schema.files import BUILT_IN, kinds_with
from schema.own_fields import MOST_IN_REGISTER, OwnField
from schema.plan import Kind
from tests.loading import Loaded
from tests.own_fields import DECLARED, VALUES, declared, maker
from tests.parts import measure, part_of, plain, rows
from tests.plan_strategies import write


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return maker(tmp_path_factory.mktemp("content")).load()


def sheets(loaded: Loaded) -> tuple[MeasureSheet, ...]:
    return part_of(loaded, MeasureSheets).sheets


def own_facts(sheet: MeasureSheet) -> dict[str, list[str]]:
    labels = {entry["bezeichnung"] for entry in DECLARED}
    return {fact.label: [plain(line.content) for line in fact.lines] for fact in sheet.facts if fact.label in labels}


def test_a_sheet_shows_every_value_by_its_type(loaded: Loaded) -> None:
    first, _ = sheets(loaded)
    assert own_facts(first) == {
        "Ansprechstelle": ["Zimmer 12"],
        "Stufe": ["Stufe 1"],
        "Wirkt auf": ["Mitte", "Nord, Ost"],
        "Fläche": ["12,5 Hektar"],
        "Kosten im Jahr": ["15.000 Euro"],
        "Baubeginn": ["März 2027"],
        "Förderfähig": ["ja"],
        "Beirat": ["Werk"],
        "Orte": ["Markt", "Ring"],
    }
    assert [passage.label for passage in first.passages] == ["Nutzen"]


def test_what_has_no_value_is_shown_only_where_somebody_has_to_give_it_one(loaded: Loaded) -> None:
    _, second = sheets(loaded)
    assert own_facts(second) == {"Ansprechstelle": ["offen"], "Fläche": ["offen"], "Förderfähig": ["offen"]}
    offered = next(fact.choices for fact in second.facts if fact.label == "Förderfähig")
    assert offered == ("offen", "ja", "nein")
    assert second.passages == ()


def test_what_is_open_is_an_open_point_by_its_own_label(loaded: Loaded) -> None:
    found = [(item.entity, item.field, item.severity.value) for item in loaded.diagnostics if item.code == "P458"]
    assert found == [("M1.1.2", name, "note") for name in ("ansprechstelle", "flaeche", "foerderfaehig")]
    _, single, *_ = part_of(loaded, TablePart, "offene_punkte").sections
    (topics,) = (row[2] for row in rows(single.table) if row[0] == "1.1.2")
    assert topics.endswith("Ansprechstelle; Fläche; Förderfähig")


def test_the_register_has_a_column_where_the_declaration_says_so(loaded: Loaded) -> None:
    (section,) = part_of(loaded, TablePart, "verzeichnis").sections
    assert section.table is not None
    assert [column.label for column in section.table.columns][4:7] == ["Stufe", "Fläche", "Förderfähig"]
    assert [row[4:7] for row in rows(section.table)] == [("Stufe 1", "12,5 Hektar", "ja"), ("–", "offen", "offen")]
    assert len(section.table.columns[4:7]) == MOST_IN_REGISTER


def test_a_plan_without_own_fields_uses_the_built_in_models() -> None:
    assert kinds_with(()) is BUILT_IN
    fields = tuple(OwnField.model_validate(entry) for entry in declared())
    kinds = kinds_with(fields)
    assert kinds is kinds_with(tuple(OwnField.model_validate(entry) for entry in declared()))
    assert [kind for kind in Kind if kind is not Kind.PLAN and kinds[kind] is not BUILT_IN[kind]] == [Kind.MEASURE]


def test_the_list_of_changes_compares_them(tmp_path: Path) -> None:
    made = maker(tmp_path / "before")
    before = from_json(to_json(snapshot(made.load().plan)))
    made.folder = tmp_path / "after"
    made.files["stadt/massnahmen.yaml"]["massnahmen"][0] |= {
        "flaeche": "13",
        "beginn": "Q2 2027",
        "foerderfaehig": "nein",
        "beirat": ["werk", "amt"],
        "stufe": None,
    }
    made.files["stadt/massnahmen.yaml"]["massnahmen"][0].pop("orte")
    made.files["plan.yaml"]["eigene_felder"] = [entry for entry in declared() if entry["name"] != "orte"]
    part = changes_part(Context(made.load().plan, previous=before))
    assert part is not None
    assert [row[1:] for row in rows(part.sections[0].table)] == [
        ("Beirat", "Werk", "Werk / Amt"),
        ("Stufe", "Stufe 1", "–"),
        ("Fläche", "12,5 Hektar", "13 Hektar"),
        ("Baubeginn", "März 2027", "Q2 2027"),
        ("Förderfähig", "ja", "nein"),
        ("orte", "Markt / Ring", "–"),
    ]


def test_editors_know_the_plans_own_keys(tmp_path: Path) -> None:
    made = maker(tmp_path / "content")
    write(made.files, made.folder)
    write_schemas(made.folder, tmp_path / "json")
    text = (tmp_path / "json" / "massnahmen.schema.json").read_text(encoding="utf-8")
    assert all(f'"{name}"' in text for name in VALUES)
    assert '"Nord, Ost"' in text


def codes(made_folder: Path) -> list[str]:
    return [item.code for item in validate(read(made_folder)).diagnostics if item.severity.value == "error"]


@pytest.mark.parametrize(
    "fault",
    [
        {"name": "titel"},
        {"name": "strang"},
        {"bezeichnung": "Federführung"},
        {"art": "zeile", "werte": ["eins"]},
        {"art": "auswahl"},
        {"art": "auswahl", "werte": ["Eins", "eins"]},
        {"art": "auswahl", "werte": ["–"]},
        {"art": "zeile", "einheit": "Meter"},
        {"art": "zahl", "einheit": "3 Meter"},
        {"art": "text", "zeigen": ["verzeichnis"]},
        {"fuer": "ziel"},
        {"fuer": "akteur"},
        {"zeigen": []},
        {"zeile": "ja"},
    ],
)
def test_a_refused_declaration_is_told_once(tmp_path: Path, fault: dict[str, object]) -> None:
    """Nothing is said of the measures that use it."""
    made = maker(tmp_path)
    entry = {"name": "neu", "bezeichnung": "Neues", "fuer": "massnahme", "art": "zeile", **fault}
    made.files["plan.yaml"]["eigene_felder"] = [*declared(), entry]
    extra = {entry["name"]: "etwas"} if entry["name"] == "neu" else {}
    made.measures("firmen", measure("M2.1.1", "werk", **extra))
    write(made.files, made.folder)
    assert len(codes(made.folder)) == 1


def test_where_the_plan_cannot_be_read_no_key_is_called_unknown(tmp_path: Path) -> None:
    made = maker(tmp_path)
    write(made.files, made.folder)
    (tmp_path / "plan.yaml").write_text("titel: [", encoding="utf-8")
    assert codes(tmp_path) == ["P103"]


def test_the_register_stands_in_the_order_of_a_field(tmp_path: Path) -> None:
    made = maker(tmp_path)
    given = {"M1.1.1": {"flaeche": "12.5", "stufe": "Stufe 2, oben"}, "M1.1.3": {"flaeche": "3", "stufe": "Stufe 1"}}
    made.files["stadt/massnahmen.yaml"]["massnahmen"] = [
        measure(name, "amt", **given.get(name, {})) for name in ("M1.1.1", "M1.1.2", "M1.1.3")
    ]
    for wanted, order in (("", "123"), ("flaeche", "312"), ("stufe", "312")):
        made.files["plan.yaml"]["optionen"] = {"verzeichnis_nach": wanted} if wanted else {}
        (section,) = part_of(made.load(), TablePart, "verzeichnis").sections
        assert [row[0] for row in rows(section.table)] == [f"1.1.{number}" for number in order], wanted
