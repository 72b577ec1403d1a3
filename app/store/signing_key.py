"""The office's own key, with which it signs anchors, exports and backups: Ed25519, in a file outside the database."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from flask import current_app

HEX = frozenset("0123456789abcdef")


class KeyRefused(OSError):
    """The key's file cannot be used; the text says why and what to do."""


def path() -> Path:
    return Path(current_app.extensions["settings"].anchor_key)


def sign(content: bytes) -> str:
    """The office's signature over `content` (hex); makes the key the first time.  Raises KeyRefused."""
    return _private().sign(content).hex()


def public() -> str:
    """The public half (hex), making the key the first time.  Raises KeyRefused."""
    return _private().public_key().public_bytes_raw().hex()


def known() -> str:
    """The public half, "" where there is no key: who only verifies makes none."""
    return public() if path().exists() else ""


def holds(key: str, content: bytes, signature: str) -> bool:
    """Whether `signature` is that of the public `key` over `content`; both in lower-case hex, or it does not."""
    if len(key) != 64 or len(signature) != 128 or not HEX.issuperset(key + signature):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private() -> Ed25519PrivateKey:
    place = path()
    if not place.exists():
        _make(place)
    if place.stat().st_mode & 0o077:
        raise KeyRefused(f"Kunci jangkar {place} dapat dibaca orang lain; jalankan chmod 600.")
    try:
        found = load_pem_private_key(place.read_bytes(), None)
    except (ValueError, TypeError) as fault:
        raise KeyRefused(f"Kunci jangkar {place} rusak; pulihkan dari salinannya.") from fault
    if not isinstance(found, Ed25519PrivateKey):
        raise KeyRefused(f"Kunci jangkar {place} bukan kunci Ed25519.")
    return found


def _make(place: Path) -> None:
    """Write a new key whole or not at all; of two makers the first one's stays."""
    text = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.new-{os.getpid()}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, place)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
