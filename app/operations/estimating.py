"""The provisional levy on a receipt: by the tariff in force, from what the applicant stated (domain R2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.clock import WIB
from app.operations.work import Work
from engine.catalogue import Permit
from engine.deployment import Deployment
from engine.errors import SubmissionInvalid
from engine.forms import Form, preset, read, refill
from engine.levy import calculate

APPLIED = "application."


def taken_over(form: Form, applied: Mapping[str, Any]) -> dict[str, list[str]]:
    """What fields take over from an application (`application.luas_bangunan`), as it would be typed."""
    asked = {one.name: one.prefill.removeprefix(APPLIED) for one in form.fields() if one.prefill.startswith(APPLIED)}
    return refill(form, {name: applied[field] for name, field in asked.items() if field in applied})


def estimate(work: Work, applied: Mapping[str, Any]) -> dict[str, Any]:
    """`jumlah` in rupiah, none where an official must find more out first; empty for a permit without a levy."""
    deployment, facts = work.case.deployment, work.case.facts
    permit = deployment.catalogue.permits[facts.permit]
    if not permit.levy:
        return {}
    return {"jumlah": _sum(deployment, permit, applied, work.at.astimezone(WIB).date())}


def _sum(deployment: Deployment, permit: Permit, applied: Mapping[str, Any], day: date) -> int | None:
    form, tariff = deployment.forms[f"hitung_{permit.levy}"], deployment.catalogue.tariff_on(permit.levy, day)
    if tariff is None:
        return None
    try:
        submission = read(form, preset(form, taken_over(form, applied), {}))
        return int(calculate(tariff, submission.values).total)
    except (SubmissionInvalid, ValueError, KeyError, ZeroDivisionError):
        return None
