"""Ids: UUIDv7 made in Python (ruling 20); random codes for what the public may know."""

from __future__ import annotations

import secrets
from uuid import UUID

import uuid_utils

# Without letters and digits that are mistaken for each other on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def uuid7() -> UUID:
    return UUID(bytes=uuid_utils.uuid7().bytes)


def code(length: int = 10) -> str:
    """A random public code with a check character at its end, unguessable and telling nothing."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + check(body)


def check(body: str) -> str:
    """Check character: weighted sum modulo the alphabet, so that one wrong or two swapped letters show."""
    total = sum((place + 1) * ALPHABET.index(letter) for place, letter in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def is_code(text: str) -> bool:
    bare = text.replace("-", "").replace(" ", "").upper()
    return len(bare) > 1 and set(bare) <= set(ALPHABET) and check(bare[:-1]) == bare[-1]
