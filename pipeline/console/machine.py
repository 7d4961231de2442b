"""What came of a run in, one JSON object for programs out: editors, continuous integration.

Keys come in a fixed order. Every character outside ASCII is escaped, so that it arrives whatever the stream's encoding.
Reads on old Pythons too: it also tells of failures to start.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipeline.diagnostics import Diagnostic

VERSION = 1  # goes up when a key changes its meaning or is gone; a new key leaves it


def report(
    diagnostics: Sequence[Diagnostic],
    content: Path,
    *,
    ok: bool,
    remarks: Sequence[str] = (),
    written: Sequence[Path] = (),
) -> str:
    """All findings, of every severity. `ok` says whether the exit code is 0; `line` and `column` are null without one.

    {version, ok, counts: {errors, warnings, notes}, findings: [{code, severity, file, line, column, message, hint,
     entity, field}], remarks: [sentence], written: [path]}
    """
    beside = {"remarks": list(remarks), "written": [str(path) for path in written]}
    return _text({"version": VERSION, "ok": ok, **_found(diagnostics, content), **beside})


def merged(
    diagnostics: Sequence[Diagnostic],
    content: Path,
    record: Mapping[str, object],
    written: Sequence[Path],
    exit_code: int,
) -> str:
    """What became of every edit, beside all findings of the merged plan and the files that were written.

    {version, ok, exit_code, counts, findings, edits, files, written}; docs/merge.schema.json says the whole form.
    """
    head = {"version": VERSION, "ok": exit_code == 0, "exit_code": int(exit_code)}
    return _text({**head, **_found(diagnostics, content), **record, "written": [str(path) for path in written]})


def _found(diagnostics: Sequence[Diagnostic], content: Path) -> dict[str, object]:
    severities = [item.severity.value for item in diagnostics]
    findings = [
        {
            "code": item.code,
            "severity": item.severity.value,
            "file": str(content / item.location.path),
            "line": item.location.line or None,
            "column": item.location.column or None,
            "message": item.message,
            "hint": item.hint,
            "entity": item.entity or None,
            "field": item.field or None,
        }
        for item in diagnostics
    ]
    counts = {f"{severity}s": severities.count(severity) for severity in ("error", "warning", "note")}
    return {"counts": counts, "findings": findings}


def verified(sentences: Sequence[str], exit_code: int) -> str:
    """What is to be said of a file that was looked at: {version, ok, exit_code, sentences}."""
    head = {"version": VERSION, "ok": exit_code == 0, "exit_code": int(exit_code)}
    return _text({**head, "sentences": list(sentences)})


def failure(message: str, exit_code: int) -> str:
    """Why there is no report: {version, ok, error: {exit_code, message}}."""
    return _text({"version": VERSION, "ok": False, "error": {"exit_code": int(exit_code), "message": message}})


def _text(value: object) -> str:
    return json.dumps(value, indent=1)
