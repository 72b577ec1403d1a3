"""Services by which diagrams drive the legal clocks (domain 2.3)."""

from __future__ import annotations

from datetime import datetime

from engine.effects import PauseClock, ReopenClock, ResumeClock, StartClock, StopClock
from engine.services import Answer, Call, service


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@service("clock.start", leaves={})
def start_clock(call: Call, *, clock: str, term: str = "", since: str | None = None) -> Answer:
    """Start a clock: L and H with the permit's standard, others with the named term."""
    return Answer(effects=(StartClock(clock, term, _instant(since)),))


@service("clock.stop", leaves={})
def stop_clock(call: Call, *, clock: str) -> Answer:
    """Stop a clock for good (signature, closing)."""
    return Answer(effects=(StopClock(clock),))


@service("clock.pause", leaves={})
def pause_clock(call: Call, *, cause: str, since: str | None = None) -> Answer:
    """Pause the service clock for a cause, from `since` (ISO, default now)."""
    return Answer(effects=(PauseClock(cause, _instant(since)),))


@service("clock.resume", leaves={})
def resume_clock(call: Call, *, cause: str, since: str | None = None) -> Answer:
    """End the pause for a cause at `since` (ISO, default now)."""
    return Answer(effects=(ResumeClock(cause, _instant(since)),))


@service("clock.reopen", leaves={})
def reopen_clock(call: Call, *, clock: str) -> Answer:
    """Let a stopped clock go on with the same count; nothing happens when it never ran."""
    return Answer(effects=(ReopenClock(clock),))
