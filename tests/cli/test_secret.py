"""A copy of the program has one secret, whoever asks first; where it cannot be kept, one for each run."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.files.secret import LENGTH, secret_in


def test_it_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "kopie"
    with ThreadPoolExecutor(8) as pool:
        (secret,) = set(pool.map(secret_in, [folder] * 40))
    assert len(secret) == LENGTH
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0
    assert secret_in(tmp_path / "andere") != secret


def test_a_damaged_one_is_made_anew(tmp_path: Path) -> None:
    secret_in(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"short")
    assert secret_in(tmp_path) == secret_in(tmp_path) == file.read_bytes()


def test_without_a_place_every_run_has_its_own(tmp_path: Path) -> None:
    (tmp_path / "datei").write_bytes(b"")
    for folder in (None, tmp_path / "datei"):
        assert secret_in(folder) != secret_in(folder)
