"""Forms to be filled in, written beside the plan: each as Word file and as PDF."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.actions.beside import begun, published
from pipeline.budget.deadline import deadline
from pipeline.budget.limits import WRITING
from pipeline.files.publish import Output, ensure_writable, tool_versions
from pipeline.files.secret import secret_in
from pipeline.outcome import Outcome, Progress
from pipeline.pdf.writer import PDF
from pipeline.word.writer import DOCX
from pipeline.writer import Resources, Tools


@dataclass(frozen=True)
class FormsRequest:
    """For which plan, and where to; see BuildRequest."""

    content: Path
    output: Path
    strict: bool = False
    cache: Path | None = None
    own: Path | None = None


def write_forms(request: FormsRequest, progress: Progress) -> Outcome:
    """Writes all forms; with errors in the content nothing. Raises BuildError where the content is not to blame."""
    from pipeline.parts.context import Context
    from pipeline.parts.forms import FORMS, form_document

    examined = begun(request.content, request.output, request.cache, progress, strict=request.strict)
    checked, plan, outcome = examined.checked, examined.checked.plan, examined.outcome
    if plan is None or not outcome.ok:
        return outcome
    ensure_writable(request.output)
    context = Context(plan, examined.source.digest, checked.open_points)
    tools = Tools(tool_versions(), request.cache, secret_in(request.own), request.own)
    outputs, remarks = list[Output](), list[str]()
    for form in FORMS.values():
        document = form_document(context, form)
        for writer in (DOCX, PDF):
            with (
                progress.stage("Formular", f"{form.title}, {writer.suffix[1:].upper()}"),
                deadline(WRITING, writer.stage),
            ):
                written = writer.write(document, Resources({}, {}), tools)
            outputs.append(Output(f"{form.name}{writer.suffix}", written.data, written.pages))
            remarks += written.remarks
    return replace(published(outputs, request.output, outcome, progress), remarks=tuple(dict.fromkeys(remarks)))
