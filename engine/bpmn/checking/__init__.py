"""All faults of a set of files at once, each at its element and line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn import reading
from engine.bpmn.catalogue import Catalogue
from engine.bpmn.decisions import Decision, is_dmn, read_decisions
from engine.errors import Problem


def examine(
    files: Mapping[str, bytes], catalogue: Catalogue
) -> tuple[tuple[Problem, ...], dict[str, Any], dict[str, Decision]]:
    """Problems, XML roots of the readable files and the decision tables by id."""
    problems: list[Problem] = []
    roots: dict[str, Any] = {}
    for file, data in files.items():
        try:
            roots[file] = reading.read(file, data)
        except reading.Unreadable as error:
            problems.append(error.problem)
    tables = [one for file, root in roots.items() if is_dmn(root) for one in read_decisions(root, file)]
    return tuple(problems), roots, {one.id: one for one in tables}
