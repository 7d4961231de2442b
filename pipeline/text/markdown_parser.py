"""Markdown in, markdown-it's tokens out; what it would choke on is refused before, what it drops is noted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from pipeline.budget.limits import TEXT_LEVELS
from pipeline.text.markdown_limits import (
    limit_addresses,
    limit_depth,
    limit_expansion,
    limit_paragraphs,
    limit_size,
    limit_tables,
)
from pipeline.text.markdown_rules import bare_addresses, cell_breaks
from pipeline.text.symbol_fonts import BULLET, with_letters
from pipeline.text.typography import NBSP

_AS_WRITTEN = ("fence", "code_block", "colon_fence")
_NO_PORT = re.compile(r"\A(?P<host>(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*?):+(?=[/?#]|\Z)")
_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://)?")
_MOST_READINGS = 8  # three are enough for all but one of 30,000 addresses made of colons and brackets by chance
_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")


@dataclass(frozen=True)
class Parsed:
    """A text's tokens; of its notes' labels the lines on which each is defined, and the labels that nothing calls.

    `text` is what was parsed: bullets at the beginning of lines are hyphens there.
    """

    text: str
    tokens: Sequence[Token]
    defined: Mapping[str, Sequence[int]]
    uncalled: Sequence[str]


def tokens_of(text: str) -> Parsed:
    """Parses a text. Raises RefusedTextError where that, or setting it, would take long."""
    text = _with_lists(with_letters(text))
    limit_size(text)
    environment: dict[str, Any] = {}
    # Of each call a note keeps a way back to it. Here notes stand where they are called, so they are left out at once:
    # a note that is called a thousand times would have a thousand, to be gone through at each call.
    tokens = [token for token in _parser().parse(text, environment) if token.type != "footnote_anchor"]
    limit_depth(_levels(tokens))
    limit_expansion(_sizes(tokens))
    references = environment.get("footnotes", {}).get("refs", {})
    uncalled = [str(key).removeprefix(":") for key, number in references.items() if number < 0]
    return Parsed(text, tokens, _footnote_definitions(tokens, text), uncalled)


def as_written(text: str, kinds: Sequence[str] = _AS_WRITTEN) -> set[int]:
    """The lines, counted from 1, that are printed as they are written: code, and what parts are placed with.

    `kinds` are the parser's names of such blocks; `code_block` is the one that four blanks make.

    Raises RefusedTextError.
    """
    limit_size(text)
    tokens = _parser().parse(with_letters(text), {})
    return {line + 1 for token in tokens if token.type in kinds and token.map for line in range(*token.map)}


def address(target: str) -> str:
    """An address as a text that holds it reads: what no address may have is percent-encoded; stable when applied twice.

    `https://x.de/ä b` is `https://x.de/%C3%A4%20b` in every text, however it was typed. What the parser changes again
    each time it reads it, is changed until it stays: of the colons in `https://x.de::/` it takes away one each time.
    """
    target = target.strip()
    rest = _SCHEME.sub("", target, count=1)
    scheme = target.removesuffix(rest)
    head, colon, port = rest.rpartition(":")
    # `https://1:1:11` becomes `https://1:11:1` and back again: of such colons at most one is before a port.
    encoded = head.replace(":", "%3A")
    ways = (target, f"{scheme}{encoded}{colon}{port}", f"{scheme}{encoded}%3A{port}")
    return next((found for way in ways if (found := _settled(way)) is not None), ways[-1])


def _settled(target: str) -> str | None:
    """The address when reading it changes nothing any more; None where that does not come."""
    for _ in range(_MOST_READINGS):
        again = _parser().normalizeLink(_NO_PORT.sub(r"\g<host>", target.strip(), count=1))
        if again == target:
            return target
        target = again
    return None


@cache
def _parser() -> MarkdownIt:
    # Beyond maxNesting markdown-it drops content without a word, so it must lie beyond what is accepted here.
    options = {"html": False, "typographer": True, "quotes": "„“‚‘", "maxNesting": TEXT_LEVELS.most + 10}
    parser = MarkdownIt("commonmark", options)
    parser.validateLink = _any_address  # type: ignore[method-assign]
    parser.enable(["table", "strikethrough", "smartquotes"])
    parser.use(footnote_plugin).use(deflist_plugin).use(colon_fence_plugin)
    parser.use(sub_plugin).use(superscript_plugin).use(bare_addresses).use(cell_breaks)
    parser.core.ruler.after("block", "limits", _limit_blocks)
    return parser


def _any_address(url: str) -> bool:  # noqa: ARG001
    """All links come through, so that those which are not allowed can be reported."""
    return True


def _limit_blocks(state: StateCore) -> None:
    """Between blocks and their words: what would take long to read is known by then. Raises RefusedTextError."""
    limit_tables(_tables(state.tokens))
    limit_paragraphs(_paragraphs(state.tokens))
    found = state.env.get("references", {})
    limit_addresses((str(item["href"]), item["map"][0] + 1) for item in found.values())


def _paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """The running words of each paragraph, heading and cell, with its line."""
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if token.type == "inline":
            yield token.content, line


def _tables(tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """Columns, cells and line of each table."""
    columns = cells = line = 0
    for token in tokens:
        if token.type == "table_open":
            columns = cells = 0
            line = token.map[0] + 1 if token.map else line
        elif token.type in ("th_open", "td_open"):
            columns += token.type == "th_open"
            cells += 1
        elif token.type == "table_close":
            yield columns, cells, line


def _levels(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """How deep each token lies, with its line."""
    for token in tokens:
        inside = max((child.level for child in token.children or ()), default=0)
        yield token.level + inside, token.map[0] + 1 if token.map else 1


def _sizes(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The characters that each paragraph becomes, with its line; those of the notes count where they are called."""
    notes: dict[int, int] = {}
    inside: int | None = None
    for token in tokens:
        if token.type == "footnote_open":
            inside = int(token.meta["id"])
        elif token.type == "footnote_close":
            inside = None
        elif inside is not None:
            notes[inside] = notes.get(inside, 0) + _size(token, {})
    line = 1
    for token in tokens:
        if token.type == "footnote_block_open":
            return  # the last of all
        line = token.map[0] + 1 if token.map else line
        yield _size(token, notes), line


def _size(token: Token, notes: Mapping[int, int]) -> int:
    size = len(token.content)
    for child in token.children or ():
        size += sum(len(str(value)) for value in child.attrs.values())
        if child.type == "footnote_ref":
            size += notes.get(int(child.meta["id"]), 0)
    return size


def _footnote_definitions(tokens: Sequence[Token], text: str) -> dict[str, list[int]]:
    """Where footnotes are defined: label → lines. markdown-it keeps neither the lines nor what comes twice."""
    code = {line for token in tokens if token.type in _AS_WRITTEN and token.map for line in range(*token.map)}
    found: dict[str, list[int]] = {}
    for number, row in enumerate(text.split("\n")):
        if number not in code and (definition := _DEFINITION.match(row)):
            found.setdefault(definition[1], []).append(number + 1)
    return found


def _with_lists(text: str) -> str:
    """The text with a hyphen, which begins an item of a list, for each bullet at the beginning of a line.

    Nobody who types or pastes "• erstens" and below "• zweitens" means one paragraph. What is code stays as it is.
    """
    if not BULLET.search(text):
        return text
    code = as_written(text)
    rows = enumerate(text.split("\n"), 1)
    return "\n".join(row if line in code else BULLET.sub(_with_hyphen, row) for line, row in rows)


def _with_hyphen(bullet: re.Match[str]) -> str:
    return f"{bullet[1]}-{bullet[2].replace(NBSP, ' ')}"
