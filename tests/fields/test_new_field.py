"""The recipe "a new field" of docs/architecture.md, followed in a copy of the program with two made-up fields.

Measures get a list of lines and a text in Markdown: one line each in the model and in the part that shows it. Both are
shown in the PDF and in the Word file, and what somebody changes there comes back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from pipeline.ooxml.elements import q
from tests.back.draft import Draft
from tests.parts import Maker, measure
from tests.plan_strategies import write
from tests.reading.pdf import Pdf
from tests.reading.values import squeezed
from tests.reading.word import read_docx
from tests.recipes import Edits, copy_program, run

# Before which line, and what is written there.
EDITS: Final[Edits] = {
    "schema/entities.py": (
        (
            "    status: MeasureStatus = Field(",
            '    audience: tuple[Line, ...] = Field(default=(), alias="leserschaft", title="Leserschaft")\n',
        ),
        (
            "    status: MeasureStatus = Field(",
            '    gain: Markdown | None = Field(default=None, alias="gewinn", title="Gewinn")\n',
        ),
    ),
    "pipeline/parts/sheets/measures.py": (
        ('"resolved_wording")\n', '"gain", '),
        ('    ShownField("depends_on"),\n', '    ShownField("audience", "detail"),\n'),
    ),
}
GAIN: Final = "Leere Räume *beleben* die Mitte.\n\n- mehr Läden,\n- weniger Leerstand.\n"


@dataclass(frozen=True)
class Made:
    """The program with the fields, a plan that has them, and what was made of it."""

    program: Path
    content: Path

    def output(self, ending: str) -> bytes:
        (path,) = (self.program / "output").glob(f"*{ending}")
        return path.read_bytes()

    def merge(self, draft: Draft) -> None:
        (self.program / "edited.docx").write_bytes(draft.to_bytes())
        run(self.program, "--content", str(self.content), "--quiet", "merge", "edited.docx")

    def measures(self) -> list[dict[str, Any]]:
        text = (self.content / "stadt" / "massnahmen.yaml").read_text(encoding="utf-8")
        found: list[dict[str, Any]] = yaml.safe_load(text)["massnahmen"]
        return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The recipe followed, and a plan built with it."""
    program, content = tmp_path_factory.mktemp("program"), tmp_path_factory.mktemp("content")
    copy_program(program, EDITS)
    maker = Maker(content)
    lines = ["Betriebe, die z.B. suchen", "Schulen"]
    maker.measures("stadt", measure("M1.1.1", "amt", leserschaft=lines, gewinn=GAIN), measure("M1.1.2", "amt"))
    maker.files["plan.yaml"]["gliederung"] = [{"teil": "inhalt"}, {"teil": "handlungsfelder"}]
    write(maker.files, content)
    run(program, "schema")
    run(program, "--content", str(content), "--quiet")
    return Made(program, content)


def test_both_fields_are_shown_in_both_documents(made: Made) -> None:
    readings = (Pdf(made.output(".pdf")).read(), read_docx(made.output(".docx")))
    for reading in readings:
        for words in ("Leserschaft", "Betriebe, die z. B. suchen", "Gewinn", "Leere Räume beleben die Mitte."):
            assert squeezed(words) in reading.text


def test_an_editor_offers_the_new_keys(made: Made) -> None:
    schema = json.loads((made.program / "schema" / "json" / "massnahmen.schema.json").read_text(encoding="utf-8"))
    assert {"leserschaft", "gewinn"} <= set(schema["$defs"]["Measure"]["properties"])


def test_what_is_changed_in_word_comes_back(made: Made) -> None:
    draft = Draft(made.output(".docx"))
    draft.replace("weniger Leerstand", "kaum Leerstand")
    draft.replace("Schulen", "Hochschulen")
    for letters in draft.value("1.1.2", "Leserschaft").iter(q("t")):
        letters.text = "Alle"
    made.merge(draft)
    first, second = made.measures()
    assert first["gewinn"] == GAIN.replace("weniger", "kaum")
    assert first["leserschaft"] == ["Betriebe, die z.B. suchen", "Hochschulen"]
    assert second["leserschaft"] == ["Alle"]
