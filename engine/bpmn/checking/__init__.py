"""All faults of a set of files at once, each at its element and line.

The rules read the XML themselves, before SpiffWorkflow does: that stops at the
first fault, knows no lines and overlooks much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn import elements, reading
from engine.bpmn.catalogue import Catalogue
from engine.bpmn.checking import (
    awaiting,
    bindings,
    branches,
    clocks,
    events,
    exploring,
    lists,
    marks,
    messages,
    moments,
    names,
    objects,
    offered,
    outcomes,
    parameters,
    results,
    separation,
    settled,
    structure,
    tables,
    texts,
    ways,
)
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.decisions import is_dmn, read_decisions, tableless
from engine.errors import Problem

RULES = (
    structure.check,
    ways.check,
    settled.check,
    events.check,
    lists.check,
    texts.check,
    moments.check,
    bindings.check,
    separation.check,
    parameters.check,
    results.check,
    outcomes.check,
    offered.check,
    names.check,
    objects.check,
    branches.check,
    exploring.check,
    clocks.check,
    messages.check,
    marks.check,
    awaiting.check,
)


@dataclass(frozen=True, eq=False)
class Examined:
    """What an examination read: problems in the order of files and lines, XML roots and decision tables."""

    problems: tuple[Problem, ...]
    roots: Mapping[str, Any]
    known: Set


def examine(files: Mapping[str, bytes], catalogue: Catalogue, beside: Examined | None = None) -> Examined:
    """Examine files by themselves, or as if they were added to those examined before; `beside` is not judged again."""
    problems, roots = _read(files)
    decided = [one for file, root in roots.items() if is_dmn(root) for one in read_decisions(root, file)]
    sheets = tuple(Sheet(file, root) for file, root in roots.items() if not is_dmn(root))
    under = beside.known if beside else None
    faulty = {file: data for file, data in (under.faulty if under else {}).items() if file not in files}
    faulty |= {file: data for file, data in files.items() if file not in roots or tableless(roots[file])}
    known = Set(sheets, catalogue, {one.id: one for one in decided}, under, faulty)
    problems.extend(tables.check(roots, decided, known))
    for sheet in sheets:
        problems.extend(_examine(sheet, known))
    drawn = [one for one in sheets if one.processes]
    if drawn and not any(elements.executable(one.root) for one in drawn):
        problems.append(_nothing_runs(drawn[0]))
    order = {file: index for index, file in enumerate(files)}
    told = [one for one in problems if one.file in order]
    told.sort(key=lambda one: (order[one.file], one.line, one.element))
    return Examined(tuple(dict.fromkeys(told)), roots, known)


def _read(files: Mapping[str, bytes]) -> tuple[list[Problem], dict[str, Any]]:
    problems: list[Problem] = []
    roots: dict[str, Any] = {}
    for file, data in files.items():
        try:
            roots[file] = reading.read(file, data)
        except reading.Unreadable as error:
            problems.append(error.problem)
    return problems, roots


def _examine(sheet: Sheet, known: Set) -> list[Problem]:
    outer = list(structure.check_outer(sheet))
    if outer:
        return outer
    return [one for rule in RULES for one in rule(sheet, known)]


def _nothing_runs(sheet: Sheet) -> Problem:
    node = next(iter(sheet.processes), sheet.root)
    hint = "Centang Dijalankan (isExecutable) pada sedikitnya satu proses."
    return problem(sheet, node, "not-executable", "Tidak ada proses yang dapat dijalankan", hint)
