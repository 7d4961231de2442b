"""Running text → Markdown as one writes it by hand, the same for a source's text and for what Word shows of it.

Typography that the program adds by itself (spaces that do not break, hyphens that do not break) is taken back, so that
a text that nobody touched reads the same on both sides: the source's "10 %" is printed with a space that does not
break, and comes back from Word with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from pipeline.merge.markdown import undecided
from pipeline.text.bare_addresses import bare_address, leads_to
from pipeline.text.characters import without_unseen
from pipeline.text.markdown import REFERENCE
from pipeline.text.markdown_parser import address
from pipeline.text.nodes import Inline, Node
from pipeline.text.symbol_fonts import BULLET
from pipeline.text.tasks import TYPED

_SPACES: Final = re.compile(r"[ \t\u00a0\u2007\u2009\u202f]+")
# What would be read as Markdown and gets a backslash. `_` does so only at the edge of a word, as in CommonMark: the
# name `lage_2027` needs none. `&` only where it begins an entity: "Müller & Söhne" stays, "&amp;" does not. Whether `~`
# and `^` need one is seen at the end.
_SPECIAL: Final = re.compile(r"([\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;))")
_PAIRED: Final = re.compile(f"[{undecided.PAIRED}]")
_RAISED: Final = {"sub": "~", "sup": "^"}
_NOT_RAISED: Final = re.compile(r"[~^]|:(?=//)|(?<=[wW]{3})\.")  # it would end there, or an address begin
_DELIMITERS: Final = {"strong": "**", "emph": "*", "strike": "~~"}
_PLAIN: Final = (
    "sign",
    "state",
    "muted",
    "page",
    "checkbox",
    "gone",
    "come",
)  # what generated parts hold; Markdown has only its words
# What at the beginning of a line makes something else of a paragraph: heading, list, rule, quote, definition.
_BLOCK_START: Final = re.compile(r"(#{1,6}(?=\s|$)|[-+](?=\s|$)|-+\s*$|>|(?<=\d)[.)](?=\s|$)|:(?=\s|::))")
_END_BREAKS: Final = re.compile(r"(?:\\\n)+ *\Z")  # nothing would be broken there, and the backslash be printed
_UNDERLINE: Final = re.compile(r"=+\s*$")  # makes a heading of the line above
_COUNTED: Final = re.compile(r"\d{1,9}(?=[.)](\s|$))")
# What the parser leaves of an address and would end it, or be read as something else; all other signs are encoded.
_IN_ADDRESS: Final = re.compile(r"([\\()<>]|&(?=#?\w+;))")
_NOT_IN_ANCHOR: Final = re.compile(r"[^\w.\-:/?@!$*+,;=~]")
HARD_BREAK: Final = "\\\n"


@dataclass(frozen=True)
class Names:
    """The names that links and notes have in Markdown, which Word does not show.

    `targets`: a bookmark without its `#` → the anchor and what a reference to it may read; `note`: the label of a
    `footnote` node.
    """

    targets: Mapping[str, tuple[str, tuple[str, ...]]]
    note: Callable[[Node], str]


def plain_text(text: str) -> str:
    """Text without the program's own typography: every space a plain one, no soft hyphens.

    Signs without width come along with what is pasted; nobody sees them, and the sources may not hold them.
    """
    if text.isascii() and "  " not in text and "\t" not in text:
        return text
    return _SPACES.sub(" ", without_unseen(text).replace("\u2011", "-"))


def inline_markdown(content: Inline, names: Names) -> str:
    """The Markdown of running text, on one line but for line breaks that were asked for."""
    written = undecided.decided(_joined(content, names))
    written = re.sub(r" *(\\\n) *", r"\1", re.sub(r" {2,}", " ", written))
    return _END_BREAKS.sub("", written).strip(" \n")


def _joined(content: Inline, names: Names) -> str:
    """The nodes one after the other, none of which makes something else of its neighbour."""
    pieces: list[str] = []
    for node in content:
        written = _written(node, names)
        if pieces:
            pieces[-1] = undecided.apart(pieces[-1], written)
        if written:
            pieces.append(written)
    return "".join(pieces)


def escaped(text: str) -> str:
    """Text so that Markdown takes no sign of it for its own."""
    return undecided.decided(_marked(text))


@lru_cache(maxsize=1 << 14)
def _marked(text: str) -> str:
    """Remembered: base, file and what is built of the edits say the same but for a few words."""
    return _PAIRED.sub(lambda found: undecided.sign(found[0]), _SPECIAL.sub(r"\\\1", plain_text(text)))


def _written(node: Node, names: Names) -> str:
    if node.kind == "text":
        return _marked(node.text)
    if node.kind in _DELIMITERS:
        return _delimited(inner_markdown(node, names), _DELIMITERS[node.kind])
    if node.kind in _RAISED:
        return _raised(node, names)
    if node.kind == "task":
        return TYPED.get(node.text, node.text)
    if node.kind == "code":
        return _code(node.text)
    if node.kind in ("link", REFERENCE):
        return _link(node, names)
    if node.kind == "break":
        return HARD_BREAK
    if node.kind == "image":
        return f"![{escaped(str(node.attrs['alt']))}]"
    if node.kind == "footnote":
        label = names.note(node)
        return f"[^{label}]" if label else ""
    if node.kind in _PLAIN:
        return inner_markdown(node, names) or plain_text(node.text)
    raise AssertionError(f"no running text, or of a kind that has no Markdown yet: {node.kind}")


def inner_markdown(node: Node, names: Names) -> str:
    """The Markdown of what stands inside a node."""
    return _joined(node.children, names)


def _delimited(inner: str, delimiter: str, within: Callable[[str], str] = str) -> str:
    """Spaces stay outside: `**Wort **` would be no emphasis. `within` writes what stays inside."""
    text = inner.strip()
    if not text:
        return inner
    start = len(inner) - len(inner.lstrip())
    return f"{inner[:start]}{delimiter}{within(text)}{delimiter}{inner[start + len(text) :]}"


def _raised(node: Node, names: Names) -> str:
    """Letters below or above the line: between the signs there is no Markdown, and a space needs a backslash."""
    inner = "".join(
        _unmarked(child.text) if child.kind == "text" else _written(child, names) for child in node.children
    )
    return _delimited(inner, _RAISED[node.kind], lambda text: text.replace(" ", "\\ "))


def _unmarked(text: str) -> str:
    return _NOT_RAISED.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\1", plain_text(text)))


def _code(text: str) -> str:
    """Between so many backticks that those inside end nothing: "a`b" is "``a`b``"."""
    if not text:
        return ""
    fence = "`"
    while fence in text:
        fence += "`"
    spaced = text[0] == text[-1] == " " and text.strip()  # of which the parser would take one away on each side
    edge = " " if spaced or "`" in (text[0], text[-1]) else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def _link(node: Node, names: Names) -> str:
    """A link; one whose words are those that the program would print anyway is written without any.

    Of `[](#M1.2.3)` Word shows "Maßnahme 1.2.3": coming back it must be the empty link again, or the words would stay
    when the measure's number changes. Only emphasis around the words is kept.
    """
    target, inner = str(node.attrs["target"]), inner_markdown(node, names)
    if node.kind != REFERENCE and not inner.strip():
        return inner  # a link without words, which nobody sees
    only = node.children[0] if len(node.children) == 1 else None
    words = plain_text(node.plain())
    own = not target.startswith("#") and bare_address(words, 0) == words and address(leads_to(words)) == address(target)
    if (
        only is not None and only.kind in _DELIMITERS and (own or reads_by_itself(node, names))
    ):  # the letters of all of it
        return _delimited(_link(replace(node, children=only.children), names), _DELIMITERS[only.kind])
    if target.startswith("#"):
        anchor, _ = names.targets.get(target[1:], (target[1:], ()))
        if reads_by_itself(node, names):
            inner = inner if any(child.kind in _DELIMITERS for child in node.children) else ""
        target = f"#{_NOT_IN_ANCHOR.sub(lambda found: quote(found[0]), anchor)}"
    else:
        target = _IN_ADDRESS.sub(r"\\\1", address(target))
    if inner.startswith(undecided.sign("^")):  # `[^a]` would be the call of a note
        inner = f"\\{inner[1:]}"
    written = f"[{inner}]({target})"
    if not own or only is None or only.kind != "text":
        return written
    return undecided.address(words, f"<{words}>" if words == leads_to(words) else written)


def reads_by_itself(link: Node, names: Names) -> bool:
    """Whether a link has the words that the program would print for it anyway."""
    _, labels = names.targets.get(str(link.attrs["target"])[1:], ("", ()))
    words = plain_text(link.plain()).strip()
    return link.kind == REFERENCE or any(plain_text(label) == words for label in labels if label)


def guarded(text: str) -> str:
    """The text of a paragraph so that none of its lines is taken for a heading, a list, a quote or a rule.

    "1. Mai ist Feiertag" would be a list and becomes `1\\. Mai ist Feiertag`, "# x" becomes `\\# x`. Before a bullet a
    backslash would be printed: "• x" becomes `&#8226; x`.
    """
    first, *others = text.split("\n")
    return "\n".join([_guarded(first), *(f"\\{line}" if _UNDERLINE.match(line) else _guarded(line) for line in others)])


def _guarded(line: str) -> str:
    if BULLET.match(line):
        return f"&#{ord(line[0])};{line[1:]}"
    counted = _COUNTED.match(line)
    if counted:
        return f"{counted[0]}\\{line[counted.end() :]}"
    return f"\\{line}" if _BLOCK_START.match(line) else line
