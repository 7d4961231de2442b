"""Fixtures: the table of edits, done by hand in LibreOffice. Without LibreOffice: a skip, in CI a failure."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.back.edit_cases import Desk
from tests.back.office.hand import Job, missing, type_all, without_fonts
from tests.building import Built

Wish = tuple[str, tuple[tuple[str, ...], ...], bool]
"""A name, operations, whether tracked."""


@dataclass(frozen=True)
class Typed:
    """The desk, and the files that were saved of what was wished; why some could not be."""

    desk: Desk
    files: dict[tuple[str, bool], Path]
    failures: dict[tuple[str, bool], str]

    def data(self, name: str, *, tracked: bool = False) -> bytes:
        """The saved file."""
        assert (name, tracked) not in self.failures, self.failures[name, tracked]
        return self.files[name, tracked].read_bytes()


@pytest.fixture(scope="session")
def office_needed() -> None:
    """Skips what cannot be asked of LibreOffice, in CI fails."""
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def type_once(
    build_once: Callable[[str], Built],
    tmp_path_factory: pytest.TempPathFactory,
    office_needed: None,  # noqa: ARG001  (before anything is built)
) -> Callable[[list[Wish]], Typed]:
    """Has all wishes typed into the small plan's Word file, in one LibreOffice."""

    def make(wishes: list[Wish]) -> Typed:
        folder = tmp_path_factory.mktemp("typed")
        desk = Desk(build_once("small").file(".docx").read_bytes())
        source = folder / "plan.docx"
        source.write_bytes(without_fonts(desk.data))
        jobs = [
            Job(str(source), operations, tracked, str(folder / f"{number}.docx"))
            for number, (_, operations, tracked) in enumerate(wishes)
        ]
        failures = type_all(jobs, folder)
        keys = [(name, tracked) for name, _, tracked in wishes]
        files = {key: Path(job.target) for key, job in zip(keys, jobs, strict=True)}
        return Typed(desk, files, {keys[number]: reason for number, reason in failures.items()})

    return make
