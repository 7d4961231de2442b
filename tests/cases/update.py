"""`python -m tests.cases.update CODE …`: writes what the named cases yield today; look at the difference afterwards."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import yaml

from tests.cases import FOLDER, apply, found, load


def main() -> None:
    """Rewrites the expectations of the cases named on the command line."""
    for name in sys.argv[1:]:
        case = load(name)
        with tempfile.TemporaryDirectory() as folder:
            apply(case, Path(folder))
            case["expected"] = found(Path(folder))
        text = yaml.safe_dump(case, allow_unicode=True, sort_keys=False, width=1000)
        (FOLDER / f"{name}.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
