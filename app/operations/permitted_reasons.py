"""The reasons beside a verdict, each read off the rule it stands for: account, roles, absence, file, separation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.clock import WIB
from app.operations.case_guards import REOPEN, WITHDRAW
from app.operations.open_tasks import reaches
from app.store import Store
from app.store.cases import Held
from engine import access
from engine.access import Actor
from engine.case import Task
from engine.errors import Sentence

KINDS = {"definitif": "tetap", "plt": "Plt.", "plh": "Plh."}
# An act on a file -> the right of engine.access that carries it, whoever's file it is.
RIGHT = {"nik": "see_applicant", "ekspor": "export_case", "catatan": "add_note", "buka_kembali": "reopen_case"}
FOR_APPLICANT = ("cabut", "tunda")


@dataclass(frozen=True)
class Reason:
    """One line: `good` whether it lets (True), bars (False), or only tells (None)."""

    good: bool | None
    text: str


@dataclass(frozen=True)
class Asked:
    act: str
    person: Any
    actor: Actor | None  # None: the account could not act then
    held: Held | None
    task: Task | None
    at: datetime

    @property
    def day(self) -> date:
        return self.at.astimezone(WIB).date()


def reasons(store: Store, asked: Asked) -> tuple[Reason, ...]:
    """In the order in which one would ask: none bars exactly where the guard lets the person."""
    if asked.actor is None:
        return (Reason(False, "Akunnya tidak aktif pada saat itu."), *_roles(store, asked))
    return (Reason(True, "Akunnya aktif."), *_roles(store, asked), *_rules(store, asked, asked.actor))


def _rules(store: Store, asked: Asked, actor: Actor) -> Iterator[Reason]:
    if asked.held is None:
        yield _carried(store, asked.act, actor)
    elif asked.task is not None:
        yield from _task(store, asked, actor, asked.held, asked.task)
    else:
        yield from _case(store, asked, actor, asked.held)


# --- roles


def _roles(store: Store, asked: Asked) -> Iterator[Reason]:
    """Each role that was ever given to him, with its days and as what; whether he is stood in for."""
    if asked.person.kind == "applicant":
        yield Reason(None, "Akun pemohon: tanpa peran di kantor.")
        return
    given = [one for one in store.people.grants(asked.person.id) if one.recorded_at <= asked.at]
    for one in given:
        yield Reason(None, _role(store, one, asked))
    if not given:
        yield Reason(None, "Tidak memegang peran apa pun.")
    for one in store.people.grants():
        if one.stands_for == asked.person.id and _in_force(one, asked):
            yield Reason(None, _absent(store, one))


def _in_force(grant: Any, asked: Asked) -> bool:
    known = grant.recorded_at <= asked.at and (grant.revoked_at is None or grant.revoked_at > asked.at)
    return known and grant.since <= asked.day and (grant.until is None or grant.until >= asked.day)


def _role(store: Store, one: Any, asked: Asked) -> Sentence:
    unit = f" {one.unit}" if one.unit else ""
    told = {
        "role": _named(store, one.role),
        "unit": unit,
        "kind": KINDS[one.kind],
        "days": _days(one),
        "basis": one.basis,
    }
    if one.revoked_at is not None and one.revoked_at <= asked.at:
        when = one.revoked_at.astimezone(WIB).strftime("%d/%m/%Y %H.%M")
        return Sentence("Peran %(role)s%(unit)s (%(kind)s), %(days)s, sudah dicabut %(when)s.", when=when, **told)
    if _in_force(one, asked):
        return Sentence("Memegang peran %(role)s%(unit)s sebagai %(kind)s, %(days)s, menurut %(basis)s.", **told)
    return Sentence("Peran %(role)s%(unit)s (%(kind)s) tidak berlaku pada hari itu: %(days)s.", **told)


def _absent(store: Store, one: Any) -> Sentence:
    name = store.people.names({one.person_id}).get(one.person_id, "")
    told = {"role": _named(store, one.role), "name": name, "kind": KINDS[one.kind], "days": _days(one)}
    return Sentence(
        "Digantikan %(name)s sebagai %(kind)s %(role)s, %(days)s; haknya sendiri tidak hilang karenanya.", **told
    )


def _days(one: Any) -> Sentence:
    if one.until is None:
        return Sentence("sejak %(since)s", since=f"{one.since:%d/%m/%Y}")
    return Sentence("%(since)s sampai %(until)s", since=f"{one.since:%d/%m/%Y}", until=f"{one.until:%d/%m/%Y}")


def _named(store: Store, role: str) -> str:
    found = store.deployments.active().catalogue.roles.get(role)
    return found.name if found else role


def _carried(store: Store, action: str, actor: Actor) -> Reason:
    names = ", ".join(_named(store, one) for one in sorted(access.ACTIONS[action]))
    sentence = Sentence("Tindakan ini dibawa peran %(roles)s.", roles=names)
    return Reason(access.may(actor, action), sentence)


# --- a file


def _case(store: Store, asked: Asked, actor: Actor, held: Held) -> Iterator[Reason]:
    sees = access.may_see(actor, held.case)
    yield Reason(sees, "Boleh melihat berkas ini." if sees else "Kerahasiaan: tidak boleh melihat berkas ini.")
    own = actor.id == held.case.facts.applicant
    if asked.act == "nik" and own:
        yield Reason(True, "Data ini miliknya sendiri.")
    elif asked.act in RIGHT:
        yield _carried(store, RIGHT[asked.act], actor)
    elif asked.act in FOR_APPLICANT:
        yield Reason(True, "Berkas ini miliknya sendiri.") if own else _carried(store, "withdraw_for_applicant", actor)
        yield _moving(held)
    if asked.act == "tunda":
        yield _running(held)
    if waited := {"cabut": WITHDRAW, "buka_kembali": REOPEN}.get(asked.act):
        waits = waited in held.case.waiting
        yield Reason(
            waits, "Alur berkas menunggu tindakan ini." if waits else "Alur berkas tidak menunggu tindakan ini."
        )


def _running(held: Held) -> Reason:
    clock = held.case.clock("L")
    runs = clock is not None and clock.running
    return Reason(runs, "Jam layanannya berjalan." if runs else "Jam layanannya tidak sedang berjalan.")


def _moving(held: Held) -> Reason:
    if held.case.suspended:
        return Reason(False, "Berkas sedang ditangguhkan.")
    return Reason(True, "Berkas tidak sedang ditangguhkan.")


# --- a task


def _task(store: Store, asked: Asked, actor: Actor, held: Held, task: Task) -> Iterator[Reason]:
    seen = reaches(actor, held.case)
    yield Reason(seen, "Boleh melihat berkas ini." if seen else "Kerahasiaan: tidak boleh melihat berkas ini.")
    if asked.act == "lepas":
        yield _releases(store, actor, task)
        return
    if asked.act == "alihkan":
        yield _gives(store, actor, task)
        return
    if asked.act == "tanya_pemohon" and task.role == access.APPLICANT:
        yield Reason(False, "Tugas ini milik pemohon; ia tidak ditanya dari tugasnya sendiri.")
    if asked.act == "kerjakan":
        yield _moving(held)
    yield from _owned(store, actor, held, task)
    yield _free(store, asked, actor, task)
    if waits := access.waits_for(task, held.case):
        yield Reason(None, Sentence("%(told)s.", told=waits))


def _releases(store: Store, actor: Actor, task: Task) -> Reason:
    if task.assignee in (None, actor.id):
        return Reason(True, "Tugas ini tidak dipegang orang lain.")
    found = _carried(store, "reassign", actor)
    return Reason(
        found.good, Sentence("Tugas ini dipegang %(name)s. %(rule)s", name=_holder(store, task), rule=found.text)
    )


def _gives(store: Store, actor: Actor, task: Task) -> Reason:
    """Whose task it is to give: its holder's own, anybody's for a superior."""
    if task.assignee == actor.id and actor.kind == "official":
        return Reason(True, "Ia memegang tugas ini.")
    found = _carried(store, "reassign", actor)
    holder = _holder(store, task) or "kelompok"
    return Reason(found.good, Sentence("Tugas ini dipegang %(name)s. %(rule)s", name=holder, rule=found.text))


def _owned(store: Store, actor: Actor, held: Held, task: Task) -> Iterator[Reason]:
    """Whose task it is: the applicant's, or a role's, kept apart from other steps."""
    own = actor.id == held.case.facts.applicant
    if task.role == access.APPLICANT:
        if own:
            yield Reason(True, "Berkas ini miliknya sendiri.")
        else:
            yield _carried(store, "file_for_applicant", actor)
        return
    if own:
        yield Reason(False, "Berkas ini permohonannya sendiri.")
    told = {"role": _named(store, task.role), "unit": f" {task.unit}" if task.unit else ""}
    yield Reason(actor.holds(task.role, task.unit), Sentence("Tugas ini untuk peran %(role)s%(unit)s.", **told))
    if task.named:
        yield Reason(str(actor.id) in task.named, "Hanya untuk anggota yang tertulis pada Surat Tugas.")
    yield from _apart(store, actor, held, task)


def _apart(store: Store, actor: Actor, held: Held, task: Task) -> Iterator[Reason]:
    """Who did which step that this task is kept apart from."""
    done = [one for one in held.case.done if one.element in access.kept_apart(task)]
    elements = held.case.deployment.definition.elements
    names = store.people.names({one.by for one in done})
    for one in done:
        step = elements[one.element].name if one.element in elements else one.element
        when = one.at.astimezone(WIB).strftime("%d/%m/%Y %H.%M")
        told = {"step": step, "name": names.get(one.by, ""), "when": when}
        sentence = Sentence(
            "Pemisahan tugas: %(step)s dikerjakan %(name)s pada %(when)s; pengerja tugas ini harus orang lain.", **told
        )
        yield Reason(one.by != actor.id, sentence)
    if not done:
        yield Reason(True, "Pemisahan tugas: belum ada langkah berkas ini yang harus dipisahkan dari tugas ini.")


def _free(store: Store, asked: Asked, actor: Actor, task: Task) -> Reason:
    mine = task.assignee == actor.id
    if asked.act == "tanya_pemohon":
        return Reason(mine, "Ia memegang tugas ini." if mine else "Ia belum mengambil tugas ini.")
    if task.assignee is None or mine:
        return Reason(True, "Tugas ini tidak dipegang orang lain.")
    return Reason(False, Sentence("Tugas ini dipegang %(name)s.", name=_holder(store, task)))


def _holder(store: Store, task: Task) -> str:
    return store.people.names({task.assignee}).get(task.assignee, "") if task.assignee else ""
