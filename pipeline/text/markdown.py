"""Markdown in, node trees out: CommonMark with tables, footnotes, definition lists, heading IDs and directives.

References (`[](#M1.2.3)`) and directives (`:::{zeitplan}`) stay open as nodes of their own kind, `reference` and
`directive`; `assemble` fills them. What a reader of the source needs to be told about is kept with its line.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, TypeVar
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode

from pipeline.text.markdown_parser import tokens_of
from pipeline.text.nodes import Blocks, Inline, InlineKind, Node, Place
from pipeline.text.open_marks import open_marks
from pipeline.text.own_paragraphs import apart
from pipeline.text.tasks import DONE, OPEN, OPEN_SIGNS, TASK
from pipeline.text.typography import NBSP, typeset_text

CAPTION = "Tabelle:"
SCHEMES = ("http:", "https:", "mailto:")
DIRECTIVE: Final = "directive"
REFERENCE: Final = "reference"
# markdown-it's names
_SPANS: Final[Mapping[str, InlineKind]] = {"strong": "strong", "em": "emph", "s": "strike", "sub": "sub", "sup": "sup"}
_AUTO: Final = "auto"  # what it says of a link that is written as its address alone


@dataclass(frozen=True)
class Mention:
    """Something in a text that points elsewhere: `what` is the target, name or address; `line` counts from 1."""

    what: str
    line: int


@dataclass(frozen=True)
class Directive:
    """A fenced directive: a generated part and its options, in the order written."""

    name: str
    options: tuple[tuple[str, str], ...]
    line: int
    nested: bool = False  # inside a list, a quote or a footnote, where a part cannot stand


@dataclass(frozen=True)
class Heading:
    """A heading as written."""

    level: int
    text: str
    anchor: str
    line: int


_Found = TypeVar("_Found", Mention, Directive, Heading)


@dataclass(frozen=True)
class Prose:
    """A parsed text: its blocks, and what stands in it with the lines."""

    blocks: Blocks
    headings: tuple[Heading, ...]
    references: tuple[Mention, ...]
    directives: tuple[Directive, ...]
    pictures: tuple[Mention, ...]
    addresses: tuple[Mention, ...]  # links that lead neither into the document nor to an allowed kind of address
    undescribed: tuple[Mention, ...]  # pictures without alternative text
    footnotes: tuple[Mention, ...]  # called but not defined, or called inside a footnote
    uncalled: tuple[Mention, ...]  # footnotes that are defined but nowhere called
    doubled: tuple[Mention, ...]  # footnotes that are defined again
    open_marks: tuple[Mention, ...]  # the words of each `[offen: …]`


@lru_cache(maxsize=1 << 12)  # merging reads the same text before, while and after it changes others
def parse(text: str, folder: str = "", source: str = "") -> Prose:
    """Parses Markdown; `folder` is the place of its file below the content folder, for the paths of pictures, `source`
    its name in the places of its blocks (see Place; '' for none), which are those in the text with its pictures apart
    (see `apart`).

    Raises RefusedTextError.
    """
    shown = apart(text)
    parsed = tokens_of(shown.text)
    reader = _Reader(folder, source, SyntaxTreeNode(parsed.tokens))
    blocks = reader.blocks(reader.root.children)

    def placed(found: Iterable[_Found]) -> tuple[_Found, ...]:
        return tuple(replace(item, line=shown.line(item.line)) for item in found)

    return Prose(
        blocks,
        placed(reader.headings),
        placed(reader.references),
        placed(reader.directives),
        placed(reader.pictures),
        placed(reader.addresses),
        placed(reader.undescribed),
        placed(_undefined_footnotes(blocks, parsed.text)),
        placed(Mention(label, parsed.defined.get(label, [1])[0]) for label in parsed.uncalled),
        placed(Mention(label, line) for label, lines in parsed.defined.items() for line in lines[1:]),
        placed(Mention(words, line) for words, line in open_marks(blocks, parsed.text)),
    )


def _undefined_footnotes(blocks: Blocks, text: str) -> Iterator[Mention]:
    """`[^name]` left over as text: a footnote that is nowhere defined, or called inside a footnote.

    Nodes of text have no line of their own. The first place where the source has the same characters is told, which may
    be an earlier call of the same note.
    """
    for block in blocks:
        for node in block.walk():
            if node.kind == "text" and "[^" in node.text:
                label = node.text.split("[^", 1)[1].split("]", 1)[0]
                before = text.split(f"[^{label}]", 1)[0]
                yield Mention(label, before.count("\n") + 1)


class _Reader:
    """Walks markdown-it's tree once; collects what has to be checked on the way."""

    def __init__(self, folder: str, source: str, root: SyntaxTreeNode) -> None:
        self.folder = folder
        self.source = source
        self.root = root
        self.headings: list[Heading] = []
        self.references: list[Mention] = []
        self.directives: list[Directive] = []
        self.pictures: list[Mention] = []
        self.addresses: list[Mention] = []
        self.undescribed: list[Mention] = []
        self.line = 1
        self.in_footnote = False
        self.depth = 0
        self.notes = {
            int(note.meta["id"]): note
            for block in root.children
            if block.type == "footnote_block"
            for note in block.children
        }

    # --- blocks -------------------------------------------------------------------------------------------------

    def blocks(self, nodes: list[SyntaxTreeNode]) -> Blocks:
        result: list[Node] = []
        self.depth += 1
        for node in nodes:
            if node.map:
                self.line = node.map[0] + 1
            block = self._block(node, result)
            if block is not None:
                result.append(block)
        self.depth -= 1
        return tuple(result)

    def _block(self, node: SyntaxTreeNode, before: list[Node]) -> Node | None:
        kind = node.type
        if kind == "paragraph":
            return self._paragraph(node)
        if kind == "heading":
            return self._heading(node)
        if kind in ("bullet_list", "ordered_list"):
            return self._list(node)
        if kind == "blockquote":
            return Node("quote", children=self.blocks(node.children))
        if kind in ("fence", "code_block"):
            return Node("code_block", text=node.content, place=self._place(node))
        if kind == "colon_fence":
            return self._directive(node)
        if kind == "dl":
            return self._definition_list(node)
        if kind == "table":
            return self._table(node, *_taken_caption(before))
        if kind in ("hr", "footnote_block"):  # footnotes are taken in where they are called
            return Node("rule") if kind == "hr" else None
        raise AssertionError(f"markdown-it yields a block this code does not know: {kind}")

    def _paragraph(self, node: SyntaxTreeNode) -> Node:
        content = self._inline_of(node)
        if len(content) == 1 and content[0].kind == "image":
            picture = content[0]
            return Node("figure", attrs={"label": "", "anchor": "", **picture.attrs}, place=self._place(node))
        return Node("paragraph", children=content, place=self._place(node))

    def _heading(self, node: SyntaxTreeNode) -> Node:
        content, anchor = _split_anchor(self._inline_of(node))
        level = int(node.tag[1])
        text = "".join(child.plain() for child in content)
        self.headings.append(Heading(level, text, anchor, self.line))
        return Node("heading", children=content, attrs={"level": level, "anchor": anchor}, place=self._place(node))

    def _list(self, node: SyntaxTreeNode) -> Node:
        tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
        items = tuple(Node("item", children=_with_task(item, self.blocks(item.children))) for item in node.children)
        if node.type == "bullet_list":
            return Node("bullet_list", children=items, attrs={"tight": int(tight)})
        start = int(node.attrs.get("start", 1))
        return Node("ordered_list", children=items, attrs={"tight": int(tight), "start": start})

    def _definition_list(self, node: SyntaxTreeNode) -> Node:
        children = tuple(
            Node("term", children=self._inline_of(child), place=self._place(child))
            if child.type == "dt"
            else Node("definition", children=self.blocks(child.children))
            for child in node.children
        )
        return Node("definition_list", children=children)

    def _table(self, node: SyntaxTreeNode, caption: str, place: Place | None) -> Node:
        rows = []
        for section in node.children:
            for row in section.children:
                self.line = row.map[0] + 1 if row.map else self.line
                cells = tuple(
                    Node("cell", "", self._inline_of(cell), {"align": _alignment(cell)}, self._place(row, column))
                    for column, cell in enumerate(row.children)
                )
                rows.append(Node("row", children=cells, attrs={"head": int(section.type == "thead")}))
        columns = len(rows[0].children)
        attrs: dict[str, str | int] = {"caption": caption, "label": "", "anchor": "", "columns": columns}
        return Node("table", children=tuple(rows), attrs=attrs, place=place)

    def _directive(self, node: SyntaxTreeNode) -> Node:
        name = node.info.strip().removeprefix("{").removesuffix("}").strip()
        options = []
        for line in node.content.splitlines():
            key, _, value = line.partition(":")
            if line.strip():
                options.append((key.strip(), value.strip()))
        self.directives.append(Directive(name, tuple(options), self.line, nested=self.depth > 1))
        return Node(DIRECTIVE, text=name, attrs=dict(options), place=self._place(node))

    def _place(self, node: SyntaxTreeNode, column: int = 0) -> Place | None:
        """Where a block that can be edited by itself stands."""
        lines = node.map
        return Place(self.source, *lines, column) if self.source and lines else None

    # --- inline -------------------------------------------------------------------------------------------------

    def _inline_of(self, node: SyntaxTreeNode) -> Inline:
        return tuple(
            child for inline in node.children if inline.type == "inline" for child in self._inlines(inline.children)
        )

    def _inlines(self, nodes: list[SyntaxTreeNode]) -> Inline:
        result: list[Node] = []
        pieces: list[str] = []  # of running text, which is typeset as a whole, and once: a text may be long
        for node in nodes:
            child = self._inline(node)
            if child is not None and child.kind == "text":
                pieces.append(child.text)
            elif child is not None:
                result += [*_text(pieces), child]
                pieces.clear()
        return (*result, *_text(pieces))

    def _inline(self, node: SyntaxTreeNode) -> Node | None:
        kind = node.type
        if kind == "text":
            return Node("text", text=node.content)
        if kind == "softbreak":
            self.line += 1
            return Node("text", text=" ")
        if kind == "hardbreak":
            self.line += 1
            return Node("break")
        if kind in _SPANS:
            return Node(_SPANS[kind], children=self._inlines(node.children))
        if kind == "code_inline":
            return Node("code", text=node.content)
        if kind == "link":
            return self._link(node)
        if kind == "image":
            return self._image(node)
        if kind == "footnote_ref":
            return self._footnote(node)
        raise AssertionError(f"markdown-it yields a text element this code does not know: {kind}")

    def _link(self, node: SyntaxTreeNode) -> Node:
        target = str(node.attrs["href"])
        if target.startswith("#"):
            target = unquote(target)  # the parser writes umlauts as an address would have them
        if node.info == _AUTO:  # an address is read as it is typed: no dash in it reads "to"
            children: Inline = (Node("text", text="".join(child.content for child in node.children)),)
        else:
            children = self._inlines(node.children) or (Node("text", text=target),)
        if target.startswith("#"):
            self.references.append(Mention(target[1:], self.line))
            if not node.children:
                return Node(REFERENCE, attrs={"target": target})
        elif not target.lower().startswith(SCHEMES):
            self.addresses.append(Mention(target, self.line))
            return Node("text", text="".join(child.plain() for child in children))
        return Node("link", children=children, attrs={"target": target})

    def _image(self, node: SyntaxTreeNode) -> Node:
        path = posixpath.normpath(posixpath.join(self.folder, unquote(str(node.attrs["src"]))))
        self.pictures.append(Mention(path, self.line))
        alternative = "".join(child.plain() for child in self._inlines(node.children))
        if not alternative.strip():
            self.undescribed.append(Mention(path, self.line))
        caption = typeset_text(str(node.attrs.get("title", "")))
        return Node("image", attrs={"src": path, "alt": alternative, "caption": caption})

    def _footnote(self, node: SyntaxTreeNode) -> Node:
        if self.in_footnote:  # a note in a note could call itself for ever; it stays text and is reported
            return Node("text", text=f"[^{node.meta.get('label') or node.meta['id']}]")
        line, self.in_footnote = self.line, True
        note = self.notes[int(node.meta["id"])]
        blocks = self.blocks(note.children)
        self.line, self.in_footnote = line, False
        return Node("footnote", children=blocks, attrs={"number": 0, "anchor": ""})


