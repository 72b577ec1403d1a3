"""What a proposal of keadaan kahar must say of itself, so that nobody excuses lateness unseen.

Counted, never judged: how often its author and its grounds came before, what share of a month's service time it
takes, which late files it makes timely and whether its author worked on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from app.clock import WIB
from app.operations.refreshing import Move
from app.store import Store
from engine.clocks import Suspended, World, suspended

LOOKING_BACK = timedelta(days=365)
MOST_MONTHS = 24  # of one declaration


Author: TypeAlias = tuple[
    UUID | None, Sequence[str], UUID
]  # the declaration if there is one, its grounds, who proposes


@dataclass(frozen=True)
class Month:
    """A month's service time and what of it is suspended: `before` without the proposal (None: not asked), `after`."""

    year: int
    number: int
    before: Suspended | None
    after: Suspended


@dataclass(frozen=True)
class Guard:
    """`proposed`: declarations its author proposed within a year, this one left out; `grounds`: the same by ground.

    `handled`: files it makes timely on which its author himself completed a step; `near`: promises that fall due
    within a day after it begins; `unhelped`: files of the page whose new promise lies behind their legal limit, with
    that limit, for H is never paused.  `typed_only`: its evidence is named in lines, no file of it is kept; never
    said before it is proposed, for files come after that.
    """

    proposed: int
    grounds: tuple[tuple[str, int], ...]
    months: tuple[Month, ...]
    handled: frozenset[UUID]
    near: int
    unhelped: Mapping[UUID, datetime] = field(default_factory=dict)
    typed_only: bool = False


def guard(
    store: Store,
    author: Author,
    span: tuple[datetime, datetime | None],
    worlds: tuple[World, World],
    shown: tuple[Move, ...],
    near: int,
    at: datetime,
) -> Guard:
    """What the proposal of `author` must say of itself, from what was compared.

    `worlds`: without it and with it; `shown`: the promises on the page, of which it says which limits they pass.
    """
    id, grounds, person = author
    earlier = [
        one for one in _first_versions(store) if one.declaration_id != id and at - one.recorded_at <= LOOKING_BACK
    ]
    used = Counter(ground for one in earlier for ground in one.grounds.split(","))
    return Guard(
        sum(one.proposed_by == person for one in earlier),
        tuple((one, used[one]) for one in sorted(grounds)),
        tuple(months(*span, worlds[0], worlds[1], at)),
        store.compared.handled(person),
        near,
        _unhelped(store, shown),
        id is not None and not store.calendars.files(id),
    )


def _unhelped(store: Store, moves: tuple[Move, ...]) -> Mapping[UUID, datetime]:
    """Files that stand still beyond what the law allows: by law the application may count as granted."""
    moved = {one.case_id: one.after.promised_at for one in moves if one.moved and one.clock.running}
    limits = store.readings.limits(moved)
    return {id: limit for id, limit in limits.items() if (later := moved[id]) is None or later > limit}


def _first_versions(store: Store) -> Iterator[Any]:
    return (one for one in store.calendars.versions() if one.version == 1)


def months(
    since: datetime, until: datetime | None, before: World | None, after: World, at: datetime
) -> Iterator[Month]:
    """The months that a span meets, up to the present; what has no end is measured up to `at`."""
    day = since.astimezone(WIB).date().replace(day=1)
    last = max(min(until or at, at), since)
    for _ in range(MOST_MONTHS):
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        begin, end = (datetime(one.year, one.month, 1, tzinfo=WIB) for one in (day, following))
        # Beyond the present nothing is suspended yet, but the month's service time is all of it.
        reach = max(min(end, at), begin)
        yield Month(day.year, day.month, _measured(before, begin, end, reach), _of(after, begin, end, reach))
        day = following
        if end > last:
            return


def _measured(world: World | None, begin: datetime, end: datetime, reach: datetime) -> Suspended | None:
    return None if world is None else _of(world, begin, end, reach)


def _of(world: World, begin: datetime, end: datetime, reach: datetime) -> Suspended:
    whole, part = suspended(world, begin, end), suspended(world, begin, reach)
    return Suspended(whole.service, part.whole, part.some)
