"""The second door: waking cases, firing warnings, delivering the outbox.  The scheduler only says "look now"."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from app.operations import (
    dispositions,
    extending,
    findings,
    force_majeure_prolonging,
    issuing,
    limit_watch,
    report_archive,
    report_drafting,
    warning,
)
from app.operations.carrying_out import carry_out
from app.operations.retrying import Unavailable, retried
from app.store import transaction
from app.store.encoding import parse
from app.store.ids import uuid7
from app.store.outbox import REPORT, REPORT_PAPERS, Waiting
from engine import case as engine
from engine.errors import Incident

log = logging.getLogger("eperizinan")
AT_COUNTER = "menunggu disampaikan di loket"  # who has no e-mail is told when he comes or calls
PATIENCE = timedelta(hours=1)
# message id, address, subject, body -> what became of it; raises OSError when it could not be sent
Carrier = Callable[[UUID, str, str, str], str]


@retried
def wake_one(at: datetime) -> UUID | None:
    """Wake the case that is most overdue; None when none is due.

    A fault in one case is recorded and pushed an hour ahead, so that it does
    not stop the others (healthchecks' rule).
    """
    found: UUID | None = None
    try:
        with transaction() as store:
            held = store.cases.longest_due(at)
            if held is None:
                return None
            found = held.id
            step = engine.wake(held.case, store.calendars.world(), at)
            carry_out(store, held, step, at)
    except Unavailable:
        raise
    except Exception as fault:
        if found is None:
            raise
        record_incident(found, _told(fault), "wake", at)
    return found


def _told(fault: Exception) -> Incident:
    """The fault as an incident; one that nobody foresaw is told with its kind, and stands in the log in full."""
    if isinstance(fault, Incident):
        return fault
    log.error("unforeseen fault", exc_info=fault)
    return Incident("", f"Kesalahan yang tidak terduga: {type(fault).__name__}: {fault}"[:500])


@retried
def record_incident(case_id: UUID, fault: Incident, during: str, at: datetime) -> None:
    """Its own bracket, for the one it happened in was rolled back (ruling 28)."""
    log.warning("incident case=%s element=%s during=%s", case_id, fault.element, during)
    with transaction() as store:
        if not store.cases.has_incident(case_id, fault.element, during):
            store.cases.record_incident(uuid7(), case_id, fault.element, fault.reason, during, at)
        if during == "wake":
            store.cases.push_back(case_id, at + PATIENCE)
        elif during == "warn":
            store.readings.push_rungs_back(case_id, at + PATIENCE)


@retried
def warn_due(at: datetime) -> int:
    """Fire the warnings that are due; returns how many cases were looked at."""
    with transaction() as store:
        due = store.readings.due_rungs(at)
    for case_id in due:
        _warn_one(case_id, at)
    return len(due)


def warn_when_open(at: datetime) -> int:
    """Warn as `warn_due` does, but in service hours only: what comes due while it is closed waits till it opens.

    Whoever declared a keadaan kahar without an end is reminded of it then too, who owes a supervisor an answer, and
    who has a disposisi whose day comes.
    Returns how many cases were looked at; an office without any hours never opens, so there nothing waits.
    """
    if not _is_open(at):
        return 0
    force_majeure_prolonging.remind(at)
    findings.remind(at)
    dispositions.remind(at)
    return warn_due(at)


@retried
def _is_open(at: datetime) -> bool:
    with transaction() as store:
        opening = store.calendars.world().calendar.as_known(at).next_opening(at)
        return opening is None or opening == at


def watch_limits(at: datetime) -> int:
    """Raise what the legal limit's nearness asks for, in service hours only; returns how many cases were looked at."""
    due = limit_watch.due(at) if _is_open(at) else ()
    for case_id in due:
        _watch_one(case_id, at)
    return len(due)


def expire_extensions(at: datetime) -> int:
    """Put on record that questions about a later date were not answered in time; returns how many."""
    return sum(extending.expire(id, case_id, at) for id, case_id in extending.lapsed(at))


def _watch_one(case_id: UUID, at: datetime) -> None:
    try:
        limit_watch.look(case_id, at)
    except Unavailable:
        raise
    except Exception as fault:  # noqa: BLE001 -- whatever breaks in one file is told, the others are looked at
        record_incident(case_id, _told(fault), "limit", at)


def _warn_one(case_id: UUID, at: datetime) -> None:
    try:
        warning.fire(case_id, at)
    except Unavailable:
        raise
    except Exception as fault:  # noqa: BLE001 -- whatever breaks in one file is told, the others are warned of
        record_incident(case_id, _told(fault), "warn", at)


@retried
def _lease(kinds: tuple[str, ...]) -> Waiting | None:
    with transaction() as store:
        return store.outbox.lease(kinds)


def deliver_one(carrier: Carrier, at: datetime, kinds: tuple[str, ...] = ()) -> bool:
    """Carry out one effect: lease (committed), do it with no transaction open, remember it.

    The effect's name is derived, so a repeat after a crash has the same name
    and the receiver drops it.
    """
    effect = _lease(kinds)
    if effect is None:
        return False
    try:
        fate = HANDLERS[effect.kind](effect, carrier, at)
    except Unavailable:
        raise
    except Exception as fault:
        foreseen = isinstance(fault, OSError | LookupError | Incident)
        log.warning("delivery failed effect=%s kind=%s", effect.id, effect.kind, exc_info=None if foreseen else fault)
        _failed(effect, str(fault) or type(fault).__name__, at)
    else:
        _done(effect, fate, at)
    return True


@retried
def _failed(effect: Waiting, fault: str, at: datetime) -> None:
    with transaction() as store:
        store.outbox.failed(effect.id, fault, effect.attempts, at)


@retried
def _done(effect: Waiting, fate: str, at: datetime) -> None:
    """The effect is over, and of a message it is said what became of it: both or neither."""
    with transaction() as store:
        store.outbox.done(effect.id, at)
        if effect.kind == "message":
            store.outbox.fate(effect.id, fate, None if fate == AT_COUNTER else at)


def _message(effect: Waiting, carrier: Carrier, at: datetime) -> str:
    """Write the message down under its name and hand it to the carrier; what became of it."""
    payload = effect.payload
    with transaction() as store:
        person = store.people.row(UUID(payload["to"]))
        address = (person.email if person else None) or ""
        store.outbox.write_message(
            effect.id,
            effect.created_at,
            case_id=effect.case_id,
            to_person=UUID(payload["to"]),
            address=address,
            channel="surel" if address else "loket",
            notice=payload["notice"],
            subject=payload["subject"],
            body=payload["body"],
        )
    return carrier(effect.id, address, payload["subject"], payload["body"]) if address else AT_COUNTER


def _letter(effect: Waiting, carrier: Carrier, at: datetime) -> str:
    """Render a letter whose file was left for later; its values were frozen when it was issued."""
    id = UUID(effect.payload["letter"])
    with transaction() as store:
        row = store.documents.letter(id)
        if row is None or row.sha256 is not None:
            return ""
        deployment = store.deployments.get(row.deployment_id)
        letter = deployment.catalogue.letters[row.kind]
        issuing.render_file(store, id, deployment, letter, parse(row.values), at)
    return ""


def _report(effect: Waiting, carrier: Carrier, at: datetime) -> str:
    return report_drafting.carry_out(effect.payload, at)


def _report_papers(effect: Waiting, carrier: Carrier, at: datetime) -> str:
    return report_archive.carry_out(effect.payload, at)


HANDLERS = {"message": _message, "letter": _letter, REPORT: _report, REPORT_PAPERS: _report_papers}
