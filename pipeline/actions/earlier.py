"""A kept edition, named or not, out: what was kept, and the plan that it was, made again."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.errors import BuildError, ExitCode
from schema.edition import Snapshot, from_json
from schema.plan import Plan
from schema.vocabulary import PlanStatus

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
    kept = ", ".join(sorted(source.editions)) or "keine"
    if name not in source.editions:
        none = "Es gibt keine Fassung, mit der zu vergleichen wäre"
        what = f"Die Fassung {name} ist nicht festgehalten" if wanted else none
        raise UnknownEditionError(f"{what}. Festgehalten: {kept}. Festhalten lässt sich die heutige mit „edition“.")
    try:
        found = from_json(source.editions[name].decode())
    except ValueError as error:  # also of UTF-8
        raise UnknownEditionError(f"Die Datei der Fassung {name} ist keine festgehaltene Fassung.") from error
    if found.edition != name:
        raise UnknownEditionError(f"Die Datei der Fassung {name} enthält die Fassung {found.edition}.")
    return found


def resolved_edition(source: Source) -> tuple[Snapshot, Plan] | None:
    """The newest kept edition that was resolved, and the plan that it was; None where none of them can be made again as
    one.
    """
    kept = []
    for name, data in source.editions.items():
        try:
            found = from_json(data.decode())
        except ValueError:  # also of UTF-8; the check tells it
            continue
        if found.edition == name and found.whole:
            kept.append(found)
    for found in sorted(kept, key=lambda item: (item.date, item.edition), reverse=True):
        earlier, _ = rebuilt_edition(found, source, "")
        plan = earlier.checked.plan if earlier else None
        if plan is not None and plan.meta.status is PlanStatus.RESOLVED:
            return found, plan
    return None


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
