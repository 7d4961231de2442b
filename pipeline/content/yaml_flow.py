"""Pairs of a mapping in braces as the parser sees them in, with its commas understood out.

In braces every comma begins a new key, so of `{betrag: 12,5, einheit: euro}` the parser makes the number 12 and a key 5
without a value. A comma between digits with no space is a German decimal comma: the two are joined to `12,5` again.
So is what an office writes behind a sum, `12.000,-` or `12.000,00 €`, and what an English program does, `1,000,000`:
no model takes those, but they are refused as the one value that they are.
All other keys that stand there bare are left as they are; what they were meant to be depends on what the keys mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.content.yaml_nodes import Scalar, YamlNode

Pair = tuple[Scalar, YamlNode]

_WHOLE = re.compile(r"-?[0-9][0-9.,]*")
_FRACTION = re.compile(r"[0-9]+|(?:[-–—]{1,2}|[0-9]{1,3}) ?(?:€|EUR|[Ee]uro|%|Prozent)?")
_THOUSAND = re.compile(r"[0-9]{3}(?: ?(?:€|EUR|[Ee]uro))?")


def is_bare(pair: Pair) -> bool:
    """Whether a key of a mapping in braces stands there without a colon."""
    key, value = pair
    return isinstance(value, Scalar) and value.is_null and value.start == value.end == key.end


def with_decimals(text: str, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs with every decimal comma joined; the joined number takes up both stretches of the text."""
    joined: list[Pair] = []
    for index, pair in enumerate(pairs):
        following = pairs[index + 1] if index + 1 < len(pairs) else None
        if joined and _is_fraction(text, joined[-1][1], pair, following):
            key, before = joined[-1]
            assert isinstance(before, Scalar)
            end = pair[0].end
            joined[-1] = key, replace(before, end=end, value=text[before.start : end])
        else:
            joined.append(pair)
    return tuple(joined)


def _is_fraction(text: str, before: YamlNode, pair: Pair, following: Pair | None) -> bool:
    """Whether a pair is what stands behind a decimal comma; of `12,5,3` nothing is, since nobody knows which."""
    key = pair[0]
    several = following is not None and is_bare(following) and _FRACTION.fullmatch(following[0].value)
    if (several or "," in text[before.start : before.end]) and not _THOUSAND.fullmatch(key.value):
        return False
    return (
        is_bare(pair)
        and not key.style
        and not key.is_shared
        and _FRACTION.fullmatch(key.value) is not None
        and isinstance(before, Scalar)
        and not before.style
        and not before.is_shared
        and _WHOLE.fullmatch(before.value) is not None
        and text[before.end : key.start] == ","
    )
