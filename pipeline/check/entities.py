"""YAML files in, entities out: each checked by its model alone, each with the place it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from pipeline.check.accepted import accepted
from pipeline.check.missing import missing, missing_kinds
from pipeline.check.schema_errors import SchemaFault, better, faults
from pipeline.check.unsaid import unsaid
from pipeline.content.read import PICTURES, TEXTS, Source, YamlFile
from pipeline.content.yaml_nodes import Entries, Items, Scalar, YamlNode, descend, entry, key_node, plain
from pipeline.diagnostics import Diagnostic, Location, Severity
from schema.base import Model
from schema.divisions import DivisionsFile
from schema.entities import Goal, Measure
from schema.files import (
    BUILT_IN,
    PLAN_FILE,
    SINGLE_FILES,
    EntityKind,
    Kinds,
    StrandFile,
    file_model,
    kinds_in,
    kinds_with,
)
from schema.forms import by_key
from schema.own_fields import OWN_FIELDS_KEY, OWNERS, declared
from schema.plan import COMMON_FOLDER, PROPOSALS_FOLDER, Kind, PlanMeta
from schema.rules import Subject
from schema.rules.finding import suggestion

if TYPE_CHECKING:
    from pipeline.check.meant import Meant

AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass
class Gathered:
    """What is gathered while files are gone through; `places` finds every entity again.

    `valid` has the entities by kind, `ids` every ID that was met, of broken and double ones too, `strand_of` the strand
    of a measure or goal by its ID. `kinds` are what the plan's entities are; `undeclared` the names of own fields whose
    declarations are refused, None where nobody knows what is declared. Of the kinds in `partial` an entity is missing,
    of those in `unread` whole files (see Plan). Where an ID comes twice, the Subject of the second one has `nth` 1, so
    both can be found.
    """

    meta: PlanMeta | None = None
    kinds: Kinds = BUILT_IN
    undeclared: frozenset[str] | None = None

    valid: dict[Kind, list[Model]] = field(default_factory=dict)
    ids: dict[Kind, list[str]] = field(default_factory=dict)
    places: dict[Subject, tuple[YamlFile, YamlNode]] = field(default_factory=dict)
    strand_of: dict[str, str] = field(default_factory=dict)
    partial: set[Kind] = field(default_factory=set)
    unread: set[Kind] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    divisions: tuple[str, ...] = ()
    files: tuple[YamlFile, ...] = ()
    _meant: Meant | None = None

    def meant(self) -> Meant:
        """Who knows what was meant by something that is refused."""
        if self._meant is None:
            from pipeline.check.meant import Meant  # only where something is: a check of a sound plan is done sooner

            self._meant = Meant(self.files)
        return self._meant

    def add(
        self,
        code: str,
        location: Location,
        message: str,
        hint: str,
        subject: Subject | None = None,
        path: Iterable[str | int] = (),
    ) -> None:
        """Notes an error; `subject` and `path` say of which entity and where in it."""
        entity = subject.name if subject else ""
        self.diagnostics.append(Diagnostic(code, Severity.ERROR, location, message, hint, entity, key_of(path)))

    def location(self, subject: Subject, path: Iterable[str | int], line: int = 0) -> Location:
        """Where a field of an entity stands, or the entity itself where the field is not there.

        `line` is that inside the field's text; it can be found again where the text is a `|` block.
        """
        file, node = self.places[subject]
        node = descend(node, path)
        if line and isinstance(node, Scalar) and node.literal:
            return Location(file.path, node.line + line)
        return file.location(node)

    def of(self, kind: Kind, model: type[AnyModel]) -> list[AnyModel]:
        """The valid entities of a kind, in the order of the files."""
        return [item for item in self.valid.get(kind, []) if isinstance(item, model)]


def key_of(path: Iterable[str | int]) -> str:
    """The key of an entity's field from the way into it: of `meilensteine, 2, termin` the first."""
    return next((str(step) for step in path if isinstance(step, str)), "")


def gather(source: Source) -> Gathered:
    """Everything the YAML files hold, valid or not."""
    gathered = Gathered(diagnostics=list(source.diagnostics), files=tuple(source.yaml_files))
    gathered.meta = _plan_meta(source, gathered)
    gathered.unread |= missing_kinds(source)
    gathered.diagnostics += missing(source, gathered.meta)
    for file in source.yaml_files:
        if str(file.path) != PLAN_FILE:
            _gather(file, gathered.meta, gathered)
    _note_unreadable(source, gathered)
    _note_unread_files(source, gathered)
    return gathered


