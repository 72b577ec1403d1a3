"""Reports to the Walikota: frozen with the files behind them; what follows is only their course."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store.encoding import dump, parse
from app.store.tables.cases import cases
from app.store.tables.reports import report_cases, report_corrections, report_papers, reports

AT_ONCE = 1_000  # rows of one statement
FROZEN = ("figures", "differences", "disruptions", "tables", "sums")  # as JSON


class Corrected(NamedTuple):
    """A file of an earlier report told anew; `before`, `after`: facts as plain JSON, None for nothing."""

    about_id: UUID
    case_id: UUID
    number: str | None
    before: Any
    after: Any


class ReportStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, id: UUID, known_at: datetime, **values: Any) -> bool:
        """`values`: kind, since, until, note, sha256, drafted_by, and as plain JSON figures, differences, disruptions,
        tables, sums.

        False, and nothing is added, when the period has its report already.
        """
        told = {name: value for name, value in values.items() if value is not None}
        row = told | {name: dump(values[name]) for name in FROZEN if values[name] is not None}
        added = upsert(reports).values(id=id, known_at=known_at, **row).on_conflict_do_nothing().returning(reports.c.id)
        return self.session.scalar(added) is not None

    def add_cases(self, id: UUID, facts: Iterable[tuple[Mapping[str, Any], list[str]]]) -> None:
        """The files behind the figures, as plain JSON that names its `case`, each with codes of its figures."""
        rows = [
            {
                "report_id": id,
                "case_id": UUID(one["case"]),
                "facts": dump(dict(one)),
                "number": one["number"],
                "permit": one["permit"],
                "behind": codes,
            }
            for one, codes in facts
        ]
        for begin in range(0, len(rows), AT_ONCE):
            self.session.execute(insert(report_cases), rows[begin : begin + AT_ONCE])

    def add_corrections(self, id: UUID, about: UUID, changes: Iterable[tuple[UUID, Any, Any]]) -> None:
        """Of each file: its id, what was told of it, what is known now; None for nothing."""
        rows = [
            {
                "report_id": id,
                "about_id": about,
                "case_id": case,
                **{name: None if one is None else dump(one) for name, one in (("before", before), ("after", after))},
            }
            for case, before, after in changes
        ]
        for begin in range(0, len(rows), AT_ONCE):
            self.session.execute(insert(report_corrections), rows[begin : begin + AT_ONCE])

    def row(self, id: UUID) -> Any:
        return self.session.execute(select(reports).where(reports.c.id == id)).one_or_none()

    def lock(self, id: UUID) -> Any:
        return self.session.execute(select(reports).where(reports.c.id == id).with_for_update()).one_or_none()

    def set(self, id: UUID, **values: Any) -> None:
        """A step of its course; what is frozen the table keeps by itself."""
        self.session.execute(update(reports).where(reports.c.id == id).values(**values))

    def all(self) -> tuple[Any, ...]:
        """The latest period first; of one period the newest draft first."""
        order = (reports.c.since.desc(), reports.c.kind, reports.c.known_at.desc(), reports.c.id)
        return tuple(self.session.execute(select(reports).order_by(*order)))

    def standing(self, kind: str, since: date) -> Any:
        """The report of a period that was not returned; None without one."""
        wanted = (reports.c.kind == kind) & (reports.c.since == since) & reports.c.returned_at.is_(None)
        return self.session.execute(select(reports).where(wanted)).one_or_none()

    def signed(self, kind: str = "", before: date | None = None) -> tuple[Any, ...]:
        """Signed reports, oldest period first; `before`: of periods that begin before that day."""
        wanted = select(reports).where(reports.c.signed_at.is_not(None))
        if kind:
            wanted = wanted.where(reports.c.kind == kind)
        if before:
            wanted = wanted.where(reports.c.since < before)
        return tuple(self.session.execute(wanted.order_by(reports.c.since, reports.c.kind)))

    def facts(self, id: UUID, only: Iterable[UUID] | None = None) -> list[Any]:
        """Facts as frozen with a report, plain JSON; `only`: of these files."""
        statement = select(report_cases.c.facts).where(report_cases.c.report_id == id).order_by(report_cases.c.case_id)
        if only is not None:
            statement = statement.where(report_cases.c.case_id.in_(list(only)))
        return [parse(one) for one in self.session.scalars(statement)]

    def size(self, id: UUID) -> int:
        """How many files stand behind a report."""
        return int(self.session.scalar(select(func.count()).where(report_cases.c.report_id == id)) or 0)

    def count_behind(self, id: UUID, codes: Sequence[str], permit: str = "") -> int:
        """How many files stand behind all of these codes: a figure of a report, and what its list is cut to."""
        wanted = report_cases.c.behind.contains(list(codes))
        return int(self.session.scalar(select(func.count()).where(*_behind(id, codes[:1], permit), wanted)) or 0)

    def facts_behind(self, id: UUID, codes: Sequence[str], permit: str, shown: slice) -> list[Any]:
        """Facts of a page of them, by number, plain JSON."""
        wanted = report_cases.c.behind.contains(list(codes))
        found = select(report_cases.c.facts).where(*_behind(id, codes[:1], permit), wanted)
        found = found.order_by(report_cases.c.number, report_cases.c.case_id)
        return [parse(one) for one in self.session.scalars(found.offset(shown.start).limit(shown.stop - shown.start))]

    def first_behind(self, id: UUID, figures: Sequence[str], most: int) -> list[Any]:
        """Facts of the first files behind any of some figures, those behind the first of them before the others."""
        found = select(report_cases.c.facts).where(*_behind(id, figures))
        order = (~report_cases.c.behind.contains([figures[0]]), report_cases.c.number, report_cases.c.case_id)
        return [parse(one) for one in self.session.scalars(found.order_by(*order).limit(most))]

    def sha256(self, id: UUID, rest: str) -> str:
        """SHA-256 (hex) over a canonical JSON object whose first name is `cases`, the facts of a report in order.

        `rest`: what follows them in it.  Computed where the rows lie: they may be a hundred thousand.
        """
        texts = func.string_agg(report_cases.c.facts, aggregate_order_by(literal(","), report_cases.c.case_id))
        whole = literal('{"cases":[') + func.coalesce(texts, "") + literal(f"],{rest}")
        found = func.encode(func.sha256(func.convert_to(whole, "UTF8")), "hex")
        return str(self.session.scalar(select(found).where(report_cases.c.report_id == id)))

    def correction_texts(self, id: UUID) -> list[tuple[str, str, str | None, str | None]]:
        """Report and file of each correction with what was told and what is known as they are written, in order."""
        kept = report_corrections.c
        rows = self.session.execute(select(report_corrections).where(kept.report_id == id))
        return sorted((str(one.about_id), str(one.case_id), one.before, one.after) for one in rows)

    def corrected_files(self, id: UUID) -> list[tuple[UUID, UUID, str]]:
        """Report, file and number of each correction."""
        found = select(report_corrections.c.about_id, cases.c.id, func.coalesce(cases.c.number, ""))
        found = found.join(cases, cases.c.id == report_corrections.c.case_id)
        return [tuple(row) for row in self.session.execute(found.where(report_corrections.c.report_id == id))]

    def add_paper(self, id: UUID, kind: str, sha256: str, at: datetime) -> None:
        """A paper that was made twice is kept once."""
        values = {"report_id": id, "kind": kind, "sha256": sha256, "made_at": at}
        self.session.execute(upsert(report_papers).values(values).on_conflict_do_nothing())

    def papers(self, id: UUID) -> dict[str, str]:
        """SHA-256 by kind of the papers that were made of a report."""
        rows = self.session.execute(select(report_papers).where(report_papers.c.report_id == id))
        return {row.kind: row.sha256 for row in rows}

    def correcting(self, about: UUID) -> tuple[Any, ...]:
        """Signed reports that correct an earlier one, oldest first: each names it among its differences."""
        statement = select(reports).where(reports.c.differences.contains(str(about)), reports.c.signed_at.is_not(None))
        return tuple(self.session.execute(statement.order_by(reports.c.since, reports.c.known_at)))

    def corrections(self, id: UUID) -> list[Corrected]:
        """What a report corrects."""
        return self._corrections(report_corrections.c.report_id == id)

    def corrections_of(self, about: UUID, only: Iterable[UUID] | None = None) -> list[Corrected]:
        """What signed reports have told anew of the period of an earlier one, in the order in which they told it."""
        wanted = (report_corrections.c.about_id == about) & reports.c.signed_at.is_not(None)
        if only is not None:
            wanted &= report_corrections.c.case_id.in_(list(only))
        return self._corrections(wanted)

    def _corrections(self, wanted: Any) -> list[Corrected]:
        statement = (
            select(report_corrections, cases.c.number)
            .join(reports, reports.c.id == report_corrections.c.report_id)
            .join(cases, cases.c.id == report_corrections.c.case_id)
            .where(wanted)
            .order_by(reports.c.since, reports.c.known_at, report_corrections.c.case_id)
        )
        return [
            Corrected(one.about_id, one.case_id, one.number, *map(parse, (one.before, one.after)))
            for one in self.session.execute(statement)
        ]


def _behind(id: UUID, figures: Sequence[str], permit: str = "") -> list[ColumnElement[bool]]:
    """Of a report the files behind any of some figures; `permit` "": of all permits."""
    found = [report_cases.c.report_id == id, report_cases.c.behind.overlap(list(figures))]
    return [*found, report_cases.c.permit == permit] if permit else found
