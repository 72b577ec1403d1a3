"""Idempotency keys: the same click twice is answered once (kept seven days)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.store import unsent
from app.store.encoding import dump, parse
from app.store.tables.cases import requests

# Statements of every step are built once: putting one together costs more than the server takes to answer it.
_TAKE = insert(requests).on_conflict_do_nothing()
_TAKEN = select(requests).where(requests.c.key == bindparam("asked"))
_ANSWER = unsent.Write(update(requests).where(requests.c.key == bindparam("asked")))


@dataclass(frozen=True)
class Answered:
    """What the same key was told before; `same` is false when it was used for something else."""

    same: bool
    answer: Any


class RequestStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def begin(self, key: UUID, by: UUID | None, fingerprint: str, at: datetime) -> Answered | None:
        """Take the key, or say what it was answered before.  Waits for a twin that is still at work."""
        values = {"key": key, "by": by, "fingerprint": fingerprint, "at": at}
        taken = self.session.execute(_TAKE, values)
        if taken.rowcount:  # type: ignore[attr-defined]
            return None
        row = self.session.execute(_TAKEN, {"asked": key}).one()
        return Answered(row.fingerprint == fingerprint and row.by == by, parse(row.answer))

    def answer(self, key: UUID, answer: Any) -> None:
        unsent.add(self.session, _ANSWER, {"asked": key, "answer": dump(answer)})

    def forget_before(self, at: datetime) -> int:
        done = self.session.execute(requests.delete().where(requests.c.at < at))
        return int(done.rowcount)  # type: ignore[attr-defined]
