"""Trees with hidden text in; out: a list of it, and the trees without, but for what the plan shows anyway.

Word hides letters (`w:vanish`) without deleting them: nobody sees them, and a reader of the file finds them between
the others. A note that somebody hid must not be printed, and words of the plan that somebody hid must not be gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from pipeline.merge.docx.comments import nearest_marks
from pipeline.merge.docx.style_names import value_of
from pipeline.merge.docx.unsupported import Unsupported
from pipeline.merge.docx.wrappers import SEEN, shows, text_of
from pipeline.ooxml.elements import Element, q, remove

_RUN: Final = q("r")
_PARAGRAPH: Final = q("p")
_VANISH: Final = q("vanish")
_OFF: Final = ("0", "false", "off")
_DEEPEST: Final = 11  # styles based on one another, as in `style_names`
HIDDEN: Final = "Verborgener Text"
STAYS: Final = "Verborgener Text des Plans"


def take_hidden(
    roots: Sequence[Element], styles: Element | None, base: Callable[[], Sequence[Element]]
) -> tuple[Unsupported, ...]:
    """All hidden text, in reading order; what stands so in a paragraph of `base`, the file as it was built, stays."""
    hides = _styles_that_hide(styles)
    if not hides and all(next(root.iter(_VANISH), None) is None for root in roots):
        return ()

    @cache
    def known() -> str:
        return "\n".join(_plain(paragraph) for root in base() for paragraph in root.iter(_PARAGRAPH))

    return tuple(item for root in roots for item in _taken(root, hides, known))


def _taken(root: Element, hides: frozenset[str], known: Callable[[], str]) -> Iterator[Unsupported]:
    found: list[tuple[list[Element], str]] = []
    for run, mark, _ in nearest_marks(root, (_RUN,)):
        if _is_hidden(run, hides) and any(map(shows, run.iter(*SEEN))):
            if found and found[-1][0][-1] is run.getprevious():
                found[-1][0].append(run)
            else:
                found.append(([run], mark))
    for runs, mark in found:
        said = " ".join("".join(map(text_of, runs)).split())
        if not said:
            continue  # a space that nobody sees
        stays = said in known()
        paragraph = next(runs[0].iterancestors(_PARAGRAPH), None)
        for run in runs:
            for vanish in list(run.iter(_VANISH)):
                remove(vanish)
            if not stays:
                remove(run)
        beside = "" if paragraph is None else text_of(paragraph).strip()
        yield Unsupported(STAYS if stays else HIDDEN, said, beside, mark)


def _plain(paragraph: Element) -> str:
    return " ".join(text_of(paragraph).split())


def _is_hidden(run: Element, hides: frozenset[str]) -> bool:
    """What the run says itself counts; else what its style says, or that of its paragraph."""
    properties = run.find(q("rPr"))
    own = None if properties is None else properties.find(_VANISH)
    if own is not None:
        return _is_on(own)
    style = "" if properties is None else value_of(properties.find(q("rStyle")))
    if not hides:
        return False
    paragraph = next(run.iterancestors(_PARAGRAPH), None)
    around = "" if paragraph is None else value_of(paragraph.find(f"{q('pPr')}/{q('pStyle')}"))
    return style in hides or around in hides


def _is_on(vanish: Element) -> bool:
    return vanish.get(q("val"), "true") not in _OFF


def _styles_that_hide(styles: Element | None) -> frozenset[str]:
    """The IDs of the styles that hide their text, or are based on one that does."""
    found = [] if styles is None else styles.findall(q("style"))
    by_id = {style.get(q("styleId"), ""): style for style in found}

    def hides(identifier: str, depth: int = 0) -> bool:
        style = by_id.get(identifier)
        if style is None or depth > _DEEPEST:
            return False
        own = style.find(f"{q('rPr')}/{_VANISH}")
        return _is_on(own) if own is not None else hides(value_of(style.find(q("basedOn"))), depth + 1)

    return frozenset(identifier for identifier in by_id if hides(identifier))
