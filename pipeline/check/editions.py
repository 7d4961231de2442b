"""A plan and the editions kept before it in, the one that it replaces and what is wrong with their numbers out.

A number that was published once stays, whether or not somebody thought of writing `ersetzt` into plan.yaml. So where
nothing is said to be replaced, the plan is held against the newest edition that is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.content.folder import EDITIONS
from pipeline.content.read import Source
from schema.edition import Snapshot, edition_order, from_json
from schema.plan import Kind, Plan
from schema.rules import Finding, Subject
from schema.rules.edition import stable_ids

_PLAN = Subject(Kind.PLAN)
_NAME = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}")


@dataclass(frozen=True)
class Before:
    """The edition that the plan is compared with, if there is one, and what is found by comparing."""

    replaced: Snapshot | None
    findings: tuple[Finding, ...]


def editions_before(plan: Plan, source: Source) -> Before:
    """What follows from the editions of a content folder. Never raises; files that are none become findings."""
    edition = plan.meta.replaces
    if edition is None:
        kept = _newest(source.editions, plan.meta.edition)
        return _against(plan, source, kept) if kept else Before(None, ())
    if edition not in source.editions:
        message = f"Die Fassung {edition}, die ersetzt wird, liegt nicht unter {EDITIONS}/{edition}.json."
        return Before(None, (_unusable(message, "ersetzt"),))
    if edition == plan.meta.edition:
        return Before(None, (_unusable(f"Die Fassung {edition} kann sich nicht selbst ersetzen.", "ersetzt"),))
    found = _read(source, edition)
    if isinstance(found, str):
        return Before(None, (_unusable(found, "ersetzt"),))
    return Before(found, tuple(stable_ids(plan, found)))


def _against(plan: Plan, source: Source, edition: str) -> Before:
    """The plan held against an edition that it does not name; with one of its own number nothing is compared."""
    found = _read(source, edition)
    if isinstance(found, str):
        return Before(None, (_unusable(found, "fassung"),))
    findings = list(stable_ids(plan, found))
    earlier = edition_order(edition) < edition_order(plan.meta.edition)
    if earlier:
        message = f"Die Fassung {edition} ist festgehalten, aber unter „ersetzt“ steht keine."
        hint = (
            f'Unter „fassung“ die Zeile ersetzt: "{edition}" ergänzen. Verglichen wird schon jetzt mit der neuesten '
            "Fassung, die festgehalten ist."
        )
        findings.append(Finding("P274", _PLAN, ("fassung",), message, hint, name=edition))
    return Before(found if earlier else None, tuple(findings))


def _read(source: Source, edition: str) -> Snapshot | str:
    """An edition, or a sentence why its file is none."""
    try:
        found = from_json(source.editions[edition].decode("utf-8"))
    except ValueError:  # also of JSON and of UTF-8
        return f"Die Datei {EDITIONS}/{edition}.json ist keine veröffentlichte Fassung."
    if found.edition != edition:
        return f"Die Datei {EDITIONS}/{edition}.json enthält die Fassung {found.edition}."
    return found


def _unusable(message: str, key: str) -> Finding:
    way_out = "oder „ersetzt“ löschen" if key == "ersetzt" else "oder die Datei löschen"
    hint = f"Die Datei der veröffentlichten Fassung unverändert dort ablegen {way_out}."
    return Finding("P207", _PLAN, (key,), message, hint)


def _newest(editions: Iterable[str], now: str) -> str:
    """The newest that is not after the edition of now, '' if there is none."""
    kept = [name for name in editions if _NAME.fullmatch(name) and edition_order(name) <= edition_order(now)]
    return max(kept, key=edition_order, default="")
