"""`python -m benchmarks.redline_pairs`: pairs of editions in; out comes whether a redline is both of them.

    python -m benchmarks.redline_pairs                    200 pairs, 100 mixed decisions
    python -m benchmarks.redline_pairs --office --mixed 0    the pairs accepted and rejected by LibreOffice

A pair is WRONG where accepting all tracked changes does not give the newer file, or rejecting all the older one,
paragraph by paragraph; where LibreOffice does it, its words are compared, for it makes styles and fields its own.

A mixed decision takes back some of several edits of which each stands in a block or value of its own: it is WRONG where
merging the file does not give, byte for byte, the sources without just these edits.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from random import Random

from benchmarks.editions import WORDS, later_edition
from pipeline.content.read import read
from pipeline.merge.base import read_base
from pipeline.merge.docx.clean import clean, open_wrappers
from pipeline.merge.docx.revisions import Decision, Revision, decision, resolve
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.rebuild import Rebuilt, rebuild
from pipeline.merge.sources import Sources
from pipeline.ooxml.elements import Element, paragraph_style, q
from pipeline.ooxml.package import Package
from pipeline.text.nodes import Place
from pipeline.word.build import WordFile, write_docx
from pipeline.word.redline.redline import redline
from tests.back.office.hand import Job, missing, type_all, without_fonts

CONTENT = Path(__file__).resolve().parents[1] / "tests" / "plans" / "small"
MOST_EDITS = 7
_AT_ONCE = 25
ACCEPTED, REJECTED = decision(accept=["alle"]), decision(reject=["alle"])
_SIGNS = {q("br"): "\n", q("tab"): "\t", q("drawing"): "<Bild>"}
_SEEN = (q("t"), q("instrText"), q("footnoteReference"), *_SIGNS)


def built(plan: Rebuilt) -> WordFile:
    """The Word file of a plan."""
    document = plan.document()
    assert document is not None
    return write_docx(document, plan.source.pictures, plan.source.files)


def lines(data: bytes, decide: Decision | None = None) -> list[tuple[str, str]]:
    """Every paragraph's style and what is read in it, with its fields and the words of its notes; after decisions.

    The contents list follows the headings, and is made anew by a key.
    """
    package = Package(data)
    document, notes = (package.tree(f"word/{name}.xml") for name in ("document", "footnotes"))
    for root in (document, notes):
        open_wrappers(root)
        if decide:
            resolve(root, decide)
        clean(root)
    said = {
        note.get(q("id"), ""): " ¶ ".join(_read(item, {}) for item in note.iter(q("p")))
        for note in notes.findall(q("footnote"))
    }
    return [
        ("" if next(item.iterancestors(q("tc")), None) is not None else paragraph_style(item), _read(item, said))
        for item in document.iter(q("p"))
        if not paragraph_style(item).startswith("TOC")
    ]


def _read(paragraph: Element, notes: Mapping[str, str]) -> str:
    found = ""
    for node in paragraph.iter(*_SEEN):
        parent = node.getparent()
        if node.tag == q("footnoteReference"):
            found += f"[^{notes[node.get(q('id'), '')]}]"
        elif node.tag == q("instrText"):
            found += f"{{{node.text or ''}}}"
        elif node.tag not in _SIGNS:
            found += node.text or ""
        elif parent is not None and parent.tag == q("r"):
            found += _SIGNS[str(node.tag)]
    return found


def pair(seed: int) -> tuple[Rebuilt, Rebuilt]:
    """Two editions of the small plan, either of which may be the richer one."""
    random, source = Random(seed), read(CONTENT)
    one = later_edition(source.files, random, source.editions)
    other = later_edition(one.source.files, random, source.editions)
    return (other, one) if random.random() < 0.3 else (one, other)


def both(old: bytes, new: bytes) -> bytes:
    """The redline of two files."""
    return redline(old, new, "Fassung 0.2", "2027-01-15")


def faults(old: bytes, new: bytes) -> Iterator[str]:
    """What a redline has too much or too little of, a sentence each."""
    made = both(old, new)
    for name, wanted, decide in (("neue", new, ACCEPTED), ("alte", old, REJECTED)):
        want, found = lines(wanted), lines(made, decide)
        first = next((at for at, sides in enumerate(zip(want, found, strict=False)) if len(set(sides)) > 1), -1)
        if want != found:
            yield f"nicht die {name} Fassung: {want[first]} / {found[first]} ({len(want)}, {len(found)} Absätze)"


# --- settled by LibreOffice ------------------------------------------------------------------------------------------

_SETTLED = ("AcceptAllTrackedChanges", "RejectAllTrackedChanges")


def words(data: bytes) -> list[str]:
    """What is read, paragraph by paragraph, without what LibreOffice makes itself: the list of contents in styles of
    its own, fields, spaces, a picture of a rule.
    """
    found = ["".join(re.sub(r"\{[^}]*\}|^<Bild>$", "", line).split()) for _, line in lines(data)]
    if "Inhalt" in found:
        start = found.index("Inhalt")
        end = next(at for at, text in enumerate(found) if text.startswith("DieSeitenzahlensindgeschätzt"))
        found = [*found[:start], *found[end:]]
    return [text for text in found if text]


def settled(pairs: Sequence[tuple[bytes, bytes]], folder: Path) -> list[tuple[bytes, bytes]]:
    """Of each older and newer file their redline after LibreOffice has accepted, and has rejected, all of it."""
    jobs = []
    for number, (old, new) in enumerate(pairs):
        source = folder / f"{number}.docx"
        source.write_bytes(without_fonts(both(old, new)))
        jobs += [
            Job(str(source), (("settle", name),), False, str(folder / f"{number}-{name}.docx")) for name in _SETTLED
        ]
    undone = type_all(jobs, folder)
    assert not undone, undone
    made = [Path(job.target).read_bytes() for job in jobs]
    return list(zip(made[::2], made[1::2], strict=True))


def office_faults(old: bytes, new: bytes, accepted: bytes, rejected: bytes) -> Iterator[str]:
    """What LibreOffice has too much or too little of after either decision, a sentence each."""
    for name, wanted, found in (("neue", new, accepted), ("alte", old, rejected)):
        want, have = words(wanted), words(found)
        if want != have:
            first = next((sides for sides in zip(want, have, strict=False) if len(set(sides)) > 1), ("", ""))
            yield f"in LibreOffice nicht die {name} Fassung: {first} ({len(want)}, {len(have)} Absätze)"


# --- mixed decisions ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Edit:
    """One word of a block or value is another: in which file, at which place, the line before and after."""

    path: PurePosixPath
    place: Place
    before: str
    after: str

    @property
    def name(self) -> tuple[str, int]:
        """What tells the place from all others."""
        return self.place.source, self.place.start


def mixed_faults(seed: int, content: Path = CONTENT) -> Iterator[str]:
    """What merging a file of which some changes are rejected gives too much or too little of."""
    random, source = Random(seed), read(content)
    before = built(rebuild(Sources(source.files), source.editions))
    mark_of = {
        (place.source, place.start): mark for mark, place in read_base(before.base.data, "Word-Datei").marks.items()
    }
    edits = [edit for edit in _edits(Sources(source.files), random) if edit.name in mark_of]  # what is shown at all
    assert edits
    rejected = random.sample(edits, random.randint(min(len(edits), 1), len(edits)))
    new, wanted = (
        rebuild(Sources(_with(source.files, some)), source.editions)
        for some in (edits, [edit for edit in edits if edit not in rejected])
    )
    if not (new.usable and wanted.usable):
        return
    marks = {mark_of[edit.name] for edit in rejected}
    package = Package(both(before.data, built(new).data))

    def decide(revision: Revision) -> bool:
        return revision.mark not in marks

    for part in ("document", "footnotes"):
        root = package.tree(f"word/{part}.xml")
        open_wrappers(root)
        resolve(root, decide)
    outcome = merge(MergeRequest([("a.docx", package.to_bytes())], new.source.files, source.editions))
    found = {**new.source.files, **outcome.sources}
    for path, data in wanted.source.files.items():
        if found.get(path) != data:
            yield f"{path} ist anders, abgelehnt: {[(edit.before, edit.after) for edit in rejected]}"


def _edits(sources: Sources, random: Random) -> Sequence[Edit]:
    """Edits of places of which none is another's."""
    found = list(_places(sources))
    return [
        Edit(path, place, line, re.sub(r"\b[a-zäöüß]{4,}\b", f"{random.choice(WORDS)}{number}", line, count=1))
        for number, (path, place, line) in enumerate(random.sample(found, random.randint(2, MOST_EDITS)))
    ]


