"""The cover before it is typeset: how large its title is set, and where its picture begins below the text."""

from __future__ import annotations

from pipeline.document.model import Cover
from pipeline.pdf.text_metrics import height, lines, width
from pipeline.pdf.tokens import MM_PER_PT, TypeStyle, tokens

# Of the title's full size, with the lines that it may take: long titles are set smaller rather than in more lines.
TITLE_SCALES = ((1.0, 3), (0.85, 3), (0.7, 4), (0.58, 5))
LEAST_TITLE_SCALE = 0.5
# Of the text's width, what the line of the status surely fills: "Entwurf" stands in spaced capitals, which are wider
# than they are measured, and in a box with paddings. Measured over the full width, a line that just fits there would
# be taken for one and print as two, and the picture would begin in the second.
STATUS_WIDTH = 0.8


def cover_size(title: str) -> TypeStyle:
    """The cover's title in the largest size in which it takes three lines, four or five if it is long.

    A title with a word longer than the line is set smaller until the word fits, even if it has few lines: at full size
    the largest word of the plan would be torn.
    """
    style, measure = tokens().type["cover_title"], tokens().grid["text"] / MM_PER_PT
    for scale, most in TITLE_SCALES:
        smaller = _scaled(style, scale)
        longest = max(width(word, smaller) for word in title.split(" "))
        if lines(title, smaller, measure) <= most and longest <= measure:
            return smaller
    return _scaled(style, LEAST_TITLE_SCALE)


def cover_top(part: Cover) -> float:
    """Where the cover's picture begins, in millimetres from the page's upper edge.

    Mostly at a fixed height. With six senders and a title of four lines the text reaches below that, and the bars of
    the picture would run through the status: then the picture begins below the text.
    """
    styles, measure = tokens().type, tokens().grid["text"] / MM_PER_PT
    mm, pt = tokens().mm["cover"], tokens().pt["cover"]
    # Senders stand two a row, the row as high as the higher; the right column is the narrower one.
    pairs = [part.senders[index : index + 2] for index in range(0, len(part.senders), 2)]
    column = mm["right_sender"] / MM_PER_PT
    senders = sum(
        max(height(text.split("\n"), styles["body"], column) for text in pair) + pt["sender_below"] for pair in pairs
    )
    below = height([part.title], cover_size(part.title), measure)
    below += pt["subtitle_above"] + height([part.subtitle], styles["cover_subtitle"], measure)
    below += pt["status_above"] + 2 * pt["status_inside"]
    below += height([f"{part.state.label} {part.status_line}"], styles["body"], measure * STATUS_WIDTH)
    text = mm["top"] + max(senders * MM_PER_PT, mm["senders"]) + below * MM_PER_PT
    return round(max(mm["picture_top"], text + mm["picture_above"]), 1)


def _scaled(style: TypeStyle, scale: float) -> TypeStyle:
    return TypeStyle(style.families, style.face, style.weight, style.size * scale, style.leading * scale)
