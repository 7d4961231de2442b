"""What Word makes of fields, links and the contents list when it saves a file; by the specification only.

Unverified, for Word is not at hand.
"""

from __future__ import annotations

from itertools import dropwhile
from typing import Final

from pipeline.ooxml.elements import Element, R, paragraph_style, q, remove, text, w
from tests.back.draft import plain
from tests.back.noise_marks import mark
from tests.back.saving import Saving, cut

_SHORTEST: Final = 4  # runs of a field: its signs and its instruction
_SWITCHES: Final = ("", "\\h ", '\\o "Ein Tipp" ', '\\t "_blank" ')
_LINKS: Final = "word/_rels/document.xml.rels"


def instructions_in_pieces(saving: Saving) -> None:
    """A field's instruction stands in several runs, each with its own number of saving; fields are dirty or locked."""
    for instruction in saving.all("instrText"):
        run, content = instruction.getparent(), instruction.text or ""
        assert run is not None
        for start in range(0, len(content), 4):
            run.addprevious(w("r", text(content[start : start + 4], "instrText"), rsidR=saving.number()))
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)
    for sign in saving.all("fldChar"):
        if sign.get(q("fldCharType")) == "begin":
            sign.set(q(saving.chance.choice(("dirty", "fldLock"))), "true")


def simple_fields(saving: Saving) -> None:
    """A field with one plain instruction is one element."""
    for begin in saving.all("fldChar"):
        field = _field(begin)
        if len(field) < _SHORTEST:
            continue
        separate = next(index for index, run in enumerate(field) if _sign(run) == "separate")
        instruction = "".join(node.text or "" for run in field for node in run.iter(q("instrText")))
        simple = w("fldSimple", instr=instruction)
        field[0].addprevious(simple)
        simple.extend(field[separate + 1 : -1])
        for run in (*field[: separate + 1], field[-1]):
            remove(run)


def _field(begin: Element) -> list[Element]:
    """The runs of a field that begins so, if they follow each other and no other field is among them."""
    first = begin.getparent()
    if first is None or _sign(first) != "begin":
        return []
    field = [first]
    while _sign(field[-1]) != "end":
        following = field[-1].getnext()
        if following is None or following.tag != q("r") or _sign(following) == "begin":
            return []
        field.append(following)
    return field if "separate" in map(_sign, field) else []


def _sign(run: Element) -> str:
    signs = run.findall(q("fldChar"))
    return signs[0].get(q("fldCharType"), "") if signs else ""


def page_numbers(saving: Saving) -> None:
    """Fields with page numbers show some."""
    for instruction in saving.all("instrText"):
        run = instruction.getparent()
        separate = None if run is None else run.getnext()
        if "PAGEREF" in (instruction.text or "") and separate is not None and _sign(separate) == "separate":
            number = text(str(saving.chance.randint(1, 99)))
            separate.addnext(w("r", w("rPr", w("noProof"), w("webHidden")), number))


def contents_list_renewed(saving: Saving) -> None:
    """After F9, or before printing, the contents list reads as the headings do, by bookmarks of Word's own."""
    marks = {start.get(q("name")): start for start in saving.all("bookmarkStart")}
    done: dict[str, str] = {}
    for entry in [item for item in saving.body.iter(q("p")) if paragraph_style(item).startswith("TOC")]:
        said = False
        for link in entry.iter(q("hyperlink")):
            heading = _paragraph(marks[link.get(q("anchor"), "")])
            name = done.setdefault(link.get(q("anchor"), ""), f"_Toc{160_000_000 + len(done)}")
            link.set(q("anchor"), name)
            link.set(q("history"), "1")
            for instruction in link.iter(q("instrText")):
                instruction.text = f" PAGEREF {name} \\h "
            said = _say(link, w("p") if said else heading) or said
            if not any(start.get(q("name")) == name for start in heading.iter(q("bookmarkStart"))):
                mark(heading, name, 9000 + len(done))
    page_numbers(saving)


def _say(link: Element, heading: Element) -> bool:
    """The first text of a link reads as the heading does, the others are gone; a link may hold only deleted ones."""
    words = "".join(piece.text or "" for piece in heading.iter(q("t")))
    runs = [run for run in link.iter(q("r")) if run.find(q("t")) is not None]
    for run in runs:
        run[:] = [w("rPr", w("rStyle", val="Hyperlink"), w("noProof")), text(words)]
        words = ""
    return bool(runs)


def _paragraph(element: Element) -> Element:
    """The paragraph that an element stands in or, if it stands between paragraphs, in front of."""
    around = next(element.iterancestors(q("p")), None)
    if around is not None:
        return around
    every = element.getroottree().getroot().iter(q("p"), element.tag)
    return next(item for item in dropwhile(lambda item: item is not element, every) if item.tag == q("p"))


def links_as_fields(saving: Saving) -> None:
    """A link is a field: its instruction names the address or the bookmark, and a tip."""
    addresses = {entry.get("Id", ""): entry.get("Target", "") for entry in saving.package.tree(_LINKS)}
    for link in saving.all("hyperlink"):
        if paragraph_style(next(link.iterancestors(q("p")))).startswith("TOC"):
            continue
        anchor = link.get(q("anchor"), "")
        address, _, fragment = addresses.get(link.get(f"{{{R}}}id", ""), "").partition("#")
        where = [f'"{address}"'] if address else []
        where += [f'\\l "{fragment or anchor}"'] if fragment or anchor else []
        instruction = f" HYPERLINK {saving.chance.choice(_SWITCHES)}{' '.join(where)} {saving.chance.choice(_SWITCHES)}"
        signs = [w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
        for item in (signs[0], w("r", text(instruction, "instrText")), signs[1], *list(link), signs[2]):
            link.addprevious(item)
        parent = link.getparent()
        assert parent is not None
        parent.remove(link)


def details_of_links(saving: Saving) -> None:
    """Links say that they were visited, show tips, open in other windows, and stand in two pieces.

    Of an address with a `#` the place behind it stands beside the address.
    """
    addresses = {entry.get("Id", ""): entry for entry in saving.package.tree(_LINKS)}
    for link in saving.all("hyperlink"):
        for name, value in (("history", "1"), ("tooltip", "Strg+Klick"), ("tgtFrame", "_blank")):
            link.set(q(name), value)
        entry = addresses.get(link.get(f"{{{R}}}id", ""))
        if entry is not None and "#" in entry.get("Target", ""):
            address, _, fragment = entry.get("Target", "").partition("#")
            link.set(q("anchor"), fragment)
            entry.set("Target", address)
        runs = link.findall(q("r"))
        if len(runs) == 1 and len(plain(runs[0])) > 1 and not saving.is_spared(runs[0]):
            second = w("hyperlink")
            second.attrib.update(link.attrib)
            link.addnext(second)
            second.append(cut(runs[0], 1)[1])
