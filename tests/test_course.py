"""How an indicator stands: one that has left its target, or gone beyond it, is not on course."""

from __future__ import annotations

import pytest

from pipeline.parts.reporting.course import Course, standing
from schema.plan import Term
from schema.values import Indicator

TERM = Term.model_validate({"von": 2027, "bis": 2030})


@pytest.mark.parametrize(
    ("start", "direction", "target", "actual", "course"),
    [
        (95, "mindestens", 90, 80, Course.FAR),
        (5, "hoechstens", 10, 12, Course.FAR),
        (0, "genau", 10, 15, Course.FAR),
        (0, "mindestens", 100, 25, Course.ON),
        (0, "mindestens", 100, 15, Course.NEAR),
        (0, "mindestens", 100, 14, Course.FAR),
        (20, "hoechstens", 10, 9, Course.ON),
        ("noch zu erheben", "mindestens", 100, 50, Course.UNKNOWN),
        ("noch zu erheben", "mindestens", 100, 100, Course.ON),
    ],
)
def test_course(start: object, direction: str, target: int, actual: int, course: Course) -> None:
    """At the end of 2027 a quarter of the way from 2027 to 2030 is over."""
    data = {"name": "Quote", "ausgangswert": start, "richtung": direction, "zielwert": target, "zieldatum": "2030"}
    indicator = Indicator.model_validate({**data, "istwerte": [{"datum": "2027", "wert": actual}]})
    assert standing(indicator, TERM, 2027).course is course
