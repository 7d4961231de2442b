"""A content folder in, the checked plan and its assembled Document out, as a build makes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.diagnostics import Diagnostic
from pipeline.document.model import Document
from pipeline.parts.assemble import assemble
from schema.plan import Plan


@dataclass(frozen=True)
class Loaded:
    """A plan with everything found in it, and its Document."""

    plan: Plan
    document: Document
    diagnostics: tuple[Diagnostic, ...]


def load(content: Path) -> Loaded:
    """Reads, checks and assembles a content folder that has a usable plan.yaml."""
    source = read(content)
    checked = validate(source)
    assert checked.plan is not None, checked.diagnostics
    document = assemble(
        checked.plan,
        checked.texts,
        digest=source.digest,
        open_points=checked.open_points,
        previous=checked.previous,
    )
    return Loaded(checked.plan, document, checked.diagnostics)
