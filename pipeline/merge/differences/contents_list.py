"""The units of an edited file and the entries of the contents list as it was built in; out: the units with that list,
where the edited one was only made anew.

Word does so on F9, LibreOffice with all that it updates, and before printing: each entry then reads as a heading does,
without the number that the program puts there, and leads to a bookmark of its own. That is nobody's edit.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.merge.markdown.units import Unit


def entries(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The contents list."""
    return tuple(unit for unit in units if unit.contents)


def _whole(edited: Sequence[Unit], units: Sequence[Unit]) -> bool:
    """Whether a list that got shorter still has every heading down to the deepest level that it has any of.

    LibreOffice makes a list of two levels anew with the first alone, and with its own title in it: `1 Wohnen / 1.1
    Bauen / 2 Arbeiten` becomes `Inhalt / Wohnen / Arbeiten`. Somebody who takes out a line leaves others of its level.
    """
    title = units[max(0, next(index for index, unit in enumerate(units) if unit.contents) - 1)].plain
    headings = [unit for unit in units if unit.kind == "heading"]
    names = {unit.plain for unit in edited} - {title}
    deepest = max((unit.level for unit in headings if unit.plain in names), default=0)
    wanted = {unit.plain for unit in headings if unit.level <= deepest}
    return deepest > 0 and names == wanted


def as_built(units: tuple[Unit, ...], own: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units with the list as it was built, if theirs was made anew and by nobody's hand."""
    said = {unit.plain for unit in units if not unit.contents}
    edited = entries(units)
    if not own or not edited or edited == own or any(unit.plain not in said for unit in edited):
        return units
    if len(edited) < len(own) and not _whole(edited, units):
        return units
    place = next(index for index, unit in enumerate(units) if unit.contents)
    return (*units[:place], *own, *(unit for unit in units[place:] if not unit.contents))
