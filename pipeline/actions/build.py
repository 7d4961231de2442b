"""Building a plan: the documents of the chosen formats in the output folder, or what keeps them from it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from pipeline import run
from pipeline.calendar.writer import ICS
from pipeline.errors import FileAccessError
from pipeline.files.access import reason
from pipeline.outcome import Outcome, Progress
from pipeline.pdf.writer import PDF
from pipeline.word.writer import DOCX
from pipeline.writer import Writer
from pipeline.xlsx.writer import XLSX

# All formats, in the order in which they are written and published.
FORMATS: tuple[Writer, ...] = (PDF, DOCX, XLSX, ICS)


@dataclass(frozen=True)
class BuildRequest:
    """What to build from what: the content's folder, the output's folder, the formats by name.

    `strict`: warnings forbid it too. `cache` and `own` are the folders of `run.Kept`. `paper`: the paper for the bodies
    too, whatever the plan's status; its Word file looks like that of the file `template`.
    """

    content: Path
    output: Path
    formats: tuple[str, ...]
    strict: bool = False
    cache: Path | None = None
    own: Path | None = None
    paper: bool = False
    template: Path | None = None


def format_names(*, usual: bool = False) -> tuple[str, ...]:
    """The names of all formats, in their order; or of the `usual` ones, that are built where nobody asks for one."""
    return tuple(writer.name for writer in FORMATS if writer.usual or not usual)


def build(request: BuildRequest, progress: Progress) -> Outcome:
    """Builds and publishes; with errors in the content everything in the output folder stays as it was.

    Raises BuildError where the content is not to blame, ValueError for a format that there is not.
    """
    if unknown := set(request.formats) - set(format_names()):
        raise ValueError(f"no such format: {', '.join(sorted(unknown))}")
    return run.build(
        request.content,
        request.output,
        run.Wanted(
            [writer for writer in FORMATS if writer.name in _with_dates(request.formats)],
            request.paper,
            _template(request.template),
        ),
        progress,
        strict=request.strict,
        kept=run.Kept(request.cache, request.own),
    )


def _with_dates(formats: Collection[str]) -> Collection[str]:
    """Whoever wants the workbook gets the calendar too."""
    return {*formats, ICS.name} if XLSX.name in formats else formats


def _template(path: Path | None) -> bytes | None:
    """Raises FileAccessError where it cannot be read."""
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileAccessError(f"{path} lässt sich nicht lesen. {reason(error)}") from error
    return data
