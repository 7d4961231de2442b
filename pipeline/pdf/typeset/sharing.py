"""A PDF that WeasyPrint is about to write in, the same with equal drawings kept once out.

WeasyPrint writes every sign, bar and rule anew wherever it stands: in a plan with hundreds of measures these are most
of the file's bytes, and most of what the binder has to go through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf


def share_drawings(pdf: pydyf.PDF) -> None:
    """Lets references to equal drawings lead to the first of them; the others are emptied, since nothing needs them.

    Again until nothing is replaced: two drawings may differ only in their references to two equal ones, and are equal
    themselves once these have become one.
    """
    while replaced := _equal_to_earlier(pdf):
        for item in pdf.objects:
            if isinstance(item, pydyf.Stream):
                item.extra = _with_references(item.extra, replaced)
            elif isinstance(item, pydyf.Dictionary) and _is_resources(item):
                item.update(_with_references(dict(item), replaced))


def _equal_to_earlier(pdf: pydyf.PDF) -> dict[bytes, bytes]:
    """References to drawings and resources that an earlier one is equal to, with the reference to that one."""
    first: dict[object, bytes] = {}
    replaced: dict[bytes, bytes] = {}
    for item in _shareable(pdf):
        key = (repr(item.stream), _data(item.extra)) if isinstance(item, pydyf.Stream) else item.data
        reference = first.setdefault(key, item.reference)
        if reference != item.reference:
            replaced[item.reference] = reference
            _empty(item)
    return replaced


def _shareable(pdf: pydyf.PDF) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            if item.extra.get("Subtype") == "/Form" or "PatternType" in item.extra:
                yield item
        elif isinstance(item, pydyf.Dictionary) and _is_resources(item):
            yield item


def _is_resources(item: pydyf.Dictionary) -> bool:
    return "ExtGState" in item and "XObject" in item


def _empty(item: Any) -> None:
    if isinstance(item, pydyf.Stream):
        item.stream, item.extra = [], pydyf.Dictionary()
    else:
        item.clear()


def _with_references(value: Any, replaced: Mapping[bytes, bytes]) -> Any:
    """A value with other references in it, at any depth."""
    if isinstance(value, bytes):
        return replaced.get(value, value)
    if isinstance(value, dict):
        return pydyf.Dictionary({key: _with_references(item, replaced) for key, item in value.items()})
    if isinstance(value, list):
        return pydyf.Array([_with_references(item, replaced) for item in value])
    return value


def _data(extra: Mapping[str, Any]) -> bytes:
    data: bytes = pydyf.Dictionary(dict(extra)).data
    return data
