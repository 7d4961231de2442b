"""Files that are made beside the plan's own: how every such command begins, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.files.access import ensure_outside
from pipeline.files.publish import Output, described, publish_beside
from pipeline.files.replace import at_rest
from pipeline.outcome import Outcome, Progress
from pipeline.run import Examined, examine


def begun(content: Path, output: Path, cache: Path | None, progress: Progress, *, strict: bool) -> Examined:
    """The plan, read and checked; its outcome says what a run that broke off left behind in the output folder, too."""
    for folder in filter(None, (output, cache)):
        ensure_outside(folder, content)
    with at_rest(output) as told:
        settled = (told,) if told else ()
    examined = examine(content, progress, strict=strict)
    return replace(examined, outcome=replace(examined.outcome, settled=settled + examined.outcome.settled))


def published(outputs: Sequence[Output], output: Path, outcome: Outcome, progress: Progress) -> Outcome:
    """Writes the files, and the outcome names them."""
    with progress.stage("Veröffentlichen", str(output)):
        publish_beside({item.name: item.data for item in outputs}, output)
    return replace(outcome, files=described(outputs, output))
