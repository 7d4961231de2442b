"""Every generated part has its one entry, and is what its name promises."""

from __future__ import annotations

import pytest

from pipeline.document.targets import part_anchor
from pipeline.parts.context import Context
from pipeline.parts.registry import REGISTRY, build_part
from schema.vocabulary import PartName
from tests.loading import Loaded


def test_every_name_has_one_entry() -> None:
    assert [entry.name for entry in REGISTRY] == list(PartName)


@pytest.mark.parametrize("name", [name for name in PartName if name.by_field])
def test_a_part_that_can_be_narrowed_is(name: PartName, small_plan: Loaded) -> None:
    """Its anchor says so, and it shows less than the whole."""
    context = Context(small_plan.plan)
    whole, narrowed = list(build_part(name, context)), list(build_part(name, context, 1))
    if name is not PartName.FIELDS:  # a field of action has an anchor of its own
        assert [part.anchor for part in (*whole, *narrowed)] == [part_anchor(name), part_anchor(name, 1)]
    assert 0 < len(narrowed) <= len(whole)
    assert len(repr(narrowed)) < len(repr(whole))
