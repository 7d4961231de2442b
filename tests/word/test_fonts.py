"""The plan's fonts in the finished DOCX: whole, named, and with others named that may stand in for them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from uuid import UUID

import pytest
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from lxml import etree

from pipeline.design import STYLES
from pipeline.ooxml.package import Package
from pipeline.word.fonts import add_fonts, set_other_letters
from tests.back.trees import par, run
from tests.back.trees import tree as tree_of
from tests.building import Built

SLOTS = {"Regular": (False, False), "Bold": (True, False), "Italic": (False, True)}
FACES = {
    "Plan Sans": {"Regular": 400, "Bold": 700, "Italic": 400},
    "Plan Sans Semibold": {"Regular": 600},
    "Plan Serif": {"Regular": 400, "Italic": 400},
    "Plan Serif Semibold": {"Regular": 600},
}
FAMILY = 1  # the name by which Word knows a font's family (OpenType, name table)


@pytest.fixture(scope="module")
def archive(build_once: Callable[[str], Built]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(build_once("small").file(".docx").read_bytes()))


def tree(archive: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(archive.read(name))


def test_every_font_of_the_styles_is_in_the_table_with_others_that_may_stand_in(archive: zipfile.ZipFile) -> None:
    table = tree(archive, "word/fontTable.xml")
    named = {font.get(qn("w:name")): font for font in table}
    used = {fonts.get(qn("w:ascii")) for fonts in tree(archive, "word/styles.xml").iter(qn("w:rFonts"))}
    assert used - {"Consolas"} == set(named)
    for font in named.values():
        (others,) = (child.get(qn("w:val"), "") for child in font.findall(qn("w:altName")))
        assert others.count(",") >= 1
        assert {child.tag for child in font} > {qn("w:panose1"), qn("w:family"), qn("w:pitch"), qn("w:sig")}


def test_every_font_is_inside_as_it_is(archive: zipfile.ZipFile) -> None:
    """Each family has its own files, and each file the family's own name: Word asks the file."""
    relations = {entry.get("Id"): entry.get("Target") for entry in tree(archive, "word/_rels/fontTable.xml.rels")}
    found: dict[str, dict[str, int]] = {}
    for font in tree(archive, "word/fontTable.xml"):
        name = font.get(qn("w:name"), "")
        for slot, looks in SLOTS.items():
            for entry in font.findall(qn(f"w:embed{slot}")):
                hidden = archive.read(f"word/{relations[entry.get(qn('r:id'))]}")
                key = UUID(entry.get(qn("w:fontKey"))).bytes[::-1]
                plain = bytes(a ^ b for a, b in zip(hidden[:32], key * 2, strict=True)) + hidden[32:]
                assert plain in [path.read_bytes() for path in (STYLES / "word" / "fonts").glob("*.ttf")]
                with TTFont(io.BytesIO(plain)) as read:
                    weight = read["OS/2"].usWeightClass
                    assert read["name"].getDebugName(FAMILY) == name
                    assert read["OS/2"].fsType == 0, "its licence bits allow to carry it along and to edit with it"
                    assert (weight > 600, bool(read["post"].italicAngle)) == looks
                found.setdefault(name, {})[slot] = weight
    assert found == FACES


def test_word_offers_them_as_the_documents_own(archive: zipfile.ZipFile) -> None:
    theme = tree(archive, "word/theme/theme1.xml")
    latin = [theme.find(f".//{{*}}{slot}/{{*}}latin") for slot in ("majorFont", "minorFont")]
    assert [entry.get("typeface") for entry in latin if entry is not None] == ["Plan Serif", "Plan Sans"]


def test_they_are_kept_when_the_file_is_saved(small: Built) -> None:
    with zipfile.ZipFile(small.file(".docx")) as archive:
        assert tree(archive, "word/settings.xml").find(qn("w:embedTrueTypeFonts")) is not None


