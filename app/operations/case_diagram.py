"""The diagrams of a case's own deployment: where its token is, and which way it came."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import bpmn
from engine.case import Case


@dataclass(frozen=True)
class DiagramView:
    """The diagram of the case's own deployment with where its token is."""

    process: str
    name: str
    xml: str
    done: tuple[str, ...]
    now: tuple[str, ...]


def diagrams(case: Case, history: tuple[Any, ...]) -> tuple[DiagramView, ...]:
    """The main diagram first, then each called one the case has entered."""
    return elements_now(case, _passed(history))


def elements_now(case: Case, passed: frozenset[str]) -> tuple[DiagramView, ...]:
    """The same, where it is known which elements were passed."""
    definition = case.deployment.definition
    scope = definition.scope(case.process)  # ids are unique within what a process calls, not beyond
    now = around(scope, {one.element for one in case.tasks})
    found = []
    for process in (case.process, *definition.called(case.process)):
        inside = {one.id for one in scope.values() if one.process == process}
        if process != case.process and not inside & (passed | now):
            continue
        _, xml = definition.file_of(process)
        found.append(
            DiagramView(
                process,
                definition.name_of(process),
                xml.decode("utf-8"),
                tuple(sorted((inside & passed) - now)),
                tuple(sorted(inside & now)),
            )
        )
    return tuple(found)


def around(scope: Mapping[str, bpmn.Element], tasks: set[str]) -> set[str]:
    """Elements with a task, and the call activities and sub-processes around them."""
    now, found = set(tasks), list(tasks)
    while found:
        element = scope.get(found.pop())
        if element is None:
            continue
        callers = {one.id for one in scope.values() if one.calls == element.process}
        around = {*callers, element.parent} - now - {""}
        now |= around
        found.extend(around)
    return now


def _passed(history: tuple[Any, ...]) -> frozenset[str]:
    found: set[str] = set()
    for event in history:
        if '"passed"' in event.body:
            found.update(json.loads(event.body).get("passed", ()))
    return frozenset(found)
