"""Forms go out, and what comes back of them becomes a proposal or a measure, without any word on whom to ask."""

from __future__ import annotations

import io
import json
import shutil
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import yaml
from pikepdf import Array, Dictionary, Name, String

from pipeline.console.commands import run
from pipeline.errors import ExitCode, RefusedFileError
from pipeline.intake.answers import personal
from pipeline.intake.filled import Filled
from pipeline.intake.pdf_form import read_pdf_form
from pipeline.ooxml.elements import q, remove, text, w
from pipeline.ooxml.package import Package
from pipeline.pdf.verapdf import PDF_UA, missing, verdicts
from tests.reported_year import SMALL

pytestmark = pytest.mark.usefixtures("made_once")

PROPOSAL = {
    "titel": "Bänke am Übergang",
    "beschreibung": "Wer wartet, soll sitzen können.\n\n1. Bänke aufstellen & prüfen.",
    "einreicher": "Seniorenbeirat",
    "ziel": "2.1",
    "zeitraum": "Q2 2028 bis Q4 2028",
    "aufwand": "3.000 Euro einmalig",
    "ansprechperson": "Erna Holmgren",
    "erreichbar": "0201 555 12 34",
}
MEASURE = {
    "unternehmen": "Bäckerei Körner",
    "titel": "Backhaus öffnet für Schulen",
    "beschreibung": "Zweimal im Jahr backen Klassen selbst.",
    "ziel": "3.1",
    "zeitraum": "2027 bis 2028",
    "meilensteine": "Q4 2027 Erste Klasse\nQ4 2028 Vierte Klasse",
    "aufwand": "500 Euro einmalig",
    "finanzierung": "Eigene Mittel 100 % (gesichert)",
    "indikator": "Zahl der Klassen",
    "zusage": "24.11.2026",
    "ansprechperson": "Jan Körner-Wiese",
}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the forms of the small plan."""
    output = tmp_path_factory.mktemp("formulare")
    assert run(["forms", "--content", str(SMALL), "--output", str(output), "--quiet"]) is ExitCode.OK
    return output


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The small plan while it is no resolution, so that measures may come."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "content"))
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("status: beschlossen", "status: entwurf", 1), "utf-8")
    return folder


def in_word(
    forms: Path, name: str, answers: Mapping[str, str], change: Callable[[Package], None] | None = None
) -> bytes:
    """The form filled in as in Word."""
    package = Package((forms / f"{name}.docx").read_bytes())
    for row in package.tree("word/document.xml").iter(q("tr")):
        marks = [mark.get(q("name"), "") for mark in row.iter(q("bookmarkStart"))]
        key = next((mark.removeprefix(f"{name}_") for mark in marks if mark.startswith(f"{name}_")), "")
        if key in answers:
            cell = row.findall(q("tc"))[1]
            first, *others = cell.findall(q("p"))
            for old in [*others, *first.findall(q("r"))]:
                remove(old)
            lines = answers[key].split("\n")
            first.append(w("r", text(lines[0])))
            for line in lines[1:]:
                cell.append(w("p", w("r", text(line))))
    if change:
        change(package)
    return package.to_bytes()


def in_pdf(forms: Path, name: str, answers: Mapping[str, str], change: Callable[[Any], None] | None = None) -> bytes:
    """The PDF filled in by a script."""
    with pikepdf.open(forms / f"{name}.pdf") as pdf:
        for field in pdf.Root.AcroForm.Fields:
            key = str(field.T).removeprefix(f"{name}-")
            if key in answers:
                field.V = String(answers[key].replace("\n", "\r"))
        if change:
            change(pdf)
        buffer = io.BytesIO()
        with warnings.catch_warnings():  # of widgets that no form has, in a hostile file
            warnings.simplefilter("ignore")
            pdf.save(buffer)
        return buffer.getvalue()


def in_a_viewer(forms: Path, name: str, answers: Mapping[str, str]) -> bytes:
    """The PDF filled in as Chromium's viewer does: clicked into, typed, saved."""
    document = pypdfium2.PdfDocument(forms / f"{name}.pdf")
    document.init_forms()
    page, raw = document[0], pypdfium2.raw
    form = document.formenv.raw
    raw.FORM_OnAfterLoadPage(page.raw, form)
    with pikepdf.open(forms / f"{name}.pdf") as pdf:
        fields = [*pdf.Root.AcroForm.Fields]
        places = {str(field.T).removeprefix(f"{name}-"): [float(x) for x in field.Rect] for field in fields}
    for key, said in answers.items():
        x0, y0, _, y1 = places[key]
        raw.FORM_OnFocus(form, page.raw, 0, x0 + 5, (y0 + y1) / 2)
        raw.FORM_OnLButtonDown(form, page.raw, 0, x0 + 5, (y0 + y1) / 2)
        raw.FORM_OnLButtonUp(form, page.raw, 0, x0 + 5, (y0 + y1) / 2)
        for sign in said:
            raw.FORM_OnChar(form, page.raw, 13 if sign == "\n" else ord(sign), 0)
        raw.FORM_ForceToKillFocus(form)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def take(content: Path, tmp_path: Path, *files: tuple[str, bytes], more: tuple[str, ...] = ()) -> ExitCode:
    paths = []
    for name, data in files:
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    return run(["intake", *map(str, paths), "--content", str(content), "--date", "20.11.2026", *more])


