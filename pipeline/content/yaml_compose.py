"""YAML text in, its tree of nodes out. Nothing is constructed: every scalar stays a string.

This is a door that untrusted text comes in by: how deep, how large and how entangled it may be is limited while it is
read, so that a small file cannot grow into a large one. Tags are refused; they ask a program to build objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol

import yaml

from pipeline.budget.limits import ALIASES, DATA_LEVELS, DATA_NODES, KEYS
from pipeline.content.rows import quoted, row_with, shown
from pipeline.content.yaml_flow import with_decimals
from pipeline.content.yaml_nodes import Entries, Items, Scalar, YamlNode

_BLANK_END = re.compile(r"(?:(?:\r\n|\r|\n)[ \t]*)+\Z")

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlFault(Exception):  # noqa: N818 - it is a finding about the content on its way, not an error of the program
    """Text that is no YAML or that is refused; line and column count from 1, 0 where there is none."""

    def __init__(self, code: str, line: int, column: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.line, self.column, self.message, self.hint = code, line, column, message, hint


@lru_cache(maxsize=1 << 12)  # merging reads the same file before, while and after it changes others
def compose(text: str) -> YamlNode | None:
    """The one document of a text without a byte order mark, None if there is none. Raises YamlFault."""
    try:
        return _Composer(text).document(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        raise _syntax_fault(text, error) from error
    except (yaml.YAMLError, ValueError) as error:
        message = "Die Datei enthält Zeichen, die in YAML nicht erlaubt sind."
        hint = "Unsichtbare Steuerzeichen löschen; am einfachsten die betroffene Stelle neu tippen."
        raise YamlFault("P103", 0, 0, message, hint) from error


class _Mark(Protocol):
    """A place as the parser counts it, from 0."""

    line: int
    column: int


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; how many nodes and levels it is with all aliases written out."""

    event: yaml.CollectionStartEvent
    children: list[YamlNode] = field(default_factory=list)
    nodes: int = 1
    levels: int = 1


