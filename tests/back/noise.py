"""A Word file in, the same as Word might write it after opening and saving out: nothing edited, much rewritten.

What Word writes is taken from ECMA-376 and what is known of it; **unverified**, for Word is not at hand. Each noise has
a name; they are applied in the order of the table, the later ones rename what the earlier ones look for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from types import MappingProxyType
from typing import Final

from pipeline.ooxml.package import Package
from tests.back import noise_blocks as blocks
from tests.back import noise_fields as fields
from tests.back import noise_marks as marks
from tests.back import noise_parts as packings
from tests.back import noise_runs as runs
from tests.back import noise_tracked as tracked
from tests.back.draft import stored
from tests.back.noise_parts import Packing
from tests.back.saving import Noise, Saving

NOISES: Final[Mapping[str, Noise]] = MappingProxyType(
    {
        "contents list renewed": fields.contents_list_renewed,
        "contents list tracked": tracked.contents_list_tracked,
        "results of fields tracked": tracked.results_tracked,
        "fields as one element": fields.simple_fields,
        "page numbers": fields.page_numbers,
        "instructions in pieces": fields.instructions_in_pieces,
        "links with details": fields.details_of_links,
        "links as fields": fields.links_as_fields,
        "bookmarks of Word": marks.bookmarks_of_word,
        "bookmarks inside words": marks.bookmarks_inside_words,
        "bookmarks between paragraphs": marks.bookmarks_between_paragraphs,
        "bookmarks counted anew": marks.numbers_of_bookmarks,
        "bold marks of paragraphs": marks.bold_marks,
        "controls with details": marks.details_of_controls,
        "controls around paragraphs": marks.controls_around_paragraphs,
        "controls around cells": marks.controls_around_cells,
        "drawings with details": marks.details_of_drawings,
        "drawings with alternatives": marks.alternatives,
        "neighbours joined": runs.join_runs,
        "switches in words": runs.switches,
        "languages": runs.languages,
        "letters as elements": runs.letters_as_elements,
        "other line breaks": runs.other_line_breaks,
        "runs split": runs.split_runs,
        "empty runs": runs.empty_runs,
        "page breaks of the last print": runs.page_breaks_of_the_last_print,
        "proofing": runs.proofing,
        "smart tags": runs.smart_tags,
        "numbers of saving": runs.save_numbers,
        "properties of paragraphs": blocks.paragraph_properties,
        "tables": blocks.tables,
        "merged cells": blocks.merged_cells,
        "sections": blocks.sections,
        "forms tracked": tracked.forms_tracked,
        "notes counted anew": blocks.numbers_of_notes,
        "lists start anew": blocks.order_of_lists,
        "lists counted anew": blocks.numbers_of_lists,
        "details of styles": blocks.details_of_styles,
        "German styles": blocks.german_styles,
        "settings": blocks.settings,
        "IDs of paragraphs": blocks.ids_of_paragraphs,
        "spaces": runs.spaces,
    }
)
PACKINGS: Final[Mapping[str, Packing]] = MappingProxyType(
    {
        "namespaces": packings.namespaces,
        "other parts": packings.other_parts,
        "properties of the file": packings.properties_of_the_file,
        "relationships counted anew": packings.numbers_of_relationships,
        "parts with other names": packings.names_of_parts,
    }
)
ALL: Final = (*NOISES, *PACKINGS)
AGAIN: Final = (*(name for name in NOISES if name != "German styles"), "relationships counted anew")
"""What may come several times over; the others leave nothing that they would find again."""


def saved(data: bytes, names: Iterable[str] = ALL, seed: int = 0, spared: tuple[str, ...] = ()) -> bytes:
    """The file with these noises; runs with words that are `spared` stay whole."""
    wanted = frozenset(names)
    assert wanted <= set(ALL), wanted - set(ALL)
    saving = Saving(Package(data), Random(seed), spared)
    for name, noise in NOISES.items():
        if name in wanted:
            noise(saving)
    parts = dict(saving.package.contents())
    for name, packing in PACKINGS.items():
        if name in wanted:
            parts = packing(parts, saving.chance)
    return stored(parts)
