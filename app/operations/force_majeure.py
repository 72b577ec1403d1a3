"""Keadaan kahar (Pasal 16): proposed with its effect shown, established by a second person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from app.clock import WIB
from app.operations import acting, deciding, declaring, idempotency
from app.operations.force_majeure_guard import Author
from app.operations.force_majeure_impact import hull, impact, terms_of_applicants
from app.operations.force_majeure_law import EVENT_KINDS as EVENT_KINDS
from app.operations.force_majeure_law import GROUNDS as GROUNDS
from app.operations.force_majeure_law import PROOF as PROOF
from app.operations.force_majeure_overlap import Met, meeting, refuse_the_same, say_which
from app.operations.force_majeure_proposal import Impact as Impact
from app.operations.force_majeure_proposal import Proposal as Proposal
from app.operations.force_majeure_proposal import Window as Window
from app.operations.force_majeure_proposal import check as check
from app.operations.force_majeure_register import covering as covering
from app.operations.force_majeure_register import in_force as in_force
from app.operations.force_majeure_register import register as register
from app.operations.force_majeure_rows import evidence_of as evidence_of
from app.operations.force_majeure_rows import proposal_of as proposal_of
from app.operations.force_majeure_scope import unknown
from app.operations.refreshing import refresh
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.calendars import clock_kind, scope_of
from app.store.ids import uuid7
from app.store.recounting import Hull
from engine import access, reasons
from engine.clocks import DeclarationVersion
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid
from engine.forms.values import clean


def author_of(row: Any) -> Author:
    """A version's declaration, grounds and author."""
    return row.declaration_id, tuple(row.grounds.split(",")), row.proposed_by


def version_from(
    proposal: Proposal, version: int, at: datetime, kind: str = "DECLARE", approved: bool = True
) -> DeclarationVersion:
    return DeclarationVersion(
        version=version,
        kind=clock_kind(kind),
        recorded_at=at,
        approved_at=at if approved else None,
        since=proposal.since,
        until=proposal.until,
        effect=proposal.effect,  # type: ignore[arg-type]
        scope=scope_of(proposal.scope),
    )


def window(store: Store) -> Window:
    return Window.of(store.deployments.active().catalogue.settings)


def _sound(store: Store, proposal: Proposal, at: datetime, has_evidence: bool) -> None:
    """Raise SubmissionInvalid with a sentence per field, of its scope as well, and for what was proposed before."""
    check(proposal, at, has_evidence, window(store), unknown(store.deployments.active(), proposal.scope))
    refuse_the_same(store, proposal)


@retried
def sound(proposal: Proposal, by: UUID, at: datetime) -> None:
    """Raise SubmissionInvalid with a sentence per field for what could not be proposed; nothing is counted."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "propose_force_majeure")
        _sound(store, proposal, at, True)


@retried
def preview(proposal: Proposal, by: UUID, at: datetime, after: UUID | None = None) -> Impact:
    """The effect of a proposal, before anything is changed; `after`: the case behind which its lists go on."""
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "propose_force_majeure")
        _sound(store, proposal, at, True)
        found = impact(store, "usulan", version_from(proposal, 1, at), at, (None, proposal.grounds, by), after)
        return replace(found, met=meeting(store, proposal))


@retried
def propose(proposal: Proposal, by: UUID, at: datetime, key: UUID | None = None, draft: UUID | None = None) -> UUID:
    """Hand a proposal to the second person; the counts its author saw are kept with it.

    Sent again under the same `key` it answers the declaration made the first time.  `draft`: the author's own that it
    was written in, which is done with now.
    """
    with transaction() as store:
        alone(store, by, at)
        before = idempotency.begin(store, key, by, idempotency.fingerprint("propose", proposal.printed()), at)
        if before is not None:
            return UUID(before["declaration"])
        _sound(store, proposal, at, bool(proposal.evidence))
        met = say_which(meeting(store, proposal), proposal)
        seen = impact(store, "usulan", version_from(proposal, 1, at), at, (None, proposal.grounds, by))
        id = uuid7()
        store.calendars.add_declaration(id, store.calendars.next_code(at.astimezone(WIB).year), at)
        add_version(store, id, 1, "DECLARE", proposal, seen, by, at, met)
        if draft is not None:
            store.declaration_states.drop_draft(draft, by)
        idempotency.answer(store, key, {"declaration": str(id)})
        return id


def alone(store: Store, by: UUID, at: datetime) -> None:
    """Whoever proposes counts while no case moves: several readings of a moving office would not fit together."""
    access.require(acting.actor(store, by, at), "propose_force_majeure")
    store.calendars.move()


def add_version(
    store: Store,
    id: UUID,
    version: int,
    kind: str,
    proposal: Proposal,
    seen: Impact,
    by: UUID,
    at: datetime,
    met: tuple[Met, ...] = (),
) -> None:
    """`met`: declarations that it meets, and of which its author says that they are another event."""
    store.calendars.add_version(
        id,
        version,
        at,
        kind=kind,
        since=proposal.since,
        until=proposal.until,
        effect=proposal.effect,
        scope={name: sorted(values) for name, values in proposal.scope.items()},
        grounds=",".join(sorted(proposal.grounds)),
        event_kind=proposal.event_kind,
        description=proposal.description.strip(),
        measures=proposal.measures.strip(),
        event_at=proposal.event_at,
        event="" if kind == "DECLARE" else proposal.event.strip(),
        unforeseen=proposal.unforeseen.strip(),
        evidence=evidence_of(proposal),
        preview=seen.counts(),
        proposed_by=by,
        apart_from=[one.code for one in met],
        apart_because=proposal.apart.strip() if met else "",
    )
    told = {
        "declaration": str(id),
        "version": version,
        "kind": kind,
        "since": proposal.since.isoformat(),
        "until": proposal.until.isoformat() if proposal.until else None,
    }
    store.calendars.tell("declaration_proposed", told, by, at)


def _open_version(store: Store, declaration_id: UUID) -> Any:
    if store.calendars.lock_declaration(declaration_id) is None:
        raise NotFound("Pernyataan tidak ditemukan.")
    row = store.calendars.versions(declaration_id)[0]
    if row.approved_at is not None or row.rejected_at is not None:
        raise Refused("Pernyataan ini sudah diputuskan.")
    return row


@retried
def establish(declaration_id: UUID, decree: str, seen_revision: int, by: UUID, at: datetime) -> Impact:
    """The second person declares: matching clocks stand still, promises move, applicants are told.

    `decree`: "" takes the next number of the register; a number given elsewhere is kept as it is.
    Raises NotAllowed for the proposer himself, Refused when the world moved
    since the preview the approver saw.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "declare_force_majeure")
        store.calendars.move()
        row = _open_version(store, declaration_id)
        if row.proposed_by == by:
            raise NotAllowed("Pengusul tidak boleh menetapkan sendiri.")
        if decree and store.calendars.decreed(decree, declaration_id):
            raise SubmissionInvalid({"sk": "Nomor SK ini sudah dipakai untuk pernyataan lain"})
        if store.calendars.revision() != seen_revision:
            raise Refused("Keadaan berubah sejak dampak ini dihitung; periksa dampaknya sekali lagi.")
        found = impact(store, row.code, version_of(row, at), at, author_of(row))
        given = decree or declaring.next_decree(store, row, at)
        store.calendars.decide_version(declaration_id, row.version, approved_by=by, approved_at=at, decree=given)
        _apply(store, row, found, given, by, at)
        return found


