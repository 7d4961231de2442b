"""A released PDF, a key and its pass phrase in; out the same bytes with a signature behind them.

Signatures are PAdES (ETSI EN 319 142-1). Nothing touches the network unless a time stamp is asked for.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError as Refused
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko.stamp import StaticStampStyle

from pipeline.errors import BuildError, ExitCode
from pipeline.signing.examine import quiet

_PATH: Final = b"q .8 w 0 .3 .35 RG 1 1 287 40 re S 3 w 8 20 m 14 12 l 26 31 l S Q"  # a frame, and a tick in it
_WIDTH, _HEIGHT = 289, 42


class _Writer(IncrementalPdfFileWriter):
    """Adds to a PDF and leaves what it says of itself: of three authors pyHanko would make one."""

    def _update_meta(self) -> None:
        """Nothing."""


class SigningError(BuildError):
    """The file cannot be signed like that; str() is a German sentence on why, and what to do."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True)
class Key:
    """A file with a key and its certificate (PKCS#12), and its pass phrase."""

    file: Path
    passphrase: bytes


def free_fields(data: bytes) -> tuple[str, ...]:
    """The names of the fields that nobody has signed yet. Raises SigningError for what is no such PDF."""
    try:
        found = enumerate_sig_fields(PdfFileReader(io.BytesIO(data)), filled_status=False)
        return tuple(name for name, *_ in found)
    except (PdfError, ValueError, TypeError, KeyError) as error:
        raise SigningError("Die Datei lässt sich als PDF nicht lesen.") from error


def signed(data: bytes, key: Key, field: str, reason: str, stamper: TimeStamper | None = None) -> bytes:
    """The PDF with a signature in the field of that name. Raises SigningError."""

    load: Any = signers.SimpleSigner.load_pkcs12  # has no types
    with quiet():
        signer = load(str(key.file), passphrase=key.passphrase)
    if signer is None:
        raise SigningError(f"{key.file} ist kein PKCS#12 (.p12, .pfx), oder die Passphrase ist falsch.")
    style = StaticStampStyle(
        background=RawContent(_PATH, box=BoxConstraints(_WIDTH, _HEIGHT)), border_width=0, background_opacity=1
    )
    about = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, reason=reason)
    target = io.BytesIO()
    try:
        writer = _Writer(io.BytesIO(data))
        maker = signers.PdfSigner(about, signer, timestamper=stamper, stamp_style=style)
        maker.sign_pdf(writer, existing_fields_only=True, output=target)
    except TimestampRequestError as error:
        raise SigningError(f"Der Zeitstempeldienst hat nicht geantwortet wie erwartet: {error}") from error
    except (PdfError, Refused, ValueError) as error:
        raise SigningError(f"Die Datei lässt sich so nicht unterschreiben: {error}") from error
    result = target.getvalue()
    if not result.startswith(data):
        raise SigningError("Die Unterschrift hätte geändert, was davor steht; geschrieben ist nichts.")
    return result


def timestamped(data: bytes, stamper: TimeStamper) -> bytes:
    """The PDF with a time stamp of the whole document behind it. Raises SigningError."""
    target = io.BytesIO()
    try:
        writer = _Writer(io.BytesIO(data))
        signers.PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256", output=target)
    except (TimestampRequestError, PdfError, Refused, ValueError) as error:
        raise SigningError(f"Die Datei ließ sich nicht mit einem Zeitstempel versehen: {error}") from error
    return target.getvalue()


def stamper_at(address: str) -> TimeStamper:
    """A service for time stamps (RFC 3161) at a web address."""
    return HTTPTimeStamper(address)
