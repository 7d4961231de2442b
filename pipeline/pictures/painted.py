"""Boxes and words on a sheet in, a PNG of it out. Lengths are millimetres from the sheet's upper left corner."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

_MM: Final = 25.4  # an inch


@dataclass(frozen=True)
class Box:
    """A rectangle; `fill` and `line` are colours as six hex digits, '' for none, `width` that of the line."""

    left: float
    top: float
    right: float
    bottom: float
    fill: str = ""
    line: str = ""
    width: float = 0.0


@dataclass(frozen=True)
class Words:
    """A line of words whose letters are `size` high, its middle at `middle`; `font` is a file."""

    left: float
    middle: float
    text: str
    font: Path
    size: float
    colour: str
    right: bool = False  # ends at `left` in place of beginning there


def painted(sheet: Box, shapes: Sequence[Box | Words], dots: int) -> bytes:
    """The sheet, filled, with the shapes on it in their order, in so many dots an inch; always the same bytes."""
    scale = dots / _MM
    size = round((sheet.right - sheet.left) * scale), round((sheet.bottom - sheet.top) * scale)
    image = Image.new("RGB", size, f"#{sheet.fill}")
    draw = ImageDraw.Draw(image)
    for shape in shapes:
        if isinstance(shape, Box):
            edges = [round(value * scale) for value in (shape.left, shape.top, shape.right, shape.bottom)]
            line = max(round(shape.width * scale), 1) if shape.line else 0
            draw.rectangle(edges, fill=_colour(shape.fill), outline=_colour(shape.line) if line else None, width=line)
        else:
            font = ImageFont.truetype(str(shape.font), round(shape.size * scale), layout_engine=ImageFont.Layout.BASIC)
            place = shape.left * scale, shape.middle * scale
            draw.text(place, shape.text, fill=_colour(shape.colour), font=font, anchor="rm" if shape.right else "lm")
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def _colour(digits: str) -> str | None:
    return f"#{digits}" if digits else None
