"""Whether a change of a declaration that stands can be proposed: its span, its reach into the past, its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from app.operations.force_majeure_proposal import (
    EMPTY,
    LATER_EVENT,
    NO_EVIDENCE,
    Proposal,
    Window,
    event_fault,
    happened_later,
    long,
    nature_faults,
    old,
    too_long,
    too_wordy,
    wordy,
)
from app.operations.force_majeure_scope import unknown
from app.store import Store
from engine.errors import Sentence, SubmissionInvalid

Act = Literal["RECOVER", "AMEND", "EXTEND", "REVOKE"]
MOST_EVIDENCE, LONGEST_LINE = 20, 200  # pieces of evidence, and letters of one line
TOO_MUCH_EVIDENCE = Sentence(
    "Paling banyak %(n)s bukti, masing-masing %(letters)s huruf; unggah selebihnya sebagai berkas",
    n=MOST_EVIDENCE,
    letters=LONGEST_LINE,
)
BY_BEGINNING = ("sampai", "persetujuan", "waktu_peristiwa")  # judged by a beginning, and not by one nobody can read


def too_much_evidence(named: Sequence[str]) -> bool:
    """Whether there is more than a decree prints."""
    return len(named) > MOST_EVIDENCE or any(len(one) > LONGEST_LINE for one in named)


def scope_faults(store: Store, wanted: Proposal, stands: Proposal) -> dict[str, str]:
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
        account = one.event, one.event_at, one.measures, [proof.get("nama") for proof in one.evidence]
        return one.since, one.until, {name: set(codes) for name, codes in one.scope.items()}, nature, account

    return said(wanted) == said(stands)


def check_change(
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
    return errors | nature_faults(wanted, limits, stands) | _account_faults(wanted, stands)


def _account_faults(wanted: Proposal, stands: Proposal) -> dict[str, str]:
    """Of what is said to have happened; words that stand are not judged again."""
    errors: dict[str, str] = {}
    if wanted.event != stands.event and (because := event_fault(wanted.event)):
        errors["uraian_peristiwa"] = because
    if happened_later(wanted):
        errors["waktu_peristiwa"] = LATER_EVENT
    if too_wordy(wanted.measures):
        errors["upaya"] = wordy(wanted.measures)
    if not wanted.evidence:
        errors["bukti"] = NO_EVIDENCE
    elif too_much_evidence([one["nama"] for one in wanted.evidence if one not in stands.evidence]):
        errors["bukti"] = TOO_MUCH_EVIDENCE
    return errors
