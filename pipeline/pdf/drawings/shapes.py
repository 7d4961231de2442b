"""Positions and a palette in, SVG elements out: the bars, marks and hatchings that all drawings are made of.

Positions and lengths are in the units of the drawing's view box, millimetres unless a function says otherwise. The
signs of strands are one family: `filled`, `open`, `half`, `ring`, `split`, and `none` for partners; each has a form as
bar, as mark and as ground below a letter, and is told from the others without colour.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape

from pipeline.pdf.tokens import tokens


@dataclass(frozen=True)
class Palette:
    """The colours of a drawing on its ground."""

    filled: str
    open: str
    open_ground: str
    other: str  # further strands
    partner: str
    ground: str
    grid: str
    text: str

    def stroke(self, shape: str) -> str:
        """The colour of a shape's outline."""
        return {"open": self.open, "none": self.partner}.get(shape, self.other)


def paper() -> Palette:
    """The colours of drawings on paper."""
    colour = tokens().colour
    return Palette(
        filled=colour["petrol"],
        open=colour["copper"],
        open_ground=colour["copper_tint"],
        other=colour["ink"],
        partner=colour["line"],
        ground=colour["paper"],
        grid=colour["hair"],
        text=colour["grey"],
    )


def dark() -> Palette:
    """The colours of drawings on the dark cover."""
    colour = tokens().colour
    return Palette(
        filled=colour["cover_filled"],
        open=colour["cover_open"],
        open_ground=colour["petrol_dark"],
        other=colour["cover_text"],
        partner=colour["cover_text"],
        ground=colour["petrol_dark"],
        grid=colour["cover_grid"],
        text=colour["cover_filled"],
    )


@dataclass(frozen=True)
class Box:
    """A rectangle from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


def svg(width: float, height: float, body: str, *, title: str = "", unit: str = "mm", name: str = "") -> str:
    """A drawing; with `title` it carries its alternative, `name` is its class."""
    alternative = f"<title>{escape(title)}</title>" if title else ""
    classes = f' class="{escape(name)}"' if name else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{classes} width="{width:g}{unit}" '
        f'height="{height:g}{unit}" viewBox="0 0 {width:g} {height:g}">{alternative}{body}</svg>'
    )


def css_url(drawing: str) -> str:
    """A drawing as a value for CSS' backgrounds, where it is decoration and has no place in the tag tree."""
    return f"url('data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}')"


def path(commands: str, *, fill: str = "none", stroke: str = "", width: float = 0) -> str:
    """A path, filled, outlined or both."""
    line = f' stroke="{stroke}" stroke-width="{width:g}"' if stroke else ""
    return f'<path d="{commands}" fill="{fill}"{line}/>'


def vertical(x: float, top: float, bottom: float, stroke: str, width: float) -> str:
    """An upright line."""
    return path(f"M{x:.2f} {top:.2f}V{bottom:.2f}", stroke=stroke, width=width)


def _bar_path(box: Box, pointed: bool) -> str:
    """A bar's outline; a pointed end says that it goes on."""
    right, bottom = box.x + box.width, box.y + box.height
    tip = min(box.height / 2, box.width) if pointed else 0
    end = (
        f"H{right - tip:.2f}L{right:.2f} {box.y + box.height / 2:.2f}L{right - tip:.2f} {bottom:.2f}"
        if pointed
        else f"H{right:.2f}V{bottom:.2f}"
    )
    return f"M{box.x:.2f} {box.y:.2f}{end}H{box.x:.2f}Z"


def bar(shape: str, box: Box, palette: Palette, line: float, *, pointed: bool = False) -> str:
    """A bar in a strand's shape; `line` is the width of outlines."""
    if shape == "filled":
        return path(_bar_path(box, pointed), fill=palette.filled)
    inset = Box(
        box.x + line / 2,
        box.y + line / 2,
        max(box.width - line, line),
        max(box.height - line, line),
    )
    stroke = palette.stroke(shape)
    ground = palette.open_ground if shape == "open" else palette.ground
    outline = path(_bar_path(inset, pointed), fill=ground, stroke=stroke, width=line)
    return outline + _bar_inside(shape, inset, stroke, line)


def _bar_inside(shape: str, box: Box, stroke: str, line: float) -> str:
    middle, bottom = box.y + box.height / 2, box.y + box.height
    if shape == "half":
        end = max(box.width - box.height / 2, 0)
        return path(f"M{box.x:.2f} {middle:.2f}h{end:.2f}V{bottom:.2f}H{box.x:.2f}Z", fill=stroke)
    if shape == "ring":
        margin = min(box.height / 2, box.width / 4)
        line_path = f"M{box.x + margin:.2f} {middle:.2f}h{box.width - 2 * margin:.2f}"
        return path(line_path, stroke=stroke, width=line)
    if shape == "split":
        step = max(box.height, 1.0)
        ticks = int(box.width / step - 0.5)
        marks = "".join(f"M{box.x + step * (i + 1):.2f} {box.y:.2f}V{bottom:.2f}" for i in range(ticks))
        return path(marks, stroke=stroke, width=line / 2) if marks else ""
    return ""


