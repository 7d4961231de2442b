"""A content folder in, the words of its texts that its PDF does not have out: nothing may be lost on the way.

    .venv/bin/python -m benchmarks.lost_words [ORDNER]

The PDF is built and read by its tags, as a screen reader reads it. Looked for is every word of three letters or more in
every text of the data and in the chapters; not what is no text: IDs, dates, amounts. Ends with 1 where a word is lost.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.actions.aloud import read_aloud
from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.content.texts import Texts
from pipeline.parts.assemble import assemble
from pipeline.pdf.build import write_pdf
from pipeline.text.markdown import DIRECTIVE, REFERENCE, parse
from pipeline.text.nodes import Blocks
from schema.base import MarkdownText, Reference
from schema.entities import Measure
from schema.forms import marked, plain_texts
from schema.plan import Kind, Plan
from schema.rules.entities import entities_of
from schema.vocabulary import PlanStatus

ROOT = Path(__file__).resolve().parents[1]
WORD = re.compile(r"[^\W\d_]{3,}")
# Keys of texts that no document prints: names for files and groups, what is kept for who writes.
UNPRINTED = frozenset(("kurzname", "gruppe", "hilfe", "id", "strang"))


def words(text: str) -> set[str]:
    """Every word, as it is compared: without soft hyphens, in small letters."""
    return {word.casefold() for word in WORD.findall(text.replace("\u00ad", ""))}


def texts_of(plan: Plan) -> Iterator[tuple[str, str]]:
    """Every text that the plan's model holds and that is printed, with where it stands."""
    for subject, entity in entities_of(plan):
        if subject.kind is Kind.PLAN:
            continue  # titles and imprint apart, it says how the plan is built
        if isinstance(entity, Measure) and not (entity.active or entity.deferred):
            yield subject.name, entity.title  # of one that another replaced nothing else is printed
            continue
        named = {path for path, _, _ in marked(entity, Reference)}
        for path, text in plain_texts(entity):
            hidden = UNPRINTED.intersection(step for step in path if isinstance(step, str)) or _hidden(plan, path)
            if path not in named and not hidden:
                yield f"{subject.name}/{'/'.join(map(str, path))}", text
        for path, _, markdown in marked(entity, MarkdownText):
            yield f"{subject.name}/{path[0]}", _said(parse(markdown, source="").blocks)
    for name in ("title", "subtitle"):
        yield f"plan/{name}", getattr(plan.meta, name)


def chapters_of(texts: Texts) -> Iterator[tuple[str, str]]:
    """Every chapter with its words."""
    for stem, prose in texts.by_stem.items():
        yield stem, _said(prose.blocks)


def _said(blocks: Blocks) -> str:
    """All words of a text, but for what a reference or a part that it places is called in the sources."""
    nodes = (node for block in blocks for node in block.walk())
    return " ".join(node.text for node in nodes if node.kind not in (REFERENCE, DIRECTIVE))


def _hidden(plan: Plan, path: tuple[str | int, ...]) -> bool:
    """Origins are printed in drafts only."""
    return path[0] == "herkunft" and plan.meta.status is PlanStatus.RESOLVED


def lost_words(plan: Plan, chapters: Iterator[tuple[str, str]], printed: str) -> list[str]:
    """`M1.1.1/titel: begrünt`, for each word that is not among the printed ones."""
    there = words(printed)
    return [
        f"{where}: {', '.join(sorted(missing))}"
        for where, text in (*texts_of(plan), *chapters)
        if (missing := words(text) - there)
    ]


def main() -> int:
    """Builds, compares, tells."""
    parser = argparse.ArgumentParser(description="Nennt Wörter der Inhalte, die im PDF fehlen.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "content", help="Ordner der Inhalte (content)")
    folder = parser.parse_args().folder
    source = read(folder)
    checked = validate(source)
    plan = checked.plan
    if plan is None:
        sys.stderr.write("Die Inhalte haben Fehler; „build.py check“ nennt sie.\n")
        return 1
    open_points, previous = checked.open_points, checked.previous
    document = assemble(plan, checked.texts, digest=source.digest, open_points=open_points, previous=previous)
    with tempfile.TemporaryDirectory() as made:
        path = Path(made, "plan.pdf")
        path.write_bytes(write_pdf(document, source.pictures).pdf)
        printed = "\n".join(read_aloud(path))
    lost = lost_words(plan, chapters_of(checked.texts), printed)
    sys.stdout.write("".join(f"{line}\n" for line in lost) + f"{len(lost)} Stellen mit verlorenen Wörtern\n")
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
