"""A box and the block that contains it in, the box's margins, paddings and sizes out: worked out once a style.

Boxes of one style stand in blocks of one width all over a page, and each is laid out several times; every time
WeasyPrint resolves its twenty lengths anew.
"""

from __future__ import annotations

from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, block, column, grid, inline, page, percent, table
from weasyprint.layout import float as floating

_resolve: Final = percent.resolve_percentages
_KEPT: Final = "_lengths"  # on a style: what was worked out, by what it depends on
_SIDES: Final = ("top", "right", "bottom", "left")
_BORDERS: Final = tuple(f"border_{side}_width" for side in _SIDES)
_SIZES: Final = ("width", "min_width", "max_width", "height", "min_height", "max_height")
SET: Final = (
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *_BORDERS,
    *_SIZES,
)
"""All that `resolve_percentages` sets of a box."""


def resolve_once() -> None:
    """From now on equal lengths are worked out once."""
    for module in (absolute, block, column, floating, grid, inline, page, percent, table):
        module.resolve_percentages = _resolve_or_copy


def _resolve_or_copy(box: Any, containing_block: Any) -> None:
    style = box.style
    if isinstance(box, boxes.PageBox):
        _resolve(box, containing_block)  # its heights are parts of a height
        return
    if isinstance(containing_block, boxes.Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    # Sizes are what layout itself changes of a style: of an item in a row that is tried in another width.
    key: tuple[Any, ...] = (width, height, *[style[name] for name in _SIZES])
    if style["border_collapse"] == "collapse":  # a cell's borders depend on the cells beside it, and are known by now
        key += tuple([getattr(box, name, None) for name in _BORDERS])
    kept: dict[Any, dict[str, Any]] = style.__dict__.setdefault(_KEPT, {})
    known = kept.get(key)
    if known is None:
        _resolve(box, containing_block)
        kept[key] = {name: getattr(box, name) for name in SET}
    else:
        box.__dict__.update(known)
