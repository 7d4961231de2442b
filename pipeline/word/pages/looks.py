"""Paragraphs as they stand in the finished main text in, how their letters look and stand out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.ooxml.elements import Element, paragraph_style, q, run_style
from pipeline.word.look.letters import Letters
from pipeline.word.look.styles import character_styles, paragraph_styles
from pipeline.word.look.stylesheet import Block, ParagraphStyle

_OFF = ("0", "false", "off")


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph in one look; its text has a `\\n` for a line break and a `\\t` for a tab."""

    text: str
    letters: Letters


def block_of(paragraph: Element) -> Block:
    """How a paragraph stands, by its style."""
    return _style(paragraph_style(paragraph)).block


def letters_of(paragraph: Element) -> Letters:
    """What its letters look like where nothing is said of single ones."""
    looks = _style(paragraph_style(paragraph)).type
    return Letters(looks.font, looks.size, italic=looks.italic)


def pieces(paragraph: Element) -> Iterator[Piece]:
    """All that is read in it, in order; of fields what they show."""
    usual = letters_of(paragraph)
    for run in paragraph.iter(q("r")):
        letters = _letters(run, usual)
        for child in run:
            if child.tag == q("t"):
                yield Piece(child.text or "", letters)
            elif child.tag in (q("br"), q("tab")):
                yield Piece("\n" if child.tag == q("br") else "\t", letters)


def _letters(run: Element, usual: Letters) -> Letters:
    """Those of its style, bold or italic where the run says so itself."""
    own = _own_family(run_style(run))
    looks = replace(usual, family=own) if own else usual
    inner = run.find(q("rPr"))
    if inner is None:
        return looks
    return replace(looks, bold=_is_on(inner, "b"), italic=looks.italic or _is_on(inner, "i"))


def _is_on(properties: Element, toggle: str) -> bool:
    found = properties.find(q(toggle))
    return found is not None and found.get(q("val"), "1") not in _OFF


def _style(identifier: str) -> ParagraphStyle:
    return _paragraph_styles().get(identifier or "Normal", _paragraph_styles()["Normal"])


@cache
def _paragraph_styles() -> dict[str, ParagraphStyle]:
    return {style.identifier: style for style in paragraph_styles()}


@cache
def _own_family(identifier: str) -> str:
    return next((style.type.font for style in character_styles() if style.identifier == identifier), "")
