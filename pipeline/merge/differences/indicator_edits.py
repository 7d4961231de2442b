"""The table of a goal's indicators before and after editing in, what that changes in the data out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.content.yaml_nodes import Plain
from pipeline.fields import parsing
from pipeline.fields.parsing import Values
from pipeline.fields.shown import Unread, bare, shown, typed
from pipeline.fields.wording import NONE, TO_BE_SET
from pipeline.merge.differences.field_edits import Complaint, Rows, merged
from pipeline.merge.yaml.edits import REMOVE, Edit
from schema.entities import TO_BE_COLLECTED, Goal

KEY: Final = "indikatoren"
CELLS: Final = 4  # name, baseline, target, how it is collected


def indicator_edits(value: Plain, before: Rows, after: Rows) -> list[Edit] | Complaint:
    """What the edit changes; paths begin at the goal. Each row has four cells, a line break in one is a `\\n`."""
    label = Goal.model_fields["indicators"].title or KEY
    items = list(value) if isinstance(value, list) else []
    before, after = ([row for row in rows if any(typed(cell) for cell in row)] for rows in (before, after))
    if [list(map(shown, row)) for row in before] == [list(map(shown, row)) for row in after]:
        return []
    if not after:
        return [Edit((KEY,), REMOVE)] if items else []
    try:
        found = merged(items, before[: len(items)], after, _row)
    except Unread as error:
        return Complaint(label, str(error))
    return [] if found == items else [Edit((KEY,), found)]


def _row(cells: Sequence[str]) -> Values:
    if len(cells) != CELLS:
        raise Unread(f"Eine Zeile hat {len(cells)} statt {CELLS} Zellen: Indikator, Ausgangswert, Zielwert, Erhebung.")
    name, start, end, collection = cells
    if not typed(name):
        raise Unread("Der Name des Indikators fehlt; er darf nicht leer sein.")
    first = parsing.baseline(TO_BE_COLLECTED if _nothing(start) else start)
    last = {"zielwert": None} if _nothing(end) else parsing.target(end)
    units = {values["einheit"] for values in (first, last) if "einheit" in values}
    if len(units) > 1:
        one, other = (f"„{values['einheit']}“" if values["einheit"] else "keine" for values in (first, last))
        raise Unread(f"Ausgangswert und Zielwert haben verschiedene Einheiten ({one} und {other}); gemeint ist eine.")
    return {
        "name": typed(name),
        **first,
        **last,
        **({"einheit": units.pop()} if units else {}),
        "erhebung": None if _nothing(collection) else typed(collection),
    }


def _nothing(cell: str) -> bool:
    return bare(cell) in ("", "-", "--", bare(NONE), bare(TO_BE_SET))
