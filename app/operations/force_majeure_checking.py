"""Whether a change of a declaration that stands can be proposed: its span, its reach into the past, its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from app.operations.force_majeure_proposal import (
    EMPTY,
    Proposal,
    Window,
    long,
    nature_faults,
    old,
    too_long,
    too_wordy,
    wordy,
)
from app.operations.force_majeure_scope import unknown
from app.store import Store
from engine.errors import SubmissionInvalid

Act = Literal["RECOVER", "AMEND", "EXTEND", "REVOKE"]
BY_BEGINNING = ("sampai", "persetujuan")  # judged by a beginning, and not by one nobody can read


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
        return one.since, one.until, {name: set(codes) for name, codes in one.scope.items()}, nature

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
    return errors | nature_faults(wanted, limits, stands)
