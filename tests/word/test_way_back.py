"""What a Word file carries for the way back: marks, its base, dropdown lists, lines that say where to edit."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from docx.oxml.ns import qn

from pipeline.document.model import Fact, Glance, MeasureSheet, Part, walk
from pipeline.files.bases import find_base, keep_base
from pipeline.merge.base import base_of
from pipeline.merge.docx.open import open_docx
from pipeline.ooxml.bookmarks import hidden, mark_name
from pipeline.ooxml.package import Package
from pipeline.pictures.metadata import without_metadata
from pipeline.text.nodes import Node, Place
from pipeline.word.embedded_base import NAMESPACE, Base, embed, make_base
from schema.vocabulary import MeasureStatus
from tests.building import Built
from tests.reading.word import xml_parts


def _package(built: Built) -> Package:
    return Package(built.file(".docx").read_bytes())


def _base(package: Package) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(base64.b64decode(_text(package))))


def _text(package: Package) -> str:
    return "".join(part.text or "" for part in package.tree("customXml/item1.xml"))


def _places(built: Built) -> list[Place]:
    return [value for value in walk(built.loaded.document.parts) if isinstance(value, Place)]


def _bookmarks(built: Built) -> list[str]:
    roots = xml_parts(built.file(".docx").read_bytes())
    return [mark.get(qn("w:name"), "") for root in roots for mark in root.iter(qn("w:bookmarkStart"))]


# --- marks --------------------------------------------------------------------------------------------------------


def test_everything_that_can_be_edited_has_one_mark(built: Built) -> None:
    names = [name for name in _bookmarks(built) if name.startswith("_")]
    assert len(set(names)) == len(names)
    assert set(names) == {hidden(mark_name(place)) for place in _places(built)}


def test_every_field_and_block_has_a_place(built: Built) -> None:
    document = built.loaded.document
    kinds = {"paragraph", "lead", "heading", "cell", "term", "figure", "code_block"}
    # What is to be resolved has figures in place of what its author wrote, so it leads nowhere.
    parts = tuple(part for part in document.parts if not isinstance(part, Glance))
    nodes = [value for value in walk(parts) if isinstance(value, Node) and value.kind in kinds]
    without = [node.plain() for node in nodes if node.place is None]
    written_by_program = ("Das PDF dieser Fassung", "Auf dem Titel des PDF")
    assert [text for text in without if not text.startswith(written_by_program)] == []
    measures = {value.anchor for value in walk(document.parts) if isinstance(value, MeasureSheet)}
    of_measures = {place.source for place in _places(built) if place.source.partition("/")[0] in measures}
    for key in ("titel", "beschreibung", "federfuehrung", "mitwirkung", "status", "ziel"):
        assert {f"{measure}/{key}" for measure in measures} <= of_measures
    active = {measure.id for measure in built.loaded.plan.measures if measure.id in measures and measure.active}
    for key in ("meilensteine", "zusagen"):  # of one that was put off only what is given has a row
        assert {f"{measure}/{key}" for measure in active} <= of_measures


def test_a_place_in_a_text_leads_to_its_lines(built: Built) -> None:
    for node in (value for value in walk(built.loaded.document.parts) if isinstance(value, Node)):
        if node.place is None or not node.place.source.startswith("texte/") or node.kind not in ("paragraph", "lead"):
            continue
        lines = (built.content / node.place.source).read_text().split("\n")[node.place.start : node.place.end]
        text = next((child.text for child in node.children if child.kind == "text"), "")
        first = next(iter(text.replace("\u00a0", " ").split()), "")  # spaces that do not break are the program's own
        assert first.strip("„“") in " ".join(lines)


def test_marks_stay_at_the_label_of_their_row(small: Built) -> None:
    place = Place("M1.1.1/zeitraum")
    (mark,) = [
        mark
        for mark in xml_parts(small.file(".docx").read_bytes())[0].iter(qn("w:bookmarkStart"))
        if mark.get(qn("w:name")) == hidden(mark_name(place))
    ]
    paragraph = mark.getparent()
    assert paragraph is not None
    assert "".join(text.text or "" for text in paragraph.iter(qn("w:t"))) == "Zeitraum"


# --- base ---------------------------------------------------------------------------------------------------------


def test_the_file_carries_its_sources_and_its_own_parts_and_names_its_pictures(built: Built) -> None:
    package = _package(built)
    base = _base(package)
    sources = {
        name.removeprefix("quellen/"): base.read(name) for name in base.namelist() if name.startswith("quellen/")
    }
    files = {
        path.relative_to(built.content).as_posix(): path.read_bytes()
        for path in built.content.rglob("*")
        if path.is_file() and "ausgaben" not in path.parts
    }
    pictures = {name for name in files if name.endswith((".png", ".jpg", ".svg"))}
    assert sources == {name: data for name, data in files.items() if name not in pictures}
    named = json.loads(base.read("grundlage.json")).get("bilder", {})
    assert named == {name: hashlib.sha256(without_metadata(files[name]).data).hexdigest() for name in pictures}
    for name in ("word/document.xml", "word/footnotes.xml"):
        assert base.read(f"teile/{name}") == package.parts[name]


def test_the_base_tells_the_plan(small: Built) -> None:
    record = json.loads(_base(_package(small)).read("grundlage.json"))
    meta = small.loaded.plan.meta
    assert (record["kurzname"], record["fassung"]) == (meta.short_name, meta.edition)
    assert record["inhalt_sha256"] == small.loaded.document.properties.digest
    assert ("marken" in record, record["format"]) == (False, 4), "the plan has drawings; marks say where they lead"


def test_a_plan_without_drawings_is_written_as_older_programs_read_it(small: Built) -> None:
    base = make_base(_package(small), small.loaded.document, {PurePosixPath("texte/a.md"): b"Text.\n"})
    with zipfile.ZipFile(io.BytesIO(base.data)) as opened:
        record = json.loads(opened.read("grundlage.json"))
    places = {tuple(entry) for entry in record["marken"].values()}
    assert places == {(place.source, place.start, place.end, place.column) for place in _places(small)}
    assert record["format"] == 1


def test_the_hash_of_the_base_stands_twice(small: Built) -> None:
    package = _package(small)
    root = package.tree("customXml/item1.xml")
    assert root.tag == f"{{{NAMESPACE}}}grundlage"
    digest = hashlib.sha256(base64.b64decode(_text(package))).hexdigest()
    assert root.get("sha256") == digest
    assert f"<vt:lpwstr>{digest}<" in package.parts["docProps/custom.xml"].decode()


def test_a_large_base_is_spread_over_elements_that_a_parser_takes(small: Built) -> None:
    package = _package(small)
    picture = random.Random(1).randbytes(12_000_000)  # cannot be compressed, as pictures cannot
    base = make_base(package, small.loaded.document, {PurePosixPath("bilder/foto.jpg"): picture})
    embed(package, base)
    opened = open_docx(package.to_bytes(), "gross.docx")
    found = base_of(opened, None)
    assert found is not None
    assert found.sources.files[PurePosixPath("bilder/foto.jpg")] == picture


def test_a_base_that_was_kept_is_found_by_its_hash(tmp_path: Path) -> None:
    base = Base(b"zip", hashlib.sha256(b"zip").hexdigest())
    keep_base(tmp_path, base.digest, base.data)
    assert find_base(tmp_path, base.digest) == base.data
    assert find_base(None, base.digest) is None


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "0" * 64, "A" * 64])
def test_what_is_no_hash_of_a_base_finds_nothing(tmp_path: Path, digest: str) -> None:
    keep_base(tmp_path, hashlib.sha256(b"zip").hexdigest(), b"zip")
    assert find_base(tmp_path, digest) is None


# --- help ---------------------------------------------------------------------------------------------------------


def test_a_choice_is_a_combo_box_that_shows_the_value(built: Built) -> None:
    """One may type into it, too: several actors who may lead are no choice on the list."""
    body = xml_parts(built.file(".docx").read_bytes())[0]
    controls = list(body.iter(qn("w:sdt")))
    facts = [value for value in walk(built.loaded.document.parts) if isinstance(value, Fact) and value.choices]
    distinct = [fact for fact in {fact.place: fact for fact in facts}.values() if len(fact.lines) == 1]
    assert {control.find(f"{qn('w:sdtPr')}/{qn('w:comboBox')}") is None for control in controls} == {False}
    assert {"Status", "Priorität", "Ziel", "Federführung"} <= {fact.label for fact in distinct}
    assert len(controls) == len(distinct) > 0
    for control, fact in zip(controls, distinct, strict=True):
        offered = [item.get(qn("w:displayText")) for item in control.iter(qn("w:listItem"))]
        assert tuple(offered) == fact.choices
        shown = "".join(text.text or "" for text in control.iter(qn("w:t")))
        several = fact.key == "federfuehrung" and ", " in shown
        assert several or shown in fact.choices
    status = next(fact for fact in distinct if fact.key == "status")
    assert [item.label for item in MeasureStatus] == list(status.choices)


def test_a_generated_part_says_where_to_edit_instead(built: Built) -> None:
    body = xml_parts(built.file(".docx").read_bytes())[0]
    lines = [
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}[@{qn('w:val')}='ZPHinweis']") is not None
    ]
    parts = [value for value in walk(built.loaded.document.parts) if isinstance(value, Part)]
    assert lines == [line for line in (part.origin for part in parts) if line]
    edited = {"cover", "contents", "chapter", "field", "measures", "glossary", "proposals"}
    assert {part.kind for part in parts if not part.origin} <= edited