# --- what goes out ------------------------------------------------------------------------------------------------


def test_the_pdf_is_one_page_and_accessible(forms: Path) -> None:
    assert sorted(path.name for path in forms.glob("*.pdf")) == ["beitrag.pdf", "vorschlag.pdf"]
    for path in forms.glob("*.pdf"):
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) == 1
            fields = [*pdf.Root.AcroForm.Fields]
            assert all(str(field.TU) for field in fields)
            assert len(fields) > 8
    if not missing():
        said = verdicts([*forms.glob("*.pdf")])
        assert {name: dict(found) for name, found in said.items()} == {
            path: {PDF_UA: frozenset()} for path in forms.glob("*.pdf")
        }


# --- what comes back ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["word", "script", "viewer"])
def test_a_proposal_becomes_one_of_the_plan(
    forms: Path, content: Path, tmp_path: Path, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "vorschlag.docx" if way == "word" else "vorschlag.pdf"
    fill = {"word": in_word, "script": in_pdf, "viewer": in_a_viewer}[way]
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    assert take(content, tmp_path, (name, fill(forms, "vorschlag", PROPOSAL))) is ExitCode.OK
    new = {path for path in content.rglob("*") if path.is_file() and before.get(path) != path.read_bytes()}
    assert new == {content / "vorschlaege" / "V3.yaml"}
    written = (content / "vorschlaege" / "V3.yaml").read_text("utf-8")
    assert yaml.load(written, yaml.BaseLoader)["vorschlag"] == {
        "id": "V3",
        "titel": "Bänke am Übergang",
        "beschreibung": "Wer wartet, soll sitzen können.\n\n1\\. Bänke aufstellen & prüfen.\n",
        "einreicher": "Seniorenbeirat",
        "eingang": "2026-11-20",
        "stand": "eingegangen",
        "ziel": "Z2.1",
        "zeitraum": {"von": "Q2 2028", "bis": "Q4 2028"},
        "aufwand": [{"betrag": "3000", "einheit": "euro", "turnus": "einmalig"}],
    }
    assert written.startswith("# yaml-language-server:")
    told = capsys.readouterr().out
    assert "Für Rückfragen (steht nirgends sonst): Erna Holmgren, 0201 555 12 34" in told
    assert "Holmgren" not in "".join(path.read_text("utf-8", "ignore") for path in content.rglob("*.yaml"))


def test_a_company_comes_with_its_measure(forms: Path, content: Path, tmp_path: Path) -> None:
    other = in_pdf(forms, "beitrag", MEASURE | {"titel": "Brot"})
    files = (("a.docx", in_word(forms, "beitrag", MEASURE)), ("b.pdf", other))
    assert take(content, tmp_path, *files, more=("--strand", "betriebe")) is ExitCode.OK
    actors = yaml.load((content / "akteure.yaml").read_text("utf-8"), yaml.BaseLoader)["akteure"]
    assert actors[-1] == {
        "id": "baeckerei-koerner",
        "name": "Bäckerei Körner",
        "art": "unternehmen",
        "strang": "betriebe",
    }
    measures = yaml.load((content / "betriebe" / "massnahmen.yaml").read_text("utf-8"), yaml.BaseLoader)["massnahmen"]
    new = {item["id"]: item for item in measures if item["federfuehrung"] == "baeckerei-koerner"}
    assert [item["titel"] for item in new.values()] == ["Backhaus öffnet für Schulen", "Brot"]
    first = next(iter(new.values()))
    assert first["zusagen"] == [{"akteur": "baeckerei-koerner", "datum": "2026-11-24"}]
    assert [item["titel"] for item in first["meilensteine"]] == ["Erste Klasse", "Vierte Klasse"]
    assert "Wiese" not in (content / "akteure.yaml").read_text("utf-8")


def test_what_looks_like_something_known_is_named(
    forms: Path, content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = PROPOSAL | {"titel": "Trinkbrunnen auf dem Marktplatz", "mitwirkung": "Zauberamt"}
    assert take(content, tmp_path, ("a.docx", in_word(forms, "vorschlag", answers))) is ExitCode.OK
    told = capsys.readouterr().out
    assert "Ähnlich ist Vorschlag V1 „Trinkbrunnen auf dem Markt“." in told
    assert "Nicht übernommen, „Wer könnte mitmachen?“: „Zauberamt“ steht nicht in akteure.yaml" in told


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"titel": ""}, "Es fehlt: „Was schlagen Sie vor?“."),
        ({"beschreibung": "Rufen Sie 0201 555 12 34 an."}, "eine Telefonnummer („0201 555 12 34“)"),
        ({"beschreibung": "Mail an e.holm@example.org"}, "eine E-Mail-Adresse"),
        ({"einreicher": "Lindenstraße 12"}, "eine Anschrift"),
        ({"beschreibung": "Das will Erna Holmgren."}, "nennt, was Sie für Rückfragen angegeben haben"),
        ({"beschreibung": "Frau Holmgren weiß mehr."}, "nennt, was Sie für Rückfragen"),
        ({"beschreibung": "Anrufen: 0201.555.12.34"}, "eine Telefonnummer"),
        ({"titel": "x" * 300}, "Damit hätte der Plan einen Fehler"),
    ],
)
def test_a_form_that_cannot_be_taken_keeps_no_other_out(
    forms: Path,
    content: Path,
    tmp_path: Path,
    answers: dict[str, str],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = (
        ("schlecht.docx", in_word(forms, "vorschlag", PROPOSAL | answers)),
        ("gut.docx", in_word(forms, "vorschlag", PROPOSAL)),
    )
    assert take(content, tmp_path, *files) is ExitCode.CONFLICT
    told = capsys.readouterr().out
    assert said in told
    assert "V3 „Bänke am Übergang“: angenommen" in told
    assert [path.name for path in sorted((content / "vorschlaege").glob("*"))] == ["V1.yaml", "V2.yaml", "V3.yaml"]


def test_figures_and_squares_are_no_way_to_reach_somebody(forms: Path, content: Path, tmp_path: Path) -> None:
    said = "Auf dem Marktplatz 20 Bänke, 2 000 000 Euro."
    answers = PROPOSAL | {"zeitraum": "03/2027 - 12/2028", "beschreibung": said}
    assert take(content, tmp_path, ("a.pdf", in_pdf(forms, "vorschlag", answers))) is ExitCode.OK


@pytest.mark.parametrize(
    ("form", "answers", "why"),
    [
        ("vorschlag", {"beschreibung": "Der Umbau beginnt am 01.10.2026 und endet am 5.3.27."}, ""),
        ("vorschlag", {"beschreibung": "Offen ist 08.00-17.00 Uhr, auch von 06:00 bis 09:30."}, ""),
        ("vorschlag", {"beschreibung": "Anrufen: 0201.55.12.34"}, "eine Telefonnummer („0201.55.12.34“)"),
        ("vorschlag", {"beschreibung": "Am 01.10.2026 unter 0201/5551234"}, "eine Telefonnummer („0201/5551234“)"),
        ("vorschlag", {"einreicher": "Bäckerei Müller", "ansprechperson": "Anna Müller"}, ""),
        ("vorschlag", {"beschreibung": "Anna Müller weiß es.", "ansprechperson": "Anna Müller"}, "für Rückfragen"),
        ("beitrag", {"titel": "Stadtwerke helfen", "erreichbar": "info@stadtwerke-ort.de"}, ""),
        ("beitrag", {"titel": "Die Geschäftsführung plant", "ansprechperson": "Frau Klein, Geschäftsführung"}, ""),
    ],
)
def test_dates_hours_and_names_of_companies_are_no_persons(form: str, answers: dict[str, str], why: str) -> None:
    usual = {"titel": "Strom sparen", "beschreibung": "Wir sparen.", "einreicher": "Kreis", "unternehmen": "Kolm"}
    said = personal(Filled(form, usual | answers))
    assert (why in said) if why else said == ""


def test_what_stands_on_the_page_of_a_pdf_is_told(forms: Path) -> None:
    def write(pdf: Any) -> None:
        for kind, words in ((Name.FreeText, "Bitte bald"), (Name.Ink, None), (Name.Link, "nichts")):
            note = Dictionary(Type=Name.Annot, Subtype=kind, Rect=[0, 0, 9, 9])
            if words:
                note.Contents = String(words)
            pdf.pages[0].Annots.append(pdf.make_indirect(note))
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("x"), V=String("Fremd"))))

    filled = read_pdf_form(in_pdf(forms, "vorschlag", PROPOSAL, write), "a.pdf")
    said = [remark.partition(": ")[2] for remark in filled.remarks]
    assert said == ["„Bitte bald“", "„(etwas Gezeichnetes oder Angemerktes ohne Worte)“", "„Fremd“"]
    assert filled.answers["titel"] == PROPOSAL["titel"]


