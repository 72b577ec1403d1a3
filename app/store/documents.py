"""Uploaded documents and letters: rows here, bytes content-addressed in the file store."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store.encoding import dump
from app.store.tables.cases import cases
from app.store.tables.documents import documents, files, letters
from app.store.tables.people import people

_KINDS = (files.c.media_type, files.c.size, files.c.pages, people.c.name.label("uploader"))
_FULL = (
    select(documents, *_KINDS)
    .join(files, files.c.sha256 == documents.c.sha256)
    .join(people, people.c.id == documents.c.uploaded_by)
)
_GET = _FULL.where(documents.c.id == bindparam("document"))
_OF_CASE = _FULL.where(documents.c.case_id == bindparam("case"), documents.c.removed_at.is_(None)).order_by(
    documents.c.at, documents.c.id
)
_SENT = _FULL.where(documents.c.sent_key == bindparam("key"))
_ALONE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("key"), 0)))
_EVER = _FULL.where(documents.c.case_id == bindparam("case")).order_by(documents.c.at, documents.c.id)
_FILE = select(files).where(files.c.sha256 == bindparam("sha256"))


class DocumentStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add_file(self, sha256: str, size: int, media_type: str, pages: int, at: datetime) -> None:
        values = {"sha256": sha256, "size": size, "media_type": media_type, "pages": pages, "stored_at": at}
        self.session.execute(upsert(files).values(values).on_conflict_do_nothing())

    def file(self, sha256: str) -> Any:
        return self.session.execute(_FILE, {"sha256": sha256}).one_or_none()

    def add(self, id: UUID, at: datetime, **values: Any) -> None:
        """`values`: case_id, field, requirement, name, sha256, uploaded_by; of a photograph more."""
        self.session.execute(insert(documents).values(id=id, at=at, **values))

    def remove(self, id: UUID, at: datetime) -> None:
        self.session.execute(update(documents).where(documents.c.id == id).values(removed_at=at))

    def get(self, id: UUID) -> Any:
        return self.session.execute(_GET, {"document": id}).one_or_none()

    def sent_under(self, key: UUID) -> Any:
        """What was sent under a key, taken off again or not; None when nothing was.

        Whoever asks for the same key meanwhile, from another file too, waits until this transaction is over.
        """
        self.session.execute(_ALONE, {"key": str(key)})
        return self.session.execute(_SENT, {"key": key}).one_or_none()

    def call(self, id: UUID, caption: str) -> None:
        self.session.execute(update(documents).where(documents.c.id == id).values(caption=caption))

    def of_case(self, case_id: UUID, field: str = "") -> tuple[Any, ...]:
        """Documents of a case that were not removed, oldest first, with their file's kind and size."""
        statement = _OF_CASE.where(documents.c.field == field) if field else _OF_CASE
        return tuple(self.session.execute(statement, {"case": case_id}))

    def ever_of_case(self, case_id: UUID) -> tuple[Any, ...]:
        """Every document a case ever had, also those that were removed."""
        return tuple(self.session.execute(_EVER, {"case": case_id}))

    def ever_of_cases(self, ids: Collection[UUID]) -> dict[UUID, tuple[Any, ...]]:
        """The same of several cases, by case."""
        statement = select(documents).where(documents.c.case_id.in_(list(ids)))
        found: dict[UUID, list[Any]] = {}
        for row in self.session.execute(statement.order_by(documents.c.at, documents.c.id)) if ids else ():
            found.setdefault(row.case_id, []).append(row)
        return {id: tuple(rows) for id, rows in found.items()}

    # --- letters

    def add_letter(self, id: UUID, values: Mapping[str, Any], at: datetime, **columns: Any) -> None:
        """Freeze a letter's values; the file follows before the commit or through the outbox."""
        self.session.execute(insert(letters).values(id=id, values=dump(dict(values)), issued_at=at, **columns))

    def set_letter(self, id: UUID, **values: Any) -> None:
        self.session.execute(update(letters).where(letters.c.id == id).values(**values))

    def withdraw_letters(self, declaration_id: UUID, at: datetime, because: str) -> None:
        """Letters of a declaration that stand until now stand no longer."""
        guard = (letters.c.declaration_id == declaration_id) & letters.c.withdrawn_at.is_(None)
        self.session.execute(update(letters).where(guard).values(withdrawn_at=at, withdrawn_because=because))

    def letter(self, id: UUID) -> Any:
        return self.session.execute(select(letters).where(letters.c.id == id)).one_or_none()

    def letter_by_code(self, code: str) -> Any:
        return self.session.execute(select(letters).where(letters.c.verification_code == code)).one_or_none()

    def letters_of(self, case_id: UUID, kind: str = "") -> tuple[Any, ...]:
        statement = select(letters).where(letters.c.case_id == case_id)
        if kind:
            statement = statement.where(letters.c.kind == kind)
        return tuple(self.session.execute(statement.order_by(letters.c.issued_at, letters.c.id)))

    def letters_of_declaration(self, declaration_id: UUID) -> tuple[Any, ...]:
        statement = select(letters).where(letters.c.declaration_id == declaration_id)
        return tuple(self.session.execute(statement.order_by(letters.c.issued_at)))

    def letters_of_report(self, report_id: UUID) -> tuple[Any, ...]:
        statement = select(letters).where(letters.c.report_id == report_id)
        return tuple(self.session.execute(statement.order_by(letters.c.issued_at, letters.c.id)))

    def unscanned(self, kinds: Collection[str], limit: int = 100) -> tuple[Any, ...]:
        """Letters of files, signed by hand, whose scan has not come, oldest first, with their file's number.

        Columns: id, case_id, kind, number, issued_at, case_number.
        """
        columns = (letters.c.id, letters.c.case_id, letters.c.kind, letters.c.number, letters.c.issued_at)
        waits = (
            (letters.c.signing_way == "basah") & letters.c.signed_sha256.is_(None) & letters.c.withdrawn_at.is_(None)
        )
        statement = select(*columns, cases.c.number.label("case_number")).join(cases, cases.c.id == letters.c.case_id)
        statement = statement.where(waits, letters.c.kind.in_(kinds)).order_by(letters.c.issued_at, letters.c.id)
        return tuple(self.session.execute(statement.limit(limit)))
