"""The only reader of the wall clock.  Everything else takes the present as `at`."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

WIB: tzinfo = ZoneInfo("Asia/Jakarta")


def now() -> datetime:
    """The present, aware, in UTC, to the whole second (legal time knows no smaller unit)."""
    return datetime.now(UTC).replace(microsecond=0)
