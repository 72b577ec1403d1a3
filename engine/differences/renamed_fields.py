"""Fields of a form that got another name, those of its groups too, each known again by what else it says.

One that says something else as well bears the same label, at least, and says most of the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from engine import field_scope
from engine.differences import data, likeness
from engine.differences.likeness import Said
from engine.differences.office import ours
from engine.differences.values import CHANGED, Change
from engine.errors import Finding

NAME, FIELD = "nama", "isian"  # the property that changes, and of what

Row: TypeAlias = dict[str, Any]


def pairs(before: Any, after: Any) -> list[tuple[str, str, str]]:
    """Older name, newer name and label of fields that stand in two lists; first of those that say the very same, then
    of those that say most of the same, then of those that ask for the same under the same label."""
    was, now = _named(before), _named(after)
    gone = {name: row for name, row in was.items() if name not in now}
    came = {name: row for name, row in now.items() if name not in was}
    found = likeness.same(*_marked(_whole, gone, came)) or _changed(gone, came)
    return [(old, new, str(came[new].get("label", ""))) for old, new in found]


def _changed(gone: Mapping[str, Row], came: Mapping[str, Row]) -> likeness.Pairs:
    if max(len(gone), len(came)) > likeness.MOST:
        return []
    nearly = likeness.nearly(*_marked(_said, gone, came), retitled=False)
    return nearly or likeness.same(*_marked(_asked, gone, came))


def outermost(form: Row | None) -> list[Any]:
    """The fields of a form outside groups."""
    sections = form["sections"] if form and isinstance(form["sections"], list) else []
    lists = [one["fields"] for one in sections if isinstance(one, dict) and isinstance(one.get("fields"), list)]
    return [row for some in lists for row in some]


def within_groups(before: Row, after: Row) -> tuple[Row, list[Change]]:
    """The older form under the newer names of the fields in its groups, and what is told of them."""
    known, told = _named(outermost(after)), list[Change]()
    sections = before["sections"] if isinstance(before["sections"], list) else []
    made = [
        one | {"fields": _rows(one["fields"], known, "", told)} if isinstance(one, dict) and "fields" in one else one
        for one in sections
    ]
    return before | {"sections": made}, told


def _rows(rows: Any, known: Mapping[str, Row], top: str, told: list[Change]) -> Any:
    """`known`: the newer ones by name; `top`: the group outside all others, "" for rows outside groups."""
    if not isinstance(rows, list):
        return rows
    names = [one.get("name") if isinstance(one, dict) else None for one in rows]
    both = [known.get(name) if isinstance(name, str) else None for name in names]
    return [
        _group(one, now, top or str(one["name"]), told) if now and "fields" in one else one
        for one, now in zip(rows, both, strict=True)
    ]


def _group(was: Row, now: Row, top: str, told: list[Change]) -> Row:
    while found := pairs(was.get("fields"), now.get("fields")):  # one that is known makes what asks for it known
        for old, new, label in found:
            was = field_scope.in_group(was, old, new)
            called = Finding("%(name)s (%(ends)s)", name=label or new, ends=str(now.get("label") or top))
            told.append(Change(CHANGED, FIELD, " ".join((FIELD, top)), ours(called), NAME, old, new))
    return was | {"fields": _rows(was["fields"], _named(now.get("fields")), top, told)}


def _named(rows: Any) -> dict[str, Row]:
    """Fields by name; none of a list in which a name stands twice or something else than a field does."""
    listed = rows if isinstance(rows, list) else []
    found = {row["name"]: row for row in listed if isinstance(row, dict) and isinstance(row.get("name"), str)}
    return found if len(found) == len(listed) else {}


def _marked(
    mark: Callable[[Row], Any], was: Mapping[str, Row], now: Mapping[str, Row]
) -> tuple[dict[str, Any], dict[str, Any]]:
    older, newer = ({name: mark(row) for name, row in some.items()} for some in (was, now))
    return older, newer


def _whole(row: Row) -> str:
    return json.dumps(row | {"name": ""}, sort_keys=True)


def _asked(row: Row) -> tuple[str, str]:
    """Its kind and its label; its name, which no other bears, where it has no label."""
    return str(row.get("type", "")), str(row.get("label") or row["name"])


def _said(row: Row) -> Said:
    rest = {word: one for word, one in row.items() if word != "name"}
    return str(row.get("label", "")), Counter(data.flat(rest))
