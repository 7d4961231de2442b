"""What the commands make of their options, and what they print of an outcome; the stages are stood in for."""

from __future__ import annotations

import dataclasses
from pathlib import Path, PurePosixPath

import pytest

from pipeline.actions.build import BuildRequest
from pipeline.actions.edition import EditionResult, Kept
from pipeline.actions.schema import SchemasWritten
from pipeline.console import commands
from pipeline.console.commands import run
from pipeline.console.options import ROOT
from pipeline.console.spoken import documents
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.errors import ExitCode, FileAccessError, MissingToolError, RenderingError, RestoreError
from pipeline.files.publish import PublishedFile
from pipeline.outcome import Counts, Outcome, Progress

PLACE = Location(PurePosixPath("verwaltung/ziele.yaml"), 12, 5)
ERROR = Diagnostic("P301", Severity.ERROR, PLACE, "Das Ziel fehlt.", "Ein Ziel nennen.")
WARNING = Diagnostic("P402", Severity.WARNING, Location(PurePosixPath("plan.yaml")), "Das ist lang.")
NOTE = Diagnostic("P503", Severity.NOTE, PLACE, "Das ist offen.")
COUNTS = Counts(fields=4, goals=12, measures=34, actors=1, open_points=1023)
FILES = (
    PublishedFile(Path("output/zukunftsplan.pdf"), 1_234_567, "0" * 64, 60),
    PublishedFile(Path("output/zukunftsplan.docx"), 345_678, "0" * 64, None),
)


