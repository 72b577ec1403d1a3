"""What anybody may see: permits and standards, tracking by code and a second fact, the tariff simulation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.clock import WIB
from app.operations import visits
from app.operations.clock_views import ClockView, view
from app.operations.people import count_attempt
from app.operations.retrying import retried
from app.store import transaction
from app.store.ids import is_code
from engine.catalogue import Permit
from engine.deployment import Deployment
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid, said_by
from engine.forms import Field, Form, read
from engine.levy import Calculation, calculate

MOST_TRACKED = 20
APPLIED, STATED = ("ajukan", "lengkapi"), ("nik", "telepon")  # where the application names its applicant


@dataclass(frozen=True)
class Tracked:
    """A file's progress in plain words: no name, no number of other files."""

    code: str
    permit: str
    state: str
    told: str
    opened_at: datetime
    clock: ClockView | None
    steps: tuple[tuple[str, datetime, datetime | None], ...]
    visit_on: date | None  # the day of a visit that is due; place and team are the applicant's to know
    visit_held: bool  # whether that day falls into a hold the applicant was granted


@retried
def track(code: str, second: str, address: str, at: datetime) -> Tracked:
    """Progress by the tracking code and the last four digits of the applicant's phone or NIK.

    The same answer for a wrong code and a wrong second fact; throttled per address.
    """
    if count_attempt("track", address, at) > MOST_TRACKED:
        raise Refused("Terlalu banyak percobaan. Coba lagi dalam 15 menit.")
    bare = code.replace("-", "").replace(" ", "").upper()
    with transaction() as store:
        id = store.cases.by_tracking(bare) if is_code(bare) else None
        held = store.cases.see(id) if id else None
        if held is None or not _second_fact(store, held, second):
            raise NotFound("Kode lacak dan empat angka terakhir tidak cocok dengan berkas mana pun.")
        case, catalogue = held.case, held.case.deployment.catalogue
        service, visit = case.clock("L"), visits.due(store, case)
        world = store.calendars.world()
        return Tracked(
            bare,
            catalogue.permits[case.facts.permit].name,
            catalogue.states[case.state].label,
            catalogue.states[case.state].told,
            held.opened_at,
            view(case, service, world, at) if service and service.events else None,
            tuple((one.name, one.opened_at, one.closed_at) for one in store.task_lists.tasks_of(held.id)),
            visit.at.date() if visit else None,
            visit is not None and visit.held_until is not None,
        )


def _second_fact(store: Any, held: Any, second: str) -> bool:
    """The last four digits of the phone or NIK of the account, or of those the application itself states."""
    owner = store.people.row(held.case.facts.applicant)
    digits = "".join(one for one in second if one.isdigit())
    stated = [
        str(one.values.get(name) or "")
        for one in store.cases.submissions(held.id)
        if one.element in APPLIED
        for name in STATED
    ]
    known = {value[-4:] for value in (owner.phone or "", owner.nik or "", *stated)} - {""}
    return len(digits) == 4 and digits in known


def permit_of(deployment: Deployment, code: str) -> Permit:
    found = deployment.catalogue.permits.get(code)
    if found is None:
        raise NotFound("Izin tidak ditemukan.")
    return found


def simulation_form(deployment: Deployment, permit: Permit) -> Form:
    """The calculator's own form, open to everybody as an estimate (R0), without what it tells the official."""
    form = deployment.forms[f"hitung_{permit.levy}"]
    sections = (replace(part, fields=tuple(_for_anybody(one) for one in part.fields)) for part in form.sections)
    return replace(form, intro="", sections=tuple(sections))


def _for_anybody(field: Field) -> Field:
    """A hint about a value taken over from an application means nothing where there is none."""
    return replace(field, help="") if field.prefill.startswith("application.") else field


def simulate(deployment: Deployment, permit: Permit, raw: Mapping[str, list[str]], at: datetime) -> Calculation:
    """An estimate by today's tariff: "perkiraan, bukan ketetapan" (ruling 44); raises SubmissionInvalid."""
    tariff = deployment.catalogue.tariff_on(permit.levy, at.astimezone(WIB).date())
    if tariff is None:
        raise SubmissionInvalid({"": "Belum ada versi tarif yang berlaku hari ini"})
    submission = read(simulation_form(deployment, permit), raw)
    try:
        return calculate(tariff, submission.values)
    except (ValueError, KeyError, ZeroDivisionError) as fault:
        raise SubmissionInvalid({"": Sentence("Belum dapat dihitung: %(sebab)s", sebab=said_by(fault))}) from fault
