"""Trees with what no text of the plan can hold in; out: a list of it, and the trees without.

Formulas, text boxes, new pictures, embedded objects, endnotes and letters of symbol fonts: nothing of it may be lost
without a word, and nothing of it may stand in a text as something else. Letters that have a place in Unicode stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pipeline.content.printable import stretches
from pipeline.merge.docx.comments import nearest_marks
from pipeline.merge.docx.wrappers import DESCRIPTION, MATH_TEXT, text_of
from pipeline.merge.why import Reason, Why, picture_new
from pipeline.ooxml.elements import Element, q, remove, text
from pipeline.text.symbol_fonts import letter, with_letters

_FORMULA: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_PICTURE_DATA: Final = "{urn:schemas-microsoft-com:vml}imagedata"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EXTENT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_THIN: Final = 36_000  # EMU, a millimetre: LibreOffice draws the line across the page, 19,050 high
_BOX: Final = q("txbxContent")
_PARAGRAPH: Final = q("p")
_SYMBOL: Final = q("sym")
_TEXT: Final = q("t")
_ENDNOTE: Final = q("endnoteReference")
_DRAWN: Final = (q("drawing"), q("pict"), q("object"))
_INSERTED_FILE: Final = q("altChunk")
_UNSUPPORTED: Final = (_FORMULA, _SYMBOL, _ENDNOTE, *_DRAWN, q("ruby"), _INSERTED_FILE)
_KINDS: Final = MappingProxyType(
    {
        _FORMULA: "Formel",
        _SYMBOL: "Zeichen",
        _ENDNOTE: "Endnote",
        _INSERTED_FILE: "Fremde Datei",
        q("ruby"): "Lautschrift",
    }
)
_LONGEST: Final = 80  # letters that are repeated of what cannot be taken
_WHY: Final = MappingProxyType(
    {
        "Formel": "Eine Formel lässt sich nicht übernehmen; bitte als Text schreiben.",
        "Textfeld": "Ein Textfeld lässt sich nicht übernehmen; bitte seinen Text in einen Absatz schreiben.",
        "Objekt": "Ein eingebettetes Objekt lässt sich nicht übernehmen; bitte seinen Inhalt als Text schreiben.",
        "Endnote": "Eine Endnote lässt sich nicht übernehmen; bitte eine Fußnote daraus machen.",
        "Zeichen": "Dieses Zeichen haben die Schriften des Plans nicht; bitte ein anderes nehmen.",
        "Fremde Datei": "Eine eingefügte Datei lässt sich nicht übernehmen; bitte ihren Inhalt als Text schreiben.",
        "Link": "Ein Link, der weder http noch https noch mailto ist, lässt sich nicht übernehmen; bitte die Adresse "
        "einer Webseite nehmen.",
        "Verborgener Text": "Er ist in Word als verborgen formatiert und nicht übernommen; bitte sichtbar machen, was "
        "in den Plan soll.",
        "Verborgener Text des Plans": "Er ist in Word nur verborgen und bleibt im Plan; bitte löschen, was fort soll.",
        "Seitenzahl": "Übernommen ist die Zahl in Ziffern; sie zählt nicht mit, wenn sich Seiten verschieben. Besser "
        "ist ein Verweis auf eine Überschrift.",
        "Hoch- oder Tiefgestelltes": "Dafür gibt es in einer Angabe kein Zeichen; es steht dort in gewöhnlichen "
        "Buchstaben.",
        "Listenzeichen": "Zitate, Überschriften und Quelltext stehen im Plan ohne; bitte die Formatvorlage oder die "
        "Liste wegnehmen, je nachdem, was gemeint ist.",
        "Lautschrift": "Text mit Lautschrift lässt sich nicht übernehmen; bitte als gewöhnlichen Text schreiben.",
    }
)


@dataclass(frozen=True)
class Unsupported:
    """What is not taken: of which kind, what it says, the beginning of its paragraph, the nearest mark; and why, if its
    kind does not say it.
    """

    kind: str
    said: str
    beside: str
    mark: str
    reason: Why | None = None

    @property
    def words(self) -> str:
        """What it is, for people: „Formel „a=b“ bei „Der Anteil …““."""
        said = f" „{_short(self.said)}“" if self.said else ""
        beside = f" bei „{_short(self.beside)}“" if self.beside else ""
        return f"{self.kind}{said}{beside}"

    @property
    def why(self) -> Why:
        """Why it is not taken, and what to do."""
        if self.reason is not None:
            return self.reason
        return picture_new(self.said) if self.kind == "Bild" else Why(Reason.UNSUPPORTED, _WHY[self.kind])


def descriptions(roots: Iterable[Element]) -> Counter[str]:
    """The descriptions of all pictures, with how often each comes; by these pictures are known again."""
    return Counter(_description(drawing) for root in roots for drawing in root.iter(q("drawing")))


def take_unsupported(
    roots: Sequence[Element], pictures: Counter[str], endnotes: Element | None = None
) -> tuple[Unsupported, ...]:
    """Everything that no text of the plan can hold, in reading order, taken out of `roots`.

    `pictures` are the descriptions of the pictures that were there before, `endnotes` is the part with their texts. A
    picture is known by its description alone. Where one of these is missing, an unknown one may be the same described
    anew: then all may stay. The arrow E0 of Wingdings becomes the letter "→"; a sign without such a letter is told, and
    so is a character that no font of the plan has, such as an emoji: the words around it stay.
    """
    for root in roots:
        _spell_out(root)
    known = None if pictures - descriptions(roots) else frozenset(pictures)
    notes = {} if endnotes is None else {note.get(q("id"), ""): text_of(note).strip() for note in endnotes}
    return tuple(item for root in roots for item in _taken(root, known, notes))


def _taken(root: Element, known: frozenset[str] | None, notes: dict[str, str]) -> Iterator[Unsupported]:
    found: list[tuple[Element, str, str, str]] = []
    for element, mark, _ in list(nearest_marks(root, (*_UNSUPPORTED, _TEXT))):
        if element.tag == _TEXT:
            found += [(piece, "Zeichen", piece.text or "", mark) for piece in _unprintable(element)]
        elif element.tag == _SYMBOL and (letter := _letter(element)):
            element.addprevious(text(letter))
            remove(element)
        elif kind := _kind(element, known):
            found.append((element, kind, _said(element, kind, notes), mark))
    # A text box holds pictures and formulas of its own: the outermost is told, and the rest goes with it.
    inside = {below for element, *_ in found for below in element.iterdescendants(*_UNSUPPORTED)}
    outer = [item for item in found if item[0] not in inside]
    paragraphs = [next(element.iterancestors(_PARAGRAPH), None) for element, *_ in outer]
    for element, *_ in outer:
        remove(element)
    for (_, kind, said, mark), paragraph in zip(outer, paragraphs, strict=True):
        yield Unsupported(kind, said, "" if paragraph is None else text_of(paragraph).strip(), mark)


def _spell_out(root: Element) -> None:
    """Puts the letters that signs of symbol fonts show in place of their numbers, where these stand as text."""
    for element in root.iter(_TEXT):
        if not element.text:
            continue
        fonts = None if (run := element.getparent()) is None else run.find(f"{q('rPr')}/{q('rFonts')}")
        if fonts is not None and (font := fonts.get(q("ascii"), "")):
            element.text = "".join(letter(ord(sign), font) or sign for sign in element.text)
        element.text = with_letters(element.text)


def _unprintable(element: Element) -> Iterator[Element]:
    """What of a text no font has, each stretch as an element of its own; the rest stays where it was."""
    pieces = stretches(element.text or "")
    if all(fine for _, fine in pieces):
        return
    for words, fine in pieces:
        piece = text(words)
        element.addprevious(piece)
        if not fine:
            yield piece
    remove(element)


def _kind(element: Element, known: frozenset[str] | None) -> str:
    """What cannot be taken of it, '' where it may stay: a picture that was there, a line across the page."""
    if element.tag in _DRAWN and next(element.iter(_BOX), None) is not None:
        return "Textfeld"
    if element.tag == q("drawing"):
        return "" if known is None or _description(element) in known or _is_line(element) else "Bild"
    if element.tag == q("pict"):
        return "" if next(element.iter(_PICTURE_DATA), None) is None else "Bild"
    return _KINDS.get(element.tag, "Objekt")


def _is_line(drawing: Element) -> bool:
    """Whether it is only a line across the page, as LibreOffice saves one: thinner than a millimetre, no picture."""
    extent = next(drawing.iter(_EXTENT), None)
    if extent is None or next(drawing.iter(_PICTURE), None) is not None:
        return False
    try:
        return min(int(extent.get(side, "")) for side in ("cx", "cy")) <= _THIN
    except ValueError:
        return False


def _said(element: Element, kind: str, notes: dict[str, str]) -> str:
    if kind == "Zeichen":
        return f"{element.get(q('font'), '')} {element.get(q('char'), '')}".strip()
    if kind == "Endnote":
        return notes.get(element.get(q("id"), ""), "")
    if kind == "Formel":
        return "".join(part.text or "" for part in element.iter(MATH_TEXT))
    return _description(element) if kind == "Bild" else text_of(element).strip()


def _letter(symbol: Element) -> str:
    """The letter that a sign of a symbol font shows, '' where it has no place of its own."""
    try:
        number = int(symbol.get(q("char"), ""), 16)
    except ValueError:
        return ""
    return letter(number, symbol.get(q("font"), ""))


def _description(drawing: Element) -> str:
    described = next(drawing.iter(DESCRIPTION), None)
    return "" if described is None else described.get("descr", "")


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
