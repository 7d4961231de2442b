"""A content folder in, its finished files out, with whatever anybody said while they were made."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.actions.build import BuildRequest, build, format_names
from pipeline.aloud.read_tags import BESIDE
from pipeline.outcome import Outcome
from tests.loading import Loaded, load
from tests.reading.pdf import Pdf
from tests.reading.values import Reading
from tests.reading.word import read_docx

ROOT = Path(__file__).resolve().parents[1]
PLANS = {
    "shipped": ROOT / "content",
    **{name: ROOT / "tests" / "plans" / name for name in ("small", "stress", "tiny")},
}


@dataclass(frozen=True)
class Built:
    """The published files, what they were made from, and what was said: warnings, log records, output."""

    content: Path
    output: Path
    outcome: Outcome
    said: tuple[str, ...]

    def file(self, ending: str) -> Path:
        """The plan's one published file of an ending such as `.pdf`, not the paper by which it is resolved."""
        (path,) = (path for path in self.output.glob(f"*{ending}") if not path.stem.endswith(BESIDE))
        return path

    @cached_property
    def loaded(self) -> Loaded:
        """The plan and its Document."""
        return load(self.content)

    @cached_property
    def pdf(self) -> Pdf:
        """The PDF, opened."""
        return Pdf(self.file(".pdf").read_bytes())

    @cached_property
    def pdf_reading(self) -> Reading:
        """What the PDF's tags say."""
        return self.pdf.read()

    @cached_property
    def docx_reading(self) -> Reading:
        """What Word shows."""
        return read_docx(self.file(".docx").read_bytes())


class _NoProgress:
    @contextlib.contextmanager
    def stage(self, label: str, detail: str = "") -> Iterator[None]:
        """Says nothing."""
        assert label
        assert isinstance(detail, str)
        yield


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.name}: {record.getMessage()}")


def build_silently(content: Path, output: Path) -> Built:
    """Builds both formats; keeps what would have disturbed the silence."""
    records, printed, root = _Records(), io.StringIO(), logging.getLogger()
    root.addHandler(records)
    try:
        with (
            warnings.catch_warnings(record=True) as caught,
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            warnings.simplefilter("always")
            outcome = build(BuildRequest(content, output, format_names(usual=True)), _NoProgress())
    finally:
        root.removeHandler(records)
    said = (*(str(warning.message) for warning in caught), *records.texts, *printed.getvalue().splitlines())
    return Built(content, output, outcome, said)
