"""What events are known by: names of messages and signals, codes of errors, whom a message is meant for."""

from __future__ import annotations

from typing import Any

from engine.bpmn.elements import inside, properties


def event_names(root: Any) -> dict[str, str]:
    """Ids of messages and signals -> their names."""
    return {one.get("id", ""): one.get("name", "") for tag in ("message", "signal") for one in inside(root, tag)}


def codes(root: Any) -> dict[str, str]:
    """Ids of errors and escalations -> their codes, or their names where they have no code."""
    found: dict[str, str] = {}
    for tag in ("error", "escalation"):
        for one in inside(root, tag):
            found[one.get("id", "")] = one.get(f"{tag}Code") or one.get("name") or ""
    return found


def correlation(node: Any) -> tuple[str, str]:
    """`nomor = bayar.nomor` of an event's property `correlation` -> ("nomor", "bayar.nomor"); ("", "") without one."""
    word, _, expected = properties(node).get("correlation", "").partition("=")
    return (word.strip(), expected.strip()) if expected.strip() else ("", "")