def test_what_stands_beside_the_fields_is_told_and_no_number_is_given_twice(
    forms: Path, content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def beside(package: Package) -> None:
        for words in ("Außerdem fehlen Ständer.", "Ideen"):  # the second are words of the form, too
            package.tree("word/document.xml")[0].insert(1, w("p", w("r", text(words))))

    (content / "vorschlaege" / "V2.yaml").rename(content / "vorschlaege" / "V3.yaml")
    file = ("a.docx", in_word(forms, "vorschlag", PROPOSAL, beside))
    assert take(content, tmp_path, file, more=("--json",)) is ExitCode.OK
    told = json.loads(capsys.readouterr().out)
    beside_them = "a.docx: Neben den Feldern steht, und ist nicht übernommen: „{}“"
    assert told["remarks"][-2:] == [beside_them.format("Ideen"), beside_them.format("Außerdem fehlen Ständer.")]
    assert told["written"] == [str(content / "vorschlaege" / "V4.yaml")]
    assert take(content, tmp_path, ("b.docx", b"nichts"), more=("--json",)) is ExitCode.CONFLICT
    assert not json.loads(capsys.readouterr().out)["ok"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("offen", "ist kein Name eines Unternehmens"),
        ("Rat", "nicht als Unternehmen"),
        ("stadtwerke lindenmark gmbhh", "Ähnlich heißt schon „Stadtwerke Lindenmark GmbH“"),
    ],
)
def test_who_a_company_may_be(
    forms: Path, content: Path, tmp_path: Path, name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = in_word(forms, "beitrag", MEASURE | {"unternehmen": name})
    take(content, tmp_path, ("a.docx", data), more=("--strand", "betriebe"))
    assert said in capsys.readouterr().out


def test_a_rejected_proposal_is_taken_over_for_a_reason(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = content / "vorschlaege" / "V1.yaml"
    path.write_text(path.read_text("utf-8").replace("in_pruefung", "abgelehnt\n  begruendung: Zu teuer."), "utf-8")
    given = ["adopt", "v1", "--goal", "1.1", "--strand", "Betriebe", "--content", str(content)]
    assert run(given) is ExitCode.USAGE
    assert "V1 ist abgelehnt." in capsys.readouterr().err
    assert run([*given, "--reason", "Nun zahlt der Ring."]) is ExitCode.OK
    assert "begruendung: Nun zahlt der Ring." in path.read_text("utf-8")


def _script(pdf: Any) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _in_a_field(pdf: Any) -> None:
    pdf.Root.AcroForm.Fields[0].AA = Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("1")))


