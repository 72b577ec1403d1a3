"""A correction of a declaration as its form holds it: span, end, scope, and what the event is and does."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, request
from flask_babel import gettext as _

from app.operations import force_majeure_changes
from app.operations.force_majeure_changes import Nature
from app.web.kahar_proposal import letter_typed, scope_typed
from app.web.parts import instants
from app.web.session import person

FORM = "_koreksi"  # three forms share the page, each with names of its own


def correct(declaration_id: UUID, because: str) -> None:
    """Propose what was typed; raises SubmissionInvalid with every fault at once, by the operation's names."""
    times, unread = _times()
    letter = letter_typed(f"persetujuan{FORM}", unread, request.form)
    scope = (
        scope_typed(request.form) if "batas_areas" in request.form else None
    )  # a form without it leaves the scope alone
    force_majeure_changes.correct(
        declaration_id,
        times["sejak"],
        times["sampai"],
        because,
        person().actor.id,
        g.at,
        letter,
        scope,
        lasting=request.form.get(f"berlangsung{FORM}") == "ya",
        nature=_nature(),
        unread={name.removesuffix(FORM): told for name, told in unread.items()},
    )


def _times() -> tuple[dict[str, datetime | None], dict[str, str]]:
    found, faults = instants({f"sejak{FORM}": _("Sejak"), f"sampai{FORM}": _("Sampai")})
    return {name.removesuffix(FORM): at for name, at in found.items()}, faults


def _nature() -> Nature | None:
    """None of a form that does not ask."""
    if "peristiwa" not in request.form:
        return None
    form = request.form
    effect = form.get("akibat", "")
    return Nature(tuple(form.getlist("dasar")), form["peristiwa"], effect, form.get("tak_terduga", ""))


def typed_or_standing(row: Any, offered: tuple[str, ...]) -> dict[str, Any]:
    """What the form shows of the event's nature: as typed into it, else as it stands.

    `offered`: effects that may be declared now; the one that stands stays a choice.
    """
    form = request.form
    effects = (*offered, *(one for one in (row.effect,) if one not in offered))
    if form.get("aksi") == FORM[1:] and "peristiwa" in form:
        said = {"dasar": form.getlist("dasar"), "peristiwa": form["peristiwa"], "akibat": form.get("akibat", "")}
        return said | {"tak_terduga": form.get("tak_terduga", ""), "pilihan": effects}
    said = {"dasar": row.grounds.split(","), "peristiwa": row.event_kind, "akibat": row.effect}
    return said | {"tak_terduga": row.unforeseen, "pilihan": effects}
