"""Mengapa tanggal ini?: the derivation of a clock line by line, as it is now or as it was known then.

The same lines for clerk and applicant, on the page, on paper, and as a
document that anybody can check without this office (`engine.clocks.proof`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import engine
from app import letters
from app.clock import WIB
from app.operations import acting, office_settings
from app.operations.clock_views import ClockView, view
from app.operations.line_grounds import Grounds, grounds
from app.operations.promise_notices import Telling, tellings
from app.operations.retrying import retried
from app.operations.whose_time import counted_for, whole_minutes, whose_time
from app.store import Store, transaction
from app.store.cases import Held
from engine.case import CaseClock, legal_clock, read_clock
from engine.clocks import Explanation, Reading, World, explain, promised_if_resumed
from engine.clocks.proof import proof as written
from engine.errors import NotFound, SubmissionInvalid

TEMPLATE = "penjelasan_jam.typ"
STARTED = b"import sys\n\nfrom engine.clocks.__main__ import main\n\nsys.exit(main(sys.argv[1:]))\n"
CONSENTED = "persetujuan pemohon"
OPENED_LATER = "Pada waktu itu jam ini belum ada"


@dataclass(frozen=True)
class Why:
    """`known_at`: the instant whose knowledge and reading are shown, None for now; `now`: today's reading beside it.

    `if_resumed`: what the promise would be if the clock went on now; no promise, and only where there is none.
    `recounting`: cases whose newest promise still waits to be written into the register of those given.
    """

    held: Held
    clock: ClockView
    explanation: Explanation
    promises: tuple[tuple[Any, str], ...]  # each with what became of it: "diganti", "berlaku", "ditepati", "terlewati"
    known_at: datetime | None
    now: ClockView
    if_resumed: datetime | None
    tellings: Mapping[UUID, tuple[Telling, ...]] = field(default_factory=dict)  # by promise
    recounting: frozenset[UUID] = frozenset()
    grounds: Grounds = field(default_factory=Grounds)  # what each line rests on
    whose: tuple[tuple[str, int], ...] = ()  # whose time it was, in minutes that add up to the gross time


@retried
def page(case_id: UUID, clock_id: UUID, by: UUID, at: datetime, known_at: datetime | None = None) -> Why:
    """The derivation of a clock; with `known_at` as it was read then, with what was recorded by then.

    Raises NotFound for cases and clocks one may not see, SubmissionInvalid for
    an instant after `at` or before the clock was there.
    """
    with transaction() as store:
        held, one, world = _found(store, case_id, clock_id, by, at, known_at)
        then = known_at or at
        shown = view(held.case, one, world, then, known_at)
        resumed = promised_if_resumed(legal_clock(held.case, one), world, at) if _waits(shown, known_at) else None
        given = _given(store, held, one, known_at)
        explained = explain(legal_clock(held.case, one), world, then, known_at)
        return Why(
            held=held,
            clock=shown,
            explanation=explained,
            promises=_fates(given, shown),
            known_at=known_at,
            now=view(held.case, one, world, at),
            if_resumed=resumed,
            tellings=tellings(store, held.id, given, held.case.facts.applicant),
            recounting=store.recounts.uncounted([case_id]),
            grounds=grounds(store, held, one, explained),
            whose=_whose(held, one, read_clock(held.case, one, world, then, known_at)),
        )


def _whose(held: Held, one: CaseClock, reading: Reading) -> tuple[tuple[str, int], ...]:
    return whole_minutes(whose_time(reading, counted_for(held.case.deployment.catalogue, one)))


def _found(
    store: Store, case_id: UUID, clock_id: UUID, by: UUID, at: datetime, known_at: datetime | None
) -> tuple[Held, CaseClock, World]:
    held = acting.seen(store, case_id, acting.actor(store, by, at))
    one = next((clock for clock in held.case.clocks if clock.id == clock_id), None)
    if one is None or not one.events:
        raise NotFound("Jam tidak ditemukan.")
    if known_at is not None and known_at > at:
        raise SubmissionInvalid({"per": "Waktu itu belum tiba"})
    if known_at is not None and known_at < min(entry.recorded_at for entry in one.events):
        raise SubmissionInvalid({"per": OPENED_LATER})
    return held, one, store.calendars.world()


def _waits(shown: ClockView, known_at: datetime | None) -> bool:
    return known_at is None and shown.promised_at is None and shown.no_promise_because == "OPEN_PAUSE"


def _given(store: Store, held: Held, one: CaseClock, known_at: datetime | None) -> tuple[Any, ...]:
    """The promises made of this clock by then, oldest first."""
    rows = (row for row in store.cases.promises(held.id, one.kind) if row.clock_id == one.id)
    return tuple(row for row in rows if known_at is None or row.made_at <= known_at)


def _fates(given: tuple[Any, ...], shown: ClockView) -> tuple[tuple[Any, str], ...]:
    """What became of each promise by the reading shown: every one but the last was replaced."""
    if shown.state == "STOPPED":
        last = "terlewati" if shown.late else "ditepati"
    else:
        last = "terlewati" if shown.late else "berlaku"
    return (*((one, "diganti") for one in given[:-1]), *((one, last) for one in given[-1:]))


@retried
def proof(case_id: UUID, clock_id: UUID, by: UUID, at: datetime, known_at: datetime | None = None) -> str:
    """The document that proves the date: facts, reading, lines.  Raises as `page`."""
    with transaction() as store:
        held, one, world = _found(store, case_id, clock_id, by, at, known_at)
        return _written(held, one, world, at, known_at)


def _written(held: Held, one: CaseClock, world: World, at: datetime, known_at: datetime | None) -> str:
    shown = view(held.case, one, world, known_at or at, known_at)
    permit = held.case.deployment.catalogue.permits[held.case.facts.permit].name
    about = {"berkas": held.number or held.tracking_code, "izin": permit, "jam": shown.label}
    return written(legal_clock(held.case, one), world, known_at or at, known_at, about)


@retried
def paper(case_id: UUID, clock_id: UUID, by: UUID, at: datetime, known_at: datetime | None = None) -> bytes:
    """The derivation as a PDF.  Raises as `page`."""
    with transaction() as store:
        held, one, world = _found(store, case_id, clock_id, by, at, known_at)
        release = store.deployments.active()
        kantor = office_settings.effective(store, release.catalogue)
        values = _printed(held, one, world, at, known_at) | {"kantor": kantor, "rancangan": False}
        values["dasar"] = _rested(values, grounds(store, held, one, _explained(held, one, world, at, known_at)))
        values["janji"] = [_promise(row) for row in _given(store, held, one, known_at)]
    made: bytes = letters.render(TEMPLATE, release.letters, values)
    return made


def _printed(held: Held, one: CaseClock, world: World, at: datetime, known_at: datetime | None) -> dict[str, Any]:
    then = known_at or at
    shown = view(held.case, one, world, then, known_at)
    explained = explain(legal_clock(held.case, one), world, then, known_at)
    permit = held.case.deployment.catalogue.permits[held.case.facts.permit]
    return {
        "surat": {
            "judul": "Penjelasan Tenggat" if one.kind == "P" else "Penjelasan Tanggal Janji",
            "tanggal": at.astimezone(WIB).date().isoformat(),
        },
        "berkas": {"nomor": held.number or "", "kode_lacak": held.tracking_code, "nama_izin": permit.name},
        "jam": {
            "nama": shown.label,
            "jenis": one.kind,
            "standar": str(explained.budget or shown.budget),
            "dasar": shown.basis,
            "janji": explained.promised_at.astimezone(WIB).isoformat() if explained.promised_at else "",
            "per": then.astimezone(WIB).isoformat(),
            "satuan": explained.unit,
        },
        "baris": [list(row) for row in explained.rows()],
    }


def _explained(held: Held, one: CaseClock, world: World, at: datetime, known_at: datetime | None) -> Explanation:
    return explain(legal_clock(held.case, one), world, known_at or at, known_at)


def _rested(values: dict[str, Any], found: Grounds) -> list[str]:
    """Puts the numbers of its papers behind each printed line; the papers in their order."""
    for row, numbers in zip(values["baris"], found.lines, strict=True):
        row[2] = " ".join(filter(None, (row[2], f"[{', '.join(map(str, numbers))}]" if numbers else "")))
    return [str(one) for one in found.papers]


def _promise(row: Any) -> dict[str, str]:
    promised = row.promised_at.astimezone(WIB).isoformat() if row.promised_at else ""
    ground = CONSENTED if row.because == "clock_extended" else ""
    return {"saat": row.made_at.astimezone(WIB).isoformat(), "janji": promised, "dasar": ground}


@cache
def checker() -> bytes:
    """`periksa-jam.pyz`: the clocks' own room as one file that Python runs by itself, with `verify` and `answer`.

    Nothing but the standard library is in it, so whoever holds a proof needs nothing of this office.
    """
    room, made = Path(engine.__file__).parent, io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in (room / "__init__.py", *sorted((room / "clocks").glob("*.py"))):
            _add(archive, str(path.relative_to(room.parent)), path.read_bytes())
        _add(archive, "__main__.py", STARTED)
    return b"#!/usr/bin/env python3\n" + made.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """With one date for all: the same clocks are the same file everywhere."""
    archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
