"""The agenda says what the annex says: every open point once, below who settles it, as a list to tick off."""

from __future__ import annotations

import dataclasses
import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.check.validate import Checked, validate
from pipeline.content.read import read
from pipeline.document.model import Document, TablePart
from pipeline.parts.agenda import NOTHING, agenda
from schema.vocabulary import PartName
from tests.building import PLANS
from tests.cases import BASE, apply, load
from tests.loading import load as load_plan

MARKDOWN = MarkdownIt("commonmark").enable(["strikethrough", "table"])


def made(content: Path) -> tuple[str, Checked, Document]:
    checked = validate(read(content))
    document = load_plan(content).document
    assert checked.plan is not None
    return agenda(checked.plan, checked.open_points, document.properties), checked, document


def test_a_small_one(tmp_path: Path) -> None:
    apply(load("P451"), tmp_path)
    plan = tmp_path / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("status: beschlossen", "status: entwurf"), "utf-8")
    assert made(tmp_path)[0].replace("\u00a0", " ") == (
        "# Offene Punkte bis zum Beschluss\n"
        "\n"
        "Wirtschaftsplan Musterstadt\n"
        "\n"
        "Fassung 1.0, Stand 22. November 2026, Entwurf\n"
        "\n"
        "2 Punkte sind bis zum Beschluss zu klären, geordnet nach der Stelle, die sie klärt.\n"
        "\n"
        "## Herausgeber gemeinsam\n"
        "\n"
        "- [ ] Plan: Beschlussvorschlag\n"
        "\n"
        "## Wirtschaftsamt\n"
        "\n"
        "- [ ] 1.1.1 Flächen verzeichnen: Zusage der Federführung\n"
    )


def test_with_nothing_open_it_says_so() -> None:
    text, checked, _ = made(BASE)
    assert checked.open_points == ()
    assert text.startswith("# Offene Punkte bis zum Beschluss\n\n")
    assert text.endswith(f"\n\n{NOTHING}\n")
    assert "- [ ]" not in text


@pytest.mark.parametrize("name", ["shipped", "stress"])
def test_it_says_what_the_annex_says(name: str) -> None:
    text, checked, document = made(PLANS[name])
    (part,) = (part for part in document.parts if part.anchor == PartName.OPEN_POINTS)
    assert isinstance(part, TablePart)
    shown = read_back(text)
    assert shown[:2] == [("h1", part.title), ("item", document.properties.title)]
    count = len(checked.open_points)
    assert all(str(count) in said for said in (part.lead, shown[3][1]))
    boxes = [words for tag, words in shown[4:] if tag == "item"]
    assert all(re.match(r"\[ \] .+: .+", words) for words in boxes)
    by_number = {words.split(":")[0].removeprefix("[ ] ").split(" ")[0]: words for words in boxes}
    ticks = next(item.table for item in part.sections if item.heading == "Was den Maßnahmen fehlt")
    assert ticks is not None
    for row in ticks.rows():
        number, title, _, *cells = (cell.plain() for cell in row.cells)
        lacking = [column.label for column, cell in zip(ticks.columns[3:], cells, strict=True) if "offen" in cell]
        assert by_number[number].startswith(f"[ ] {number} {title}: ")
        assert lacking
        assert all(kind in by_number[number].replace("\u00a0", " ") for kind in lacking)


def read_back(text: str) -> list[tuple[str, str]]:
    """Headings and paragraphs as a reader of the rendered page sees them; fails if anything else is in it."""
    tokens = MARKDOWN.parse(text)
    kinds = {"heading", "paragraph", "bullet_list", "list_item", "inline"}
    assert {re.sub("_(open|close)$", "", token.type) for token in tokens} <= kinds
    found = []
    for opening, token in itertools.pairwise(tokens):
        if token.type == "inline":
            assert {child.type for child in token.children or ()} <= {"text", "text_special"}, token.content
            plain = "".join(child.content for child in token.children or ())
            found.append((opening.tag if opening.type == "heading_open" else "item", plain))
    return found


SIGNS = st.text(st.sampled_from("aB1 \\`*_[]()<>~|&#!-+.:;/=\"'{}^$@é"), min_size=1, max_size=40)


@given(name=SIGNS)
def test_names_read_as_they_are_written(name: str) -> None:
    checked = validate(read(BASE))
    assert checked.plan is not None
    properties = load_plan(BASE).document.properties
    text = agenda(checked.plan, (), dataclasses.replace(properties, title=f"a {name} z"))
    assert ("item", f"a {name} z") in read_back(text)
