"""A property that no rule sets in, its value out: the inherited or the initial one at once.

WeasyPrint computes the some 150 properties of each of an element's styles when they are first asked for, and goes
through every question that a declared value may raise, for each of them. Most are declared by nobody.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from weasyprint import css
from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

_missing: Final = ComputedStyle.__missing__
_APART: Final = frozenset(("display", "float", "page", "position"))
_SIMPLE: Final = frozenset((str, int, float, type(None)))


def _logical_name(function: partial[str], direction: str) -> str:
    return function(block="ttb", inline=direction)


_LOGICAL: Final = frozenset(
    _logical_name(function, direction) for function in PHYSICAL_FUNCTIONS.values() for direction in ("ltr", "rtl")
)
_PLAIN: Final = frozenset(
    name for name in INITIAL_VALUES if name not in _APART and not name.startswith(("text_decoration_", "__"))
)
_INITIAL: Final = {
    name: INITIAL_VALUES[name]
    for name in _PLAIN
    if name not in INHERITED and name not in INITIAL_NOT_COMPUTED and not check_math(INITIAL_VALUES[name])
}
_FROM_PARENT: Final = frozenset(name for name in _PLAIN if name in INHERITED)


def compute_at_once() -> None:
    """From now on values that nobody declares are looked up."""
    css.ComputedStyle.__missing__ = _missing_or_plain


def _missing_or_plain(style: Any, name: str) -> Any:
    if name in style.cascaded or (name in PHYSICAL_FUNCTIONS and not _LOGICAL.isdisjoint(style.cascaded)):
        return _missing(style, name)
    if name in _INITIAL:
        value = style[name] = _INITIAL[name]
        return value
    if name in _FROM_PARENT and style.parent_style is not None:
        value = style.parent_style[name]
        if type(value) in _SIMPLE or not check_math(value):
            style[name] = value
            return value
    return _missing(style, name)
