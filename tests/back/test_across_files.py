"""Sixty files come back: what several say at one place stands together, with whose it is, contradictions first."""

from __future__ import annotations

from pipeline.content.yaml_nodes import Plain
from pipeline.merge.diff import lists
from pipeline.merge.outcome.outcome import Change, Conflict, Fate, FileOutcome, MergeOutcome
from pipeline.merge.outcome.render import lines, markdown
from pipeline.merge.places import Target

STATUS = "Maßnahme 1.1.2, Status"


def change(place: str, after: str, fate: Fate = Fate.TAKEN) -> Change:
    return Change(fate, place, "a.yaml", "vorher", after, target=Target("M1.1.2"))


def outcome() -> MergeOutcome:
    conflict = Conflict(STATUS, "a.yaml", "a", "b", "c", whose="ben.docx", target=Target("M1.1.2"))
    files = (
        FileOutcome("ben.docx", "1.0", (change("Titel", "Neu"), change(STATUS, "b"), change("x", "1"))),
        FileOutcome("eva.docx", "1.0", (change("Titel", "Neu", Fate.JOINT), conflict, change("y", "1"))),
    )
    return MergeOutcome(files, {}, {}, (), ok=True)


def test_what_several_files_say_stands_together() -> None:
    told = list(lines(outcome()))
    assert told[:3] == [
        "Mehrere Dateien an derselben Stelle",
        "  Maßnahme 1.1.2, Status: ben.docx: „b“ (übernommen) · eva.docx: „c“ (Konflikt)",
        "  Titel: dasselbe aus: ben.docx, eva.docx",
    ]
    assert told[3] == "ben.docx"


def test_the_report_says_which_files_touch_a_measure() -> None:
    told = markdown(outcome(), written=True)
    assert "## Je Maßnahme\n\n- 1.1.2: ben.docx (3), eva.docx (3)\n" in told


def test_one_file_alone_has_nothing_to_share() -> None:
    alone = MergeOutcome(outcome().files[:1], {}, {}, (), ok=True)
    assert "Mehrere Dateien" not in "\n".join(lines(alone))
    assert "Je Maßnahme" not in markdown(alone, written=True)


def test_of_two_lists_put_in_place_of_one_either_may_come_again() -> None:
    base: list[Plain] = [
        {"termin": "2027-09", "titel": "Liste steht im Netz"},
        {"termin": "2028", "titel": "Zwölf Räume"},
    ]
    one: list[Plain] = [{"termin": "Q4 2029", "titel": "worts190352ax1y fertig"}]
    other: list[Plain] = [{"termin": "Q1 2029", "titel": "worts190352bx6y fertig"}]
    both = [*other, *one]
    assert [lists.merge(base, both, side).value for side in (one, other)] == [both, both]
    assert lists.merge(base, base, one).value == one
    turned = lists.merge(base, [*base, *one], [base[1], base[0]]).value
    assert isinstance(turned, list)
    assert turned.index(base[1]) < turned.index(base[0])  # an order alone is an edit
