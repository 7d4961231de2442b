"""What .vscode brings: commands that there are, and findings of `check` that an editor's list shows at their places."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath

import pytest

from pipeline.console.commands import program
from pipeline.console.findings import for_people
from pipeline.console.screen import Look
from pipeline.console.snippet import Lines
from pipeline.diagnostics import Diagnostic, Location, Severity

FOLDER = Path(__file__).resolve().parents[2] / ".vscode"
TASKS = json.loads((FOLDER / "tasks.json").read_text("utf-8"))["tasks"]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task["label"])
def test_every_task_runs_a_command_that_there_is(task: dict[str, list[str]]) -> None:
    build, *command = [word for word in task["args"] if not word.startswith("--")]
    assert (build, set(command) - set(program.commands)) == ("build.py", set())


@pytest.mark.parametrize(("severity", "name"), list(zip(Severity, ("error", "warning", "info"), strict=True)))
@pytest.mark.parametrize(("line", "column"), [(12, 5), (12, 0), (0, 0)])
def test_findings_come_into_the_list_of_problems(severity: Severity, name: str, line: int, column: int) -> None:
    place = Location(PurePosixPath("verwaltung/massnahmen.yaml"), line, column)
    text = for_people([Diagnostic("P301", severity, place, "Das ist: falsch.")], Lines({}), Path("content"), Look())
    found = {
        matcher["severity"]: match
        for matcher in TASKS[0]["problemMatcher"]
        if (match := re.search(matcher["pattern"]["regexp"], text, re.MULTILINE))
    }
    assert list(found) == [name]
    numbers = [str(number) if number else None for number in (line, column)]
    assert list(found[name].groups()) == ["content/verwaltung/massnahmen.yaml", *numbers, "P301", "Das ist: falsch."]


def test_the_extension_is_recommended() -> None:
    assert json.loads((FOLDER / "extensions.json").read_text("utf-8")) == {"recommendations": ["redhat.vscode-yaml"]}
