"""One block of a Markdown text: its source and what it reads before and after an edit in, its new lines out."""

from __future__ import annotations

import re
from typing import Final

from pipeline.merge.markdown.inline import escaped, guarded
from pipeline.merge.markdown.kept_words import change_words
from pipeline.merge.markdown.pipe_tables import edited_table, new_table
from pipeline.merge.markdown.source_text import Leaf, SourceText, caption_line
from pipeline.merge.markdown.units import Unit
from pipeline.text.markdown import CAPTION

_ATX: Final = re.compile(r"(#{1,6}[ \t]+)(.*?)((?:[ \t]+#+)?[ \t]*)$")
_ANCHOR: Final = re.compile(r"[ \t]*\{#[^}]*\}[ \t]*$")
_CALL: Final = re.compile(r"\[\^([^\]\s]+)\]")
_TITLE: Final = re.compile(r'(\((?:\\.|[^()\s"])+)(?:\s+"(?:\\.|[^"\\])*")?\)\s*$')
_FENCE: Final = re.compile(r"`{3,}|~{3,}")
_ALTERNATIVE: Final = re.compile(r"!\[(?:\\.|[^\[\]\\])*\]")


def changed_lines(source: SourceText, leaf: Leaf, before: Unit, after: Unit) -> list[str]:
    """The lines of a block whose form stayed, with what was edited changed and every other word as it was.

    Quotes, the way lines are broken, `*` or `_` for emphasis: all that its author chose is kept around the edit.
    """
    if leaf.kind == "table":
        return edited_table(source, leaf, before.rows, after.rows)
    prefix = source.prefix(leaf.start)
    if leaf.kind == "code":
        return _code(source, leaf, after.text)
    if leaf.kind == "figure":
        return [prefix + _figure(source.lines[leaf.start][len(prefix) :], before, after)]
    pieces, prefixes = _own_text(source, leaf)
    head, raw, tail = _inner(leaf, "\n".join(pieces))
    lines = (head + _edited(raw, before.text, after.text) + tail).split("\n")
    rest = prefixes[1] if len(prefixes) > 1 else hanging(prefix)
    return [(prefixes[index] if index < len(prefixes) else rest) + line for index, line in enumerate(lines)]


def written_lines(text: str, unit: Unit, level: int, prefix: str) -> list[str]:
    """The lines of a block that is new or has another form; `text` is its Markdown, `level` a heading's."""
    if unit.kind == "table":
        lines = new_table(unit.rows)
    elif unit.kind == "code":
        lines = [_fence(text), *text.split("\n"), _fence(text)]
    elif unit.kind == "heading":
        lines = [f"{'#' * max(level, 1)} {text}".replace("\\\n", " ")]
    elif unit.kind == "caption":
        lines = [caption_line(text)]
    else:
        lines = guarded(text).split("\n")
    rest = hanging(prefix)
    return [(rest if index else prefix) + line for index, line in enumerate(lines)]


def own_markdown(source: SourceText, leaf: Leaf, before: Unit, after: Unit) -> str:
    """The Markdown of a block without its form, as its author wrote it, edited."""
    if leaf.kind in ("code", "table", "figure"):
        return after.text
    pieces, _ = _own_text(source, leaf)
    return _edited(_inner(leaf, "\n".join(pieces))[1], before.text, after.text)


def hanging(prefix: str) -> str:
    """What the further lines of a block begin with whose first begins with `prefix`.

    Behind `> 1. ` that is `>    `: a quote says its sign on every line, a list only once.
    """
    return re.sub(r"[^>\s]", " ", prefix)


def _own_text(source: SourceText, leaf: Leaf) -> tuple[list[str], list[str]]:
    """A block's lines without the signs of lists and quotes around it, and these."""
    first = source.prefix(leaf.start)
    pieces, prefixes = [source.lines[leaf.start][len(first) :]], [first]
    for line in source.lines[leaf.start + 1 : leaf.end]:
        stripped = line.lstrip(" \t>" if ">" in first else " \t")
        pieces.append(stripped)
        prefixes.append(line[: len(line) - len(stripped)])
    return pieces, prefixes


def _inner(leaf: Leaf, text: str) -> tuple[str, str, str]:
    """What stands before the words of a block, its words, what stands behind them.

    Of the heading `## Lage {#lage} ##` that is `## `, `Lage` and ` {#lage} ##`: neither its level nor the anchor that
    links lead to may be lost because a word of it was changed.
    """
    if leaf.kind == "caption" and text.startswith(CAPTION):
        words = text[len(CAPTION) :].lstrip()
        return text[: len(text) - len(words)], words, ""
    if leaf.kind != "heading":
        return "", text, ""
    head, tail = "", ""
    if found := _ATX.fullmatch(text):
        head, text, tail = found[1], found[2], found[3]
    elif "\n" in text:  # underlined
        text, _, line = text.rpartition("\n")
        tail = f"\n{line}"
    if found := _ANCHOR.search(text):
        text, tail = text[: found.start()], found[0] + tail
    return head, text, tail


def _edited(raw: str, before: str, after: str) -> str:
    """The author's words with the edit; all of it written anew only where they would not read as they shall.

    Words are changed as plain text, so the outcome is parsed to be sure. Where even the words before the edit do not
    read as they should, parsing proves nothing, and the author's words count.
    """
    result = change_words(raw, before, after)
    if reads(result) == after or reads(raw) != before:
        return result
    return guarded(after)


def reads(text: str) -> str:
    """What a paragraph in Markdown reads; notes that it calls count as defined, for they are defined elsewhere.

    Without a definition, `[^a]` would be text and read `\\[^a\\]`. '' if the text is more than one block, or none.
    """
    notes = "".join(f"\n\n[^{label}]: -" for label in dict.fromkeys(_CALL.findall(text)))
    flow = SourceText(text + notes).flow
    return flow[0].text if len(flow) == 1 else ""


def _code(source: SourceText, leaf: Leaf, text: str) -> list[str]:
    """A block of code between its own fences, or indented by four spaces where it has none."""
    first = source.lines[leaf.start]
    prefix = source.prefix(leaf.start)
    if not first[len(prefix) :].startswith(("```", "~~~")):
        return [f"    {line}" if line else "" for line in text.split("\n")]
    inner = [hanging(prefix) + line if line else "" for line in text.split("\n")]
    sign = _FENCE.search(first)
    if sign is not None and sign[0] in text:  # which would end there
        return [f"{prefix}{_fence(text)}", *inner, f"{hanging(prefix)}{_fence(text)}"]
    return [first, *inner, source.lines[leaf.end - 1]]


def _fence(text: str) -> str:
    """What stands before and behind code: longer than any that stands in it."""
    fence = "```"
    while fence in text:
        fence += "`"
    return fence


def _figure(raw: str, before: Unit, after: Unit) -> str:
    """The line of a picture with another description or caption; its path stays."""
    if before.alternative != after.alternative and after.alternative:  # a picture without one is gone in Word
        words = escaped(after.alternative)
        raw = _ALTERNATIVE.sub(lambda _: f"![{words}]", raw, count=1)
    if before.text != after.text:
        caption = after.text.replace('"', '\\"')
        raw = _TITLE.sub(lambda found: f'{found[1]} "{caption}")' if caption else f"{found[1]})", raw)
    return raw
