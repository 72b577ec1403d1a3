"""Who may do what: every permission and every separation of duties, for every path.

Asked by the operations, never by pages alone.  A refusal says why, so that
"why may this person not do this?" has an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from engine import reasons
from engine.errors import NotAllowed, Refused, TaskTaken

if TYPE_CHECKING:
    from engine.case import Case, Task

APPLICANT = "PM"
COUNTER = "FO"

CALCULATING = frozenset({"hitung_retribusi", "hitung_ulang"})
VERIFYING = frozenset({"verifikasi_keabsahan"})
TREASURY = frozenset({"sampaikan_skrd", "teguran", "strd", "validasi_bayar", "konfirmasi_bank", "proses_pengembalian"})

# Doers of these earlier steps may not do this one (domain 2.2 a-c, ruling 45).  The diagram may add
# more with `notSameAs`, never take away.  The treasurer is neither calculator nor verifier of the
# file, whichever of these he was first.
SEPARATION: Mapping[str, frozenset[str]] = {
    "cek_retribusi": CALCULATING,
    "paraf_skrd": CALCULATING,
    "terbit_skrd": CALCULATING,
    "hitung_retribusi": VERIFYING | TREASURY,
    "hitung_ulang": VERIFYING | TREASURY,
    "verifikasi_keabsahan": TREASURY,
    **dict.fromkeys(TREASURY, CALCULATING | VERIFYING),
    "konfirmasi_bank": CALCULATING | VERIFYING | {"bayar"},
    "validasi_bayar": CALCULATING | VERIFYING | {"bayar", "cek_retribusi"},
    "tanda_tangan": frozenset({"periksa_kelengkapan", "verifikasi_keabsahan", "susun_naskah"}),
    "tanda_tangan_penolakan": frozenset({"periksa_kelengkapan", "verifikasi_keabsahan"}),
}

# Where a proof of payment is being judged, and what waits for the verdict.
PROVING = frozenset({"validasi_bayar", "konfirmasi_bank"})
DUNNING = frozenset({"teguran", "strd"})

# What a role may do besides its tasks: action -> roles.
ACTIONS: Mapping[str, frozenset[str]] = {
    "see_any_case": frozenset({"FO", "CS", "VB", "KS", "PP", "PR", "BP", "KB", "SD", "KD", "TU", "PS", "AR", "SV"}),
    "see_applicant": frozenset({"FO", "CS", "VB", "KS", "KB", "KD", "PS", "BP"}),
    "file_for_applicant": frozenset({"FO"}),
    "withdraw_for_applicant": frozenset({"FO"}),
    "tell_messages": frozenset({"FO"}),
    "reassign": frozenset({"KS", "KB", "KD"}),
    "grant_hold": frozenset({"KS"}),
    "propose_extension": frozenset({"KS", "KB"}),
    "answer_limit_risk": frozenset({"KB", "KD"}),
    "propose_clock_policy": frozenset({"AS", "AP", "KB"}),
    "adopt_clock_policy": frozenset({"KD"}),
    "reopen_case": frozenset({"KB"}),
    "propose_force_majeure": frozenset({"KB", "SD", "KS"}),
    "declare_force_majeure": frozenset({"KD"}),
    "comment_force_majeure": frozenset({"SV"}),
    "close_force_majeure": frozenset({"KB", "SD", "KS", "KD"}),
    "record_disturbance": frozenset({"KB", "SD", "KS", "AS"}),
    "see_outages": frozenset({"SV", "KB", "KD", "SD", "KS", "AS"}),
    "propose_calendar": frozenset({"AS", "AP", "KB"}),
    "adopt_calendar": frozenset({"KD"}),
    "see_board": frozenset({"SV", "KB", "KD", "SD", "KS"}),
    "see_reports": frozenset({"SV", "KB", "KD", "SD", "KS", "TU"}),
    "draft_report": frozenset({"KS", "KB", "SD"}),
    "check_report": frozenset({"SD", "KB"}),
    "sign_report": frozenset({"KD"}),
    "send_report": frozenset({"SD", "TU"}),
    "see_payments": frozenset({"BP", "SV", "KD"}),
    "enter_bank_line": frozenset({"BP"}),
    "export_case": frozenset({"SV", "KB", "KD"}),
    "see_ledger": frozenset({"SV", "KD"}),
    "sample_cases": frozenset({"SV"}),
    "record_finding": frozenset({"SV"}),
    "manage_people": frozenset({"AS"}),
    "manage_settings": frozenset({"AS"}),
    "see_settings": frozenset({"AS", "AP", "SV", "KB", "KD"}),
    "see_deployments": frozenset({"AP", "AS", "SV", "KB", "KD"}),
    "deploy": frozenset({"AP"}),
    "migrate_cases": frozenset({"AP"}),
    "recall_step": frozenset({"AP"}),
    "move_token": frozenset({"AP"}),
    "suspend_cases": frozenset({"AP"}),
    "repair_cases": frozenset({"AS"}),
    "see_messages": frozenset({"AS", "SV", "FO", "CS"}),
    "see_incidents": frozenset({"AP", "AS", "SV"}),
    "retry_incident": frozenset({"AP", "AS"}),
    "give_disposition": frozenset({"KD", "SD", "KB", "KS"}),
    "ask_colleague": frozenset(
        {"FO", "CS", "VB", "KS", "PP", "PR", "BP", "KB", "SD", "KD", "TU", "PS", "AR", "TT", "KT"}
    ),
    "add_note": frozenset({"FO", "CS", "VB", "KS", "PP", "PR", "BP", "KB", "SD", "KD", "TU", "PS", "AR"}),
}


SUPERIORS = ("KD", "SD", "KB", "KS")  # from the head of the office down (domain 2.2)
# Those of the office who are handed files: neither the supervisor, who only reads, nor members of other agencies.
STAFF = ACTIONS["see_any_case"] - {"SV"}


STANDING = {"plt": "Plt. ", "plh": "Plh. "}  # before the office of whoever stands in for another


@dataclass(frozen=True)
class Grant:
    """A role a person holds: its legal basis (SK), unit and days; kind plt/plh stands in for someone."""

    role: str
    unit: str = ""
    kind: str = "definitif"  # "definitif" | "plt" | "plh"
    since: date = date.min
    until: date | None = None
    basis: str = ""

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Actor:
    """Who acts: an official with the grants valid today, or an applicant."""

    id: UUID
    name: str
    kind: str = "official"  # "official" | "applicant"
    grants: tuple[Grant, ...] = field(default=())

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(one.role for one in self.grants)

    def holds(self, role: str, unit: str = "") -> bool:
        return any(one.role == role and (not unit or not one.unit or one.unit == unit) for one in self.grants)


def may(actor: Actor, action: str) -> bool:
    """Whether one of the actor's roles carries the action (no case involved)."""
    return bool(actor.roles & ACTIONS[action])


