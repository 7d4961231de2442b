"""Random changes of files in random styles: the result says what was wanted, and nothing else has changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from hypothesis import event, given, settings
from hypothesis import strategies as st

from pipeline.content.yaml_compose import compose
from pipeline.content.yaml_nodes import Plain, plain
from pipeline.merge.yaml.change_nodes import agrees
from pipeline.merge.yaml.change_text import BOM, change, locate
from pipeline.merge.yaml.edits import REMOVE, Change, Edit, Insertion, Path, applied
from pipeline.merge.yaml.splices import Unspliceable
from tests.back.yaml_styles import KEYS, texts, values, written
from tests.tiers import examples

REMARK = re.compile(r"# Bemerkung\d+\.")


def read(text: str) -> Plain:
    root = compose(text.removeprefix(BOM))
    assert root is not None
    return plain(root)


def places(data: Plain, path: Path = ()) -> Iterator[tuple[Path, Plain]]:
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from places(value, (*path, index))


@st.composite
def one_change(draw: st.DrawFn, data: Plain) -> Change:
    """Any change somewhere: a text, a key, an item, an order."""
    path, value = draw(st.sampled_from(list(places(data))))
    flat: st.SearchStrategy[Plain] = st.dictionaries(st.sampled_from(KEYS), texts(), min_size=1, max_size=3).map(
        lambda found: {**found}
    )
    if isinstance(value, list) and draw(st.booleans()):
        new: Plain = draw(flat) if value and isinstance(value[0], dict) else draw(texts())
        return Insertion(path, new, after=draw(st.sampled_from([None, *range(len(value))])))
    if isinstance(value, list):
        return Edit(path, draw(st.permutations(value)))
    if isinstance(value, dict):
        lists: st.SearchStrategy[Plain] = st.lists(texts(), max_size=3).map(lambda found: [*found])
        return Edit((*path, draw(st.sampled_from(KEYS))), draw(texts() | lists | flat))
    if draw(st.integers(0, 3)) == 0:
        return Edit(path, REMOVE)
    words = str(value).split(" ")
    cut = draw(st.integers(0, len(words)))
    return Edit(path, draw(texts() | st.just(" ".join([*words[:cut], "neu", *words[cut + 1 :]]))))


@st.composite
def plans(draw: st.DrawFn, data: Plain) -> list[Change]:
    changes: list[Change] = []
    for _ in range(draw(st.integers(1, 5))):
        now = applied(data, changes)
        if any(True for path, _ in places(now) if path):
            changes.append(draw(one_change(now)))
    return changes


@settings(max_examples=examples(120))
@given(st.data())
def test_a_plan_of_changes_gives_what_was_wanted(data: st.DataObject) -> None:
    text, said = data.draw(written())
    assert agrees(read(text), said)
    said = read(text)
    changes = data.draw(plans(said))
    wanted = applied(said, changes)
    try:
        result = change(text, changes)
    except Unspliceable as refused:
        event(refused.message)
        return
    assert agrees(read(result), wanted)
    assert result.startswith(BOM) == text.startswith(BOM)
    assert ("\r\n" in text) or ("\r" not in result)
    lone = re.compile(r"(?<!\r)\n")
    assert not lone.search(result) or lone.search(text) or "\r\n" not in text
    assert not set(REMARK.findall(result)) - set(REMARK.findall(text))
    doubled = [remark for remark in REMARK.findall(result) if REMARK.findall(result).count(remark) > 1]
    assert not doubled


@settings(max_examples=examples(100))
@given(st.data())
def test_one_text_changes_its_own_lines_only(data: st.DataObject) -> None:
    text, _ = data.draw(written())
    said = read(text)
    leaves = [(path, value) for path, value in places(said) if isinstance(value, str)]
    if not leaves:
        return
    path, _ = data.draw(st.sampled_from(leaves))
    result = change(text, [Edit(path, data.draw(texts()))])
    bom = len(text) - len(text.removeprefix(BOM))
    root = compose(text[bom:])
    assert root is not None
    node = locate(root, path)
    before = text[: text.rfind("\n", 0, node.start + bom) + 1]
    stop = text.find("\n", node.end + bom)
    assert result.startswith(before)
    assert stop < 0 or result.endswith(text[stop + 1 :])
    assert REMARK.findall(result) == REMARK.findall(text)


@settings(max_examples=examples(100))
@given(st.data())
def test_what_is_inserted_is_all_that_is_new(data: st.DataObject) -> None:
    text, _ = data.draw(written())
    said = read(text)
    lists = [(path, value) for path, value in places(said) if isinstance(value, list) and value]
    if not lists:
        return
    path, value = data.draw(st.sampled_from(lists))
    new: Plain = {"kennung": "neu"} if isinstance(value[0], dict) else "neu"
    try:
        result = change(text, [Insertion(path, new, after=data.draw(st.sampled_from(range(len(value)))))])
    except Unspliceable as refused:
        event(refused.message)
        return
    rest = iter(result)
    assert all(sign in rest for sign in text), "what was there stands there still, in its order"
    assert REMARK.findall(result) == REMARK.findall(text)


@settings(max_examples=examples(80))
@given(st.data())
def test_no_change_changes_no_byte(data: st.DataObject) -> None:
    text, _ = data.draw(written())
    said = read(text)
    path, value = data.draw(st.sampled_from([place for place in places(said) if place[0]] or [((), None)]))
    assert change(text, [Edit(path, deepcopy(value))] if path else []) == text


@settings(max_examples=examples(80))
@given(written(), values())
def test_any_other_data_is_written_or_refused(file: tuple[str, Plain], other: Plain) -> None:
    text, _ = file
    assert isinstance(other, dict)
    changes: list[Change] = [Edit((key,), value) for key, value in other.items()]
    try:
        result = change(text, changes)
    except Unspliceable as refused:
        event(refused.message)
        return
    assert agrees(read(result), applied(read(text), changes))
