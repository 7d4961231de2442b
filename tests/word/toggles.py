"""A DOCX in, every run out whose letters two readings of the standard show differently.

ISO 29500-1, 17.7.3, calls some properties of letters toggles: bold, italic, capitals and others. Where the styles of
table, paragraph and letters each set one, their values are combined by exclusive or: a bold style of letters in a
paragraph of a bold style is not bold. Programs that are lenient take the last style that says anything, which is bold.
What stands at the run itself counts alone, and so does what the document's defaults switch on. A style based on another
is one level with it: the nearest that says anything decides.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

TOGGLES = (
    "b", "bCs", "caps", "emboss", "i", "iCs", "imprint", "outline", "shadow", "smallCaps", "strike", "vanish",
)  # fmt: skip
OFF = ("0", "false", "off")
_Element = etree._Element


@dataclass(frozen=True)
class Disagreement:
    """A run that one reading shows otherwise than the other: its words, the property, and what each says of it."""

    words: str
    toggle: str
    standard: bool
    lenient: bool


@dataclass
class Audit:
    """How many runs were looked at, and those whose letters are in doubt."""

    runs: int = 0
    found: list[Disagreement] = field(default_factory=list)


def audit(data: bytes) -> Audit:
    """Every run of the main text, the notes, headers and footers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = Styles(etree.fromstring(archive.read("word/styles.xml")))
        names = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
        roots = [etree.fromstring(archive.read(name)) for name in sorted(names) if "styles" not in name]
    result = Audit()
    for root in roots:
        for run in root.iter(qn("w:r")):
            result.runs += 1
            result.found += styles.disagreements(run)
    return result


class Styles:
    """What the styles of a document switch on and off."""

    def __init__(self, root: _Element) -> None:
        self._styles = {style.get(qn("w:styleId"), ""): style for style in root.iter(qn("w:style"))}
        self._default = next(
            name for name, style in self._styles.items() if style.get(qn("w:default")) and _is(style, "paragraph")
        )
        self._defaults = _said(root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"))
        self._chains: dict[str, dict[str, bool]] = {}

    def disagreements(self, run: _Element) -> Iterator[Disagreement]:
        """What is in doubt of one run."""
        direct = _said(run.find(qn("w:rPr")))
        levels = [level for level in self._levels(run) if level]
        for toggle in TOGGLES:
            told = [level[toggle] for level in levels if toggle in level]
            if toggle in direct or not told:
                continue
            default = self._defaults.get(toggle, False)
            standard = default or sum(told) % 2 == 1
            if standard != told[-1]:
                words = "".join(text.text or "" for text in run.iter(qn("w:t")))
                yield Disagreement(words, toggle, standard, told[-1])

    def _levels(self, run: _Element) -> Iterator[Mapping[str, bool]]:
        """What each level says, from the table's to that of the letters."""
        table = next(run.iterancestors(qn("w:tbl")), None)
        if table is not None:
            yield self._of_table(table, next(run.iterancestors(qn("w:tc"))))
        paragraph = next(run.iterancestors(qn("w:p")))
        yield self._chain(_value(paragraph, "w:pPr", "w:pStyle") or self._default)
        yield self._chain(_value(run, "w:rPr", "w:rStyle"))

    def _chain(self, name: str) -> dict[str, bool]:
        """What a style says with all that it is based on."""
        if name not in self._styles:
            return {}
        if name not in self._chains:
            style = self._styles[name]
            self._chains[name] = self._chain(_value(style, "w:basedOn")) | _said(style.find(qn("w:rPr")))
        return self._chains[name]

    def _of_table(self, table: _Element, cell: _Element) -> dict[str, bool]:
        """What the table's style says of a cell: of all cells, then of its row and its column where that is on."""
        name = _value(table, "w:tblPr", "w:tblStyle")
        look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
        found = dict(self._chain(name))
        if look is None or name not in self._styles:
            return found
        row = next(cell.iterancestors(qn("w:tr")))
        places = {
            "firstColumn": row.find(qn("w:tc")) is cell,
            "lastColumn": row.findall(qn("w:tc"))[-1] is cell,
            "firstRow": table.find(qn("w:tr")) is row,
            "lastRow": table.findall(qn("w:tr"))[-1] is row,
        }
        for place, here in places.items():
            if here and look.get(qn(f"w:{place}")) == "1":
                kind = place.replace("Column", "Col")
                for part in self._styles[name].findall(f"{qn('w:tblStylePr')}[@{qn('w:type')}='{kind}']"):
                    found |= _said(part.find(qn("w:rPr")))
        return found


def _said(properties: _Element | None) -> dict[str, bool]:
    """The toggles that run properties name, and whether each is on."""
    if properties is None:
        return {}
    named = ((toggle, properties.find(qn(f"w:{toggle}"))) for toggle in TOGGLES)
    return {toggle: item.get(qn("w:val"), "1") not in OFF for toggle, item in named if item is not None}


def _value(element: _Element, *path: str) -> str:
    found = element.find("/".join(qn(step) for step in path))
    return "" if found is None else found.get(qn("w:val"), "")


def _is(style: _Element, kind: str) -> bool:
    return style.get(qn("w:type")) == kind
