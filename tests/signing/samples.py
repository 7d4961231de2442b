"""A folder in, a release in it out, as its publishers signed it: twice, with time stamps, and one of the whole file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.console.commands import run
from pipeline.errors import ExitCode
from pipeline.signing.sign import Key, signed, timestamped
from tests.cases import BASE
from tests.signing.authority import PASSPHRASE, Authority, authority


@dataclass(frozen=True)
class Signed:
    """The folder, the PDF as it was built, as it was signed once, twice, and with a time stamp of the whole."""

    folder: Path
    authority: Authority
    built: bytes
    once: bytes
    twice: bytes
    stamped: bytes

    @property
    def file(self) -> Path:
        return self.folder / "output" / "freigabe" / "musterplan.pdf"


@contextmanager
def without_verapdf() -> Iterator[None]:
    """Its word costs five seconds a call, and is asked for elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.pdf.verapdf.missing", lambda: "Java fehlt.")
        yield


def folders(folder: Path) -> list[str]:
    return [word for name in ("content", "output", "cache") for word in (f"--{name}", str(folder / name))]


def two_publishers(folder: Path) -> Path:
    """The content folder of a plan that two publish."""
    content = Path(shutil.copytree(BASE, folder / "content"))
    plan = content / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("herausgeber: [amt]", "herausgeber: [amt, verein]"), "utf-8")
    return content


def signed_release(folder: Path) -> Signed:
    folder.mkdir(exist_ok=True)
    two_publishers(folder)
    with without_verapdf():
        assert run(["release", *folders(folder), "--quiet"]) is ExitCode.OK
    certifies = authority(folder)
    stamper = certifies.stamper()
    built = (folder / "output" / "freigabe" / "musterplan.pdf").read_bytes()
    keys = [Key(certifies.key_file(name), PASSPHRASE) for name in ("Amt der Stadt", "Werk GmbH")]
    once = signed(built, keys[0], "unterschrift-amt", "Freigabe", stamper)
    twice = signed(once, keys[1], "unterschrift-verein", "Freigabe", stamper)
    return Signed(folder, certifies, built, once, twice, timestamped(twice, stamper))
