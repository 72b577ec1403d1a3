"""Open points of the law as values: how an office reads what no regulation says, versioned like a budget.

A policy holds for the clocks begun on or after its date and recorded after it
was: no promise that was given moves because the office chose another reading.
Without any adopted one the readings of `Policy()` hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from engine.clocks.calendar import Unfit

FIRST_DAY = date(1970, 1, 2)
EVER = datetime(1970, 1, 2, tzinfo=UTC)
BREACH = 100
MOST_STEPS = 6
FLAGS = ("whole_day", "afternoon", "applicant_grace", "fresh_quota", "by_length")
MOST_DAYS = 30
LIMIT = "Hari sebelum batas hukum harus paling banyak %(n)s bilangan 1 sampai %(days)s"


@dataclass(frozen=True)
class Policy:
    """One version.  Raises Unfit with a sentence.

    `whole_day`: a promise in working days is kept until its date is over,
    not until the end of service.  `afternoon`: a suspension by force majeure
    that begins when the quota is spent already moves a promise it touches.
    `applicant_grace`: so does a pause that waits for the applicant.
    `fresh_quota`: a file that is opened again begins its quota anew.
    `by_length`: a date that is shortened by an exception weighs as many
    minutes as it has, not one whole working day.  `rungs`: warnings, in per
    cent below 100, which is always one.  `limit_days`: working days before
    the legal limit at which its risk is raised.  `near`: from how many per
    cent a clock is shown as near.
    """

    valid_from: date = FIRST_DAY
    recorded_at: datetime = EVER
    source: str = ""
    whole_day: bool = False
    afternoon: bool = False
    applicant_grace: bool = False
    fresh_quota: bool = False
    by_length: bool = False
    rungs: tuple[int, ...] = (50, 75, 90)
    limit_days: tuple[int, ...] = (2, 1)
    near: int = 70

    def __post_init__(self) -> None:
        object.__setattr__(self, "rungs", tuple(sorted(set(self.rungs) - {BREACH})))
        object.__setattr__(self, "limit_days", tuple(sorted(set(self.limit_days), reverse=True)))
        if not all(0 < rung < BREACH for rung in self.rungs) or len(self.rungs) > MOST_STEPS:
            raise Unfit("Peringatan harus paling banyak %(n)s bilangan antara 1 dan 99 persen", n=MOST_STEPS)
        if not all(0 < days <= MOST_DAYS for days in self.limit_days) or len(self.limit_days) > MOST_STEPS:
            raise Unfit(LIMIT, n=MOST_STEPS, days=MOST_DAYS)
        if not 0 < self.near < BREACH:
            raise Unfit("Ambang warna harus antara 1 dan 99 persen")

    @property
    def counts_otherwise(self) -> bool:
        """Whether a promise or a warning comes out otherwise than by the shipped reading."""
        return any(getattr(self, name) for name in FLAGS) or self.rungs != Policy.rungs

    @property
    def steps(self) -> tuple[int, ...]:
        """All warnings in ascending order, the breach last."""
        return (*self.rungs, BREACH)


SHIPPED = Policy()


def in_force(policies: Iterable[Policy], begun_on: date, recorded_at: datetime) -> Policy:
    """The policy for a clock begun on a date and recorded then; the shipped one before any was adopted."""
    fit = [one for one in policies if one.valid_from <= begun_on and one.recorded_at <= recorded_at]
    return max(fit, key=lambda one: (one.valid_from, one.recorded_at), default=SHIPPED)
