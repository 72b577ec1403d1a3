"""What waits for a person beside his tasks: holds, declarations, changes of law, a limit that nears, notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.operations import calendar_ready, clock_policies, disposition_lists, mentions
from app.operations.deciding import Matter
from app.operations.findings import numbered
from app.operations.limit_raising import step_words
from app.store import Store
from app.store.findings import Sieve
from engine import access
from engine.access import Actor

LAW = (("calendar", calendar_ready.MATTER), ("policy", clock_policies.MATTER))


@dataclass(frozen=True)
class Awaited:
    """`kind`: "hold", "risk", "mention" of the case `about`; "declaration", "calendar", "policy", "release", "finding".

    Also "disposition" and "question": of the case `within`, to be done by `due_on` where that was said.

    `title`: number, code or decree; of a "risk" `reason` says how near its limit is.
    """

    kind: str
    about: UUID
    title: str
    who: str
    reason: str
    asked_at: datetime
    within: UUID | None = None
    due_on: date | None = None


def awaiting(store: Store, who: Actor) -> tuple[Awaited, ...]:
    """Oldest first; nobody decides what he proposed himself."""
    found = [
        *_holds(store, who),
        *declarations(store, who),
        *_risks(store, who),
        *_releases(store, who),
        *_findings(store, who),
        *_mentions(store, who),
        *_dispositions(store, who),
    ]
    for kind, matter in LAW:
        found += _law(store, who, kind, matter)
    return tuple(sorted(found, key=lambda one: one.asked_at))


def _holds(store: Store, who: Actor) -> list[Awaited]:
    if not access.may(who, "grant_hold"):
        return []
    return [
        Awaited("hold", row.case_id, row.number or "", row.applicant_name, row.reason, row.asked_at)
        for row in store.task_lists.asked_holds()
    ]


def _law(store: Store, who: Actor, kind: str, matter: Matter) -> list[Awaited]:
    if not access.may(who, matter.permission):
        return []
    rows = [row for row in matter.kept(store).waiting() if row.proposed_by != who.id]
    names = store.people.names({row.proposed_by for row in rows})
    return [Awaited(kind, row.id, row.decree, names[row.proposed_by], row.reason, row.recorded_at) for row in rows]


def _releases(store: Store, who: Actor) -> list[Awaited]:
    if not access.may(who, "deploy"):
        return []
    rows = [row for row in store.deployments.waiting() if row.proposed_by != who.id]
    names = store.people.names({row.proposed_by for row in rows if row.proposed_by})
    by = {row.id: names[row.proposed_by] if row.proposed_by else "" for row in rows}
    return [Awaited("release", row.id, str(row.number), by[row.id], row.note, row.proposed_at) for row in rows]


def _findings(store: Store, who: Actor) -> list[Awaited]:
    """What is put to somebody and not answered yet; of a supervisor the answers to his own findings."""
    owed = store.findings.listed(Sieve(person=who.id, state="terbuka", limit=None))
    given = store.findings.listed(Sieve(state="dijawab", limit=None)) if access.may(who, "record_finding") else ()
    rows = [*owed, *(one for one in given if one.by == who.id)][::-1]
    names = store.people.names({one.by for one in rows} | {one.to_person for one in rows})
    return [
        Awaited(
            "finding", row.id, numbered(row), names[row.to_person if row.by == who.id else row.by], row.body, row.at
        )
        for row in rows
    ]


def _mentions(store: Store, who: Actor) -> list[Awaited]:
    """Internal notes that name the reader and that he has not read."""
    return [
        Awaited("mention", row.case_id, row.number or row.tracking_code, row.who, row.body, row.at)
        for row in mentions.unread(store, who)
    ]


def _dispositions(store: Store, who: Actor) -> list[Awaited]:
    """What superiors handed to somebody and colleagues asked him, of the files he may see."""
    rows = disposition_lists.owed(store, who)
    names = store.people.names({one.by for one in rows})
    kinds = {disposition_lists.INSTRUCTION: "disposition", disposition_lists.QUESTION: "question"}
    return [
        Awaited(
            kinds[one.kind],
            one.id,
            one.number or one.tracking_code,
            names[one.by],
            one.body,
            one.at,
            one.case_id,
            one.due_on,
        )
        for one in rows
    ]


def _risks(store: Store, who: Actor) -> list[Awaited]:
    if not access.may(who, "answer_limit_risk"):
        return []
    return [
        Awaited(
            "risk",
            row.case_id,
            row.number or row.tracking_code,
            row.applicant_name,
            step_words(row.step),
            row.raised_at,
        )
        for row in store.limit_risks.open_ones()
    ]


def declarations(store: Store, who: Actor) -> list[Awaited]:
    """Proposals that wait for whoever declares; nobody decides his own."""
    if not access.may(who, "declare_force_majeure"):
        return []
    rows = [row for row in store.calendars.proposed() if row.proposed_by != who.id]
    names = store.people.names({row.proposed_by for row in rows})
    return [
        Awaited("declaration", row.declaration_id, row.code, names[row.proposed_by], row.description, row.recorded_at)
        for row in rows
    ]