def _xfa(pdf: Any) -> None:
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")


def _file(pdf: Any) -> None:
    pdf.attachments["geheim.exe"] = b"MZ"


def _long(pdf: Any) -> None:
    pdf.Root.AcroForm.Fields[1].V = String("x" * 10_000_000)


def _stream(pdf: Any) -> None:
    pdf.Root.AcroForm.Fields[1].V = pdf.make_stream(b"x" * 100)


def _array(pdf: Any) -> None:
    pdf.Root.AcroForm.Fields[0].V = Array([String("a"), String("b")])


def _twice(pdf: Any) -> None:
    first = pdf.Root.AcroForm.Fields[0]
    pdf.Root.AcroForm.Fields.append(pdf.make_indirect(Dictionary(FT=Name.Tx, T=first.T, V=String(""))))


def _kids(pdf: Any) -> None:
    first = pdf.Root.AcroForm.Fields[0]
    del first.V
    first.Kids = Array([Dictionary(V=String("ja")), Dictionary(V=String("nein"))])


def _none(pdf: Any) -> None:
    del pdf.Root.AcroForm


def _foreign(pdf: Any) -> None:
    pdf.Root.AcroForm.Fields = Array([Dictionary(FT=Name.Tx, T=String("name"), V=String("x"))])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_script, "enthält ein Programm"),
        (_in_a_field, "enthält ein Programm"),
        (_xfa, "XFA-Formular"),
        (_file, "stecken andere Dateien"),
        (_long, "ist länger als 20.000 Zeichen"),
        (_stream, "steht etwas anderes als Text"),
        (_array, "steht etwas anderes als Text"),
        (_twice, "stehen zwei verschiedene Angaben"),
        (_kids, "stehen zwei verschiedene Angaben"),
        (_none, "hat keine Felder zum Ausfüllen"),
        (_foreign, "keines der Formulare"),
    ],
)
def test_a_hostile_pdf_is_refused_with_a_sentence(forms: Path, change: Callable[[Any], None], said: str) -> None:
    with pytest.raises(RefusedFileError, match=said):
        read_pdf_form(in_pdf(forms, "vorschlag", PROPOSAL, change), "feind.pdf")


