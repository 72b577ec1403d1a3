"""What changed in a case between two instants, line by line, in words: from what to what, by whom, when, and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.operations.clock_views import ClockView
from app.operations.declared_moves import declared
from app.operations.desk import CasePage
from app.operations.looking_back import Comparison
from app.web import field_history, history
from app.web.navigation import role_name
from app.web.rendering import moment, rupiah
from app.web.words import clock_words, translated

NOTHING = "–"


@dataclass(frozen=True)
class Changed:
    """`before` and `after` as they are read; `why`: the cause, where one was recorded."""

    part: str
    what: str
    before: str
    after: str
    who: str = ""
    at: datetime | None = None
    why: str = ""
    fresh: str = ""  # of a field: the answers it was first given with, where nothing stood about them before


def changed(found: Comparison) -> list[Changed]:
    """Every difference, in the order of the page."""
    return [one for part in PARTS for one in part(found.before, found.after)]


def by_part(rows: Iterable[Changed]) -> list[tuple[str, list[Changed]]]:
    """The same, gathered by part; fields that were first given together are said in one line."""
    return [(part, _shortened(inside)) for part, inside in groupby(rows, key=lambda one: one.part)]


def _shortened(rows: Iterable[Changed]) -> list[Changed]:
    found: list[Changed] = []
    for fresh, inside in groupby(rows, key=lambda one: one.fresh):
        lines = list(inside)
        said = ngettext("%(num)s isian diisi", "%(num)s isian diisi", len(lines))
        found += [replace(lines[-1], what=fresh, before=NOTHING, after=str(said), fresh="")] if fresh else lines
    return found


def _events(a: CasePage, b: CasePage) -> Iterable[Any]:
    """What was recorded after `a` and by `b`."""
    known = a.events[-1].seq if a.events else 0
    return (one for one in b.events if one.seq > known)


def _who(page: CasePage, by: Any) -> str:
    return page.names.get(by, "") if by else str(_("sistem"))


def _state(a: CasePage, b: CasePage) -> Iterator[Changed]:
    part = str(_("Keadaan"))
    if a.state_label != b.state_label:
        last = next((one for one in reversed(b.events) if one.kind == "state_changed"), None)
        told = (_who(b, last.by), last.at) if last else ("", None)
        yield Changed(part, part, translated(a.state_label), translated(b.state_label), *told)
    if a.held.number != b.held.number:
        yield Changed(part, str(_("Nomor pendaftaran")), a.held.number or NOTHING, b.held.number or NOTHING)
    if bool(a.suspended) != bool(b.suspended):
        words = {True: str(_("ditangguhkan")), False: str(_("tidak ditangguhkan"))}
        yield Changed(part, str(_("Penangguhan")), words[bool(a.suspended)], words[bool(b.suspended)])
    if a.held.case.deployment.number != b.held.case.deployment.number:
        stood, stands = (f"v{one.held.case.deployment.number}" for one in (a, b))
        yield Changed(part, str(_("Terbitan proses")), stood, stands)


def _steps(a: CasePage, b: CasePage) -> Iterator[Changed]:
    before = {one.id: one for one in a.tasks}
    ends = {
        json.loads(one.body)["task"]: one for one in _events(a, b) if one.kind in ("task_completed", "task_cancelled")
    }
    for one in b.tasks:
        old = before.get(one.id)
        if old is None or _standing(old) != _standing(one):
            end = ends.get(str(one.id))
            who, at = (_who(b, end.by), end.at) if end else (one.assignee or "", one.claimed_at or one.opened_at)
            name = translated(one.name) + (f" ({one.unit})" if one.unit else "")
            yield Changed(str(_("Langkah")), name, _standing(old) if old else NOTHING, _standing(one), who, at)


def _standing(one: Any) -> str:
    """Where a task stands, and who holds it."""
    if one.status == "done":
        return str(_("selesai"))
    if one.status == "cancelled":
        return str(_("dibatalkan"))
    return str(
        _("dipegang %(nama)s", nama=one.assignee)
        if one.assignee
        else _("menunggu %(peran)s", peran=role_name(one.role))
    )


def _clocks(a: CasePage, b: CasePage) -> Iterator[Changed]:
    part, before = str(_("Jam dan janji")), {one.id: one for one in a.clocks}
    for one in b.clocks:
        old = before.get(one.id)
        if old is None or (old.state, old.promised_at) != (one.state, one.promised_at):
            yield Changed(part, _clock_name(b, one), _reading(old), _reading(one), *_moved(a, b, one))


def _clock_name(page: CasePage, one: ClockView) -> str:
    """A clock by its name, that of a task with its step."""
    task = next((clock.task for clock in page.held.case.clocks if clock.id == one.id), "")
    step = next((translated(row.name) for row in page.tasks if str(row.id) == task), "")
    return f"{translated(one.label)}: {step}" if step else translated(one.label)


def _reading(one: ClockView | None) -> str:
    if one is None:
        return NOTHING
    date = moment(one.promised_at) if one.promised_at else str(_("tanpa tanggal"))
    return f"{date}; {clock_words(one.left)}"


def _moved(a: CasePage, b: CasePage, one: ClockView) -> tuple[str, datetime | None, str]:
    """By what a promise was moved last: the register names the cause, an event who made it."""
    known = {row.id for row in a.promises}
    rows = [row for row in b.promises if row.clock_id == one.id and row.id not in known]
    causes = "; ".join(dict.fromkeys(history.moved_because(row.because) for row in rows))
    task = next((clock.task for clock in b.held.case.clocks if clock.id == one.id), "")
    told = [row for row in _events(a, b) if row.kind in history.CLOCKS and _of_clock(row, one.name, task)]
    if rows and (not told or rows[-1].made_at > told[-1].recorded_at):
        return "", rows[-1].made_at, causes
    if told:
        return _who(b, told[-1].by), told[-1].at, causes
    # Of a clock without a register of its own only the world tells what moved it.
    moves = declared(b, one.id, a.known_at)
    said = "; ".join(dict.fromkeys(history.moved_because(f"kahar:{move.code}") for move in moves))
    return "", moves[-1].at if moves else None, causes or said


def _of_clock(row: Any, name: str, task: str) -> bool:
    body = json.loads(row.body)
    return (body.get("clock"), body.get("task", "")) == (name, task)


def _fields(a: CasePage, b: CasePage) -> Iterator[Changed]:
    before, after = field_history.values(a), field_history.values(b)
    stood = {about for about, _name in before}
    for key, one in after.items():
        old = before.get(key)
        if one.given != (old.given if old else ()):
            what, told = f"{one.label} ({one.form})", (one.who, one.at, one.step)
            fresh = "" if key[0] in stood else " ".join(filter(None, (one.form, key[0][1])))
            was = old.after if old else ""
            yield Changed(str(_("Isian")), what, was or NOTHING, one.after or NOTHING, *told, fresh)
    for row in _events(a, b):
        if row.kind == "data_repaired":
            body = json.loads(row.body)
            part, name, was, now = str(_("Data proses")), *(str(body[key]) for key in ("name", "before", "after"))
            yield Changed(part, name, was, now, _who(b, row.by), row.at, b.reasons.get(row.seq, ""))


def _documents(a: CasePage, b: CasePage) -> Iterator[Changed]:
    part, before, after = str(_("Dokumen")), {one.id: one for one in a.documents}, {one.id: one for one in b.documents}
    for id, one in after.items():
        if id not in before:
            yield Changed(part, _document(b, one), NOTHING, one.name, at=one.at)
    for id, one in before.items():
        if id not in after:
            yield Changed(part, _document(a, one), one.name, str(_("dihapus")))


def _document(page: CasePage, one: Any) -> str:
    names = {**dict(page.lists["all_requirements"]), **page.labels}
    return translated(names.get(one.requirement) or names.get(one.field) or one.name)


def _letters(a: CasePage, b: CasePage) -> Iterator[Changed]:
    part, before = str(_("Surat")), {one.id: one for one in a.letters}
    kinds = b.held.case.deployment.catalogue.letters
    for one in b.letters:
        old = before.get(one.id)
        stood, stands = _letter(old) if old else NOTHING, _letter(one)
        if stood != stands:
            title = translated(kinds[one.kind].title) if one.kind in kinds else one.kind
            at = one.signed_at if one.signed and not (old and old.signed) else one.issued_at
            yield Changed(part, title, stood, stands, at=at)


def _letter(one: Any) -> str:
    signed = _("ditandatangani") if one.signed else _("terbit")
    words = [one.number, str(signed)] + ([str(_("pindaian disimpan"))] if one.signed_sha256 else [])
    return ", ".join(filter(None, words))


def _money(a: CasePage, b: CasePage) -> Iterator[Changed]:
    part, known = str(_("Pembayaran")), {one.id for one in a.assessments}
    for one in b.assessments:
        if one.id not in known:
            what = f"{_('Ketetapan')} {one.kind} {one.number}".strip()
            yield Changed(part, what, NOTHING, rupiah(one.principal + one.interest), at=one.assessed_at)
    before, words = {one.id: one for one in a.payments}, payment_words()
    for one in b.payments:
        stood = words.get(before[one.id].status, "") if one.id in before else NOTHING
        if stood != words.get(one.status, one.status):
            what = f"{_('Pembayaran')} {one.reference} {rupiah(one.amount)}"
            yield Changed(part, what, stood, words.get(one.status, one.status), at=one.decided_at or one.arrived_at)
    asked = {one.id: one for one in a.refunds}
    for one in b.refunds:
        stood = _refund(asked.get(one.id))
        if stood != _refund(one):
            yield Changed(part, str(_("Pengembalian")), stood, _refund(one), at=one.closed_at or one.opened_at)


def _refund(one: Any) -> str:
    if one is None:
        return NOTHING
    return f"{rupiah(one.amount)}, {_('selesai') if one.closed_at else _('terbuka')}"


def payment_words() -> dict[str, str]:
    """How a payment was judged, by its code."""
    return {
        "claimed": str(_("bukti diterima")),
        "valid": str(_("sah")),
        "short": str(_("kurang bayar")),
        "invalid": str(_("tidak sah")),
        "not_found": str(_("belum ditemukan di rekening")),
        "refunded": str(_("dikembalikan")),
    }


def _messages(a: CasePage, b: CasePage) -> Iterator[Changed]:
    before = {one.id: one for one in a.messages}
    for one in reversed(b.messages):
        old = before.get(one.id)
        stood, stands = _message(old), _message(one)
        if stood != stands:
            yield Changed(
                str(_("Pesan")), one.subject, stood, stands, at=one.read_at or one.delivered_at or one.created_at
            )


def _message(one: Any) -> str:
    if one is None:
        return NOTHING
    if one.read_at:
        return str(_("dibaca"))
    return str(_("terkirim") if one.delivered_at else _("menunggu dikirim"))


def _beside(a: CasePage, b: CasePage) -> Iterator[Changed]:
    part, known = str(_("Catatan internal")), {one.id for one in a.notes}
    for one in b.notes:
        if one.id not in known:
            yield Changed(part, str(_("Catatan")), NOTHING, one.body, _who(b, one.by), one.at)
    words = {"asked": str(_("diminta")), "granted": str(_("dikabulkan")), "refused": str(_("ditolak"))}
    before = {one.id: one.status for one in a.holds}
    for one in b.holds:
        if before.get(one.id) != one.status:
            stood = words[before[one.id]] if one.id in before else NOTHING
            at = one.decided_at or one.asked_at
            yield Changed(
                str(_("Penundaan")), str(_("Permintaan penundaan")), stood, words[one.status], at=at, why=one.reason
            )


PARTS: tuple[Callable[[CasePage, CasePage], Iterator[Changed]], ...] = (
    _state,
    _steps,
    _clocks,
    _fields,
    _documents,
    _letters,
    _money,
    _messages,
    _beside,
)
