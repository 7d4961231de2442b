"""What stands behind a number, in; what it is counted in and until when, out. A unit swallows nothing else."""

from __future__ import annotations

import re
from typing import Final

from pipeline.fields.periods import read_end
from pipeline.fields.shown import Unclear, Unread, shown, typed
from schema.time import Period

_UNTIL: Final = re.compile(r"(.*\S),? ?\(?\bbis(?: zum)? ([^()]+)\)?", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20|21|22)\d\d(?!\d)")
_BEGINNING: Final = re.compile(r"[^\W\d_]|[%‰€$£°\"„]")
_HOLDS_END: Final = re.compile(r"\bbis\b", re.IGNORECASE)


def is_own(text: str, own: str) -> bool:
    """Whether a value has the unit that its item has already, whatever that is."""
    return bool(own) and shown(text).endswith(f" {shown(own)}")


def until(text: str, own: str) -> tuple[str, Period | None]:
    """A value with its unit, and until when it is to be reached: `2 Gebiete` and Q4 2030 of `2 Gebiete bis Ende 2030`.

    `own` is the unit that the item has already; it may well hold such words. Raises Unclear where the end may be one of
    several.
    """
    match = None if is_own(text, own) else _UNTIL.fullmatch(text)
    if match is None:
        return text, None
    try:
        return match[1].rstrip(" ,;("), read_end(match[2])
    except Unclear:
        raise
    except Unread:
        return text, None


def unit(text: str, own: str) -> str:
    """What a number is counted in, which is no date: the unit of an item, or one that holds none.

    Of „Gebiete bis Ende 203“ somebody has lost a digit; as a unit it would take the date away without a word. Raises
    Unread.
    """
    found = typed(text)
    if shown(found) == shown(own):
        return found
    if found and (_YEAR.search(found) or _HOLDS_END.search(found) or not _BEGINNING.match(found)):
        raise Unread(
            f"„{found}“ ist keine Einheit; ein Zeitpunkt steht dahinter, zum Beispiel „3 Tage bis Q4 2028“, und sonst "
            "nichts."
        )
    return found
