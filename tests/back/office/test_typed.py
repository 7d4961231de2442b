"""The table of edits once more, made in LibreOffice itself: what is typed there comes back byte by byte, or is told.

Usually a sample is typed; `pytest tests/back/office --every-case` types all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.back.edit_cases import Case, cases
from tests.back.office.conftest import Typed, Wish

SAMPLE = 8  # every eighth case
FEWEST = 120  # cases
IMITATION = "delete_leaving_mark"
"""What imitates LibreOffice, and cannot be typed."""
TAKES_TABLE = {"der einzige Absatz eines Textes", "ein Zielsatz verschoben"}
"""Cases in which the table behind a deleted paragraph goes along: all its values are told."""
FOUND_EARLIER = {"ein Zielwert mit seinem Termin in Worten"}
"""Cases whose words stand in one piece in a table alone; who searches for them finds them on the first page."""
PLAIN = [
    case
    for case in cases()
    if IMITATION not in {name for name, *_ in case.operations} and case.name not in TAKES_TABLE | FOUND_EARLIER
]

GONE = "Die Zeile fehlt in der Word-Datei oder hat andere Spalten; die Angabe bleibt, wie sie ist."
OTHERWISE = {
    "Beschriftung einer Zeile": [
        f"M1.1.1/abhaengig_von: {GONE}",
        "erzeugt, 1.1.1 Zwischennutzung vermitteln:  → Braucht | keiner anderen Maßnahme",
    ],
    "Beschriftung einer Angabe geleert": [
        f"M1.1.1/aufwand: {GONE}",
        "erzeugt, 1.1.1 Zwischennutzung vermitteln:  →  | 24.000 Euro jährlich 0,5 Stellen jährlich",
    ],
}
"""What is told instead: with all words of a label LibreOffice deletes the mark among them."""

BOLD_TOO = {"Federführung mit Namen", "Federführung mit Kurznamen", "ein unbekannter Akteur", "keine Federführung"}
"""Cases in which words are typed over bold ones: LibreOffice writes that the new ones are bold, and that is told."""

UNRECORDED = {"style", "like", "level", "link", "insert_column", "delete_column", "delete_row"}
"""What LibreOffice 7.4 does without recording it, so that it cannot be rejected."""
TAKES_STYLE = {
    "der letzte Absatz gelöscht",
    "ein Absatz mit Fußnote in einen anderen Text",
    "eine Überschrift gelöscht",
    "ein Absatz mit Fußnote verschoben",
    "ein Absatz mit Fußnote gelöscht",
    "eine Erklärung gelöscht",
    "ein Listenpunkt verschoben",
    "ein Absatz wohin kein Text gehört",
}
"""Cases in which LibreOffice 7.4 gives the paragraph behind a deleted one that one's style, and records nothing."""


def _is_recorded(case: Case) -> bool:
    names = {name for name, *_ in case.operations}
    in_another_form = any(name == "insert" and len(arguments) > 2 for name, *arguments in case.operations)
    return not names & UNRECORDED and not in_another_form and case.name not in TAKES_STYLE


TRACKED = [case for case in PLAIN if _is_recorded(case)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A sample of the cases, or all."""
    for name, chosen in (("case", PLAIN), ("recorded", TRACKED)):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, chosen[:: _step(metafunc.config)], ids=lambda case: case.name)


def _step(config: pytest.Config) -> int:
    return 1 if config.getoption("every_case") else SAMPLE


@pytest.fixture(scope="module")
def typed(request: pytest.FixtureRequest, type_once: Callable[[list[Wish]], Typed]) -> Typed:
    """All of it, typed."""
    step = _step(request.config)
    wishes = [(case.name, case.operations, False) for case in PLAIN[::step]]
    return type_once([*wishes, *((case.name, case.operations, True) for case in TRACKED[::step])])


def _told(outcome: dict[str, Any], case: Case) -> list[str]:
    told: list[str] = outcome.get("gemeldet", [])
    return [line for line in told if "**" not in line] if case.name in BOLD_TOO else told


def test_a_typed_edit_comes_back(typed: Typed, case: Case) -> None:
    outcome = typed.desk.came(typed.data(case.name))
    assert outcome.get("quellen", {}) == case.sources
    assert _told(outcome, case) == OTHERWISE.get(case.name, case.told)


def test_recorded_and_accepted_it_is_the_same_and_rejected_it_is_nothing(typed: Typed, recorded: Case) -> None:
    data = typed.data(recorded.name, tracked=True)
    outcome = typed.desk.came(data)
    assert outcome.get("quellen", {}) == recorded.sources
    assert _told(outcome, recorded) == recorded.told
    assert typed.desk.came(data, reject=("alle",)) == {}


def test_at_least_120_are_typed_and_half_of_them_recorded() -> None:
    assert len(PLAIN) >= FEWEST
    assert len(TRACKED) * 2 >= len(PLAIN)


def test_the_lists_of_exceptions_name_cases() -> None:
    names = {case.name for case in cases()}
    assert names >= {*OTHERWISE, *BOLD_TOO, *TAKES_STYLE, *TAKES_TABLE, *FOUND_EARLIER}