def test_broken_bytes_and_pictures_are_refused(
    forms: Path, content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def picture(package: Package) -> None:
        package.parts["word/media/foto.png"] = b"\x89PNG"

    files = (("kaputt.pdf", b"%PDF-1.7 nichts"), ("bild.docx", in_word(forms, "vorschlag", PROPOSAL, picture)))
    assert take(content, tmp_path, *files) is ExitCode.CONFLICT
    told = capsys.readouterr().out
    assert "kaputt.pdf\n  Die PDF-Datei lässt sich nicht lesen" in told
    assert "Im Formular steckt „foto.png“" in told


# --- what becomes of a proposal -----------------------------------------------------------------------------------


def test_a_proposal_is_taken_over(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--content", str(content), "--strand", "betriebe"]
    assert run(["adopt", "V1", "--reason", "Der Gewerbering stellt ihn auf.", *given]) is ExitCode.OK
    assert "V1 ist nun Maßnahme 1.1.4" in capsys.readouterr().out
    measures = yaml.load((content / "betriebe" / "massnahmen.yaml").read_text("utf-8"), yaml.BaseLoader)["massnahmen"]
    (new,) = (item for item in measures if item["id"] == "M1.1.4")
    assert (new["titel"], new["ziel"], new["herkunft"]) == ("Trinkbrunnen auf dem Markt", "Z1.1", "Vorschlag V1")
    proposal = yaml.load((content / "vorschlaege" / "V1.yaml").read_text("utf-8"), yaml.BaseLoader)["vorschlag"]
    assert (proposal["stand"], proposal["uebernommen_als"]) == ("uebernommen", "M1.1.4")
    assert run(["adopt", "V1", *given]) is ExitCode.USAGE
    assert "V1 ist schon übernommen, als Maßnahme 1.1.4." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["adopt", "V9"], "Den Vorschlag „V9“ gibt es nicht. Es gibt: V1, V2."),
        (["adopt", "V1"], "In welchen Strang?"),
        (["adopt", "V1", "--goal", "Z9.9"], "Das Ziel „Z9.9“ gibt es nicht."),
        (["adopt"], "Es fehlt: der Vorschlag"),
        (["intake"], "Es fehlt: die ausgefüllten Formulare"),
    ],
)
def test_wrong_calls(content: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words, "--content", str(content)]) is ExitCode.USAGE
    assert said in capsys.readouterr().err
