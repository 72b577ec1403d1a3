"""The files behind a figure, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.operations import acting
from app.operations import report_words as words
from app.store import Store
from engine import access
from engine.access import Actor
from engine.errors import NotFound
from engine.reporting import FIGURES, CaseFacts, Period, behind, within

PAGE = 50
NOWHERE = "-"  # files without a kelurahan


@dataclass(frozen=True)
class ListedLine:
    case_id: UUID
    number: str
    name: str
    permit: str
    added: str


@dataclass(frozen=True)
class Listed:
    """A page of the files behind a figure; `total`: of all pages; `number` of this one, from 1."""

    code: str
    permit: str  # code, "" for all
    lines: tuple[ListedLine, ...]
    total: int
    number: int
    pages: int
    period: Period


def reader(store: Store, by: UUID, at: datetime) -> Actor:
    who = acting.actor(store, by, at)
    access.require(who, "see_reports")
    return who


def known(code: str) -> str:
    """Raises NotFound for a figure that is none."""
    if code not in FIGURES:
        raise NotFound("Angka laporan tidak ditemukan.")
    return code


def window(total: int, page: int) -> tuple[int, int, slice]:
    """The number of the page that is shown, of how many, and where its lines lie."""
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 1), pages)
    return number, pages, slice((number - 1) * PAGE, number * PAGE)


def cut(lasted: str = "", area: str = "") -> tuple[str, ...]:
    """To what a list is cut, as files are kept by it; `lasted`: a place among TERMS, `area`: a kelurahan or NOWHERE."""
    bare = "" if area == NOWHERE else area
    return (*((f"lama:{lasted}",) if lasted else ()), *((f"wilayah:{bare}",) if area else ()))


def listed(
    store: Store,
    facts: Sequence[CaseFacts],
    code: str,
    permit: str,
    page: int,
    period: Period,
    cuts: tuple[str, ...] = (),
) -> Listed:
    found = behind((one for one in facts if set(cuts) <= set(within(one))), known(code), permit)
    number, pages, shown = window(len(found), page)
    lines = lines_of(store, code, [one for one, _part in found[shown]])
    return Listed(code, permit, lines, len(found), number, pages, period)


def lines_of(store: Store, code: str, facts: Iterable[CaseFacts]) -> tuple[ListedLine, ...]:
    """What each of the files adds to the figure; it must stand behind it."""
    shown = list(facts)
    rows = {row.id: row for row in store.case_lists.case_rows(one.case for one in shown)}
    permits = store.deployments.active().catalogue.permits
    return tuple(
        ListedLine(
            one.case,
            one.number,
            rows[one.case].applicant_name if one.case in rows else "",
            permits[one.permit].name if one.permit in permits else one.permit,
            words.added(code, FIGURES[code].of(one) or 0),
        )
        for one in shown
    )
