"""Rounds of counting what a release means for running cases: begun by who proposes or asks, and how far they are.

Begun in the transaction that proposes a release, so no release waits for its approval without being counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from app.operations import impact_told
from app.store import Store
from app.store.encoding import dump, parse
from app.store.impact import Wanted
from engine.errors import Finding, Sentence, listed, office_word

NOBODY = UUID(int=0)
UNCOUNTED = "Dampaknya belum selesai dihitung: tunggu, atau nyatakan bahwa Anda menyetujui tanpa menunggunya"
FORBIDDEN = "Tanggal yang dijanjikan kepada berkas berjalan tersentuh: baca dampaknya, lalu nyatakan bahwa Anda tahu"
SKIPPED = (
    "Pilihan pemindahan membuat berkas berjalan melewati langkah (%(langkah)s): baca dampaknya, lalu nyatakan bahwa "
    "Anda tahu"
)
BOTH = (
    "Tanggal yang dijanjikan kepada berkas berjalan tersentuh, dan pilihan pemindahan membuat berkas berjalan melewati "
    "langkah (%(langkah)s): baca dampaknya, lalu nyatakan bahwa Anda tahu"
)
LOOKED_AT, NAMED = 500, 8  # cases whose leaps are read, steps that are named


@dataclass(frozen=True)
class Progress:
    """How far a round is; `asked`: whether anybody asked, `fault`: why it cannot be counted."""

    asked: bool
    counted: int = 0
    left: int = 0
    done: bool = False
    fault: str = ""
    stepped: int = 0  # of those counted, how many have moved on since

    @property
    def total(self) -> int:
        return self.counted + self.left


@dataclass(frozen=True)
class Known:
    """What is known of a release that waits for its approval; `totals`: None where nothing was asked.

    `passed`: the steps and services that running cases pass over, "" for none.
    """

    progress: Progress
    totals: Any
    passed: str = ""

    @property
    def counting(self) -> bool:
        """Whether cases run elsewhere of which nothing is known as yet."""
        return bool(self.progress.left) and not self.progress.done

    @property
    def touches(self) -> bool:
        """Whether a promised date moves, or forbids the one that the release would promise."""
        return bool(self.totals and (self.totals.promise_moves or self.totals.promise_forbids))

    @property
    def skips(self) -> bool:
        """Whether a choice takes running cases past steps or services."""
        return bool(self.totals and self.totals.skips)

    @property
    def what(self) -> str:
        """Which of these an approval speaks of: counting | both | skips | touches, "" for none."""
        if self.counting:
            return "counting"
        if self.skips:
            return "both" if self.touches else "skips"
        return "touches" if self.touches else ""

    @property
    def asks(self) -> str:
        """What whoever approves has to say that he knows; "" where there is nothing of the kind."""
        told = {"counting": UNCOUNTED, "both": BOTH, "skips": SKIPPED, "touches": FORBIDDEN}.get(self.what, "")
        return Sentence(told, langkah=self.passed) if self.what in ("both", "skips") else told

    def evidence(self) -> dict[str, Any]:
        """For the office's chain: what was known when it was approved all the same."""
        if not self.asks:
            return {}
        marks = ("promise_moves", "promise_forbids")
        dates = {name: getattr(self.totals, name) if self.totals else 0 for name in marks}
        skips = {"skips": self.totals.skips} if self.skips else {}
        return {"impact": {"counted": self.progress.counted, "uncounted": self.progress.left, **dates, **skips}}


def begin(store: Store, sum: str, release: UUID | None, draft: UUID | None, by: UUID | None, at: datetime) -> None:
    """Have the worker count the effect of files with this checksum, or what is missing and what has stepped since.

    `release`, `draft`: whose files these are; choices made for the draft as it was before go along.
    """
    before = store.impact.of(sum)
    store.impact.begin(sum, draft, by, at)
    round = store.impact.of(sum)
    store.impact.drop_stepped(round.id, release)
    if draft:
        _take_over(store, round.id, draft, sum, before.asked_at if before else None)


def _take_over(store: Store, round: UUID, draft: UUID, sum: str, since: datetime | None) -> None:
    """Choices made for the draft as it was, or for the release it began with; what was counted of it is thrown away.

    `since`: when the draft was as it is now before; only what was asked later is taken then.
    """
    earlier = [one for one in store.impact.earlier(draft, sum) if since is None or one.asked_at > since]
    for one in earlier:
        store.impact.choose_alike(round, one.id)
    if since is None and not earlier:
        base = store.deployments.row(store.studio.one(draft).base_id)
        if base is not None and (known := store.impact.of(base.checksum)) is not None:
            store.impact.choose_alike(round, known.id)
    store.impact.forget(one.id for one in earlier)


def progress(store: Store, round: Any, release: UUID | None) -> Progress:
    """How far a round is, None for one that nobody began."""
    if round is None:
        return Progress(False, left=store.impact.left(NOBODY, release))
    totals = store.impact.totals(round.id, release)
    fault = impact_told.heard(parse(round.fault)) if round.fault else ""
    left = store.impact.left(round.id, release)
    return Progress(True, totals.total, left, round.done_at is not None, fault, totals.stepped)


def known(store: Store, sum: str, release: UUID) -> Known:
    """What is known of a release's effect."""
    round = store.impact.of(sum)
    if round is None:
        return Known(progress(store, round, release), None)
    totals = store.impact.totals(round.id, release)
    return Known(progress(store, round, release), totals, passed(store, round.id, release) if totals.skips else "")


def choices(store: Store, round: UUID) -> str:
    """A mark of the choices made for a round: another one once any of them was changed."""
    made = sorted((process, *one) for process, ones in store.impact.choices(round).items() for one in ones.items())
    return sha256(dump(made).encode()).hexdigest()[:16]


def passed(store: Store, round: UUID, release: UUID | None) -> str:
    """The steps and services that cases pass over by the choices made for them, each once, first those for certain."""
    rows = store.impact.page(round, Wanted(only="skips"), None, LOOKED_AT, release)
    leaps = [place for row in rows for place in impact_told.read(row.told).leaps]
    sure = dict.fromkeys(name for one in leaps for name in one.skipped)
    perhaps = dict.fromkeys(name for one in leaps for name in one.perhaps if name not in sure)
    named = [*map(_step, sure), *(Finding("mungkin %(langkah)s", langkah=_step(one)) for one in perhaps)]
    more = len(named) - NAMED
    return listed([*named[:NAMED], *([Finding("dan %(n)s lagi", n=more)] if more > 0 else [])])


def _step(name: str) -> str:
    return name if isinstance(name, Sentence) else office_word(name)
