"""Permits by the last day they are good, as it stands in the letter that was issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, literal_column, select
from sqlalchemy.orm import Session

from app.store.like import escaped
from app.store.tables.cases import cases
from app.store.tables.documents import letters

PERMIT = "sk_izin"
# Answered by index ix_letters_valid_until; days are ISO texts, which are ordered as days are.
LAST_DAY: ColumnElement[str] = literal_column("(letters.values::jsonb #>> '{berkas,berlaku_sampai}')", String)


@dataclass(frozen=True)
class Asked:
    """`seen`: what was issued before, and not withdrawn by then; `permit`, `area` "": of all."""

    seen: datetime
    permit: str = ""
    area: str = ""  # of a kelurahan, or of all of a kecamatan


class ExpiryStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def ending(self, asked: Asked, spans: dict[str, tuple[date, date]]) -> dict[str, dict[str, int]]:
        """By type and name of a span how many permits end within it, both days counted."""
        begin, end = min(one for one, _ in spans.values()), max(one for _, one in spans.values())
        counts = (func.count().filter(_between(*span)).label(name) for name, span in spans.items())
        found = _standing(select(cases.c.permit, *counts), asked).where(_between(begin, end))
        rows = self.session.execute(found.group_by(cases.c.permit).order_by(cases.c.permit))
        return {row.permit: {name: row._mapping[name] for name in spans} for row in rows}

    def files(self, asked: Asked, span: tuple[date, date], shown: slice) -> tuple[int, tuple[Any, ...]]:
        """How many end within a span, and a page of them, by their last day: id, number, permit, `last`."""
        within = _between(*span)
        total = self.session.scalar(_standing(select(func.count()), asked).where(within))
        columns = cases.c.id, cases.c.number, cases.c.permit, LAST_DAY.label("last")
        found = _standing(select(*columns), asked).where(within).order_by(LAST_DAY, cases.c.number, letters.c.id)
        rows = self.session.execute(found.offset(shown.start).limit(shown.stop - shown.start))
        return int(total or 0), tuple(rows)


def _between(begin: date, end: date) -> ColumnElement[bool]:
    return LAST_DAY.between(begin.isoformat(), end.isoformat())


def _standing(found: Select[Any], asked: Asked) -> Select[Any]:
    stands = letters.c.withdrawn_at.is_(None) | (letters.c.withdrawn_at >= asked.seen)
    found = found.select_from(letters.join(cases, cases.c.id == letters.c.case_id))
    found = found.where(letters.c.kind == PERMIT, letters.c.issued_at < asked.seen, stands)
    if asked.permit:
        found = found.where(cases.c.permit == asked.permit)
    return found.where(cases.c.area.like(f"{escaped(asked.area)}%")) if asked.area else found