class Stages:
    """Stands in for the stages: remembers what it was asked, answers with `outcome`, which may be raised."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.outcome: Outcome | Exception = Outcome((), COUNTS, FILES)
        self.is_new = True
        self.built: Path | None = None

    def answer(
        self, asked: BuildRequest | Path, progress: Progress, *, strict: bool = False, built: Path | None = None
    ) -> Outcome:
        self.asked.append(asked)
        self.built = built
        with progress.stage("Prüfen"):
            if isinstance(self.outcome, Exception):
                raise self.outcome
        strict = asked.strict if isinstance(asked, BuildRequest) else strict
        return dataclasses.replace(self.outcome, strict=strict)

    def kept(self, asked: Path, progress: Progress, *, strict: bool = False) -> EditionResult:
        outcome = self.answer(asked, progress, strict=strict)
        kept = Kept("0.1", Path("ausgaben/0.1.json"), self.is_new)
        return EditionResult(outcome, kept if outcome.ok else None)

    def schemas(self, content: Path, directory: Path) -> SchemasWritten:
        self.asked.append((content, directory))
        return SchemasWritten((directory / "plan.schema.json",), ids_kept=not self.outcome_is_good())

    def outcome_is_good(self) -> bool:
        return isinstance(self.outcome, Outcome) and self.outcome.ok


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Stages:
    stages = Stages()
    monkeypatch.setattr(documents, "build", stages.answer)
    monkeypatch.setattr(commands, "check", stages.answer)
    monkeypatch.setattr(commands, "keep_edition", stages.kept)
    monkeypatch.setattr(commands, "write_schemas", stages.schemas)
    return stages


BOTH = ("pdf", "docx")
CACHE, OWN = Path(".cache"), Path(".kopie")


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ("", BuildRequest(Path("content"), Path("output"), BOTH, cache=CACHE, own=OWN)),
        ("--format docx", BuildRequest(Path("content"), Path("output"), ("docx",), cache=CACHE, own=OWN)),
        ("--format docx --format pdf", BuildRequest(Path("content"), Path("output"), BOTH[::-1], cache=CACHE, own=OWN)),
        ("--content a/b --output c --cache d", BuildRequest(Path("a/b"), Path("c"), BOTH, cache=Path("d"), own=OWN)),
        ("--strict", BuildRequest(Path("content"), Path("output"), BOTH, strict=True, cache=CACHE, own=OWN)),
        ("check", Path("content")),
        ("edition", Path("content")),
        ("edition --content x --strict", Path("x")),
        ("check --content x --quiet", Path("x")),
        ("--content x check", Path("x")),
        ("--content x check --content y", Path("y")),
        ("schema", (Path("content"), Path("schema/json"))),
        ("schema --output x --content y --verbose", (Path("y"), Path("x"))),
    ],
)
def test_options(stages: Stages, monkeypatch: pytest.MonkeyPatch, arguments: str, asked: object) -> None:
    monkeypatch.chdir(ROOT)
    assert run(arguments.split()) is ExitCode.OK
    assert stages.asked == [asked]


def test_usual_folders_are_the_projects_wherever_one_stands(
    stages: Stages, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    run([])
    run(["--content", "mein", "--output", "dein"])
    assert stages.asked == [
        BuildRequest(ROOT / "content", ROOT / "output", BOTH, cache=ROOT / ".cache", own=ROOT / ".kopie"),
        BuildRequest(Path("mein"), Path("dein"), BOTH, cache=ROOT / ".cache", own=ROOT / ".kopie"),
    ]


def test_the_end_of_a_build(
    stages: Stages, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    stages.outcome = Outcome((WARNING, NOTE), COUNTS, FILES)
    assert run([]) is ExitCode.OK
    written = capsys.readouterr()
    assert written.out == (
        "output/zukunftsplan.pdf     1,2 MB  60 Seiten\n"
        "output/zukunftsplan.docx  345,7 kB\n"
        "4 Handlungsfelder · 12 Ziele · 34 Maßnahmen · 1 Akteur · 1.023 offene Punkte\n"
    )
    assert written.err == (
        "Prüfen … 0,0 s\n\ncontent/plan.yaml: Warnung P402: Das ist lang.\n\n"
        "content/verwaltung/ziele.yaml:12:5: Hinweis P503: Das ist offen.\n\n"
        "1 Warnung, 1 Hinweis.\n"
    )


def test_the_end_of_a_check(stages: Stages, capsys: pytest.CaptureFixture[str]) -> None:
    stages.outcome = Outcome((), COUNTS)
    assert run(["check"]) is ExitCode.OK
    assert capsys.readouterr().out.splitlines()[-1] == "Geprüft: nichts zu beanstanden."
    stages.outcome = Outcome((), COUNTS, digest="0123456789abcdef" * 4)
    assert run(["check"]) is ExitCode.OK
    assert capsys.readouterr().out.splitlines()[-2].endswith(" (SHA-256): 01234567 89abcdef" + 3 * " 01234567 89abcdef")
    stages.outcome = Outcome((ERROR, NOTE), None)
    assert run(["check", "--verbose"]) is ExitCode.CONTENT
    assert capsys.readouterr().out == "Geprüft: 1 Fehler, 1 Hinweis.\n"


@pytest.mark.parametrize(
    ("option", "shown"),
    [((), (ERROR, WARNING, NOTE)), (("--verbose",), (ERROR, WARNING, NOTE)), (("--quiet",), (ERROR,))],
)
@pytest.mark.parametrize("command", [(), ("check",)])
def test_which_findings_are_shown(
    stages: Stages,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    option: tuple[str, ...],
    shown: tuple[Diagnostic, ...],
) -> None:
    stages.outcome = Outcome((ERROR, WARNING, NOTE), COUNTS)
    for arguments in ((*option, *command), (*command, *option)):
        assert run([*arguments, "--content", "x"]) is ExitCode.CONTENT
        text = capsys.readouterr().err
        assert ("x/verwaltung/ziele.yaml:12:5: Fehler P301: Das Ziel fehlt.\n    Ein Ziel nennen.\n") in text
        assert ("x/plan.yaml: Warnung P402: Das ist lang.\n" in text) == (WARNING in shown)
        assert ("x/verwaltung/ziele.yaml:12:5: Hinweis P503: Das ist offen.\n" in text) == (NOTE in shown)


@pytest.mark.parametrize("option", [(), ("--verbose",)])
def test_what_is_new_says_so(stages: Stages, capsys: pytest.CaptureFixture[str], option: tuple[str, ...]) -> None:
    stages.outcome = Outcome((WARNING, NOTE), COUNTS, new=frozenset({NOTE}))
    for command in ((), ("check",)):
        assert run([*command, *option]) is ExitCode.OK
        written = capsys.readouterr()
        assert ": Warnung P402: Das ist lang.\n" in written.err
        assert ": Hinweis P503: (neu) Das ist offen.\n" in written.err
        assert "1 Warnung, 1 Hinweis, davon 1 neu.\n" in "".join(written)


def test_a_check_compares_with_the_last_build_of_the_projects_own_content(
    stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for content, built in (("content", Path("output")), ("docs/../content/", Path("output")), ("x", None)):
        run(["check", "--content", content])
        assert stages.built == built
    run(["check"])
    assert stages.built == Path("output")


def test_the_line_of_a_finding_comes_from_what_was_read(stages: Stages, capsys: pytest.CaptureFixture[str]) -> None:
    source = {PLACE.path: b"\n" * 11 + b"    handlungsfeld: 9\n"}
    stages.outcome = Outcome((ERROR, WARNING), COUNTS, sources=source)
    run(["check", "--content", "x", "--quiet"])
    assert capsys.readouterr().err == (
        "x/verwaltung/ziele.yaml:12:5: Fehler P301: Das Ziel fehlt.\n"
        "    12 |     handlungsfeld: 9\n"
        "       |     ^~~~~~~~~~~~~\n"
        "    Ein Ziel nennen.\n"
    )


STRICT = "Wegen --strict zählen Warnungen wie Fehler."


@pytest.mark.parametrize(
    ("found", "result"),
    [((WARNING, NOTE), ExitCode.CONTENT), ((ERROR, WARNING), ExitCode.CONTENT), ((NOTE,), ExitCode.OK)],
)
def test_strict(
    stages: Stages, capsys: pytest.CaptureFixture[str], found: tuple[Diagnostic, ...], result: ExitCode
) -> None:
    stages.outcome = Outcome(found, COUNTS)
    said = WARNING in found
    for quiet in ((), ("--quiet",)):
        for arguments in (("--strict", *quiet, "check"), ("check", "--strict", *quiet)):
            assert run(arguments) is result
            written = capsys.readouterr()
            assert (": Warnung P402: Das ist lang.\n" in written.err) == said  # shown as what it is
            last = (written.err if quiet else written.out).splitlines()[-1:]
            assert [line for line in last if line.endswith(STRICT)] == (last if said else [])
        assert run(["--strict", *quiet, "--output", "out"]) is result
        last = capsys.readouterr().err.splitlines()[-1:]
        refusal = f"Nichts veröffentlicht: In out bleibt alles, wie es war. {STRICT}"
        assert (last == [refusal]) == said
        assert run(["edition", "--strict", *quiet]) is result
        last = capsys.readouterr().err.splitlines()[-1:]
        assert (last == [f"Nichts festgehalten: Das geht nur mit einem Plan ohne Fehler. {STRICT}"]) == said


def test_without_strict_warnings_forbid_nothing(stages: Stages, capsys: pytest.CaptureFixture[str]) -> None:
    stages.outcome = Outcome((WARNING,), COUNTS, FILES)
    for command in ((), ("check",), ("edition",)):
        assert run(command) is ExitCode.OK
        assert STRICT not in "".join(capsys.readouterr())


def test_the_end_of_an_edition(stages: Stages, capsys: pytest.CaptureFixture[str]) -> None:
    stages.outcome = Outcome((WARNING, NOTE), COUNTS)
    assert run(["edition"]) is ExitCode.OK
    path, done, then = capsys.readouterr().out.splitlines()
    assert (path, done) == ("ausgaben/0.1.json", "Fassung 0.1 ist jetzt festgehalten.")
    assert 'ersetzt: "0.1"' in then
    assert "plan.yaml" in then
    stages.is_new = False
    assert run(["edition"]) is ExitCode.OK
    assert "Fassung 0.1 ist schon, mit genau diesem Inhalt, festgehalten." in capsys.readouterr().out
    stages.outcome = Outcome((ERROR,), COUNTS)
    assert run(["edition"]) is ExitCode.CONTENT
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.splitlines()[-2:] == [
        "1 Fehler.",
        "Nichts festgehalten: Das geht nur mit einem Plan ohne Fehler.",
    ]


def test_with_errors_the_last_line_says_that_nothing_was_published(
    stages: Stages, capsys: pytest.CaptureFixture[str]
) -> None:
    stages.outcome = Outcome((ERROR,), COUNTS)
    for option in ((), ("--quiet",), ("--verbose",)):
        assert run([*option, "--output", "out"]) is ExitCode.CONTENT
        last = capsys.readouterr().err.splitlines()[-1]
        assert last == "Nichts veröffentlicht: In out bleibt alles, wie es war."


def test_quiet_is_silent_if_all_is_well(stages: Stages, capsys: pytest.CaptureFixture[str]) -> None:
    stages.outcome = Outcome((WARNING, NOTE), COUNTS, FILES)
    for command in ((), ("check",), ("edition",), ("schema",)):
        assert run([*command, "--quiet"]) is ExitCode.OK
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("error", "text", "exit_code"),
    [
        (FileAccessError("x: Geht nicht."), "x: Geht nicht.", ExitCode.FILES),
        (MissingToolError("Es fehlt etwas."), "Es fehlt etwas.", ExitCode.MISSING_TOOL),
        (RenderingError("Es wurde gewarnt."), "Es wurde gewarnt.", ExitCode.RENDERING),
        (PermissionError(13, "Permission denied", "x"), "x: Die Berechtigung fehlt.", ExitCode.FILES),
        (ModuleNotFoundError("No module", name="lxml.etree"), "Die Bibliothek „lxml“ fehlt.", ExitCode.MISSING_TOOL),
        (KeyError("secret"), "Damit hat das Programm nicht gerechnet (KeyError).", ExitCode.RENDERING),
    ],
)
def test_a_failure_is_a_german_sentence(
    stages: Stages, capsys: pytest.CaptureFixture[str], error: Exception, text: str, exit_code: ExitCode
) -> None:
    stages.outcome = error
    assert run(["--output", "out", "--quiet"]) is exit_code
    first, last = capsys.readouterr().err.splitlines()
    assert first.startswith(f"Fehler: {text}")
    assert last == "Nichts veröffentlicht: In out bleibt alles, wie es war."


def test_a_fault_of_the_program_shows_its_traceback_only_if_asked(
    stages: Stages, capsys: pytest.CaptureFixture[str]
) -> None:
    stages.outcome = KeyError("secret")
    assert run(["check"]) is ExitCode.RENDERING
    text = capsys.readouterr().err
    assert "Traceback" not in text
    assert text.splitlines()[-1].endswith("Bitte melden Sie das mit dem, was der Aufruf mit --verbose zeigt.")
    assert run(["check", "--verbose"]) is ExitCode.RENDERING
    text = capsys.readouterr().err
    assert "Traceback" in text
    assert "KeyError: 'secret'" in text


def test_where_the_previous_files_are_lost_nothing_is_promised(
    stages: Stages, capsys: pytest.CaptureFixture[str]
) -> None:
    stages.outcome = RestoreError("Die vorherige Fassung liegt nebenan.")
    assert run([]) is ExitCode.FILES
    assert capsys.readouterr().err.splitlines()[-1] == "Fehler: Die vorherige Fassung liegt nebenan."


def test_ctrl_c_passes_through(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> Outcome:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "check", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(["check"])
    assert stages.asked == []
