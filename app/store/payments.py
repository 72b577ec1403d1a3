"""Assessments, claimed payments, the bank's lines and refunds."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, true, update
from sqlalchemy.orm import Session

from app.store.encoding import dump
from app.store.tables.cases import cases
from app.store.tables.payments import assessments, bank_lines, payments, refunds

# Money that is, or may yet prove to be, with the office.
COUNTING = ("valid", "short", "claimed", "not_found")


class PaymentStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add_assessment(self, id: UUID, case_id: UUID, at: datetime, lines: Any, **values: Any) -> None:
        """Freeze an assessment; the ones before it are superseded, never changed otherwise."""
        old = (assessments.c.case_id == case_id) & assessments.c.superseded_at.is_(None)
        if values.get("kind") == "SKRD":
            self.session.execute(update(assessments).where(old).values(superseded_at=at))
        row = {"id": id, "case_id": case_id, "assessed_at": at, "lines": dump(lines), **values}
        self.session.execute(insert(assessments).values(row))

    def set_assessment(self, id: UUID, **values: Any) -> None:
        self.session.execute(update(assessments).where(assessments.c.id == id).values(**values))

    def assessments(self, case_id: UUID) -> tuple[Any, ...]:
        statement = select(assessments).where(assessments.c.case_id == case_id)
        return tuple(self.session.execute(statement.order_by(assessments.c.assessed_at, assessments.c.id)))

    def assessment(self, case_id: UUID, kind: str = "") -> Any:
        """The assessment in force: the latest one not superseded."""
        found = [
            one for one in self.assessments(case_id) if one.superseded_at is None and (not kind or one.kind == kind)
        ]
        return found[-1] if found else None

    def add(self, id: UUID, case_id: UUID, at: datetime, **values: Any) -> None:
        row = {"id": id, "case_id": case_id, "arrived_at": at, "status": "claimed", **values}
        self.session.execute(insert(payments).values(row))

    def decide(self, id: UUID, status: str, by: UUID, at: datetime) -> None:
        values = {"status": status, "decided_by": by, "decided_at": at}
        self.session.execute(update(payments).where(payments.c.id == id).values(**values))

    def of_case(self, case_id: UUID) -> tuple[Any, ...]:
        return tuple(
            self.session.execute(select(payments).where(payments.c.case_id == case_id).order_by(payments.c.arrived_at))
        )

    def counting(self, case_id: UUID) -> int:
        """Rupiah that were paid, or are claimed to be and not found false."""
        guard = (payments.c.case_id == case_id) & payments.c.status.in_(COUNTING)
        return int(self.session.scalar(select(func.coalesce(func.sum(payments.c.amount), 0)).where(guard)) or 0)

    def settle(self, case_id: UUID, given_back: bool, by: UUID, at: datetime) -> None:
        """End what is open of a case's payments once its refund is decided: given back, or never found."""
        open_ones = COUNTING if given_back else ("claimed", "not_found")
        guard = (payments.c.case_id == case_id) & payments.c.status.in_(open_ones)
        values = {"status": "refunded" if given_back else "invalid", "decided_by": by, "decided_at": at}
        self.session.execute(update(payments).where(guard).values(**values))
        if given_back:
            self._match_returned(case_id)

    def _match_returned(self, case_id: UUID) -> None:
        """Money that was given back is no longer money that belongs to nobody."""
        returned = (payments.c.case_id == case_id) & (payments.c.status == "refunded")
        same = (payments.c.reference == bank_lines.c.reference) & (payments.c.amount == bank_lines.c.amount)
        free = returned & same & bank_lines.c.payment_id.is_(None)
        self.session.execute(update(bank_lines).where(free).values(payment_id=payments.c.id))

    def settled_with(self, reference: str, amount: int) -> Any:
        """The payment of that reference and sum that was judged already: found, or given back; None without one."""
        judged = (payments.c.reference == reference) & payments.c.status.in_(("valid", "short", "refunded"))
        return self.session.execute(select(payments).where(judged, payments.c.amount == amount)).first()

    def valid_with(self, reference: str) -> Any:
        """The valid payment that already used a bank reference, if any."""
        guard = (payments.c.reference == reference) & (payments.c.status == "valid")
        return self.session.execute(select(payments).where(guard)).first()

    def counted_with(self, reference: str) -> Any:
        """The payment that already counts with a bank reference: valid, part of a sum, or still to be judged."""
        counts = payments.c.status.in_(("valid", "short", "claimed"))
        return self.session.execute(select(payments).where(payments.c.reference == reference, counts)).first()

    def add_bank_line(self, id: UUID, by: UUID, at: datetime, **values: Any) -> None:
        self.session.execute(insert(bank_lines).values(id=id, entered_by=by, entered_at=at, **values))

    def bank_line(self, reference: str) -> Any:
        return self.session.execute(select(bank_lines).where(bank_lines.c.reference == reference)).one_or_none()

    def match(self, line: UUID, payment: UUID) -> None:
        self.session.execute(update(bank_lines).where(bank_lines.c.id == line).values(payment_id=payment))

    def unmatched_lines(self) -> tuple[Any, ...]:
        """Money that arrived and belongs to no validated payment: paid but not matched.

        Beside each the file whose proof bears the same reference, if any: `case_id`, `number`, `claimed` rupiah.
        """
        claim = select(payments).where(payments.c.reference == bank_lines.c.reference, payments.c.status != "invalid")
        last = claim.order_by(payments.c.arrived_at.desc()).limit(1).lateral("claim")
        statement = (
            select(bank_lines, last.c.case_id, last.c.amount.label("claimed"), cases.c.number)
            .outerjoin_from(bank_lines, last, true())
            .outerjoin(cases, cases.c.id == last.c.case_id)
            .where(bank_lines.c.payment_id.is_(None))
        )
        return tuple(self.session.execute(statement.order_by(bank_lines.c.entered_at)))

    def unfound_claims(self) -> tuple[Any, ...]:
        """Claimed by applicants but not (yet) found at the bank, oldest first, with their case."""
        statement = (
            select(payments, cases.c.number, cases.c.applicant_name)
            .join(cases, cases.c.id == payments.c.case_id)
            .where(payments.c.status.in_(("claimed", "not_found")))
        )
        return tuple(self.session.execute(statement.order_by(payments.c.arrived_at)))

    def open_refund(self, id: UUID, case_id: UUID, amount: int, reason: str, at: datetime) -> None:
        values = {"id": id, "case_id": case_id, "amount": amount, "reason": reason, "opened_at": at}
        self.session.execute(insert(refunds).values(values))

    def close_refund(self, case_id: UUID, answer: str, at: datetime) -> None:
        guard = (refunds.c.case_id == case_id) & refunds.c.closed_at.is_(None)
        self.session.execute(update(refunds).where(guard).values(closed_at=at, answer=answer))

    def refunds(self, case_id: UUID) -> tuple[Any, ...]:
        return tuple(self.session.execute(select(refunds).where(refunds.c.case_id == case_id)))
