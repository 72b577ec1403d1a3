"""What moved a promise, read from the events of the step that did."""

from __future__ import annotations

from collections.abc import Sequence

from engine.events import Event


def cause(told: Sequence[Event]) -> str:
    """In one word: the last event of the service clock in the step, else its first event."""
    clocks = [one.kind for one in told if one.kind.startswith("clock_") and one.body.get("clock") == "L"]
    return clocks[-1] if clocks else (told[0].kind if told else "")


def notice(told: Sequence[Event]) -> str:
    """Which message tells of it, by its id; "" where no event names one."""
    named = [str(one.body["notice"]) for one in told if one.kind == "clock_extended" and "notice" in one.body]
    return named[-1] if named else ""
