"""Boleh atau tidak: why a person may, or may not, do something, now or at an instant.

The verdict is what the guard of the operation itself says when it is asked (ACTS holds these guards, `engine.access`
the rights); the reasons beside it are read off the same rules one by one.  Asking changes nothing and is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, asking, case_guards, people, personal, tasks
from app.operations.case_then import at_instant
from app.operations.open_tasks import reaches
from app.operations.permitted_reasons import Asked, Reason, reasons
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from app.store.ids import uuid7
from engine import access
from engine import case as engine
from engine.access import Actor
from engine.case import Task
from engine.errors import EngineError, NotAllowed, NotFound, SubmissionInvalid

MOST = 20
NOBODY = "Akun ini tidak aktif pada saat itu."
Guard = Callable[[Store, Actor, Held, "Task | None", datetime], object]


def _sees(store: Store, who: Actor, held: Held, task: Task | None, at: datetime) -> None:
    if not access.may_see(who, held.case):
        raise NotFound("Berkas tidak ditemukan.")


def _seeing(guard: Callable[[Actor, Held], object]) -> Guard:
    """A guard of an act on a file that one must see first."""

    def guarded(store: Store, who: Actor, held: Held, task: Task | None, at: datetime) -> None:
        _sees(store, who, held, task, at)
        guard(who, held)

    return guarded


def _reaching(guard: Callable[[Store, Actor, Held, Task, datetime], object]) -> Guard:
    """A guard of an act on an open task."""

    def guarded(store: Store, who: Actor, held: Held, task: Task | None, at: datetime) -> None:
        if task is None or not reaches(who, held.case):
            raise NotFound("Tugas tidak ditemukan.")
        guard(store, who, held, task, at)

    return guarded


def _releasing(store: Store, who: Actor, held: Held, task: Task, at: datetime) -> None:
    if task.assignee is not None:  # what nobody holds stays with its group, whoever puts it there
        engine.release_task(held.case, task.id, who, at)


# On an open task, and on a file: what the operations ask before they do it.
OF_TASK: Mapping[str, Guard] = {
    "kerjakan": _reaching(lambda store, who, held, task, at: tasks.require_working(store, who, task, held.case)),
    "tidak_ambil": _reaching(lambda store, who, held, task, at: engine.decline_task(held.case, task.id, who, at)),
    "lepas": _reaching(_releasing),
    "alihkan": _reaching(lambda store, who, held, task, at: access.require_handing_on(who, task)),
    "tanya_pemohon": _reaching(lambda store, who, held, task, at: asking.require_asking(store, who, task, held.case)),
}
OF_CASE: Mapping[str, Guard] = {
    "lihat": _sees,
    "nik": _seeing(lambda who, held: people.require_nik(held, who)),
    "ekspor": _seeing(lambda who, held: access.require(who, "export_case")),
    "catatan": _seeing(lambda who, held: access.require(who, "add_note")),
    "cabut": _seeing(lambda who, held: case_guards.require_withdrawing(held, who)),
    "tunda": _seeing(lambda who, held: case_guards.require_asking_hold(held, who)),
    "buka_kembali": _seeing(lambda who, held: case_guards.require_reopening(held, who)),
}
NOW_ONLY = frozenset({"cabut", "tunda", "buka_kembali"})  # these hang on where the process stands, which is known now
ACTS = (*OF_TASK, *OF_CASE, *access.ACTIONS)


@dataclass(frozen=True)
class Wanted:
    """Who (an id, or part of a name), what (one of ACTS), on which file or task, when (None: now)."""

    person: str = ""
    act: str = ""
    case: str = ""
    task: UUID | None = None
    instant: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """`refusal`: what the guard says to the person; "" where it lets him."""

    refusal: str
    reasons: tuple[Reason, ...]
    task: Task | None = None

    @property
    def allowed(self) -> bool:
        return not self.refusal


@dataclass(frozen=True)
class Answer:
    """`choices`: people whose names match where more than one does; no verdict where there is no open task."""

    officials: tuple[str, ...]
    all: bool  # whether the reader may ask about anybody, or about himself only
    person: Any = None
    choices: tuple[Any, ...] = ()
    case_id: UUID | None = None
    number: str = ""
    instant: datetime | None = None
    verdicts: tuple[Verdict, ...] = ()


@retried
def form(by: UUID, at: datetime) -> Answer:
    """Nothing answered yet.  Raises NotFound for applicants."""
    with transaction() as store:
        return _blank(store, _official(store, by, at))


@retried
def answer(wanted: Wanted, by: UUID, at: datetime, address: str = "") -> Answer:
    """Whether somebody may do something, and each reason; recorded.

    Supervisors ask about anybody, others about themselves.  Raises NotFound for applicants, SubmissionInvalid at
    `siapa`, `tindakan`, `berkas`, `saat`.
    """
    with transaction() as store:
        who = _official(store, by, at)
        blank = _blank(store, who)
        errors: dict[str, str] = {}
        person, choices = _person(store, wanted, who, errors)
        held = _file(store, wanted, who, errors)
        if wanted.act not in ACTS:
            errors["tindakan"] = "Pilih salah satu dari daftar"
        if wanted.instant and wanted.instant > at:
            errors["saat"] = "Saat ini atau sebelumnya"
        if wanted.instant and wanted.act in NOW_ONLY:
            errors["saat"] = "Tindakan ini bergantung pada posisi berkas; kosongkan untuk saat ini"
        if errors:
            raise SubmissionInvalid(errors)
        if person is None:
            return replace(blank, choices=choices)
        _recorded(store, wanted, person, held, who, at, address)
        number = (held.number or held.tracking_code) if held else ""
        verdicts = _verdicts(store, wanted, person, held, at)
        shown = {"person": person, "case_id": held.id if held else None, "number": number, "instant": wanted.instant}
        return replace(blank, verdicts=verdicts, **shown)


def _official(store: Store, by: UUID, at: datetime) -> Actor:
    who = acting.actor(store, by, at)
    if who.kind != "official":
        raise NotFound("Halaman tidak ditemukan.")
    return who


def _blank(store: Store, who: Actor) -> Answer:
    everybody = access.may(who, "see_ledger")
    names = tuple(one.name for one in store.people.officials()) if everybody else (who.name,)
    return Answer(names, everybody)


def _person(store: Store, wanted: Wanted, who: Actor, errors: dict[str, str]) -> tuple[Any, tuple[Any, ...]]:
    if not access.may(who, "see_ledger"):
        return store.people.row(who.id), ()
    id = _uuid(wanted.person)
    if id and (found := store.people.row(id)):
        return found, ()
    matching = store.people.named(wanted.person, MOST) if len(wanted.person) > 1 else ()
    exact = [one for one in matching if one.name == wanted.person]
    if not matching:
        errors["siapa"] = "Tulis nama orang yang dikenal kantor, atau sebagiannya"
    one = exact if len(exact) == 1 else matching
    return (store.people.row(one[0].id), ()) if len(one) == 1 else (None, matching)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _file(store: Store, wanted: Wanted, who: Actor, errors: dict[str, str]) -> Held | None:
    """The file the question is about; a reader who is no supervisor asks about files he may see only."""
    if wanted.act in access.ACTIONS:
        return None
    row = store.cases.task_row(wanted.task) if wanted.task else None
    written = wanted.case.replace("-", "").upper()
    id = row.case_id if row else store.cases.named(wanted.case, _uuid(wanted.case)) or store.cases.by_tracking(written)
    held = store.cases.see(id) if id else None
    if held is None or not reaches(who, held.case):
        errors["berkas"] = "Tidak ada berkas dengan nomor pendaftaran atau kode lacak ini"
    return held


def _recorded(
    store: Store, wanted: Wanted, person: Any, held: Held | None, who: Actor, at: datetime, address: str
) -> None:
    when = f"; per {wanted.instant.astimezone(WIB):%d/%m/%Y %H.%M}" if wanted.instant else ""
    values = {"what": personal.RIGHTS, "subject_id": person.id, "case_id": held.id if held else None}
    why = f"siapa {person.name}; tindakan {wanted.act}{when}"[:400]
    store.people.log_access(uuid7(), at, person_id=who.id, why=why, address=address, **values)


def _verdicts(store: Store, wanted: Wanted, person: Any, held: Held | None, at: datetime) -> tuple[Verdict, ...]:
    instant = wanted.instant or at
    actor = actor_at(store, person.id, at, wanted.instant)
    if held is not None and wanted.instant:
        held = replace(held, case=at_instant(store, held, instant))
    about: tuple[Task | None, ...] = (None,)
    if held is not None and wanted.act in OF_TASK:
        about = tuple(one for one in held.case.tasks if wanted.task is None or one.id == str(wanted.task))
    return tuple(_verdict(store, wanted.act, person, actor, held, task, instant) for task in about)


def actor_at(store: Store, person: UUID, at: datetime, instant: datetime | None) -> Actor | None:
    """The person as he acts now by the operations' own rule, or could act at an earlier instant; None: not at all."""
    if instant is not None:
        return store.people.actor_then(person, instant.astimezone(WIB).date(), instant)
    try:
        return acting.actor(store, person, at)
    except NotAllowed:
        return None


def _verdict(
    store: Store, act: str, person: Any, actor: Actor | None, held: Held | None, task: Task | None, at: datetime
) -> Verdict:
    why = reasons(store, Asked(act, person, actor, held, task, at))
    return Verdict(refusal(store, act, actor, held, task, at), why, task)


def refusal(store: Store, act: str, actor: Actor | None, held: Held | None, task: Task | None, at: datetime) -> str:
    """What the guard of the act says to the person, "" where it lets him."""
    if actor is None:
        return NOBODY
    try:
        if held is None:
            access.require(actor, act)
        else:
            (OF_TASK.get(act) or OF_CASE[act])(store, actor, held, task, at)
    except EngineError as refused:
        return str(refused)
    return ""
