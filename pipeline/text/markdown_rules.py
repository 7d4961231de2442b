"""Rules of Markdown that the plan adds for markdown-it: addresses by themselves as links, `<br>` in a table's cell."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from pipeline.text.bare_addresses import bare_address, leads_to

BARE: Final = "bare"
"""The markup of a link that is written as its address alone; its `content` says how."""
_BEGINNINGS: Final = {":": ("https", "http"), ".": ("www",)}
_CELL: Final = "in a cell"
_BREAK: Final = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)


def bare_addresses(parser: MarkdownIt) -> None:
    """`https://www.bottrop.de` in running text is a link."""
    parser.inline.add_terminator_char(".")  # where the parser of words stops and asks; at `:` it does anyway
    parser.inline.ruler.before("escape", "bare_addresses", _bare_address)


def cell_breaks(parser: MarkdownIt) -> None:
    """`<br>` in a cell breaks its line; a table's row has no other way to say so."""
    parser.core.ruler.at("inline", _inline)
    parser.inline.ruler.before("autolink", "cell_breaks", _cell_break)


def _bare_address(state: StateInline, silent: bool) -> bool:
    if state.linkLevel:
        return False
    source, at = state.src, state.pos
    for beginning in _BEGINNINGS.get(source[at], ()):
        start = at - len(beginning)
        if start < 0 or source[start:at].lower() != beginning:
            continue
        address = bare_address(source, start, state.posMax)
        if not address:
            continue
        if not silent:
            if not state.pending.endswith(source[start:at]):
                return False
            state.pending = state.pending[: -len(beginning)]
            token = state.push("link_open", "a", 1)
            token.attrs = {"href": state.md.normalizeLink(leads_to(address))}
            token.markup, token.info = BARE, "auto"
            state.push("text", "", 0).content = address
            token = state.push("link_close", "a", -1)
            token.markup, token.info = BARE, "auto"
        state.pos = start + len(address)
        return True
    return False


def _inline(state: StateCore) -> None:
    """The parser's own rule, which in addition knows whether it is in a cell."""
    before = ""
    for token in state.tokens:
        if token.type == "inline":
            state.env[_CELL] = before in ("th_open", "td_open")
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        before = token.type


def _cell_break(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<" or not state.env.get(_CELL):
        return False
    found = _BREAK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True
