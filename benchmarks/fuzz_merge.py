"""`python -m benchmarks.fuzz_merge`: random edits of a Word file in; out comes whether each arrived or was told.

Every edit writes a word that stands nowhere else, or takes away a paragraph with a word that stands nowhere else. After
the merge each such word must be in the sources (or gone from them), or in the report. With tracked changes, a merge
that rejects all must leave the sources as they were. A set fails where a word got lost in silence, where rejecting
changed a byte, or where anything is raised.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from random import Random

from pipeline.back.merge import MergeRequest, merge
from pipeline.back.outcome import MergeOutcome
from pipeline.back.report import markdown
from pipeline.word.bookmarks import MARK_PREFIX, hidden
from pipeline.word.ooxml import Element, paragraph_style, q
from pipeline.word.package import Package
from tests.back.draft import Draft, plain
from tests.building import PLANS, build_silently

PLAN = "small"
MOST_EDITS = 8
LONGEST = 30  # characters that find a paragraph again


@dataclass(frozen=True)
class Desk:
    """A Word file without its fonts, the sources it was built from, the published editions."""

    data: bytes
    sources: Mapping[PurePosixPath, bytes]
    editions: Mapping[str, bytes]


def prepare() -> Desk:
    """Builds the plan once."""
    with tempfile.TemporaryDirectory() as folder:
        built = build_silently(PLANS[PLAN], Path(folder))
        package = Package(built.file(".docx").read_bytes())
        for name in [name for name in package.parts if name.startswith(("word/fonts/", "word/media/"))]:
            package.parts.pop(name)
        editions = {path.stem: path.read_bytes() for path in (built.content / "ausgaben").glob("*.json")}
        return Desk(package.to_bytes(), built.outcome.sources, editions)


@dataclass
class Edits:
    """What was done, the words that must come, the words that must go."""

    done: list[tuple[str, ...]]
    come: list[str]
    gone: list[str]


class Editor:
    """Edits at random, with words that stand nowhere else."""

    def __init__(self, draft: Draft, random: Random, seed: int) -> None:
        self.draft, self.random, self.seed = draft, random, seed
        self.edits = Edits([], [], [])
        self.count = 0

    def edit(self) -> None:
        """One edit; one that finds nothing to edit is none."""
        name = self.random.choice(
            [
                "word",
                "word",
                "insert",
                "insert",
                "delete",
                "split",
                "join",
                "move",
                "bold",
                "row",
                "cell",
                "field",
                "note",
            ]
        )
        self.count += 1
        word = f"wort{self.seed}x{self.count}y"
        try:
            operation = getattr(self, f"_{name}")(word)
            self.draft.edit([operation])
        except (LookupError, IndexError, StopIteration, AttributeError):
            return
        self.edits.done.append(operation)

    def _paragraphs(self) -> list[Element]:
        """Those outside tables that can be edited, and are found again by how they begin."""
        found = [item for item in self.draft.body.findall(q("p")) if _marked(item) and len(plain(item)) > LONGEST]
        return [item for item in found if not paragraph_style(item).startswith(("Heading", "Caption", "ZPBild"))]

    def _start(self) -> str:
        return plain(self.random.choice(self._paragraphs()))[:LONGEST]

    def _word(self, word: str) -> tuple[str, ...]:
        run = self.random.choice(
            [run for item in self._paragraphs() for run in item.findall(q("r")) if " " in plain(run)]
        )
        old = self.random.choice([each for each in plain(run).split() if each.isalpha()])
        self.edits.come.append(word)
        return ("replace", plain(run), plain(run).replace(old, word, 1))

    def _insert(self, word: str) -> tuple[str, ...]:
        self.edits.come.append(word)
        return ("insert", self._start(), f"Neu ist {word} hier.")

    def _delete(self, word: str) -> tuple[str, ...]:
        start = self._start()
        self.draft.edit([("replace", start[:12], f"{word} {start[:12]}")])
        self.edits.gone.append(word)
        return ("delete", word)

    def _split(self, _: str) -> tuple[str, ...]:
        start = self._start()
        return ("split", start, start.split()[2])

    def _join(self, _: str) -> tuple[str, ...]:
        return ("join", self._start())

    def _move(self, _: str) -> tuple[str, ...]:
        return ("move", self._start(), self._start())

    def _bold(self, _: str) -> tuple[str, ...]:
        return ("letters", self.random.choice(self._start().split()), "b")

    def _row(self, word: str) -> tuple[str, ...]:
        self.edits.come.append(word)
        return ("insert_row", "2025", word, "1", "2")

    def _cell(self, word: str) -> tuple[str, ...]:
        cells = [cell for cell in self.draft.body.iter(q("tc")) if _marked(cell) and plain(cell)]
        self.edits.come.append(word)
        return ("cell", plain(self.random.choice(cells)), word)

    def _field(self, word: str) -> tuple[str, ...]:
        headings = [plain(item) for item in self.draft.body.findall(q("p")) if paragraph_style(item) == "Heading3"]
        self.edits.come.append(word)
        label = self.random.choice(["Indikator", "Herkunft", "Status", "Meilensteine", "Federführung", "Aufwand"])
        return ("set", self.random.choice(headings)[:5], label, word)

    def _note(self, word: str) -> tuple[str, ...]:
        self.edits.come.append(word)
        return ("note", self._start().split()[1], f"Siehe {word}.")


def _marked(element: Element) -> bool:
    return any(mark.get(q("name"), "").startswith(hidden(MARK_PREFIX)) for mark in element.iter(q("bookmarkStart")))


def run(desk: Desk, seed: int) -> tuple[str, str]:
    """One set of edits: `exact`, `told`, `lost` (named by the gate), or `WRONG` with what happened."""
    random = Random(seed)
    tracked = random.random() < 0.5  # noqa: PLR2004 - half of them
    draft = Draft(desk.data, tracked=tracked)
    editor = Editor(draft, random, seed)
    try:
        for _ in range(random.randint(1, MOST_EDITS)):
            editor.edit()
        data = draft.to_bytes()
        left = plain(draft.body) + plain(draft.package.tree("word/footnotes.xml"))
        editor.edits.come = [word for word in editor.edits.come if word in left]  # a later edit may take one away
        outcome = merge(MergeRequest([("a.docx", data)], desk.sources, desk.editions))
        faults = list(_faults(desk, outcome, editor.edits))
        if tracked:
            rejected = merge(MergeRequest([("a.docx", data)], desk.sources, desk.editions, reject=("alle",)))
            faults += [f"abgelehnt, aber geändert: {path}" for path in rejected.sources]
    except Exception:  # noqa: BLE001 - whatever is raised is what is looked for
        return "WRONG", f"{seed}: {editor.edits.done}\n{traceback.format_exc()}"
    if faults:
        return "WRONG", f"{seed} {'verfolgt' if tracked else ''}: {faults}\n  {editor.edits.done}"
    file = outcome.files[0]
    if file.lost:
        return "lost", f"{seed}: {[change.after for change in file.lost]} {editor.edits.done}"
    return ("told" if file.refused or file.generated or file.contradictions else "exact"), ""


def _faults(desk: Desk, outcome: MergeOutcome, edits: Edits) -> Iterator[str]:
    now = b"\n".join({**desk.sources, **outcome.sources}.values()).decode(errors="replace")
    told = markdown(outcome, written=True).replace("\\", "")
    for word in edits.come:
        if word not in now and word not in told:
            yield f"{word} fehlt"
    for word in edits.gone:
        if word in now:
            yield f"{word} blieb"


def _worker(arguments: tuple[Desk, int]) -> tuple[str, str]:
    return run(*arguments)


def main() -> int:
    """Runs as many sets as wished; 1 if any went wrong in silence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3600.0, help="ends after that long, whatever the count")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    desk, end = prepare(), time.monotonic() + given.seconds
    tally: Counter[str] = Counter()
    with multiprocessing.Pool(given.processes, maxtasksperchild=50) as pool:
        sets = ((desk, seed) for seed in range(given.seed, given.seed + given.count))
        for kind, what in pool.imap_unordered(_worker, sets):
            tally[kind] += 1
            if what:
                sys.stdout.write(f"{kind} {what}\n")
                sys.stdout.flush()
            if time.monotonic() > end:
                pool.terminate()
                break
    sys.stdout.write(f"{sum(tally.values())} Sätze: {dict(tally)}\n")
    return int(tally["WRONG"] > 0)


if __name__ == "__main__":
    sys.exit(main())
