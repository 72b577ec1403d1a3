"""What a form holds before anybody types: the account's data, the application's answers, the last answer again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.operations import refusing, visit_figures
from app.operations.estimating import taken_over
from app.store import Store
from app.store.cases import Held
from engine import bpmn
from engine.case import Task
from engine.forms import Field, Form, refill

APPLICATION = ("ajukan", "lengkapi")
APPLIED = "application."
GROUNDS = "case.refusal_grounds"
STEPS = ("butuh_tinjauan", "butuh_kajian", "butuh_rekomendasi")


def prefilled(store: Store, held: Held, task: Task, form: Form) -> dict[str, list[str]]:
    """What is known already: the last application when it is completed, the last answer of a repeated step,
    else the account's own data (a closed list of paths, never evaluation)."""
    answers = store.cases.submissions(held.id)
    wanted = APPLICATION if task.element in APPLICATION else (task.element,)
    if task.element == "hitung_ulang":
        wanted = ("hitung_ulang", "hitung_retribusi")
    last = next((one for one in reversed(answers) if one.element in wanted), None)
    if last is not None and task.element not in ("tinjauan", "bayar", "perbaikan"):
        return refill(form, last.values)
    owner = store.people.row(held.case.facts.applicant)
    known = {
        "applicant.nama": owner.name,
        "applicant.nik": owner.nik or "",
        "applicant.email": owner.email or "",
        "applicant.telepon": owner.phone or "",
        "applicant.alamat": owner.address or "",
        **_steps_of(held),
    }
    typed = {one.name: [known[one.prefill]] for one in form.fields() if known.get(one.prefill)}
    return typed | _applied(form, answers) | _rows(held, form, answers)


def _applied(form: Form, answers: Sequence[Any]) -> dict[str, list[str]]:
    """What fields take over from the newest application (`application.luas_bangunan`)."""
    applied: Mapping[str, Any] = next((one.values for one in reversed(answers) if one.element in APPLICATION), {})
    return taken_over(form, applied)


def newest_application(answers: Sequence[Any]) -> Mapping[str, Any]:
    """The values of the application as it was handed in last."""
    return next((one.values for one in reversed(answers) if one.element in APPLICATION), {})


def _rows(held: Held, form: Form, answers: Sequence[Any]) -> dict[str, list[str]]:
    """Groups that begin with rows of the file: figures to be measured, grounds of a proposed refusal."""
    makers: Mapping[str, Callable[[Field], Any]] = {
        visit_figures.PREFILL: lambda one: visit_figures.rows(held, newest_application(answers), one),
        GROUNDS: lambda one: refusing.proposed(answers),
    }
    return refill(form, {one.name: makers[one.prefill](one) for one in form.fields() if one.prefill in makers})


def _steps_of(held: Held) -> dict[str, str]:
    """`case.butuh_tinjauan` and its like: what the decision table proposes; the Kasi decides (ruling 38)."""
    flags = dict(held.case.deployment.catalogue.permits[held.case.facts.permit].flags)
    found = bpmn.read(held.case.deployment.definition, held.case.snapshot).data.get("usul_jalur")
    proposed = str(found.get("jalur_usulan", "")) if isinstance(found, Mapping) else ""
    if proposed:
        flags |= {"butuh_tinjauan": proposed == "tinjauan", "butuh_kajian": proposed == "kajian"}
    return {f"case.{name}": "ya" if flags.get(name) else "tidak" for name in STEPS}
