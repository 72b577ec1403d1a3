"""Carrying out what a Step asks of the office, inside its transaction.

Numbers are reserved here under the case's lock and handed back into the
process as messages; letters are frozen and rendered before the commit; notices
go into the outbox.  One save at the end writes everything.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from app.operations import assessing, issuing, limit_raising, notifying
from app.operations.breaching import keep_late_stops
from app.operations.work import Work, day_of, reserve
from app.store import Store
from app.store.cases import Held
from engine.case import Step, receive
from engine.effects import Assess, IssueLetter, Notify, OpenRefund, ReserveNumber

MOST_REPLIES = 20


def carry_out(
    store: Store, held: Held, step: Step, at: datetime, happened_at: datetime | None = None, **columns: Any
) -> Held:
    """Do what the step asks, let the process answer, and save; returns the case as saved.

    `happened_at`: when the step happened, for one entered afterwards; the process
    goes on then, while letters, numbers and messages are those of `at`.
    """
    work = Work(store, held, step, at, dict(columns), happened_at=happened_at)
    _reserve_all(work)
    for effect in work.step.effects:
        _do(work, effect)
    told = (*work.step.events, *work.events)
    last = max((one.recorded_at for one in told), default=work.case.last_at)
    final = Step(replace(work.case, last_at=last), told)
    world, revision = store.calendars.world(), store.calendars.revision()
    keep_late_stops(store, held, final.case, world, at)
    final = Step(final.case, (*final.events, *limit_raising.closing(store, held.case, final.case, world, at)))
    return store.cases.save(held, final, world, revision, at, **work.columns)


def _reserve_all(work: Work) -> None:
    """Answer requests for numbers until the process asks for none: each answer may lead to the next."""
    for _ in range(MOST_REPLIES):
        asked = next((one for one in work.step.effects if isinstance(one, ReserveNumber)), None)
        if asked is None:
            return
        rest = tuple(one for one in work.step.effects if one is not asked)
        given = reserve(work, asked.register)
        events = (*work.step.events, *work.events)
        work.events = []
        if asked.reply:
            answered = receive(
                work.case, asked.reply, {"nomor": given, "tanggal": day_of(work.at)}, None, work.happened_at or work.at
            )
            work.step = Step(answered.case, (*events, *answered.events), (*rest, *answered.effects))
        else:
            work.step = replace(work.step, events=events, effects=rest)


def _do(work: Work, effect: Any) -> None:
    if isinstance(effect, IssueLetter):
        issuing.issue(work, effect.letter)
    elif isinstance(effect, Notify):
        notifying.notify(work, effect.notice, effect.to)
    elif isinstance(effect, Assess):
        assessing.assess(work, effect.kind)
    elif isinstance(effect, OpenRefund):
        assessing.open_refund(work, effect.reason)
