"""What Word writes into and between runs when it saves a file, by the specification only.

Unverified, for Word is not at hand.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from pipeline.ooxml.elements import Element, paragraph_style, properties, q, run_style, text, w
from tests.back.draft import plain
from tests.back.saving import W14, Saving, around, copied, cut, keep_spaces, with_properties

_SIGNED: Final = {
    "p": ("rsidR", "rsidRDefault", "rsidP", "rsidRPr"),
    "r": ("rsidR", "rsidRPr"),
    "tr": ("rsidR", "rsidTr"),
    "sectPr": ("rsidR", "rsidSect"),
}
_PLACE: Final = "urn:schemas-microsoft-com:office:smarttags"
_LEAST: Final = 2


def split_runs(saving: Saving) -> None:
    """Runs end anywhere, also inside a word: where somebody typed, where a word was checked."""
    for run in saving.text_runs():
        length = len(plain(run))
        if length >= _LEAST and saving.chance.random() < 0.6:
            cut(run, *(saving.chance.randrange(1, length) for _ in range(saving.chance.randint(1, 4))))


def join_runs(saving: Saving) -> None:
    """Neighbours of one look become one run with all their texts and breaks."""
    for run in saving.all("r"):
        before = run.getprevious()
        if before is None or before.tag != q("r") or not (_holds_text(before) and _holds_text(run)):
            continue
        if saving.is_spared(before) or saving.is_spared(run):
            continue
        if _look(before) == _look(run):
            for child in [child for child in before if child.tag != q("rPr")][::-1]:
                run.insert(1 if run.find(q("rPr")) is not None else 0, child)
            parent = before.getparent()
            assert parent is not None
            parent.remove(before)


def _holds_text(run: Element) -> bool:
    return all(child.tag in (q("rPr"), q("t"), q("br"), q("tab")) for child in run)


def _look(run: Element) -> bytes:
    inner = run.find(q("rPr"))
    return b"" if inner is None or not len(inner) else etree.tostring(inner, with_tail=False)


def save_numbers(saving: Saving) -> None:
    """Paragraphs, runs, rows and sections say in which session they were typed (`w:rsidR`, …)."""
    for name, attributes in _SIGNED.items():
        for element in saving.some(name, share=0.8):
            for attribute in attributes:
                element.set(q(attribute), saving.number())


def proofing(saving: Saving) -> None:
    """Words that the spelling or the grammar check underlines stand between signs."""
    for run in saving.text_runs():
        kind = saving.chance.choice(("spell", "gram", ""))
        if kind:
            run.addprevious(w("proofErr", type=f"{kind}Start"))
            run.addnext(w("proofErr", type=f"{kind}End"))


def smart_tags(saving: Saving) -> None:
    """Older files hold what Word once recognised: places, dates, persons; also one tag in another."""
    for run in saving.text_runs():
        if saving.chance.random() < 0.3:
            inner = w("smartTag", w("smartTagPr", w("attr", name="ProductID", val="Lindenmark")))
            outer = w("smartTag")
            for element, name in ((inner, "place"), (outer, "City")):
                element.set(q("uri"), _PLACE)
                element.set(q("element"), name)
            around(run, *((outer, inner) if saving.chance.random() < 0.3 else (inner,)))


def page_breaks_of_the_last_print(saving: Saving) -> None:
    """Where a page ended on the screen: at the beginning of a run, between two pieces of its text, alone."""
    for run in saving.text_runs():
        if saving.chance.random() > 0.2:
            continue
        piece, sign = run.find(q("t")), w("lastRenderedPageBreak")
        assert piece is not None
        content = piece.text or ""
        place = saving.chance.choice(("front", "middle", "alone"))
        if place == "alone":
            run.addprevious(with_properties(run, sign))
        elif place == "middle" and len(content) >= _LEAST:
            at = saving.chance.randrange(1, len(content))
            piece.addprevious(text(content[:at]))
            piece.addprevious(sign)
            piece.addprevious(text(content[at:]))
            run.remove(piece)
        else:
            piece.addprevious(sign)


def letters_as_elements(saving: Saving) -> None:
    """Hyphens that do not break and those that are only seen at a line's end are elements, not letters."""
    for run in saving.text_runs():
        piece = run.find(q("t"))
        assert piece is not None
        content = piece.text or ""
        at = content.find("-")
        name = "noBreakHyphen"
        if at < 0:
            at, name = len(content) // 2, "softHyphen"
        if not content or _is_code(run) or saving.chance.random() > 0.5:
            continue
        for child in (text(content[:at]), w(name), text(content[at + (name == "noBreakHyphen") :])):
            piece.addprevious(child)
        run.remove(piece)
    for line in saving.all("br"):
        if not line.attrib:
            line.set(q("type"), "textWrapping")
            line.set(q("clear"), "all")


