"""Keadaan Kahar counted for supervisors and as tables, and what everybody may know of it."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from app.operations import disturbances_told, force_majeure_register, force_majeure_statistics
from app.web import kahar_table
from app.web.kahar import kahar, law_words
from app.web.public import public_pages
from app.web.session import official_required, person


@kahar.get("/kahar/statistik")
@official_required
def statistik() -> str:
    """Counts for supervisors: nobody excuses lateness unseen."""
    return render_template(
        "kahar/statistik.html", s=force_majeure_statistics.statistics(person().actor.id, g.at), **law_words()
    )


@kahar.get("/kahar/unduh.csv")
@official_required
def unduh() -> Response:
    """The register with what each declaration touched, as a table."""
    return kahar_table.register(force_majeure_statistics.statistics(person().actor.id, g.at))


@kahar.get("/kahar/diselamatkan.csv")
@official_required
def unduh_diselamatkan() -> Response:
    """Late files that became timely, with the people of the declaration."""
    return kahar_table.rescued(force_majeure_statistics.statistics(person().actor.id, g.at))


# --- for everybody


@public_pages.get("/keadaan-kahar")
def keadaan_kahar() -> str:
    """The declared times: what everybody may know of why a promise moved."""
    found = {"daftar": force_majeure_register.periods(g.at), "gangguan": disturbances_told.published(g.at)}
    shares = force_majeure_statistics.shares(g.at)
    return render_template("umum/keadaan_kahar.html", **found, bulan=shares, **law_words())
