"""Writing the JSON Schemas, with which editors check and complete the content's files while one types."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.files.access import writing
from schema.files import json_schemas


def write_schemas(directory: Path) -> tuple[Path, ...]:
    """Writes one file a kind of content file and returns their paths; a missing folder is created.

    Raises FileAccessError where one cannot be written.
    """
    with writing(directory):
        directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in json_schemas().items():
        path = directory / f"{name}.schema.json"
        with writing(path):
            path.write_bytes((json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode())
        written.append(path)
    return tuple(written)