def _places(sources: Sources) -> Iterator[tuple[PurePosixPath, Place, str]]:
    """Paragraphs of texts and values on one line, that stand nowhere else and have a word that can be another."""
    whole = b"\n".join(sources.files.values()).decode(errors="replace")
    for name, text in sources.texts.items():
        if name.endswith(".md"):
            for leaf in text.leaves:
                if leaf.kind == "paragraph" and not leaf.note and leaf.end == leaf.start + 1:
                    yield from _usable(PurePosixPath(name), Place(name, leaf.start), text.lines[leaf.start], whole)
    for name, entity in sources.entities.items():
        for key in ("zielsatz", "titel", "beschreibung"):
            value = entity.data.get(key)
            if isinstance(value, str) and "\n" not in value:
                yield from _usable(entity.file, Place(f"{name}/{key}"), value, whole)


def _usable(path: PurePosixPath, place: Place, line: str, whole: str) -> Iterator[tuple[PurePosixPath, Place, str]]:
    if whole.count(line) == 1 and re.match(r"[A-ZÄÖÜ][\w ,]*\b[a-zäöüß]{4,}\b", line):
        yield path, place, line


def _with(files: Mapping[PurePosixPath, bytes], edits: Sequence[Edit]) -> Mapping[PurePosixPath, bytes]:
    made = dict(files)
    for edit in edits:
        made[edit.path] = made[edit.path].replace(edit.before.encode(), edit.after.encode())
    return made


