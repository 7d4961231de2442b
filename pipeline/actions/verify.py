"""A PDF that somebody was given in; out, in sentences: is it what its sources give, who signed, what was changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.budget.deadline import deadline
from pipeline.budget.limits import READING, WRITING
from pipeline.errors import BuildError, ExitCode, FileAccessError, RefusedFileError
from pipeline.files.access import reason
from pipeline.files.publish import tool_versions
from pipeline.outcome import Progress
from pipeline.pdf.writer import PDF
from pipeline.run import SOURCES
from pipeline.writer import Resources, Tools
from schema.edition import from_json, to_json

if TYPE_CHECKING:
    from pipeline.merge.rebuild import Rebuilt
    from pipeline.parts.release import Release
    from pipeline.signing.examine import Signature

_MOST: Final = 400 * 1024 * 1024  # bytes of a PDF; no plan of ours comes near
_PRINTED: Final = re.compile(r"[0-9a-f]{8}(?: [0-9a-f]{8}){7}")
_UNSIGNED: Final = "Unterschrieben ist die Datei nicht."
_ADDED: Final = "Hinter dem gebauten Teil trägt die Datei einen Nachtrag ohne Unterschrift: Sie ist verändert."
_BEHIND: Final = "Hinter der letzten Unterschrift ist die Datei verändert."
_AFTER: Final = "danach ist an der Datei etwas anderes geändert als unterschrieben."


class NothingToCompareError(BuildError):
    """No packed sources are named, and none lie beside the file; str() is a German sentence on what to do."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True)
class Verified:
    """What was found, a sentence each, and whether all that the file claims holds."""

    sentences: tuple[str, ...]
    holds: bool


def verify(file: Path, sources: Path | None, progress: Progress, trust: Sequence[Path] = ()) -> Verified:
    """Builds the plan anew from its packed sources and holds the file against it, and its signatures against `trust`,
    the files of certificates that are believed.

    Raises NothingToCompareError, FileAccessError, RefusedFileError, TrustError; BuildError where the plan cannot be
    typeset.
    """
    from pipeline.parts.release import released

    packed = sources or _beside(file)
    data, archive = _bytes(file), _bytes(packed)
    if not data.startswith(b"%PDF-"):
        raise FileAccessError(f"{file}: Das ist kein PDF.")
    with progress.stage("Quellen lesen", str(packed)), deadline(READING, "Lesen"):
        plan, release = _unpacked(archive, packed)
    document = plan.document()
    if document is None:
        return Verified(
            (f"Aus {packed.name} wird kein Plan; `check` sagt, warum. Verglichen ist nichts.",), holds=False
        )
    if release is not None and plan.checked.plan is not None:
        document = released(document, plan.checked.plan, release)
    values = document.properties
    what = "die Freigabe des Plans" if release is not None else "der Plan"
    called = f"„{values.title}“, Fassung {values.edition}, Stand {values.date_label}, {values.state.label}"
    with progress.stage("Nachbauen", "PDF"), deadline(WRITING, "Nachbauen"):
        built = PDF.write(document, Resources(plan.source.pictures, {}), Tools(tool_versions())).data
    fields = {place.name: place.signer for place in values.signatures}
    expected = Expected(built, f"{what} {called}", values.digest, packed.name, fields)
    found = held_against(file, data, expected, [_bytes(path) for path in trust])
    if _edition_agrees(plan):
        return found
    told = (
        f"Die Fassung {values.edition}, wie sie in {packed.name} festgehalten ist, sagt anderes als die Quellen darin."
    )
    return Verified((*found.sentences, told), holds=False)


def _edition_agrees(plan: Rebuilt) -> bool:
    """Whether the edition that was kept of the plan, if there is one, says what its sources say."""
    from pipeline.actions.edition import whole_edition

    assert plan.checked.plan is not None
    whole = whole_edition(plan.checked.plan, plan.source)
    data = plan.source.editions.get(whole.edition)
    if data is None:
        return True
    try:
        kept = from_json(data.decode())
    except ValueError:  # also of UTF-8
        return False
    return kept in (from_json(to_json(whole)), from_json(to_json(replace(whole, sources={}, pictures={}))))


@dataclass(frozen=True)
class Expected:
    """The bytes that the packed sources give, what that is in words, the checksum of its content, the sources' name.

    `fields`: who is meant to sign in which.
    """

    built: bytes
    words: str
    digest: str
    packed: str
    fields: Mapping[str, str]


def held_against(file: Path, data: bytes, expected: Expected, trust: Sequence[bytes]) -> Verified:
    """What is to be said of a file's bytes. Raises TrustError."""
    said, signed, sound = _signatures(data, trust, expected)
    if data == expected.built:
        told = f"Die Datei ist Byte für Byte {expected.words}, wie aus {expected.packed} gebaut."
        return Verified((_UNSIGNED, told), holds=not trust)  # who names whom to believe asks for signatures
    if data.startswith(expected.built):
        told = f"Ihr Anfang ist Byte für Byte {expected.words}, wie aus {expected.packed} gebaut."
        return Verified((*said, told), holds=signed and sound)
    return Verified((*_differs(file, expected), *said), holds=False)


