"""One click, one effect: the key a page carries is taken in the same transaction as the work."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from app.store import Store
from engine.errors import SubmissionInvalid
from engine.events import canonical


def fingerprint(operation: str, subject: object, raw: Mapping[str, Sequence[str]] | None = None) -> str:
    """What the key was used for: operation, its subject and the hash of what was typed."""
    typed = {name: list(values) for name, values in (raw or {}).items()}
    text = canonical({"operation": operation, "subject": str(subject), "typed": typed})
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def begin(store: Store, key: UUID | None, by: UUID, print_: str, at: datetime) -> Any:
    """None when the work is to be done; else the answer it had before.

    Raises SubmissionInvalid when the key was used for something else.
    """
    if key is None:
        return None
    before = store.requests.begin(key, by, print_, at)
    if before is None:
        return None
    if not before.same:
        raise SubmissionInvalid({"": "Halaman ini sudah pernah dikirim dengan isi lain; muat ulang halamannya."})
    return before.answer


def answer(store: Store, key: UUID | None, told: Any) -> None:
    if key is not None:
        store.requests.answer(key, told)
