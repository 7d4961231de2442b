"""The units of a base in, to which text each belongs out; an edited file's units get theirs from those around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pipeline.merge.differences.align_units import Pairs
from pipeline.merge.differences.moved_units import blocks, wandered
from pipeline.merge.markdown.units import Unit

TERM: Final = "glossar-"  # what the names of terms begin with


def owners(units: Sequence[Unit], is_text: Callable[[str], bool]) -> list[str]:
    """The text that each unit of the base belongs to, '' for what is made from the data.

    A generated part inside a text belongs to nobody, and neither does what stands between two texts.
    """
    return [unit.place.source if unit.place and is_text(unit.place.source) else "" for unit in units]


def surroundings(units: Sequence[Unit], owner: Sequence[str]) -> list[str]:
    """The text around each unit: that of its own, or of what is generated inside a text, that text."""
    following = ""
    after: list[str] = []
    for index in range(len(units) - 1, -1, -1):
        following = owner[index] or ("" if units[index].places else following)
        after.append(following)
    after.reverse()
    result, before = [], ""
    for index, unit in enumerate(units):
        before = owner[index] or ("" if unit.places else before)
        result.append(before if before == after[index] else owner[index])
    return result


def edited_owners(
    base: Sequence[Unit], edited: Sequence[Unit], pairs: Pairs, is_text: Callable[[str], bool]
) -> list[str]:
    """The text that each unit of the edited file belongs to; '' where none can be told.

    What is new belongs to the text of what stands before it, else to that of what follows; and so does what was moved,
    unless its own text is there. What begins something of its own belongs to none of them, with all that is new behind
    it: a chapter, a term of the glossary, a heading where the text above has none. The line that names a sheet's strand
    never is text.
    """
    owner = owners(base, is_text)
    around = surroundings(base, owner)
    away = _away(owner, pairs)
    own = [owner[pairs.base_of[at]] if at in pairs.base_of and at not in away else None for at in range(len(edited))]
    near = [around[pairs.base_of[index]] if index in pairs.base_of else None for index in range(len(edited))]
    following: list[str] = []
    then = ""
    for index in range(len(edited) - 1, -1, -1):
        if own[index] is not None:
            opens = base[pairs.base_of[index]].level == 1  # nothing new belongs before a text's title
            then = "" if opens else (own[index] or "")
        following.append(then)
    following.reverse()
    result, before, apart = [], "", False
    for index, unit in enumerate(edited):
        known = "" if unit.rail else own[index]
        if known is not None:
            before = near[index] or ""
        text = _settled(before, following[index], away.get(index, ""))
        is_new = index not in pairs.base_of
        apart = is_new and not unit.rail and (apart or begins(unit, text))
        result.append("" if apart else text if known is None else known)
    return result


def begins(unit: Unit, text: str) -> bool:
    """Whether a new unit begins something that no text holds, `text` being the one around it: a chapter is a text of
    its own, and so is a term's meaning; values of the data have no headings.
    """
    if unit.kind == "term":
        return text.startswith(TERM)
    return unit.kind == "heading" and bool(text) and (unit.level == 1 or not text.endswith(".md"))


def _away(owner: Sequence[str], pairs: Pairs) -> Mapping[int, str]:
    """Paragraphs of texts that were moved, with their text. What moved along with a sheet stays with it."""
    found: dict[int, str] = {}
    for block in blocks(wandered(owner, pairs), pairs):
        texts = [owner[pairs.base_of[index]] for index in block]
        if all(texts):
            found |= dict(zip(block, texts, strict=True))
    return found


def _settled(before: str, following: str, own: str) -> str:
    return own if own and own in (before, following) else before or following
