"""What Word writes into paragraphs, tables, sections, styles, lists and notes when it saves a file.

By the specification; unverified, for Word is not at hand.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from pipeline.ooxml.elements import Element, properties, put, q, w
from tests.back.saving import NOTES, NUMBERING, SETTINGS, STYLES, W14, Saving

_STYLE_IDS: Final = {
    "Normal": "Standard",
    "DefaultParagraphFont": "Absatz-Standardschriftart",
    "TableNormal": "NormaleTabelle",
    "NoList": "KeineListe",
    "Title": "Titel",
    "Subtitle": "Untertitel",
    "TOC1": "Verzeichnis1",
    "TOC5": "Verzeichnis5",
    "TOCHeading": "Inhaltsverzeichnisberschrift",
    "ListParagraph": "Listenabsatz",
    "BlockText": "Blocktext",
    "FootnoteText": "Funotentext",
    "FootnoteReference": "Funotenzeichen",
    "Caption": "Beschriftung",
    "Header": "Kopfzeile",
    "Footer": "Fuzeile",
    **{f"Heading{level}": f"berschrift{level}" for level in range(1, 7)},
}
_NAMED: Final = tuple(map(q, ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")))


def ids_of_paragraphs(saving: Saving) -> None:
    """Every paragraph and row has an ID of its own and one of its text."""
    for element in saving.all("p", "tr"):
        element.set(f"{{{W14}}}paraId", saving.number())
        element.set(f"{{{W14}}}textId", "77777777")


def paragraph_properties(saving: Saving) -> None:
    """Paragraphs say for themselves what their style or nothing says: spacing, windows, hyphens, page of the web."""
    further = (
        w("widowControl", val="0"),
        w("suppressAutoHyphens"),
        w("autoSpaceDE", val="0"),
        w("adjustRightInd", val="0"),
        w("spacing", after=120, line=276, lineRule="auto"),
        w("contextualSpacing"),
        w("textAlignment", val="baseline"),
        w("divId", val="1234567"),
    )
    for paragraph in saving.some("p", share=0.5):
        for item in further:
            if saving.chance.random() < 0.3:
                put(properties(paragraph, "pPr"), etree.fromstring(etree.tostring(item)))


def tables(saving: Saving) -> None:
    """Tables have other widths, rows exceptions from the table's form, cells say in which band they stand."""
    for column in saving.all("gridCol", "tcW"):
        column.set(q("w"), str(int(column.get(q("w"), "0")) + saving.chance.randint(-3, 3)))
    for row in saving.some("tr", share=0.5):
        margins = w("tblCellMar", w("top", w=0, type="dxa"), w("bottom", w=0, type="dxa"))
        row.insert(0, w("tblPrEx", margins))
        inner = _row_properties(row)
        _put_first(inner, w("trHeight", val=saving.chance.randint(200, 400)))
        _put_first(inner, w("cnfStyle", val="000000100000", oddHBand="1"))
    for cell in saving.some("tc", share=0.3):
        _put_first(properties(cell, "tcPr"), w("cnfStyle", val="001000000000", firstColumn="1"))
        for paragraph in cell.findall(q("p")):
            put(properties(paragraph, "pPr"), w("cnfStyle", val="001000000000"))
    for look in saving.all("tblLook"):
        for name in [name for name in look.attrib if name != q("val")]:
            del look.attrib[name]


def _put_first(inner: Element, item: Element) -> None:
    """Instead of what there was of its kind; a change that is tracked stays behind it."""
    for old in inner.findall(item.tag):
        inner.remove(old)
    inner.insert(0, item)


def _row_properties(row: Element) -> Element:
    """A row's properties, which stand behind its exceptions."""
    found = row.find(q("trPr"))
    if found is None:
        found = w("trPr")
        row.insert(1, found)
    return found


def merged_cells(saving: Saving) -> None:
    """A cell that goes on from the row above says so without a value; over one column it says nothing."""
    for item in saving.all("vMerge"):
        if item.get(q("val")) == "continue":
            del item.attrib[q("val")]
    for item in saving.all("gridSpan"):
        if item.get(q("val")) == "1" and (parent := item.getparent()) is not None:
            parent.remove(item)


def sections(saving: Saving) -> None:
    """Sections have columns, a grid of lines and the same kind of notes."""
    for section in saving.all("sectPr"):
        section.extend((w("cols", space=708), w("docGrid", linePitch=360)))