def _plan_meta(source: Source, gathered: Gathered) -> PlanMeta | None:
    """plan.yaml, which says what strands there are."""
    file = source.yaml_file(PLAN_FILE)
    if file is None:
        return None
    gathered.places[Subject(Kind.PLAN)] = (file, file.root)
    listed = entry(file.root, OWN_FIELDS_KEY)
    own, gathered.undeclared = declared(plain(listed) if listed is not None else None)
    gathered.kinds = kinds_with(own)
    return _model(PlanMeta, file, file.root, gathered, Subject(Kind.PLAN))


def _gather(file: YamlFile, meta: PlanMeta | None, gathered: Gathered) -> None:
    """Takes the entities out of one file, according to where it lies."""
    folder = file.path.parts[0] if len(file.path.parts) > 1 else ""
    strands = [strand.id for strand in meta.strands] if meta else []
    model = file_model(file.path)
    # Where plan.yaml cannot be read nobody knows the strands: a folder may then well be one of them.
    if model is StrandFile and folder != COMMON_FOLDER and folder not in strands and (not folder or meta is not None):
        known = [*strands, COMMON_FOLDER, PROPOSALS_FOLDER] if folder else [*SINGLE_FILES]
        message = f"Die Datei gehört zu keinem Strang: „{folder or file.path.name}“ ist in plan.yaml nicht genannt."
        near = suggestion(folder or file.path.name, known)
        hint = f"{near}Die Datei verschieben oder den Strang in plan.yaml unter „straenge“ ergänzen."
        if not folder:
            hint = f"{near}Die Datei umbenennen oder in den Ordner eines Strangs verschieben."
        gathered.add("P111", Location(file.path), message, hint)
        return
    if model is DivisionsFile:
        divided = _model(DivisionsFile, file, file.root, gathered, None)
        gathered.divisions = divided.divisions if divided else ()
        return
    kinds = gathered.kinds.within(model)
    keys = [entries.key for entries in kinds]
    for written, _ in file.root.entries:
        if written.value not in keys:
            hint = _further_in(file, written, kinds) or (
                f"{suggestion(written.value, keys)}Erlaubt ist hier: {', '.join(keys)}."
            )
            message = f"Den Schlüssel „{written.value}“ gibt es hier nicht."
            gathered.add("P106", file.location(written), message, hint)
    for entries in kinds:
        node = entry(file.root, entries.key)
        if node is not None:
            _entities(file, entries, node, gathered)
        elif model is not StrandFile:
            message = f"Die Angabe „{entries.key}“ fehlt."
            gathered.add("P107", Location(file.path, 1, 1), message, f"Mit „{entries.key}:“ beginnen.")


def _further_in(file: YamlFile, key: Scalar, kinds: Iterable[EntityKind]) -> str:
    """What to do about a key that belongs to the last entry above and is not indented; '' for any other."""
    above = [(name, node) for name, node in file.root.entries if name.start < key.start]
    kind = next((entries for entries in kinds if above and entries.key == above[-1][0].value), None)
    if kind is None or key.value not in by_key(kind.model):
        return ""
    last = above[-1][1].items[-1] if isinstance(above[-1][1], Items) and above[-1][1].items else above[-1][1]
    if not isinstance(last, Entries) or last.flow:
        return ""
    width = last.entries[0][0].column - 1
    return (
        f"Die Angabe gehört zum Eintrag darüber ({kind.label}). Die Zeile mit {width} statt {key.column - 1} "
        "Leerzeichen beginnen, ebenso die Zeilen, die dazugehören."
    )


def _entities(file: YamlFile, entries: EntityKind, node: YamlNode, gathered: Gathered) -> None:
    kind = entries.kind
    items = [node] if entries.one else node.items if isinstance(node, Items) else None
    if items is None:
        if plain(node) is not None:
            message = f"„{entries.key}“: Hier wird eine Liste erwartet."
            hint = "Jeder Eintrag beginnt mit „- “ in einer eigenen Zeile."
            gathered.add("P105", file.location(node), message, hint)
            gathered.unread.add(kind)
        return
    for item in items:
        id_node = entry(item, entries.id_key)
        # A fault in an ID is told once, and not wherever somebody names it.
        identifier = _identifier(entries, id_node, gathered)
        known = gathered.ids.setdefault(kind, [])
        subject = Subject(kind, identifier, known.count(identifier))
        gathered.places[subject] = (file, item)
        if identifier:
            known.append(identifier)
        homeless = kind is Kind.MEASURE and file.path.parts[0] == COMMON_FOLDER
        if homeless:
            hint = "Die Maßnahme in den Ordner des Strangs verschieben, der sie verantwortet."
            message = "Eine Maßnahme gehört in den Ordner eines Strangs, nicht in „gemeinsam“."
            gathered.add("P410", file.location(item), message, hint, subject)
        # Of doubles the first counts. What is left out makes its kind partial: a goal whose only measure is faulty must
        # not be told to have none.
        entity = _model(entries.model, file, item, gathered, subject)
        if entity is None or subject.nth or homeless:
            gathered.partial.add(kind)
        else:
            gathered.valid.setdefault(kind, []).append(entity)
            if isinstance(entity, Measure | Goal) and file.path.parts[0] != COMMON_FOLDER:
                gathered.strand_of[entity.id] = file.path.parts[0]


