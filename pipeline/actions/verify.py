"""A PDF that somebody was given in; out, in sentences: whether it is what the packed sources give, byte for byte."""

from __future__ import annotations

import re
from dataclasses import dataclass
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

if TYPE_CHECKING:
    from pipeline.merge.rebuild import Rebuilt

_MOST: Final = 400 * 1024 * 1024  # bytes of a PDF; no plan of ours comes near
_PRINTED: Final = re.compile(r"[0-9a-f]{8}(?: [0-9a-f]{8}){7}")
_UNSIGNED: Final = "Unterschrieben ist die Datei nicht."
_SIGNED: Final = (
    "Hinter dem gebauten Teil trägt die Datei Unterschriften oder Nachträge. Wer unterschrieben hat und ob seither "
    "etwas geändert ist, sagt dieser Befehl nicht; das zeigt ein Programm, das Unterschriften prüft."
)


class NothingToCompareError(BuildError):
    """No packed sources are named, and none lie beside the file; str() is a German sentence on what to do."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True)
class Verified:
    """What was found, a sentence each, and whether all that the file claims holds."""

    sentences: tuple[str, ...]
    holds: bool


def verify(file: Path, sources: Path | None, progress: Progress) -> Verified:
    """Builds the plan anew from its packed sources and holds the file against it.

    Raises NothingToCompareError, FileAccessError, RefusedFileError; BuildError where the plan cannot be typeset.
    """
    packed = sources or _beside(file)
    data, archive = _bytes(file), _bytes(packed)
    if not data.startswith(b"%PDF-"):
        raise FileAccessError(f"{file}: Das ist kein PDF.")
    with progress.stage("Quellen lesen", str(packed)), deadline(READING, "Lesen"):
        plan = _unpacked(archive, packed)
    document = plan.document()
    if document is None:
        return Verified(
            (f"Aus {packed.name} wird kein Plan; `check` sagt, warum. Verglichen ist nichts.",), holds=False
        )
    values = document.properties
    called = f"„{values.title}“, Fassung {values.edition}, Stand {values.date_label}, {values.state.label}"
    with progress.stage("Nachbauen", "PDF"), deadline(WRITING, "Nachbauen"):
        built = PDF.write(document, Resources(plan.source.pictures, {}), Tools(tool_versions())).data
    if data == built:
        return Verified(
            (_UNSIGNED, f"Die Datei ist Byte für Byte der Plan {called}, wie er aus {packed.name} entsteht."),
            holds=True,
        )
    if data.startswith(built):
        return Verified((_SIGNED, f"Ihr Anfang ist Byte für Byte der Plan {called} aus {packed.name}."), holds=False)
    return Verified(tuple(_differs(file, packed, called, values.digest)), holds=False)


def _differs(file: Path, packed: Path, called: str, digest: str) -> list[str]:
    """What can be said of a file that is another one: it may have been built with other tools."""
    told = [f"Die Datei ist nicht die, die hier aus {packed.name} entsteht: {called}."]
    printed = _printed(file)
    if digest in printed:
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


def _unpacked(archive: bytes, packed: Path) -> Rebuilt:
    from pipeline.content.folder import EDITIONS
    from pipeline.merge.rebuild import rebuild
    from pipeline.merge.sources import Sources
    from pipeline.ooxml.unzip import unzip

    try:
        contents = unzip(archive, packed.name)
    except RefusedFileError as error:
        raise FileAccessError(f"{packed}: Das sind keine gepackten Quellen eines Plans (…{SOURCES}).") from error
    files = {PurePosixPath(name): data for name, data in contents.items()}
    files = {path: data for path, data in files.items() if not any(part.startswith(".") for part in path.parts)}
    editions = {path.stem: data for path, data in files.items() if path.parent == PurePosixPath(EDITIONS)}
    kept = {path: data for path, data in files.items() if path.parent != PurePosixPath(EDITIONS)}
    return rebuild(Sources(kept), editions)


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
