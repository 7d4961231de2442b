"""Fixtures: the fixed plans, each built once a run into a folder of its own."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.back.cut import CutPlan, cut_plan
from tests.back.once import made_once
from tests.building import PLANS, Built, build_silently
from tests.loading import Loaded, load
from tests.parts import Maker
from tests.sharing import run_folder, shared
from tests.tiers import EXPENSIVE, choose, left_out


def pytest_configure(config: pytest.Config) -> None:
    """No generated case fails because the machine was busy; Ctrl-C ends what the tests start, even where they were
    started in the background, which ignores it. Programs that tests start find the modules compiled, as they do at
    a user's, also where the environment says that Python shall keep nothing.
    """
    choose(every_case=config.getoption("every_case"))
    # All that is imported and all fixtures stay: looking through them for garbage took an eighth of the run's time.
    gc.set_threshold(50_000, 20, 50)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("patient", parent=patient)
    settings.load_profile("patient")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Long runs behind an option of their own."""
    parser.addoption(
        "--every-case",
        action="store_true",
        help="long: all edits in the whole plan, all of them typed in LibreOffice, three times as many examples",
    )
    parser.addoption(
        "--quick",
        action="store_true",
        help="below a minute, for every commit: leaves out the modules of tests/tiers.py",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A quick run does without the expensive modules."""
    return True if config.getoption("quick") and left_out(collection_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Nor does it build whole plans."""
    if config.getoption("quick"):
        dear = [item for item in items if "build_once" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=dear)
        items[:] = [item for item in items if item not in set(dear)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The last lines name what was not looked at."""
    if config.getoption("quick"):
        terminalreporter.section("left out by --quick")
        terminalreporter.line("whatever reads a whole plan's finished documents")
        for name, shows in EXPENSIVE.items():
            terminalreporter.line(f"{name}: {shows}")


@pytest.fixture(scope="session", autouse=True)
def _one_process_beside_others() -> Iterator[None]:
    """Beside other workers, which take the other processors, a build in this process starts one that typesets: the
    second takes a fifth more time in all. Programs that tests start do as they do at a user's.
    """
    with pytest.MonkeyPatch.context() as patch:
        if "PYTEST_XDIST_WORKER" in os.environ:
            patch.setattr("pipeline.pdf.typeset.pool._processors", lambda: 1)
        yield


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Builds the plan of a name, or hands back what was built of it before, by whichever worker."""
    done: dict[str, Built] = {}
    folder = run_folder(tmp_path_factory)

    def build(name: str) -> Built:
        if name not in done:
            done[name] = shared(folder, f"built-{name}", lambda output: build_silently(PLANS[name], output))
        return done[name]

    return build


@pytest.fixture(params=["shipped", "small", "stress"])
def built(request: pytest.FixtureRequest, build_once: Callable[[str], Built]) -> Built:
    """Each of the three plans whose finished files are read back."""
    return build_once(request.param)


@pytest.fixture
def small(build_once: Callable[[str], Built]) -> Built:
    """The small plan."""
    return build_once("small")


@pytest.fixture(scope="session")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], CutPlan]:
    """The small plan cut to what an edit touches, by the cut's name; made once a run."""
    folder = run_folder(tmp_path_factory)
    return lambda name: shared(folder, f"cut-{name}", lambda content: cut_plan(name, content))


@pytest.fixture(scope="module", name="made_once")
def _made_once() -> Iterator[None]:
    """For a module that merges into the same sources again and again: what that needs of them is made once."""
    with made_once():
        yield


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    """A plan of one's own."""
    return Maker(tmp_path)


@pytest.fixture(scope="session")
def small_plan() -> Loaded:
    """The small plan."""
    return load(PLANS["small"])
