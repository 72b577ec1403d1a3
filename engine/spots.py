"""What people call the place a problem points to: an element by its name, a field by its label, a row of law by its."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from engine.bpmn import elements, reading
from engine.bpmn.checking.called import called_so
from engine.deployment import CATALOGUE
from engine.errors import Finding, Problem, office_word
from engine.json_faults import object_of

PLAYS = "processes/scenarios/"
CALLED = ("name", "title", "label", "subject")  # words of the catalogue by which a row is known
NAMED = ("process", "lane", "sequenceFlow", *elements.FLOW_NODES)


def told(
    problems: Iterable[Problem], files: Mapping[str, bytes], gone: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """Problems of these files, each with what its place is called, where that is more than its id; `gone`: what it was
    called that is there no more."""
    lost = gone or {}
    return tuple(
        replace(one, called=called(one.file, one.element, files) or lost.get(one.element, "")) for one in problems
    )


def called(file: str, element: str, files: Mapping[str, bytes]) -> str:
    """ "" for no place and for one that has nothing but an id; a step of a play is looked for in all diagrams."""
    if not element:
        return ""
    if file.startswith(PLAYS):
        drawn = (_of(path, content).get(element, "") for path, content in files.items() if path.endswith(".bpmn"))
        return next(filter(None, drawn), "")
    return _of(file, files.get(file, b"")).get(element, "")


def step(file: str, element: str, files: Mapping[str, bytes]) -> str:
    """What people call the step of a place in a diagram: of a way the element that it leaves."""
    return called(file, _left(file, files.get(file, b"")).get(element, element), files)


@lru_cache(maxsize=64)
def _left(path: str, content: bytes) -> Mapping[str, str]:
    """Way -> the element that it leaves."""
    try:
        root = reading.read(path, content)
    except reading.Unreadable:
        return {}
    return {one.id: one.source for one in elements.flows(root)}


def gone(files: Mapping[str, bytes], base: Mapping[str, bytes]) -> dict[str, str]:
    """Id -> name of what diagrams of `base` have and those of `files` have no more."""
    other = {path for path, content in base.items() if path.endswith(".bpmn") and files.get(path) != content}
    lost = {id: name for path in other for id, name in _of(path, base[path]).items()}
    drawn = (_of(path, content) for path, content in files.items() if lost and path.endswith(".bpmn"))
    left = set().union(*drawn)
    return {id: name for id, name in lost.items() if id not in left}


@lru_cache(maxsize=256)
def _of(path: str, content: bytes) -> Mapping[str, str]:
    """Ids of a file -> what people call them."""
    kind = PurePosixPath(path).suffix
    if kind in (".bpmn", ".dmn"):
        return _drawn(path, content)
    raw = object_of(content) if kind == ".json" else {}
    return _rows(raw) if path.startswith(CATALOGUE) else dict(_labels(raw.get("sections")))


def _drawn(path: str, content: bytes) -> Mapping[str, str]:
    try:
        root = reading.read(path, content)
    except reading.Unreadable:
        return {}
    if path.endswith(".dmn"):
        return _tabled(root)
    drawn = [one for one in root.iter("{*}*") if elements.local(one) in NAMED and one.get("id")]
    return {one.get("id"): called_so(one) for one in reversed(drawn)}


def _tabled(root: Any) -> Mapping[str, str]:
    tables = {one.get("id", ""): one.get("name", "") for one in root.iter("{*}decision")}
    rows = (enumerate(table.iterchildren("{*}rule"), 1) for table in root.iter("{*}decisionTable"))
    found = {one.get("id", ""): Finding("baris %(number)s", number=n) for numbered in rows for n, one in numbered}
    return {**found, **tables}


def _rows(raw: Mapping[str, Any]) -> Mapping[str, str]:
    """Rows of a file of law by their names."""
    rows = {code: row for code, row in raw.items() if isinstance(row, dict)}
    words = {
        code: next((row[one] for one in CALLED if isinstance(row.get(one), str)), "") for code, row in rows.items()
    }
    return {code: office_word(word) for code, word in words.items() if word}


def _labels(raw: Any) -> Iterable[tuple[str, str]]:
    """Fields of a form by their labels, those of groups too."""
    for one in raw if isinstance(raw, list) else ():
        if isinstance(one, dict):
            if isinstance(one.get("name"), str) and isinstance(one.get("label"), str) and one["label"]:
                yield one["name"], office_word(one["label"])
            yield from _labels(one.get("fields"))


def steps(files: Mapping[str, bytes]) -> frozenset[str]:
    """Ids of all steps of a release's diagrams that can be read."""
    drawn = (_steps(path, content) for path, content in files.items() if path.endswith(".bpmn"))
    return frozenset().union(*drawn)


@lru_cache(maxsize=64)
def _steps(path: str, content: bytes) -> frozenset[str]:
    try:
        root = reading.read(path, content)
    except reading.Unreadable:
        return frozenset()
    return frozenset(one.get("id", "") for one in elements.flow_nodes(root)) - {""}
