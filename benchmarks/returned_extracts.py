"""Extracts for everybody of a plan, searched for what is not printed in them, then edited, sent back and merged.

    python -m benchmarks.returned_extracts                    the plan in content/, 60 files
    python -m benchmarks.returned_extracts --content ORDNER --copies 3 --seed 1 --office 6

Each extract goes to several editors; what they type holds a word of its own, which has to stand in the sources or in
the report afterwards. `--office` files go through LibreOffice first. Exit code 1 if a word is lost, or one travelled
that is printed nowhere.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from random import Random

from pipeline.actions.build import BuildRequest, build
from pipeline.actions.circle.extract import ExtractRequest, extract_parts
from pipeline.content.read import read
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.across_files import shared_places
from pipeline.merge.outcome.outcome import Conflict, Fate, MergeOutcome, Remark
from pipeline.ooxml.elements import q
from pipeline.outcome import Silent
from tests.back.draft import Draft, plain
from tests.cases import BASE
from tests.cli.test_extract import fill, packed, words
from tests.word.office.libreoffice import convert_all, missing

ROOT = Path(__file__).resolve().parents[1]
SEARCHED = ("massnahmen.yaml",)
# Goals and actors are what one can choose from; what the plan is called stands in every file of it.
NOT_SEARCHED = ("ziele.yaml", "akteure.yaml", "plan.yaml")
EDITS = 4


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--copies", type=int, default=3, help="editors of each extract")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--office", type=int, default=0, help="files that LibreOffice saves first")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="auszuege-") as folder:
        place, random = Path(folder), Random(wanted.seed)
        started = time.perf_counter()
        request = ExtractRequest(
            wanted.content, place / "output", everyone=True, cache=place / "cache", own=place / "own"
        )
        assert extract_parts(request, Silent()).ok
        made = sorted((place / "output" / "auszuege").glob("*.docx"))
        print(f"{len(made)} Auszüge in {time.perf_counter() - started:.0f} s")
        foreign = sum(_searched(path, _allowed(place), wanted.content) for path in made)
        files, tokens = _edited(made, wanted.copies, random)
        files = _saved(files, wanted.office, place) if wanted.office else files
        started = time.perf_counter()
        source = read(wanted.content)
        outcome = merge(MergeRequest(files, source.files, source.editions, place / "cache", place / "own"))
        took = time.perf_counter() - started
        lost = _lost(tokens, outcome, source.files)
        count = {fate: sum(entry.fate is fate for file in outcome.files for entry in file.entries) for fate in Fate}
        print(f"{len(files)} Dateien mit {len(tokens)} Änderungen in {took:.0f} s übernommen")
        print(", ".join(f"{fate.value} {number}" for fate, number in count.items() if number))
        print(
            f"an {len(shared_places(outcome))} Stellen mehrere Dateien; fremde Wörter: {foreign}; verloren: {len(lost)}"
        )
        for token in lost:
            print(f"  {token}: {tokens[token]}")
        return 1 if lost or foreign else 0


# --- what travels -------------------------------------------------------------------------------------------------


def _allowed(place: Path, known: dict[str, set[str]] = {}) -> set[str]:  # noqa: B006 - made once
    """The words of any Word file of another plan."""
    if not known:
        assert build(BuildRequest(BASE, place / "andere", ("docx",)), Silent()).ok
        (path,) = (place / "andere").glob("*.docx")
        known["all"] = words(" ".join(packed(path.read_bytes())))
    return known["all"]


def _searched(path: Path, allowed: set[str], content: Path) -> int:
    """How many words of measures, proposals and remarks travel that are not printed in it."""
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        printed = words(" ".join(re.findall(r"<w:t[ >][^<]*", archive.read("word/document.xml").decode())))
    everything = words(" ".join(packed(data)))
    secret, choices = set[str](), set[str]()
    for source in sorted(content.rglob("*")):
        text = source.read_text("utf-8") if source.suffix in (".yaml", ".md") else ""
        if source.parent.name in ("texte", "vorschlaege") or source.name in SEARCHED:
            secret |= words(re.sub(r"(?m)^ *-? *[a-z_]+:", "", text))
        elif source.name in NOT_SEARCHED:
            choices |= words(text)
    found = secret & everything - printed - allowed - choices
    values = {word for word in found if any(_is_value(word, each) for each in packed(data))}
    for word in sorted(found - values):
        print(f"  {path.name}: {word}")
    return len(found - values)


def _is_value(word: str, part: str) -> bool:
    """Whether it is a value of the data that is printed in other words: an ID, a unit, a state."""
    return re.search(rf'"{re.escape(word)}"|"[a-z0-9_-]*{re.escape(word)}[a-z0-9_-]*"', part) is not None


# --- what comes back ----------------------------------------------------------------------------------------------


def _edited(made: Sequence[Path], copies: int, random: Random) -> tuple[list[tuple[str, bytes]], dict[str, str]]:
    files: list[tuple[str, bytes]] = []
    tokens: dict[str, str] = {}
    for path in made:
        for copy in range(copies):
            name = f"{path.stem}-{copy}"
            draft = Draft(path.read_bytes(), tracked=random.random() < 0.5, author=name)
            for number, (what, token) in enumerate(_edits(draft, random, f"w{len(files)}x")):
                tokens[token] = f"{name}, {number}: {what}"
            files.append((f"{name}.docx", draft.to_bytes()))
    return files, tokens


def _edits(draft: Draft, random: Random, name: str) -> Iterator[tuple[str, str]]:
    """A few edits at random places; each with the word that nobody else has."""
    marked = f".//{q('bookmarkStart')}"
    paragraphs = [plain(item) for item in draft.body.findall(q("p")) if item.find(marked) is not None]
    long = [text for text in paragraphs if len(text.split()) > 8]
    numbers = [plain(cells[1]) for row in draft.body.iter(q("tr")) if len(cells := row.findall(q("tc"))) == 6]
    for number in range(EDITS):
        token = f"{name}{number}y"
        kind = random.choice(("replace", "insert", "comment", "commit"))
        try:
            if kind == "commit" and numbers[1:]:
                chosen, day = random.choice(numbers[1:]), f"{random.randint(1, 28):02}.11.2026"
                fill(draft, chosen, day)
                continue
            text = random.choice(long)
            start = " ".join(text.split()[:3])
            operation = {
                "replace": ("replace", start, f"{start} {token}"),
                "insert": ("insert", text[:30], f"Neu ist {token} hier."),
            }.get(kind, ("comment", start, f"Stimmt {token}?"))
            draft.edit([operation])
        except (LookupError, ValueError, StopIteration):
            continue
        yield kind, token


def _saved(files: Sequence[tuple[str, bytes]], count: int, place: Path) -> list[tuple[str, bytes]]:
    """Some of the files as LibreOffice saves them."""
    if reason := missing():
        print(reason, file=sys.stderr)
        return list(files)
    step = max(len(files) // count, 1)
    chosen = [number for number in range(len(files)) if number % step == 0][:count]
    paths = []
    for number in chosen:
        paths.append(place / files[number][0])
        paths[-1].write_bytes(files[number][1])
    done = dict(zip(chosen, convert_all(paths, "docx", place / "office"), strict=True))
    return [(name, done[at].read_bytes() if at in done else data) for at, (name, data) in enumerate(files)]


def _lost(tokens: Mapping[str, str], outcome: MergeOutcome, before: Mapping[PurePosixPath, bytes]) -> list[str]:
    """Words that are neither in the sources nor told."""
    written = b"\n".join({**before, **outcome.sources}.values()).decode("utf-8", "replace")
    told = "\n".join(_said(outcome))
    return [token for token in tokens if token not in written and token not in told]


def _said(outcome: MergeOutcome) -> Iterator[str]:
    for file in outcome.files:
        for entry in file.entries:
            if isinstance(entry, Remark):
                yield entry.text
            elif isinstance(entry, Conflict):
                yield from (entry.ours, entry.theirs)
            elif entry.fate not in (Fate.TAKEN,):
                yield from (entry.before, entry.after)


if __name__ == "__main__":
    sys.exit(main())
