"""Number books: gap-free, one row locked per book and scope, taken last in a transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store.tables.documents import number_books, numbers

SPACE = UUID("6a1f0b52-6d0e-5c55-9a37-6f2f3b8f6e10")


class NumberStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def take(self, register: str, scope: str) -> int:
        """The next sequence of a book; other transactions wait for this one to end."""
        first = {"register": register, "scope": scope, "next": 2}
        statement = (
            upsert(number_books)
            .values(first)
            .on_conflict_do_update(index_elements=["register", "scope"], set_={"next": number_books.c.next + 1})
            .returning(number_books.c.next - 1)
        )
        return int(self.session.scalar(statement) or 0)

    def record(self, register: str, scope: str, seq: int, number: str, case_id: UUID | None, at: datetime) -> None:
        values = {"register": register, "scope": scope, "seq": seq, "number": number, "case_id": case_id}
        id = uuid5(SPACE, f"{register}|{scope}|{seq}")
        self.session.execute(insert(numbers).values(id=id, reserved_at=at, **values))

    def start_at(self, register: str, scope: str, next: int) -> None:
        """Set where a book begins, before its first number (an office that had paper books)."""
        values = {"register": register, "scope": scope, "next": next}
        put = upsert(number_books).values(values)
        self.session.execute(put.on_conflict_do_update(index_elements=["register", "scope"], set_={"next": next}))

    def given(self, register: str, scope: str) -> bool:
        """Whether a book has given a number; locks the book, so that none is given meanwhile."""
        book = (number_books.c.register == register) & (number_books.c.scope == scope)
        self.session.execute(select(number_books.c.next).where(book).with_for_update())
        held = (numbers.c.register == register) & (numbers.c.scope == scope)
        return self.session.execute(select(numbers.c.id).where(held).limit(1)).first() is not None

    def cancel(self, number: str, because: str, at: datetime) -> None:
        """A cancelled number is kept as "batal" with its reason."""
        values = {"cancelled_at": at, "cancelled_because": because}
        self.session.execute(update(numbers).where(numbers.c.number == number).values(values))

    def of_case(self, case_id: UUID, register: str) -> str | None:
        """The number a case already holds in a register, so that a returned draft keeps it."""
        statement = select(numbers.c.number).where(
            numbers.c.case_id == case_id, numbers.c.register == register, numbers.c.cancelled_at.is_(None)
        )
        return self.session.scalar(statement.order_by(numbers.c.reserved_at.desc()))

    def books(self) -> tuple[tuple[str, str, int], ...]:
        rows = self.session.execute(select(number_books).order_by(number_books.c.register, number_books.c.scope))
        return tuple((row.register, row.scope, row.next) for row in rows)
