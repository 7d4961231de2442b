"""YAML text and changes of its data in, the text with these changes out; every other byte stays as it was.

The text is not written anew: what differs between the data as it is and as it shall be is spliced in where it stands.
The result is read again and must say exactly what was wanted.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.back.edits import Change, NoSuchPlaceError, Path, applied
from pipeline.back.splices import spliced
from pipeline.back.yaml_change import agrees, changes
from pipeline.back.yaml_tree import Unspliceable, tree
from pipeline.back.yaml_tree import locate as node_at
from pipeline.compose import Plain, YamlFault, compose, plain
from schema.base import Model

BOM = "\ufeff"


def locate(text: str, path: Path) -> tuple[int, int]:
    """Where the value at a path begins and ends in the text. Raises Unspliceable if there is none."""
    bare = text.removeprefix(BOM)
    node = node_at(tree(bare), path)
    offset = len(text) - len(bare)
    return node.start + offset, node.end + offset


def change(text: str, edits: Iterable[Change], model: type[Model] | None = None) -> str:
    """The text with the changes made; `model` is that of the file and says where new keys go.

    Raises Unspliceable where that cannot be done without touching anything else, YamlFault if it is no YAML.
    """
    bare = text.removeprefix(BOM)
    root = compose(bare)
    if root is None:
        raise Unspliceable("Die Datei ist leer.")
    before = plain(root)
    try:
        wanted = applied(before, edits)
    except NoSuchPlaceError as error:
        raise Unspliceable(f"Die Angabe „{error}“ gibt es in dieser Datei nicht.") from error
    if agrees(before, wanted):
        return text
    result = spliced(bare, changes(bare, wanted, model))
    _check(result, wanted)
    return text[: len(text) - len(bare)] + result


def _check(result: str, wanted: Plain) -> None:
    try:
        root = compose(result)
    except YamlFault as fault:
        raise Unspliceable(f"Die Änderung ergäbe kein gültiges YAML: {fault.message}", fault.line) from fault
    if root is None or not agrees(plain(root), wanted):
        raise Unspliceable("Die Änderung lässt sich nicht eintragen, ohne dass sich anderes mitändert.")
