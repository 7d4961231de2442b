"""What can only be written when all of a paragraph is known: signs that may need a backslash, and bare addresses.

`~5 %` needs no backslash, `a~b~c` does, since Markdown would set the b below the line; and `https://example.org` is a
link by itself only where no letter follows. So such signs are marked while the paragraph is put together, and decided
at its end. The marks are control characters, which no text may hold.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.text.bare_addresses import bare_address

PAIRED: Final = "~^"
"""Signs that mean something only in pairs with no space between."""
_SIGN: Final = "\x00"
_BEGIN, _ELSE, _END = "\x01", "\x02", "\x03"
_ADDRESS: Final = re.compile(f"{_BEGIN}([^{_ELSE}]*){_ELSE}([^{_END}]*){_END}")
# As the parser sees it: a space behind a backslash parts nothing.
_SPACE: Final = re.compile(r"(?:^|[^\\])(?:\\\\)*\s")
_OPENS_MORE: Final = ("!", f"{_SIGN}^")  # before a bracket they make a picture and a note of a link


def sign(paired: str) -> str:
    """A sign of running text that gets a backslash where it would be read with another one."""
    return _SIGN + paired


def address(words: str, otherwise: str) -> str:
    """A link that is its address alone, where it is read so; `otherwise` it is written like this."""
    return f"{_BEGIN}{words}{_ELSE}{otherwise}{_END}"


def begins_with_link(written: str) -> bool:
    """Whether Markdown that is not decided yet may begin with a bracket."""
    return written.startswith(("[", _BEGIN))


def apart(before: str, written: str) -> str:
    """What stands before a piece of Markdown, so that it makes nothing else of it.

    Of "Achtung!" and a link comes `Achtung\\![…](…)`, which is no picture.
    """
    if not written.startswith("[") or not before.endswith(_OPENS_MORE):
        return before
    return f"{before[:-1].removesuffix(_SIGN)}\\{before[-1]}"


def decided(written: str) -> str:
    """The Markdown of a whole paragraph, a cell or the like, with everything in it decided."""
    for paired in PAIRED:
        if sign(paired) in written:
            written = _signs(written, paired)
    return _addresses(written) if _BEGIN in written else written


def _signs(written: str, paired: str) -> str:
    """With a backslash before each of the signs that has no space between it and the one before or behind it."""
    first, *others = written.split(paired)
    result = first
    gaps = [first, *others]
    for at, gap in enumerate(others, 1):
        if result.endswith(_SIGN):
            before = at == 1 or _SPACE.search(gaps[at - 1].removesuffix(_SIGN))
            behind = at == len(others) or _SPACE.search(gap.removesuffix(_SIGN))
            alone = before and behind and not begins_with_link(gap)
            result = result[:-1] + ("" if alone else "\\")
        result += paired + gap
    return result


def _addresses(written: str) -> str:
    result, done = "", 0
    for found in _ADDRESS.finditer(written):
        result += written[done : found.start()]
        done = found.end()
        following = (
            _ADDRESS.sub(lambda other: other[1], written[done:]).split(maxsplit=1) if done < len(written) else []
        )
        behind = following[0] if following and not written[done].isspace() else ""
        before = result[-2:]
        is_bare = bare_address(before + found[1] + behind, len(before)) == found[1]
        result = result + found[1] if is_bare else apart(result, found[2]) + found[2]
    return result + written[done:]
