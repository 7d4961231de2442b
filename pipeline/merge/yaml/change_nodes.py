"""A YAML tree and the data it shall say in, the splices out that make it say so and touch nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.content.yaml_nodes import Entries, Items, Plain, Scalar, YamlNode, plain, walk
from pipeline.merge.diff.align import aligned, data_key, data_likeness
from pipeline.merge.yaml.change_lists import Plan, block_items, flow_items, spans
from pipeline.merge.yaml.dump import Writer
from pipeline.merge.yaml.key_order import below, keys
from pipeline.merge.yaml.layout import Layout
from pipeline.merge.yaml.scalars import Surroundings, respelled
from pipeline.merge.yaml.splices import Splice, Splices, Unspliceable
from schema.base import Model


def changes(text: str, root: YamlNode, wanted: Plain, model: type[Model] | None) -> Splices:
    """The splices for a whole file, read as this root, whose model is this one. Raises Unspliceable."""
    return _Changer(text, root).file(wanted, model)


def agrees(found: Plain, wanted: Plain) -> bool:
    """The same data; line ends at the end of a block of text mean nothing."""
    if isinstance(found, str) and isinstance(wanted, str):
        return found.rstrip("\n") == wanted.rstrip("\n")
    if isinstance(found, list) and isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(agrees, found, wanted))
    if isinstance(found, dict) and isinstance(wanted, dict):
        return found.keys() == wanted.keys() and all(agrees(found[key], wanted[key]) for key in wanted)
    return found is None and wanted is None


class _Changer:
    def __init__(self, text: str, root: YamlNode) -> None:
        self.text = text
        self.root = root
        self.layout = Layout(text)
        self.writer = Writer(self.layout, self.root)

    def file(self, wanted: Plain, model: type[Model] | None) -> Splices:
        if not wanted or type(plain(self.root)) is not type(wanted):
            raise Unspliceable("Die ganze Datei lässt sich so nicht ersetzen.")
        return self._changed(self.root, wanted, self._around(False, 0), model)

    def _around(self, flow: bool, column: int) -> Surroundings:
        return Surroundings(flow, column, self.layout.newline)

    def _changed(self, node: YamlNode, wanted: Plain, around: Surroundings, model: type[Model] | None) -> Splices:
        """For a node that is of the kind that is wanted; a list or mapping neither is nor gets empty."""
        if agrees(plain(node), wanted):
            return []
        if node.is_shared:
            raise self._refusal(node, "Diese Angabe wird mit „&“ und „*“ mehrfach verwendet; bitte erst ausschreiben.")
        if isinstance(node, Scalar) and (wanted is None or isinstance(wanted, str)):
            return [self._text(node, wanted, around)]
        if isinstance(node, Entries) and isinstance(wanted, dict):
            return list(self._mapping(node, wanted, model))
        if isinstance(node, Items) and isinstance(wanted, list):
            return list(self._sequence(node, wanted, model))
        raise self._refusal(node, "Diese Angabe lässt sich so nicht ersetzen; bitte von Hand ändern.")

    def _refusal(self, node: YamlNode, message: str) -> Unspliceable:
        line = self.text.count("\n", 0, node.start) + 1
        return Unspliceable(message, line, self.layout.column(node.start) + 1)

    def _let_go(self, node: YamlNode) -> None:
        """Raises Unspliceable if something repeats what stands in this node."""
        found = next((inner for inner in walk(node) if inner.has_anchor), None)
        if found is not None:
            raise self._refusal(found, "Diese Angabe wird mit „*“ auch anderswo verwendet und kann hier nicht weg.")

    # --- texts ----------------------------------------------------------------------------------------------------

    def _text(self, leaf: Scalar, wanted: str | None, around: Surroundings) -> Splice:
        raw = respelled(self.text, leaf, wanted, around).raw
        newline, stop = self.layout.newline, self.layout.line_stop(leaf.start)
        space = " " if leaf.start == leaf.end and not self.text[: leaf.start].endswith(" ") else ""
        header, _, body = raw.partition(newline)
        was_block, gets_block = leaf.is_block, header.startswith(("|", ">"))
        if gets_block and not was_block:
            remark = self.text[leaf.end : stop] if leaf.end <= stop else ""  # stays on its line
            return Splice(leaf.start, max(stop, leaf.end), f"{space}{header}{remark}{newline}{body}")
        remark = self.text[leaf.start : stop].partition("#")[2] if was_block and not gets_block else ""
        return Splice(leaf.start, leaf.end, f"{space}{raw}" + (f"  #{remark}" if remark else ""))

    # --- mappings -------------------------------------------------------------------------------------------------

    def _mapping(self, node: Entries, wanted: dict[str, Plain], model: type[Model] | None) -> Iterator[Splice]:
        names = [key.value for key, _ in node.entries]
        if len(set(names)) < len(names):
            raise self._refusal(node, "Hier steht ein Schlüssel zweimal; bitte zuerst einen löschen.")
        around = self._around(node.flow, self.layout.column(node.entries[0][0].start))
        kept = [number for number, name in enumerate(names) if name in wanted]
        for key, value in node.entries:
            if key.value not in wanted:
                self._let_go(value)
        inner = [
            self._value(key, value, wanted[key.value], around, model) if key.value in wanted else []
            for key, value in node.entries
        ]
        new = _placed(names, kept, wanted, model)
        if not kept:
            raise self._refusal(node, "Hier bliebe keine der Angaben stehen; bitte von Hand ändern.")
        if len(kept) == len(names) and not new:
            yield from (splice for splices in inner for splice in splices)
        elif node.flow:
            plan: Plan = []
            for number in range(-1, len(names)):
                plan += [number] if number in kept else []
                plan += [self.writer.flow_pair(key, wanted[key]) for key in new.get(number, [])]
            yield flow_items(self.text, node, spans(node), plan, inner)
        else:
            written = {
                at: [self.writer.pair(key, wanted[key], around.column) for key in names] for at, names in new.items()
            }
            yield from (splice for splices in inner for splice in splices)
            yield from self._lines(node, kept, written)

    def _value(
        self, key: Scalar, value: YamlNode, wanted: Plain, around: Surroundings, model: type[Model] | None
    ) -> Splices:
        """Under a key. What gets another kind, and a list or mapping that is or gets empty, is replaced whole.

        In `zusagen: []   # noch keine` there is no line of an item to write the next one below: the value goes, the
        remark stays on the line of the key, and the items come on lines of their own.
        """
        said = plain(value)
        if agrees(said, wanted):
            return []
        both_texts = isinstance(value, Scalar) and (wanted is None or isinstance(wanted, str))
        if value.is_shared or both_texts or (said and wanted and type(said) is type(wanted)):
            return self._changed(value, wanted, around, below(model, key.value))
        self._let_go(value)
        if around.flow:
            space = " " if value.start == value.end and not self.text[: value.start].endswith(" ") else ""
            return [Splice(value.start, value.end, space + self.writer.flow(wanted))]
        colon = self.text.index(":", key.end) + 1
        written = self.writer.after_key(key.value, wanted, around.column)
        newline = self.layout.newline
        if value.start > self.layout.line_stop(colon):
            first, last = self.layout.line_start(value.start), self.layout.line_end(value.end)
            remarks = self.layout.remarks(first, last, around.column, value)
            return [Splice(colon, colon, written), Splice(first, last, remarks)]
        if not written.startswith(newline):
            return [Splice(colon, value.end, written)]
        end = self.layout.line_end(value.end)  # behind a remark
        lines = written.removeprefix(newline) + newline if self.layout.ended(end) else written
        return [Splice(colon, value.end, ""), Splice(end, end, lines)]

    def _lines(self, node: Entries, kept: list[int], new: dict[int, list[str]]) -> Iterator[Splice]:
        """Entries on lines of their own; only the first may follow a dash."""
        layout = self.layout
        first = node.entries[0][0].start
        column = layout.column(first)
        indent, newline = " " * column, layout.newline
        after_dash = bool(self.text[first - column : first].strip(" "))
        for at, (key, value) in enumerate(node.entries):
            if at in kept:
                continue
            begin, end = layout.line_start(key.start), layout.line_end(value.end)
            remarks = layout.remarks(begin, end, column, value)
            if after_dash and at == 0:
                yield self._first_removed(node, kept[0], (end, remarks))
            elif not after_dash or at > kept[0]:
                yield Splice(begin, end, remarks)
        for at, pairs in new.items():
            if at < 0:
                place = node.entries[kept[0]][0].start
                yield Splice(place, place, "".join(pair + newline + indent for pair in pairs))
                continue
            end = layout.line_end(node.entries[at][1].end)
            lines = newline.join(indent + pair for pair in pairs)
            yield Splice(end, end, lines + newline if layout.ended(end) else newline + lines)

    def _first_removed(self, node: Entries, kept: int, behind: tuple[int, str]) -> Splice:
        """The first entry that stays comes behind the dash, if no remark stands between.

        Of "- id: a" with "titel: b" below and the ID removed stays "- titel: b": were the whole line taken away, the
        item would lose its dash and become part of the one above.
        """
        start, end = node.entries[0][0].start, node.entries[kept][0].start
        lost = "#" in "".join(self.text[value.end : key.start] for (_, value), (key, _) in self._neighbours(node, kept))
        if lost or behind[1]:
            raise self._refusal(node, "Hier stehen Bemerkungen zwischen den Angaben; bitte von Hand ändern.")
        return Splice(start, end, "")

    @staticmethod
    def _neighbours(node: Entries, last: int) -> Iterator[tuple[tuple[Scalar, YamlNode], tuple[Scalar, YamlNode]]]:
        return zip(node.entries[:last], node.entries[1 : last + 1], strict=True)

    # --- lists ----------------------------------------------------------------------------------------------------

    def _sequence(self, node: Items, wanted: list[Plain], model: type[Model] | None) -> Iterator[Splice]:
        items = [plain(item) for item in node.items]
        origins = aligned(items, wanted, data_key, data_likeness)
        column = self.layout.column(node.start)
        around = self._around(node.flow, column)
        inner: list[Splices] = [[] for _ in items]
        plan: Plan = []
        for origin, value in zip(origins, wanted, strict=True):
            if origin is not None:
                inner[origin] = self._changed(node.items[origin], value, around, model)
                plan.append(origin)
            else:
                plan.append(self.writer.flow(value) if node.flow else self.writer.item(value, column, node))
        if plan == list(range(len(items))):
            yield from (splice for splices in inner for splice in splices)
            return
        for number, item in enumerate(node.items):
            if number not in plan:
                self._let_go(item)
        if node.flow:
            yield flow_items(self.text, node, spans(node), plan, inner)
        else:
            yield from block_items(self.layout, node, plan, inner)


def _placed(
    names: list[str], kept: list[int], wanted: dict[str, Plain], model: type[Model] | None
) -> dict[int, list[str]]:
    """New keys by the entry they go behind, -1 for the beginning: in the order of the schema, unknown ones last."""
    order = {key: number for number, key in enumerate(keys(model))}
    placed: dict[int, list[str]] = {}
    for key in sorted((key for key in wanted if key not in names), key=lambda key: order.get(key, len(order))):
        before = [at for at in kept if order.get(names[at], -1) <= order.get(key, len(order))]
        placed.setdefault(max(before, default=-1), []).append(key)
    return placed