def rank(actor: Actor) -> int:
    """How near the head of the office somebody stands: 0 is the head, one more than the last superior all others."""
    return min((SUPERIORS.index(one) for one in actor.roles if one in SUPERIORS), default=len(SUPERIORS))


def barred_as_addressee(actor: Actor, other: Actor, case: Case, instructed: bool) -> str:
    """The sentence why nothing about this case can be put to somebody, "" when it can.

    `instructed`: an instruction, which goes down to a subordinate only; else a question among colleagues.
    """
    if other.id == actor.id or other.kind != "official" or other.id == case.facts.applicant:
        return "Pilih rekan yang bukan Anda sendiri dan bukan pemohon berkas ini."
    if not may_see(other, case) or not may(other, "ask_colleague"):
        return "Pegawai ini tidak boleh melihat atau menangani berkas ini."
    if instructed and not (other.roles & STAFF and rank(actor) < rank(other)):
        return "Disposisi diberikan kepada bawahan."
    return ""


def require(actor: Actor, action: str) -> None:
    """Raise NotAllowed unless `may`."""
    if not may(actor, action):
        raise NotAllowed("Peran Anda tidak mencakup tindakan ini.", about=action)


def may_see(actor: Actor, case: Case) -> bool:
    """An applicant sees own cases; an agency its assignments; officials of the office all.

    Who may take an open task of a case may see it.
    """
    if actor.kind == "applicant":
        return actor.id == case.facts.applicant
    if may(actor, "see_any_case"):
        return True
    if any(actor.holds(one.role, one.unit) for one in case.tasks if one.role != APPLICANT):
        return True
    units = {one.unit for one in actor.grants if one.role in ("TT", "KT")}
    return bool(units & {spell.unit for spell in case.spells})


def barred_from(actor: Actor, task: Task, case: Case) -> str:
    """The sentence why this actor may not take this task, "" when he may (claimed or not)."""
    if task.role == APPLICANT:
        return _barred_as_applicant(actor, case)
    if actor.id == case.facts.applicant:
        return "Anda tidak boleh menangani permohonan Anda sendiri."
    if not actor.holds(task.role, task.unit):
        return "Tugas ini untuk peran atau unit lain."
    if task.named and str(actor.id) not in task.named:
        return "Tinjauan ini hanya untuk anggota yang tertulis pada Surat Tugas."
    return _barred_by_separation(actor, task, case)


