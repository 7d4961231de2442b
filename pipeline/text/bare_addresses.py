"""Running text in, the web addresses that stand in it by themselves out, and where each leads.

The same rule holds for Markdown and for what comes back from Word: `siehe https://www.bottrop.de.` has a link without
its full stop, and so has `www.bottrop.de`. What has no beginning of its own, such as `bottrop.de`, is a name.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.text.raised import SOFT_HYPHEN

# The signs that an address may have (RFC 3986) and letters of all kinds, without those that end it in running text:
# quotes, brackets, stars of emphasis. Nothing in a word, in another address or behind an attribute's `="` begins one.
_SIGNS: Final = r"[^\s<>\"'“”„‚‘’«»‹›\[\]{}|\\^`*…–—\x00-\x1f\u00a0\u200b\ufeff]"
BARE: Final = re.compile(
    rf"(?<![^\W_])(?<![/@.\\<=&?#%+$-])(?<!=\")(?:https?://(?=[^\W_])|www\.(?=[\w-]+\.\w))(?:(?!~~){_SIGNS})+",
    re.IGNORECASE,
)
_BEHIND: Final = ".,;:!?_~"  # of the sentence, or of emphasis around the address
_GOES_ON: Final = re.compile(r"\\[!-/:-@\[-`{-~]|\*[^\W_]")  # an escaped sign or a star: nobody knows where it ends


def bare_address(text: str, start: int, end: int | None = None) -> str:
    """The address that begins at a place of a text and ends before another, '' if there is none.

    A bracket that closes one from outside belongs to the sentence: `(siehe https://example.org/a_(b))`.
    """
    found = BARE.match(text, start, len(text) if end is None else end)
    if found is None or _GOES_ON.match(text, found.end()):
        return ""
    last, surplus = found.end(), found[0].count(")") - found[0].count("(")
    while last > start and (text[last - 1] in _BEHIND or (text[last - 1] == ")" and surplus > 0)):
        surplus -= text[last - 1] == ")"
        last -= 1
    return text[start:last] if BARE.fullmatch(text, start, last) else ""


def leads_to(address: str) -> str:
    """Where an address as it stands in running text leads; where it may be divided is none of it."""
    address = address.replace(SOFT_HYPHEN, "")
    return f"https://{address}" if address.lower().startswith("www.") else address


def pieces(text: str) -> list[tuple[str, bool]]:
    """A text cut into what is an address and what is none."""
    result: list[tuple[str, bool]] = []
    done = at = 0
    while found := BARE.search(text, at):
        if address := bare_address(text, found.start()):
            result += [(text[done : found.start()], False), (address, True)]
            done = found.start() + len(address)
        at = max(done, found.start() + 1)
    return [piece for piece in (*result, (text[done:], False)) if piece[0]]
