"""Nothing takes longer than it may: every stage ends with a sentence that says where it was, and leaves nothing."""

from __future__ import annotations

import contextlib
import dataclasses
import multiprocessing
import os
import re
import shutil
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import run
from pipeline.actions import merge as merging
from pipeline.actions.build import BuildRequest, build
from pipeline.budget import deadline as module
from pipeline.budget import limits
from pipeline.budget.deadline import at, deadline
from pipeline.budget.limits import CHECKING, Limit
from pipeline.errors import ExitCode, OverdueError
from pipeline.outcome import Silent
from pipeline.pdf.typeset import pool
from pipeline.word import convert, raster
from tests.cases import BASE
from tests.pdf.test_pool import PAGES, STYLES

SHORT: Any = 0.2  # seconds
QUICK = 3  # seconds in which everything has ended


def short(limit: Limit) -> Limit:
    return dataclasses.replace(limit, most=SHORT)


SECOND = short(CHECKING)


def spin() -> None:
    while True:
        pass


def swallow() -> None:
    """As a library might that goes on whatever happens."""
    while True:
        with contextlib.suppress(Exception):
            time.sleep(60)


def inside(busy: Callable[[], object], *limits: tuple[Limit, str]) -> None:
    """Something at work under deadlines, each inside the one before."""
    with contextlib.ExitStack() as stack:
        for limit, doing in limits:
            stack.enter_context(deadline(limit, doing))
        at("texte/a.md")
        busy()


@pytest.mark.parametrize("busy", [spin, swallow, lambda: time.sleep(60), lambda: re.match(r"(a+)+$", "a" * 60 + "b")])
def test_whatever_is_busy_is_interrupted(busy: Callable[[], object]) -> None:
    begun = time.monotonic()
    with pytest.raises(OverdueError, match=r"^texte/a\.md: Abgebrochen, weil „Prüfen“ nach .* nicht fertig war\."):
        inside(busy, (SECOND, "Prüfen"))
    assert time.monotonic() - begun < QUICK
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert not module._running


def test_what_is_done_in_time_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with deadline(SECOND, "Prüfen"):
        at("a")
    time.sleep(SHORT * 1.5)
    assert signal.getsignal(signal.SIGALRM) is before


def test_of_two_the_earlier_ends() -> None:
    with pytest.raises(OverdueError, match="außen"):
        inside(spin, (SECOND, "außen"), (CHECKING, "innen"))
    with pytest.raises(OverdueError, match="innen"):
        inside(spin, (CHECKING, "außen"), (SECOND, "innen"))


def test_another_thread_has_no_clock() -> None:
    done: list[bool] = []

    def work() -> None:
        with deadline(SECOND, "Prüfen"):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


# --- the stages ---------------------------------------------------------------------------------------------------


def request(folder: Path, *formats: str) -> BuildRequest:
    shutil.copytree(BASE, folder / "content")
    return BuildRequest(folder / "content", folder / "output", formats or ("docx",))


@pytest.mark.parametrize(
    ("name", "limit", "told"),
    [("read", "READING", "Lesen"), ("validate", "CHECKING", "Prüfen")],
)
def test_reading_and_checking_end(
    name: str, limit: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, name, lambda *_: spin())
    monkeypatch.setattr(run, limit, short(getattr(limits, limit)))
    with pytest.raises(OverdueError, match=f"„{told}“") as caught:
        build(request(tmp_path), Silent())
    assert caught.value.exit_code == ExitCode.RENDERING
    assert not (tmp_path / "output").exists()


def test_a_document_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.word.build.finish", lambda *_: spin())
    monkeypatch.setattr("pipeline.word.build.convert", lambda *_: b"")
    monkeypatch.setattr(run, "WRITING", short(limits.WRITING))
    with pytest.raises(OverdueError, match="„Word schreiben“"):
        build(request(tmp_path), Silent())
    assert not list((tmp_path / "output").glob("*"))


def test_a_page_ends_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool._Bench, "typeset", lambda *_: time.sleep(60))
    monkeypatch.setattr(pool, "TYPESETTING", short(limits.TYPESETTING))
    begun = time.monotonic()
    with pytest.raises(OverdueError, match=r"^„Teil \d“: Abgebrochen, weil „PDF setzen“"):
        list(pool.typeset_all(PAGES, STYLES, {}, workers=2, names=[f"„Teil {number}“" for number in range(4)]))
    assert time.monotonic() - begun < QUICK
    assert not multiprocessing.active_children()


@pytest.fixture
def sleeper(tmp_path: Path) -> Path:
    """A program that writes down its number and never ends."""
    program = tmp_path / "bin" / "rsvg-convert"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def gone(folder: Path) -> bool:
    number = int((folder / "pid").read_text(encoding="utf-8"))
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


def test_pandoc_ends(sleeper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "_pandoc", lambda: str(sleeper))
    monkeypatch.setattr(convert, "CONVERTING", short(limits.CONVERTING))
    with pytest.raises(OverdueError, match=r"^Word-Datei: Abgebrochen"):
        convert.convert("<p>x</p>", b"")
    assert gone(tmp_path)


def test_a_drawing_ends_and_is_named(sleeper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "DRAWING", short(limits.DRAWING))
    monkeypatch.setattr(raster, "_font_configuration", lambda *_: "")
    monkeypatch.setattr("pipeline.word.raster.shutil.which", lambda _: str(sleeper))
    with pytest.raises(OverdueError, match=r"^bilder/a\.svg: Abgebrochen"):
        raster.png_from_svg("bilder/a.svg", b"<svg/>")
    assert gone(tmp_path)


def test_merging_ends_and_the_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        at("anna.docx")
        spin()

    shutil.copytree(BASE, tmp_path / "content")
    before = {path: path.read_bytes() for path in (tmp_path / "content").rglob("*") if path.is_file()}
    file = tmp_path / "anna.docx"
    file.write_bytes(b"PK\x03\x04")
    monkeypatch.setattr("pipeline.merge.merge.merge", busy)
    monkeypatch.setattr(merging, "MERGING", short(limits.MERGING))
    with pytest.raises(OverdueError, match=r"^anna\.docx: Abgebrochen, weil „Übernehmen“"):
        merging.merge_files(merging.Merge((file,), tmp_path / "content"), Silent(), lambda _: None)
    assert {path: path.read_bytes() for path in before} == before
