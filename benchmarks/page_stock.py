"""What the pages are measured on besides the million: a finished year, a file of a thousand events, a later page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from app.operations import cases, inbox, processes
from app.store import transaction
from app.store.recounting import Hull
from app.web.parts import place_text
from benchmarks import growth, many_clocks, office, year
from benchmarks.many_clocks import TODAY, Owned

AT = TODAY + timedelta(hours=1)
EVENTS = 1_000
LATER = 20  # pages into the list


@dataclass(frozen=True)
class Known:
    long_case: UUID
    events: int
    month: int
    later: str


def alone(server: Owned, owner_id: UUID) -> None:
    """The million, counted once, where no other section has done it."""
    many_clocks.stock(server, owner_id)
    hull = Hull(many_clocks.FIRST - timedelta(days=2000), None, "ukur", TODAY, 1)
    after: UUID | None = None
    while True:
        with transaction() as store:
            world = store.calendars.world()
            after = store.readings.recount(hull, after, 5_000, world, TODAY, store.deployments.get).last
        if after is None:
            break
    many_clocks.tidy(server)


def stock(server: Owned, people: dict[str, UUID]) -> Known:
    year.stock(server, people["pemohon"], people["verifikator"])
    long_case = _long_case(people)
    with transaction() as store:
        count = text("select count(*) from events where case_id = :id")
        month = text("select count(*) from cases where closed_at >= :since and closed_at < :until")
        events = int(store.session.scalar(count, {"id": long_case}) or 0)
        span = {"since": f"{year.YEAR}-07-01 00:00+07", "until": f"{year.YEAR}-08-01 00:00+07"}
        files = int(store.session.scalar(month, span) or 0)
    return Known(long_case, events, files, _later(people["verifikator"]))


def _long_case(people: dict[str, UUID]) -> UUID:
    """A file sent back and handed in again until it has so many events."""
    processes.deploy(growth.release(), "putaran", office.MONDAY - timedelta(days=2), development=True)
    case_id = cases.open_case("PUTAR", "baru", "perorangan", people["pemohon"], office.MONDAY).case_id
    with transaction() as store:
        count = text("select seq from cases where id = :id")
        before = int(store.session.scalar(count, {"id": case_id}) or 0)
    growth.walk(case_id, people)
    with transaction() as store:
        each = int(store.session.scalar(count, {"id": case_id}) or 0) - before
    for _ in range((EVENTS - before) // each):
        growth.walk(case_id, people)
    return case_id


def _later(verifier: UUID) -> str:
    after = None
    for _ in range(LATER):
        after = inbox.inbox(verifier, inbox.InboxFilter(view="kelompok", after=after), AT).more
    return place_text(*after) if after else ""
