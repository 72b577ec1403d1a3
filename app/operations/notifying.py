"""Notices: written from the catalogue's texts, put into the outbox with the step that caused them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from babel.dates import format_date

from app.clock import WIB
from app.operations import visits
from app.operations.work import Work
from engine.catalogue import Catalogue
from engine.effects import TO_APPLICANT
from engine.errors import Sentence


def long_day(at: datetime | None) -> str:
    """8 Februari 2018, in WIB; "-" when there is no date."""
    if at is None:
        return "-"
    return str(format_date(at.astimezone(WIB), "d MMMM y", locale="id"))


def day_words(at: datetime) -> Sentence:
    """8 Februari 2018, in WIB, to stand in a sentence that is read in another language as well."""
    day = at.astimezone(WIB)
    month = format_date(day, "MMMM", locale="id")
    return Sentence("%(day)s %(month)s %(year)s", day=day.day, month=month, year=day.year)


def places(work: Work) -> dict[str, str]:
    """The closed list of {named} places a notice may use."""
    case, held = work.case, work.held
    permit = case.deployment.catalogue.permits[case.facts.permit]
    skrd = work.store.payments.assessment(held.id) if permit.levy else None
    total = int(skrd.principal) + int(skrd.interest) if skrd else 0
    return {
        "nama": str(work.columns.get("applicant_name", held.applicant_name)),
        "izin": permit.name,
        "nomor": str(work.columns.get("number", held.number) or "-"),
        "kode_lacak": held.tracking_code,
        "keadaan": case.deployment.catalogue.states[case.state].label,
        "tanggal": long_day(work.at),
        "jumlah": "Rp" + f"{total:,}".replace(",", "."),
        "jatuh_tempo": long_day(skrd.due_at if skrd else None),
        **_visit(work),
    }


def _visit(work: Work) -> dict[str, str]:
    """When and where a visit is to be, and who comes; "-" while none was arranged."""
    arranged = any(one.element == visits.SCHEDULING for one in work.case.done)
    found = visits.appointed(work.store, work.held.id) if arranged else None
    if found is None:
        return dict.fromkeys(("waktu_tinjauan", "tempat_tinjauan", "tim_tinjauan"), "-")
    day = format_date(found.at, "EEEE, d MMMM y", locale="id")
    return {
        "waktu_tinjauan": f"{day} pukul {found.at.strftime('%H.%M')} WIB",
        "tempat_tinjauan": found.place,
        "tim_tinjauan": "; ".join(found.team),
    }


def notify(work: Work, notice: str, to: str) -> None:
    """Put one message per addressee into the outbox."""
    text = _text(work, notice)
    filled = places(work)
    for person in addressees(work, to):
        payload = {
            "to": str(person),
            "notice": notice,
            "subject": text.subject.format_map(filled),
            "body": text.body.format_map(filled),
        }
        work.store.outbox.put(work.name(), work.held.id, "message", payload, work.at)
    work.tell("notice_sent", notice=notice, to=to)


def _text(work: Work, notice: str) -> Any:
    """The notice of the case's own release; one that this release did not know yet, of the release in force."""
    known = work.case.deployment.catalogue.notices
    return known[notice] if notice in known else work.store.deployments.active().catalogue.notices[notice]


def addressees(work: Work, to: str) -> Iterable[UUID]:
    if to == TO_APPLICANT:
        return (work.case.facts.applicant,)
    day = work.at.astimezone(WIB).date()
    return tuple(person.id for person in work.store.people.holders(to, "", day))


def text_of(catalogue: Catalogue, notice: str, filled: Mapping[str, Any]) -> tuple[str, str]:
    found = catalogue.notices[notice]
    return found.subject.format_map(filled), found.body.format_map(filled)
