"""YAML text and changes of its data in, the text with these changes out; every other byte stays as it was.

The text is not written anew: what differs between the data as it is and as it shall be is spliced in where it stands.
The result is read again and must say exactly what was wanted.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.content.yaml_compose import YamlFault, compose
from pipeline.content.yaml_nodes import Entries, Items, Plain, YamlNode, entry, plain
from pipeline.merge.yaml.change_nodes import agrees, changes
from pipeline.merge.yaml.edits import Change, NoSuchPlaceError, Path, Step, applied, spoken
from pipeline.merge.yaml.splices import Unspliceable, spliced
from schema.base import Model

BOM = "\ufeff"


def locate_entry(text: str, path: Path) -> tuple[int, int]:
    """Where the key at a path begins and where its value ends in the text.

    Raises Unspliceable if there is none, YamlFault if the text is no YAML.
    """
    bare = text.removeprefix(BOM)
    around, offset = locate(_composed(bare), path[:-1]), len(text) - len(bare)
    pairs = around.entries if isinstance(around, Entries) else ()
    found = [(key.start, value.end) for key, value in pairs if key.value == path[-1]]
    if not found:
        raise Unspliceable(f"Die Angabe „{spoken(path)}“ gibt es in dieser Datei nicht.")
    return found[-1][0] + offset, found[-1][1] + offset


def locate(root: YamlNode, path: Path) -> YamlNode:
    """The node at a path. Raises Unspliceable if there is none."""
    for position, step in enumerate(path):
        found = _child(root, step)
        if found is None:
            raise Unspliceable(f"Die Angabe „{spoken(path[: position + 1])}“ gibt es in dieser Datei nicht.")
        root = found
    return root


def _child(node: YamlNode, step: Step) -> YamlNode | None:
    if not isinstance(step, tuple):
        return entry(node, step)
    key, value = step
    items = node.items if isinstance(node, Items) else ()
    return next((item for item in items if (said := entry(item, key)) and plain(said) == value), None)


def change(text: str, edits: Iterable[Change], model: type[Model] | None = None) -> str:
    """The text with the changes made; `model` is that of the file and says where new keys go.

    Raises Unspliceable where that cannot be done without touching anything else, YamlFault if it is no YAML.
    """
    bare = text.removeprefix(BOM)
    root = _composed(bare)
    before = plain(root)
    try:
        wanted = applied(before, edits)
    except NoSuchPlaceError as error:
        raise Unspliceable(f"Die Angabe „{error}“ gibt es in dieser Datei nicht.") from error
    if agrees(before, wanted):
        return text
    result = spliced(bare, changes(bare, root, wanted, model))
    _check(result, wanted)
    return text[: len(text) - len(bare)] + result


def _composed(text: str) -> YamlNode:
    root = compose(text)
    if root is None:
        raise Unspliceable("Die Datei ist leer.")
    return root


def _check(result: str, wanted: Plain) -> None:
    try:
        root = compose(result)
    except YamlFault as fault:
        raise Unspliceable(f"Die Änderung ergäbe kein gültiges YAML: {fault.message}", fault.line) from fault
    if root is None or not agrees(plain(root), wanted):
        raise Unspliceable("Die Änderung lässt sich nicht eintragen, ohne dass sich anderes mitändert.")
