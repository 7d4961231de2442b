"""The Markdown of a Source in, parsed texts out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.budget.deadline import at
from pipeline.budget.limits import ALL_BRACKETS
from pipeline.content.read import TEXTS, Source
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.text.markdown import Prose, parse
from pipeline.text.markdown_limits import RefusedTextError

_BRACKETS = f"Mit diesem Text sind es in allen zusammen mehr als {ALL_BRACKETS.told} eckige Klammern."


@dataclass(frozen=True)
class Texts:
    """The parsed texts by their file's stem, the paths they came from, and why others could not be parsed."""

    by_stem: Mapping[str, Prose]
    paths: Mapping[str, PurePosixPath]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_texts(source: Source) -> Texts:
    """Parses every Markdown file of the texts' folder, `texte/`; other Markdown files are left alone.

    The outline names a text by its stem, so of two with the same name in different folders the first counts, and the
    second is a finding. A text that would take long to parse is a finding, too.
    """
    by_stem: dict[str, Prose] = {}
    paths: dict[str, PurePosixPath] = {}
    findings = []
    brackets = 0
    for file in source.texts:
        if file.path.parts[0] != TEXTS:
            continue
        if file.stem in paths:
            message = f"Der Text heißt wie {paths[file.stem]}; auch in Unterordnern braucht jeder einen eigenen Namen."
            findings.append(
                Diagnostic("P605", Severity.ERROR, Location(file.path), message, "Eine der Dateien umbenennen.")
            )
            continue
        paths[file.stem] = file.path
        at(str(file.path))
        brackets += file.text.count("[")
        try:
            if brackets > ALL_BRACKETS.most:
                raise RefusedTextError(1, _BRACKETS, "Links und Bilder sparsamer verwenden.")
            by_stem[file.stem] = parse(file.text, str(file.path.parent), str(file.path))
        except RefusedTextError as error:
            location = Location(file.path, error.line)
            findings.append(Diagnostic("P113", Severity.ERROR, location, error.message, error.hint))
    return Texts(by_stem, paths, tuple(findings))
