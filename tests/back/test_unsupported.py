"""What no text of the plan can hold: told with its place, and never left in a text as something else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import etree

from pipeline.console.commands import run as command
from pipeline.errors import ExitCode
from pipeline.merge.docx.hidden import take_hidden
from pipeline.merge.docx.unsupported import Unsupported, descriptions, take_unsupported
from pipeline.ooxml.elements import q
from tests.back.draft import Draft
from tests.back.trees import MARK, NAMESPACES, bookmark, par, read, run, tree
from tests.building import Built

DRAWN = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
BOX = f"<w:txbxContent>{par(run('im Kasten'))}</w:txbxContent>"


def picture(description: str = "") -> str:
    return f'<w:r><w:drawing {DRAWN}><wp:docPr descr="{description}"/></w:drawing></w:r>'


def taken(content: str, pictures: tuple[str, ...] = ()) -> tuple[tuple[Unsupported, ...], list[str]]:
    root = tree(par(bookmark() + run("Davor.") + content))
    before = tree(par("".join(map(picture, pictures))))
    found = take_unsupported([root], descriptions([before]), tree('<w:endnote w:id="2"><w:p/></w:endnote>', "endnotes"))
    return found, [text for _, text in read(root)]


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        ("<m:oMathPara><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></m:oMathPara>", "Formel", "a=b"),
        (f"<w:r><w:drawing>{BOX}</w:drawing></w:r>", "Textfeld", "im Kasten"),
        (f"<w:r><w:pict>{BOX}</w:pict></w:r>", "Textfeld", "im Kasten"),
        (picture("Ein Hund"), "Bild", "Ein Hund"),
        (picture(), "Bild", ""),
        (f"<w:r><w:pict><v:imagedata {DRAWN}/></w:pict></w:r>", "Bild", ""),
        ("<w:r><w:object/></w:r>", "Objekt", ""),
        ('<w:r><w:endnoteReference w:id="2"/></w:r>', "Endnote", ""),
        ('<w:r><w:sym w:font="Webdings" w:char="F0FC"/></w:r>', "Zeichen", "Webdings F0FC"),
        ('<w:r><w:sym w:font="Wingdings" w:char="kein"/></w:r>', "Zeichen", "Wingdings kein"),
        ("<w:r><w:ruby><w:rubyBase><w:r><w:t>Wort</w:t></w:r></w:rubyBase></w:ruby></w:r>", "Lautschrift", "Wort"),
    ],
)
def test_it_is_told_and_gone(content: str, kind: str, said: str) -> None:
    found, texts = taken(content)
    assert found == (Unsupported(kind, said, "Davor.", MARK),)
    assert texts == ["Davor."]
    assert kind in found[0].words
    assert found[0].why.sentence.endswith(".")


@pytest.mark.parametrize(("font", "char", "letter"), [("Wingdings", "F0E0", "→"), ("Symbol", "00B3", "≥")])
def test_a_letter_of_a_symbol_font_that_has_a_place_of_its_own_stays(font: str, char: str, letter: str) -> None:
    assert taken(f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>') == ((), [f"Davor.{letter}"])


@pytest.mark.parametrize(
    ("piece", "read"),
    [
        (run("\uf0b7 erstens"), "• erstens"),
        (run("ja \uf0fc", '<w:rFonts w:ascii="Wingdings"/>'), "ja ✓"),
        (run("J", '<w:rFonts w:ascii="Wingdings"/>'), "☺"),
        (run("gut ✔\ufe0f"), "gut ✔\ufe0f"),
    ],
)
def test_a_sign_that_stands_as_text_is_read_as_what_it_shows(piece: str, read: str) -> None:
    assert taken(piece) == ((), [f"Davor.{read}"])


def test_a_character_that_no_font_has_is_told_and_the_words_around_it_stay() -> None:
    found, texts = taken(run("gut \U0001f44d\U0001f3fd und 漢字."))
    assert texts == ["Davor.gut  und ."]
    assert [item.said for item in found] == ["\U0001f44d\U0001f3fd", "漢字"]
    assert {item.kind for item in found} == {"Zeichen"}
    assert {item.beside for item in found} == {"Davor.gut  und ."}


@pytest.mark.parametrize(
    ("content", "kind", "texts"),
    [
        (run(" Und mehr.", "<w:vanish/>"), "Verborgener Text", ["Davor."]),
        (run(" Und", "<w:vanish/>") + run(" mehr.", "<w:vanish/><w:b/>"), "Verborgener Text", ["Davor."]),
        (run(" Stand da.", "<w:vanish/>"), "Verborgener Text des Plans", ["Davor. Stand da."]),
        (run(" Und mehr.", '<w:rStyle w:val="Still"/>'), "Verborgener Text", ["Davor."]),
        (run(" Und mehr.", '<w:vanish w:val="0"/>'), "", ["Davor. Und mehr."]),
        (run(" ", "<w:vanish/>"), "", ["Davor. "]),
    ],
)
def test_hidden_text_is_told_and_taken_only_where_it_stood_already(content: str, kind: str, texts: list[str]) -> None:
    root, base = tree(par(bookmark() + run("Davor.") + content)), tree(par(run("Davor. Stand  da. Punkt.")))
    styles = tree(
        '<w:style w:styleId="Leise"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Still"><w:basedOn w:val="Leise"/></w:style>',
        "styles",
    )
    found = take_hidden([root], styles, lambda: [base])
    assert [item.kind for item in found] == ([kind] if kind else [])
    assert all(item.mark == MARK and item.why.sentence.endswith(".") for item in found)
    assert [words for _, words in read(root)] == texts
    assert next(root.iter(q("vanish")), None) is None or not kind


def test_pictures_that_were_there_stay_even_under_a_new_description() -> None:
    assert taken(picture("alt"), ("alt",))[0] == ()
    assert taken(picture("neu"), ("alt",))[0] == ()
    assert [item.said for item in taken(picture("alt") + picture("neu"), ("alt",))[0]] == ["neu"]


def test_a_line_across_the_page_stays() -> None:
    assert taken(f"<w:r><w:pict><v:rect {DRAWN}/></w:pict></w:r>")[0] == ()
    drawn = f'<w:r><w:drawing {DRAWN}><wp:extent cx="6048375" cy="%s"/><wp:docPr/>%s</w:drawing></w:r>'
    thin, thick = 19_050, 360_000
    blip = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    assert taken(drawn % (thin, ""))[0] == ()  # as LibreOffice draws it
    assert [item.kind for item in taken(drawn % (thin, blip))[0]] == ["Bild"]
    assert [item.kind for item in taken(drawn % (thick, ""))[0]] == ["Bild"]


def test_the_report_names_it(small: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = Draft(small.file(".docx").read_bytes())
    formula = etree.fromstring(f"<m:oMath {NAMESPACES}><m:r><m:t>a=b</m:t></m:r></m:oMath>")
    for piece in (formula, etree.fromstring(f"<w:p {NAMESPACES}>{picture('Ein Hund')}</w:p>")[0]):
        draft.paragraph("Der Plan läuft").append(piece)
    path = tmp_path / "plan.docx"
    path.write_bytes(draft.to_bytes())
    assert command(["merge", "--content", str(small.content), "--dry-run", str(path)]) == ExitCode.CONFLICT
    told = capsys.readouterr().out
    assert "Text „Wann was geschieht“ (texte/ablauf.md)" in told
    assert "Formel „a=b“ bei „Der Plan läuft vier Jahre.“" in told
    assert "0 Änderungen übernommen, 2 nicht übernommen" in told


def test_an_emoji_stays_outside_and_the_words_around_it_come_in(
    small: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Otherwise the plan could no longer be typeset."""
    content = tmp_path / "inhalt"
    shutil.copytree(small.content, content)
    draft = Draft(small.file(".docx").read_bytes())
    words = run(" Das ist \U0001f44d gut, \uf0fc erledigt.")
    typed = etree.fromstring(f"<w:p {NAMESPACES}>{words}</w:p>")
    draft.paragraph("Der Plan läuft").append(typed[0])
    path = tmp_path / "plan.docx"
    path.write_bytes(draft.to_bytes())
    assert command(["merge", "--content", str(content), str(path)]) == ExitCode.CONFLICT
    assert "Zeichen „\U0001f44d“ bei „Der Plan läuft vier Jahre. Das ist gut, ✓ erledigt.“" in capsys.readouterr().out
    assert "Der Plan läuft vier Jahre. Das ist gut, ✓ erledigt." in (content / "texte/ablauf.md").read_text("utf-8")
    assert command(["check", "--content", str(content)]) == ExitCode.OK
