"""Decision tables row by row: columns, rows in their order, and what the table answers with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from engine.bpmn import reading
from engine.bpmn.elements import local
from engine.differences import conditions, properties
from engine.differences.office import Office, plain
from engine.differences.values import Change, Thing, Things, between
from engine.errors import joined, office_word


def changes(path: str, before: bytes, after: bytes, office: Office) -> tuple[Change, ...]:
    """`office`: what the two versions call things in other files.  Raises reading.Unreadable."""
    return tuple(_worded(one, office) for one in between(_things(path, before), _things(path, after)))


def _worded(one: Change, office: Office) -> Change:
    say = _cell if one.what.startswith(("input.", "output.")) else partial(properties.told, one.what, office)
    before, after = say(one.before), say(one.after)
    return replace(one, before=before, after=after) if before != after else one


def places(path: str, content: bytes) -> frozenset[str]:
    """Ids of what can be pointed at.  Raises reading.Unreadable."""
    return frozenset(_things(path, content))


def decisions(path: str, content: bytes) -> dict[str, tuple[Thing, ...]]:
    """Id of each table -> the table and its columns and rows, which say nothing of that id.  Raises
    reading.Unreadable."""
    nodes = (one for one in reading.read(path, content).iter() if local(one) == "decision")
    return {one.get("id", ""): tuple(replace(thing, among=None) for _id, thing in _of(one)) for one in nodes}


def _things(path: str, content: bytes) -> Things:
    found: dict[str, Thing] = {}
    for decision in (one for one in reading.read(path, content).iter() if local(one) == "decision"):
        found |= dict(_of(decision))
    return found


def _of(decision: Any) -> Iterator[tuple[str, Thing]]:
    id = decision.get("id", "")
    table = next((one for one in decision if local(one) == "decisionTable"), None)
    told = {key: value for key, value in (table.attrib.items() if table is not None else ()) if key != "id"}
    yield id, Thing("decision", decision.get("name", ""), told)
    if table is None:
        return
    columns = [one for one in table if local(one) in ("input", "output")]
    names = {tag: [_column(one) for one in columns if local(one) == tag] for tag in ("input", "output")}
    for place, column in enumerate(columns):
        given = {key: value for key, value in column.attrib.items() if key not in ("id", "label")}
        told = given | {"ungkapan": _texts(column)}
        yield (
            f"{id}.{column.get('id', place)}",
            Thing(local(column), _column(column), told, among=f"{id} {local(column)}"),
        )
    for place, rule in enumerate(one for one in table if local(one) == "rule"):
        yield f"{id}.{rule.get('id', place)}", _row(rule, names, f"{id} rule")


def _column(node: Any) -> str:
    return str(node.get("label") or node.get("name") or _texts(node))


def _row(rule: Any, names: dict[str, list[str]], among: str) -> Thing:
    told: dict[str, str] = {}
    for tag, side in (("inputEntry", "input"), ("outputEntry", "output")):
        for n, cell in enumerate(one for one in rule if local(one) == tag):
            name = names[side][n] if n < len(names[side]) else str(n + 1)
            told[f"{side}.{name}"] = _texts(cell)
    told["keterangan"] = " ".join(_texts(one) for one in rule if local(one) in ("description", "annotationEntry"))
    wishes, answers = (
        joined([_cell(value) or "–" for key, value in told.items() if key.startswith(side)], " · ")
        for side in ("input.", "output.")
    )
    return Thing("rule", joined([wishes, answers], " → "), told, among=among)


def _cell(text: str) -> str:
    """What a cell asks or answers: a text without its marks, yes or no; other expressions as they are written."""
    value = conditions.literal(text)
    return office_word(plain(value)) if value is not None else properties.SAID.get(text, text)


def _texts(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())
