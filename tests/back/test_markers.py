"""Conflict markers: around the lines that contradict, wherever their words stand elsewhere too."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from pipeline.merge.outcome.conflict_markers import OpenConflict, marked
from pipeline.merge.sources import Sources
from pipeline.merge.threeway import SourceConflict, join

FILE = PurePosixPath("texte/a.md")


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("# A\n\nSagt ja\nja\n", "# A\n\nSagt ja\n", ""),
        ("ja\nSagt ja\n", "", "Sagt ja\n"),
        ("# A\n", "# A\n", ""),  # nothing is left of it: at the end
    ],
)
def test_whole_lines_are_marked(text: str, before: str, after: str) -> None:
    ours = "ja\n" if "ja" in text else ""
    conflict = SourceConflict(str(FILE), "vielleicht\n", ours, "nein\n")
    sources = Sources({FILE: text.encode()})
    found = marked(sources, [OpenConflict(conflict, "", "b.docx", sources)])
    block = f"<<<<<<< Quellen\n{ours}||||||| vorher\nvielleicht\n=======\nnein\n>>>>>>> b.docx\n"
    assert found[FILE].decode() == before + block + after


def joined(path: PurePosixPath, base: str, ours: str, theirs: str, then: str = "") -> str:
    """The file with markers after a merge; `then`: what a later file made of it."""
    sources = [Sources({path: text.encode()}) for text in (base, ours, theirs)]
    outcome = join(*sources)
    conflicts = [OpenConflict(item, "", "b.docx", outcome.sources) for item in outcome.conflicts]
    assert conflicts
    now = outcome.sources.with_text(path, then) if then else outcome.sources
    return marked(now, conflicts)[path].decode()


def block(ours: str, base: str, theirs: str) -> str:
    return f"<<<<<<< Quellen\n{ours}||||||| vorher\n{base}=======\n{theirs}>>>>>>> b.docx\n"


LIST = "# A\n\n- offen\n\nHier.\n\n- {}\n\nDort.\n"


@pytest.mark.parametrize("above", ["", "Etwas Neues.\n\n- offen\n\n"])
def test_of_lines_that_are_the_same_the_right_one_is_marked(above: str) -> None:
    base, ours, theirs = (LIST.format(word) for word in ("unklar", "offen", "erledigt"))
    then = ours.replace("# A\n\n", f"# A\n\n{above}")
    head, _, tail = then.rpartition("- offen\n")
    assert joined(FILE, base, ours, theirs, then) == head + block("- offen\n", "- unklar\n", "- erledigt\n") + tail


def test_what_is_gone_is_marked_where_it_stood() -> None:
    base, theirs = (f"# A\n\nHier.\n\n{word}\n\nDort.\n" for word in ("Es war so.", "Es war ganz anders."))
    found = joined(FILE, base, "# A\n\nHier.\n\nDort.\n", theirs)
    assert found.startswith("# A\n\nHier.\n\n<<<<<<< Quellen\n||||||| vorher\n")
    assert found.endswith(">>>>>>> b.docx\nDort.\n")


YAML = PurePosixPath("rathaus/massnahmen.yaml")
MEASURES = """massnahmen:
  - id: M1.1.1
    status: {0}
    meilensteine:
      - {{termin: 2027, titel: Eins}}
  - titel: B
    id: M1.1.2
    status: {1}
    meilensteine:
      - {{termin: 2027, titel: {2}}}
"""


def test_a_value_is_marked_in_its_own_measure() -> None:
    base, ours, theirs = (MEASURES.format("offen", word, "Eins") for word in ("geplant", "offen", "fertig"))
    found = joined(YAML, base, ours, theirs)
    head, _, tail = ours.rpartition("    status: offen\n")
    assert found == head + block("    status: offen\n", '    status: "geplant"\n', '    status: "fertig"\n') + tail


def test_a_list_is_marked_with_its_key_and_each_side_is_a_list() -> None:
    base, ours, theirs = (MEASURES.format("offen", "offen", word) for word in ("Eins", "Zwei", "Drei"))
    found = joined(YAML, base, ours, theirs)
    for side, word in (("||||||| vorher\n", "Eins"), ("=======\n", "Drei")):
        line = f'    meilensteine: [{{"termin": "2027", "titel": "{word}"}}]\n'
        assert side + line in found
    assert "<<<<<<< Quellen\n    meilensteine:\n      - {termin: 2027, titel: Zwei}\n|||||||" in found


def test_the_first_key_of_an_entry_keeps_its_dash() -> None:
    text = MEASURES.format("offen", "offen", "Eins")
    found = joined(YAML, text, text.replace("titel: B", "titel: C"), text.replace("titel: B", "titel: D"))
    assert block("  - titel: C\n", '  - titel: "B"\n', '  - titel: "D"\n') in found


def test_two_files_that_contradict_one_value_are_both_marked() -> None:
    text = MEASURES.format("offen", "offen", "Eins")
    conflict = [SourceConflict("M1.1.2/status", "geplant", "offen", word) for word in ("fertig", "gestrichen")]
    sources = Sources({YAML: text.encode()})
    found = marked(sources, [OpenConflict(item, "", f"{item.theirs}.docx", sources) for item in conflict])
    lines = found[YAML].decode().split("\n")
    at = lines.index("<<<<<<< Quellen")
    assert lines[at : at + 3] == ["<<<<<<< Quellen", "<<<<<<< Quellen", "    status: offen"]
    assert [line for line in lines if line.startswith(">")] == [">>>>>>> fertig.docx", ">>>>>>> gestrichen.docx"]
