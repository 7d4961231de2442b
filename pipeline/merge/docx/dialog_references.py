"""Trees with references that Word's own dialog made in; the same with references to what the plan knows, or words.

"Insert a cross-reference" puts a bookmark of its own, `_Ref181234567`, around a heading and a field `REF _Ref181234567`
where it is wanted. Where that heading has a bookmark of the plan the field is made to name it; where not, there is
nothing in the plan that it could lead to, and its words stay.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from pipeline.merge.docx.wrappers import mark_of, text_piece, unwrap
from pipeline.ooxml.elements import Element, q

_NAMING: Final = re.compile(r"^(\s*(?:REF|PAGEREF|NOTEREF)\s+)(\S+)")
_OF_WORD: Final = re.compile(r"_Ref\d+")
_PARAGRAPH: Final = q("p")
_SHOWN: Final = (q("t"),)


def settle_references(roots: Sequence[Element], known: Collection[str]) -> tuple[str, ...]:
    """Renames what leads to something `known`, the bookmarks of the plan, and makes words of the rest.

    Told are the words of those that became words, in their order.
    """
    targets = dict(_targets(roots, known))
    lost: list[str] = []
    for root in roots:
        for link in list(root.iter(q("hyperlink"))):
            name = link.get(q("anchor"), "")
            if name in targets:
                link.set(q("anchor"), targets[name])
            elif _OF_WORD.fullmatch(name):
                lost.append(_words(link))
                unwrap(link)
                parent = link.getparent()
                if parent is not None:
                    parent.remove(link)
        for field in list(root.iter(q("instrText"))):
            match = _NAMING.match(field.text or "")
            if match is None:
                continue
            if match[2] in targets:
                field.text = f"{match[1]}{targets[match[2]]}{(field.text or '')[match.end() :]}"
            elif _OF_WORD.fullmatch(match[2]) and match[1].split() != ["PAGEREF"]:  # page numbers are told as such
                lost.append(_result(field))
                field.text = " QUOTE "  # a field whose result is words
    return tuple(dict.fromkeys(filter(None, lost)))


def _targets(roots: Sequence[Element], known: Collection[str]) -> Iterator[tuple[str, str]]:
    """What the dialog's bookmarks stand at: the bookmark of the plan in the same paragraph."""
    for root in roots:
        for paragraph in root.iter(_PARAGRAPH):
            names = [mark_of(item) for item in paragraph.iter(q("bookmarkStart"))]
            own = next((name for name in names if name in known), "")
            yield from ((name, own) for name in names if own and _OF_WORD.fullmatch(name))


def _words(element: Element) -> str:
    return " ".join("".join(map(text_piece, element.iter(*_SHOWN))).split())


def _result(instruction: Element) -> str:
    """The words that a field shows: those between its separator and its end."""
    paragraph = next(instruction.iterancestors(_PARAGRAPH), None)
    if paragraph is None:
        return ""
    shown, begun, inside = [], False, False
    for element in paragraph.iter(q("instrText"), q("fldChar"), *_SHOWN):
        if element is instruction:
            begun = True
        elif begun and element.tag == q("fldChar"):
            kind = element.get(q("fldCharType"))
            if inside and kind == "end":
                break
            inside = inside or kind == "separate"
        elif inside and element.tag in _SHOWN:
            shown.append(text_piece(element))
    return " ".join("".join(shown).split())
