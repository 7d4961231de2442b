"""Replacing source files: all or none, as long as they hold what was read; permissions stay."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePosixPath

import pytest

from pipeline.errors import FileAccessError
from pipeline.files.replace import replace_files
from tests.cli.test_publish import Fails, snapshot

KNOWN = {PurePosixPath(name): b"alt" for name in ("texte/a.md", "plan.yaml", "texte/b.md")}
NEW = {PurePosixPath(name): b"neu" for name in ("texte/a.md", "plan.yaml")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with three files."""
    for name, data in KNOWN.items():
        path = tmp_path / "inhalt" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "inhalt"


def test_only_what_is_named_is_replaced_with_its_permissions(folder: Path) -> None:
    (folder / "texte" / "a.md").chmod(0o640)
    (folder / "plan.yaml").chmod(0o664)
    untouched = _written(folder / "texte" / "b.md")
    replace_files(NEW, folder, KNOWN)
    assert snapshot(folder) == {str(name): data for name, data in {**KNOWN, **NEW}.items()}
    assert stat.S_IMODE((folder / "texte" / "a.md").stat().st_mode) == 0o640
    assert stat.S_IMODE((folder / "plan.yaml").stat().st_mode) == 0o664
    assert _written(folder / "texte" / "b.md") == untouched


def _written(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_ino, status.st_mtime_ns


def test_the_owner_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "chown", lambda _, user, group: asked.append((user, group)))
    replace_files(NEW, folder, KNOWN)
    status = (folder / "plan.yaml").stat()
    assert asked == [(status.st_uid, status.st_gid)] * len(NEW)


def test_where_owners_cannot_be_given_files_are_replaced_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "chown", Fails(os.chown, 1, PermissionError(errno.EPERM, "not yours")))
    replace_files(NEW, folder, KNOWN)
    assert (folder / "texte" / "a.md").read_bytes() == b"neu"


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("call", [(os, "fsync"), (Path, "replace"), (os, "chmod")])
def test_a_failure_at_any_moment_leaves_the_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[object, str], nth: int, error: BaseException
) -> None:
    before = snapshot(folder)
    monkeypatch.setattr(*call, Fails(getattr(*call), nth, error))
    with pytest.raises(FileAccessError if isinstance(error, OSError) else KeyboardInterrupt):
        replace_files(NEW, folder, KNOWN)
    assert snapshot(folder) == before


def test_a_file_that_changed_meanwhile_is_not_replaced(folder: Path) -> None:
    (folder / "plan.yaml").write_bytes(b"von anderer Hand")
    before = snapshot(folder)
    with pytest.raises(FileAccessError, match=r"plan\.yaml: Die Datei hat sich inzwischen geändert"):
        replace_files(NEW, folder, KNOWN)
    assert snapshot(folder) == before


def test_not_even_while_the_new_files_are_being_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, path = os.fsync, folder / "texte" / "a.md"

    def saved_meanwhile(descriptor: int) -> None:
        path.write_bytes(b"von anderer Hand")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", saved_meanwhile)
    with pytest.raises(FileAccessError, match=r"a\.md: Die Datei hat sich inzwischen geändert"):
        replace_files(NEW, folder, KNOWN)
    assert path.read_bytes() == b"von anderer Hand"


def test_a_file_that_is_gone_is_not_written_again(folder: Path) -> None:
    (folder / "plan.yaml").unlink()
    before = snapshot(folder)
    with pytest.raises(FileAccessError, match=r"plan\.yaml: Das Schreiben ist nicht gelungen"):
        replace_files(NEW, folder, KNOWN)
    assert snapshot(folder) == before


def test_a_protected_file_stays_as_it_is(folder: Path) -> None:
    """Also for root, whom the system would let write."""
    (folder / "plan.yaml").chmod(0o444)
    before = snapshot(folder)
    with pytest.raises(FileAccessError, match=r"plan\.yaml: .*Die Berechtigung fehlt"):
        replace_files(NEW, folder, KNOWN)
    assert snapshot(folder) == before
