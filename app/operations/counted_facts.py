"""Facts of a period's files, each counted once and kept until its file or the law changes.

A fact is read from a file's rows, by a calendar with its declarations, by failures of central systems and by this
program.  A row that changes gives its file another mark (revision 0029); all the rest is named in `law_of`.  What was
kept under another mark or another law is never shown: it is counted anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import engine
from app.operations.report_disruptions import disruptions_of
from app.operations.reporting import Counted, counted
from app.operations.retrying import retried
from app.operations.services_told import told_services
from app.store import Store, transaction
from app.store.encoding import dump, parse
from app.store.kept_facts import Asked, Kept
from engine.errors import Refused, Sentence
from engine.events import canonical, stamp
from engine.reporting import (
    FIGURES,
    CaseFacts,
    Disruptions,
    Period,
    as_json,
    figures,
    from_json,
    sums,
    sums_as_json,
    within,
)
from engine.reporting import written as figures_as_json

FRESH = 2_000  # files: so many are counted while somebody waits
A_SLICE = 2_000  # files of one transaction of the worker
A_GLANCE = 1_000  # files that a request counts on the way
LATE_SHOWN = 100
A_MOMENT = timedelta(minutes=2)  # a year of a busy office is not told anew with every step
A_WHILE = timedelta(minutes=10)  # running clocks go on though nothing happens


@dataclass(frozen=True)
class Progress:
    """How far a period is counted: of `files` there are `left`."""

    files: int
    left: int

    @property
    def done(self) -> int:
        return self.files - self.left


class StillCounting(Refused):
    """A period with too many files that are not counted yet."""

    def __init__(self, period: Period, progress: Progress) -> None:
        self.period, self.progress = period, progress
        told = "Berkas %(period)s sedang dihitung: %(done)s dari %(files)s. Coba lagi beberapa menit lagi."
        super().__init__(Sentence(told, period=period.label, done=progress.done, files=progress.files))


@cache
def program() -> str:
    """A hash over everything that facts could be read by; another release counts anew."""
    here = Path(__file__).parent
    folders = (Path(str(engine.__file__)).parent, here, here.parent / "store")
    found = hashlib.sha256()
    for path in sorted(one for folder in folders for one in folder.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def law_of(store: Store, period: Period, disruptions: Disruptions, at: datetime) -> str:
    """Names all that facts depend on beside their file; what was counted while a period lasted is counted once more."""
    failures = [[one.code, stamp(one.since), stamp(one.until) if one.until else ""] for one in disruptions.failures]
    stopping = sorted(one.code for one in disruptions.declared if one.minutes)
    said = {"revision": store.calendars.revision_token(), "failures": failures, "stopping": stopping}
    return hashlib.sha256(canonical(said | {"program": program(), "over": period.over(at)}).encode()).hexdigest()


def asked_of(
    store: Store, period: Period, at: datetime, disruptions: Disruptions, permit: str = "", area: str = ""
) -> Asked:
    begin, end = period.span
    return Asked(period.code, begin, end, law_of(store, period, disruptions, at), at, permit, area)


def is_large(store: Store, asked: Asked) -> bool:
    return store.kept_facts.size(asked) > FRESH


def known_facts(
    store: Store, period: Period, at: datetime, disruptions: Disruptions, permit: str = "", area: str = ""
) -> tuple[CaseFacts, ...]:
    """Facts of every file of a period as of now, of most from what was kept.

    Raises StillCounting where more must be counted than anybody waits for.
    """
    asked = asked_of(store, period, at, disruptions, permit, area)
    left = store.kept_facts.wanting(asked)
    if left > FRESH:
        raise StillCounting(period, Progress(store.kept_facts.size(asked), left))
    return put_together(store, asked, period, disruptions)


def put_together(store: Store, asked: Asked, period: Period, disruptions: Disruptions) -> tuple[CaseFacts, ...]:
    """What was kept, and the rest counted now."""
    kept = [from_json(parse(one)) for one in store.kept_facts.counted(asked)]
    return (*kept, *(one for one in rest_of(store, asked, period, disruptions) if not one.empty))


def rest_of(store: Store, asked: Asked, period: Period, disruptions: Disruptions) -> Iterable[CaseFacts]:
    ids = list(store.kept_facts.uncounted(asked, running=True))
    return (one.facts for one in counted(store, period, asked.at, ids, disruptions=disruptions))


def differing(
    store: Store, report_id: UUID, period: Period, at: datetime, disruptions: Disruptions
) -> tuple[list[CaseFacts], list[CaseFacts]]:
    """Those files of a report of which not the same is kept, as told and as known now.  Raises StillCounting."""
    asked = asked_of(store, period, at, disruptions)
    left = store.kept_facts.wanting(asked)
    if left > FRESH:
        raise StillCounting(period, Progress(store.kept_facts.size(asked), left))
    before, after = store.kept_facts.otherwise(asked, report_id)
    known = [from_json(parse(one)) for one in store.kept_facts.counted(asked, after)] if after else []
    rest = [one for one in rest_of(store, asked, period, disruptions) if not one.empty]
    return [from_json(one) for one in store.reports.facts(report_id, before)], [*known, *rest]


def files_behind(
    store: Store,
    period: Period,
    at: datetime,
    disruptions: Disruptions,
    codes: Sequence[str],
    permit: str,
    area: str,
) -> tuple[list[tuple[str, UUID]], dict[UUID, CaseFacts]]:
    """Number and id of every file behind all `codes`, by number, and those facts that were read on the way."""
    asked = asked_of(store, period, at, disruptions, permit, area)
    left = store.kept_facts.wanting(asked)
    if left > FRESH:
        raise StillCounting(period, Progress(store.kept_facts.size(asked), left))
    rest = {
        one.case: one for one in rest_of(store, asked, period, disruptions) if set(codes) <= set(standing_behind(one))
    }
    numbers = [(one.number, one.case) for one in rest.values()]
    return sorted([*store.kept_facts.standing_behind(asked, codes), *numbers]), rest


def facts_of_page(
    store: Store, period: Period, at: datetime, disruptions: Disruptions, ids: Sequence[UUID]
) -> dict[UUID, CaseFacts]:
    asked = asked_of(store, period, at, disruptions)
    found = (from_json(parse(one)) for one in store.kept_facts.counted(asked, list(ids)))
    return {one.case: one for one in found}


def standing_behind(facts: CaseFacts) -> list[str]:
    """Codes of the figures a file stands behind, and by what their lists are cut (`engine.reporting.within`)."""
    return [*(code for code, figure in FIGURES.items() if figure.of(facts) is not None), *within(facts)]


# --- counting ahead


def count_slice(store: Store, asked: Asked, period: Period, disruptions: Disruptions, most: int) -> int:
    """Count the next files of a period and keep them; how many."""
    marks = store.kept_facts.uncounted(asked, most)
    found = counted(store, period, asked.at, list(marks), disruptions=disruptions)
    store.kept_facts.keep(asked, [_kept(one, marks[one.facts.case]) for one in found])
    return len(marks)


def _kept(one: Counted, mark: UUID) -> Kept:
    said = "" if one.facts.empty else dump(as_json(one.facts))
    return Kept(one.facts.case, mark, one.settled, said, standing_behind(one.facts))


@retried
def count_one(at: datetime) -> bool:
    """The next slice of the period that was asked for last, or what all of it adds up to; False when none waits."""
    with transaction(snapshot=True) as store:
        code, permit, area = store.kept_facts.waits() or ("", "", "")
        period = Period.read(code)
        if period is None or not store.kept_facts.alone(period.code):
            return False
        disruptions = disruptions_of(store, period, at)
        asked = asked_of(store, period, at, disruptions, permit, area)
        _counted_on(store, asked, period, disruptions, A_SLICE)
        return True


def _counted_on(store: Store, asked: Asked, period: Period, disruptions: Disruptions, most: int) -> None:
    if not count_slice(store, asked, period, disruptions, most):
        _tell(store, asked, period, disruptions)


def _tell(store: Store, asked: Asked, period: Period, disruptions: Disruptions) -> None:
    facts = put_together(store, asked, period, disruptions)
    late = sorted((one for one in facts if one.overdue), key=_running_first)[:LATE_SHOWN]
    told = {
        "figures": figures_as_json(figures(facts)),
        "sums": sums_as_json(sums(facts)),
        "late": [as_json(one) for one in late],
        **({} if asked.permit or asked.area else told_services(store, period, asked.at)),
    }
    store.kept_facts.tell(asked, len(facts), store.kept_facts.stand(asked), dump(told))


def _running_first(one: CaseFacts) -> tuple[bool, str, UUID]:
    return not (one.overdue and one.overdue.running), one.number, one.case


@retried
def advance(period: Period, at: datetime, permit: str = "", area: str = "") -> None:
    """Before somebody looks at a period: ask for it where it is large and not told as it stands, and count a little.

    `permit`, `area`: of its files those that are looked at.
    """
    with transaction(snapshot=True) as store:
        if period.span[0] > at:
            return
        disruptions = disruptions_of(store, period, at)
        asked = asked_of(store, period, at, disruptions, permit, area)
        if not is_large(store, asked) or _stands(store, asked, period):
            return
        store.kept_facts.ask(period.code, at, permit, area)
        if store.kept_facts.alone(period.code) and store.kept_facts.wanting(asked):
            count_slice(store, asked, period, disruptions, A_GLANCE)


def _stands(store: Store, asked: Asked, period: Period) -> bool:
    """Whether what was told of a period is what it adds up to now, or was told a moment ago."""
    row = store.kept_facts.row(asked)
    if row is None or not row.told or row.law != asked.law:
        return False
    age: timedelta = asked.at - row.told_at
    if row.stand != store.kept_facts.stand(asked):
        return age < A_MOMENT
    return period.over(asked.at) or age < A_WHILE


def must_ask(store: Store, asked: Asked, period: Period) -> bool:
    """Whether the worker has to be asked for a period, of whatever size, and was not yet."""
    row = store.kept_facts.row(asked)
    return not (row is not None and row.wanting) and not _stands(store, asked, period)


@dataclass(frozen=True)
class Telling:
    """What a large period added up to `at`; `moved`: a file has changed since."""

    at: datetime
    moved: bool
    told: Any  # plain JSON: figures, sums, late, and of all files of a period services


def telling(store: Store, asked: Asked) -> Telling | None:
    """The last one by the law as it is; None where there is none, or an earlier one was by another."""
    row = store.kept_facts.row(asked)
    if row is None or not row.told or row.law != asked.law or row.told_at > asked.at:
        return None
    return Telling(row.told_at, row.stand != store.kept_facts.stand(asked), parse(row.told))


def progress(store: Store, asked: Asked) -> Progress:
    return Progress(store.kept_facts.size(asked), store.kept_facts.wanting(asked))
