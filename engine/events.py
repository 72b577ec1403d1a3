"""What happened in a case: the events of its file, and the chain that holds them together.

Events are only ever appended.  Each carries the SHA-256 of the one before it,
so that nothing can be changed, dropped or moved unnoticed (reliability: a
history that cannot be changed).  Personal values never stand in an event:
only salted digests and references do (UU 27/2022, erasure).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

CHAIN_VERSION = 1

KINDS = frozenset(
    (
        "case_opened state_changed case_closed case_reopened element_passed "
        "task_opened task_claimed task_released task_declined task_reassigned task_completed task_cancelled "
        "clock_started clock_paused clock_resumed clock_stopped clock_reopened clock_corrected clock_extended "
        "message_received number_reserved letter_issued letter_signed letter_scanned notice_sent "
        "levy_assessed refund_opened document_added document_removed hold_asked hold_granted hold_refused "
        "extension_proposed extension_agreed extension_refused extension_expired "
        "risk_raised risk_set_aside risk_answered risk_closed "
        "question_asked question_answered case_migrated migration_undone "
        "step_recalled task_reopened token_moved move_undone case_suspended case_resumed "
        "element_skipped data_repaired"
    ).split()
)


@dataclass(frozen=True)
class Event:
    """`at`: when it happened; `recorded_at`: when the office learned of it (never decreases in a case)."""

    kind: str
    at: datetime
    recorded_at: datetime
    by: UUID | None = None  # None: the system
    role: str = ""
    element: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)


# Made once: json.dumps would make one for every value.
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def canonical(value: Any) -> str:
    """UTF-8 JSON, sorted keys, no spaces, no floats: the text that is hashed and stored."""
    return _canonical(value)


def genesis(case: UUID, opening: Mapping[str, Any]) -> str:
    """The first `prev`: the hash of the opening data, so that a chain fits one case only."""
    return hashlib.sha256(canonical({"case": str(case), "opening": dict(opening)}).encode()).hexdigest()


def link(prev: str, case: UUID, seq: int, deployment: UUID, event: Event) -> str:
    """Hash (hex) of event number `seq` of `case`, after the event whose hash is `prev`."""
    content = {
        "v": CHAIN_VERSION,
        "prev": prev,
        "case": str(case),
        "seq": seq,
        "deployment": str(deployment),
        "kind": event.kind,
        "at": stamp(event.at),
        "recorded_at": stamp(event.recorded_at),
        "by": str(event.by) if event.by else None,
        "role": event.role,
        "element": event.element,
        "body": canonical(dict(event.body)),
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def stamp(at: datetime) -> str:
    """UTC, microseconds, always the same length."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(salt: bytes, value: Any) -> str:
    """HMAC-SHA-256 of a submitted value: proof of what was written without writing it."""
    return hmac.new(salt, canonical(value).encode(), hashlib.sha256).hexdigest()
