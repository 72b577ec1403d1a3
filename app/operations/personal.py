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
PATTERNS = "patterns_viewed"  # or asked which decisions stand out
RIGHTS = "right_asked"  # or why somebody may, or may not, do something
LOOKS = "looks_viewed"  # or who looked at whose data
CASE = "case_viewed"  # an official opened a file's card or task; once a day each
DOCUMENT = "document_viewed"  # an official opened a paper or a letter of a file; once a day each
OF_DATA = (VIEWED, EXPORTED, CASE, DOCUMENT)  # looks at what is somebody's
OF_AUDIT = (SEARCHED, TAKEN, PATTERNS, RIGHTS, LOOKS)  # looks at the record itself
LOOKED_BACK = "case_seen_then"  # somebody looked at a file as it was known at an earlier instant
ACCESSES = (*OF_DATA, FETCHED, *OF_AUDIT, LOOKED_BACK)


def secret() -> bytes:
    settings = current_app.extensions["settings"]
    return hashlib.sha256(b"nik:" + settings.secret).digest()


def digits(text: str) -> str:
    """The plain digits in a text: those of other scripts are no part of a NIK."""
    return "".join(one for one in text if one.isascii() and one.isdigit())


def nik_hmac(nik: str) -> bytes | None:
    """Lookup key of a NIK: equal for equal NIKs, useless without our secret."""
    bare = digits(nik)
    return _key(bare) if len(bare) == 16 else None


TAILS = range(4, 9)  # how many last digits a NIK is also looked for by


def nik_tails(nik: str) -> list[bytes]:
    """Lookup keys of the last four to eight digits of a NIK; none of what is no NIK."""
    bare = digits(nik)
    return [_key(bare[-length:]) for length in TAILS] if len(bare) == 16 else []


def nik_columns(nik: str) -> dict[str, Any]:
    """What a case is found by that was made with a NIK."""
    return {"nik_hmac": nik_hmac(nik), "nik_tails": nik_tails(nik)}


def nik_keys(text: str) -> tuple[bytes, ...]:
    """Lookup keys of what may be a NIK or its last digits: nothing but digits, 16 or four to eight of them."""
    bare = text.replace(" ", "")
    plain = digits(bare) == bare
    return (_key(bare),) if plain and (len(bare) in TAILS or len(bare) == 16) else ()


def _key(digits: str) -> bytes:
    return hmac.new(secret(), digits.encode(), hashlib.sha256).digest()


def masked(nik: str | None) -> str:
    """1872••••••••0003"""
    return f"{nik[:4]}••••••••{nik[-4:]}" if nik and len(nik) == 16 else ""


def digests(values: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """A fresh salt and a salted digest for each value: the event keeps the digests, the row the salts."""
    salts = {name: secrets.token_bytes(16) for name in values}
    found = {name: digest(salts[name], value) for name, value in values.items()}
    return found, {name: salt.hex() for name, salt in salts.items()}
