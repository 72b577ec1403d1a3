"""Filling the demonstration office: a simulation whose every move is a real operation at a handed time."""

from __future__ import annotations

import gc
import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count as counting
from random import Random
from uuid import UUID

from app.clock import WIB
from app.operations import background, issuing
from app.operations.demo import (
    audits,
    declared,
    drafting,
    handing,
    happenings,
    limits,
    patterns,
    plans,
    reporting,
    staff,
    substitutes,
)
from app.operations.demo.desk import Desk
from app.operations.retrying import retried
from app.store import transaction

COMPLETE = "demonstration_complete"
HISTORY = timedelta(days=92)
Action = Callable[[datetime], None]


@retried
def is_loaded() -> bool:
    with transaction() as store:
        return bool(store.people.demonstration())


@retried
def is_complete() -> bool:
    """Whether the whole history was put in: a load that was cut off is half an office."""
    with transaction() as store:
        return COMPLETE in store.settings.overrides()


@retried
def _mark_complete(by: UUID, at: datetime) -> None:
    with transaction() as store:
        store.settings.put(COMPLETE, True, by, at)


@retried
def holds_real_accounts() -> bool:
    """Whether somebody can log in who is no invention: what must not be thrown away."""
    with transaction() as store:
        return store.people.has_real_accounts()


class Agenda:
    """What happens when; actions of one instant keep the order in which they were put down."""

    def __init__(self, end: datetime) -> None:
        self.end = end
        self._heap: list[tuple[datetime, int, Action]] = []
        self._order = counting()

    def put(self, at: datetime, action: Action) -> None:
        """Put an action down; what would happen after the end of the history never does."""
        if at < self.end:
            heapq.heappush(self._heap, (at, next(self._order), action))

    def next(self) -> tuple[datetime, Action] | None:
        if not self._heap:
            return None
        at, _, action = heapq.heappop(self._heap)
        return at, action


def load(at: datetime, until: datetime | None, count: int, seed: int, say: Callable[[str], None]) -> None:
    """Three months of `count` cases up to the day before `until` (default: today), by seed."""
    end = (until or at).astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    begin = end - HISTORY
    people = staff.make(begin, (begin - timedelta(days=365)).date())
    say("Akun peragaan dibuat")
    rng, agenda = Random(seed), Agenda(end)
    desk = Desk(rng, agenda, people)
    drawn = plans.draw(rng, count, desk.sorts(), desk.budgets(end.date()))
    limits.near(drawn, desk.limits(end.date()))
    patterns.returned_twice(drawn)
    for plan in drawn:
        agenda.put(desk.opening(end - timedelta(days=plan.opened_day)), partial(desk.open, plan))
    declared.plan(agenda, people, end)
    happenings.pay_unclaimed(agenda, people["bendahara"], end)
    happenings.change_calendar(agenda, people, end, desk.learn_calendar)
    happenings.move_a_term(agenda, people, end, desk.learn_calendar)
    happenings.disturb(agenda, people, end)
    happenings.receive(agenda, people, end)
    limits.plan(agenda, people, begin, end)
    reporting.plan(agenda, people, begin, end)
    happenings.tell_at_counter(agenda, people["loket"], begin, end)
    audits.plan(agenda, people, end)
    drafting.plan(agenda, people, end)
    substitutes.plan(agenda, people, end)
    patterns.plan(agenda, desk, end)
    handing.plan(agenda, desk, end)
    _beat(agenda, begin, end)
    token = issuing.LATER.set(True)
    gc.set_threshold(50_000, 20, 20)
    gc.freeze()  # what stands so far stays; the collector need not go through it thousands of times
    try:
        _run(agenda, begin, end, count, desk, say)
    finally:
        issuing.LATER.reset(token)
    drafting.proposal(people["proses2"], at)  # today: the release in effect is of today, too
    _mark_complete(desk.accounts["admin"], at)
    say(f"{len(desk.opened)} berkas, {desk.moves} langkah")


def _beat(agenda: Agenda, begin: datetime, end: datetime) -> None:
    """Warnings, limits and lapsed questions are looked at after noon, messages delivered each evening."""
    day = begin
    while day < end:
        agenda.put(day.replace(hour=13), _warn)
        agenda.put(day.replace(hour=17), _deliver)
        day += timedelta(days=1)


def _warn(at: datetime) -> None:
    background.warn_when_open(at)
    background.watch_limits(at)
    background.expire_extensions(at)


def _carrier(*_: object) -> str:
    return "disimpan di kotak surat kantor"


def _deliver(at: datetime) -> None:
    while background.deliver_one(_carrier, at, kinds=("message",)):
        pass


def _run(agenda: Agenda, begin: datetime, end: datetime, total: int, desk: Desk, say: Callable[[str], None]) -> None:
    told = 0
    while (found := agenda.next()) is not None:
        at, action = found
        desk.wake_until(at)
        action(at)
        share = int(100 * (at - begin) / (end - begin))
        if share >= told + 10:
            told = share - share % 10
            say(f"Kantor peragaan {told}%: {len(desk.opened)} dari {total} berkas, {at:%d/%m/%Y}")
    desk.wake_until(end)
