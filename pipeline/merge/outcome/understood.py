"""An edit that was taken and what the plan shows for it now, in; where that reads otherwise than it was typed, so, out.

Whoever typed „01.01.2027 – 31.12.2028“ sees what became of it: „Januar 2027 – Dezember 2028“.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.fields.kind import Kind, ListOf
from pipeline.fields.shown import bare, typed
from pipeline.fields.texts import Text
from pipeline.merge.differences.field_edits import comes_back, is_table
from pipeline.merge.differences.rows import shown
from pipeline.merge.differences.text_edits import Side
from pipeline.merge.outcome.found import Found
from pipeline.merge.sources import Sources
from pipeline.merge.why import Reason, Why
from pipeline.text.nodes import Place


@dataclass(frozen=True)
class Understood:
    """Of the values of a base's sources what is shown of them now, by their place; nothing where nobody could build."""

    sources: Sources
    now: Mapping[Place, tuple[str, ...]]

    @classmethod
    def of(cls, built: Side | None, sources: Sources) -> Understood:
        units = built.units if built else ()
        return cls(sources, {item.place: item.lines for unit in units for item in shown(unit, sources)})

    def words(self, edit: Found) -> str:
        """What the plan shows now where an edit was made, '' where nobody knows."""
        return "\n".join(self.now.get(edit.place, ()))

    def how(self, edit: Found, met: Why | None, left: str | None = None) -> Why | None:
        """Why an edit that was taken needs a word: `met`, how it met others, and as what it was understood.

        `left`: the words of it that were not; there stands still what stood before. None where all of it was.
        """
        field = self.sources.field_at(edit.place.source)
        if not edit.after or not comes_back(field) or field is None or _is_text(field.shown_kind):
            return met
        apart = re.compile(r"[\t\n]" if is_table(field) else r"\n")
        stood = "" if left is None else edit.before
        known = {_plain(piece) for text in (edit.after, stood) for piece in apart.split(text)}
        now = self.words(edit)
        other = [typed(piece) for piece in apart.split(now) if typed(piece) and _plain(piece) not in known]
        if not other or field.says_nothing(typed(now)):
            return met
        sentence = f"Verstanden als „{' / '.join(other)}“."
        if left is not None:  # the plan's words are told in place of the typed ones, which are named here
            there = {_plain(piece) for text in (left, now) for piece in apart.split(text)}
            said = [typed(piece) for piece in apart.split(edit.after) if _plain(piece) not in there]
            if len(said) == len(other):
                pairs = zip(said, other, strict=True)
                sentence = " ".join(f"„{was}“ ist verstanden als „{piece}“." for was, piece in pairs)
        return replace(met, sentence=f"{met.sentence} {sentence}") if met else Why(Reason.UNDERSTOOD, sentence)


def _is_text(kind: Kind) -> bool:
    return isinstance(kind.item if isinstance(kind, ListOf) else kind, Text)


def _plain(text: str) -> str:
    """Equal for words that differ in their spaces, dashes and capitals only."""
    return "".join(bare(text).split())
