"""What a kind of field is: how a value is shown, and how what a person writes for it is read.

A kind knows the form that a value has in the data, and the words it is printed with. It knows no document and no file,
so that every form in which a plan is shown or asked for can use the same ones.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Final

from pipeline.fields.names import PlanNames
from pipeline.fields.shown import Unread, bare
from pipeline.fields.words import Words, joined
from schema.base import Model

NONE: Final = "–"
OPEN: Final = "offen"
DASHES: Final = frozenset(("-", "--"))  # as `bare` gives any dash
NOTHING: Final = DASHES | {"keine", "keiner", "keines", "keins", "keine angabe", "k. a.", "k.a."}
"""What a person writes to say that there is no value, as `bare` gives it."""

Said = str | Sequence[Mapping[str, str]] | None
Values = Mapping[str, Said]
"""Keys of the data with what they say, a text or several items; None where the documents show that there is nothing.
What they do not show at all, like the date of a value that is still open, has no key."""

Item = Mapping[str, Any]
"""A value with fields of its own as it stands in the data."""
NO_ITEM: Final[Item] = MappingProxyType({})


class Partly(Unread):
    """Some cells of a row say no value. `values` is what the others say, `lacking` are the keys of those that these
    would have said, `cells` their numbers, from 0.
    """

    def __init__(self, message: str, values: Values, cells: Sequence[int], lacking: Iterable[str]) -> None:
        super().__init__(message)
        self.values, self.cells, self.lacking = values, tuple(cells), frozenset(lacking)


class Kind(ABC):
    """A kind of field."""

    @property
    def none(self) -> str:
        """What stands where there is no value."""
        return NONE

    @property
    def none_of_several(self) -> str:
        """What stands where a list has none of its values."""
        return self.none

    @property
    def nothing(self) -> frozenset[str]:
        """What a person may write besides NOTHING to say that there is no value, as `bare` gives it."""
        return frozenset()

    def says_nothing(self, line: str) -> bool:
        """Whether a line that a person wrote or a document shows says that there is no value."""
        said = bare(line)
        return said in NOTHING | self.nothing and said not in map(bare, self.choices)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that one may choose from, () where anything can be written."""
        return ()

    def offered(self, names: PlanNames) -> tuple[str, ...]:
        """The lines that a form may offer for its one value, () where they cannot be listed."""
        return self.choices

    @abstractmethod
    def show(self, value: Any, names: PlanNames) -> tuple[Words, ...]:
        """The lines that a value of the model is shown as; () where there is none."""


class OpenWhileEmpty(Kind):
    """A kind of which no value means that somebody has yet to decide or to find out."""

    @property
    def none(self) -> str:
        return OPEN

    @property
    def nothing(self) -> frozenset[str]:
        return frozenset((OPEN,))


class Single(Kind):
    """A kind whose value is one text in the data."""

    together: ClassVar[bool] = False  # several stand on one line, commas between

    @abstractmethod
    def write(self, value: Any, names: PlanNames) -> Words:
        """A value of the model on one line."""

    @abstractmethod
    def read(self, lines: Sequence[str], names: PlanNames, label: str) -> str:
        """The value as it stands in the data, of lines that a person wrote or a document shows.

        `label` is what the field is called. Raises Unread where the lines say no such value.
        """

    def read_several(self, lines: Sequence[str], names: PlanNames, label: str) -> list[Any]:
        """The values of a list, as `read`: a line each, unless a kind knows another way to write them."""
        return [self.read([line], names, label) for line in lines]

    def show_several(self, several: Sequence[Any], names: PlanNames) -> tuple[Words, ...]:
        """The lines of a list: one a value, unless they stand together on one."""
        lines = tuple(line for value in several for line in self.show(value, names))
        return (joined(lines, ", "),) if self.together and lines else lines

    def show(self, value: Any, names: PlanNames) -> tuple[Words, ...]:
        return (self.write(value, names),) if value not in (None, "") else ()


class Record(Kind):
    """A kind whose value has fields of its own, all of them on one line or in the cells of one row of a table."""

    model: ClassVar[type[Model]]
    columns: ClassVar[int] = 1  # the cells of a row
    kept: ClassVar[frozenset[str]] = frozenset()  # keys that stay in the data where no cell shows them any more
    apart: ClassVar[frozenset[str]] = frozenset()  # names of fields that are never shown with it

    @abstractmethod
    def write(self, value: Any, names: PlanNames) -> tuple[Words, ...]:
        """A value of the model, cell by cell. In a cell of two lines a `\\n` stands between them."""

    @abstractmethod
    def read(self, cells: Sequence[str], names: PlanNames, was: Item = NO_ITEM) -> Values:
        """What the cells say, as it stands in the data.

        `was` is the item that stood there before. What cannot be taken for a value of its own may still be part of that
        one: a unit that holds a year, say. Raises Unread where the cells say no such value, Partly where some do.
        """

    def entries(self, line: str) -> list[str]:
        """The values on one line of a person, who may have pressed Shift and Return between them."""
        return line.splitlines()

    def seen(self, value: Any) -> Mapping[str, Any]:
        """What of a value of the model can be told from the words that it is shown as, by the names of its fields."""
        return {name: getattr(value, name) for name in type(value).model_fields if name not in self.apart}

    def whole(self, item: Item, said: Values) -> dict[str, Any]:
        """An item of the data, changed as the cells say, with what it needs besides to be shown just so."""
        return dict(item)

    def show(self, value: Any, names: PlanNames) -> tuple[Words, ...]:
        if value is None:
            return ()
        cells = self.write(value, names)
        return cells if self.columns == 1 else (joined(cells, "\t"),)


@dataclass(frozen=True)
class ListOf(Kind):
    """A list of values of one kind, each on a line of its own or all on one."""

    item: Single | Record
    one_alone: bool = False  # in the data the only one stands without a list around it

    @property
    def none(self) -> str:
        return self.item.none_of_several

    @property
    def nothing(self) -> frozenset[str]:
        return self.item.nothing

    def offered(self, names: PlanNames) -> tuple[str, ...]:
        return self.item.offered(names) if self.one_alone else ()

    def show(self, value: Any, names: PlanNames) -> tuple[Words, ...]:
        if isinstance(self.item, Single):
            return self.item.show_several(value, names)
        return tuple(line for item in value for line in self.item.show(item, names))


@dataclass(frozen=True)
class Group:
    """In place of a kind: a value with fields of its own that has no words as a whole, only each of its fields has.

    It can be changed in the files only.
    """

    model: type[Model]
