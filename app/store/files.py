"""Files by the SHA-256 of their content: written before the commit, never changed; orphans may be swept."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from pathlib import Path

from flask import current_app

PIECE = 1 << 20


def folder() -> Path:
    settings = current_app.extensions["settings"]
    return Path(settings.files)


def path(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256[2:4] / sha256


def put(content: bytes) -> str:
    """Store bytes and return their SHA-256 (hex); durable when this returns."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = path(sha256)
    if target.exists():
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{sha256}.{secrets.token_hex(4)}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.chmod(0o440)
    part.replace(target)
    settle(target.parent)
    return sha256


def settle(folder: Path) -> None:
    """Make the new name durable too: a power cut must not leave a row whose file was never listed."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def get(sha256: str) -> bytes:
    """The bytes; raises LookupError when they are gone or no longer what they were."""
    target = path(sha256)
    if not target.exists():
        raise LookupError(sha256)
    content = target.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise LookupError(sha256)
    return content


def copy_out(sha256: str, target: Path) -> bool:
    """Copy a file to `target`; false, and nothing there, when it is gone or no longer what it was."""
    try:
        return _copied(path(sha256), target, sha256)
    except FileNotFoundError:
        return False


def copy_in(source: Path, sha256: str) -> bool:
    """Take a file from a backup; false, and nothing taken, unless its content has that SHA-256."""
    return path(sha256).exists() or _copied(source, path(sha256), sha256)


def _copied(source: Path, target: Path, sha256: str) -> bool:
    """Copy in pieces, whole or not at all, durable when this returns."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        with source.open("rb") as read, part.open("wb") as written:
            shutil.copyfileobj(read, written, PIECE)
            written.flush()
            os.fsync(written.fileno())
        if checksum(part) != sha256:
            return False
        part.chmod(0o440)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    settle(target.parent)
    return True


def checksum(file: Path) -> str:
    """SHA-256 (hex) of a file of any size."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def sweep(kept: frozenset[str]) -> int:
    """Remove files no row names (left by transactions that did not commit); returns how many."""
    gone = 0
    for found in folder().glob("??/??/*"):
        if found.name not in kept:
            found.unlink()
            gone += 1
    return gone
