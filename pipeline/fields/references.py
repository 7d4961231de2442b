"""What names another entity of the plan: shown by number or name, read by any of its names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from pipeline.fields.kind import NONE, OpenWhileEmpty, Single
from pipeline.fields.names import PlanNames
from pipeline.fields.shown import Unread, bare, shown, typed
from pipeline.fields.words import Piece, Words, joined, words
from pipeline.text.typography import typeset_line
from schema import values

NO_MEASURE: Final = "keiner anderen Maßnahme"
_FURTHER: Final = re.compile(r"[,;]([^,;:]*)")


class Actor(OpenWhileEmpty, Single):
    """An actor, by its full name. Who leads is open until somebody does; a list may well name nobody."""

    together = True

    @property
    def none_of_several(self) -> str:
        return NONE

    def offered(self, names: PlanNames) -> tuple[str, ...]:
        return tuple(str(self.write(actor, names)) for actor in names.actors)

    def write(self, value: str, names: PlanNames) -> Words:
        return words(names.actor_name(value), value)

    def read(self, lines: Sequence[str], names: PlanNames, label: str) -> str:
        found = names.actor_list(", ".join(lines))
        text = " ".join(lines)
        if len(found) > 1:
            raise Unread(f"„{typed(text)}“ nennt mehrere Akteure; unter „{label}“ steht genau einer.")
        return found[0] if found else names.actor(text)  # which says that a mere comma names nobody

    def read_several(self, lines: Sequence[str], names: PlanNames, label: str) -> list[str]:
        found = names.actor_list(", ".join(line.strip(" ,;") for line in lines))
        return found or [names.actor(" ".join(lines))]  # as above: a comma alone must not empty the list


class Participant(Actor):
    """An actor in a role of which there may be several, with what it contributes where somebody says so.

    Without any such words they stand on one line, with commas between; else each on its own: `IHK: stellt Räume`.
    """

    def offered(self, names: PlanNames) -> tuple[str, ...]:
        return ()

    def write(self, value: values.Participant, names: PlanNames) -> Words:  # type: ignore[override]
        name = Piece(typeset_line(names.actor_name(value.actor)), value.actor)
        return Words((name, Piece(typeset_line(f": {value.contribution}")))) if value.contribution else Words((name,))

    def show_several(self, several: Sequence[values.Participant], names: PlanNames) -> tuple[Words, ...]:
        lines = tuple(self.write(value, names) for value in several)
        alone = all(not value.contribution for value in several)
        return (joined(lines, ", "),) if alone and lines else lines

    def read_several(self, lines: Sequence[str], names: PlanNames, label: str) -> list[Any]:
        try:
            return super().read_several(lines, names, label)
        except Unread:
            return [item for line in lines for item in self._on_line(line.strip(" ,;"), names)]

    @staticmethod
    def _on_line(line: str, names: PlanNames) -> list[Any]:
        """Of `Amt: Land: sagt zu` the longest beginning that is an actor's name is who says it.

        Raises Unread where several are named for one contribution, or with contributions of their own.
        """
        places = [match.start() for match in re.finditer(":", line)]
        with suppress(Unread):
            return [*names.actor_list(line)]
        for place in reversed(places):
            if names.is_actor(line[:place]):
                return [_contributing(names.actor(line[:place]), typed(line[place + 1 :]), line, names)]
        found = [*names.actor_list(line[: places[0]] if places else line)]
        if places:
            raise _not_alone(line)
        return found


def _contributing(actor: str, said: str, line: str, names: PlanNames) -> Any:
    """An actor with what it contributes. Raises Unread where that goes on with another: `stellt Räume, IHK`."""
    others = any(names.is_actor(typed(name)) for name in _FURTHER.findall(said))
    if others and shown(said) not in map(shown, names.preferred):
        raise _not_alone(line)
    return {"akteur": actor, "beitrag": said} if said else actor


def _not_alone(line: str) -> Unread:
    return Unread(f"„{typed(line)}“: Jeder Akteur mit Beitrag steht in einem eigenen Absatz: „IHK: stellt Räume“.")


class Goal(Single):
    """A goal, by its number and short title."""

    def offered(self, names: PlanNames) -> tuple[str, ...]:
        return tuple(str(self.write(goal, names)) for goal in names.goals)

    def write(self, value: str, names: PlanNames) -> Words:
        return _numbered(value, names.goals)

    def read(self, lines: Sequence[str], names: PlanNames, label: str) -> str:
        text = " ".join(lines)
        found = names.goal_list(text)
        if len(found) > 1:
            raise Unread(f"„{typed(text)}“ nennt mehrere Ziele; unter „{label}“ steht genau eines.")
        return found[0]

    def read_several(self, lines: Sequence[str], names: PlanNames, label: str) -> list[str]:
        return [goal for line in lines for goal in names.goal_list(line)]


class Measure(Single):
    """A measure, by its number and title, with what became of it where it is no longer active."""

    @property
    def none(self) -> str:
        return NO_MEASURE

    @property
    def nothing(self) -> frozenset[str]:
        return frozenset((bare(NO_MEASURE),))

    def write(self, value: str, names: PlanNames) -> Words:
        line = _numbered(value, names.measures)
        fate = names.fates.get(value, ())
        return Words((*line.pieces, Piece(" ("), *fate, Piece(")"))) if fate else line

    def read(self, lines: Sequence[str], names: PlanNames, label: str) -> str:
        text = " ".join(lines)
        found = names.measure_list(text)
        if len(found) > 1:
            raise Unread(f"„{typed(text)}“ nennt mehrere Maßnahmen; unter „{label}“ steht genau eine.")
        return found[0]

    def read_several(self, lines: Sequence[str], names: PlanNames, label: str) -> list[str]:
        return [measure for line in lines for measure in names.measure_list(line)]


def _numbered(identifier: str, titles: Mapping[str, str]) -> Words:
    number = Piece(identifier[1:], identifier)
    return Words((number, Piece(typeset_line(f" {titles[identifier]}"))))