def _signatures(data: bytes, trust: Sequence[bytes], expected: Expected) -> tuple[list[str], bool, bool]:
    """What is to be said of the signatures, whether there are any, and whether all of them hold.

    What follows the part that was built has to be signed, to the last byte, and may not describe the file otherwise.
    Everybody who is meant to has to have signed: a file cut back to fewer signatures is whole in itself.
    """
    from pipeline.signing.examine import described, only_signed, signatures

    built = expected.built
    try:
        found = signatures(data, trust)
        same = not found or not data.startswith(built) or described(data) == described(built)
    except ValueError:
        return ["Ob die Datei unterschrieben ist, lässt sich nicht lesen: Sie ist beschädigt."], False, False
    if not found:
        return ([_ADDED] if len(data) > len(built) else [_UNSIGNED]), False, len(data) <= len(built)
    said = [_of_signature(item, expected.fields) for item in found]
    sound = all(item.holds for item in found) and same and found[-1].ends == len(data)
    if found[-1].ends != len(data):
        said.append(_BEHIND)
    signed = {item.field for item in found if not item.stamp}
    if missing := [signer for name, signer in expected.fields.items() if name not in signed]:
        said.append(f"Noch nicht unterschrieben ist für: {'; '.join(missing)}.")
    if foreign := signed - expected.fields.keys():
        said.append(f"In Feldern, die der Plan nicht hat, zählt keine Unterschrift: {', '.join(sorted(foreign))}.")
    sound = sound and not missing and not foreign
    if data.startswith(built) and not only_signed(data, built):
        said.append("Zwischen Bau und Unterschriften ist an der Datei etwas anderes geändert als unterschrieben.")
        sound = False
    if not same:
        said.append("Was die Datei über sich selbst sagt, Titel etwa oder Verfasser, ist seit dem Bau verändert.")
    if not trust:
        said.append("Wem zu glauben ist, sagt --trust mit einem Zertifikat; ohne das zählt keine Unterschrift.")
    return said, True, sound


def _of_signature(item: Signature, fields: Mapping[str, str]) -> str:
    what = "Zeitstempel des Dokuments von" if item.stamp else "Unterschrift von"
    signer = fields.get(item.field, "")
    when = f"{f' für {signer}' if signer else ''}{f', nach eigener Angabe am {item.when}' if item.when else ''}"
    if not item.whole:
        return f"{what} „{item.name}“{when}: ungültig, der unterschriebene Inhalt ist verändert."
    if not item.untouched:
        return f"{what} „{item.name}“{when}: {_AFTER}"
    proved = "bestätigt" if item.trusted else "unbewiesen, dem Zertifikat wird nicht vertraut"
    stamped = "; mit gültigem Zeitstempel" if item.stamped else ""
    return f"{what} „{item.name}“{when}: {proved}, seither ist nichts geändert{stamped}."


def _differs(file: Path, expected: Expected) -> list[str]:
    """What can be said of a file that is another one: it may have been built with other tools."""
    told = [f"Die Datei ist nicht die, die hier aus {expected.packed} entsteht: {expected.words}."]
    printed = _printed(file)
    if expected.digest in printed:
        told.append(
            "Die Prüfsumme des Inhalts, die in ihr gedruckt ist, ist die dieser Quellen. Vielleicht ist sie mit "
            "anderen Fassungen der Werkzeuge gebaut; welche das waren, steht in manifest.json. Ob sie unverändert ist, "
            "zeigt dann nur ein Bau mit denselben Fassungen."
        )
    elif printed:
        told.append("In ihr ist die Prüfsumme eines anderen Inhalts gedruckt: Sie gehört nicht zu diesen Quellen.")
    else:
        told.append("In ihr ist keine Prüfsumme eines Inhalts zu lesen.")
    return told


def _printed(file: Path) -> set[str]:
    """The checksums that are printed in a PDF, without their spaces; none in one that cannot be read."""
    from pipeline.aloud import read_tree, speak

    try:
        lines = list(speak(read_tree(file)))
    except FileAccessError:
        return set()
    found = (match for line in lines for match in _PRINTED.findall(line.replace("\u00a0", " ")))
    return {match.replace(" ", "") for match in found}


def _unpacked(archive: bytes, packed: Path) -> tuple[Rebuilt, Release | None]:
    """The plan of packed sources, and what it says as a release; None where it is none."""
    from pipeline.content.folder import EDITIONS
    from pipeline.merge.rebuild import rebuild
    from pipeline.merge.sources import Sources
    from pipeline.ooxml.unzip import unzip
    from pipeline.parts.release import RECORD, Release

    try:
        contents = unzip(archive, packed.name)
    except RefusedFileError as error:
        raise FileAccessError(f"{packed}: Das sind keine gepackten Quellen eines Plans (…{SOURCES}).") from error
    files = {PurePosixPath(name): data for name, data in contents.items()}
    try:
        release = Release.from_json(files[RECORD]) if RECORD in files else None
    except ValueError as error:
        raise FileAccessError(f"{packed}: Was die Quellen über ihre Freigabe sagen, ist beschädigt.") from error
    files = {path: data for path, data in files.items() if not any(part.startswith(".") for part in path.parts)}
    editions = {path.stem: data for path, data in files.items() if path.parent == PurePosixPath(EDITIONS)}
    kept = {path: data for path, data in files.items() if path.parent != PurePosixPath(EDITIONS)}
    return rebuild(Sources(kept), editions), release


def _beside(file: Path) -> Path:
    """The packed sources that lie beside the file."""
    found = sorted(file.parent.glob(f"*{SOURCES}"))
    own = [path for path in found if file.name.startswith(path.name.removesuffix(SOURCES))]
    if len(own) != 1:
        what = "mehrere gepackte Quellen" if own else "keine gepackten Quellen"
        raise NothingToCompareError(f"Neben {file} liegen {what} (…{SOURCES}); bitte mit --sources nennen.")
    return own[0]


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST:
            raise FileAccessError(f"{path}: Die Datei ist zu groß.")
        return path.read_bytes()
    except OSError as error:
        raise FileAccessError(f"{path} lässt sich nicht lesen. {reason(error)}") from error
