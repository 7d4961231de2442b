"""Checking built PDFs: whether they keep to PDF/A-2a and PDF/UA-1 by veraPDF's word, written down beside each."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

RESULT = "-pruefung.json"  # what the name of a result ends with, in place of .pdf


@dataclass(frozen=True)
class JudgedPdf:
    """A PDF, where its result stands, and by each standard that it claims the rules that it breaks, sorted."""

    file: Path
    result: Path
    broken: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_sound(self) -> bool:
        """Whether it keeps to both standards; one that claims none of them keeps to none."""
        return {name for name, _ in self.broken} == {"PDF/A-2A", "PDF/UA-1"} and not any(
            rules for _, rules in self.broken
        )


def check_pdf(output: Path) -> tuple[JudgedPdf, ...]:
    """Checks the PDFs of the last build in a folder, and writes what is said of each beside it.

    The result is no part of the build: the manifest, whose bytes follow from the content and the tools alone, does not
    know it. It names the checksum of the file that it is about. Raises MissingToolError where veraPDF or Java is
    missing, FileAccessError where there is no PDF or the result cannot be written, RenderingError where veraPDF fails.
    """
    from pipeline.errors import FileAccessError, MissingToolError
    from pipeline.files.publish import manifest_of, publish_file
    from pipeline.pdf.verapdf import missing, verdicts

    named = [str(entry.get("name", "")) for entry in manifest_of(output).get("dateien", ()) if isinstance(entry, dict)]
    files = [output / name for name in named if name.endswith(".pdf") and (output / name).is_file()]
    if not files:
        raise FileAccessError(f"{output}: Hier liegt kein gebautes PDF. Bitte erst bauen: „python build.py“.")
    if reason := missing():
        raise MissingToolError(reason)
    found = verdicts(files)
    judged = [
        JudgedPdf(
            file,
            file.with_name(file.stem + RESULT),
            tuple((standard, tuple(sorted(rules))) for standard, rules in sorted(found[file].items())),
        )
        for file in files
    ]
    for item in judged:
        publish_file(item.result, _written(item))
    return tuple(judged)


def _written(item: JudgedPdf) -> bytes:
    said = {
        "datei": item.file.name,
        "sha256": hashlib.sha256(item.file.read_bytes()).hexdigest(),
        "eingehalten": item.is_sound,
        "verletzte_regeln": {standard: list(rules) for standard, rules in item.broken},
    }
    return f"{json.dumps(said, ensure_ascii=False, indent=2)}\n".encode()
