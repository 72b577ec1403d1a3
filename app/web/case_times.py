"""Bandingkan dua saat: a case at two instants side by side, and what changed between them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import g, render_template, request

from app.operations import looking_back
from app.web.case_changes import by_part, changed
from app.web.cases import Page, cases, drawn
from app.web.parts import past_moment
from app.web.session import address, login_required, person
from engine.errors import SubmissionInvalid

SINCE, UNTIL = looking_back.SINCE, looking_back.UNTIL


@cases.get("/berkas/<uuid:case_id>/banding")
@login_required
def banding(case_id: UUID) -> Page:
    """What changed from `dari` to `sampai`, to the present when that is empty."""
    try:
        found = _compared(case_id)
    except SubmissionInvalid as invalid:
        return _asked(case_id, invalid.errors)
    if found is None:
        return drawn(case_id, "waktu")
    rows = changed(found)
    return render_template(
        "berkas/banding.html",
        b=found,
        dua=((found.before, found.since), (found.after, found.until)),
        perubahan=rows,
        per_bagian=by_part(rows),
    )


def _compared(case_id: UUID) -> looking_back.Comparison | None:
    since, until = past_moment(SINCE, "Dari saat"), past_moment(UNTIL, "Sampai saat")
    if since is None:
        if until is None and SINCE not in request.args:
            return None
        raise SubmissionInvalid({SINCE: "Dari saat wajib diisi"})
    return looking_back.compared(case_id, since, until, person().actor.id, g.at, address())


def _asked(case_id: UUID, errors: Mapping[str, str]) -> Page:
    return drawn(case_id, "waktu", errors, 422)
