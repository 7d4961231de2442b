"""Conflicts in, the sources with diff3's markers around them out, for those who settle them in an editor."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from pipeline.back.sources import Sources
from pipeline.back.threeway import SourceConflict
from pipeline.back.yaml_text import locate
from pipeline.back.yaml_tree import Unspliceable

Named = tuple[SourceConflict, str, str]
"""A conflict, whose version stands in the sources, whose the other is."""


def marked(sources: Sources, conflicts: Sequence[Named]) -> Mapping[PurePosixPath, bytes]:
    """The files in which there are conflicts, with markers; YAML with markers is none until they are settled."""
    files: dict[PurePosixPath, str] = {}
    for named in conflicts:
        name = named[0].name
        file = next((path for path in sources.files if str(path) == name), None)
        if file is not None:
            files[file] = _in_text(files.get(file, sources.text(file)), named)
        else:
            entity, _, key = name.rpartition("/")
            found = sources.entities.get(entity)
            if found is not None and key in found.data:
                text = files.get(found.file, sources.text(found.file))
                files[found.file] = _in_data(text, sources.text(found.file), (*found.path, key), named)
    return {file: sources.with_text(file, text).files[file] for file, text in files.items()}


def _in_text(text: str, named: Named) -> str:
    ours = named[0].ours
    block = _block(named, ours, named[0].base, named[0].theirs)
    at = f"\n{text}".find(f"\n{ours}")  # whole lines: the same words may stand elsewhere
    if ours and at >= 0:
        return text[:at] + block + text[at + len(ours) :]
    return text + ("" if not text or text.endswith("\n") else "\n") + block


def _in_data(text: str, original: str, path: tuple[str | int | tuple[str, str], ...], named: Named) -> str:
    """Whole lines: from the key's to the value's last."""
    try:
        start, end = locate(original, path)
    except Unspliceable:
        return text
    first = original.rfind("\n", 0, start) + 1
    last = original.find("\n", max(end - 1, start))
    ours = original[first : last + 1 if last >= 0 else len(original)]
    indent = ours[: len(ours) - len(ours.lstrip())]
    key = f"{indent}{path[-1]}: "
    base, theirs = (f"{key}{json.dumps(value, ensure_ascii=False)}\n" for value in (named[0].base, named[0].theirs))
    return text.replace(ours, _block(named, ours, base, theirs), 1) if ours in text else text


def _block(named: Named, ours: str, base: str, theirs: str) -> str:
    pieces = (
        f"<<<<<<< {named[1] or 'Quellen'}",
        ours,
        "||||||| vorher",
        base,
        "=======",
        theirs,
        f">>>>>>> {named[2]}",
    )
    return "".join(piece if piece.endswith("\n") or not piece else f"{piece}\n" for piece in pieces)
