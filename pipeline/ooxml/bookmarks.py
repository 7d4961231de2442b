"""Anchors of the document → names of Word bookmarks, one to one.

Word takes letters, digits and underscores, a letter first, at most 40 characters, and does not tell `Z1` from
`z1`. Two readable forms are therefore kept apart from everything else:

- a plan's ID, capitals then numbers: `M1.2.3` → `M1_2_3`, `HF1` → `HF1`;
- a small-letter name that is not such an ID in small letters: `-` → `_`, `_` → `__`.

Within a form the way back is unambiguous. Every other anchor gets `___` and a hash, which neither form can contain.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from pipeline.text.nodes import Place

LONGEST: Final = 40
MARK_PREFIX: Final = "zp___"  # marks what can be edited; no anchor is ever named like it
WIDE_PREFIX: Final = "quer___"  # marks a landscape stretch for the finishing; no anchor is ever named like it

_HASH_DIGITS: Final = 12  # 48 bits: of 10,000 names two are the same with a probability of 1 in 5 millions
_PLAN_ID = re.compile(r"[A-Z]{1,3}[0-9]+(\.[0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_SMALL_PLAN_ID = re.compile(r"[a-z]{1,3}[0-9]+(-[0-9]+)*")


def bookmark_name(anchor: str) -> str:
    """The bookmark of an anchor: at most 40 characters, different for different anchors, also ignoring case."""
    if _PLAN_ID.fullmatch(anchor) and len(anchor) <= LONGEST:
        return anchor.replace(".", "_")
    if _NAME.fullmatch(anchor) and not _SMALL_PLAN_ID.fullmatch(anchor):
        name = anchor.replace("_", "__").replace("-", "_")
        if len(name) <= LONGEST:
            return name
    digest = _digest(anchor)
    readable = re.sub(r"[^A-Za-z0-9]+", "_", anchor).strip("_")
    start = readable if readable[:1].isalpha() else f"a_{readable}"
    return f"{start[: LONGEST - _HASH_DIGITS - 3].strip('_')}___{digest}"


def wide_mark(anchor: str) -> str:
    """The mark of a landscape stretch; its hash is longer than those of anchors, so no anchor's name equals it."""
    return WIDE_PREFIX + _digest(anchor) + "x"


def mark_name(place: Place) -> str:
    """The mark of something that can be edited, as pandoc takes it: it wants a letter first. See `hidden`."""
    return MARK_PREFIX + _digest(f"{place.source}\0{place.start}\0{place.column}") + "x"


def hidden(name: str) -> str:
    """The name of a bookmark in the finished file: Word does not list those that begin with an underscore."""
    return f"_{name}" if name.startswith(MARK_PREFIX) else name


def _digest(anchor: str) -> str:
    return hashlib.sha256(anchor.encode()).hexdigest()[:_HASH_DIGITS]