def _is_code(run: Element) -> bool:
    """There every sign counts, also one that nobody sees."""
    (paragraph, *_) = run.iterancestors(q("p"))
    return run_style(run) == "VerbatimChar" or paragraph_style(paragraph) == "SourceCode"


def other_line_breaks(saving: Saving) -> None:
    """A line ends with `w:cr`, which says the same as `w:br`."""
    for line in saving.all("br"):
        if not line.attrib:
            line.tag = q("cr")


def languages(saving: Saving) -> None:
    """Runs and marks of paragraphs tell language, size for other scripts, ligatures, that nobody checks them."""
    for run in saving.some("r", share=0.6):
        _say(saving, properties(run, "rPr"))
    for paragraph in saving.some("p", share=0.4):
        inner = properties(paragraph, "pPr")
        if inner.find(q("rPr")) is None:
            marks = w("rPr")
            behind = inner.find(q("sectPr"))
            inner.append(marks) if behind is None else behind.addprevious(marks)
            _say(saving, marks)


def _say(saving: Saving, inner: Element) -> None:
    """Some of what a run's properties may also hold, in the schema's order."""
    ligatures = etree.Element(f"{{{W14}}}ligatures", {f"{{{W14}}}val": "standardContextual"}, {"w14": W14})
    further = [
        w("noProof"),
        w("webHidden"),
        w("kern", val=2),
        w("szCs", val=22),
        w("lang", val="de-DE", eastAsia="en-US", bidi="ar-SA"),
        ligatures,
    ]
    inner.extend(item for item in further if saving.chance.random() < 0.4 and inner.find(item.tag) is None)
    if inner.find(q("rFonts")) is None and saving.chance.random() < 0.3:
        inner.insert(0 if inner.find(q("rStyle")) is None else 1, w("rFonts", hint="eastAsia"))


def empty_runs(saving: Saving) -> None:
    """Runs without text are left over: where the cursor stood, with a look that nobody sees, with an empty text."""
    empty = (w("r"), w("r", w("t")), w("r", w("rPr", w("b"), w("bCs"))), w("r", w("rPr"), text("")))
    for run in saving.text_runs():
        if saving.chance.random() < 0.4:
            run.addnext(copied(saving.chance.choice(empty)))
            run.addprevious(copied(saving.chance.choice(empty)))


def switches(saving: Saving) -> None:
    """What is switched on may say so in words; what is off, too."""
    for name in ("b", "i", "strike", "bCs", "iCs"):
        for item in saving.all(name):
            if not item.attrib:
                item.set(q("val"), saving.chance.choice(("1", "true", "on")))
    for run in saving.text_runs():
        inner = properties(run, "rPr")
        for name in ("strike", "i", "b"):
            if inner.find(q(name)) is None and inner.find(q("rStyle")) is None and not _bold_anyway(run):
                inner.insert(0, w(name, val=saving.chance.choice(("0", "false"))))


def _bold_anyway(run: Element) -> bool:
    """A style may bring what the switch would take away; then that would be an edit."""
    paragraph = next(run.iterancestors(q("p")))
    return paragraph.find(f"{q('pPr')}/{q('pStyle')}") is not None


def spaces(saving: Saving) -> None:
    """No line breaks between elements; `xml:space` only where a space would get lost."""
    for root in saving.roots:
        for element in root.iter():
            element.tail = None
            if len(element) and not (element.text or "").strip():
                element.text = None
    for run in saving.all("r"):
        keep_spaces(run)
