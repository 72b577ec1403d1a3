"""What whoever establishes a keadaan kahar reads afterwards: the figures of its preview, and who hears of it."""

from __future__ import annotations

from flask_babel import gettext as _

from app.operations.force_majeure import Impact
from app.web.words import several


def established(found: Impact) -> str:
    """How many dates moved, and whether anybody had to hear of it."""
    return " ".join(told for told in (_promises(found), _terms(found), _work(found)) if told)


def _promises(found: Impact) -> str:
    """Of how many files; nothing where only terms of applicants moved."""
    moved, through, heard = found.figures.moved, found.figures.moved_finished, found.figures.told
    if not moved and found.figures.terms:
        return ""
    if not moved:
        return str(_("Ditetapkan. Tidak ada tanggal janji yang bergeser, jadi tidak ada yang perlu diberi tahu."))
    if not heard:
        done = several(
            "Ditetapkan. %(num)s janji berkas yang sudah selesai bergeser; tidak ada yang diberi tahu.",
            moved,
        )
        return str(done)
    told = str(
        several(
            "Ditetapkan. %(num)s janji bergeser; pemohon diberi tahu.",
            moved,
        )
    )
    rest = _("%(n)s di antaranya dari berkas yang sudah selesai, yang pemohonnya tidak diberi tahu.", n=through)
    return f"{told} {rest}" if through else told


def _terms(found: Impact) -> str:
    moved, heard = found.figures.terms, found.figures.terms_told
    if not moved:
        return ""
    if found.figures.moved:
        return str(several("%(num)s tenggat pemohon bergeser.", moved))
    if heard:
        return str(
            several(
                "Ditetapkan. %(num)s tenggat pemohon bergeser; pemohon diberi tahu.",
                moved,
            )
        )
    done = several(
        "Ditetapkan. %(num)s tenggat pemohon yang sudah selesai bergeser; tidak ada yang diberi tahu.",
        moved,
    )
    return str(done)


def _work(found: Impact) -> str:
    """Clocks of work, which promise nobody anything."""
    moved = found.figures.steps + found.figures.counter
    return str(several("%(num)s jam langkah bergeser.", moved)) if moved else ""
