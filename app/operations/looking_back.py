"""A case as the office knew it at an earlier instant: the whole page, and two such pages to be compared.

Known time, not effective time: a declaration established later with an earlier
begin moved no promise before it was established.  Whoever may see the case may
look back, and every look is recorded (UU 27/2022).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.clock import WIB
from app.operations import acting, personal
from app.operations.case_facts import facts
from app.operations.case_page import CasePage, page_of
from app.operations.known_then import facts_then
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from app.store.ids import uuid7
from engine.access import Actor
from engine.errors import SubmissionInvalid

SINCE, UNTIL = "dari", "sampai"
TURNED = "Waktu kedua harus sesudah waktu pertama"


@dataclass(frozen=True)
class Comparison:
    """The same case at two instants, for one reader; `until` None: now."""

    before: CasePage
    after: CasePage
    since: datetime
    until: datetime | None


@retried
def page_then(case_id: UUID, known_at: datetime, by: UUID, at: datetime, address: str = "") -> CasePage:
    """The case page as it was known at `known_at`; nothing can be done from it.

    Raises NotFound, SubmissionInvalid at `per` for an instant that has not come or at which the case was not there.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = acting.seen(store, case_id, who)
        found = page_of(store, facts_then(store, held, known_at, at), who, known_at)
        _recorded(store, held, who, at, address, f"per {_said(known_at)}")
        return found


@retried
def compared(
    case_id: UUID, since: datetime, until: datetime | None, by: UUID, at: datetime, address: str = ""
) -> Comparison:
    """The case as it was known at `since` and at `until` (None: now).

    Raises NotFound, SubmissionInvalid at `dari` or `sampai`.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = acting.seen(store, case_id, who)
        if since >= (until or at):
            raise SubmissionInvalid({UNTIL: TURNED} if until else {SINCE: TURNED})
        before = page_of(store, facts_then(store, held, since, at, SINCE), who, since)
        later = facts_then(store, held, until, at, UNTIL) if until else facts(store, held)
        after = page_of(store, later, who, until or at)
        _recorded(store, held, who, at, address, f"{_said(since)} dibandingkan dengan {_said(until or at)}")
        return Comparison(before, after, since, until)


def _recorded(store: Store, held: Held, who: Actor, at: datetime, address: str, why: str) -> None:
    about = {"what": personal.LOOKED_BACK, "subject_id": held.case.facts.applicant, "case_id": held.id}
    store.people.log_access(uuid7(), at, person_id=who.id, why=why, address=address, **about)


def _said(at: datetime) -> str:
    return at.astimezone(WIB).strftime("%d/%m/%Y %H.%M.%S")
