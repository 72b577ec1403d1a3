"""Play: a draft's processes carried by the real engine, kept as scenarios.

Its pages hang under the studio.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.clock import WIB
from app.operations import draft_files, draft_playing
from app.operations.case_diagram import elements_now
from app.operations.draft_playing import Table
from app.web import play_again
from app.web.admin import word
from app.web.errors import told
from app.web.event_words import message_word
from app.web.fields import Filling, parts
from app.web.parts import instant, typed
from app.web.play_again import Rest
from app.web.play_state import Play, packed, unpacked
from app.web.play_words import Words
from app.web.rendering import typed_moment
from app.web.session import official_required, person
from app.web.studio import Page, me, studio
from app.web.words import english, translated
from engine import access, notices, reserved
from engine.case import Task
from engine.effects import IssueLetter, Notify
from engine.errors import DefinitionInvalid, Refused, SubmissionInvalid
from engine.playing import Move, Start

TOO_LONG = lazy_gettext("Permainan ini terlalu panjang untuk dilanjutkan; simpan sebagai skenario.")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@studio.get("/studio/<uuid:plan_id>/main")
@official_required
def main(plan_id: UUID) -> Page:
    """Where a play begins, or as the address says it stands."""
    found = unpacked(request.args.get("p", ""))
    if found is not None:
        rest, act = play_again.carried(), request.args.get("lanjut")
        return _gone_on(plan_id, found, rest, act == "lewati") if rest and act else _table(plan_id, found)
    unread = _("Permainan ini tidak dapat dibaca; mulai lagi.") if request.args.get("p") else ""
    return begin(plan_id, {}, 200, unread)


def begin(id: UUID, errors: Mapping[str, str], status: int, said: str = "") -> tuple[str, int]:
    """The page on which a play is begun: faults by field, the status, why something was not done."""
    stage = draft_playing.stage(id, me(), g.at)
    now = typed_moment(g.at)
    page = render_template(
        "studio/mulai_main.html", t=stage, salah=errors, isi=request.form, kini_tulis=now, kabar=said
    )
    return page, status


def _gone_on(id: UUID, play: Play, rest: Rest, skipping: bool) -> Page:
    """What is left of a scenario played as far as it goes, its next move left out where that is asked."""
    (start, moves), ahead = play, rest.moves[1:] if skipping else rest.moves
    try:
        found = draft_playing.table(id, start, (*moves, *ahead), me(), g.at)
    except (Refused, DefinitionInvalid) as fault:
        return begin(id, {}, 409, told(fault))
    made = max(0, found.made - len(moves))
    address = packed(start, (*moves, *ahead[:made]))
    if not address:
        return _table(id, play, None, 409, str(TOO_LONG))
    left = replace(rest, moves=ahead[made:])
    return redirect(url_for("studio.main", plan_id=id, p=address, **left.query()), 303)


@studio.post("/studio/<uuid:plan_id>/main")
@official_required
def mulai_main(plan_id: UUID) -> Page:
    try:
        at = _possible("saat", instant("saat", _("Saat mulai"))) or g.at
    except SubmissionInvalid as invalid:
        return begin(plan_id, invalid.errors, 422)
    chosen = {
        "kind": word("jenis") or "baru",
        "category": word("kategori") or "perorangan",
        "channel": word("kanal") or "daring",
    }
    start = Start(word("izin"), at, word("proses"), **chosen)
    try:
        draft_playing.table(plan_id, start, (), me(), g.at)
    except (Refused, DefinitionInvalid) as fault:
        return begin(plan_id, {}, 409, told(fault))
    return redirect(url_for("studio.main", plan_id=plan_id, p=packed(start, ())), 303)


def _table(
    id: UUID, play: Play, errors: Mapping[str, str] | None = None, status: int = 200, said: str = ""
) -> tuple[str, int]:
    start, moves = play
    try:
        found = draft_playing.table(id, start, moves, me(), g.at)
    except (Refused, DefinitionInvalid) as fault:
        return begin(id, {}, 409, told(fault))
    rest, words = play_again.carried(), Words(found.release)
    page = render_template(
        "studio/main.html",
        t=found,
        p=packed(start, moves),
        mulai=start,
        langkah=[(one, packed(start, moves[:number])) for number, one in enumerate(moves)],
        bernama=lambda one: named(one, found.played.case.tasks),
        anggota=lambda one: words.member(one.unit, _number(one, found.played.case.tasks)),
        anggota_langkah=lambda one: words.member(one.unit, one.which + 1 if one.which else 0),
        nama_unsur=words.element,
        nama_putusan=words.outcome,
        nama_pesan=message_word,
        tugas=_chosen(found, start, errors or {}),
        diagram=elements_now(found.played.case, found.played.passed),
        surat=[(at, one.letter) for at, one in found.played.effects if isinstance(one, IssueLetter)],
        pesan=[(at, _subject(found, start, one, at)) for at, one in found.played.effects if isinstance(one, Notify)],
        salah=errors or {},
        isi=_kept_as(rest) if rest and not errors else request.form,
        sisa=rest,
        bawa=rest.query() if rest else {},
        boleh=found.row.status == "open" and access.may(person().actor, "deploy"),
        kabar=said or translated(found.told),
    )
    return page, status


def _number(task: Task, tasks: Sequence[Task]) -> int:
    """The number that tells it from others; 0 where none is needed."""
    return which(task, tasks) + 1 if len(same(task, tasks)) > 1 else 0


def _subject(found: Table, start: Start, one: Notify, at: datetime) -> str:
    """What a message would be headed, for a file that might be."""
    return notices.played(found.release.catalogue, one.notice, start.permit, at.astimezone(WIB).date(), english())


def _kept_as(rest: Rest) -> dict[str, str]:
    """What the form offers for keeping a scenario that was opened: its own name and title, in its place."""
    return {"nama_skenario": rest.name, "judul_skenario": rest.title, "ganti": "ya"}


def named(task: Task, tasks: Sequence[Task]) -> str:
    """An open task in a play: its ids are other ones whenever it is played anew."""
    return f"{task.element} {task.unit} {which(task, tasks)}"


def which(task: Task, tasks: Sequence[Task]) -> int:
    """How many tasks of the same step and member stand before it."""
    return same(task, tasks).index(task)


def same(task: Task, tasks: Sequence[Task]) -> list[Task]:
    """The open tasks that no word tells apart: rounds of one step whose members have none."""
    return [one for one in tasks if (one.element, one.unit) == (task.element, task.unit)]


def _chosen(found: Table, start: Start, errors: Mapping[str, str]) -> dict[str, Any] | None:
    """The open task that is looked at, with its form: the first, or the one of the address."""
    tasks = found.played.case.tasks
    if not tasks:
        return None
    task = next((one for one in tasks if named(one, tasks) == request.values.get("tugas")), tasks[0])
    form = draft_playing.form_of(found.release, task, start)
    raw = typed() if errors else draft_playing.filled(form, found.release, start, found.played.now)
    drawn = parts(Filling(form, raw, draft_playing.lists_of(found.release), {}, errors))
    return {"task": task, "form": form, "bagian": drawn}


@studio.post("/studio/<uuid:plan_id>/main/langkah")
@official_required
def langkah(plan_id: UUID) -> Page:
    """One move further: a task done, a message, the time that passes."""
    play = unpacked(request.form.get("p", ""))
    if play is None:
        return begin(plan_id, {}, 422, _("Permainan ini tidak dapat dibaca; mulai lagi."))
    start, moves = play
    try:
        move = _move(plan_id, play)
        found = draft_playing.table(plan_id, start, (*moves, move), me(), g.at)
    except SubmissionInvalid as invalid:
        return _table(plan_id, play, invalid.errors, 422)
    except (Refused, DefinitionInvalid) as fault:
        return _table(plan_id, play, None, 409, told(fault))
    if found.told:
        return _table(plan_id, play, None, 409, translated(found.told))
    address = packed(start, (*moves, move))
    if not address:
        return _table(plan_id, play, None, 409, str(TOO_LONG))
    rest = play_again.carried()
    more = rest.after(move).query() if rest else {}
    return redirect(url_for("studio.main", plan_id=plan_id, p=address, **more), 303)


def _move(id: UUID, play: Play) -> Move:
    act, _colon, name = request.form.get("aksi", "").partition(":")
    at = _possible("pada", instant("pada", _("Saat langkah ini")))
    if act == "lewat":
        return Move("lapse")
    if act == "tunggu":
        return Move("wait", at=_needed(at))
    if act == "terima":
        return Move("receive", name[:100], values=_payload(), at=at)
    return _done(id, play, name, at)


def _possible(field: str, at: datetime | None) -> datetime | None:
    """A play's time lies where calendars can be; raises SubmissionInvalid at the field."""
    if at is not None and not FIRST_YEAR < at.year < LAST_YEAR:
        raise SubmissionInvalid({field: _("Waktu permainan terletak antara tahun 2001 dan 2099")})
    return at


