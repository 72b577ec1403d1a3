"""Rules about conditions that decide nothing: always or never true, or only where an earlier flow is taken.

Told is only what holds whatever the data: constants, and what the answers to the questions of a gateway's own
conditions leave no room for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn.checking.called import called_so, which
from engine.bpmn.checking.covering import Read, asked, holds, possible, read
from engine.bpmn.checking.nodes import condition
from engine.bpmn.checking.offered import always_of
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import local
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Finding, Problem, listed

Way = tuple[Any, Read]  # a flow and its condition


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    for node in sheet.of("exclusiveGateway", "inclusiveGateway"):
        ways = list(_ways(sheet, node))
        alone = local(node) == "exclusiveGateway"
        varied = []
        for flow, one in ways:
            always, never = _settled(one, known)
            if never:
                yield _never(sheet, flow)
            elif always and alone:  # of several ways that are taken together one may always be
                yield _always(sheet, flow)
            elif not always:
                varied.append((flow, one))
        yield from _overtaken(sheet, varied, known) if alone else ()


def _ways(sheet: Sheet, node: Any) -> Iterator[Way]:
    """The ways out that ask something, in the order in which they are tried."""
    for flow in sheet.drawn_outgoing.get(node.get("id", ""), []):
        if flow.get("id", "") != node.get("default", "") and (text := condition(flow)):
            try:
                yield flow, read(text)
            except ExpressionFault:
                continue  # told where texts are checked


def _settled(one: Read, known: Set) -> tuple[bool, bool]:
    """Whether a condition always holds, and whether it never does."""
    if one[0] == "asked":
        return False, False
    answers = possible([one], always_of(known), strange=True)
    found = {holds(one, given) for given in answers or ()}
    return found == {True}, found == {False}


def _overtaken(sheet: Sheet, ways: list[Way], known: Set) -> Iterator[Problem]:
    """Ways that no case takes, since wherever their condition holds one before them is taken."""
    for at, (flow, one) in enumerate(ways):
        before = _before(one, ways[:at], known)
        if before:
            said = listed(called_so(other) for other in before)
            message = Finding(
                "Alur %(flow)s tidak pernah dipilih: %(said)s selalu mendahuluinya", flow=which(flow), said=said
            )
            yield problem(
                sheet, flow, "never-taken", message, "Perbaiki salah satu syarat, atau hapus alur ini.", _WARN
            )


def _before(one: Read, earlier: list[Way], known: Set) -> list[Any]:
    """The ways of which one is taken wherever this condition holds; none where a case may come to it."""
    same = [flow for flow, other in earlier if other == one]
    if same or not earlier:
        return same[:1]
    about = {question[:3] for question in asked(one)}
    near = [way for way in earlier if any(question[:3] in about for question in asked(way[1]))]
    answers = possible([one, *(other for _, other in near)], always_of(known), strange=True) if near else None
    here = [given for given in answers or () if holds(one, given)]
    met = [[flow for flow, other in near if holds(other, given)] for given in here]
    return [flow for flow, _ in near if any(some[0] is flow for some in met)] if met and all(met) else []


def _always(sheet: Sheet, flow: Any) -> Problem:
    message = Finding("Syarat %(flow)s selalu benar", flow=called_so(flow))
    hint = "Tandai alur itu sebagai alur baku dan hapus syaratnya, atau perbaiki syaratnya."
    return problem(sheet, flow, "always-true", message, hint, _WARN)


def _never(sheet: Sheet, flow: Any) -> Problem:
    message = Finding("Syarat %(flow)s tidak pernah benar", flow=called_so(flow))
    return problem(sheet, flow, "never-true", message, "Perbaiki syaratnya, atau hapus alur ini.", _WARN)


_WARN = "warning"
