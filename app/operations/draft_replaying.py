"""The replay lab: files that were served lately, decided once more as they were, on a draft."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting, draft_playing
from app.operations.case_guards import REOPEN, WITHDRAW
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from engine import access, replaying
from engine.clocks import World
from engine.deployment import Deployment
from engine.errors import DefinitionInvalid
from engine.playing import Move, Start
from engine.replaying import Difference, Past

AT_ONCE = 15  # files of a page: each is played twice


@dataclass(frozen=True)
class Replay:
    """`own`: the release that the file was served on."""

    number: str  # or the tracking code
    permit: str
    closed_at: datetime
    difference: Difference
    own: Deployment


@dataclass(frozen=True)
class Lab:
    """A page of the files that were closed last; `after`: where the next page begins, None at the end."""

    row: Any
    release: Deployment
    replays: tuple[Replay, ...]
    after: UUID | None
    broken: draft_playing.Broken


def lab(draft: UUID, by: UUID, at: datetime, after: UUID | None = None) -> Lab:
    """Past files on the draft, against their own release, newest first.

    `after`: the last file of the page before.  Raises NotAllowed, NotFound, DefinitionInvalid where nothing can be
    played for errors.
    """
    stage = draft_playing.stage(draft, by, at)
    if stage.release is None:
        raise DefinitionInvalid(stage.problems)
    found, world = _past(by, at, after)
    replays = tuple(_replay(held, past, stage.release, world) for held, past in found)
    last = found[-1][0].id if len(found) == AT_ONCE else None
    return Lab(stage.row, stage.release, replays, last, stage.broken)


def _replay(held: Held, past: Past, release: Deployment, world: World) -> Replay:
    found = replaying.compare(held.case.deployment, release, past, world)
    return Replay(held.number or held.tracking_code, held.case.facts.permit, past.until, found, held.case.deployment)


@retried
def _past(by: UUID, at: datetime, after: UUID | None) -> tuple[list[tuple[Held, Past]], World]:
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        ids = store.past.closed_lately(after, AT_ONCE)
        seen = [held for id in ids if (held := store.cases.see(id)) is not None]
        return [(held, _told(store, held)) for held in seen], store.calendars.world()


def _told(store: Store, held: Held) -> Past:
    facts, events = held.case.facts, store.cases.events(held.id)
    start = Start(facts.permit, events[0].at, "", facts.kind, facts.category, facts.channel)
    return Past(start, tuple(_decisions(store, held, events)), events[-1].at)


def _decisions(store: Store, held: Held, events: tuple[Any, ...]) -> Iterator[Move]:
    """What people decided: tasks they completed, and messages that only they send."""
    kept = {str(one.id): one for one in store.cases.submissions(held.id)}
    units = store.past.task_units(held.id)
    for event in events:
        body = json.loads(event.body)
        if event.kind == "task_completed":
            values = _handed(held, event.element, kept.get(body.get("submission", "")))
            yield Move("do", event.element, units.get(body["task"], ""), body["outcome"], values, event.at)
        elif event.kind == "message_received" and body.get("message") in (WITHDRAW, REOPEN):
            paid = bool(store.payments.of_case(held.id))
            yield Move("receive", body["message"], values={"sudah_bayar": paid, "pada": ""}, at=event.at)


def _handed(held: Held, element: str, kept: Any) -> dict[str, Any]:
    """What the form handed on to the process; nothing of one whose values were erased."""
    if kept is None or not kept.values:
        return {}
    facts, release = held.case.facts, held.case.deployment
    form = release.form(kept.form_key, facts.permit, facts.category) if kept.form_key in release.forms else None
    routed = {one.name for one in form.fields() if one.routes} if form else set()
    return {name: value for name, value in kept.values.items() if name in routed}
