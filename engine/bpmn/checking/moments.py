"""Rules about timers that the data tell: a moment says its hour and zone, which no day and no word of a choice does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn.checking.called import which
from engine.bpmn.checking.nodes import definitions
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import EVENTS, HUMAN, local, properties, repetition, text
from engine.bpmn.expressions import ExpressionFault
from engine.bpmn.mentions import whole_path
from engine.bpmn.timers import TimerFault, check_text, is_iso
from engine.errors import Finding, Problem


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for node in sheet.of(*EVENTS):
        for definition in [one for one in definitions(node) if local(one) == "timerEventDefinition"]:
            for one in [one for one in definition if local(one) in ("timeDate", "timeDuration")]:
                yield from _told(sheet, node, text(one), local(one) == "timeDuration", known)


def _told(sheet: Sheet, node: Any, written: str, duration: bool, known: Set) -> Iterator[Problem]:
    task, name = _field(written)
    form = _form(task, known) if task else ""
    wanted = Finding("lama waktu") if duration else Finding("saat dengan jam dan zona waktu")
    if name in known.catalogue.days.get(form, ()):
        message = Finding(
            "Pewaktu %(node)s memakai %(task)s.%(name)s, sebuah tanggal tanpa jam; yang diperlukan %(wanted)s",
            node=which(node),
            task=task,
            name=name,
            wanted=wanted,
        )
        yield problem(sheet, node, "wrong-type", message, Finding(_HINT, task=task, name=name))
    words = known.catalogue.words.get(form, {}).get(name, frozenset())
    if words and not any(_readable(one, duration) for one in words):
        message = Finding(
            "Pewaktu %(node)s memakai %(task)s.%(name)s, sebuah pilihan kata; yang diperlukan %(wanted)s",
            node=which(node),
            task=task,
            name=name,
            wanted=wanted,
        )
        yield problem(sheet, node, "wrong-type", message, Finding(_HINT, task=task, name=name))


_HINT = 'Pakai isian tanggal dan jam, atau lengkapi tanggalnya: %(task)s.%(name)s + "T08:00:00+07:00".'


def _field(written: str) -> tuple[str, str]:
    """The task and the field that an expression is, when it is nothing else; ("", "") for all others."""
    try:
        found = whole_path(written) if not is_iso(written) else None
    except ExpressionFault:
        return "", ""  # told where texts are checked
    return found or ("", "")


def _form(task: str, known: Set) -> str:
    """The form of a task that is done once."""
    tasks = (one for sheet in known.sheets for one in sheet.of(*HUMAN) if one.get("id") == task)
    found = [properties(one).get("formKey", "") for one in tasks if repetition(one) is None]
    return found[0] if found else ""


def _readable(word: str, duration: bool) -> bool:
    try:
        check_text(word, duration)
    except (TimerFault, ExpressionFault):
        return False
    return is_iso(word)
