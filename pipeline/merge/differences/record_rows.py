"""Rows of a list of records before and after editing, and its items, in; the items as the rows say them then, out.

A row that looks as before leaves its item as it is. Of one that differs only those values change that read differently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.content.yaml_nodes import Plain
from pipeline.fields.kind import Item, Kind, ListOf, Partly, Record, Said, Values
from pipeline.fields.names import PlanNames
from pipeline.fields.registry import fields_of
from pipeline.fields.shown import Unread, retyped, shown, typed
from pipeline.fields.texts import Text
from pipeline.merge.diff.align import aligned, text_likeness

Rows = Sequence[Sequence[str]]


def columns(kind: Kind) -> int:
    """The cells of a row of a field of this kind."""
    item = kind.item if isinstance(kind, ListOf) else kind
    return item.columns if isinstance(item, Record) else 1


def cells(kind: Kind, line: str) -> list[str]:
    """The cells of a line, which has tabs between them where the field stands as a table."""
    return line.split("\t") if columns(kind) > 1 else [line]


def row_key(row: Sequence[str]) -> str:
    """Equal for rows that look the same."""
    return "\t".join(map(shown, row))


class Merged:
    """The items of a list as the rows after editing say; a row that looks as before leaves its item as it is.

    Of rows that are not understood, or not in all cells, `told` has why, what stood there and what stands there now. An
    item of which that is so keeps what is not understood; a new one is left out.
    """

    def __init__(self, kind: Record, names: PlanNames, items: Sequence[Plain], before: Rows, after: Rows) -> None:
        self._kind, self._names = kind, names
        self.result: list[Plain] = []
        self.told: list[tuple[str, str, str]] = []
        self.origins: set[int] = set()
        self.new_unread = False
        old, new = (list(map(row_key, rows)) for rows in (before, after))
        for place, origin in enumerate(aligned(old, new, key=str, likeness=text_likeness)):
            item = items[origin] if origin is not None else None
            if origin is None or not isinstance(item, dict):
                self._new(after[place])
                continue
            self.origins.add(origin)
            same = old[origin] == new[place]
            self.result.append(item if same else self._edited(item, before[origin], after[place]))

    def _new(self, row: Sequence[str]) -> None:
        try:
            self.result.append(with_values(self._kind.read(row, self._names)))
        except Unread as error:
            self.new_unread = True
            self.told.append((str(error), "", " ".join(map(typed, row))))

    def _edited(self, item: Mapping[str, Plain], before: Sequence[str], after: Sequence[str]) -> Plain:
        old = read_again(self._kind, before, self._names, item)
        try:
            new = self._kind.read(after, self._names, item)
        except Partly as error:
            kept = {key: old[key] for key in error.lacking if key in old}
            was, now = (
                " ".join(typed(row[cell]) for cell in error.cells if cell < len(row)) for row in (before, after)
            )
            self.told.append((str(error), was, now))
            new = {**kept, **error.values}
        except Unread as error:
            self.told.append((str(error), " ".join(map(typed, before)), " ".join(map(typed, after))))
            return dict(item)
        return _changed(item, old, new, self._kind)


def _kept_items(base: Plain, before: object, now: Sequence[Mapping[str, str]]) -> list[Plain]:
    """Items inside an item; those that read as before stay as they were typed."""
    known = list(zip(before, base, strict=False)) if isinstance(before, list) and isinstance(base, list) else []
    return [next((kept for read, kept in known if read == item), dict[str, Plain](item)) for item in now]


def as_data(said: Said) -> Plain:
    """What is read as it stands in the data."""
    return said if said is None or isinstance(said, str) else [dict[str, Plain](item) for item in said]


def with_values(values: Values) -> dict[str, Plain]:
    """What is read as an item of the data, in which nothing stands for what there is not."""
    return {key: as_data(value) for key, value in values.items() if value}


def read_again(kind: Record, row: Sequence[str], names: PlanNames, was: Item) -> Values:
    """What a row of the base says; nothing where it was printed in a wording that is no longer read: then everything
    counts as changed.
    """
    try:
        return kind.read(row, names, was)
    except Partly as error:
        return error.values
    except Unread:
        return {}


def _changed(item: Mapping[str, Plain], old: Values, new: Values, kind: Record) -> dict[str, Plain]:
    """An item with those of its values changed that a row says otherwise than before.

    Example: `betrag: 15000.00` stands as „15.000 Euro einmalig“. Where „15.000 Euro jährlich“ stands now, only `turnus`
    changes: the amount reads as before and keeps the form it was typed in.
    """
    fields, result = fields_of(kind.model), dict(item)
    for key, value in {**dict.fromkeys(old.keys() - new.keys() - kind.kept), **new}.items():
        if key in old and key in new and old[key] == value:
            continue
        base = item.get(key)
        if not value:
            result.pop(key, None)
        elif not isinstance(value, str):
            result[key] = _kept_items(base, old.get(key), value)
        else:
            keeps_words = isinstance(fields[key].kind, Text) and isinstance(base, str) and base
            result[key] = retyped(str(base), value) if keeps_words else value
    return kind.whole(result, new)
