"""Certificates for the tests: an authority, whoever it certifies with a key file, and a service for time stamps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper

PASSPHRASE = b"ein Wort"
_FROM, _UNTIL = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
_Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Authority:
    """Who certifies others; its certificate lies in `file`."""

    folder: Path
    name: str
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def file(self) -> Path:
        return self.folder / f"{self.name}.crt"

    def key_file(self, name: str) -> Path:
        """A PKCS#12 file of somebody who may sign."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._certified(name, key, None)
        path = self.folder / f"{name}.p12"
        encryption = serialization.BestAvailableEncryption(PASSPHRASE)
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(name.encode(), key, made, [self.certificate], encryption)
        )
        return path

    def stamper(self) -> TimeStamper:
        """A service for time stamps that needs no network."""
        key = rsa.generate_private_key(65537, 2048)  # the service knows no other
        made = self._certified("Zeitstempel", key, ExtendedKeyUsageOID.TIME_STAMPING)
        cert, secret = self.folder / "tsa.crt", self.folder / "tsa.key"
        cert.write_bytes(made.public_bytes(_PEM))
        plain = serialization.NoEncryption()
        secret.write_bytes(key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, plain))
        load: Any = (load_cert_from_pemder, load_private_key_from_pemder)  # they have no types
        return DummyTimeStamper(load[0](str(cert)), load[1](str(secret), None))

    def _certified(self, name: str, key: _Key, usage: x509.ObjectIdentifier | None) -> x509.Certificate:
        builder = _builder(name, self.certificate.subject, key)
        builder = builder.add_extension(_usage(signing=True), critical=True)
        if usage is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        return builder.sign(self.key, hashes.SHA256())


def authority(folder: Path, name: str = "Behörde") -> Authority:
    """A new one."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = _builder(name, subject, key)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    made = builder.add_extension(_usage(signing=False), critical=True).sign(key, hashes.SHA256())
    found = Authority(folder, name, key, made)
    found.file.write_bytes(made.public_bytes(_PEM))
    return found


def _builder(name: str, issuer: x509.Name, key: _Key) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
    )


def _usage(*, signing: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signing,
        content_commitment=signing,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signing,
        crl_sign=not signing,
        encipher_only=False,
        decipher_only=False,
    )
