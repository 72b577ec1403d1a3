"""What moved a promise or a term, read from the events of the step that did."""

from __future__ import annotations

from collections.abc import Sequence

from engine.events import Event


def cause(told: Sequence[Event], clock: str) -> str:
    """In one word: the last event of this clock in the step, else its first event."""
    clocks = [one.kind for one in told if one.kind.startswith("clock_") and one.body.get("clock") == clock]
    return clocks[-1] if clocks else (told[0].kind if told else "")


def notice(told: Sequence[Event], clock: str) -> str:
    """Which message tells of it, by its id; "" where no event of this clock names one."""
    mine = (one for one in told if one.kind == "clock_extended" and one.body.get("clock") == clock)
    named = [str(one.body["notice"]) for one in mine if "notice" in one.body]
    return named[-1] if named else ""
