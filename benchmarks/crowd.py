"""The people who come at once: verifiers with files of their own to verify, all logged in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from app.operations import cases, sessions, tasks
from app.operations.demo import staff
from app.operations.demo.staff import DemoPerson
from app.store import transaction
from app.store.ids import uuid7
from benchmarks import office

EACH = 1  # files that wait for each of them
STEP = "verifikasi_keabsahan"


def hired(number: int, known: dict[str, UUID], at: datetime) -> list[dict[str, object]]:
    """So many verifiers, each as `benchmarks/peers/crowd.py` reads one."""
    rng = Random(200)
    people = _people(number, at - timedelta(days=30))
    files = [_file(known, rng, at) for _ in range(number * EACH)]
    ids = [str(one) for one in files]
    return [
        {
            "session": sessions.begin(person, {}, "127.0.0.1", "bench", at),
            "cases": rng.sample(ids, 5),
            "tasks": [_given(files.pop(), person, rng, at) for _ in range(EACH)],
        }
        for person in people
    ]


def _people(number: int, since: datetime) -> list[UUID]:
    made = []
    with transaction() as store:
        for place in range(number):
            one = DemoPerson(f"ukur-{place}", f"Verifikator {place}", ("VB",), f"1990{place:014}")
            made.append(staff.hire(store, one, "official", since))
            store.people.add_grant(
                uuid7(), since, person_id=made[-1], role="VB", unit="", since=date(2026, 1, 1), basis="ukur"
            )
    return made


def _file(people: dict[str, UUID], rng: Random, at: datetime) -> UUID:
    """A registered file that waits for its verifier."""
    case_id = cases.open_case("PEN", "baru", "perorangan", people["pemohon"], at).case_id
    office.complete(case_id, "ajukan", people["pemohon"], "", rng, at, {"berkas": None})
    office.complete(case_id, "periksa_kelengkapan", people["loket"], "lengkap", rng, at, {})
    return case_id


def _given(case_id: UUID, person: UUID, rng: Random, at: datetime) -> dict[str, object]:
    id, typed, _ = office.typed(case_id, STEP, rng, at, {})
    tasks.claim_task(id, person, at)
    return {"id": str(id), "outcome": "sah", "typed": typed}
