"""A kept edition, named or not, out: what was kept, and the plan that it was, made again."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.errors import BuildError, ExitCode
from schema.edition import Snapshot, edition_order, from_json
from schema.plan import Plan
from schema.vocabulary import PlanStatus, StepResult

if TYPE_CHECKING:
    from pipeline.content.read import Source
    from pipeline.merge.rebuild import Rebuilt


class UnknownEditionError(BuildError):
    """No such edition was kept, or none at all; str() is a German sentence on what to do."""

    exit_code = ExitCode.USAGE


def edition_to_compare(plan: Plan, source: Source, wanted: str, previous: Snapshot | None) -> Snapshot:
    """The edition of that number; without one the one that the plan replaces, else the newest. Raises
    UnknownEditionError.
    """
    if not wanted and previous is not None:
        return previous
    name = wanted or plan.meta.edition
    if name not in source.editions:
        none = "Es gibt keine Fassung, mit der zu vergleichen wäre"
        raise _unknown(source, f"Die Fassung {name} ist nicht festgehalten" if wanted else none)
    return _kept(source, name)


def _unknown(source: Source, what: str) -> UnknownEditionError:
    kept = ", ".join(sorted(source.editions, key=edition_order)) or "keine"
    return UnknownEditionError(f"{what}. Festgehalten: {kept}. Festhalten lässt sich die heutige mit „edition“.")


def _kept(source: Source, name: str) -> Snapshot:
    """An edition that there is. Raises UnknownEditionError for a file that is none."""
    try:
        found = from_json(source.editions[name].decode())
    except ValueError as error:  # also of UTF-8
        raise UnknownEditionError(f"Die Datei der Fassung {name} ist keine festgehaltene Fassung.") from error
    if found.edition != name:
        raise UnknownEditionError(f"Die Datei der Fassung {name} enthält die Fassung {found.edition}.")
    return found


@dataclass(frozen=True)
class Resolved:
    """An edition that was resolved: what was kept of it, and the plan that it was."""

    kept: Snapshot
    plan: Plan

    @property
    def since(self) -> date:
        """The day of the last session that resolved it; the plan's own where none is told."""
        days = [step.session for step in self.plan.meta.route if step.result is StepResult.RESOLVED and step.session]
        return max(days, default=self.plan.meta.date)


def edition_resolved(
    source: Source, until: date, without: Container[str] = ()
) -> tuple[Resolved | None, tuple[str, ...]]:
    """The edition that says what was resolved last by a day: the first that was kept of that resolution.

    Later ones of the same resolution say what became of it, and may name other dates. `without`: editions that hold no
    more. Where all are of later resolutions it is the first one's; None where none can be made again as a resolved
    plan. With it come sentences on those of which nobody can tell what they say.
    """
    read = {name: _read(source, name) for name in sorted(source.editions, key=edition_order) if name not in without}
    known = [found for found, _ in read.values() if found is not None]
    untold = tuple(sentence for _, sentences in read.values() for sentence in sentences)
    by_then = [item for item in known if item.since <= until] or known
    if not by_then:
        return None, untold
    days = [item.since for item in by_then]
    day = max(days) if by_then[0].since <= until else min(days)
    of_resolution = [item for item in by_then if item.since == day]
    return min(of_resolution, key=lambda item: (item.kept.date, edition_order(item.kept.edition))), untold


def edition_resolved_as(source: Source, name: str) -> Resolved:
    """The edition of that number. Raises UnknownEditionError where it was not kept or resolved, or is without texts."""
    if name not in source.editions:
        raise _unknown(source, f"Die Fassung {name} ist nicht festgehalten")
    found, _ = _resolved(source, _kept(source, name))
    if found is None:
        raise UnknownEditionError(
            f"An der Fassung {name} lässt sich nicht messen: Sie ist nicht beschlossen, oder ihre Texte fehlen."
        )
    return found


_Found = tuple[Resolved | None, tuple[str, ...]]


def _read(source: Source, name: str) -> _Found:
    try:
        return _resolved(source, _kept(source, name))
    except UnknownEditionError as error:
        return None, (str(error),)


def _resolved(source: Source, kept: Snapshot) -> _Found:
    """The edition, where it was resolved; and what is to be said of one that cannot be made again."""
    earlier, told = rebuilt_edition(kept, source, "Woran der Bericht misst, sagt sie deshalb nicht.")
    plan = earlier.checked.plan if earlier else None
    if plan is None:
        return None, told
    return (Resolved(kept, plan), ()) if plan.meta.status is PlanStatus.RESOLVED else (None, ())


def rebuilt_edition(before: Snapshot, source: Source, without: str) -> tuple[Rebuilt | None, tuple[str, ...]]:
    """The plan that the edition was, and what is to be said of it; None where it cannot be made again, and `without` is
    said of what there is not.
    """
    from pipeline.merge.rebuild import rebuild
    from pipeline.merge.sources import Sources
    from pipeline.merge.stand_ins import with_pictures

    if not before.whole:
        told = (
            f"Die Fassung {before.edition} ist ohne ihre Texte festgehalten, von einer früheren Version des Programms."
        )
        return None, (f"{told} {without}",)
    sources = Sources({PurePosixPath(path): words.encode() for path, words in before.sources.items()})
    known = {sha256(data).hexdigest(): data for data in source.pictures.values()}
    missing = [path for path, digest in before.pictures.items() if digest not in known]
    there = {PurePosixPath(path): known[digest] for path, digest in before.pictures.items() if digest in known}
    earlier = rebuild(with_pictures(sources, there), source.editions)
    if not earlier.usable:
        return None, (
            f"Aus der Fassung {before.edition} wird nach den heutigen Regeln kein fehlerfreier Plan. {without}",
        )
    told = "Was es von der Fassung an Bildern nicht mehr gibt, ist in der Word-Datei leer"
    return earlier, (f"{told}: {', '.join(missing)}.",) if missing else ()
