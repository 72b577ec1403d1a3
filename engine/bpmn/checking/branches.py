"""Rules about paths: parallel branches write different data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn.checking import restless
from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.checking.written import written
from engine.errors import Finding, Problem

MOST_FOLLOWED = 2_000_000  # branches times flows of a file, while following what each branch writes


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    followed = 0
    for node in sheet.of("parallelGateway", "inclusiveGateway"):
        heads = [{key} for key in dict.fromkeys(sheet.targets(node.get("id", "")))]
        followed += len(heads) * len(sheet.flows)
        if followed > MOST_FOLLOWED:
            yield _left_out(sheet, node)
            break
        yield from _conflicts(sheet, known, node, heads)
    for activity, events in sheet.boundaries.items():
        for event in [one for one in events if one.get("cancelActivity", "true") == "false"]:
            beside = {activity, *sheet.targets(activity)}
            yield from _conflicts(sheet, known, event, [beside, {event.get("id", "")}])
    yield from restless.check(sheet, known)


def _left_out(sheet: Sheet, node: Any) -> Problem:
    message = Finding(
        "Cabang sejajar mulai %(node)s terlalu banyak untuk diperiksa; data mereka tidak dibandingkan",
        node=called_so(node),
    )
    hint = "Pecah menjadi beberapa sub-proses atau proses yang saling memanggil."
    return problem(sheet, node, "explored-in-part", message, hint, "warning")


def _conflicts(sheet: Sheet, known: Set, fork: Any, heads: list[set[str]]) -> Iterator[Problem]:
    """Keys that two branches of a fork write before they meet."""
    if len(heads) < 2:
        return
    here = frozenset({fork.get("id", "")}) - {key for head in heads for key in head}
    stop = here | _meetings(sheet, heads, here)
    owner: dict[str, tuple[int, str]] = {}
    told: set[str] = set()
    for index, head in enumerate(heads):
        # The branch beside an event does not go through that event: it only happens next to it.
        for key in sorted(sheet.reached(head, stop | ({fork.get("id", "")} - head))):
            for one in sorted(written(sheet.by_id[key], known)):
                branch, writer = owner.setdefault(one, (index, key))
                # That one element is reached twice is told by exploring the diagram's states.
                if branch != index and writer != key and one not in told:
                    told.add(one)
                    message = Finding(
                        "Data %(name)s ditulis oleh dua cabang sejajar dari %(fork)s", name=one, fork=called_so(fork)
                    )
                    hint = "Beri nama hasil yang berbeda, atau gabungkan cabang dengan gerbang paralel sebelumnya."
                    yield problem(sheet, sheet.by_id[key], "shared-output", message, hint)


def _meetings(sheet: Sheet, heads: list[set[str]], here: frozenset[str]) -> frozenset[str]:
    """Joins that more than one branch reaches, refused kinds of gateway included."""
    joins = {
        node.get("id", "")
        for node in sheet.of("parallelGateway", "inclusiveGateway", "complexGateway")
        if len(sheet.incoming.get(node.get("id", ""), [])) > 1
    }
    reached = [sheet.reached(head, here) & joins for head in heads]
    return frozenset(key for key in joins if sum(key in one for one in reached) > 1)
