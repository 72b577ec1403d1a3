"""Scenarios after a step or a field of its form got another name: they are played as they were kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.changed_files import Changed, told

FOLDER = "processes/scenarios/"


def field(files: Mapping[str, bytes], tasks: frozenset[str], old: str, new: str) -> Changed:
    """What tasks of a form hand on under the field's name."""

    def move(one: dict[str, Any]) -> dict[str, Any]:
        values = one.get("values")
        if one.get("do") not in tasks or not isinstance(values, dict):
            return one
        return one | {"values": {new if name == old else name: value for name, value in values.items()}}

    return _each(files, lambda play: play | {"moves": [move(one) for one in play["moves"]]})


def step(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    """Moves at the step, and tasks of it that stand open at the end ("step" or "step unit")."""

    def move(one: dict[str, Any]) -> dict[str, Any]:
        return {name: new if name == "do" and value == old else value for name, value in one.items()}

    def expected(name: str, value: Any) -> Any:
        if name != "open" or not isinstance(value, list):
            return value
        return sorted(" ".join([new, *one.split(" ")[1:]]) if one.split(" ")[0] == old else one for one in value)

    def play(one: dict[str, Any]) -> dict[str, Any]:
        came = {name: expected(name, value) for name, value in one.get("expect", {}).items()}
        return one | {"moves": [move(made) for made in one["moves"]]} | ({"expect": came} if "expect" in one else {})

    return _each(files, play)


def _each(files: Mapping[str, bytes], change: Callable[[dict[str, Any]], dict[str, Any]]) -> Changed:
    found: Changed = {}
    for path in sorted(one for one in files if one.startswith(FOLDER) and one.endswith(".json")):
        try:
            found |= told(path, files, change)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # what is no scenario is told by the check
    return found
