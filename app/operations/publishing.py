"""A release on its way: in effect at its instant, called off before, brought back, handed out, and who runs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.operations import acting, impact_rounds
from app.operations.documents import Download
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.deployments import DeploymentRow
from engine import access, reasons
from engine.errors import NotFound, Refused, Sentence
from engine.forms.values import clean

FARTHEST = timedelta(days=366)
A_PAGE = 50


def none_waiting(store: Store) -> None:
    """Raises Refused while another release waits for its instant."""
    waiting = store.deployments.planned()
    if waiting is not None:
        told = "Terbitan %(n)s sudah disetujui dan menunggu berlaku; batalkan dahulu atau tunggu sampai berlaku."
        raise Refused(Sentence(told, n=waiting.number))


def untimely(wanted: datetime | None, at: datetime) -> dict[str, str]:
    """What is wrong, at `berlaku`, with the instant at which a release is to take effect; None is now."""
    if wanted is not None and wanted <= at:
        return {"berlaku": "Saat berlaku sudah lewat; kosongkan agar berlaku sekarang"}
    if wanted is not None and wanted > at + FARTHEST:
        return {"berlaku": "Saat berlaku paling lama setahun lagi"}
    return {}


@retried
def take_effect(at: datetime) -> bool:
    """Put the release into effect whose instant has come; False when none has."""
    with transaction() as store:
        row = store.deployments.planned(lock=True)
        if row is None or row.effective_at is None or row.effective_at > at:
            return False
        store.deployments.activate(row.id, row.approved_by, at, row.decree)
        store.calendars.tell("deployment_took_effect", {"number": row.number}, row.approved_by, at)
        return True


@retried
def call_off(deployment: UUID, because: str, by: UUID, at: datetime) -> None:
    """A release that waits for its instant does not take effect; it may be proposed again.

    Raises SubmissionInvalid at `alasan`, Refused once it is in effect.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        row = store.deployments.planned(lock=True)
        if row is None or row.id != deployment:
            raise Refused("Terbitan ini tidak sedang menunggu berlaku.")
        why = reasons.require(clean(because), label="Mengapa dibatalkan")
        store.deployments.reject(deployment, why, before=row.active_at is not None)
        store.calendars.tell("deployment_called_off", {"number": row.number, "because": why}, by, at)


@retried
def withdraw(deployment: UUID, because: str, by: UUID, at: datetime) -> UUID | None:
    """Whoever proposed a release takes the proposal back; its draft, if it came from one, is open again and returned.

    Raises SubmissionInvalid at `alasan_tarik`, Refused to anybody else and once it was decided.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        row = found(store, deployment, lock=True)
        if row.status != "draft":
            raise Refused("Terbitan ini sudah diputuskan.")
        if row.proposed_by != by:
            raise Refused("Hanya pengusulnya yang menarik usul ini; orang lain menolaknya.")
        why = reasons.require(clean(because), "alasan_tarik", "Mengapa ditarik")
        store.deployments.reject(deployment, why, before=row.active_at is not None)
        store.calendars.tell("deployment_withdrawn", {"number": row.number, "because": why}, by, at)
        draft = store.studio.proposed_as(deployment)
        if draft is not None:
            reopened(store, draft, by, at)
        return draft


@retried
def reopen(draft: UUID, by: UUID, at: datetime) -> None:
    """A draft whose proposal did not come into effect is worked on again, with its savings and remarks.

    Raises NotFound, Refused while its proposal waits, and once it was in effect.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        row = store.studio.one(draft, lock=True)
        if row is None:
            raise NotFound("Rancangan terbitan tidak ditemukan.")
        release = found(store, row.deployment_id) if row.status == "proposed" else None
        if release is None or not release.rejected_because:
            raise Refused("Hanya rancangan yang usulnya ditolak, ditarik, atau dibatalkan yang dibuka kembali.")
        reopened(store, draft, by, at)


def reopened(store: Store, draft: UUID, by: UUID, at: datetime) -> None:
    store.studio.reopen(draft)
    store.calendars.tell("release_draft_reopened", {"draft": str(draft)}, by, at)


@retried
def bring_back(deployment: UUID, because: str, by: UUID, at: datetime) -> None:
    """Propose an earlier release again; a second person decides, as of any other.

    Raises SubmissionInvalid at `alasan_kembali`, Refused for one that is in effect or waits already.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        row = found(store, deployment, lock=True)
        if row.status not in ("superseded", "rejected"):
            raise Refused("Hanya terbitan yang digantikan atau ditolak yang dapat diusulkan kembali.")
        why = reasons.require(clean(because), "alasan_kembali", "Mengapa kembali")
        store.deployments.propose_again(deployment, by, at, why)
        impact_rounds.begin(store, row.checksum, deployment, None, by, at)
        told = {"number": row.number, "checksum": row.checksum, "status": "draft", "note": why}
        store.calendars.tell("deployed", told, by, at)


def found(store: Store, deployment: UUID, lock: bool = False) -> DeploymentRow:
    row = store.deployments.row(deployment, lock)
    if row is None:
        raise NotFound("Terbitan tidak ditemukan.")
    return row


@retried
def bundle(deployment: UUID, by: UUID, at: datetime) -> Download:
    """The whole release as one ZIP with sorted names and fixed times, named by its number and checksum."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        row = found(store, deployment)
        name = f"terbitan-{row.number}-{row.checksum[:12]}.zip"
        return Download(name, "application/zip", store.deployments.packed(store.deployments.files(deployment)))


@dataclass(frozen=True)
class Taken:
    """A release as it leaves the office: its files by path, and all of them in the ZIP that its page hands out."""

    row: DeploymentRow
    files: Mapping[str, bytes]
    archive: bytes


@retried
def taken_out(number: int | None) -> Taken:
    """A release by its number, None the one in effect, for whoever is at the office's own machine.  Raises NotFound."""
    with transaction() as store:
        row = store.deployments.in_effect() if number is None else store.deployments.numbered(number)
        if row is None:
            raise NotFound("Terbitan tidak ditemukan.")
        files = store.deployments.files(row.id)
        return Taken(row, files, store.deployments.packed(files))


@dataclass(frozen=True)
class Standing:
    """Open cases of a release: how many of each process (key, name, number), and a page of them."""

    row: DeploymentRow
    processes: tuple[tuple[str, str, int], ...]
    cases: tuple[Any, ...]
    more: UUID | None


@retried
def standing(deployment: UUID, process: str, after: UUID | None, by: UUID, at: datetime) -> Standing:
    """Who runs on a release.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        row, counts = found(store, deployment), store.deployments.running_by_process(deployment)
        known = store.deployments.get(deployment).definition if counts else None
        names = tuple((key, known.name_of(key) if known else key, number) for key, number in counts)
        rows = store.deployments.cases_on(deployment, process, after, A_PAGE + 1)
        return Standing(row, names, rows[:A_PAGE], rows[A_PAGE - 1].id if len(rows) > A_PAGE else None)


@dataclass(frozen=True)
class Listed:
    """All open cases of a release, or of one process of it; `names`: process -> what it is called."""

    row: DeploymentRow
    cases: tuple[Any, ...]
    names: Mapping[str, str]


@retried
def listed(deployment: UUID, process: str, by: UUID, at: datetime) -> Listed:
    """Who runs on a release, all of them; `process`: "" for any.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        row, rows = found(store, deployment), store.deployments.cases_on(deployment, process, None, None)
        known = store.deployments.get(deployment).definition if rows else None
        return Listed(row, rows, {one.process: known.name_of(one.process) for one in rows} if known else {})
