"""LibreOffice takes a redline as this program does: all accepted is the new file, all rejected the old one's words."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from benchmarks.redline_pairs import both, built, lines, pair
from tests.back.office.hand import Job, missing, type_all, without_fonts

SETTLED = ("AcceptAllTrackedChanges", "RejectAllTrackedChanges")


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


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, bytes, bytes]:
    """An older and a newer file; their redline after LibreOffice has accepted, and has rejected, all of it."""
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("redline")
    old, new = (built(plan).data for plan in pair(22))
    source = folder / "redline.docx"
    source.write_bytes(without_fonts(both(old, new)))
    jobs = [Job(str(source), (("settle", command),), False, str(folder / f"{command}.docx")) for command in SETTLED]
    assert type_all(jobs, folder) == {}
    accepted, rejected = (Path(job.target).read_bytes() for job in jobs)
    return old, new, accepted, rejected


def test_accepted_it_is_the_new_file(settled: tuple[bytes, bytes, bytes, bytes]) -> None:
    _, new, accepted, _ = settled
    assert words(accepted) == words(new)


def test_rejected_it_has_the_words_of_the_old_one(settled: tuple[bytes, bytes, bytes, bytes]) -> None:
    old, _, _, rejected = settled
    assert words(rejected) == words(old)
