"""The treasurer's page: paid but not matched, claimed but not found, each with its age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from engine import access
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of, whole_of

TREASURER = "BP"
LONGEST_REFERENCE = 40  # as in the applicant's own form


@dataclass(frozen=True)
class Aged:
    row: Any
    age: timedelta


@dataclass(frozen=True)
class Treasury:
    unmatched: tuple[Aged, ...]
    unfound: tuple[Aged, ...]
    unscanned: tuple[Aged, ...]  # the treasurer's letters whose signed scan has not come
    may_enter: bool


@retried
def page(by: UUID, at: datetime) -> Treasury:
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_payments")
        lines, claims = store.payments.unmatched_lines(), store.payments.unfound_claims()
        return Treasury(
            tuple(Aged(one, at - one.entered_at) for one in lines),
            tuple(Aged(one, at - one.arrived_at) for one in claims),
            tuple(Aged(one, at - one.issued_at) for one in store.documents.unscanned(_signed_here(store))),
            access.may(who, "enter_bank_line"),
        )


def _signed_here(store: Store) -> tuple[str, ...]:
    """The kinds of letters that the treasurer signs by hand."""
    kinds = store.deployments.active().catalogue.letters.values()
    return tuple(one.code for one in kinds if one.by_hand and one.signatory == TREASURER)


@retried
def enter_bank_line(reference: str, amount: str, paid_on: str, payer: str, by: UUID, at: datetime) -> UUID:
    """Enter one line of the bank's statement.

    It is matched with the payment of its reference and sum: at once when that
    was judged already, else when it is judged.  One of another sum stays
    unmatched, whatever was judged.  Raises SubmissionInvalid, NotAllowed.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "enter_bank_line")
        values, errors = _read(clean(reference), clean(amount), clean(paid_on), at)
        if not errors and store.payments.bank_line(values["reference"]) is not None:
            errors["referensi"] = "Nomor referensi ini sudah dimasukkan"
        if errors:
            raise SubmissionInvalid(errors)
        id = uuid7()
        store.payments.add_bank_line(id, by, at, payer=clean(payer)[:120], **values)
        judged = store.payments.settled_with(values["reference"], values["amount"])
        if judged is not None:
            store.payments.match(id, judged.id)
        return id


def _read(reference: str, amount: str, paid_on: str, at: datetime) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {"reference": reference}
    errors: dict[str, str] = {}
    if len(reference) < 4:
        short, none = "Nomor referensi bank paling sedikit 4 huruf", "Nomor referensi bank wajib diisi"
        errors["referensi"] = short if reference else none
    if len(reference) > LONGEST_REFERENCE:
        errors["referensi"] = Sentence("Nomor referensi bank paling banyak %(n)s huruf", n=LONGEST_REFERENCE)
    try:
        values["amount"] = whole_of(amount.lower().removeprefix("rp").strip())
    except Unreadable as fault:
        errors["jumlah"] = Sentence("%(label)s %(fault)s", label="Jumlah", fault=fault.sentence)
    try:
        day = date_of(paid_on)
        values["paid_on"] = day.isoformat()
        if day > at.astimezone(WIB).date():
            errors["tanggal"] = "Tanggal bayar belum terjadi"
    except Unreadable as fault:
        errors["tanggal"] = Sentence("%(label)s %(fault)s", label="Tanggal bayar", fault=fault.sentence)
    if not errors and values["amount"] <= 0:
        errors["jumlah"] = "Jumlah harus lebih dari nol"
    return values, errors
