"""Riwayat: every event of a case in plain words, with who, which role, when it happened and when it was recorded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.clock import WIB
from app.operations.case_intervals import Interval, intervals
from app.operations.desk import CasePage
from app.web.event_words import WORDS, Event, Ground
from app.web.navigation import role_name
from engine.access import APPLICANT, COUNTER, STANDING

# What the short history beside the diagram leaves out: the machinery between two acts of people.
QUIET = frozenset({"element_passed", "task_opened", "message_received", "number_reserved", "document_added",
                   "document_removed", "notice_sent", "task_claimed", "task_released", "state_changed"})  # fmt: skip
CLOCKS = frozenset(
    ("clock_started clock_paused clock_resumed clock_stopped clock_reopened clock_corrected clock_extended").split()
)
SAME_TIME = timedelta(minutes=1)
PAGE, SHORT = 100, 60  # events on a page of the history, and beside the diagram


@dataclass(frozen=True)
class Told:
    """`recorded_at` only when the office learned of it later than it happened."""

    kind: str
    what: str
    who: str
    role: str  # in words
    at: datetime
    recorded_at: datetime | None
    note: str
    system: bool
    seq: int
    known: datetime  # when it was recorded: the instant from which the office knew it
    afterwards: str = ""  # the window of a step that was done on paper and entered later
    since: Interval | None = None  # the service time since the entry before, and whose it was


MOVED = {
    "hitung ulang": lazy_gettext("dihitung ulang"),
    "register": lazy_gettext("sebagaimana tersimpan saat tenggat mulai dicatat di sini"),
    "clock_started": lazy_gettext("jam mulai"),
    "clock_paused": lazy_gettext("jam ditangguhkan"),
    "clock_resumed": lazy_gettext("jam dilanjutkan"),
    "clock_stopped": lazy_gettext("jam berhenti"),
    "clock_reopened": lazy_gettext("berkas dibuka kembali"),
    "clock_corrected": lazy_gettext("jam dikoreksi"),
    "clock_extended": lazy_gettext("persetujuan pemohon"),
}


def moved_because(cause: str) -> str:
    """Why a promise was given or moved, in words; a declaration by its code."""
    word, _sep, code = cause.partition(":")
    if word == "kalender":
        return str(_("kalender kerja berubah menurut %(keputusan)s", keputusan=code))
    return str(_("keadaan kahar %(kode)s", kode=code)) if word == "kahar" else str(MOVED.get(cause, cause))


@dataclass(frozen=True)
class Pages:
    """Some events, newest first; `older`, `newer`: the number of the event a neighbouring page begins at, 0: none."""

    lines: list[Told]
    older: int
    newer: int


def paged(page: CasePage, since: int = 0) -> Pages:
    """A page of the events from number `since` downwards, from the newest when it is 0."""
    rows = [one for one in reversed(page.events) if not since or one.seq <= since]
    above = [one.seq for one in page.events if since and one.seq > since]
    older = rows[PAGE].seq if len(rows) > PAGE else 0
    return Pages(_timed(page, rows, PAGE), older, above[min(PAGE, len(above)) - 1] if above else 0)


def short(page: CasePage) -> tuple[list[Told], int]:
    """The newest acts of people, and how many more there are: the machinery between them is left out."""
    rows = [one for one in reversed(page.events) if not _quiet(one)]
    return _timed(page, rows, SHORT), len(rows[SHORT:])


def _timed(page: CasePage, rows: list[Any], most: int) -> list[Told]:
    """The first of those events in words, each with the time since the one before it."""
    spans = intervals(page, rows[: most + 1])
    return [replace(one, since=spans.get(one.seq)) for one in lines(page, rows[:most])]


def lines(page: CasePage, rows: Iterable[Any]) -> list[Told]:
    """Those events in words, in their order."""
    reasons = {str(one.id): one.reason for one in page.submissions if one.reason}
    ground = _ground(page)
    return [_told(Event(row, json.loads(row.body), ground), page, reasons) for row in rows]


def _quiet(row: Any) -> bool:
    return row.kind in QUIET or (row.kind in CLOCKS and json.loads(row.body).get("clock") != "L")


def _ground(page: CasePage) -> Ground:
    buttons = {key: dict(form.outcomes) for key, form in page.forms.items()}
    pressed = {str(one.id): (one.outcome, buttons[one.form_key]) for one in page.submissions}
    case, number = page.held.case, page.held.number or ""
    return Ground(case.deployment, case.process, pressed, page.papers, case.facts.permit, number)


def standing(row: Any, substitutions: Iterable[Any]) -> str:
    """ "Plt. " or "Plh. " where an event was somebody's act in another's stead, else ""."""
    day = row.at.astimezone(WIB).date()
    kinds = (one.kind for one in substitutions if one.stood(row.by, row.role, day))
    return STANDING.get(next(kinds, ""), "")


def acting_as(row: Any, substitutions: Iterable[Any], applicant: Any) -> str:
    """The role an event was done in, in words: "Plh. Kepala Dinas", "Petugas Loket, membantu pemohon"."""
    if row.role == APPLICANT and row.by not in (None, applicant):
        return str(_("%(peran)s, membantu pemohon", peran=role_name(COUNTER)))
    return standing(row, substitutions) + role_name(row.role) if row.role else ""


def learned_later(at: datetime, recorded_at: datetime) -> bool:
    """Whether the office learned of it noticeably later than it happened."""
    return recorded_at - at > SAME_TIME


def _told(event: Event, page: CasePage, reasons: Mapping[str, str]) -> Told:
    row = event.row
    return Told(
        row.kind,
        WORDS[row.kind](event),
        page.names.get(row.by, "") if row.by else "",
        acting_as(row, page.substitutions, page.held.case.facts.applicant),
        row.at,
        row.recorded_at if learned_later(row.at, row.recorded_at) else None,
        reasons.get(event.word("submission"), "") or page.reasons.get(row.seq, ""),
        row.by is None,
        row.seq,
        row.recorded_at,
        event.word("afterwards"),
    )
