"""The recipe "a new part" of docs/architecture.md, followed with two made-up parts in a copy of the program.

One part makes do with tables; the other has a value and templates of its own. Both are whole in both documents.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.parts import Maker, measure
from tests.plan_strategies import write
from tests.reading.pdf import Pdf
from tests.reading.values import Reading, squeezed
from tests.reading.word import read_docx
from tests.recipes import copy_program, run

# What the recipe has one write, by file. A tuple: the line that it comes before, then the lines.
MODULE = '''"""A row a measure: for trying out what a new part takes."""

from __future__ import annotations

from pipeline.document.model import Cell, Column, Row, RowGroup, Table, TablePart, TableSection
from pipeline.document.targets import part_anchor, part_title
from pipeline.parts.context import Context
from pipeline.parts.phrases import link, text
from schema.vocabulary import PartName


def probe(context: Context, field: int | None = None) -> TablePart:
    """All measures, or those of one field of action."""
    rows = tuple(
        Row((Cell((link(item.id, item.number),), header=True), Cell((text(f"Probe {item.title}"),))))
        for item in context.plan.active_measures
        if field in (None, context.plan.goal_by_id[item.goal].field)
    )
    table = Table((Column("Nr.", 20), Column("Probe", 80)), (RowGroup(rows),))
    title = part_title(PartName.PROBE, field)
    return TablePart(part_anchor(PartName.PROBE, field), title, "Ein Versuch.", (TableSection("", table),))
'''
SHEET_MODULE = '''"""A sentence a field of action, as a value of its own."""

from __future__ import annotations

from pipeline.document.model import ProbeSheet
from pipeline.document.targets import part_anchor, part_title
from pipeline.parts.context import Context
from schema.vocabulary import PartName


def probe_sheet(context: Context) -> ProbeSheet:
    """The whole plan."""
    lines = tuple(f"Probe im Feld {item.title}" for item in context.plan.fields)
    return ProbeSheet(part_anchor(PartName.PROBE_SHEET), part_title(PartName.PROBE_SHEET), lines)
'''
VALUE = """@dataclass(frozen=True)
class ProbeSheet(Part):
    kind: ClassVar[PartKind] = "probe"
    lines: tuple[str, ...]


"""
EDITS = {
    "schema/vocabulary.py": (
        (
            "    @property\n    def in_texts",
            '    PROBE = "probeteil", "Probeteil", Placing.IN_TEXTS | Placing.BY_FIELD\n',
        ),
        ("    @property\n    def in_texts", '    PROBE_SHEET = "probeblatt", "Probeblatt", Placing(0)\n\n'),
    ),
    "pipeline/parts/registry.py": (
        ("from pipeline.parts.overviews.funding", "from pipeline.parts.lists.probe import probe\n"),
        ("from pipeline.parts.overviews.funding", "from pipeline.parts.lists.probe_sheet import probe_sheet\n"),
        (")\n_BY_NAME", "    Entry(PartName.PROBE, of_field(probe), _IN_MEASURES, overview=True),\n"),
        (")\n_BY_NAME", "    Entry(PartName.PROBE_SHEET, of_plan(probe_sheet)),\n"),
    ),
    "pipeline/document/model.py": (
        ('    "proposals",\n]', '    "probe",\n'),
        ("@dataclass(frozen=True)\nclass Properties", VALUE),
    ),
}
NEW = {
    "pipeline/parts/lists/probe.py": MODULE,
    "pipeline/parts/lists/probe_sheet.py": SHEET_MODULE,
    "styles/print/probe.html": """{% import "_tables.html" as tables %}
{{ tables.opening(part, embedded) }}
  {% for line in part.lines %}<p>{{ line }}</p>{% endfor %}
</section>
""",
    "styles/word/parts/probe.html": """{% import "nodes.html" as nodes %}
{{ nodes.generated(part) }}
{% for line in part.lines %}<p>{{ line }}</p>{% endfor %}
""",
}
TEXT = """# Versuch

Hier steht der Probeteil, wie [](#probeblatt) am Ende steht.

:::{probeteil}
handlungsfeld: 2
:::
"""


@dataclass(frozen=True)
class Made:
    """The program with the parts, and what it made of a plan that has them."""

    program: Path
    output: Path

    def reading(self, ending: str) -> Reading:
        (path,) = (found for found in self.output.glob(f"*{ending}") if "beschlussvorlage" not in found.name)
        return Pdf(path.read_bytes()).read() if ending == ".pdf" else read_docx(path.read_bytes())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The recipe followed, and a plan built with it."""
    program, content = tmp_path_factory.mktemp("program"), tmp_path_factory.mktemp("content")
    follow_recipe(program)
    maker = Maker(content)
    maker.measures("stadt", measure("M1.1.1", "amt"), measure("M1.1.2", "amt"))
    maker.measures("firmen", measure("M2.1.1", "werk"))
    outline = [{"teil": "inhalt"}, {"text": "versuch"}, {"teil": "handlungsfelder"}, {"teil": "probeteil"}]
    maker.files["plan.yaml"]["gliederung"] = [*outline, {"teil": "probeblatt"}]
    write(maker.files, content)
    (content / "texte").mkdir()
    (content / "texte" / "versuch.md").write_text(TEXT, encoding="utf-8")
    run(program, "schema")
    run(program, "--content", str(content), "--quiet")
    return Made(program, program / "output")


def follow_recipe(program: Path) -> None:
    """Copies the program into a folder and makes both parts there."""
    copy_program(program, EDITS)
    for name, source in NEW.items():
        (program / name).write_text(source, encoding="utf-8")


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_both_parts_are_whole_in_both_documents(made: Made, ending: str) -> None:
    reading = made.reading(ending)
    titles = [(level, title) for level, title in reading.headings if "Probe" in title]
    assert titles == [(2, squeezed("Probeteil, Handlungsfeld 2")), (1, "Probeteil"), (1, "Probeblatt")]
    rows = [("1.1.1", "ProbeMaßnahme1.1.1"), ("1.1.2", "ProbeMaßnahme1.1.2"), ("2.1.1", "ProbeMaßnahme2.1.1")]
    for title, expected in (("Probeteil", rows), ("Probeteil, Handlungsfeld 2", rows[2:])):
        ((table,),) = [section.tables for section in reading.below(title)]
        assert table == (("Nr.", "Probe"), *expected)
    for sentence in ("Probe im Feld Boden", "Probe im Feld Luft", "wie Probeblatt am Ende"):
        assert squeezed(sentence) in reading.text


def test_an_editor_offers_the_new_names(made: Made) -> None:
    schema = json.loads((made.program / "schema" / "json" / "plan.schema.json").read_text(encoding="utf-8"))
    assert schema["$defs"]["PartName"]["enum"][-2:] == ["probeteil", "probeblatt"]


def test_word_says_where_the_part_comes_from(made: Made) -> None:
    assert squeezed("Aus den Daten erzeugt. Änderungen bitte in den Steckbriefen") in made.reading(".docx").text
