"""What a release means for one case, as it is kept and as it is read again: plain JSON, sentences with their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.store.encoding import dump, parse
from app.store.impact import Counted
from engine.bpmn import Place
from engine.case import Case, Impact
from engine.errors import Finding, Naming, Sentence, office_word

STEPS = " "  # between the elements of a case's open tasks
KINDS = {"finding": Finding, "naming": Naming}  # marks of sentences in which only sentences are translated


@dataclass(frozen=True)
class Told:
    """`reasons`: why it does not simply move; `tasks` and `promises`: what changes, as plain dictionaries."""

    reasons: tuple[str, ...]
    tasks: tuple[Mapping[str, str], ...]
    promises: tuple[Mapping[str, Any], ...]
    places: Mapping[str, tuple[Place, ...]]  # open step that is gone -> steps its case may be taken to, or may not
    leaps: tuple[Place, ...] = ()  # the places that were chosen for it


def counted(case: Case, seq: int, found: Impact) -> Counted:
    """A row of the impact."""
    told = {
        "reasons": [said(one) for one in dict.fromkeys(each.reason for each in found.prospect.obstacles)],
        "tasks": [{n: _called(getattr(one, n)) for n in ("name", "what", "before", "after")} for one in found.tasks],
        "promises": [_promise(one) for one in found.promises],
        "places": {one: [_place(place) for place in there] for one, there in sorted(found.prospect.places.items())},
        "leaps": [_place(one) for one in found.prospect.leaps],
    }
    moves, forbids = any(one.moves for one in found.promises), any(one.forbids for one in found.promises)
    skips = any(one.skipped or one.perhaps for one in found.prospect.leaps)
    return Counted(*_head(case, seq), found.prospect.verdict, bool(found.tasks), moves, forbids, skips, dump(told))


def _place(one: Place) -> dict[str, Any]:
    lists = {name: [_called(step) for step in getattr(one, name)] for name in LISTS}
    return {"id": one.id, "name": _called(one.name), **lists, "refused": said(one.refused) if one.refused else ""}


def _placed(raw: Any) -> Place:
    """A place again; of what was counted earlier only its id and its name are known."""
    if isinstance(raw, list):
        return Place(*raw)
    skipped, perhaps, again = (tuple(_call(step) for step in raw[name]) for name in LISTS)
    return Place(raw["id"], _call(raw["name"]), skipped, perhaps, again, heard(raw["refused"]))


LISTS = ("skipped", "perhaps", "again")


def _called(name: str) -> Any:
    """A name, or the sentence that stands in place of one."""
    return said(name) if isinstance(name, Sentence) else name


def _call(raw: Any) -> str:
    return heard(raw) if isinstance(raw, list) else str(raw)


def unmovable(case: Case, seq: int, because: str) -> Counted:
    """A row of a case that could not even be tried."""
    told = {"reasons": [said(because)], "tasks": [], "promises": [], "places": {}}
    return Counted(*_head(case, seq), "stays", False, False, False, False, dump(told))


def _head(case: Case, seq: int) -> tuple[UUID, int, UUID, str, str, str]:
    steps = STEPS.join(sorted({one.element for one in case.tasks}))
    return (case.id, seq, case.deployment.id, case.process, case.facts.permit, steps)


def _promise(one: Any) -> dict[str, Any]:
    dates = {name: _stamp(getattr(one, name)) for name in ("before", "after", "wished")}
    why = {"because": one.because, "undated": one.undated, "year": one.year}
    return {"clock": one.clock, **why, "moves": one.moves, "forbids": one.forbids, **dates}


def _stamp(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def read(text: str) -> Told:
    """What was kept; the dates of promises are instants again, None where there is none."""
    raw = parse(text) or {}
    return Told(
        tuple(heard(one) for one in raw.get("reasons", ())),
        tuple({name: _call(one) for name, one in task.items()} for task in raw.get("tasks", ())),
        tuple(one | {name: _instant(one[name]) for name in DATES} for one in raw.get("promises", ())),
        {element: tuple(_placed(one) for one in found) for element, found in raw.get("places", {}).items()},
        tuple(_placed(one) for one in raw.get("leaps", ())),
    )


DATES = ("before", "after", "wished")


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def said(sentence: str) -> Any:
    """A sentence as JSON: its pattern and its values, so that it can be translated when it is read."""
    if not isinstance(sentence, Sentence) or not sentence.values:
        return [str(sentence), {}]
    values = {
        name: said(value) if isinstance(value, Sentence) else str(value) for name, value in sentence.values.items()
    }
    return [sentence.pattern, values, *(mark for mark, kind in KINDS.items() if type(sentence) is kind)]


def _inner(raw: Any) -> Sentence:
    found = heard(raw)
    return found if isinstance(found, Sentence) else office_word(found)


def heard(raw: Any) -> str:
    """The sentence again; "" for none."""
    if not raw:
        return ""
    text, values, *kind = raw
    known = {name: _inner(value) if isinstance(value, list) else value for name, value in values.items()}
    return KINDS.get("".join(kind), Sentence)(text, **known) if known else str(text)
