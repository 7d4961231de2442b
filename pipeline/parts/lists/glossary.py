"""The plan in, its glossary out."""

from __future__ import annotations

from pipeline.document.model import Glossary, GlossaryTerm
from pipeline.parts.context import Context
from pipeline.parts.phrases import blocks, place
from pipeline.text.typography import typeset_line
from schema.vocabulary import PartName


def glossary(context: Context) -> Glossary | None:
    """The terms in alphabetical order; None where there are none."""
    if not context.plan.terms:
        return None
    return Glossary(
        anchor=PartName.GLOSSARY.value,
        title=PartName.GLOSSARY.label,
        terms=tuple(
            GlossaryTerm(
                item.anchor,
                typeset_line(item.term),
                blocks(item.meaning, place(type(item), item.anchor, "meaning")),
                place(type(item), item.anchor, "term"),
            )
            for item in context.plan.terms
        ),
    )
