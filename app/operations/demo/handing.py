"""The demonstration's disposisi: one open with a day, one done, and a question to a colleague that waits (contoh)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.operations import dispositions
from app.operations.dispositions import INSTRUCTION, QUESTION, Given
from app.store import transaction

if TYPE_CHECKING:
    from app.operations.demo.desk import Desk
    from app.operations.demo.loading import Agenda

CHECK = "Cocokkan alamat lokasi dengan berkas lama sebelum diparaf (contoh)."
CALL = "Hubungi pemohon bila surat RT belum jelas, lalu kabarkan kepada saya (contoh)."
CALLED = "Sudah ditelepon; surat RT dibawa ke loket hari ini (contoh)."
ASKED = "Apakah gambar denahnya sudah yang terakhir? (contoh)"


def plan(agenda: Agenda, desk: Desk, end: datetime) -> None:
    """Yesterday's and the day before's, about the newest files that are still under way."""
    people, due = desk.accounts, (end + timedelta(days=1)).date()
    open_one = Given(INSTRUCTION, CHECK, people["verifikator"], due)
    done_one = Given(INSTRUCTION, CALL, people["loket"])
    question = Given(QUESTION, ASKED, people["kasi"])
    first = end - timedelta(days=2) + timedelta(hours=9)
    for place, (given, by) in enumerate(((done_one, "kabid"), (open_one, "kasi"), (question, "pengolahan"))):
        made: list[UUID] = []
        agenda.put(first + timedelta(hours=7 * place), partial(_give, desk, made, place, given, people[by]))
        if given is done_one:
            agenda.put(first + timedelta(hours=2), partial(_answer, made, people["loket"]))


def _give(desk: Desk, made: list[UUID], place: int, given: Given, by: UUID, at: datetime) -> None:
    files = _under_way(desk)
    if files:  # nothing was opened yet in a short history
        made.append(dispositions.give(files[place % len(files)], given, by, at))


def _answer(made: list[UUID], by: UUID, at: datetime) -> None:
    for one in made:
        dispositions.answer(one, CALLED, by, at)


def _under_way(desk: Desk) -> list[UUID]:
    """The newest numbered files that are not closed, three at most."""
    found: list[UUID] = []
    with transaction() as store:
        for id in reversed(desk.opened):
            held = store.cases.see(id)
            if held is not None and held.number and not held.case.closed:
                found.append(id)
            if len(found) == 3:
                break
    return found
