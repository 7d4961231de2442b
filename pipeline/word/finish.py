"""A DOCX as pandoc writes it → the plan's: styles, tables, fields, sections, properties; always the same bytes."""

from __future__ import annotations

from pipeline.document.model import Properties
from pipeline.ooxml.elements import Element, q
from pipeline.ooxml.package import Package
from pipeline.word.controls import Choices, add_combo_boxes
from pipeline.word.field_codes import fill_contents, footer, header, number_captions, refer_to_headings
from pipeline.word.fonts import add_fonts, set_other_letters
from pipeline.word.paragraphs import (
    describe_pictures,
    draw_rules,
    keep_eyebrows,
    keep_sheets,
    number_bookmarks,
    place_bookmarks,
    restyle,
    restyle_headings,
    separate_tables,
    space_after_tables,
    widen_bookmarks,
)
from pipeline.word.pictures import fit_pictures
from pipeline.word.properties import write_properties, write_settings
from pipeline.word.sections import header_identifier, split_sections
from pipeline.word.tables import finish_table
from pipeline.word.titles import add_titles
from pipeline.word.tokens import Page, tokens


def finish(raw: bytes, values: Properties, offered: Choices) -> Package:
    """The finished package; `values` are what the file says of itself, in its headers and properties.

    The order of the steps matters: the styles that pandoc knows are ours first, since all later steps tell paragraphs
    by them. Tables are kept apart before sections are split, so that a section's end finds its paragraph; only then is
    it known how wide a page each table has. Captions have their numbers before the contents list and the links are
    filled. Bookmarks are numbered last, when all are in their places.
    """
    package = Package(raw)
    document = package.tree("word/document.xml")
    notes = package.tree("word/footnotes.xml")
    body = document[0]
    restyle(body)
    restyle(notes)
    for root in (body, notes):
        draw_rules(root)
    restyle_headings(body)
    separate_tables(body)
    space_after_tables(body)
    keep_eyebrows(body)
    keep_sheets(body)
    pages = split_sections(body)
    place_bookmarks(body)
    widen_bookmarks(notes)
    _finish_tables(body, pages)
    number_captions(body)
    add_titles(body)
    fill_contents(body)
    refer_to_headings(body)
    describe_pictures(body, notes)
    fit_pictures(package)
    add_combo_boxes(body, offered)
    number_bookmarks(body, notes)
    for page in (tokens().portrait, tokens().landscape):
        _add_header_and_footer(package, values, page)
    package.drop("word/comments.xml")
    add_fonts(package, set_other_letters(body, notes))
    write_settings(package)
    write_properties(package, values)
    return package


def _finish_tables(body: Element, pages: dict[Element, Page]) -> None:
    for table in body.findall(q("tbl")):
        finish_table(table, pages[table].text_width)


def _add_header_and_footer(package: Package, values: Properties, page: Page) -> None:
    suffix = "quer" if page.landscape else "hoch"
    for kind, root in (("header", header(values, page)), ("footer", footer(values, page))):
        package.add_word_part(kind, f"{kind}_{suffix}.xml", root, header_identifier(kind, page))
