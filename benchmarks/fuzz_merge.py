"""`python -m benchmarks.fuzz_merge`: random edits of a Word file in; out comes whether each arrived or was told.

A set is one to eight edits of a plan of six measures, made plainly or with tracked changes, or two such sets of two
editors that are merged one after the other. It is WRONG where anything got lost, came back or changed without being
told (`fuzz_oracle`), where rejecting all tracked changes or merging the same files once more changes a byte, or where
anything is raised.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from random import Random

from benchmarks.fuzz_desk import Desk, built_lines, prepare
from benchmarks.fuzz_edits import Done, Editor
from benchmarks.fuzz_lines import Lines, is_guide, lines_of
from benchmarks.fuzz_memory import remember
from benchmarks.fuzz_oracle import Told, joint_faults, line_faults, report_faults, unchecked, word_faults
from pipeline.merge.docx.clean import open_wrappers
from pipeline.merge.docx.revisions import decision, resolve
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Fate, MergeOutcome
from pipeline.merge.sources import Sources
from pipeline.ooxml.elements import R, q
from pipeline.ooxml.package import Package
from tests.back.draft import Draft

MOST_EDITS = 8
TRACKED = 0.4  # share of the files
COMMENTS = "word/comments.xml"
PAIRED = 0.25  # share of the sets


@dataclass(frozen=True)
class Edited:
    """One editor's file, what was done, what it reads with all changes accepted."""

    name: str
    data: bytes
    tracked: bool
    done: Done
    lines: Lines

    @property
    def words(self) -> list[str]:
        """What was typed and is still there: a later edit may have taken it away."""
        left = "\n".join(line.words for line in self.lines.all) + self.data_links + self.comments
        return [word for word in self.done.words if word in left]

    @property
    def comments(self) -> str:
        """What comments say at words that are still there."""
        package = Package(self.data)
        if COMMENTS not in package.parts:
            return ""
        there = {call.get(q("id")) for call in package.tree("word/document.xml").iter(q("commentReference"))}
        found = (comment for comment in package.tree(COMMENTS) if comment.get(q("id")) in there)
        return "".join(node.text or "" for comment in found for node in comment.iter(q("t")))

    @property
    def data_links(self) -> str:
        """Where links lead that are still there: with its words a link goes, its target stays in the file."""
        package = Package(self.data)
        paragraphs = (item for item in package.tree("word/document.xml").iter(q("p")) if not is_guide(item))
        there = {link.get(f"{{{R}}}id") for item in paragraphs for link in item.iter(q("hyperlink"))}
        links = package.tree("word/_rels/document.xml.rels")
        return "\n".join(link.get("Target", "") for link in links if link.get("Id") in there)


@dataclass
class Result:
    """What came of one set: exact, told, lost or WRONG; what is to be said of it; how much of what there was."""

    kind: str
    said: str = ""
    counts: Counter[str] = field(default_factory=Counter)


def edit(desk: Desk, random: Random, name: str) -> Edited:
    """A file after random edits."""
    tracked = random.random() < TRACKED
    editor = Editor(Draft(desk.data, tracked=tracked, author=name), random, name)
    for _ in range(random.randint(1, MOST_EDITS)):
        editor.edit()
    data = editor.draft.to_bytes()
    return Edited(f"{name}.docx", data, tracked, editor.done, _lines(desk, data))


def _lines(desk: Desk, data: bytes) -> Lines:
    package = Package(data)
    document, notes = (package.tree(f"word/{name}.xml") for name in ("document", "footnotes"))
    for root in (document, notes):
        open_wrappers(root)
        resolve(root, decision())
    return lines_of(document, notes, package.tree("word/numbering.xml"), desk.marks)


