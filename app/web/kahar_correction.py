"""A change of a declaration as its form holds it: recovery, extension, undoing, or a correction of what it says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, url_for
from flask_babel import gettext as _

from app.operations import force_majeure_drafts
from app.operations.force_majeure_changes import Change, Nature
from app.operations.force_majeure_checking import Act
from app.web.kahar_proposal import APART, Form, form_of, letter_typed, scope_typed
from app.web.parts import instant, instants
from app.web.session import person
from engine.errors import NotFound, Refused, SubmissionInvalid

FORM = "_koreksi"  # the forms share the page, each with names of its own
ACTS: dict[str, Act] = {"pulih": "RECOVER", "panjang": "EXTEND", "koreksi": "AMEND", "cabut": "REVOKE"}
OF = "pernyataan"  # in a draft: the declaration that it would change


def change_of(form: Form) -> Change:
    """What was typed; raises SubmissionInvalid where no moment of recovery can be read, Refused for no known act.

    Other faults of what was typed stand in it, to be told with those of what it means.
    """
    act = form.get("aksi", "")
    because = form.get(f"uraian_{act}", "")
    if act not in ACTS:
        raise Refused(_("Perubahan ini tidak dikenal."))
    if act == "koreksi":
        return _correction(form, because)
    return Change(ACTS[act], because, until=_stable(form) if act == "pulih" else None)


def _stable(form: Form) -> datetime:
    until = instant("sampai_pulih", _("Sampai"), form)
    if until is None:
        raise SubmissionInvalid({"sampai_pulih": _("Saat kondisi stabil wajib diisi")})
    return until


def _correction(form: Form, because: str) -> Change:
    """A form without a scope or a nature leaves them alone."""
    times, unread = instants({f"sejak{FORM}": _("Sejak"), f"sampai{FORM}": _("Sampai")}, form)
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
        {name.removesuffix(FORM): told for name, told in unread.items()},
        form.get("alasan_lain", "") if form.get("tumpang") == APART else "",
    )


def _nature(form: Form) -> Nature | None:
    """None of a form that does not ask."""
    if "peristiwa" not in form:
        return None
    effect = form.get("akibat", "")
    return Nature(tuple(form.getlist("dasar")), form["peristiwa"], effect, form.get("tak_terduga", ""))


def drafted(draft_id: UUID, declaration_id: UUID) -> Form:
    """The author's draft of a change of this declaration, like a form that was sent.  Raises NotAllowed, NotFound."""
    draft = force_majeure_drafts.opened(draft_id, person().actor.id, g.at)
    if draft.typed.get(OF) != [str(declaration_id)]:
        raise NotFound("Draf tidak ditemukan.")
    return form_of({**draft.typed, "draf": [str(draft.id)], "draf_versi": [str(draft.version)]})


CARRIED = ("sejak", "sampai", "uraian", "persetujuan")
LEFT = ("aksi", "uraian", "dasar", "peristiwa", "akibat", "tak_terduga", OF)  # what it is stays as it was established


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
