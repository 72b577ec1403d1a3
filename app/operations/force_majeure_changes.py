"""What is proposed about a declaration that stands: its end, another span, scope or nature, its undoing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from app.operations import acting
from app.operations.force_majeure import (
    Impact,
    Proposal,
    add_version,
    alone,
    evidence_of,
    proposal_of,
    version_from,
    window,
)
from app.operations.force_majeure_checking import Act, check_change, scope_faults
from app.operations.force_majeure_impact import impact
from app.operations.force_majeure_overlap import Met, newly_meeting, say_which
from app.operations.force_majeure_versions import Changed, changed, moves_clocks
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.encoding import dump
from engine import access
from engine.errors import NotFound, Refused


@dataclass(frozen=True)
class Nature:
    """What a correction says the event is and does: grounds (Pasal 16), kind (Pasal 1 number 16), effect on time.

    `effect`: "" leaves the one that stands; `unforeseen`: why nobody could foresee it, of a kind that the regulation
    does not name.
    """

    grounds: tuple[str, ...]
    event_kind: str
    effect: str
    unforeseen: str = ""

    def of(self, wanted: Proposal) -> Proposal:
        said = replace(wanted, grounds=tuple(sorted(self.grounds)), event_kind=self.event_kind)
        return replace(said, effect=self.effect or wanted.effect, unforeseen=self.unforeseen.strip())


@dataclass(frozen=True)
class Account:
    """What a correction says happened: when (None: when service was lost), what, what was done, and what proves it.

    `evidence`: as typed, a line each; one that stands keeps what was kept with it.
    """

    event: str
    event_at: datetime | None
    measures: str
    evidence: tuple[str, ...]

    def of(self, wanted: Proposal) -> Proposal:
        known = {one.get("nama", ""): one for one in wanted.evidence}
        proofs = tuple(known.get(name, {"nama": name}) for name in dict.fromkeys(self.evidence))
        said = replace(wanted, event=self.event.strip(), event_at=self.event_at, measures=self.measures.strip())
        return replace(said, evidence=proofs)


@dataclass(frozen=True)
class Change:
    """What somebody wants changed of a declaration that stands: None leaves a part of it as it stands.

    `until`: when it was over, of a recovery or a correction.  `lasting`: it goes on after all, the end that stands
    falls away.  `letter`: the Walikota's approval.  `unread`: sentences of what was typed and nobody can read.
    `apart`: why it is another event than a declaration that only the correction makes it meet.
    """

    act: Act
    because: str
    since: datetime | None = None
    until: datetime | None = None
    letter: str = ""
    scope: Mapping[str, Sequence[str]] | None = None
    lasting: bool = False
    nature: Nature | None = None
    account: Account | None = None
    unread: Mapping[str, str] = field(default_factory=dict)
    apart: str = ""

    def of(self, stands: Proposal) -> Proposal:
        """The declaration as it would stand."""
        span = replace(stands, since=self.since or stands.since, until=self.until or stands.until)
        wanted = replace(span, description=self.because, approval_letter=self.letter, apart=self.apart)
        wanted = replace(wanted, scope=stands.scope if self.scope is None else self.scope)
        wanted = wanted if self.nature is None else self.nature.of(wanted)
        wanted = wanted if self.account is None else self.account.of(wanted)
        return replace(wanted, until=None) if self.lasting else wanted

    def faults(self) -> dict[str, str]:
        """What was typed and cannot be read, or says two things at once."""
        found = dict(self.unread)
        if self.lasting and (self.until is not None or "sampai" in found):
            found["sampai"] = "Kosongkan akhirnya bila keadaan kahar masih berlangsung"
        return found


@dataclass(frozen=True)
class Foreseen:
    """A change that nobody has proposed yet: the version it would be, its effect, and what it says otherwise."""

    code: str
    version: int
    impact: Impact
    changes: tuple[Changed, ...]
    wanted: Proposal
    act: Act

    @property
    def moves(self) -> bool:
        """Whether it may move a clock."""
        return moves_clocks(self.act, self.changes)


@retried
def sound(declaration_id: UUID, change: Change, by: UUID, at: datetime) -> None:
    """Raise for what could not be proposed, with a sentence per field; nothing is counted and nothing kept."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "propose_force_majeure")
        _wanted(store, _standing(store, declaration_id), change, at)


@retried
def preview(declaration_id: UUID, change: Change, by: UUID, at: datetime, after: UUID | None = None) -> Foreseen:
    """The effect of a change before anything is kept; `after`: the case behind which its lists go on.

    Raises NotAllowed, NotFound, Refused while another change waits, SubmissionInvalid.
    """
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "propose_force_majeure")
        last = _standing(store, declaration_id)
        wanted, version = _wanted(store, last, change, at), _next(store, declaration_id)
        seen = replace(_effect(store, last, change.act, wanted, by, at, after), met=_met(store, last, change, wanted))
        told = changed(store.deployments.active(), last, _as_row(change.act, wanted))
        return Foreseen(last.code, version, seen, told, wanted, change.act)


