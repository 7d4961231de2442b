"""Design tokens → the named styles of the Word document; the only place where they are described."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, Final

from pipeline.word.look.letters import Letters, width
from pipeline.word.look.stylesheet import Block, CharacterStyle, ParagraphStyle, TableStyle, Type
from pipeline.word.tokens import tokens

_MONOSPACE: Final = "Consolas"
_LONGEST_DATE: Final = "September 2028"
_GUIDE: Final = 90.0  # points: the column of what a line of the guide is about
_BESIDE_DATE: Final = 8.0  # points between a date and what is due then
_HEAD: Final[dict[str, Any]] = {"keep_next": True, "hyphenate": False}
_BARE: Final[dict[str, Any]] = {"hyphenate": False}

# IDs are names without their spaces and letters beyond ASCII, as Word makes them: `ZPberzeile` of "ZP Überzeile".
TABLES: Final = (
    TableStyle("ZPRaster", "ZP Raster", margins=(1.25, 4)),
    TableStyle("ZPSteckbrief", "ZP Steckbrief", margins=(0.5, 4)),
    TableStyle("ZPMatrix", "ZP Matrix", grid=True, margins=(1, 1)),
)


def margins(identifier: str) -> tuple[float, float]:
    """The space above and below, and that at the sides of the cells of a table style, in points."""
    return next((style.margins for style in TABLES if style.identifier == identifier), (0, 0))


@cache
def paragraph_styles() -> tuple[ParagraphStyle, ...]:
    """All paragraph styles, the default one first."""
    return (*_text_styles(), *_heading_styles(), *_cover_styles(), *_table_styles(), *_running_styles())


@cache
def character_styles() -> tuple[CharacterStyle, ...]:
    """All character styles: links, secondary text, the letters of roles and strands."""
    regular, role, strong = (tokens().letters[name].family for name in ("table", "role", "caption"))
    plain = tokens().letters["under"].family
    return (
        CharacterStyle("Hyperlink", "Hyperlink", Type(colour="petrol", underline=True)),
        CharacterStyle("FootnoteReference", "footnote reference", Type(superscript=True)),
        CharacterStyle("VerbatimChar", "Verbatim Char", Type(_MONOSPACE)),
        CharacterStyle("ZPNebentext", "ZP Nebentext", Type(regular, colour="grey")),
        CharacterStyle("ZPNummer", "ZP Nummer", Type()),
        CharacterStyle("ZPZiffer", "ZP Ziffer", Type(colour="petrol")),
        CharacterStyle("ZPStichwort", "ZP Stichwort", Type(strong)),
        CharacterStyle("ZPDatum", "ZP Datum", Type(strong)),
        CharacterStyle("ZPRolleF", "ZP Rolle F", Type(role, colour="paper", fill="petrol")),
        CharacterStyle("ZPRolleE", "ZP Rolle E", Type(role, colour="petrol", frame="petrol")),
        CharacterStyle("ZPRolleM", "ZP Rolle M", Type(role, fill="tint2")),
        CharacterStyle("ZPRolleI", "ZP Rolle I", Type(plain)),
        CharacterStyle("ZPZeichengefllt", "ZP Zeichen gefüllt", Type(strong, colour="paper", fill="petrol")),
        CharacterStyle("ZPZeichenoffen", "ZP Zeichen offen", Type(strong, colour="copper", frame="copper")),
        CharacterStyle("ZPZeichenhalb", "ZP Zeichen halb", Type(strong, fill="tint2")),
        CharacterStyle("ZPZeichenweiteres", "ZP Zeichen weiteres", Type(strong, frame="ink")),
        CharacterStyle("ZPZeichenPartner", "ZP Zeichen Partner", Type(strong, colour="grey")),
    )


def _style(
    names: tuple[str, str], role: str, block: Block, letters: Type | None = None, base: str = "Normal", after: str = ""
) -> ParagraphStyle:
    """A style whose letters are those of a role of the tokens, but for what `letters` says itself."""
    token = tokens().letters[role]
    looks = replace(letters or Type(), font=token.family, size=token.size)
    return ParagraphStyle(*names, replace(block, leading=token.leading), looks, base, after)


def _text_styles() -> tuple[ParagraphStyle, ...]:
    return (
        _style(("Normal", "Normal"), "body", Block(after=7), Type(colour="ink")),
        _style(("ZPVorspann", "ZP Vorspann"), "lead", Block(after=14)),
        _style(("ZPZielsatz", "ZP Zielsatz"), "goal_sentence", Block(after=7, keep_next=True)),
        _style(("ZPSteckbrieftext", "ZP Steckbrieftext"), "sheet_text", Block(after=3.5)),
        _style(("ZPKlein", "ZP Klein"), "table", Block(before=3.5, after=7), Type(colour="grey")),
        _style(("ZPHinweis", "ZP Hinweis"), "small", Block(after=7, keep_next=True), Type(colour="grey")),
        _style(("ZPImpressum", "ZP Impressum"), "dense", Block(after=3.5)),
        _style(("ZPRand", "ZP Rand"), "small", Block(after=3.5, keep_next=True), Type(colour="grey")),
        _style(
            ("ZPAnleitung", "ZP Anleitung"),
            "dense",
            Block(after=2.6, indent=_GUIDE, hanging=_GUIDE, tab=("left", _GUIDE), **_BARE),
        ),
        _style(("ListParagraph", "List Paragraph"), "body", Block(after=3.5)),
        _style(("BlockText", "Block Text"), "body", Block(3.5, 10.5, indent=14), Type(italic=True)),
        ParagraphStyle("SourceCode", "Source Code", Block(after=7, **_BARE), Type(_MONOSPACE)),
        _style(("DefinitionTerm", "Definition Term"), "subhead", Block(before=3.5, keep_next=True)),
        _style(("Definition", "Definition"), "body", Block(after=7, indent=14)),
        _style(("FootnoteText", "footnote text"), "small", Block(after=1.75)),
        _style(("Caption", "caption"), "caption", Block(10.5, 3.5, keep_next=True), after="Normal"),
        _style(
            ("ZPBildunterschrift", "ZP Bildunterschrift"), "caption", Block(after=14), base="Caption", after="Normal"
        ),
        _style(("ZPNachTabelle", "ZP Nach Tabelle"), "body", Block(before=10.5, after=7), after="Normal"),
        _style(("ZPAbbildung", "ZP Abbildung"), "body", Block(7, 3.5, keep_next=True)),
        ParagraphStyle("ZPLinie", "ZP Linie", Block(after=7, leading=7, border="bottom", exact=True), Type(size=1)),
        ParagraphStyle("ZPTrennung", "ZP Trennung", Block(leading=7, exact=True, **_BARE), Type(size=1)),
    )


def _heading_styles() -> tuple[ParagraphStyle, ...]:
    first = Block(after=14, outline=1, new_page=True, **_HEAD)
    second, third = Block(17.5, 5.25, outline=2, **_HEAD), Block(14, 1.75, outline=3, **_HEAD)
    lower, imprint = Block(14, 3.5, **_HEAD), Block(10.5, 3.5, outline=2, **_HEAD)
    return (
        _style(("Heading1", "heading 1"), "h1", first, after="Normal"),
        # At body level: Word and LibreOffice would list the list in itself.
        _style(("TOCHeading", "TOC Heading"), "h1", replace(first, outline=0), after="TOC1"),
        _style(("Heading2", "heading 2"), "h2", second, after="Normal"),
        _style(("Heading3", "heading 3"), "measure", third, after="Normal"),
        _style(("ZPZiel", "ZP Ziel"), "h2", second, base="Heading2", after="ZPZielsatz"),
        _style(("ZPImpressumkopf", "ZP Impressumkopf"), "subhead", imprint, base="Heading2", after="ZPImpressum"),
        _style(("ZPAnleitungskopf", "ZP Anleitungskopf"), "subhead", imprint, base="Heading2", after="ZPAnleitung"),
        *(
            _style((f"Heading{level}", f"heading {level}"), "subhead", replace(lower, outline=level), after="Normal")
            for level in (4, 5, 6)
        ),
        _style(
            ("ZPberzeile", "ZP Überzeile"),
            "subhead",
            Block(after=3.5, new_page=True, **_HEAD),
            Type(colour="petrol"),
            after="Heading1",
        ),
    )


def _cover_styles() -> tuple[ParagraphStyle, ...]:
    return (
        _style(("ZPAbsender", "ZP Absender"), "body", Block(after=3.5, **_BARE)),
        _style(("Title", "Title"), "cover_title", Block(56, 14, **_BARE), after="Subtitle"),
        _style(("Subtitle", "Subtitle"), "cover_subtitle", Block(after=24, **_BARE), after="Normal"),
        _style(("ZPStatus", "ZP Status"), "body", Block(after=14, indent=7, border="left", **_BARE)),
    )


def _table_styles() -> tuple[ParagraphStyle, ...]:
    table, value, small = "ZPTabelle", "ZPAngabenwert", tokens().letters["small_strong"]
    column = width(_LONGEST_DATE, Letters(small.family, small.size)) + _BESIDE_DATE
    # Lines of a sheet are as close as in print, whatever the font says that its lines need.
    line = Block(exact=True)
    date = Block(indent=column, hanging=column, tab=("left", column), exact=True)
    return (
        _style((table, "ZP Tabelle"), "table", Block()),
        _style(("ZPTabelleklein", "ZP Tabelle klein"), "dense", Block(), None, table),
        _style(("ZPTabellenkopf", "ZP Tabellenkopf"), "head", Block(**_HEAD), Type(colour="grey"), table),
        _style(("ZPTabellengruppe", "ZP Tabellengruppe"), "caption", Block(**_HEAD), None, table),
        _style(("ZPTabellensumme", "ZP Tabellensumme"), "caption", Block(), None, table),
        _style(("ZPZeilenkopf", "ZP Zeilenkopf"), "small_strong", Block(), None, table),
        _style((value, "ZP Angabenwert"), "small", line, None, table),
        _style(("ZPAngabe", "ZP Angabe"), "small", line, Type(colour="grey"), value),
        _style(("ZPTermin", "ZP Termin"), "small", date, None, value),
        _style(("ZPMatrixkopf", "ZP Matrixkopf"), "rotated", Block(**_HEAD), None, table),
    )


def _running_styles() -> tuple[ParagraphStyle, ...]:
    edge = tokens().portrait.text_width / 20
    line = Block(tab=("right", edge), **_BARE)
    return (
        _style(("Header", "header"), "small", line, Type(colour="grey")),
        _style(("Footer", "footer"), "small", line, Type(colour="grey")),
        # Levels 1 and 5 are written, the others come of LibreOffice, see `field_codes`.
        *(
            _style((f"TOC{level}", f"toc {level}"), "subhead", replace(line, before=3.5), after="Normal")
            for level in (1, 2, 3, 4)
        ),
        *(
            _style((f"TOC{level}", f"toc {level}"), "overview", replace(line, indent=14), after="Normal")
            for level in (5, 6, 7, 8)
        ),
    )
