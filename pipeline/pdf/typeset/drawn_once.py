"""A drawing that stands in many places in, its operators out: worked out where it stands first, copied elsewhere.

A plan has the same few signs, bars and rails hundreds of times. WeasyPrint goes through a drawing's elements, units
and colours anew for each of them; that was a ninth of what a page takes.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import pydyf
from weasyprint.images import SVGImage
from weasyprint.pdf.stream import Stream

_draw: Final = SVGImage.draw
_KEPT: Final = "_drawn"  # on a drawing: what it was by its size
_ELSEWHERE: Final = ("XObject", "Pattern", "Shading")  # resources that have names of one place
_TEXT: Final = b"BT"


class Drawn(NamedTuple):
    """What a drawing puts on paper: operators, and the transparencies that they name."""

    operators: tuple[Any, ...]
    states: dict[str, Any]


def draw_once() -> None:
    """From now on drawings are worked out once a document and size."""
    SVGImage.draw = _draw_or_copy


def _draw_or_copy(image: Any, stream: Stream, width: float, height: float, style: Any) -> None:
    if not _fresh(stream):
        _draw(image, stream, width, height, style)
        return
    drawings: dict[tuple[float, float], Drawn | None] = image.__dict__.setdefault(_KEPT, {})
    size = (width, height)
    if size not in drawings:
        start, before = len(stream.stream), {name: len(stream._resources[name]) for name in _ELSEWHERE}
        _draw(image, stream, width, height, style)
        operators = tuple(stream.stream[start:])
        alone = all(len(stream._resources[name]) == before[name] for name in _ELSEWHERE) and _TEXT not in operators
        drawings[size] = Drawn(operators, dict(stream._resources["ExtGState"])) if alone else None
        return
    drawn = drawings[size]
    if drawn is None:
        _draw(image, stream, width, height, style)
        return
    stream.stream.extend(drawn.operators)
    for name, state in drawn.states.items():
        stream._resources["ExtGState"].setdefault(name, pydyf.Dictionary(state))


def _fresh(stream: Stream) -> bool:
    """Whether nothing but a place was set in a stream: what is drawn into it does not depend on what was before."""
    states = (stream._current_color, stream._current_color_stroke, stream._current_alpha, stream._current_alpha_stroke)
    return states == (None, None, None, None) and not stream._resources["ExtGState"]
