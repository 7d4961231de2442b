"""A Word file and dice in, a file that says something false of itself out; by it the way back is tried.

Marks, places, sources and parts of the base are changed, in the file that a person sees, in the base, or in both alike.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from lxml import etree

from pipeline.ooxml.package import Package, write_zip
from pipeline.word.embedded_base import NAMESPACE, PARTS, RECORD, SOURCES

ITEM = "customXml/item1.xml"
MAIN = "word/document.xml"
_MARK = re.compile(rb'w:name="(_zp___[0-9a-f]+x)"')
Parts = dict[str, bytes]


@dataclass
class Forged:
    """A file in the hands of a forger: its parts, those of its base."""

    parts: Parts
    base: Parts

    def to_bytes(self) -> bytes:
        """The file, with its base sealed as the program does."""
        data = write_zip(self.base)
        digest = hashlib.sha256(data).hexdigest()
        root = etree.Element(f"{{{NAMESPACE}}}grundlage", format="1", sha256=digest)
        etree.SubElement(root, f"{{{NAMESPACE}}}teil").text = base64.b64encode(data).decode()
        return write_zip({**self.parts, ITEM: etree.tostring(root)})


def opened(data: bytes) -> Forged:
    """A file as it was built."""
    parts = dict(Package(data).parts)
    root = etree.fromstring(parts[ITEM])
    packed = base64.b64decode("".join(part.text or "" for part in root))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        base = {name: archive.read(name) for name in archive.namelist()}
    return Forged(parts, base)


def forged(data: bytes, rng: Random) -> tuple[bytes, str]:
    """The file with one to three forgeries and one to four edits that anybody can see, and what was done."""
    file, done = opened(data), []
    for _ in range(rng.randint(1, 3)):
        name = rng.choice(sorted(FORGERIES))
        FORGERIES[name](file, rng)
        done.append(name)
    done += [f"edit {edit(file, rng)}" for _ in range(rng.randint(1, 4))]
    return file.to_bytes(), ", ".join(done)


def edit(file: Forged, rng: Random) -> str:
    """One word of the document changed wherever it stands in the chosen run, as a person would."""
    runs = list(re.finditer(rb"(<w:t(?: [^>]*)?>)([^<]{4,})(</w:t>)", file.parts[MAIN]))
    run = rng.choice(runs)
    words = run[2].split(b" ")
    at = rng.randrange(len(words))
    words[at] = b"Neuwort" + str(rng.randrange(100, 999)).encode()
    new = run[1] + b" ".join(words) + run[3]
    file.parts[MAIN] = file.parts[MAIN][: run.start()] + new + file.parts[MAIN][run.end() :]
    return run[2].decode()[:30]


# --- marks ----------------------------------------------------------------------------------------------------------


def _two(file: Forged, rng: Random) -> tuple[bytes, bytes]:
    one, other = rng.sample(sorted(set(_MARK.findall(file.parts[MAIN]))), 2)
    return one, other


def _swapped(data: bytes, one: bytes, other: bytes) -> bytes:
    return data.replace(one, b"_zp_between").replace(other, one).replace(b"_zp_between", other)


def _swap_here(file: Forged, rng: Random) -> None:
    file.parts[MAIN] = _swapped(file.parts[MAIN], *_two(file, rng))


def _swap_in_base(file: Forged, rng: Random) -> None:
    file.base[f"{PARTS}{MAIN}"] = _swapped(file.base.get(f"{PARTS}{MAIN}", b""), *_two(file, rng))


def _swap_in_both(file: Forged, rng: Random) -> None:
    pair = _two(file, rng)
    file.parts[MAIN] = _swapped(file.parts[MAIN], *pair)
    file.base[f"{PARTS}{MAIN}"] = _swapped(file.base.get(f"{PARTS}{MAIN}", b""), *pair)


def _replace_mark(file: Forged, rng: Random) -> None:
    """One mark where another stood, which is gone then."""
    one, other = _two(file, rng)
    file.parts[MAIN] = file.parts[MAIN].replace(one, b"Textmarke").replace(other, one)


def _replace_mark_in_both(file: Forged, rng: Random) -> None:
    one, other = _two(file, rng)
    for parts, name in ((file.parts, MAIN), (file.base, f"{PARTS}{MAIN}")):
        parts[name] = parts.get(name, b"").replace(one, b"Textmarke").replace(other, one)


def _drop_marks(file: Forged, rng: Random) -> None:
    for _ in range(rng.randint(1, 8)):
        file.parts[MAIN] = file.parts[MAIN].replace(_two(file, rng)[0], b"Textmarke", 1)


# --- what the base says of itself -----------------------------------------------------------------------------------


def _record(file: Forged, change: Callable[[dict[str, object]], None]) -> None:
    try:
        record = json.loads(file.base.get(RECORD, b"{}"))
    except ValueError:
        return
    change(record)
    file.base[RECORD] = json.dumps(record).encode()


def _redirect(file: Forged, rng: Random) -> None:
    def change(record: dict[str, object]) -> None:
        marks = record.get("marken")
        if isinstance(marks, dict) and len(marks) > 1:
            one, other = rng.sample(sorted(marks), 2)
            marks[one] = marks[other]

    _record(file, change)


def _odd_places(file: Forged, rng: Random) -> None:
    odd = [
        ["plan/titel", 0, 0, 0],
        ["texte/einleitung.md", -1, 10**9, 5],
        ["../x", 0, 0, 0],
        ["amt/name", 7, 7, 7],
        None,
    ]

    def change(record: dict[str, object]) -> None:
        marks = record.get("marken")
        if isinstance(marks, dict) and marks:
            marks[rng.choice(sorted(marks))] = rng.choice(odd)

    _record(file, change)


def _odd_targets(file: Forged, rng: Random) -> None:
    def change(record: dict[str, object]) -> None:
        targets = record.get("verweise")
        if isinstance(targets, dict) and targets:
            targets[rng.choice(sorted(targets))] = rng.choice(
                [["plan", "Neuwort"], ["x) **b** [y](z", ""], ["M1.1.1", "1"]]
            )

    _record(file, change)


# --- sources and parts of the base ----------------------------------------------------------------------------------


def _source(file: Forged, rng: Random) -> str:
    return rng.choice(sorted(name for name in file.base if name.startswith(SOURCES)))


def _spoil(file: Forged, rng: Random) -> None:
    """Some bytes of a source gone, or others."""
    name = _source(file, rng)
    data, at = file.base[name], rng.randrange(max(1, len(file.base[name])))
    file.base[name] = rng.choice(
        [data[:at], data[:at] + b"\xff\x00" + data[at:], data[:at] + data[at + 3 :], b"x", b""]
    )


def _other_words(file: Forged, rng: Random) -> None:
    """Other words in a source than the document shows."""
    name = _source(file, rng)
    words = sorted(set(re.findall(rb"[A-Z][a-z]{3,}", file.base[name])))
    if words:
        file.base[name] = file.base[name].replace(rng.choice(words), b"Fremdwort")


def _exchange(file: Forged, rng: Random) -> None:
    one, other = _source(file, rng), _source(file, rng)
    file.base[one], file.base[other] = file.base[other], file.base[one]


def _drop_source(file: Forged, rng: Random) -> None:
    file.base.pop(_source(file, rng))


def _part(file: Forged, rng: Random) -> str:
    return rng.choice(sorted(name for name in file.base if name.startswith(PARTS)) or [f"{PARTS}x"])


def _drop_part(file: Forged, rng: Random) -> None:
    file.base.pop(_part(file, rng), None)


def _spoil_part(file: Forged, rng: Random) -> None:
    name = _part(file, rng)
    data = file.base.get(name, b"")
    at = rng.randrange(max(1, len(data)))
    file.base[name] = data[:at] + rng.choice([b"", b"<", b"\x00", b"<w:p/>"]) + data[at + 1 :]


def _words_of_part(file: Forged, rng: Random) -> None:
    """The base shows what the file shows now nowhere: what was edited counts as something else."""
    name = f"{PARTS}{MAIN}"
    words = sorted(set(re.findall(rb"(?<=>)[A-Z][a-z]{3,}(?= |<)", file.base.get(name, b""))))
    if words:
        file.base[name] = file.base[name].replace(rng.choice(words), b"Fremdwort")


FORGERIES: Mapping[str, Callable[[Forged, Random], None]] = MappingProxyType(
    {
        function.__name__.strip("_"): function
        for function in (
            *(_swap_here, _swap_in_base, _swap_in_both, _replace_mark, _replace_mark_in_both, _drop_marks),
            *(_redirect, _odd_places, _odd_targets),
            *(_spoil, _other_words, _exchange, _drop_source, _drop_part, _spoil_part, _words_of_part),
        )
    }
)
