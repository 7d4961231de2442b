"""The finished PDFs keep to PDF/A-2a and PDF/UA-1 by veraPDF's word, and are sound by qpdf's."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest

from pipeline.check.validate import validate
from pipeline.content.read import read
from pipeline.content.texts import Texts
from pipeline.document.model import walk
from pipeline.parts.context import Context
from pipeline.parts.synopsis import Whole, synopsis
from pipeline.pdf.build import write_pdf
from pipeline.pdf.verapdf import PDF_A, PDF_UA, Verdict, missing, verdicts
from pipeline.text.nodes import Node
from tests.building import PLANS as BUILT
from tests.building import Built
from tests.every_picture import write_plan
from tests.loading import load
from tests.signing.samples import signed_release

PLANS = ("shipped", "small", "stress", "tiny")
PICTURES = "pictures"  # a plan with a picture of every kind
SIGNED = "signed"  # a release, signed twice with time stamps, and one of the whole
SYNOPSIS = "synopsis"  # the small plan beside an edition kept before


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def without_scopes(pdf: pikepdf.Pdf) -> None:
    for head in _elements(pdf, "/TH"):
        del head.A


def without_an_alternative(pdf: pikepdf.Pdf) -> None:
    del next(_elements(pdf, "/Figure")).Alt


def _elements(pdf: pikepdf.Pdf, tag: str) -> Iterator[pikepdf.Object]:
    return (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == tag)


KEPT: Verdict = {PDF_A: frozenset(), PDF_UA: frozenset()}

# What is broken on purpose, and what has to be said then. Without metadata a file claims no standard, and is taken
# for the oldest.
DAMAGE: Mapping[str, tuple[Callable[[pikepdf.Pdf], None], str, str]] = {
    "language": (without_language, PDF_UA, "7.2-33"),
    "metadata": (without_metadata, "PDF/A-1B", "6.7.2-1"),
    "scopes": (without_scopes, PDF_UA, "7.5-1"),
    "alternative": (without_an_alternative, PDF_UA, "7.3-1"),
}


@pytest.fixture(scope="session")
def judged(build_once: Callable[[str], Built], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    """What veraPDF says of the plans' files and of damaged copies, by name."""
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    files = {name: build_once(name).file(".pdf") for name in PLANS}
    folder = tmp_path_factory.mktemp("damaged")
    for name, (damage, _, _) in DAMAGE.items():
        files[name] = folder / f"{name}.pdf"
        with pikepdf.open(files["tiny"]) as pdf:
            damage(pdf)
            pdf.save(files[name])
    files[SYNOPSIS] = folder / "synopsis.pdf"
    files[SYNOPSIS].write_bytes(_synopsis())
    write_plan(folder / "content")
    files[PICTURES] = folder / "pictures.pdf"
    files[PICTURES].write_bytes(write_pdf(load(folder / "content").document, read(folder / "content").pictures).pdf)
    files[SIGNED] = folder / "signed.pdf"
    files[SIGNED].write_bytes(signed_release(folder / "release").stamped)
    found = verdicts(list(files.values()))
    return {name: found[file] for name, file in files.items()}


def _synopsis() -> bytes:
    checked = validate(read(BUILT["small"]))
    assert checked.plan is not None
    assert checked.previous is not None
    document = synopsis(Context(checked.plan), checked.previous, checked.texts, Whole(checked.plan, Texts({}, {})))
    assert any(node.kind == "gone" for node in walk(document.parts) if isinstance(node, Node))
    return write_pdf(document, {}).pdf


@pytest.mark.parametrize("name", [*PLANS, PICTURES, SYNOPSIS, SIGNED])
def test_no_rule_of_either_standard_is_broken(judged: Mapping[str, Verdict], name: str) -> None:
    assert judged[name] == KEPT


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found(judged: Mapping[str, Verdict], name: str) -> None:
    _, standard, rule = DAMAGE[name]
    assert judged[name] != KEPT
    assert rule in judged[name][standard]


def test_files_are_sound(built: Built, tmp_path: Path) -> None:
    file = built.file(".pdf")
    assert _qpdf_complaints(file) == ""
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(file.read_bytes()[:-2000])
    assert _qpdf_complaints(cut) != ""


def _qpdf_complaints(file: Path) -> str:
    """What qpdf warns of or calls an error; '' if it finds nothing."""
    done = subprocess.run(["qpdf", "--check", file], check=False, capture_output=True, text=True)
    return done.stderr if done.stderr or done.returncode == 0 else done.stdout