def _needed(at: datetime | None) -> datetime:
    if at is None:
        raise SubmissionInvalid({"pada": _("Tulis sampai kapan waktu dimajukan")})
    return at


def _payload() -> dict[str, Any]:
    """What the office's own messages carry: whether it was paid before, and since when."""
    return {"sudah_bayar": request.form.get("sudah_bayar") == "ya", "pada": ""}


def _done(id: UUID, play: Play, outcome: str, at: datetime | None) -> Move:
    start, moves = play
    found = draft_playing.table(id, start, moves, me(), g.at)
    tasks = found.played.case.tasks
    task = next((one for one in tasks if named(one, tasks) == request.form.get(reserved.PLAYED)), None)
    if task is None:
        raise Refused("Tugas ini tidak sedang terbuka.")
    # Reasons and papers are not asked in a play: they decide nothing.
    form = replace(draft_playing.form_of(found.release, task, start), reasons=frozenset())
    values = draft_playing.answered(form, found.release, typed(), outcome)
    return Move("do", task.element, task.unit, outcome, dict(values), at, which(task, tasks))


@studio.post("/studio/<uuid:plan_id>/main/simpan")
@official_required
def simpan_skenario(plan_id: UUID) -> Page:
    play = unpacked(request.form.get("p", ""))
    try:
        draft_files.changeable(plan_id, me(), g.at)
        if play is None:
            return begin(plan_id, {}, 422, _("Permainan ini tidak dapat dibaca; mulai lagi."))
        draft_playing.keep(
            plan_id,
            word("nama_skenario"),
            word("judul_skenario", 400),
            *play,
            me(),
            g.at,
            bool(request.form.get("ganti")),
        )
    except SubmissionInvalid as invalid:
        return begin(plan_id, {}, 422) if play is None else _table(plan_id, play, invalid.errors, 422)
    except (Refused, DefinitionInvalid) as fault:
        return begin(plan_id, {}, 409, told(fault)) if play is None else _table(plan_id, play, None, 409, told(fault))
    flash(_("Skenario disimpan; setiap pemeriksaan memainkannya lagi."))
    return redirect(url_for("studio.skenario", plan_id=plan_id), 303)
