"""The scan of a letter signed by hand, as the pages of a case and of a declaration send it."""

from __future__ import annotations

from uuid import UUID

from flask import g, request

from app.operations import scanning
from app.web.parts import sent
from app.web.session import person


def keep_scan(home: UUID, letter_id: UUID) -> None:
    """Store what was sent for a letter of the case or declaration `home`; raises as `scanning.keep`."""
    checked = request.form.get(scanning.looked_at(letter_id)) == "ya"
    scan = sent(scanning.field(letter_id))
    scanning.keep(home, letter_id, scan, person().actor.id, g.at, checked=checked)
