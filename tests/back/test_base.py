"""What a file says of its own origin is foreign like all of it: damaged or made up, it ends in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from pipeline.errors import RefusedFileError
from pipeline.merge.base import read_base
from pipeline.ooxml.package import write_zip
from pipeline.word.embedded_base import PARTS, RECORD, SOURCES

Contents = dict[str, bytes]


def record(**changed: object) -> bytes:
    known = {
        "format": 1,
        "kurzname": "plan",
        "titel": "Plan",
        "fassung": "1",
        "inhalt_sha256": "",
        "marken": {"_zp_a": ["texte/a.md", 0, 1, 0]},
        "verweise": {},
    }
    return json.dumps({**known, **changed}).encode()


def contents() -> Contents:
    return {f"{PARTS}word/document.xml": b"<x/>", f"{SOURCES}texte/a.md": b"# A\n", RECORD: record()}


def test_a_sound_one_is_read() -> None:
    assert read_base(write_zip(contents()), "a.docx").title == "Plan"


def _with(name: str, data: bytes) -> Callable[[Contents], Mapping[str, Any]]:
    return lambda parts: {**parts, name: data}


@pytest.mark.parametrize(
    "damaged",
    [
        _with(RECORD, b"[" * 100_000),
        _with(RECORD, b"{}"),
        _with(RECORD, record(format="eins")),
        _with(RECORD, record(verweise={"a": 3})),
        _with(f"{SOURCES}texte/a.md", b"# \xe4\xff"),
        lambda parts: {name: data for name, data in parts.items() if not name.startswith(PARTS)},
    ],
    ids=["deep", "empty", "format", "target", "not UTF-8", "no document"],
)
def test_a_damaged_one_is_refused(damaged: Callable[[Contents], Contents]) -> None:
    with pytest.raises(RefusedFileError, match="Herkunft"):
        read_base(write_zip(damaged(contents())), "a.docx")
