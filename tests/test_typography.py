"""German microtypography: what is set out how, and that setting it out twice changes nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.typography import NBSP, number, typeset_line, typeset_text


@pytest.mark.parametrize(
    ("typed", "set_out"),
    [
        ("z. B. hier", "z._B. hier"),
        ("z.B. hier", "z._B. hier"),
        ("d. h. dort", "d._h. dort"),
        ("12 Hektar und 3 %", "12_Hektar und 3_%"),
        ("2,4 Mio. Euro", "2,4_Mio._Euro"),
        ("bis Q4 2028", "bis Q4_2028"),
        ("am 30. November 2026", "am 30._November 2026"),
        ("Ziel 1.1 und Maßnahme 1.1.2", "Ziel_1.1 und Maßnahme_1.1.2"),
        ("Planen - Bauen", "Planen_– Bauen"),
        ("2027-2031", "2027–2031"),
        ("Aus- und Weiterbildung", "Aus- und Weiterbildung"),
        ("Gewinnung und -sicherung", "Gewinnung und \u2011sicherung"),
        ("Tel. 02041/703", "Tel._02041/703"),
    ],
)
def test_running_text(typed: str, set_out: str) -> None:
    assert typeset_text(typed).replace(NBSP, "_") == set_out


@pytest.mark.parametrize(
    ("typed", "set_out"),
    [
        ('Arbeitsgruppe "Zukunft"', "Arbeitsgruppe „Zukunft“"),
        ('("so")', "(„so“)"),
        ("kurz bis 12", "kurz bis 12"),
        (
            "Ein langer Titel, dessen letztes kurzes Wort nicht allein auf einer Zeile stehen soll",
            "Ein langer Titel, dessen letztes kurzes Wort nicht allein auf einer Zeile stehen_soll",
        ),
    ],
)
def test_lines(typed: str, set_out: str) -> None:
    assert typeset_line(typed).replace(NBSP, "_") == set_out


@given(st.text(alphabet='azZ19.,-–"„“ %€QB()\u00a0', max_size=80))
def test_setting_out_twice_changes_nothing(text: str) -> None:
    once = typeset_line(text)
    assert typeset_line(once) == once


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("1234567.50"), "1.234.567,5"),
        (Decimal("0"), "0"),
        (Decimal("-3.20"), "−3,2"),
        (Decimal("100"), "100"),
        (12000, "12.000"),
        (Decimal("0.05"), "0,05"),
    ],
)
def test_numbers(value: Decimal | int, shown: str) -> None:
    assert number(value) == shown
