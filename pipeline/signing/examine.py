"""A signed PDF and whom to believe in, what is to be said of each of its signatures out.

That the file begins as it was built says nothing of what was added behind: a page can be painted over and every
signature stay whole. So each one's coverage and all later changes are analysed.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.metadata.xmp_xml import MetadataStream
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.general import SigningError as Refused
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from pipeline.errors import BuildError, ExitCode


class TrustError(BuildError):
    """What is to be believed is no certificate; str() is a German sentence."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True)
class Signature:
    """A signature or a document time stamp: of whom by its certificate, when by its own word, and what holds of it.

    `whole`: the bytes that it covers are those that were signed. `untouched`: nothing was changed since but what a
    further signature adds. `trusted`: the certificate leads to one that is believed.
    """

    field: str
    name: str
    when: str
    whole: bool
    untouched: bool
    trusted: bool
    stamp: bool = False  # of a time, not of a person
    stamped: bool = False  # carries a time stamp that holds and is trusted
    ends: int = 0  # how many bytes of the file it covers, from its beginning

    @property
    def holds(self) -> bool:
        return self.whole and self.untouched and self.trusted


def signatures(data: bytes, trust: Sequence[bytes]) -> tuple[Signature, ...]:
    """All signatures of a PDF in their order; `trust`: certificates (PEM or DER) that are believed.

    Raises TrustError, ValueError for what is no PDF.
    """

    known = _context(trust)
    try:
        with quiet():
            reader = PdfFileReader(io.BytesIO(data), strict=False)
            return tuple(_signature(item, known) for item in reader.embedded_signatures)
    except (PdfError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError("no PDF whose signatures can be read") from error


def only_signed(data: bytes, built: bytes) -> bool:
    """Whether what follows the part that was built does nothing but sign: the first signature, too, may stand behind a
    page that somebody has painted over.
    """
    try:
        with quiet():
            before = PdfFileReader(io.BytesIO(built), strict=False).xrefs.total_revisions
            reader = PdfFileReader(io.BytesIO(data), strict=False)
            found = DEFAULT_DIFF_POLICY.review_file(reader, before - 1)
    except (PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return False
    return isinstance(found, DiffResult) and found.modification_level <= ModificationLevel.FORM_FILLING


def described(data: bytes) -> Mapping[str, str]:
    """What a PDF says of itself, in both forms that there are, but for what every program sets anew that signs.

    The analysis of signatures lets either be changed. Raises ValueError where it cannot be read.
    """
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    info: Any = reader.trailer["/Info"] if "/Info" in reader.trailer else {}  # noqa: SIM401 - a trailer has no `get`
    found = {str(key): str(info[key]) for key in info}
    if "/Metadata" in reader.root:
        place: Any = reader.root.raw_get("/Metadata")
        read: Any = reader.get_object
        stream: Any = read(place.reference, as_metadata_stream=True)
        if not isinstance(stream, MetadataStream):
            raise ValueError("no metadata that can be read")
        found |= {str(name): repr(value) for root in stream.xmp for name, value in root}
    return {key: value for key, value in found.items() if not key.endswith(_SET_ANEW)}


_SET_ANEW = ("ModDate", "ModifyDate", "MetadataDate", "Producer")


def _context(trust: Sequence[bytes]) -> ValidationContext:

    roots = []
    for item in trust:
        try:
            data = pem.unarmor(item)[2] if pem.detect(item) else item
            roots.append(x509.Certificate.load(data, strict=True))
            _ = roots[-1].subject.human_friendly
        except (ValueError, TypeError) as error:
            raise TrustError("Was --trust nennt, ist kein Zertifikat (PEM oder DER).") from error
    return ValidationContext(trust_roots=roots, allow_fetching=False)


def _signature(item: Any, known: ValidationContext) -> Signature:

    stamp = str(item.sig_object.get("/Type", "")) == "/DocTimeStamp"
    certificate = item.signer_cert
    name = certificate.subject.native.get("common_name") or certificate.subject.human_friendly
    when = item.self_reported_timestamp
    told = Signature(
        str(item.field_name), str(name), f"{when:%d.%m.%Y, %H:%M}" if when else "", False, False, False, stamp
    )
    try:
        status = validate_pdf_timestamp(item, known) if stamp else validate_pdf_signature(item, known, known)
    except (SignatureValidationError, Refused, ValueError):
        return told
    level = status.modification_level
    allowed = level is not None and level <= ModificationLevel.FORM_FILLING
    time: Any = getattr(status, "timestamp_validity", None)
    return Signature(
        told.field,
        told.name,
        told.when,
        whole=bool(status.intact and status.valid),
        untouched=bool(allowed and (stamp or status.docmdp_ok)),
        trusted=bool(status.trusted),
        stamp=stamp,
        stamped=bool(time and time.valid and time.intact and time.trusted),
        ends=int(item.byte_range[2]) + int(item.byte_range[3]),
    )


@contextmanager
def quiet() -> Iterator[None]:
    """What is wrong with a certificate is told in our words; the library's own log would stand above them."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
