"""What a whole merge says of values in other words, or half understood, and of what Word hides or counts.

One merge for all of it: it builds a plan, which costs a second.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

import pytest
from lxml import etree

from pipeline.merge.outcome.outcome import Fate, MergeOutcome
from pipeline.ooxml.elements import Element, q
from tests.back.cut import CutPlan
from tests.back.draft import Draft
from tests.back.trees import NAMESPACES, run

SHEET = "3.1.2"


def runs(*pieces: str) -> list[Element]:
    return list(etree.fromstring(f"<w:p {NAMESPACES}>{''.join(pieces)}</w:p>"))


@pytest.fixture(scope="module")
def outcome(cut: Callable[[str], CutPlan]) -> MergeOutcome:
    """What becomes of all the edits below."""
    plan = cut("beides")
    draft = Draft(plan.data)
    draft.edit(
        [
            ("set", "1.1.1 Zwischen", "Zeitraum", "01.05.2027 – 31.12.2029"),
            ("set", "1.1.1 Zwischen", "Aufwand", "25 T€/Jahr", "ca. eine halbe Stelle jährlich"),
            ("set", SHEET, "Wirkung in Zahlen", "Dach: 120 m"),
            ("replace", "bis Q4 2029", "bis Mitte 2029"),
            ("replace", "Befragung durch die", "Umfrage durch die"),
        ]
    )
    (line,) = draft.value(SHEET, "Wirkung in Zahlen").iter(q("p"))
    line.extend(runs(run("2", '<w:vertAlign w:val="superscript"/>'), run(" bis Ende 2029")))
    page = f'<w:fldSimple w:instr=" PAGEREF x ">{run("14")}</w:fldSimple>'
    draft.paragraph("Der Plan läuft").extend(runs(run(" Siehe Seite "), page, run(" geheim", "<w:vanish/>"), run(".")))
    return plan.merge(draft.to_bytes())


def test_of_what_is_understood_in_part_the_typed_words_are_told(cut: Callable[[str], CutPlan]) -> None:
    """And a new paragraph that is counted in Word and no item of a list in the plan is told, too."""
    plan = cut("daten")
    draft = Draft(plan.data)
    draft.edit(
        [
            ("set", "1.1.1 Zwischen", "Meilensteine", "Q1 2028 Liste geprüft", "2028Räume", "Ende 2029 – Liste fertig"),
            ("style", "Anfrage,", "SourceCode"),
            ("insert", "Anfrage,", "Und noch eine."),
        ]
    )
    outcome = plan.merge(draft.to_bytes())
    (reason,) = (reason for place, reason in told(outcome, Fate.TAKEN) if place.endswith("Meilensteine"))
    assert reason == "„Ende 2029 – Liste fertig“ ist verstanden als „Q4 2029 Liste fertig“."
    (file,) = outcome.files
    assert "Listenzeichen bei „Und noch eine.“" in [change.after for change in file.changes(Fate.REFUSED)]


def told(outcome: MergeOutcome, *fates: Fate) -> list[tuple[str, str]]:
    (file,) = outcome.files
    return [(change.place, change.reason) for change in file.changes(*fates)]


def test_what_was_understood_in_other_words_is_told(outcome: MergeOutcome) -> None:
    assert told(outcome, Fate.TAKEN) == [
        ("Text „Wann was geschieht“", ""),
        ("Ziel 1.1, Indikatoren", ""),
        ("Maßnahme 1.1.1, Zeitraum", "Verstanden als „Mai 2027 – Dezember 2029“."),
        ("Maßnahme 1.1.1, Aufwand", "„25 T€/Jahr“ ist verstanden als „25.000 Euro jährlich“."),
        ("Maßnahme 3.1.2, Wirkung in Zahlen", "Verstanden als „Dach: 120 m² (bis Q4 2029)“."),
    ]


def test_what_was_not_is_told_beside_it(outcome: MergeOutcome) -> None:
    refused = dict(told(outcome, Fate.REFUSED))
    assert told(outcome, Fate.LOST, Fate.HELD_BACK) == []
    assert refused["Ziel 1.1, Indikatoren"].startswith("„Mitte 2029“ kann Q2 2029 oder Q3 2029 heißen")
    assert refused["Maßnahme 1.1.1, Aufwand"].startswith("„ca. eine halbe Stelle jährlich“ ist kein Aufwand")
    assert [change.after for change in outcome.files[0].changes(Fate.REFUSED) if "Text" in change.place] == [
        "Verborgener Text „geheim“ bei „Der Plan läuft vier Jahre. Siehe Seite 14.“",
        "Seitenzahl „14“ bei „Der Plan läuft vier Jahre. Siehe Seite 14.“",
    ]


def test_the_sources_hold_what_was_understood(outcome: MergeOutcome) -> None:
    changed = {str(path): data.decode() for path, data in outcome.sources.items()}
    assert "Der Plan läuft vier Jahre. Siehe Seite 14." in changed["texte/ablauf.md"]
    assert "einheit: m²" in changed["vereine/massnahmen.yaml"]
    assert "zieldatum: Q4 2029" in changed["gemeinsam/ziele.yaml"]
    assert PurePosixPath("rathaus/massnahmen.yaml") in outcome.sources
