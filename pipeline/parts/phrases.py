"""Strings of the data as running text: the small pieces of which parts make their lines and cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.document.model import Column, FactLine, Sign
from pipeline.text.markdown import parse
from pipeline.text.nodes import Blocks, Inline, Node, Place
from pipeline.text.typography import NBSP, typeset_line
from schema.base import Model


def text(value: str) -> Node:
    """A string of the data as running text."""
    return Node("text", text=typeset_line(value))


def muted(value: str) -> Node:
    """The same, of secondary weight."""
    return Node("muted", children=(text(value),))


def strong(value: str) -> Node:
    """The same, bold."""
    return Node("strong", children=(text(value),))


def link(anchor: str, value: str) -> Node:
    """A link into the document."""
    return Node("link", children=(text(value),), attrs={"target": f"#{anchor}"})


def page(anchor: str) -> Node:
    """Where an anchor stands in the document, for a writer that can tell: its page number."""
    return Node("page", attrs={"target": f"#{anchor}"})


def sign_node(sign: Sign, *, with_name: bool = False) -> Inline:
    """A strand's sign, with its name if wanted."""
    mark = Node("sign", text=sign.letter, attrs={"shape": sign.shape, "name": sign.name})
    return (mark, Node("text", text=f"{NBSP}{sign.name}")) if with_name else (mark,)


WHERE = Column("Seite", 8, kind="where", align="right")


def without_places(blocks: Blocks) -> Blocks:
    """The same words, of which an edit leads nowhere: what was resolved, or is only repeated, is not to be edited."""
    return tuple(replace(block, place=None, children=without_places(block.children)) for block in blocks)


def joined(items: Iterable[Inline], separator: str = ", ") -> Inline:
    """Pieces of text with a separator between them."""
    result: list[Node] = []
    for item in items:
        if result:
            result.append(Node("text", text=separator))
        result.extend(item)
    return tuple(result)


def line(value: str) -> FactLine:
    """One line of a fact."""
    return FactLine((text(value),))


def blocks(markdown: str, place: Place) -> Blocks:
    """A Markdown field of the data as blocks; references are filled in when the document is finished."""
    return parse(markdown, source=place.source).blocks


def place(model: type[Model], identifier: str, name: str, item: int = 0) -> Place:
    """Where a field's value stands: its owner's ID, its key; in a list, the item's place."""
    return Place(f"{identifier}/{model.model_fields[name].alias or name}", item)


def label(model: type[Model], name: str) -> str:
    """The label of a field, as the schema gives it."""
    return model.model_fields[name].title or name


def counted(value: int, one: str, many: str) -> str:
    """`1 Ziel`, `13 Ziele`."""
    return f"{value} {one if value == 1 else many}"
