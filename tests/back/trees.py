"""WordprocessingML as short text → trees, and trees → what they read, for tests of the way back."""

from __future__ import annotations

from lxml import etree

from pipeline.ooxml.elements import Element, q

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
MARK = "_zp___0123456789abx"
OTHER_MARK = "_zp___ba9876543210x"


def tree(body: str, root: str = "body") -> Element:
    """The elements below one root, with the usual prefixes."""
    return etree.fromstring(f"<w:{root} {NAMESPACES}>{body}</w:{root}>")


def run(text: str, properties: str = "", tag: str = "t") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def ins(content: str, author: str = "A") -> str:
    return f'<w:ins w:id="1" w:author="{author}" w:date="2027-01-02T03:04:05Z">{content}</w:ins>'


def deleted(text: str, author: str = "A") -> str:
    return f'<w:del w:id="2" w:author="{author}">{run(text, tag="delText")}</w:del>'


def par(content: str, style: str = "", mark: str = "", more: str = "") -> str:
    """A paragraph; `mark` is what stands in the properties of its mark, `more` in its own."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    marked = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{styled}{marked}{more}</w:pPr>{content}</w:p>"


def signed(tag: str, author: str = "A", content: str = "") -> str:
    """An element that only says who did it."""
    return f'<w:{tag} w:id="3" w:author="{author}">{content}</w:{tag}>'


def bookmark(name: str = MARK, number: int = 7) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def shown(element: Element) -> str:
    """The live text below an element."""
    return "".join(item.text or "" for item in element.iter(q("t")))


def read(root: Element) -> list[tuple[str, str]]:
    """(style, text) of every paragraph."""
    styles = [item.find(f"{q('pPr')}/{q('pStyle')}") for item in root.iter(q("p"))]
    names = ["" if style is None else style.get(q("val"), "") for style in styles]
    return list(zip(names, map(shown, root.iter(q("p"))), strict=True))


def marks(root: Element) -> list[list[str]]:
    """The names of the bookmarks in every paragraph."""
    return [[item.get(q("name"), "") for item in p.iter(q("bookmarkStart"))] for p in root.iter(q("p"))]
