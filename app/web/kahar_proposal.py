"""A proposal of keadaan kahar as the form holds it: typed, or begun from a recorded failure of a central system."""

from __future__ import annotations

from uuid import UUID

from flask import g, request
from flask_babel import gettext as _

from app.operations import disturbances, force_majeure, force_majeure_scope, heartbeat, processes
from app.operations.force_majeure import GROUNDS, Proposal, Window
from app.operations.force_majeure_effects import offered
from app.web.parts import instant, uuid_of
from app.web.rendering import typed_moment
from app.web.session import person
from engine.errors import SubmissionInvalid

MOST_EVIDENCE = 20
MOST_CODES = 500  # of one dimension of a scope


def from_record(id: UUID) -> dict[str, list[str]]:
    """What a recorded failure of a central system already says, typed into the form; only where policy allows it."""
    found = disturbances.page(id, person().actor.id, g.at).records[0]
    if not found.system.may_declare or found.withdrawn:
        return {}
    until = typed_moment(found.row.until) if found.row.until else ""
    return {
        "sejak": [typed_moment(found.row.since)],
        "sampai": [until],
        "uraian": [f"{found.system.name}: {found.row.cause}"],
        "bukti": ["\n".join([f"Catatan gangguan {found.code}", *found.evidence])],
    }


def proposed() -> Proposal:
    """What was typed; raises SubmissionInvalid with every fault at once, a missing beginning among them."""
    since, limits = instant("sejak", _("Sejak")), Window.of(processes.active().catalogue.settings)
    named = [one.strip()[:200] for one in request.form.get("bukti", "").splitlines() if one.strip()]
    ids = [id for one in request.form.getlist("padam")[:MOST_EVIDENCE] if (id := uuid_of(one))]
    evidence = (*({"nama": one} for one in named[:MOST_EVIDENCE]), *heartbeat.evidence(ids, person().actor.id, g.at))
    proposal = Proposal(
        grounds=tuple(request.form.getlist("dasar")),
        event_kind=request.form.get("peristiwa", ""),
        description=request.form.get("uraian", ""),
        since=since or g.at,
        until=instant("sampai", _("Sampai")),
        scope=scope_typed(),
        effect=_effect(limits),
        measures=request.form.get("upaya", ""),
        evidence=evidence,
        approval_letter=request.form.get("persetujuan", "")[:200],
        planned=request.form.get("direncanakan") == "ya",
    )
    missing = {} if since else {"sejak": _("Saat mulai wajib diisi")}
    try:
        unknown = force_majeure_scope.unknown(processes.active(), proposal.scope)
        force_majeure.check(proposal, g.at, bool(evidence), limits, unknown)
    except SubmissionInvalid as invalid:
        raise SubmissionInvalid({**invalid.errors, **missing}) from invalid
    if missing:
        raise SubmissionInvalid(missing)
    return proposal


def _effect(limits: Window) -> str:
    """What was chosen; the first that is offered where the form had nothing to choose from."""
    return request.form.get("akibat") or offered(limits.effects, GROUNDS)[0]


def scope_typed() -> dict[str, list[str]]:
    """Only dimensions that were limited; one without a choice, or with an unknown one, the operation refuses."""
    names = [one.name for one in force_majeure_scope.dimensions(person().actor.id, g.at)]
    return {
        name: request.form.getlist(name)[:MOST_CODES] for name in names if request.form.get(f"batas_{name}") == "pilih"
    }
