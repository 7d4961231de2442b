"""What is open in a plan in, an agenda to send round out: Markdown, a list to tick off for each who settles it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.document.model import Properties
from pipeline.parts.context import Context
from pipeline.parts.open_matters import Matter, matters_by_owner
from pipeline.text.typography import typeset_line
from schema.plan import Plan
from schema.rules import Finding
from schema.vocabulary import PartName

NOTHING = "In dieser Fassung ist nichts mehr offen."

# What Markdown would take for its own: anywhere in a line, and the sign that closes a heading.
_SPECIAL = re.compile(r"[\\`*_\[\]<>~|&#]")


def agenda(plan: Plan, findings: Sequence[Finding], properties: Properties) -> str:
    """The open points by who settles them; with nothing open it says just that."""
    found = tuple(matters_by_owner(Context(plan), findings))
    head = (
        f"# {PartName.OPEN_POINTS.label}",
        _plain(properties.title),
        typeset_line(f"Fassung {properties.edition}, Stand {properties.date_label}, {properties.state.label}"),
    )
    count = f"{len(findings)} {'Punkt ist' if len(findings) == 1 else 'Punkte sind'} bis zum Beschluss zu klären"
    body = [f"{count}, geordnet nach der Stelle, die sie klärt.", *_lists(found)] if found else [NOTHING]
    return "\n\n".join([*head, *body]) + "\n"


def _lists(found: Sequence[tuple[str, Sequence[Matter]]]) -> Iterator[str]:
    """A heading and a list for each who has to settle something."""
    for owner, matters in found:
        yield f"## {_plain(typeset_line(owner))}"
        yield "\n".join(_item(matter) for matter in matters)


def _item(matter: Matter) -> str:
    called = " ".join(filter(None, ("".join(node.plain() for node in matter.number), typeset_line(matter.title))))
    return f"- [ ] {_plain(called)}: {_plain(typeset_line(', '.join(matter.topics)))}"


def _plain(text: str) -> str:
    """Text on one line that reads in Markdown as it is written."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.splitlines()))