def _identifier(entries: EntityKind, node: YamlNode | None, gathered: Gathered) -> str:
    """The ID in a node, or the one that is meant where it is none; '' where there is nothing of the kind."""
    written = node.value.strip() if isinstance(node, Scalar) else ""
    info, _ = by_key(entries.model)[entries.id_key]
    return written if not written or accepted(info, written) else gathered.meant().identifier(info, written)


def _model(
    model: type[AnyModel], file: YamlFile, node: YamlNode, gathered: Gathered, subject: Subject | None
) -> AnyModel | None:
    """The entity that a node describes, or what else a file holds.

    None if it is faulty, and each fault is a finding at its place.
    """
    told = set()
    for item in unsaid(model, file, node, gathered.meant):
        told |= {item.path, *item.also}
        gathered.add(item.code, item.location, item.message, item.hint, subject, item.path)
    try:
        data = _without_empty(model, plain(node))
        entity = model.model_validate(_without_undeclared(model, data, gathered.undeclared))
    except ValidationError as error:
        found = list(faults(model, error))
        told |= {(*fault.path[:-1], fault.near) for fault in found if fault.near}
        for fault in found:
            if fault.path not in told:
                message, hint = better(model, file.text, node, fault, gathered.meant)
                gathered.add(fault.code, _place(file, node, fault), message, hint, subject, fault.path)
        return None
    return None if told else entity


def _without_empty(model: type[Model] | None, value: object) -> object:
    """The same value without known keys that have none: an empty field counts as not there, at any depth.

    A key that is not known stays, so that it is refused: `federfuhrung:` may be a field that somebody fills in later.
    """
    if model is None:
        return value
    if isinstance(value, list):
        return [_without_empty(model, item) for item in value]
    if not isinstance(value, dict):
        return value
    known = by_key(model)
    return {
        key: _without_empty(known[key][1] if key in known else None, item)
        for key, item in value.items()
        if item is not None or key not in known
    }


def _without_undeclared(model: type[Model], value: object, undeclared: frozenset[str] | None) -> object:
    """The same value without keys that may be own fields, whose declarations are what is at fault.

    Where plan.yaml cannot be read any key may be one.
    """
    if not isinstance(value, dict) or not issubclass(model, tuple(OWNERS.values())):
        return value
    known = by_key(model)
    excused = value if undeclared is None else undeclared
    return {key: item for key, item in value.items() if key in known or key not in excused}


def _place(file: YamlFile, node: YamlNode, fault: SchemaFault) -> Location:
    holder = descend(node, fault.path[:-1])
    key = key_node(holder, fault.path[-1]) if fault.path else None
    if fault.on_key and key is not None:
        return file.location(key)
    return file.location(descend(node, fault.path))


def _note_unreadable(source: Source, gathered: Gathered) -> None:
    """Kinds that a file which cannot be read may hold count as not fully known."""
    for path in source.unreadable:
        if path.suffix == ".md":
            continue
        gathered.unread |= {entries.kind for entries in kinds_in(file_model(path))}
    gathered.partial |= gathered.unread


def _note_unread_files(source: Source, gathered: Gathered) -> None:
    """A file that nothing reads is told: it may be data with a wrong name."""
    read = {file.path for file in source.yaml_files} | {PurePosixPath(name) for name in source.pictures}
    read |= {file.path for file in source.texts if file.path.parts[0] == TEXTS} | source.unreadable
    read |= source.copies
    for path in source.files:
        if path not in read:
            message = "Diese Datei liest das Programm nicht."
            hint = (
                f"Daten heißen *.yaml, Texte liegen als *.md in {TEXTS}/, Bilder in {PICTURES}/; "
                "die Datei umbenennen, verschieben oder löschen."
            )
            gathered.add("P111", Location(path), message, hint)