def _with_task(item: SyntaxTreeNode, blocks: Blocks) -> Blocks:
    """The blocks of a list's item, with the box that it begins with as a node of its own.

    Whether it does is told by the text as it is typed: in `\\[x] so` the bracket is meant as it stands.
    """
    first = item.children[0].children if item.children else []
    found = TASK.match(first[0].content) if first and first[0].type == "inline" else None
    if found is None or not blocks or blocks[0].kind != "paragraph" or blocks[0].children[0].kind != "text":
        return blocks
    words = blocks[0].children[0].text.removeprefix(found[1]).lstrip()
    children = (Node("task", text=OPEN if found[1] in OPEN_SIGNS else DONE), Node("text", text=f"{NBSP}{words}"))
    return (replace(blocks[0], children=(*children, *blocks[0].children[1:])), *blocks[1:])


def _text(pieces: Sequence[str]) -> Inline:
    joined = "".join(pieces)
    return (Node("text", text=typeset_text(joined)),) if joined else ()


def _taken_caption(before: list[Node]) -> tuple[str, Place | None]:
    """The paragraph `Tabelle: …` right before a table, taken out of the blocks; '' if there is none.

    Markdown has no captions, and a paragraph that begins like this right before a table is one as people write it.
    """
    if before and before[-1].kind == "paragraph" and before[-1].plain().startswith(CAPTION):
        taken = before.pop()
        return taken.plain().removeprefix(CAPTION).strip(), taken.place
    return "", None


def _split_anchor(content: Inline) -> tuple[Inline, str]:
    """A heading's content without the trailing `{#id}`, and that ID: `weiter` of `Wie es weitergeht {#weiter}`."""
    if not content or content[-1].kind != "text" or not content[-1].text.endswith("}"):
        return content, ""
    text, mark, anchor = content[-1].text.rpartition("{#")
    if not mark:
        return content, ""
    rest = (Node("text", text=text.rstrip()),) if text.strip() else ()
    return (*content[:-1], *rest), anchor.removesuffix("}").strip()


def _alignment(cell: SyntaxTreeNode) -> str:
    return str(cell.attrs.get("style", "")).removeprefix("text-align:").strip() or "left"
