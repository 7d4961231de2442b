"""The small plan in, the text of its being read aloud in the golden file out."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.actions.aloud import read_aloud
from tests.building import PLANS, build_silently
from tests.pdf.aloud import GOLDEN

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        built = build_silently(PLANS["small"], Path(folder))
        GOLDEN.write_text("\n".join(read_aloud(built.output)) + "\n", "utf-8")
