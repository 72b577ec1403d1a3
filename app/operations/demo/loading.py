"""Filling the demonstration office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from app.clock import WIB
from app.operations.demo import accounts
from app.operations.retrying import retried
from app.store import transaction


@retried
def is_loaded() -> bool:
    with transaction() as store:
        return bool(store.people.demonstration())


def load(at: datetime, until: datetime | None, count: int, seed: int, say: Callable[[str], None]) -> None:
    """Three months of `count` cases up to the day before `until` (default: today), by seed."""
    end = (until or at).astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    begin = end - timedelta(days=92)
    accounts.make(begin, (begin - timedelta(days=365)).date())
    say("Akun peragaan dibuat")
