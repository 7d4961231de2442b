"""Letters above and below the line as signs of their own, where there are such: `m²`, `CO₂`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pipeline.text.nodes import Inline, Node

SOFT_HYPHEN: Final = "\u00ad"
_SIGNS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "sup": dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True)),
        "sub": dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)),
    }
)


def plain_with_signs(content: Inline) -> str:
    """The text alone; what stands above or below the line as signs, or as plain letters where there are none."""
    return "".join(map(_plain, content))


def without_sign(content: Inline) -> Iterator[str]:
    """What stands above or below the line and has no sign."""
    for top in content:
        for node in top.walk():
            if node.kind in _SIGNS and node.plain().strip() and _signs(node) is None:
                yield node.plain()


def _plain(node: Node) -> str:
    if node.kind in _SIGNS and (signs := _signs(node)) is not None:
        return signs
    return "" if node.kind == "footnote" else node.text + "".join(map(_plain, node.children))


def _signs(node: Node) -> str | None:
    """The text of a node in signs; a space has none and stays, so that `m` and a raised `2 ` are `m² `.

    A hyphen that is seen at a line's end alone, as programs put in where they like, is no letter.
    """
    signs = _SIGNS[node.kind]
    text = node.plain().replace(SOFT_HYPHEN, "")
    return "".join(signs.get(letter, letter) for letter in text) if {*text} <= {*signs, " ", "\u00a0"} else None
