"""Pictures of measures and fields of action: below the text they belong to, in both documents, with whose they are."""

from __future__ import annotations

from pathlib import Path

from pipeline.document import model as d
from pipeline.pdf.html import part_html
from pipeline.word.html import document_html
from tests.parts import Maker, measure, part_of

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'


def test_both_documents_show_it_with_its_description_and_its_credit(tmp_path: Path) -> None:
    (tmp_path / "bilder").mkdir()
    (tmp_path / "bilder" / "markt.svg").write_text(DRAWING, "utf-8")
    maker = Maker(tmp_path)
    picture = {"datei": "bilder/markt.svg", "alt": "Der Markt von oben", "nachweis": "Foto: Stadt"}
    maker.measures("stadt", measure("M1.1.1", "amt", bild=picture), measure("M1.1.2", "amt"))
    maker.files["handlungsfelder.yaml"]["handlungsfelder"][0]["bild"] = {**picture, "nachweis": ""}
    loaded = maker.load()
    assert [item for item in loaded.diagnostics if item.code == "P604"] == []
    part = part_of(loaded, d.MeasureSheets)
    shown, without = part.sheets
    ((figure,),) = (passage.blocks for passage in shown.passages)
    assert (figure.attrs["src"], figure.attrs["label"], without.passages) == (
        "bilder/markt.svg",
        "Abbildung\u00a01",
        (),
    )
    for html, times in ((str(part_html(part)), 1), (document_html(loaded.document), 2)):
        assert html.count('alt="Der Markt von oben"') == times
        assert html.count("Foto: Stadt") == 1