def mark(shape: str, x: float, y: float, size: float, palette: Palette) -> str:
    """A strand's sign without its letter, centred on x and y."""
    half, line = size / 2, size / 8
    if shape == "filled":
        return path(
            f"M{x - half:.2f} {y - half:.2f}h{size:.2f}v{size:.2f}h{-size:.2f}Z",
            fill=palette.filled,
        )
    stroke = palette.stroke(shape)
    if shape in ("open", "ring"):
        outer = _circle(x, y, half - line / 2, palette.ground, stroke, line)
        return outer + (_circle(x, y, half / 3, stroke) if shape == "ring" else "")
    inner = size - line
    edge = f"M{x - inner / 2:.2f} {y - inner / 2:.2f}h{inner:.2f}v{inner:.2f}h{-inner:.2f}Z"
    frame = path(edge, fill=palette.ground, stroke=stroke, width=line)
    if shape == "half":
        return frame + path(f"M{x - half:.2f} {y:.2f}h{size:.2f}v{half:.2f}h{-size:.2f}Z", fill=stroke)
    if shape == "split":
        return frame + path(f"M{x - half:.2f} {y - half:.2f}h{half:.2f}v{size:.2f}h{-half:.2f}Z", fill=stroke)
    return frame


def _circle(x: float, y: float, radius: float, fill: str, stroke: str = "", width: float = 0) -> str:
    line = f' stroke="{stroke}" stroke-width="{width:g}"' if stroke else ""
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="{fill}"{line}/>'


def sign_ground(shape: str) -> str:
    """What stands below the letter of a strand's sign; a drawing in points."""
    colours, size = paper(), tokens().pt["sign"]["side"]
    stroke, middle = colours.stroke(shape), size / 2
    frame = f"M.4 .4H{size - 0.4}V{size - 0.4}H.4Z"
    bodies = {
        "filled": path(f"M0 0H{size}V{size}H0Z", fill=colours.filled),
        "open": _circle(middle, middle, middle - 0.5, colours.ground, stroke, 1),
        "half": path(frame, fill=colours.ground, stroke=stroke, width=0.8)
        + path(f"M0 {size - 2.2}H{size}V{size}H0Z", fill=stroke),
        "ring": _circle(middle, middle, middle - 0.25, colours.ground, stroke, 0.5)
        + _circle(middle, middle, middle - 1.25, colours.ground, stroke, 0.5),
        "split": path(frame, fill=colours.ground, stroke=stroke, width=0.8) + path(f"M0 0H2.2V{size}H0Z", fill=stroke),
        "none": path(frame, fill=colours.ground, stroke=stroke, width=0.75),
    }
    return svg(size, size, bodies[shape], unit="pt")


def state_mark(key: str) -> str:
    """The mark of a status, of a measure or of a step towards the resolution; in points, '' if there is none."""
    ink, line = tokens().colour["ink"], tokens().colour["line"]
    ground = tokens().colour["paper"]
    ring = _circle(4, 4, 3.3, ground, ink, 0.9)
    bodies = {
        "vorschlag": f'<circle cx="4" cy="4" r="3.3" fill="{ground}" stroke="{line}" '
        'stroke-width=".9" stroke-dasharray="1.7 1.76"/>',
        "offen": _circle(4, 4, 3.3, ground, line, 0.9),
        "abgestimmt": ring,
        "empfohlen": ring + path("M4 .8A3.2 3.2 0 0 0 4 7.2Z", fill=ink),
        "in_umsetzung": ring + path("M4 .8A3.2 3.2 0 0 0 4 7.2Z", fill=ink),
        "beschlossen": ring + _circle(4, 4, 1.7, ink),
        "abgeschlossen": _circle(4, 4, 3.75, ink) + path("M2.2 4.1L3.5 5.4L5.9 2.7", stroke=ground, width=0.9),
        "zurueckgestellt": ring + path("M2 4H6", stroke=ink, width=0.9),
        "vertagt": ring + path("M2 4H6", stroke=ink, width=0.9),
        "zur_kenntnis_genommen": ring + path("M4 2V6M2 4H6", stroke=ink, width=0.7),
        "abgelehnt": ring + path("M2.6 2.6L5.4 5.4M5.4 2.6L2.6 5.4", stroke=ink, width=0.8),
    }
    body = bodies.get(key, "")
    side = tokens().pt["state"]["side"]
    return svg(side, side, body, unit="pt") if body else ""


STATES = (
    "vorschlag", "abgestimmt", "beschlossen", "in_umsetzung", "abgeschlossen", "zurueckgestellt",
    "offen", "empfohlen", "zur_kenntnis_genommen", "vertagt", "abgelehnt",
)  # fmt: skip


def diamond(x: float, y: float, radius: float) -> str:
    """A milestone: in ink, with a halo that keeps it apart from its bar."""
    colour = tokens().colour
    commands = f"M{x:.2f} {y - radius:.2f}L{x + radius:.2f} {y:.2f}L{x:.2f} {y + radius:.2f}L{x - radius:.2f} {y:.2f}Z"
    return path(commands, fill=colour["ink"], stroke=colour["paper"], width=0.4)


def hatch(box: Box, step: float) -> str:
    """Path commands of a hatching at 45 degrees, cut to the box."""
    commands, start = [], -box.height
    while start < box.width:
        left, right = max(start, 0.0), min(start + box.height, box.width)
        if right > left:
            low, high = box.height + start - left, start + box.height - right
            commands.append(f"M{box.x + left:.2f} {box.y + low:.2f}L{box.x + right:.2f} {box.y + high:.2f}")
        start += step
    return "".join(commands)
