"""What deleted text of the old file leads to, brought into the new one: notes, links, pictures, ways of counting.

Both files number these from one on. So the old file's get numbers first that the new one has none of; and what of it
stands in the new one in the end is brought along by them.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pipeline.ooxml.elements import Element, inner, plain_text, q
from pipeline.ooxml.package import Package
from pipeline.text.in_order import in_order
from pipeline.text.likeness import PARAGRAPH
from pipeline.word.redline.side import BLIP, DOCUMENT, EMBEDDED, LINKED, NOTES, NUMBERING, Side, relations

_FIRST: Final = 100_000  # no file of ours counts as far
_RELATION: Final = "rIdAlt"  # what the numbers of relationships begin with then
_CALL, _NUMBER_OF_LIST = q("footnoteReference"), q("numId")
_PROPERTIES: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_LINK: Final = q("hyperlink")


def number_apart(old: Package) -> Package:
    """Gives the old file's notes, lists, links and pictures numbers of their own."""
    for part in (DOCUMENT, NOTES):
        root = old.tree(part)
        for element in root.iter(_CALL, q("footnote")):
            element.set(q("id"), _apart(element.get(q("id"), "0")))
        for element in root.iter(_NUMBER_OF_LIST):
            element.set(q("val"), _apart(element.get(q("val"), "0")))
        for element, name in _related(root):
            element.set(name, f"{_RELATION}{element.get(name)}")
        if relations(part) in old.parts:
            for item in old.tree(relations(part)):
                item.set("Id", f"{_RELATION}{item.get('Id')}")
    for number in old.tree(NUMBERING).findall(q("num")):
        number.set(q("numId"), _apart(number.get(q("numId"), "0")))
    return old


def pair_notes(old: Side, new: Side) -> None:
    """Finds out which note of the new file is which of the old one, in the order in which they are called."""
    before, after = (list(_called(side)) for side in (old, new))
    texts = [[plain_text(side.notes[number]) for number in numbers] for side, numbers in ((old, before), (new, after))]
    for at, other in in_order(texts[0], texts[1], (texts[0], texts[1]), _likeness):
        if at is not None and other is not None:
            old.same_note[before[at]] = new.same_note[after[other]] = after[other]


def kept_notes(old: Side, new: Side) -> Iterator[tuple[Element, Element]]:
    """The notes that are called where they were, as they were and are."""
    of_old = {name: number for number, name in old.same_note.items()}
    for call in new.body.iter(_CALL):
        number = call.get(q("id"), "")
        tracked = next(call.iterancestors(q("ins"), q("del")), None) is not None
        if not tracked and new.same_note.get(number) in of_old:
            yield old.notes[of_old[new.same_note[number]]], new.notes[number]


def bring_along(old: Side, new: Side, lists: Mapping[str, str]) -> None:
    """Everything of the old file that text of it leads to. `lists`: its lists that are one with a list of the new."""
    notes = new.package.tree(NOTES)
    for place, call in enumerate(new.body.iter(_CALL), max(map(int, new.notes), default=0) + 1):
        number = call.get(q("id"), "")
        note = new.notes[number] if number in new.notes else _without_bookmarks(old.notes[number])
        call.set(q("id"), str(place))  # LibreOffice 7.4 takes notes in their order, whatever their numbers
        note.set(q("id"), str(place))
        notes.append(note)
    for root, part in ((new.body, DOCUMENT), (notes, NOTES)):
        for element, name in _related(root):
            if element.get(name, "").startswith(_RELATION):
                _relate(old, new, part, element.get(name, ""))
    used: dict[str, None] = {}
    for root in (new.body, notes):
        for element in root.iter(_NUMBER_OF_LIST):
            number = element.get(q("val"), "")
            if int(number) >= _FIRST:
                element.set(q("val"), lists.get(number, number))
                used[element.get(q("val"), "")] = None
    _count(old, new, [number for number in used if int(number) >= _FIRST])
    for index, element in enumerate(new.body.iter(_PROPERTIES), 1):
        element.set("id", str(index))


def _likeness(old: str, new: str) -> float:
    found = PARAGRAPH.likeness(old, new)
    return found if found >= PARAGRAPH.at_least else 0.0


def _apart(number: str) -> str:
    """`7` becomes `100007`; what stands for none, and the lines that part notes from text, stay."""
    return str(int(number) + _FIRST) if int(number) > 0 else number


def _related(root: Element) -> Iterator[tuple[Element, str]]:
    """What has a relationship, and the attribute that names it."""
    yield from ((element, LINKED) for element in root.iter(_LINK) if element.get(LINKED))
    yield from ((element, EMBEDDED) for element in root.iter(BLIP) if element.get(EMBEDDED))


def _called(side: Side) -> Iterable[str]:
    numbers = (call.get(q("id"), "") for call in side.body.iter(_CALL))
    return dict.fromkeys(number for number in numbers if number in side.notes)


def _without_bookmarks(note: Element) -> Element:
    made = copy.deepcopy(note)
    for point in list(made.iter(q("bookmarkStart"), q("bookmarkEnd"))):
        parent = point.getparent()
        assert parent is not None
        parent.remove(point)
    return made


def _relate(old: Side, new: Side, part: str, identifier: str) -> None:
    """Copies a relationship, and the picture that it leads to."""
    known = new.package.tree(relations(part))
    if any(item.get("Id") == identifier for item in known):
        return
    found = next(item for item in old.package.tree(relations(part)) if item.get("Id") == identifier)
    made = copy.deepcopy(found)
    if found.get("TargetMode") != "External":
        target = found.get("Target", "")
        name = f"media/alt-{target.rpartition('/')[2]}"
        made.set("Target", name)
        new.package.parts[f"word/{name}"] = old.package.parts[f"word/{target}"]
        new.package.add_default_type(name.rpartition(".")[2], old.package.type_of(f"word/{target}"))
    known.append(made)


def _count(old: Side, new: Side, numbers: Iterable[str]) -> None:
    """Copies how lists count."""
    before, after = (side.package.tree(NUMBERING) for side in (old, new))
    for number in numbers:
        found = copy.deepcopy(next(item for item in before.findall(q("num")) if item.get(q("numId")) == number))
        kind = inner(found, "abstractNumId")
        assert kind is not None
        own = copy.deepcopy(
            next(item for item in before.findall(q("abstractNum")) if _abstract(item) == kind.get(q("val")))
        )
        free = str(_FIRST + len(after.findall(q("abstractNum"))))
        own.set(q("abstractNumId"), free)
        kind.set(q("val"), free)
        after.insert(len(after.findall(q("abstractNum"))), own)
        after.append(found)


def _abstract(item: Element) -> str:
    return item.get(q("abstractNumId"), "")
