"""Signing letters: wet ink with a scan as the working way, certified signatures behind an interface.

The certified signer of the state (BSrE) is not wired here: an installation that
has certificates registers a `Signer` of its own.  The stand-in marks what it
signs as a demonstration without legal force (UU ITE Pasal 11, PP 71/2019).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

WET = "basah"
STAND_IN = "peragaan"


@dataclass(frozen=True)
class Signed:
    """What a signer gives back: who vouches, and a value over the file's SHA-256."""

    provider: str
    certificate: str
    value: str

    def as_json(self) -> dict[str, str]:
        return {"penyedia": self.provider, "sertifikat": self.certificate, "nilai": self.value}


class Signer(Protocol):
    """Signs a rendered letter for one official; raises OSError when the provider cannot be reached."""

    way: str

    def mark(self) -> Mapping[str, Any]:
        """What the letter prints in the place of ink: keys judul, penyedia."""
        ...

    def sign(self, sha256: str, name: str, at: datetime) -> Signed: ...


class StandIn:
    """The demonstration's signer: an HMAC by the installation's secret, and words that say what it is not."""

    way = STAND_IN
    provider = "PERAGAAN - bukan sertifikat BSrE, tanpa kekuatan hukum"

    def __init__(self, secret: bytes) -> None:
        self._secret = hashlib.sha256(b"signing:" + secret).digest()

    def mark(self) -> Mapping[str, Any]:
        return {"judul": "Ditandatangani secara elektronik", "penyedia": self.provider}

    def sign(self, sha256: str, name: str, at: datetime) -> Signed:
        message = f"{sha256}|{name}|{at.isoformat()}".encode()
        return Signed(self.provider, f"peragaan/{name}", hmac.new(self._secret, message, hashlib.sha256).hexdigest())


def signer(way: str, secret: bytes, signers: Mapping[str, Signer] | None = None) -> Signer | None:
    """The signer for a way of signing; None for wet ink, which needs no machine."""
    if way == WET:
        return None
    return {STAND_IN: StandIn(secret), **(signers or {})}.get(way)
