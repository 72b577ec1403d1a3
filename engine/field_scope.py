"""Another name for a field in the list that it stands in: what else of that list says the name follows, no other list.

A field of a group may be called as one outside it, or as one of another group.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

REFERENCES = ("field", "not_before", "accuracy", "beyond", "what", "declared", "measured", "unit_field", "remark")
# What a group says of the fields within it.
_ITS_OWN = ("fields", "bulk", "unsent", "measured")


def in_form(form: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    """A form whose sections, and fields outside groups, say the new name."""
    return {**form, "sections": [_section(one, old, new) for one in form["sections"]]}


def in_group(group: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    """A group, called as it was, whose fields say the new name."""
    say: dict[str, Callable[[Any, str, str], Any]] = {
        "fields": _outside_groups, "measured": _outside_groups, "bulk": _filling, "unsent": _filling,
    }  # fmt: skip
    return {word: say[word](one, old, new) if word in say else one for word, one in group.items()}


def _section(section: Any, old: str, new: str) -> Any:
    said = _outside_groups(section, old, new)
    inner = isinstance(section, dict) and "fields" in section
    return said | {"fields": _outside_groups(section["fields"], old, new)} if inner else said


def _outside_groups(value: Any, old: str, new: str) -> Any:
    """What is said of the field under its new name; what groups say of theirs stays."""
    if isinstance(value, list):
        return [_outside_groups(one, old, new) for one in value]
    if not isinstance(value, dict):
        return value
    said = {word: one if word in _ITS_OWN else _outside_groups(one, old, new) for word, one in value.items()}
    return said | {word: new for word in ("name", *REFERENCES) if said.get(word) == old}


def _filling(value: Any, old: str, new: str) -> Any:
    """What judges many rows at a time: by the names of their fields what is filled in, and a list of names."""
    if isinstance(value, list):
        return [new if one == old else one for one in value]
    if not isinstance(value, dict):
        return value
    return {new if word == old else word: _filling(one, old, new) for word, one in value.items()}