def _by_us(seeds: range) -> Iterator[tuple[int, str]]:
    for seed in seeds:
        yield from ((seed, fault) for fault in faults(*(built(plan).data for plan in pair(seed))))


def _by_office(seeds: range) -> Iterator[tuple[int, str]]:
    """Many at a time: what takes long is the start of the program."""
    if reason := missing():
        sys.exit(reason)
    for first in range(seeds.start, seeds.stop, _AT_ONCE):
        some = range(first, min(first + _AT_ONCE, seeds.stop))
        plans = [pair(seed) for seed in some]
        pairs = [(built(old).data, built(new).data) for old, new in plans]
        with tempfile.TemporaryDirectory(prefix="paare-") as folder:
            made = settled(pairs, Path(folder))
        for seed, (old, new), (accepted, rejected) in zip(some, pairs, made, strict=True):
            yield from ((seed, fault) for fault in office_faults(old, new, accepted, rejected))
        sys.stdout.write(f"bis {some[-1]}\n")
        sys.stdout.flush()


def main() -> int:
    """Goes through as many as wished; 1 if any went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--mixed", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--office", action="store_true", help="LibreOffice accepts and rejects")
    given = parser.parse_args()
    wrong, start = 0, time.monotonic()
    seeds = range(given.seed, given.seed + given.pairs)
    for seed, fault in _by_office(seeds) if given.office else _by_us(seeds):
        wrong += 1
        sys.stdout.write(f"WRONG {seed}: {fault}\n")
    for seed in range(given.seed, given.seed + given.mixed):
        for fault in mixed_faults(seed):
            wrong += 1
            sys.stdout.write(f"WRONG {seed}, gemischt: {fault}\n")
    seconds = time.monotonic() - start
    sys.stdout.write(f"{given.pairs} Paare, {given.mixed} gemischte Entscheidungen, {wrong} falsch, {seconds:.0f} s\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