def test_a_sign_that_no_text_font_has_names_the_font_that_has_it(archive: zipfile.ZipFile) -> None:
    words = par(run("Frist ⚠ prüfen ✓", '<w:rStyle w:val="ZPDatum"/><w:b/>') + run("ohne"))
    body = tree_of(words)
    assert set_other_letters(body) == {"Plan Symbols"}
    pieces = [
        (run_of.findtext(qn("w:t")), [child.tag for child in run_of[0]] if len(run_of) > 1 else [])
        for run_of in body.iter(qn("w:r"))
    ]
    style, fonts, bold = (qn(f"w:{name}") for name in ("rStyle", "rFonts", "b"))
    assert pieces == [
        ("Frist ", [style, bold]),
        ("⚠", [style, fonts, bold]),
        (" prüfen ✓", [style, bold]),
        ("ohne", []),
    ]
    assert {entry.get(qn("w:ascii")) for entry in body.iter(fonts)} == {"Plan Symbols"}
    assert not set_other_letters(tree_of(par(run("Nur Text → ●"))))
    assert "Plan Symbols" not in archive.read("word/fontTable.xml").decode()


def test_the_font_of_signs_is_inside_where_there_are_some(archive: zipfile.ZipFile) -> None:
    assert isinstance(archive.fp, io.BytesIO)
    package = Package(archive.fp.getvalue())
    add_fonts(package, {"Plan Symbols"})
    (font,) = (item for item in package.tree("word/fontTable.xml") if item.get(qn("w:name")) == "Plan Symbols")
    assert [child.tag for child in font if "embed" in child.tag] == [qn("w:embedRegular")]
    assert "word/fonts/PlanSymbols.odttf" in package.parts


def test_letters_of_other_scripts_come_in_the_whole_font() -> None:
    body = tree_of(par(run("Ağrı, Łódź und Αθήνα")))
    assert set_other_letters(body) == {"Source Sans 3"}
    pieces = [run_of.findtext(qn("w:t")) for run_of in body.iter(qn("w:r"))]
    assert pieces == ["Ağrı, Łódź und ", "Αθήνα"]


def test_the_smaller_fonts_set_the_same_lines_and_keep_their_licence() -> None:
    """A changed font goes by another name than its maker's (OFL 1.1, condition 3); `styles/word/fonts/make.py`."""
    whole = {"Sans": "SourceSans3", "Serif": "SourceSerif4"}
    files = sorted((STYLES / "word" / "fonts").glob("*.ttf"))
    assert len(files) == sum(map(len, FACES.values()))
    for path in files:
        family, _, look = path.stem.removeprefix("Plan").partition("-")
        source = STYLES / "fonts" / f"{whole[family]}-{look.replace('Italic', 'It')}.ttf"
        with TTFont(path, lazy=True) as small, TTFont(source, lazy=True) as large:
            assert set("ÄÖÜßẞäöü„“‚‘–…€§şłőțžÅøĞ−×½²₂→●") <= set(map(chr, small.getBestCmap())) | {"●"}
            for code, glyph in small.getBestCmap().items():
                assert small["hmtx"][glyph][0] == large["hmtx"][large.getBestCmap()[code]][0]
            names = [small["name"].getDebugName(number) for number in (1, 4, 6)]
            assert not [name for name in names if "Source" in name]
            assert "with Reserved Font Name" in small["name"].getDebugName(0)
            assert "SIL Open Font License" in small["name"].getDebugName(13)


def test_no_prefix_depends_on_what_else_the_process_has_loaded(archive: zipfile.ZipFile) -> None:
    """Reading a workbook names namespaces for all of the process; before, they were counted: ns0, ns1."""
    own = (name for name in archive.namelist() if name != "word/webSettings.xml")  # which is as pandoc writes it
    parts = [name for name in own if name.endswith((".xml", ".rels"))]
    assert [name for name in parts if re.search(rb"\bns\d+:", archive.read(name))] == []
