"""Personal values: HMAC for lookup, masking for sight, salted digests for the chain (UU 27/2022)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from flask import current_app

from engine.events import digest

# What the record of access says happened.
VIEWED = "person_viewed"  # a full NIK was opened
EXPORTED = "case_exported"  # a file was taken away whole
FETCHED = "letter_fetched"  # an applicant downloaded a letter of his
SEARCHED = "trail_searched"  # a supervisor looked for traces
TAKEN = "trail_taken"  # and took what he found away as a table
LOOKED_BACK = "case_seen_then"  # somebody looked at a file as it was known at an earlier instant
ACCESSES = (VIEWED, EXPORTED, FETCHED, SEARCHED, TAKEN, LOOKED_BACK)


def secret() -> bytes:
    settings = current_app.extensions["settings"]
    return hashlib.sha256(b"nik:" + settings.secret).digest()


def digits(text: str) -> str:
    """The plain digits in a text: those of other scripts are no part of a NIK."""
    return "".join(one for one in text if one.isascii() and one.isdigit())


def nik_hmac(nik: str) -> bytes | None:
    """Lookup key of a NIK: equal for equal NIKs, useless without our secret."""
    bare = digits(nik)
    return hmac.new(secret(), bare.encode(), hashlib.sha256).digest() if len(bare) == 16 else None


def masked(nik: str | None) -> str:
    """1872••••••••0003"""
    return f"{nik[:4]}••••••••{nik[-4:]}" if nik and len(nik) == 16 else ""


def digests(values: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """A fresh salt and a salted digest for each value: the event keeps the digests, the row the salts."""
    salts = {name: secrets.token_bytes(16) for name in values}
    found = {name: digest(salts[name], value) for name, value in values.items()}
    return found, {name: salt.hex() for name, salt in salts.items()}
