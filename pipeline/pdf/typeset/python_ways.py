"""Two ways of Python that WeasyPrint and pydyf go a million times in, shorter ones to the same place out.

Until Python 3.12 a value that is computed once is computed under a lock, which nobody needs in a process of one thread.
And pydyf asks of every number four times what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

import pydyf
from cssselect2.tree import ElementWrapper
from weasyprint.css import Style

_to_bytes: Final = pydyf._to_bytes


class Once:
    """`functools.cached_property` without its lock."""

    def __init__(self, compute: Callable[[Any], Any], name: str) -> None:
        self._compute, self._name = compute, name
        self.__doc__ = compute.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._compute(instance)
        return value


def go_straight() -> None:
    """From now on both go the shorter way."""
    for owner in (ElementWrapper, Style):
        for name, value in list(vars(owner).items()):
            if isinstance(value, cached_property):
                setattr(owner, name, Once(value.func, name))
    pydyf._to_bytes = _written


def _written(item: Any) -> bytes:
    """What `pydyf._to_bytes` does: of numbers six digits behind the point at the most, no zeros at the end."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is float:
        return b"%d" % item if item.is_integer() else (b"%f" % item).rstrip(b"0")
    if kind is int:
        return b"%d" % item
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    return _to_bytes(item)  # type: ignore[no-any-return]
