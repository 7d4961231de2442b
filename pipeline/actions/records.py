"""What is known of releases: a record of each stays in the content folder, beside the kept editions.

It is no content: no plan is read from it, and no checksum depends on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pipeline.content.folder import EDITIONS
from pipeline.errors import FileAccessError
from pipeline.files.access import reason as why
from pipeline.files.publish import publish_file

RECORDS: Final = "freigaben"  # below the kept editions
WITHDRAWN: Final = "zurueckgezogen"


def records(content: Path) -> dict[str, Mapping[str, object]]:
    """The records of all releases by their edition. Raises FileAccessError for one that cannot be read."""
    return dict(_read(content / EDITIONS / RECORDS))


def withdrawn(content: Path) -> frozenset[str]:
    """The editions whose release was taken back. Raises FileAccessError."""
    return frozenset(edition for edition, record in records(content).items() if WITHDRAWN in record)


def _read(folder: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    for path in sorted(folder.glob("*.json")):
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise FileAccessError(f"{path} lässt sich nicht lesen. {_reason(error)}") from error
        if not isinstance(found, dict):
            raise FileAccessError(f"{path} ist kein Vermerk einer Freigabe.")
        yield path.stem, found


def _reason(error: Exception) -> str:
    return why(error) if isinstance(error, OSError) else "Der Inhalt ist beschädigt."


def write_record(content: Path, edition: str, record: Mapping[str, object]) -> Path:
    """Keeps what a release says of itself under its number; the file written."""
    path = content / EDITIONS / RECORDS / f"{edition}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    publish_file(path, (json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    return path
