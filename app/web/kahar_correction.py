"""A change of a declaration as its form holds it: recovery, extension, undoing, or a correction of what it says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, url_for
from flask_babel import gettext as _

from app.operations import force_majeure_drafts
from app.operations.force_majeure_changes import Account, Change, Nature
from app.operations.force_majeure_checking import Act
from app.web.kahar_proposal import APART, Form, evidence_lines, form_of, letter_typed, scope_typed
from app.web.parts import instants
from app.web.rendering import typed_moment
from app.web.session import person
from engine.errors import NotFound, Refused

FORM = "_koreksi"  # the forms share the page, each with names of its own
ACTS: dict[str, Act] = {"pulih": "RECOVER", "panjang": "EXTEND", "koreksi": "AMEND", "cabut": "REVOKE"}
OF = "pernyataan"  # in a draft: the declaration that it would change


def change_of(form: Form) -> Change:
    """What was typed; raises Refused for no known act.

    Faults of what was typed stand in it, to be told with those of what it means.
    """
    act = form.get("aksi", "")
    because = form.get(f"uraian_{act}", "")
    if act not in ACTS:
        raise Refused(_("Perubahan ini tidak dikenal."))
    if act == "koreksi":
        return _correction(form, because)
    return _recovery(form, because) if act == "pulih" else Change(ACTS[act], because)


def _recovery(form: Form, because: str) -> Change:
    times, unread = instants({"sampai_pulih": _("Kondisi stabil sejak")}, form)
    if times["sampai_pulih"] is None:
        unread.setdefault("sampai_pulih", _("Saat kondisi stabil wajib diisi"))
    told = {"sampai": unread["sampai_pulih"]} if unread else {}
    return Change("RECOVER", because, until=times["sampai_pulih"], unread=told)


def _correction(form: Form, because: str) -> Change:
    """A form without a scope, a nature or an account of the event leaves them alone."""
    labels = {f"sejak{FORM}": _("Sejak"), f"sampai{FORM}": _("Sampai"), "waktu_peristiwa": _("Waktu peristiwa")}
    times, unread = instants(labels, form)
    letter = letter_typed(f"persetujuan{FORM}", unread, form)
    return Change(
        "AMEND",
        because,
        times[f"sejak{FORM}"],
        times[f"sampai{FORM}"],
        letter,
        scope_typed(form) if "batas_areas" in form else None,
        form.get(f"berlangsung{FORM}") == "ya",
        _nature(form),
        _account(form, times["waktu_peristiwa"]),
        {name.removesuffix(FORM): told for name, told in unread.items()},
        form.get("alasan_lain", "") if form.get("tumpang") == APART else "",
    )


def _nature(form: Form) -> Nature | None:
    """None of a form that does not ask."""
    if "peristiwa" not in form:
        return None
    effect = form.get("akibat", "")
    return Nature(tuple(form.getlist("dasar")), form["peristiwa"], effect, form.get("tak_terduga", ""))


def _account(form: Form, event_at: datetime | None) -> Account | None:
    """None of a form that does not ask."""
    if "uraian_peristiwa" not in form:
        return None
    return Account(form["uraian_peristiwa"], event_at, form.get("upaya", ""), evidence_lines(form))


def drafted(draft_id: UUID, declaration_id: UUID) -> Form:
    """The author's draft of a change of this declaration, like a form that was sent.  Raises NotAllowed, NotFound."""
    draft = force_majeure_drafts.opened(draft_id, person().actor.id, g.at)
    if draft.typed.get(OF) != [str(declaration_id)]:
        raise NotFound("Draf tidak ditemukan.")
    return form_of({**draft.typed, "draf": [str(draft.id)], "draf_versi": [str(draft.version)]})


CARRIED = ("sejak", "sampai", "uraian", "persetujuan")
# What it is stays as it was established.
NATURE, ACCOUNT = (
    ("dasar", "peristiwa", "akibat", "tak_terduga"),
    ("waktu_peristiwa", "uraian_peristiwa", "upaya", "bukti"),
)
LEFT = ("aksi", "uraian", "padam", *NATURE, *ACCOUNT, OF)


def opened(draft_id: UUID, declaration_id: UUID) -> Form:
    """The author's draft in the forms of this declaration: a change of it, or what was typed of the same event.

    Raises NotAllowed, NotFound.
    """
    draft = force_majeure_drafts.opened(draft_id, person().actor.id, g.at)
    own = draft.typed.get(OF) == [str(declaration_id)]
    typed = draft.typed if own else _of_the_same_event(draft.typed)
    return form_of({**typed, "draf": [str(draft.id)], "draf_versi": [str(draft.version)]})


def _of_the_same_event(typed: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Times, scope and words of another proposal as a correction; without an end it says that the event lasts."""
    kept = {name: values for name, values in typed.items() if name not in LEFT}
    if OF not in typed:
        kept |= {f"{name}{FORM}": typed.get(name, []) for name in CARRIED}
        kept |= {} if "".join(typed.get("sampai", [])).strip() else {f"berlangsung{FORM}": ["ya"]}
    return {**kept, "aksi": [FORM[1:]], "sama": ["ya"]}


def same_event(declaration_id: UUID, draft_id: UUID) -> str:
    """Where whoever says that an event is declared already goes on with what he typed."""
    return url_for("kahar.pernyataan", declaration_id=declaration_id, draf=draft_id, _anchor="koreksi")


def account_shown(row: Any, form: Form) -> dict[str, str]:
    """What the form shows of what happened: as typed into it, else as it stands."""
    if form.get("aksi") == FORM[1:] and "uraian_peristiwa" in form:
        return {name: form.get(name, "") for name in ACCOUNT}
    named = "\n".join(str(one.get("nama", "")) for one in json.loads(row.evidence))
    happened = typed_moment(row.event_at) if row.event_at else ""
    return dict(zip(ACCOUNT, (happened, row.event, row.measures, named), strict=True))


def typed_or_standing(row: Any, offered: tuple[str, ...], form: Form) -> dict[str, Any]:
    """What the form shows of the event's nature: as typed into it, else as it stands.

    `offered`: effects that may be declared now; the one that stands stays a choice.
    """
    effects = (*offered, *(one for one in (row.effect,) if one not in offered))
    if form.get("aksi") == FORM[1:] and "peristiwa" in form:
        said = {"dasar": form.getlist("dasar"), "peristiwa": form["peristiwa"], "akibat": form.get("akibat", "")}
        return said | {"tak_terduga": form.get("tak_terduga", ""), "pilihan": effects}
    said = {"dasar": row.grounds.split(","), "peristiwa": row.event_kind, "akibat": row.effect}
    return said | {"tak_terduga": row.unforeseen, "pilihan": effects}
