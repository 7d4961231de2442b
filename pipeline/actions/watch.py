"""Building after every save, for as long as anybody asks for the next result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.actions.build import BuildRequest, build
from pipeline.errors import BuildError, RenderingError
from pipeline.outcome import Outcome, Progress, Silent
from pipeline.pdf.writer import PDF

USUAL_FORMATS = (PDF.name,)  # what most people look at while they write; the Word file would double the wait


@dataclass(frozen=True)
class Failed:
    """A build that could not go on for another reason than the content.

    `is_last`: no save can mend that, so no further result follows.
    """

    error: Exception
    is_last: bool


def watch(request: BuildRequest, progress: Progress) -> Iterator[Outcome | Failed]:
    """Builds now and after every save below the content folder; yields what came of each build.

    `progress` is told of the first build's stages, and of every further build as one. Where the first build fails,
    only a rendering that failed may be mended by a save, such as a picture that cannot be drawn; later anything may
    that the program knows of: a folder that was full or a file that was open elsewhere.

    Raises FileAccessError where the folder cannot be watched.
    """
    if not request.content.is_dir():
        yield _attempt(request, progress, ())  # whose error says what is wrong with the folder
        return
    from pipeline.files.watch import saves

    signals = saves(request.content, [folder for folder in (request.output, request.cache) if folder])
    next(signals)
    result = _attempt(request, progress, (RenderingError,))
    yield result
    while not (isinstance(result, Failed) and result.is_last):
        next(signals)
        with progress.stage("Gespeichert, neu bauen"):
            result = _attempt(request, Silent(), (BuildError,))
        yield result


def _attempt(request: BuildRequest, progress: Progress, mendable: tuple[type[Exception], ...]) -> Outcome | Failed:
    try:
        return build(request, progress)
    except Exception as error:  # noqa: BLE001 - handed on as a value: whoever asks raises it again
        return Failed(error, is_last=not isinstance(error, mendable))
