"""What another process does meanwhile gives the same as here, and raises the same; left early, it is ended."""

from __future__ import annotations

import os
import time

import pytest

import pipeline.word.writer
from pipeline.errors import RenderingError
from pipeline.files.cache import NOTHING_KEPT
from pipeline.word.redline.meanwhile import meanwhile
from pipeline.writer import Earlier, Resources
from tests.building import PLANS
from tests.loading import load


def _fail(sentence: str) -> None:
    raise RenderingError(sentence)


def test_a_result_and_an_error_come_over() -> None:
    with meanwhile(os.getpid) as result:
        assert result() != os.getpid()
    with pytest.raises(RenderingError, match="Das ging schief"), meanwhile(_fail, "Das ging schief.") as result:
        result()


def test_left_early_it_is_ended_and_ended_from_outside_it_says_so() -> None:
    start = time.monotonic()
    with meanwhile(time.sleep, 60):
        pass
    assert time.monotonic() - start < 30
    with pytest.raises(RenderingError, match="Hilfsprozess"), meanwhile(os._exit, 1) as result:
        result()


def test_the_same_redline_comes_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    document = load(PLANS["tiny"]).document
    resources = Resources({}, {}, earlier=Earlier(document, {}))
    assert resources.earlier is not None
    made = []
    for least in (0, 10**6):
        monkeypatch.setattr(pipeline.word.writer, "_LARGE", least)
        made.append(pipeline.word.writer._compared(document, resources, resources.earlier, NOTHING_KEPT)[1])
    assert made[0] == made[1]