def numbers_of_notes(saving: Saving) -> None:
    """Notes are counted anew, in the order in which they are called; those of lines are -1 and 0.

    Notes that nobody calls are gone, and there is another one for lines.
    """
    calls = saving.all("footnoteReference")
    new = {call: str(number) for number, call in enumerate(dict.fromkeys(call.get(q("id")) for call in calls), 1)}
    notes = saving.package.tree(NOTES)
    for item in [note for note in notes if note.get(q("type")) is None and note.get(q("id")) not in new]:
        notes.remove(item)
    for item in (*calls, *(note for note in notes if note.get(q("type")) is None)):
        item.set(q("id"), new[item.get(q("id"))])
    notes.append(w("footnote", w("p", w("r", w("continuationSeparator"))), type="continuationNotice", id=len(new) + 1))
    notes[:] = sorted(notes, key=lambda note: int(note.get(q("id"), "0")))


def numbers_of_lists(saving: Saving) -> None:
    """Lists are counted anew; their forms have a random number and one of a template."""
    numbering = saving.package.tree(NUMBERING)
    forms, lists = numbering.findall(q("abstractNum")), numbering.findall(q("num"))
    order = saving.chance.sample(range(len(forms)), len(forms))
    renamed = {form.get(q("abstractNumId")): str(number) for form, number in zip(forms, order, strict=True)}
    counted = {item.get(q("numId")): str(number) for number, item in enumerate(lists, 1)}
    for form in forms:
        form.set(q("abstractNumId"), renamed[form.get(q("abstractNumId"))])
        _put_template(form, saving.number())
    for item in lists:
        item.set(q("numId"), counted[item.get(q("numId"))])
        link = item.find(q("abstractNumId"))
        assert link is not None
        link.set(q("val"), renamed[link.get(q("val"))])
    for used in (*saving.all("numId"), *saving.package.tree(STYLES).iter(q("numId"))):
        used.set(q("val"), counted.get(used.get(q("val")), used.get(q("val"), "")))
    numbering[:] = [*sorted(forms, key=lambda form: int(form.get(q("abstractNumId"), "0"))), *lists]


def _put_template(form: Element, number: str) -> None:
    """A list's form and its levels name the template that they came from."""
    behind = form.find(q("multiLevelType"))
    assert behind is not None
    behind.addnext(w("tmpl", val=number))
    for level in form.findall(q("lvl")):
        level.set(q("tplc"), number)


def order_of_lists(saving: Saving) -> None:
    """A list that starts anew says so beside its number."""
    for item in saving.package.tree(NUMBERING).findall(q("num")):
        if item.find(q("lvlOverride")) is None:
            item.append(w("lvlOverride", w("startOverride", val=1), ilvl=0))


def german_styles(saving: Saving) -> None:
    """A German Word gives the styles that it knows German IDs; their names stay English, and each has a linked one."""
    styles = saving.package.tree(STYLES)
    for style in styles.findall(q("style")):
        name = style.get(q("styleId"), "")
        style.set(q("styleId"), _STYLE_IDS.get(name, name))
    headers = (name for name in saving.package.parts if name.startswith(("word/header", "word/footer")))
    for root in (*saving.roots, styles, saving.package.tree(NUMBERING), *map(saving.package.tree, headers)):
        for item in root.iter(*_NAMED):
            item.set(q("val"), _STYLE_IDS.get(item.get(q("val"), ""), item.get(q("val"), "")))
    for level in range(1, 4):
        styles.append(_linked(f"berschrift{level}Zchn", f"Überschrift {level} Zchn", f"berschrift{level}"))


def _linked(identifier: str, name: str, link: str) -> Element:
    style = w("style", w("name", val=name), w("basedOn", val="Absatz-Standardschriftart"), w("link", val=link))
    for key, value in (("type", "character"), ("customStyle", "1"), ("styleId", identifier)):
        style.set(q(key), value)
    style.append(w("rPr", w("b")))
    return style


def details_of_styles(saving: Saving) -> None:
    """Styles have numbers of saving and a place in lists; those that are not used stand in a list of their own."""
    styles = saving.package.tree(STYLES)
    styles.insert(0, w("latentStyles", w("lsdException", name="heading 1"), defLockedState="0"))
    for style in styles.findall(q("style")):
        name = style.find(q("name"))
        assert name is not None
        name.addnext(w("aliases", val="Unsere Vorlage"))
        style.append(w("rsid", val=saving.number()))


def settings(saving: Saving) -> None:
    """The settings list all numbers of saving, count notes, and know how the screen looked."""
    root = saving.package.tree(SETTINGS)
    root.append(w("rsids", w("rsidRoot", val=saving.number()), *(w("rsid", val=saving.number()) for _ in range(40))))
    root.append(w("proofState", spelling="clean", grammar="clean"))
    root.append(w("footnotePr", w("footnote", id=-1), w("footnote", id=0)))
