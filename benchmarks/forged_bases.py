"""`python -m benchmarks.forged_bases`: Word files that say false things of themselves in; out comes what they could do.

A set is the Word file of a small plan with forged marks, places, sources or parts, and an edit that anybody can see. It
is WRONG where something is written that the file does not show there, where anything but a refusal in a sentence is
raised, or where the gate could not look and the file counts as taken over. A reader that knows no marks looks: each
value and each block that the merged plan shows otherwise than before has to stand in the file under the same heading.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.forgery import forged
from pipeline.content.read import read
from pipeline.errors import BuildError, PuzzlingFileError
from pipeline.merge.base import BaseFile, from_built
from pipeline.merge.differences.compare import Reader
from pipeline.merge.docx.open import open_docx
from pipeline.merge.markdown.said import plainly
from pipeline.merge.markdown.units import Unit
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.prepare import read_edited, read_own
from pipeline.merge.rebuild import rebuild
from pipeline.merge.sources import Sources
from pipeline.word.build import write_docx
from tests.loading import load

CONTENT = Path(__file__).resolve().parents[1] / "tests" / "cases" / "base"
_NUMBER = re.compile(r"^(?:(?:Ziel|Maßnahme|Vorschlag|Abbildung|Tabelle) )?[MVZ]?[\d.]+:? ")
_REFERENCE = re.compile(
    r'(?:Maßnahme|Ziel|Vorschlag) [A-Z]?[\d.]+ "[^"]*"'
)  # repeats a title, wherever that was edited
Files = Mapping[PurePosixPath, bytes]


@dataclass(frozen=True)
class Victim:
    """A plan: its sources, its Word file, and what that shows."""

    sources: Files
    data: bytes
    base: BaseFile


def victim(content: Path = CONTENT) -> Victim:
    """The plan of a content folder."""
    source = read(content)
    file = write_docx(load(content).document, source.pictures, source.files)
    return Victim(source.files, file.data, from_built(file.base))


def run(plan: Victim, seed: int, own: Path | None = None) -> tuple[str, str]:
    """What came of a set, `WRONG …` where it may not be, and what was done."""
    data, done = forged(plan.data, Random(seed))
    try:
        outcome = merge(MergeRequest([("a.docx", data)], plan.sources, own=own))
    except PuzzlingFileError as error:
        return f"WRONG raised {error.__cause__!r}", done
    except BuildError:
        return "refused", done
    (file,) = outcome.files
    if file.unchecked and outcome.settled:
        return "WRONG unchecked and settled", done
    if outcome.ok and outcome.sources:
        shown = set(_lines(Reader(plan.base), plan.base, data))
        for fault in _unseen(plan, {**plan.sources, **outcome.sources}, shown):
            return f"WRONG written, not shown: {fault}", done
    kind = "unchecked" if file.unchecked else "written" if outcome.ok and outcome.sources else "nothing written"
    return kind, done


Line = tuple[str, str]
"""A heading and words under it."""


def _lines(reader: Reader, base: BaseFile, data: bytes) -> Iterator[Line]:
    """What a file shows, each line with the heading above, whatever marks it has."""
    yield from _lines_of(reader.side(read_edited(open_docx(data, "a.docx"), base=base).reading).units)


def _under_headings(units: Sequence[Unit]) -> Iterator[tuple[str, Unit]]:
    heading = ""
    for unit in units:
        heading = plainly(unit.plain) if unit.kind == "heading" else heading
        yield heading, unit


def _unseen(plan: Victim, sources: Files, shown: set[Line]) -> Iterator[Line]:
    """What the merged plan shows of every value and text that was written, and the file does not show there."""
    before, after = Sources(plan.sources), Sources(sources)
    written = {name for name, text in after.texts.items() if before.texts.get(name) != text}
    for name, entity in after.entities.items():
        old = before.entities.get(name)
        written |= {f"{name}/{key}" for key, value in entity.data.items() if old is None or old.data.get(key) != value}
    built = rebuild(after, {}).as_word()
    assert built is not None
    known = set(_lines_of(Reader(plan.base).side(read_own(plan.base)).units))
    for heading, unit in _under_headings(Reader(built).side(read_own(built)).units):
        rows = [row for row in unit.rows if any(place.source in written for cell in row for place in cell.places)]
        texts = [line for row in rows for cell in row for line in cell.plain]
        if not unit.rows and unit.place is not None and unit.place.source in written:
            texts.append(unit.plain)
        for text in map(plainly, filter(None, texts)):
            if (heading, text) not in known and not _there(heading, text, shown):
                yield heading, text


def _there(heading: str, text: str, shown: set[Line]) -> bool:
    """Whether a line is shown under a heading, apart from the number that the program puts before its words."""
    words = _NUMBER.sub("", _REFERENCE.sub("", text))
    return any(
        _REFERENCE.sub("", line).endswith(words)
        for above, line in shown
        if _NUMBER.sub("", above) == _NUMBER.sub("", heading)
    )


def _lines_of(units: Sequence[Unit]) -> Iterator[Line]:
    for heading, unit in _under_headings(units):
        cells = (line for row in unit.rows for cell in row for line in cell.plain)
        yield from ((heading, plainly(text)) for text in (unit.plain, *cells) if text)


def main() -> int:
    """Runs the sets and tells what came of them; 1 where any is WRONG."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    plan, counts, begun = victim(), Counter[str](), time.monotonic()
    with TemporaryDirectory() as folder:
        for seed in range(options.seed, options.seed + options.sets):
            kind, done = run(plan, seed, Path(folder))
            counts[kind.partition(" ")[0] if kind.startswith("WRONG") else kind] += 1
            if kind.startswith("WRONG"):
                print(f"seed {seed}: {kind}\n    {done}")
    print(f"{options.sets} sets from seed {options.seed} in {time.monotonic() - begun:.0f} s: {dict(counts)}")
    return 1 if counts["WRONG"] else 0


if __name__ == "__main__":
    sys.exit(main())