def run(desk: Desk, seed: int) -> Result:
    """One set."""
    random = Random(seed)
    names = [f"s{seed}a", f"s{seed}b"] if random.random() < PAIRED else [f"s{seed}a"]
    files: list[Edited] = []
    try:
        files += [edit(desk, random, name) for name in names]
        outcome = _merged(desk, desk.sources, files)
        faults = list(dict.fromkeys(_faults(desk, files, outcome)))
    except Exception:  # noqa: BLE001 - whatever is raised is what is looked for
        faults, outcome = [traceback.format_exc()], None
    done = "".join(f"\n  {file.name} {'verfolgt' if file.tracked else ''} {file.done.operations}" for file in files)
    counts = _counts(files, outcome)
    if faults or outcome is None:
        return Result("WRONG", f"{seed}: " + "\n  ".join(faults) + done, counts)
    lost = [change for file in outcome.files for change in file.changes(Fate.LOST)]
    if lost:
        told = "".join(f"\n  {change.place}: {change.before!r} → {change.after!r}" for change in lost)
        return Result("lost", f"{seed}:{told}{done}", counts)
    return Result("told" if any(counts[kind] for kind in TOLD) else "exact", "", counts)


TOLD = (Fate.REFUSED, Fate.GENERATED, Fate.CONFLICT, Fate.LOST, "not ok")


def _counts(files: Sequence[Edited], outcome: MergeOutcome | None) -> Counter[str]:
    counts = Counter({"edits": sum(len(file.done.operations) for file in files)})
    if outcome is not None:
        counts.update(entry.fate.value for file in outcome.files for entry in file.entries)
        counts["not ok"] = int(not outcome.ok)
    for operation in (operation for file in files for operation in file.done.operations):
        counts[f"do {operation[0]}"] += 1
    return counts


def _merged(
    desk: Desk, sources: Mapping[PurePosixPath, bytes], files: Sequence[Edited], reject: Sequence[str] = ()
) -> MergeOutcome:
    return merge(MergeRequest([(file.name, file.data) for file in files], sources, desk.editions, reject=reject))


def _faults(desk: Desk, files: Sequence[Edited], outcome: MergeOutcome) -> Iterator[str]:
    sources = {**desk.sources, **outcome.sources}
    told = Told(outcome.files)
    yield from report_faults(outcome)
    written = b"\n".join(sources.values()).decode(errors="replace")
    words = (word for file in files for word in file.words)
    yield from word_faults(words, written, told) if outcome.ok else unchecked(outcome)
    rebuilt = desk.rebuild(Sources(sources), desk.editions)
    built = rebuilt.as_word() if rebuilt.usable else None
    if outcome.ok and built is None:
        yield "Der geänderte Plan lässt sich nicht bauen."
    if built is not None and len(files) == 1:
        yield from line_faults(desk.lines, files[0].lines, built_lines(built), told)
    elif built is not None:
        yield from joint_faults(desk.lines, [file.lines for file in files], built_lines(built), told)
    if outcome.ok:
        again = _merged(desk, sources, files)
        yield from (f"noch einmal übernommen, anders: {path}" for path in again.sources)
    if all(file.tracked for file in files):
        rejected = _merged(desk, desk.sources, files, reject=("alle",))
        yield from (f"abgelehnt, aber geändert: {path}" for path in rejected.sources)


_DESK: list[Desk] = []  # of a worker


def _begin(desk: Desk) -> None:
    _DESK.append(replace(desk, rebuild=remember()))


def _worker(seed: int) -> Result:
    return run(_DESK[0], seed)


def main() -> int:
    """Runs as many sets as wished; 1 if any went wrong in silence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=7200.0, help="ends after that long, whatever the count")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    desk, end = prepare(), time.monotonic() + given.seconds
    kinds: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    with multiprocessing.Pool(given.processes, _begin, (desk,), maxtasksperchild=50) as pool:
        for result in pool.imap_unordered(_worker, range(given.seed, given.seed + given.count)):
            kinds[result.kind] += 1
            counts += result.counts
            if result.said:
                sys.stdout.write(f"{result.kind} {result.said}\n")
                sys.stdout.flush()
            if time.monotonic() > end:
                pool.terminate()
                break
    sys.stdout.write(f"{sum(kinds.values())} Sätze: {dict(kinds)}\n{dict(sorted(counts.items()))}\n")
    return int(kinds["WRONG"] > 0)


if __name__ == "__main__":
    sys.exit(main())
