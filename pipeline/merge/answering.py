"""What came of a merge and the sources that it met in, a DOCX for each editor out: what became of their edits."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.check.validate import validate
from pipeline.content.read import Source
from pipeline.merge.outcome.answers import answers
from pipeline.merge.outcome.outcome import MergeOutcome
from pipeline.parts.answer import answer_document
from pipeline.parts.context import Context
from pipeline.word.build import write_plain


def answer_files(outcome: MergeOutcome, source: Source) -> Mapping[str, bytes]:
    """The answers by their files' names. Raises RenderingError where pandoc fails."""
    plan = validate(source).plan
    assert plan is not None, "or nothing could have been merged"
    context = Context(plan)
    return {
        name: write_plain(answer_document(context, answer, written=outcome.ok))
        for name, answer in answers(outcome).items()
    }