def version_of(row: Any, at: datetime) -> DeclarationVersion:
    return version_from(proposal_of(row), row.version, at, row.kind)


def _apply(store: Store, row: Any, found: Impact, decree: str, by: UUID, at: datetime) -> None:
    """New revision, refreshed readings, chain of the office, letters, notices: one transaction.

    What clocks make of a version depends on its kind; its papers and words are those of the act that proposed it.
    """
    span, past = hull(store, row.code, version_of(row, at)), declaring.past(store, row)
    # Before the refresh: which warning a clock waits for next depends on those that stand.
    declaring.annotate(store, row, past, decree, at)
    revision = store.calendars.new_revision(f"{row.code} v{row.version}", at)
    refresh(store, Hull(*span, f"kahar:{row.code}", at, revision))
    told = {"declaration": str(row.declaration_id), "version": row.version, "decree": decree, "revision": revision}
    store.calendars.tell("declaration_established", {**told, **found.counts()}, by, at)
    declaring.withdraw(store, row, decree, at)
    declaring.write_letter(store, row, past, found, decree, by, at)
    _tell_applicants(store, row, past, decree, at)


def _tell_applicants(store: Store, row: Any, past: tuple[Any, ...], decree: str, at: datetime) -> None:
    """Everybody whose promise or term moves, from what was compared before the refresh."""
    for one in store.compared.told(terms_of_applicants(store)):
        term = one.kind == "P"
        id = uuid5(row.declaration_id, f"{row.version}:{one.clock_id if term else one.case_id}")
        subject, body = (declaring.term_notice if term else declaring.notice)(row, past, one, decree)
        payload = {"to": str(one.applicant_id), "notice": "kahar", "subject": subject, "body": body}
        store.outbox.put(id, one.case_id, "message", payload, at)


@retried
def reject(declaration_id: UUID, because: str, by: UUID, at: datetime) -> None:
    with transaction() as store:
        access.require(acting.actor(store, by, at), "declare_force_majeure")
        row = _open_version(store, declaration_id)
        values = {"rejected_by": by, "rejected_at": at, "rejected_because": deciding.reason(because, "Alasan")}
        store.calendars.decide_version(declaration_id, row.version, **values)
        store.calendars.tell("declaration_rejected", {"declaration": str(declaration_id)}, by, at)


@retried
def withdraw(declaration_id: UUID, version: int, because: str, by: UUID, at: datetime) -> None:
    """Whoever proposed a version takes it back while it waits; it stays in the history and its number stays used.

    Raises NotAllowed for anybody else, NotFound, Refused when it was decided, SubmissionInvalid at `alasan_tarik`.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "propose_force_majeure")
        row = _open_version(store, declaration_id)
        if row.proposed_by != by:
            raise NotAllowed("Hanya pengusul yang dapat menarik kembali usulannya.")
        if row.version != version:
            raise Refused("Pernyataan ini sudah diputuskan.")
        told = reasons.require(clean(because), "alasan_tarik", "Alasan penarikan")
        store.calendars.decide_version(declaration_id, version, rejected_by=by, rejected_at=at, rejected_because=told)
        store.calendars.tell("declaration_withdrawn", {"declaration": str(declaration_id), "version": version}, by, at)
