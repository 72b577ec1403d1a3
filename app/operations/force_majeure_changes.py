"""What is proposed about a declaration that stands: its end, another span, scope or nature, its undoing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from app.operations.force_majeure import Proposal, add_version, alone, proposal_of, version_from, window
from app.operations.force_majeure_impact import impact
from app.operations.force_majeure_proposal import (
    EMPTY,
    Window,
    long,
    nature_faults,
    old,
    too_long,
    too_wordy,
    wordy,
)
from app.operations.force_majeure_scope import unknown
from app.operations.retrying import retried
from app.store import Store, transaction
from engine.errors import NotFound, Refused, SubmissionInvalid

Act = Literal["RECOVER", "AMEND", "EXTEND", "REVOKE"]
BY_BEGINNING = ("sampai", "persetujuan")  # judged by a beginning, and not by one nobody can read


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


@retried
def recover(declaration_id: UUID, until: datetime, because: str, by: UUID, at: datetime) -> int:
    """Propose that the event is over, to be recorded by a Berita Acara Pemulihan; returns the version."""
    with transaction() as store:
        last = _standing(store, declaration_id, by, at)
        wanted = replace(proposal_of(last), until=until, description=because)
        return _propose(store, last, "RECOVER", wanted, by, at)


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
    unread: Mapping[str, str] | None = None,
) -> int:
    """Propose another span, scope or nature, to be established by a decree that changes the first; the version.

    `since`, `until`, `scope` and `nature`: None leaves them as they stand; `scope` is the whole of the new one,
    dimension -> codes.  `lasting`: it goes on after all, the end that stands falls away; never unnoticed, so by a
    word of its own.
    `letter`: the Walikota's approval, for a beginning moved further back than the rule allows.  `unread`: sentences
    of what was typed and nobody can read, told together with all other faults.
    """
    with transaction() as store:
        last = _standing(store, declaration_id, by, at)
        stands = proposal_of(last)
        wanted = replace(stands, since=since or last.since, until=until or last.until, description=because)
        wanted = replace(wanted, scope=stands.scope if scope is None else scope, approval_letter=letter)
        wanted = wanted if nature is None else nature.of(wanted)
        faults = dict(unread or {})
        if lasting and (until is not None or "sampai" in faults):
            faults["sampai"] = "Kosongkan akhirnya bila keadaan kahar masih berlangsung"
        return _propose(store, last, "AMEND", replace(wanted, until=None) if lasting else wanted, by, at, faults)


@retried
def extend(declaration_id: UUID, because: str, by: UUID, at: datetime) -> int:
    """Propose that an event without a known end lasts on (domain 6.2); the span stays; returns the version."""
    with transaction() as store:
        last = _standing(store, declaration_id, by, at)
        if last.until is not None:
            raise Refused("Keadaan kahar ini sudah berakhir; usulkan koreksi bila akhirnya keliru.")
        return _propose(store, last, "EXTEND", replace(proposal_of(last), description=because), by, at)


@retried
def revoke(declaration_id: UUID, because: str, by: UUID, at: datetime) -> int:
    """Propose the undoing, to be established by a decree of revocation; the version bears the span that is undone."""
    with transaction() as store:
        last = _standing(store, declaration_id, by, at)
        return _propose(store, last, "REVOKE", replace(proposal_of(last), description=because), by, at)


def _standing(store: Store, declaration_id: UUID, by: UUID, at: datetime) -> Any:
    """The version in force, with nothing else waiting; nobody else proposes meanwhile."""
    alone(store, by, at)
    if store.calendars.lock_declaration(declaration_id) is None:
        raise NotFound("Pernyataan tidak ditemukan.")
    rows = store.calendars.versions(declaration_id)
    if rows[0].approved_at is None and rows[0].rejected_at is None:
        raise Refused("Masih ada usulan yang menunggu penetapan.")
    last = next((one for one in rows if one.approved_at is not None), None)
    if last is None or last.kind == "REVOKE":
        raise Refused("Pernyataan ini tidak sedang berlaku.")
    return last


def _propose(
    store: Store,
    last: Any,
    act: Act,
    wanted: Proposal,
    by: UUID,
    at: datetime,
    unread: Mapping[str, str] | None = None,
) -> int:
    stands = proposal_of(last)
    _check(wanted, act, at, stands, window(store), _scope_faults(store, wanted, stands), unread or {})
    version = int(store.calendars.versions(last.declaration_id)[0].version) + 1
    author = (last.declaration_id, wanted.grounds, by)
    seen = impact(store, last.code, version_from(wanted, version, at, act), at, author)
    add_version(store, last.declaration_id, version, act, wanted, seen, by, at)
    return version


def _scope_faults(store: Store, wanted: Proposal, stands: Proposal) -> dict[str, str]:
    empty = {name: EMPTY for name, codes in wanted.scope.items() if not codes}
    return empty | unknown(store.deployments.active(), wanted.scope, stands.scope)


def _reaches_back(wanted: Proposal, stands: Proposal, at: datetime, limits: Window) -> bool:
    """Whether a correction removes further time from the count that lies behind the window (domain 6.2)."""
    added = [wanted.since] if wanted.since < stands.since or not _within(wanted.scope, stands.scope) else []
    if stands.until is not None and (wanted.until is None or wanted.until > stands.until):
        added.append(stands.until)
    return any(at - one > timedelta(days=limits.retroactive_days) for one in added)


def _within(scope: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]) -> bool:
    """Whether a scope touches nothing that the other does not; a dimension that is not named is unlimited."""
    return all(name in scope and set(scope[name]) <= set(other[name]) for name in other)


def _unchanged(wanted: Proposal, stands: Proposal) -> bool:
    def said(one: Proposal) -> tuple[object, ...]:
        nature = set(one.grounds), one.event_kind, one.effect, one.unforeseen.strip()
        return one.since, one.until, {name: set(codes) for name, codes in one.scope.items()}, nature

    return said(wanted) == said(stands)


def _check(
    wanted: Proposal,
    act: Act,
    at: datetime,
    stands: Proposal,
    limits: Window,
    faults: Mapping[str, str],
    unread: Mapping[str, str],
) -> None:
    """Raise SubmissionInvalid with a sentence per field; an undoing has no span of its own to be wrong."""
    errors: dict[str, str] = dict(faults)
    if len(wanted.description.strip()) < 10:
        errors["uraian"] = "Uraikan dasarnya, paling sedikit 10 huruf"
    elif too_wordy(wanted.description):
        errors["uraian"] = wordy(wanted.description)
    if act != "REVOKE":
        errors |= _span_faults(wanted, at)
    if act == "AMEND":
        errors |= _amended_faults(wanted, stands, at, limits)
    if act == "AMEND" and not (errors.keys() - {"uraian"}) and not unread and _unchanged(wanted, stands):
        errors["sejak"] = "Koreksi ini tidak mengubah apa pun yang berlaku"
    meant = {name: told for name, told in errors.items() if "sejak" not in unread or name not in BY_BEGINNING}
    if found := {**meant, **unread}:
        raise SubmissionInvalid(found)


def _span_faults(wanted: Proposal, at: datetime) -> dict[str, str]:
    errors: dict[str, str] = {}
    if wanted.since > at:
        errors["sejak"] = "Keadaan kahar tidak dapat dinyatakan sebelum terjadi"
    if wanted.until is not None and wanted.until <= wanted.since:
        errors["sampai"] = "Akhir harus sesudah mulai"
    elif wanted.until is not None and wanted.until > at:
        errors["sampai"] = "Kondisi stabil dinyatakan setelah tercapai, bukan sebelumnya"
    return errors


def _amended_faults(wanted: Proposal, stands: Proposal, at: datetime, limits: Window) -> dict[str, str]:
    """Of a correction alone: how far it reaches, and what it says the event is."""
    errors: dict[str, str] = {}
    if too_long(wanted, at, limits):
        errors["sejak"] = long(limits)
    elif not wanted.approval_letter.strip() and _reaches_back(wanted, stands, at, limits):
        errors["persetujuan"] = old(limits)
    return errors | nature_faults(wanted, limits, stands)