def barred_as_substitute(actor: Actor, task: Task, case: Case) -> str:
    """The same for somebody whom a superior would name in the place of those named so far."""
    return barred_from(actor, task.naming(actor.id), case)


def require_handing_on(actor: Actor, task: Task) -> None:
    """Who holds a task gives it to a colleague; a superior anybody's.  Raises NotAllowed."""
    if task.assignee != actor.id or actor.kind != "official":
        require(actor, "reassign")


def barred_as_receiver(actor: Actor, task: Task, case: Case, giver: Actor) -> str:
    """The sentence why a task cannot be handed on to somebody; only a superior replaces who is named for a visit."""
    return (barred_as_substitute if may(giver, "reassign") else barred_from)(actor, task, case)


def require_recalling(actor: Actor, doer: UUID, task: Task, reason: str) -> None:
    """Who did a step takes it back while he still may do it; a process administrator with a reason.

    Raises NotAllowed.
    """
    if actor.id == doer and actor.holds(task.role, task.unit):
        return
    if not may(actor, "recall_step"):
        raise NotAllowed("Langkah ini hanya dapat ditarik kembali oleh yang mengerjakannya atau administrator proses.")
    require_reason(reason)


def require_reason(reason: str) -> None:
    """Raise SubmissionInvalid without a reason of at least five letters, or with one that is too long to keep."""
    reasons.require(reason)


def waits_for(task: Task, case: Case) -> str:
    """The sentence what this task waits for, whoever would do it; "" when it can be done now.

    Nobody is warned or billed while his proof of payment lies at the treasurer's.
    """
    if case.suspended:
        return "Berkas ini sedang ditangguhkan; tugasnya menunggu sampai dilanjutkan"
    if task.element in DUNNING and any(one.element in PROVING for one in case.tasks):
        return "Bukti bayar pemohon sedang divalidasi; tunggu hasilnya"
    return ""


def _barred_as_applicant(actor: Actor, case: Case) -> str:
    if actor.id == case.facts.applicant:
        return ""
    if may(actor, "file_for_applicant"):
        return ""
    return "Tugas ini milik pemohon."


def kept_apart(task: Task) -> frozenset[str]:
    """The steps whose doers may not do this task: those of the law here, and those its diagram adds."""
    return SEPARATION.get(task.element, frozenset()) | frozenset(task.not_same_as)


def _barred_by_separation(actor: Actor, task: Task, case: Case) -> str:
    barred = kept_apart(task)
    for done in case.done:
        if done.by == actor.id and done.element in barred:
            return "Anda sudah mengerjakan langkah lain berkas ini yang harus dipisahkan dari tugas ini."
    return ""


def may_scan(actor: Actor, role: str, signer: UUID | None) -> bool:
    """Whether the actor may store the scan of a signed paper: who signed it, or who holds the role that signs."""
    return actor.kind == "official" and (actor.id == signer or actor.holds(role))


def require_scanning(actor: Actor, role: str, signer: UUID | None) -> None:
    """Raise NotAllowed unless `may_scan`."""
    if not may_scan(actor, role, signer):
        raise NotAllowed(
            "Pindaian surat ini disimpan oleh penandatangannya atau pemegang peran yang menandatanganinya."
        )


def may_ask(actor: Actor, task: Task, case: Case) -> bool:
    """Whether the actor may put a question to the applicant from this task: whoever holds it, if it is not his own."""
    return task.role != APPLICANT and task.assignee == actor.id and not barred_from(actor, task, case)


def require_asking(actor: Actor, task: Task, case: Case) -> None:
    """Raise NotAllowed (separation, role), TaskTaken (someone else holds it), Refused (nobody does)."""
    require_task(actor, task, case)
    if task.role == APPLICANT:
        raise NotAllowed("Hanya petugas yang memegang tugas ini dapat bertanya kepada pemohon.", about=task.id)
    if task.assignee != actor.id:
        raise Refused("Ambil dahulu tugas ini, lalu bertanyalah kepada pemohon.")


def may_answer(actor: Actor, case: Case) -> bool:
    """The applicant answers what he is asked, or the counter in his words."""
    return not _barred_as_applicant(actor, case)


def require_task(actor: Actor, task: Task, case: Case) -> None:
    """Raise NotAllowed (separation, role) or TaskTaken (someone else holds it)."""
    barred = barred_from(actor, task, case)
    if barred:
        raise NotAllowed(barred, about=task.id)
    if task.assignee and task.assignee != actor.id:
        raise TaskTaken(about=task.id)
