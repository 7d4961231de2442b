"""A PDF in, how its pages look out."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path


def looks(data: bytes) -> list[bytes]:
    """Every page as a picture; equal bytes for pages that look the same."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "x.pdf").write_bytes(data)
        subprocess.run(["pdftoppm", "-r", "50", "x.pdf", "page"], cwd=folder, check=True)
        return [path.read_bytes() for path in sorted(folder.glob("page*"))]
