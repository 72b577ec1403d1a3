"""The levy beside a task: what is owed, claimed and found at the bank; what a sum rests on; a sum tried beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting, assessing, consequences, office_settings
from app.operations.lists_for_forms import form_of
from app.operations.open_tasks import open_task
from app.operations.retrying import retried
from app.operations.tasks import read_submission
from app.operations.work import Work
from app.store import Store, transaction
from app.store.cases import Held
from engine.case import Step, Task
from engine.errors import Refused
from engine.reserved import CALCULATION

PAYING = frozenset({"bayar", "validasi_bayar", "konfirmasi_bank", "teguran", "strd", "proses_pengembalian"})
CHECKING = frozenset({"cek_retribusi"})
CALCULATING = frozenset({"hitung_retribusi", "hitung_ulang"})


@dataclass(frozen=True)
class Money:
    """Rupiah of a case: `owed` by the assessment in force, what was claimed, and the bank's line of the last claim."""

    owed: int
    due_at: datetime | None
    account: str
    claims: tuple[Any, ...]
    bank_line: Any


@dataclass(frozen=True)
class Basis:
    """What a calculation rests on, without its results: whoever checks it makes the sum himself."""

    version: str
    source: str
    formulas: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...]


def money(store: Store, held: Held, task: Task, at: datetime) -> Money | None:
    if task.element not in PAYING:
        return None
    assessed, claims = store.payments.assessment(held.id), store.payments.of_case(held.id)
    settings = office_settings.effective(store, held.case.deployment.catalogue)
    return Money(
        assessing.owed(Work(store, held, Step(held.case, ()), at)),
        assessed.due_at if assessed else None,
        str(settings.get("rekening_kas_daerah", "")),
        claims,
        store.payments.bank_line(claims[-1].reference) if claims else None,
    )


def basis(store: Store, held: Held, task: Task) -> Basis | None:
    found = assessing.latest_calculation(store, held.id) if task.element in CHECKING else None
    return _basis(found) if found else None


def _basis(found: Mapping[str, Any]) -> Basis:
    return Basis(
        str(found["versi_tarif"]),
        str(found["dasar"]),
        tuple((str(one["uraian"]), str(one["rumus"])) for one in found["baris"]),
        tuple((str(one["nama"]), str(one["nilai"])) for one in found["parameter"]),
    )


@retried
def tried(task_id: UUID, raw: Mapping[str, Sequence[str]], by: UUID, at: datetime) -> Mapping[str, Any]:
    """The calculation these inputs would lead to, nothing kept: `Calculation.as_json`.

    Raises SubmissionInvalid like completing the task, Refused where nothing is calculated.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        acting.require_task(store, who, task, held.case)
        if task.element not in CALCULATING:
            raise Refused("Tugas ini tidak menghitung retribusi.")
        usual = next((value for value, _ in form_of(held, task).outcomes), "")
        submission = read_submission(store, held, task, raw, usual, who, at)
        doing = consequences.Completing(store, held, task, submission, who, at)
        consequences.calculated(doing)
        return dict(doing.values[CALCULATION])
