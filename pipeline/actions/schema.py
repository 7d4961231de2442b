"""Writing the JSON Schemas, with which editors check and complete the content's files while one types."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FileAccessError
from pipeline.files.access import ensure_outside, writing
from pipeline.outcome import Silent
from pipeline.run import examine
from schema.files import BUILT_IN, IDS_SCHEMA, ids_schema, json_schemas, kinds_with
from schema.plan import Plan


@dataclass(frozen=True)
class SchemasWritten:
    """The files, and whether the IDs are kept from before, since the content has errors."""

    paths: tuple[Path, ...]
    ids_kept: bool


def write_schemas(content: Path, directory: Path) -> SchemasWritten:
    """Writes one file a kind of content file and one with the IDs of this content; a missing folder is created.

    Where the content has errors the IDs that are there already stay. Raises FileAccessError where a file cannot be
    written.
    """
    ensure_outside(directory, content)
    plan = _plan(content)
    with writing(directory):
        directory.mkdir(parents=True, exist_ok=True)
    schemas = dict(json_schemas(kinds_with(plan.meta.own_fields) if plan is not None else BUILT_IN))
    if plan is not None or not (directory / _name(IDS_SCHEMA)).exists():
        schemas[IDS_SCHEMA] = ids_schema(plan)
    written = []
    for name, schema in schemas.items():
        path = directory / _name(name)
        with writing(path):
            path.write_bytes((json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode())
        written.append(path)
    return SchemasWritten(tuple(written), ids_kept=plan is None and content.is_dir())


def _name(schema: str) -> str:
    return f"{schema}.schema.json"


def _plan(content: Path) -> Plan | None:
    try:
        return examine(content, Silent()).checked.plan
    except FileAccessError:  # the schemas say how content is written, also where there is none yet
        return None