class _Composer:
    """Makes the tree of the parser's events; raises YamlFault where a limit is passed or something is refused."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[YamlNode, int, int]] = {}  # with the nodes and levels that each is written out
        self.named: dict[str, tuple[yaml.NodeEvent, int]] = {}  # anchors that nothing repeats so far; where each ends
        self.aliases = 0
        self.root: YamlNode | None = None

    def document(self, events: Iterable[yaml.Event]) -> YamlNode | None:
        """The root of the one document, None if there is none."""
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._refuse_tag(event)
                if event.anchor is not None:  # hardly any text has one
                    self._name(event, "" if event.style else self.text[slice(*_stretch(event))])
                self._add(self._scalar(event), 1, 0, event.anchor)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._refuse_tag(event)
                self._name(event, "")
                self._limit_depth(event, 1)
                self.open.append(_Open(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(event)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.NodeEvent):
                raise AssertionError(f"YAML has an event this code does not know: {event!r}")
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                hint = "Die Zeile „---“ löschen oder den zweiten Teil in eine eigene Datei schreiben."
                raise _fault(event, "P105", "Hier beginnt ein zweites Dokument in derselben Datei.", hint)
        self._refuse_names()
        return self.root

    def _refuse_names(self) -> None:
        """Of "name: &Co Gruppe" YAML makes "Gruppe": what stands behind a & is a name for others to repeat."""
        for name, (event, end) in self.named.items():
            start = _stretch(event)[0]
            row = row_with(self.text, start, end, quoted(self.text[start:end])) if end else ""
            hint = shown("Gehört es zum Text, den ganzen Text in Anführungszeichen setzen; sonst löschen.", row)
            raise _fault(event, "P116", f"Das Wort hinter dem &, „{name}“, würde nicht gedruckt.", hint)

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            hint = "Das Ausrufezeichen mit dem Wort dahinter löschen; gemeinter Text gehört in Anführungszeichen."
            start, end = _stretch(event)
            is_text = isinstance(event, yaml.ScalarEvent) and not event.style
            row = row_with(self.text, start, end, quoted(self.text[start:end])) if is_text else ""
            raise _fault(event, "P113", f"Die Auszeichnung „{event.tag}“ ist nicht erlaubt.", shown(hint, row))

    def _name(self, event: yaml.NodeEvent, words: str) -> None:
        """Notes an anchor; `words` is a text of one line with its anchor, '' for anything else."""
        if event.anchor is not None:
            self.named[event.anchor] = event, _stretch(event)[1] if words and "\n" not in words else 0

    def _limit_depth(self, event: yaml.Event, levels: int) -> None:
        if len(self.open) + levels > DATA_LEVELS.most:
            hint = "Die Angaben flacher aufbauen; der Plan braucht höchstens fünf Ebenen."
            raise _fault(event, "P113", f"Die Datei ist tiefer als {DATA_LEVELS.told} Ebenen verschachtelt.", hint)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        (line, column), (start, end) = _place(event), _stretch(event)
        style = event.style or ""  # the parser says None or ""
        if style in ("|", ">"):
            end = _block_end(self.text, start, end)
        return Scalar(line, column, start, end, event.anchor is not None, False, event.value, style)

    def _close(self, end_event: yaml.Event) -> None:
        done = self.open.pop()
        event, children = done.event, done.children
        flow = bool(event.flow_style)
        # The parser sees the end of a list on lines of its own only where the next key begins, below blank lines and
        # remarks: of "a:\n- b\n\n# c\nd: e" the list is to end behind "b", not before "d".
        end = _stretch(end_event)[1] if flow or not children else children[-1].end
        line, column = _place(event)
        at = (line, column, _stretch(event)[0], end, event.anchor is not None, False)
        node: YamlNode
        if isinstance(event, yaml.SequenceStartEvent):
            node = Items(*at, tuple(children), flow)
        else:
            keys = _keys(children[::2], line, column)
            pairs = tuple(zip(keys, children[1::2], strict=True))
            node = Entries(*at, with_decimals(self.text, pairs) if flow else pairs, flow)
        self._add(node, done.nodes, done.levels, event.anchor)

    def _alias(self, event: yaml.AliasEvent) -> None:
        self.aliases += 1
        if self.aliases > ALIASES.most:
            hint = "Die Angaben ausschreiben."
            raise _fault(event, "P113", f"Die Datei enthält mehr als {ALIASES.told} Verweise mit „*“.", hint)
        if event.anchor not in self.anchors:
            hint = "Die Angabe ausschreiben, oder Text, der mit * beginnt, in Anführungszeichen setzen."
            raise _fault(event, "P103", f"Der Verweis „*{event.anchor}“ zeigt auf nichts, das davor steht.", hint)
        self.named.pop(event.anchor, None)
        node, nodes, levels = self.anchors[event.anchor]
        self._limit_depth(event, levels)
        start, end = _stretch(event)
        self._add(replace(node, start=start, end=end, has_anchor=False, is_alias=True), nodes, levels, None)

    def _add(self, node: YamlNode, nodes: int, levels: int, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = (node, nodes, levels)
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        parent.children.append(node)
        parent.nodes += nodes
        parent.levels = max(parent.levels, levels + 1)
        if parent.nodes > DATA_NODES.most:
            message = f"Die Datei enthält ausgeschrieben mehr als {DATA_NODES.told} Angaben."
            raise YamlFault("P113", node.line, node.column, message, "Die Datei auf mehrere verteilen.")


def _keys(keys: list[YamlNode], line: int, column: int) -> list[Scalar]:
    """The keys of a mapping that begins at this place, which must be few enough and plain words. Raises YamlFault."""
    if len(keys) > KEYS.most:
        message = f"Hier stehen mehr als {KEYS.told} Schlüssel beisammen."
        raise YamlFault("P113", line, column, message, "Nur die Schlüssel verwenden, die das Handbuch nennt.")
    for key in keys:
        if not isinstance(key, Scalar):
            message = "Ein Schlüssel muss ein einfaches Wort sein."
            raise YamlFault("P105", key.line, key.column, message, "Klammern und Fragezeichen davor löschen.")
    return [key for key in keys if isinstance(key, Scalar)]


def _block_end(text: str, start: int, end: int) -> int:
    """Where the words of a block end; the parser counts the blank lines behind it, too.

    Of "a: |\\n  b\\n\\nc: d" it says that the block under `a` ends before `c`. Whoever replaces that stretch would
    swallow the blank line, which belongs to nobody. After `|+` the blank lines are meant and belong to the block.
    """
    raw = text[start:end]
    if "+" in raw.splitlines()[0].partition("#")[0]:
        return start + len(raw.removesuffix("\n").removesuffix("\r"))
    return start + len(_BLANK_END.sub("", raw))


def _fault(event: yaml.Event, code: str, message: str, hint: str) -> YamlFault:
    return YamlFault(code, *_place(event), message, hint)


def _place(event: yaml.Event) -> tuple[int, int]:
    return _marked(event.start_mark)


def _stretch(event: yaml.Event) -> tuple[int, int]:
    """The indexes in the text at which an event begins and ends."""
    assert event.start_mark is not None
    assert event.end_mark is not None
    return event.start_mark.index, event.end_mark.index


def _syntax_fault(text: str, error: yaml.MarkedYAMLError) -> YamlFault:
    begun, noticed = _marked(error.context_mark), _marked(error.problem_mark or error.context_mark)
    from pipeline.content.yaml_errors import Complaint, explain  # only where something is to be explained

    said = explain(text, Complaint(str(error.context), begun, str(error.problem), noticed), _faulty)
    return YamlFault("P103", *said.place, said.message, said.hint)


def _faulty(text: str) -> int:
    """The line that the parser cannot get over, counted from 1; 0 if it reads all of a text."""
    try:
        for _ in yaml.parse(text, Loader=_Loader):
            pass
    except yaml.MarkedYAMLError as error:
        return _marked(error.problem_mark or error.context_mark)[0] or 1
    except (yaml.YAMLError, ValueError):
        return 1
    return 0


def _marked(mark: _Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)
