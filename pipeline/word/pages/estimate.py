"""A finished package in, the page of each of its bookmarks out, estimated: no word processor is asked.

Where a program has a dictionary to hyphenate by, or other fonts than those inside, its pages end a few lines elsewhere;
when the contents list is updated, it says its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.ooxml.package import Package
from pipeline.word.look.stylesheet import TWIPS_A_POINT
from pipeline.word.pages.blocks import Measured, blocks, note_heights
from pipeline.word.pages.flow import page_numbers
from pipeline.word.pictures import list_indents
from pipeline.word.tokens import tokens


def estimated_pages(package: Package) -> Mapping[str, int]:
    """The page of every bookmark of the main text, the cover being the first."""
    indents = {key: twips / TWIPS_A_POINT for key, twips in list_indents(package).items()}
    notes = note_heights(package.look("word/footnotes.xml"), tokens().portrait.text_width / TWIPS_A_POINT)
    body = package.look("word/document.xml")[0]
    return page_numbers(list(blocks(body, Measured(indents, notes))))
