"""A line with HTML in, the same in Markdown out, as far as there is any."""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>|<!--.*?(?:-->|$)")
_TAGS: Final = re.compile(
    r"a|abbr|b|big|blockquote|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|iframe|img|ins|li|mark|ol|p|pre|s|"
    r"script|small|span|strike|strong|style|su[bp]|table|tbody|td|th|thead|tr|u|ul",
    re.IGNORECASE,
)
_AS_MARKDOWN: Final = (
    (re.compile(r"</?(?:b|strong)(?:\s[^<>]*)?>", re.IGNORECASE), "**"),
    (re.compile(r"</?(?:i|em)(?:\s[^<>]*)?>", re.IGNORECASE), "*"),
    (re.compile(r"</?(?:s|del|strike)(?:\s[^<>]*)?>", re.IGNORECASE), "~~"),
    (re.compile(r"</?sub(?:\s[^<>]*)?>", re.IGNORECASE), "~"),
    (re.compile(r"</?sup(?:\s[^<>]*)?>", re.IGNORECASE), "^"),
)
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HELD: Final = "\x01"  # a break of a cell, while other tags are taken away
_IMG: Final = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_VALUE: Final = r"""\b{}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""


def has_break(row: str) -> bool:
    """Whether a line has a `<br>`, which is understood in the cells of tables."""
    return _BREAK.search(row) is not None


def first_tag(row: str, *, in_table: bool) -> str:
    """The first tag, or remark, of HTML in a line; '' if there is none. In a table `<br>` is no HTML."""
    tags = (tag[0] for tag in _TAG.finditer(row) if _TAGS.fullmatch(tag[1] or "p"))
    return next((tag for tag in tags if not (in_table and _BREAK.fullmatch(tag))), "")


def without_html(row: str, *, in_table: bool) -> str:
    """A line with Markdown in place of its HTML, as far as there is any; a break in a table's cell stays."""
    for pattern, sign in _AS_MARKDOWN:
        row = pattern.sub(sign, row)
    row = _BREAK.sub(_HELD if in_table else "\\\\\n", row)
    row = _IMG.sub(_picture, row)
    bare = _TAG.sub(lambda tag: "" if _TAGS.fullmatch(tag[1] or "p") else tag[0], row).strip()
    return bare.replace(_HELD, "<br>")


def _picture(tag: re.Match[str]) -> str:
    """Of `<img src="a/foto.png" alt="Der Markt">` comes `![Der Markt](../bilder/foto.png)`, where pictures lie."""
    source, words = (
        next((value for value in found.groups() if value), "") if found else ""
        for found in (re.search(_VALUE.format(key), tag[0], re.IGNORECASE) for key in ("src", "alt"))
    )
    name = source.replace("\\", "/").rpartition("/")[2]
    return f"![{words or 'Beschreibung'}](../bilder/{name or 'NAME'})"