@retried
def propose(declaration_id: UUID, change: Change, by: UUID, at: datetime, draft: UUID | None = None) -> int:
    """Hand a change to the second person; the version.  `draft`: the author's own, which is done with now.

    Raises NotAllowed, NotFound, Refused while another change waits, SubmissionInvalid with every fault at once.
    """
    with transaction() as store:
        version = _proposed(store, declaration_id, change, by, at)
        if draft is not None:
            store.declaration_states.drop_draft(draft, by)
        return version


@retried
def recover(declaration_id: UUID, until: datetime, because: str, by: UUID, at: datetime) -> int:
    """Propose that the event is over, to be recorded by a Berita Acara Pemulihan; returns the version."""
    with transaction() as store:
        return _proposed(store, declaration_id, Change("RECOVER", because, until=until), by, at)


@retried
def correct(
    declaration_id: UUID,
    since: datetime | None,
    until: datetime | None,
    because: str,
    by: UUID,
    at: datetime,
    letter: str = "",
    scope: Mapping[str, Sequence[str]] | None = None,
    *,
    lasting: bool = False,
    nature: Nature | None = None,
    account: Account | None = None,
    unread: Mapping[str, str] | None = None,
    apart: str = "",
) -> int:
    """Propose another span, scope, nature or account, by a decree that changes the first; returns the version.

    What each means, and what None leaves alone, says `Change`.
    """
    change = Change("AMEND", because, since, until, letter, scope, lasting, nature, account, unread or {}, apart)
    with transaction() as store:
        return _proposed(store, declaration_id, change, by, at)


@retried
def extend(declaration_id: UUID, because: str, by: UUID, at: datetime) -> int:
    """Propose that an event without a known end lasts on (domain 6.2); the span stays; returns the version."""
    with transaction() as store:
        return _proposed(store, declaration_id, Change("EXTEND", because), by, at)


@retried
def revoke(declaration_id: UUID, because: str, by: UUID, at: datetime) -> int:
    """Propose the undoing, to be established by a decree of revocation; the version bears the span that is undone."""
    with transaction() as store:
        return _proposed(store, declaration_id, Change("REVOKE", because), by, at)


def _proposed(store: Store, declaration_id: UUID, change: Change, by: UUID, at: datetime) -> int:
    """Kept for the second person; nobody else proposes meanwhile."""
    alone(store, by, at)
    if store.calendars.lock_declaration(declaration_id) is None:
        raise NotFound("Pernyataan tidak ditemukan.")
    last = _standing(store, declaration_id)
    wanted, version = _wanted(store, last, change, at), _next(store, declaration_id)
    met = say_which(_met(store, last, change, wanted), wanted)
    seen = _effect(store, last, change.act, wanted, by, at)
    add_version(store, declaration_id, version, change.act, wanted, seen, by, at, met)
    return version


def _standing(store: Store, declaration_id: UUID) -> Any:
    """The version in force, with nothing else waiting."""
    rows = store.calendars.versions(declaration_id)
    if not rows:
        raise NotFound("Pernyataan tidak ditemukan.")
    if rows[0].approved_at is None and rows[0].rejected_at is None:
        raise Refused("Masih ada usulan yang menunggu penetapan.")
    last = next((one for one in rows if one.approved_at is not None), None)
    if last is None or last.kind == "REVOKE":
        raise Refused("Pernyataan ini tidak sedang berlaku.")
    return last


def _next(store: Store, declaration_id: UUID) -> int:
    return int(store.calendars.versions(declaration_id)[0].version) + 1


def _wanted(store: Store, last: Any, change: Change, at: datetime) -> Proposal:
    """The declaration as it would stand, once nothing is wrong with it."""
    if change.act == "EXTEND" and last.until is not None:
        raise Refused("Keadaan kahar ini sudah berakhir; usulkan koreksi bila akhirnya keliru.")
    stands = proposal_of(last)
    wanted = change.of(stands)
    check_change(wanted, change.act, at, stands, window(store), scope_faults(store, wanted, stands), change.faults())
    return wanted


def _effect(
    store: Store, last: Any, act: Act, wanted: Proposal, by: UUID, at: datetime, after: UUID | None = None
) -> Impact:
    version = version_from(wanted, _next(store, last.declaration_id), at, act)
    return impact(store, last.code, version, at, (last.declaration_id, wanted.grounds, by), after)


def _met(store: Store, last: Any, change: Change, wanted: Proposal) -> tuple[Met, ...]:
    """Only a correction reaches what the declaration did not reach before."""
    if change.act != "AMEND":
        return ()
    return newly_meeting(store, wanted, proposal_of(last), last.declaration_id)


def _as_row(act: Act, wanted: Proposal) -> Any:
    """A version as the table would hold it, as far as versions are told apart."""
    scope = dump({name: sorted(values) for name, values in wanted.scope.items()})
    same = ("since", "until", "effect", "event_kind", "event_at", "event", "measures")
    said = {name: getattr(wanted, name) for name in same} | {"evidence": dump(evidence_of(wanted))}
    grounds, unforeseen = ",".join(sorted(wanted.grounds)), wanted.unforeseen.strip()
    return SimpleNamespace(kind=act, scope=scope, grounds=grounds, unforeseen=unforeseen, **said)
