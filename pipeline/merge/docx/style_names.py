"""The styles part in, what is asked of a style by its ID out: its name, and the formats of letters that it brings."""

from __future__ import annotations

import re
from typing import Final

from pipeline.ooxml.elements import Element, q

FORMATS: Final = (("b", "strong"), ("i", "emph"), ("strike", "strike"), ("vertAlign", "sub"), ("vertAlign", "sup"))
"""The element of a format of letters, the node it makes; outermost first."""
RAISED: Final = {"sub": "subscript", "sup": "superscript"}
"""What the element says that letters below and above the line have in common."""
_SEMIBOLD: Final = "Semibold"  # ends the names of families that are bold enough: on them bold says nothing new
_QUALIFIED: Final = tuple((q(tag), kind) for tag, kind in FORMATS)
_OFF: Final = ("0", "false", "off", "none")
_DEEPEST: Final = 11  # styles based on one another; Word follows no more (ECMA-376, 17.7.4.3, names no limit)


def value_of(element: Element | None) -> str:
    """The `w:val` of an element, '' without one."""
    return "" if element is None else element.get(q("val"), "")


def formats_of(properties: Element | None) -> frozenset[str]:
    """The formats that are switched on in run properties."""
    if properties is None:
        return frozenset()
    first = {child.tag: child for child in reversed(properties)}
    return frozenset(kind for tag, kind in _QUALIFIED if tag in first and _is_on(first[tag], kind))


def _is_on(toggle: Element, kind: str) -> bool:
    if kind in RAISED:
        return value_of(toggle) == RAISED[kind]
    return toggle.get(q("val"), "true") not in _OFF


def _by_family(properties: Element | None) -> frozenset[str]:
    """What letters look like by the family that they stand in."""
    fonts = None if properties is None else properties.find(q("rFonts"))
    return frozenset(("strong",) if fonts is not None and fonts.get(q("ascii"), "").endswith(_SEMIBOLD) else ())


class Styles:
    """All styles of a document. Programs keep their names, not always their IDs."""

    def __init__(self, styles: Element | None) -> None:
        found = [] if styles is None else styles.findall(q("style"))
        self._styles = {style.get(q("styleId"), ""): style for style in found}
        self._names: dict[str, str] = {}
        self._formats: dict[str, frozenset[str]] = {}

    def name(self, identifier: str) -> str:
        """The style's name in small letters, without spaces and hyphens, `heading1` for one named "Heading 1".

        Programs write names with other capitals and spaces. Of a style that is not defined it is the ID.
        """
        if identifier not in self._names:
            style = self._styles.get(identifier)
            name = None if style is None else style.find(q("name"))
            self._names[identifier] = re.sub(r"[\s_-]", "", identifier if name is None else value_of(name)).lower()
        return self._names[identifier]

    def formats(self, identifier: str) -> frozenset[str]:
        """What the style, or one it is based on, switches on: on a text of this style it says nothing of its own."""
        if identifier not in self._formats:
            self._formats[identifier] = frozenset(self._collected(identifier))
        return self._formats[identifier]

    def _collected(self, identifier: str) -> set[str]:
        found: set[str] = set()
        settled: set[str] = set()
        # The nearest style that says anything about a format decides: where `K` is based on the bold `H` and says
        # `<b val="0"/>`, a text in `K` is not bold.
        for _ in range(_DEEPEST):
            style = self._styles.get(identifier)
            if style is None:
                break
            properties = style.find(q("rPr"))
            on = formats_of(properties) | _by_family(properties)
            found |= on - settled
            if properties is not None:
                settled |= {kind for tag, kind in FORMATS if properties.find(q(tag)) is not None}
                settled |= {"strong"} if properties.find(q("rFonts")) is not None else set()
            identifier = value_of(style.find(q("basedOn")))
        return found
