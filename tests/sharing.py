"""What takes long to make, made once a run and shared by all its workers through a folder that belongs to this run."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

Value = TypeVar("Value")


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole run: the next run gets another, so that nothing in it can be out of date."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def shared(folder: Path, name: str, make: Callable[[Path], Value]) -> Value:
    """What `make` makes of the folder `name`, made by whichever worker asks first while the others wait.

    Must be something that can be pickled. Where it fails the next worker starts from an empty folder, and fails
    by the same words.
    """
    done = folder / f"{name}.pickle"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder / name, ignore_errors=True)
            value = make(folder / name)
            done.write_bytes(pickle.dumps(value))
            return value
        found: Value = pickle.loads(done.read_bytes())
        return found
