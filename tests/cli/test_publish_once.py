"""Publishing a file that stays as it is from then on: whole or not at all, and never over something else."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import FileAccessError
from pipeline.files.publish import publish_once
from tests.cli.test_publish import Fails, snapshot


def test_a_file_that_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "neu" / "ausgaben" / "0.1.json"
    assert publish_once(path, b"first")
    assert not publish_once(path, b"first")
    with pytest.raises(FileExistsError):
        publish_once(path, b"second")
    assert snapshot(tmp_path) == {"neu/ausgaben/0.1.json": b"first"}


@pytest.mark.parametrize("put", [Path.mkdir, lambda path: path.symlink_to("anywhere")])
def test_what_is_no_file_is_never_replaced(tmp_path: Path, put: Callable[[Path], None]) -> None:
    put(tmp_path / "0.1.json")
    with pytest.raises(FileExistsError):
        publish_once(tmp_path / "0.1.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["0.1.json"]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
@pytest.mark.parametrize("call", [(os, "fsync"), (Path, "replace")])
def test_a_file_that_cannot_be_written_once_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[object, str], error: BaseException
) -> None:
    monkeypatch.setattr(*call, Fails(getattr(*call), 1, error))
    with pytest.raises(FileAccessError if isinstance(error, OSError) else type(error)):
        publish_once(tmp_path / "ausgaben" / "0.1.json", b"new")
    assert list(tmp_path.iterdir()) == []
