"""Paragraphs as they stand in the finished main text in, how their letters look and stand out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pipeline.ooxml.elements import Element, inner, paragraph_style, q
from pipeline.word.look.letters import Letters
from pipeline.word.look.styles import character_styles, paragraph_styles
from pipeline.word.look.stylesheet import Block, ParagraphStyle

_OFF = ("0", "false", "off")
_PROPERTIES, _TEXT = q("rPr"), q("t")
_SIGNS = {q("br"): "\n", q("tab"): "\t"}


class Piece(NamedTuple):
    """A stretch of a paragraph in one look; its text has a `\\n` for a line break and a `\\t` for a tab."""

    text: str
    letters: Letters


def block_of(paragraph: Element) -> Block:
    """How a paragraph stands, by its style."""
    return block_by(paragraph_style(paragraph))


def block_by(style: str) -> Block:
    """How paragraphs of a style stand."""
    return _style(style).block


def letters_of(paragraph: Element) -> Letters:
    """What its letters look like where nothing is said of single ones."""
    return letters_by(paragraph_style(paragraph))


@cache
def letters_by(style: str) -> Letters:
    """What letters of a style look like."""
    looks = _style(style).type
    return Letters(looks.font, looks.size, italic=looks.italic)


def pieces(paragraph: Element) -> Iterator[Piece]:
    """All that is read in it, in order; of fields what they show."""
    usual = letters_of(paragraph)
    for run in paragraph.iter(q("r")):
        letters = usual
        for child in run:
            if child.tag == _PROPERTIES:
                letters = _letters(child, usual)
            elif child.tag == _TEXT:
                yield Piece(child.text or "", letters)
            elif child.tag in _SIGNS:
                yield Piece(_SIGNS[child.tag], letters)


def _letters(properties: Element, usual: Letters) -> Letters:
    """Those of a style of letters, bold or italic where a run says so itself."""
    style = inner(properties, "rStyle")
    own = "" if style is None else _own_family(style.get(q("val"), ""))
    return _look(usual, own, bold=_is_on(properties, "b"), italic=_is_on(properties, "i"))


@cache
def _look(usual: Letters, family: str, *, bold: bool, italic: bool) -> Letters:
    return replace(usual, family=family or usual.family, bold=bold, italic=usual.italic or italic)


def _is_on(properties: Element, toggle: str) -> bool:
    found = inner(properties, toggle)
    return found is not None and found.get(q("val"), "1") not in _OFF


def _style(identifier: str) -> ParagraphStyle:
    return _paragraph_styles().get(identifier or "Normal", _paragraph_styles()["Normal"])


@cache
def _paragraph_styles() -> dict[str, ParagraphStyle]:
    return {style.identifier: style for style in paragraph_styles()}


@cache
def _own_family(identifier: str) -> str:
    return next((style.type.font for style in character_styles() if style.identifier == identifier), "")
