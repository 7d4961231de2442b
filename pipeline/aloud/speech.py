"""A tag tree in, lines of German text out: what a listener hears, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from pipeline.aloud.cells import Cell, rows, width
from pipeline.aloud.read_tags import Element, Tagged

STEP = "  "
_INLINE = frozenset({"Span", "Link", "Reference", "Code", "Quote", "Note", "Lbl"})
_LANGUAGES = {"de": "deutsch", "en": "englisch", "fr": "französisch", "nl": "niederländisch", "tr": "türkisch"}


def speak(tagged: Tagged) -> Iterator[str]:
    """What is said, line by line; what is inside something else is indented.

    As in a screen reader, what is not text is told in words: "Tabelle, 3 Zeilen, 2 Spalten", and in a table's row the
    column's header before each cell.
    """
    language = _language(tagged.language)
    yield f"Dokument „{tagged.title}“, {language}, {_count(tagged.pages, 'Seite', 'Seiten')}"
    yield from _blocks(tagged.kids, "")


def _blocks(kids: Sequence[Element | str], indent: str) -> Iterator[str]:
    """The lines for what an element holds: running text together, blocks each by itself."""
    line: list[Element | str] = []
    for kid in kids:
        if isinstance(kid, str) or kid.tag in _INLINE:
            line.append(kid)
            continue
        yield from _line(line, indent)
        line = []
        yield from _block(kid, indent)
    yield from _line(line, indent)


def _line(kids: Sequence[Element | str], indent: str, before: str = "") -> Iterator[str]:
    if text := " ".join(_inline(kids).split()):
        yield f"{indent}{before}{text}"


def _block(element: Element, indent: str) -> Iterator[str]:
    tag = element.tag
    if tag[0] == "H" and tag[1:].isdigit():
        yield from _line(element.kids, indent, f"Überschrift {tag[1:]}: ")
    elif tag == "Figure":
        yield f"{indent}{_figure(element)}"
    elif tag == "Table":
        yield from _table(element, indent)
    elif tag in ("L", "TOC"):
        yield from _list(element, indent)
    elif tag == "Caption":
        yield from _line(element.kids, indent, "Beschriftung: ")
    elif tag == "BlockQuote":
        yield f"{indent}Zitat"
        yield from _blocks(element.kids, indent + STEP)
        yield f"{indent}Ende des Zitats"
    elif element.language:
        yield f"{indent}{_language(element.language)}:"
        yield from _blocks(element.kids, indent + STEP)
    else:
        yield from _blocks(element.kids, indent)


def _list(element: Element, indent: str) -> Iterator[str]:
    entries = [kid for kid in element.elements if kid.tag in ("LI", "TOCI")]
    name = "Inhaltsverzeichnis" if element.tag == "TOC" else "Liste"
    yield f"{indent}{name}, {_count(len(entries), 'Eintrag', 'Einträge')}"
    for entry in entries:
        said = list(_blocks(_flat(entry), indent + STEP))
        yield from said or [f"{indent}{STEP}leer"]
    yield f"{indent}Ende der Liste"


def _flat(entry: Element) -> tuple[Element | str, ...]:
    """A list entry's label and body as one run, so that both are said on one line."""
    kids: list[Element | str] = []
    for kid in entry.kids:
        kids += (*kid.kids, " ") if isinstance(kid, Element) and kid.tag == "LBody" else (kid,)
    return tuple(kids)


def _table(table: Element, indent: str) -> Iterator[str]:
    caption = next((kid for kid in table.elements if kid.tag == "Caption"), None)
    title = f": {_plain(caption)}" if caption else ""
    lines = rows(table)
    size = f"{_count(len(lines), 'Zeile', 'Zeilen')}, {_count(width(table), 'Spalte', 'Spalten')}"
    yield f"{indent}Tabelle, {size}{title}"
    reaching_down: set[int] = set()
    for number, line in enumerate(lines, 1):
        heads = [cell.element for cell in line if cell.is_header]
        yield from _row(line, number, reaching_down | {id(head) for head in heads}, indent + STEP)
        reaching_down |= {id(head) for head in heads if head.rows > 1}
    yield f"{indent}Ende der Tabelle"


def _row(line: Sequence[Cell], number: int, said: Set[int], indent: str) -> Iterator[str]:
    """A row on one line: what it is called, then its cells, each with the headers that were not said just before.

    So screen readers do it: the row's headers are said once, and of a cell's only the column's are left, as in
    `Zeile 3: 1.1.1 | (Zeitraum) ab Q1 2027`; beside a label there are none: `Zeile 3: Zeitraum | ab Q1 2027`. Empty
    cells are passed over in silence. A cell of several lines parts the row: it and what follows stand below.
    `said`: the headers of this row, those that reach down from rows above too.
    """
    along = [head for cell in line if cell.is_header and (head := _plain(cell.element))]
    below: list[str] = []
    for cell in line:
        inside = [] if cell.is_header else list(_blocks(cell.element.kids, indent + STEP * 2))
        names = "; ".join(_bare(header) for header in cell.headers if id(header) not in said)
        before = f"({names}) " if names else ""
        if len(inside) == 1 and not below:
            along.append(before + inside[0].strip())
        elif len(inside) == 1:
            below.append(f"{indent}{STEP}{before}{inside[0].strip()}")
        elif inside:
            below += [f"{indent}{STEP}{before.rstrip()}", *inside] if before else inside
    yield f"{indent}Zeile {number}{': ' if along else ''}{' | '.join(along)}"
    yield from below


def _inline(kids: Sequence[Element | str]) -> str:
    return "".join(kid if isinstance(kid, str) else _phrase(kid) for kid in kids)


def _phrase(element: Element) -> str:
    inside = _inline(element.kids)
    if element.tag == "Link":
        return f"[Verweis: {inside.strip()} → {element.target}]{' ' if inside.endswith(' ') else ''}"
    if element.tag == "Note":
        return f" [Fußnote {inside.strip()}] "
    if element.tag == "Reference" and not element.elements:  # one of a contents list holds a link
        return f" [Fußnotenzeichen {inside.strip()}]"
    if element.tag == "Figure":
        return f"[{_figure(element)}]"
    if element.tag == "Lbl":
        return f"{inside.strip()} "
    if element.language:
        return f"[{_language(element.language)}: {inside}]"
    return inside if element.tag in _INLINE else f"{inside} "


def _plain(element: Element) -> str:
    return " ".join(_inline(element.kids).split())


def _bare(element: Element) -> str:
    """Its text alone, or its alternative, without a word on links."""
    if element.tag == "Figure":
        return element.alternative
    texts = (kid if isinstance(kid, str) else f"{_bare(kid)} " for kid in element.kids)
    return " ".join("".join(texts).split())


def _figure(element: Element) -> str:
    return f"Abbildung: {element.alternative}" if element.alternative else "Abbildung ohne Beschreibung"


def _language(code: str) -> str:
    return _LANGUAGES.get(code.partition("-")[0].lower(), f"Sprache {code}" if code else "ohne Sprache")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
