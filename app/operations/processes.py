"""Deployments: diagrams, forms, letters and catalogue become one immutable release of the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.clock import WIB
from app.operations import acting, draft_against, examining, first_calendar, impact_rounds
from app.operations.publishing import none_waiting, untimely
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.deployments import DeploymentRow
from app.store.ids import uuid7
from engine import access, reasons, scenarios
from engine.catalogue.comparing import law_changes
from engine.deployment import Deployment, build, checksum, problems
from engine.errors import DefinitionInvalid, Finding, NotFound, Problem, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean
from engine.titles import titles


@dataclass(frozen=True)
class Deployed:
    id: UUID
    number: int
    checksum: str
    status: str
    fresh: bool  # false: these very files were deployed before


def _again(
    store: Store,
    known: Deployed,
    note: str,
    development: bool,
    by: UUID | None,
    at: datetime,
    draft: UUID | None = None,
) -> Deployed:
    """A release that was in force before comes back: at once in development, else when a second person approves it."""
    if known.status not in ("superseded", "rejected"):
        return known
    status = "active" if development else "draft"
    if development:
        store.deployments.activate(known.id, None, at)
    else:
        store.deployments.propose_again(known.id, by, at, note)
        impact_rounds.begin(store, known.checksum, known.id, draft, by, at)
    told = {"number": known.number, "checksum": known.checksum, "status": status, "note": note}
    store.calendars.tell("deployed", told, by, at)
    return replace(known, status=status)


@retried
def deploy(
    files: Mapping[str, bytes],
    note: str,
    at: datetime,
    development: bool,
    by: UUID | None = None,
    start: bool = False,
) -> Deployed:
    """Check and keep a release; raises DefinitionInvalid with every problem at its element.

    The first release of an installation, and any in development, takes effect
    at once; later ones wait for a second person (ruling 16), and so do files
    that come by command (`by` is None) while a release is in effect that people
    approved.  Files of an earlier release bring that one back in the same way;
    at a `start` of the office they change nothing.
    """
    with transaction() as store:
        known, at_once = _known(store, files), development and not (by is None and _approved(store))
        unstaffed = draft_against.unstaffed(store, files, at)
        if known is not None:
            return known if start else _again(store, known, note, at_once, by, at)
    built = sound(files)  # seconds on a busy machine: no transaction waits for it
    if unstaffed:
        raise DefinitionInvalid(unstaffed)
    with transaction() as store:
        return _known(store, files) or _kept(store, built, files, note, at, at_once, by)


def _approved(store: Store) -> bool:
    """Whether people put the release in effect there: what two of them decided, no command takes out alone."""
    row = store.deployments.row(store.deployments.active().id) if store.deployments.has_active() else None
    return row is not None and row.approved_by is not None


def sound(files: Mapping[str, bytes]) -> Deployment:
    """Files as a new release whose scenarios come out as they were kept; raises DefinitionInvalid with all errors."""
    built = build(uuid7(), 0, files)
    if faults := scenarios.problems(files, built):
        raise DefinitionInvalid(faults)
    return built


def deploy_within(
    store: Store, built: Deployment, files: Mapping[str, bytes], note: str, at: datetime, by: UUID, draft: UUID
) -> Deployed:
    """A release that was built before, kept in a transaction that does something else as well; a second person decides.

    Files of an earlier release bring that one back, as in `deploy`.  `draft`: whose files these are.
    """
    known = _known(store, files)
    if known is not None:
        return _again(store, known, note, False, by, at, draft)
    return _kept(store, built, files, note, at, False, by, draft)


def _kept(
    store: Store,
    built: Deployment,
    files: Mapping[str, bytes],
    note: str,
    at: datetime,
    development: bool,
    by: UUID | None,
    draft: UUID | None = None,
) -> Deployed:
    number = store.deployments.next_number()
    made = replace(built, number=number)
    first = number == 1
    status = "active" if first or development else "draft"
    store.deployments.add(made, files, "draft", note, by, at)
    if status == "active":
        store.deployments.activate(made.id, None, at)
    else:
        impact_rounds.begin(store, made.checksum, made.id, draft, by, at)
    if first:
        first_calendar.begin(store, made.catalogue.calendar, at)
    told = {"number": number, "checksum": made.checksum, "status": status, "note": note}
    store.calendars.tell("deployed", told, by, at)
    return Deployed(made.id, number, made.checksum, status, fresh=True)


@retried
def held_roles(at: datetime) -> frozenset[str]:
    """The roles of which the office has a holder today; applicants come by themselves."""
    with transaction() as store:
        return store.people.held_roles(at.astimezone(WIB).date()) | {access.APPLICANT}


def waiting_for_nobody(files: Mapping[str, bytes], at: datetime) -> tuple[Problem, ...]:
    """The lanes of a release whose role nobody holds; none in an office that has no officials yet."""
    held = held_roles(at)
    if held == {access.APPLICANT}:
        return ()
    return tuple(one for one in problems(files, held) if one.code == "nobody-holds")


def _known(store: Store, files: Mapping[str, bytes]) -> Deployed | None:
    """These very files, if they were deployed before."""
    row = store.deployments.by_checksum(checksum(files))
    return Deployed(row.id, row.number, row.checksum, row.status, fresh=False) if row else None


@retried
def approve(
    deployment: UUID,
    by: UUID,
    at: datetime,
    decree: str = "",
    effective_at: datetime | None = None,
    aware: bool = False,
    seen: str = "",
    ready: bool = False,
    unread: Mapping[str, str] | None = None,
    read: str = "",
) -> datetime | None:
    """A second person puts a release into effect; running cases stay on theirs.  Returns when, if not now.

    `decree`: on which it rests, demanded where standards, limits, terms, tariffs or requirements change.
    `effective_at`: a later instant at which the worker puts it into effect.
    `aware`: he says that he knows of promised dates that it touches, or that its effect is not counted to the end.
    `seen`: when the proposal that he read was made, in ISO format.
    `ready`: he says that he knows of conditions at which files may stop.
    `unread`: what of it could not be read, by field; it is told together with everything else that is missing.
    `read`: of which effect he said so (`impact_rounds.Known.what`), and of no other that was counted since; "" for any.
    Raises SubmissionInvalid at `keputusan` without the decree, at `dampak` where he has to be aware and is not, at
    `berhenti` where he is not ready and has to be, at `berlaku` for an instant that cannot be; Refused to the proposer
    himself, where the checker finds an error today, once it was decided, when it was proposed anew since he read it,
    when another release took effect since then, or while another waits for its instant.
    """
    stops = examining.may_stop(deployment, by, at)
    with transaction() as store:
        row, decree = _open_draft(store, deployment, by, at, seen), clean(decree)
        _not_overtaken(store, row)
        changes = law_changes(store.deployments.active().catalogue, store.deployments.get(deployment).catalogue)
        known = impact_rounds.known(store, row.checksum, row.id)
        none_waiting(store)
        wrong = {**untimely(effective_at, at), **(unread or {})}
        unsaid = _unsaid(decree if changes else None, wrong, "" if aware and read in ("", known.what) else known.asks)
        unsaid |= {} if ready else _stopping(store, row, stops)
        if unsaid:
            raise SubmissionInvalid(unsaid)
        if effective_at:
            store.deployments.plan(deployment, by, decree, effective_at)
        else:
            store.deployments.activate(deployment, by, at, decree)
        told = {"number": row.number, "decree": decree, "law": [[one.what, one.name] for one in changes]}
        when = {"effective_at": effective_at.isoformat()} if effective_at else {}
        told = (told if changes else {"number": row.number}) | known.evidence() | when
        told |= {"may_stop": [[one.file, one.element] for one in stops]} if stops else {}
        store.calendars.tell("deployment_approved", told, by, at)
        return effective_at


def _not_overtaken(store: Store, row: DeploymentRow) -> None:
    """A release knows nothing of one that took effect after it was proposed, and would undo it."""
    now = store.deployments.row(store.deployments.active().id)
    if now is not None and now.active_at is not None and now.active_at > row.proposed_at:
        raise Refused(Sentence(OVERTAKEN, n=now.number))


OVERTAKEN = (
    "Terbitan %(n)s mulai berlaku sesudah terbitan ini diusulkan dan akan terbatalkan. Tolak terbitan ini, buka "
    "kembali rancangannya, gabungkan dengan terbitan %(n)s, lalu usulkan lagi."
)
SHORTEST_DECREE = 5
DECREE_ASKED = "Sebutkan keputusan yang mendasari perubahan standar, batas, tenggat, tarif, atau persyaratan"


def _unsaid(decree: str | None, untimely: Mapping[str, str], asks: str) -> dict[str, str]:
    """What is missing for an approval, by field in the order of the page; `decree` None: none is demanded."""
    found = {**untimely, **({"dampak": asks} if asks else {})}
    return found if decree is None or len(decree) >= SHORTEST_DECREE else {"keputusan": DECREE_ASKED, **found}


def _stopping(store: Store, row: DeploymentRow, stops: tuple[Problem, ...]) -> dict[str, str]:
    """Where files may stop, at the field in which one says that he knows."""
    if not stops:
        return {}
    told = examining.said(stops, titles(store.deployments.files(row.id)))
    return {"berhenti": Finding(examining.MAY_STOP, syarat=told)}


def _open_draft(store: Store, deployment: UUID, by: UUID, at: datetime, seen: str = "") -> DeploymentRow:
    """The draft that this person may decide, still as proposed when he read it."""
    access.require(acting.actor(store, by, at), "deploy")
    row = store.deployments.row(deployment, lock=True)
    if row is None:
        raise NotFound("Terbitan tidak ditemukan.")
    if row.status != "draft":
        raise Refused("Terbitan ini sudah diputuskan.")
    if row.proposed_by == by:
        raise Refused("Pengusul terbitan tidak boleh memutuskannya sendiri.")
    if seen and seen != row.proposed_at.isoformat():
        raise Refused("Terbitan ini diusulkan kembali sesudah halaman ini dibuka; baca lagi sebelum memutuskannya.")
    return row


@retried
def reject(deployment: UUID, because: str, by: UUID, at: datetime, seen: str = "") -> None:
    """A second person turns a release down with a reason; its files may be proposed again.  `seen` as in `approve`."""
    with transaction() as store:
        row = _open_draft(store, deployment, by, at, seen)
        why = reasons.require(clean(because), label="Alasan menolak")
        store.deployments.reject(deployment, why, before=row.active_at is not None)
        store.calendars.tell("deployment_rejected", {"number": row.number, "because": why}, by, at)


@retried
def active() -> Deployment:
    """The deployment in effect: public pages show its permits, standards and diagrams; NotFound before the first."""
    with transaction() as store:
        if not store.deployments.has_active():
            raise NotFound("Kantor ini belum menerbitkan prosesnya.")
        return store.deployments.active()


@retried
def get(id: UUID) -> Deployment:
    with transaction() as store:
        try:
            return store.deployments.get(id)
        except LookupError as missing:
            raise NotFound("Terbitan tidak ditemukan.") from missing
