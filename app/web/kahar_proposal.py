"""A proposal of keadaan kahar as the form holds it: typed, or begun from a recorded failure of a central system."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from flask import g, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.operations import (
    disturbances,
    force_majeure,
    force_majeure_drafts,
    force_majeure_scope,
    heartbeat,
    processes,
)
from app.operations.force_majeure import GROUNDS, Proposal, Window
from app.operations.force_majeure_checking import LONGEST_LINE, MOST_EVIDENCE, TOO_MUCH_EVIDENCE, too_much_evidence
from app.operations.force_majeure_effects import offered
from app.web.parts import instants, typed, uuid_of, whole
from app.web.rendering import typed_moment
from app.web.session import person
from engine.errors import NotFound, Sentence, SubmissionInvalid
from engine.forms.values import clean

Form: TypeAlias = MultiDict[str, str]
APART = "lain"  # of a proposal that meets another declaration: it is another event
MOST_CODES = 500  # of one dimension of a scope


BY_BEGINNING = ("sampai", "waktu_peristiwa", "persetujuan")  # judged by a beginning, and not by one nobody can read


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


NO_TEXT = ("kunci", "aksi", "draf", "draf_versi")  # what a form carries beside what was typed


def from_draft(id: UUID) -> dict[str, list[str]]:
    """The author's draft as typed into the form, with its id and version."""
    draft = force_majeure_drafts.opened(id, person().actor.id, g.at)
    if "pernyataan" in draft.typed:  # of a change, which has pages of its own
        raise NotFound("Draf tidak ditemukan.")
    return {**draft.typed, "draf": [str(draft.id)], "draf_versi": [str(draft.version)]}


def draft_of_form() -> UUID | None:
    """The draft that the form was opened from."""
    return uuid_of(request.form.get("draf", ""))


def saved(once: UUID | None = None) -> UUID:
    """Keep the form as a draft, unread; its id.  `once`: its idempotency key.  Raises Refused, SubmissionInvalid."""
    kept = {name: values for name, values in typed().items() if name not in NO_TEXT}
    version = whole(request.form.get("draf_versi", ""))
    return force_majeure_drafts.save(kept, person().actor.id, g.at, draft_of_form(), version, once)


def form_of(typed: Mapping[str, list[str]]) -> Form:
    """What a draft keeps, to be read like a form that was sent."""
    return MultiDict([(name, one) for name, values in typed.items() for one in values])


def proposed(form: Form) -> Proposal:
    """What was typed; raises SubmissionInvalid with every fault at once, a missing beginning among them."""
    limits = Window.of(processes.active().catalogue.settings)
    times, faults = _instants(form)
    evidence = _evidence(form, faults)
    letter = letter_typed("persetujuan", faults, form)
    proposal = Proposal(
        grounds=tuple(form.getlist("dasar")),
        event_kind=form.get("peristiwa", ""),
        description=form.get("uraian", ""),
        since=times["sejak"] or g.at,
        until=times["sampai"],
        scope=scope_typed(form),
        effect=_effect(form, limits),
        measures=form.get("upaya", ""),
        evidence=evidence,
        approval_letter=letter,
        event_at=times["waktu_peristiwa"],
        unforeseen=form.get("tak_terduga", ""),
        planned=form.get("direncanakan") == "ya",
        apart=form.get("alasan_lain", "") if form.get("tumpang") == APART else "",
    )
    _check(proposal, limits, faults)
    return proposal


def letter_typed(name: str, faults: dict[str, str], form: Form) -> str:
    """The number of the Walikota's letter as typed; a sentence in `faults` where it is longer than is kept."""
    letter = clean(form.get(name, ""))
    if len(letter) > LONGEST_LINE:
        faults[name] = Sentence("Paling banyak %(n)s huruf", n=LONGEST_LINE)
    return letter


def _check(proposal: Proposal, limits: Window, faults: Mapping[str, str]) -> None:
    """What cannot be read is told in the place of what is made of it."""
    try:
        unknown = force_majeure_scope.unknown(processes.active(), proposal.scope)
        force_majeure.check(proposal, g.at, bool(proposal.evidence), limits, unknown)
    except SubmissionInvalid as invalid:
        meant = {
            name: told for name, told in invalid.errors.items() if "sejak" not in faults or name not in BY_BEGINNING
        }
        raise SubmissionInvalid({**meant, **faults}) from invalid
    if faults:
        raise SubmissionInvalid(faults)


def _instants(form: Form) -> tuple[dict[str, datetime | None], dict[str, str]]:
    """The form's instants by field, and a sentence for each that is missing or cannot be read."""
    labels = {"waktu_peristiwa": _("Waktu peristiwa"), "sejak": _("Sejak"), "sampai": _("Sampai")}
    found, faults = instants(labels, form)
    if found["sejak"] is None:
        faults.setdefault("sejak", _("Saat mulai wajib diisi"))
    return found, faults


def _evidence(form: Form, faults: dict[str, str]) -> tuple[Mapping[str, str], ...]:
    """Lines that name evidence, and outages that were chosen."""
    named = evidence_lines(form)
    if too_much_evidence(named):
        faults["bukti"] = TOO_MUCH_EVIDENCE
    ids = [id for one in form.getlist("padam")[:MOST_EVIDENCE] if (id := uuid_of(one))]
    return (*({"nama": one} for one in named), *heartbeat.evidence(ids, person().actor.id, g.at))


def evidence_lines(form: Form) -> tuple[str, ...]:
    """Evidence as it was named, a line each."""
    return tuple(found for one in form.get("bukti", "").splitlines() if (found := clean(one)))


def _effect(form: Form, limits: Window) -> str:
    """What was chosen; the first that is offered where the form had nothing to choose from."""
    return form.get("akibat") or offered(limits.effects, GROUNDS)[0]


def scope_typed(form: Form) -> dict[str, list[str]]:
    """Only dimensions that were limited; one without a choice, or with an unknown one, the operation refuses."""
    names = [one.name for one in force_majeure_scope.dimensions(person().actor.id, g.at)]
    return {name: form.getlist(name)[:MOST_CODES] for name in names if form.get(f"batas_{name}") == "pilih"}
