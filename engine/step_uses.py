"""Where steps of a release are named: conditions, times and messages that read their answers, who may not do both, what
stands on them, tables, letters, scenarios and the law."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine import scenarios
from engine.bpmn import elements, mentions
from engine.bpmn.checking.texts import evaluated
from engine.bpmn.expressions import ExpressionFault
from engine.deployment import CATALOGUE, LETTERS, Surroundings
from engine.errors import Finding
from engine.json_faults import object_of
from engine.titles import titles
from engine.usage import Use

# How letters ask for a step, as `engine.step_names` follows them.
_ASKED = re.compile(r'\bisian"?,\s*"(\w+)"|\("(\w+)"\s*,\s*"|\blangkah\b[^{\n]*?"(\w+)"')


def step_uses(files: Mapping[str, bytes], around: Surroundings) -> tuple[Use, ...]:
    """Every place that names a step, in the order of files; `how` says what names it."""
    known = around.library.examined.known
    steps = frozenset(one.get("id", "") for sheet in known.sheets for one in sheet.nodes) - {""}
    found = (*_drawn(known), *_tabled(known), *_written(files), *_law(files))
    return tuple(dict.fromkeys(one for one in found if one.name in steps))


def _drawn(known: Any) -> Iterator[Use]:
    for sheet in known.sheets:
        for one in evaluated(sheet):
            yield from (_use(name, sheet.file, one.node, one.what) for name in sorted(_names(one.text)))
        for node in sheet.nodes:
            apart = elements.properties(node).get("notSameAs", "").replace(",", " ").split()
            yield from (_use(one, sheet.file, node, Finding("Tidak boleh orang yang sama")) for one in apart)
            if node.get("attachedToRef"):
                yield _use(node.get("attachedToRef"), sheet.file, node, Finding("Peristiwa batas"))


def _use(step: str, file: str, node: Any, how: str) -> Use:
    return Use("step", step, file, node.get("id", ""), " ".join(node.get("name", "").split()), how)


def _names(text: str) -> frozenset[str]:
    try:
        return mentions.names(text)
    except ExpressionFault:  # told by the check
        return frozenset()


def _tabled(known: Any) -> Iterator[Use]:
    for table in known.decisions.values():
        cells = (text for rule in table.rules for text in (*rule.conditions, *rule.values))
        for step in sorted(frozenset().union(*map(_names, (*table.inputs, *cells)))):
            yield Use("step", step, table.file, table.id, table.called, Finding("Tabel keputusan"))


def _written(files: Mapping[str, bytes]) -> Iterator[Use]:
    """Templates of letters, and scenarios."""
    called = titles(files)
    for path in sorted(one for one in files if one.startswith(LETTERS)):
        said = _ASKED.findall(files[path].decode("utf-8", "replace"))
        for step in sorted({word for words in said for word in words if word}):
            yield Use("step", step, path, "", called.get(path, path), Finding("Surat"))
    for path in sorted(one for one in files if one.startswith(scenarios.FOLDER)):
        play = object_of(files[path])
        for step in sorted(_played(play)):
            yield Use("step", step, path, "", str(play.get("title", path)), Finding("Skenario"))


def _played(play: Mapping[str, Any]) -> set[str]:
    """Steps that a scenario does, and those that it leaves open."""
    moves, expected = play.get("moves"), play.get("expect")
    opened = expected.get("open") if isinstance(expected, dict) else ()
    done = {str(one.get("do", "")) for one in moves if isinstance(one, dict)} if isinstance(moves, list) else set()
    return done | {str(one).partition(" ")[0] for one in (opened if isinstance(opened, list) else ())}


def _law(files: Mapping[str, bytes]) -> Iterator[Use]:
    path = f"{CATALOGUE}letters.json"
    for code, row in object_of(files.get(path, b"")).items():
        sent = row.get("sent_by") if isinstance(row, dict) else ()
        for step in sent if isinstance(sent, list) else ():
            yield Use("step", str(step), path, code, str(row.get("title", "")), Finding("Langkah yang mengirim surat"))
    path = f"{CATALOGUE}settings.json"
    for step in sorted(_words(object_of(files.get(path, b"")).get("pola_audit"))):
        yield Use("step", step, path, "pola_audit", "", Finding("Pola audit"))


def _words(value: Any) -> set[str]:
    """Every text in a setting, its keys too."""
    if isinstance(value, dict):
        return set(value).union(*map(_words, value.values()))
    return set().union(*map(_words, value)) if isinstance(value, list) else {value} if isinstance(value, str) else set()
