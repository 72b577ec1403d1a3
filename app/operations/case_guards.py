"""What stands before withdrawing a file, reopening it, asking for a hold: asked by the acts and by *Boleh?* alike."""

from __future__ import annotations

from app.store.cases import Held
from engine import access
from engine import case as engine
from engine.access import Actor
from engine.errors import NotAllowed, Refused

WITHDRAW = "pencabutan"
REOPEN = "buka_kembali"


def _mine_or_counter(held: Held, who: Actor) -> None:
    if who.id != held.case.facts.applicant and not access.may(who, "withdraw_for_applicant"):
        raise NotAllowed("Hanya pemohon, atau loket atas namanya, yang dapat melakukan ini.")


def require_withdrawing(held: Held, who: Actor) -> None:
    """Raises NotAllowed, CaseSuspended, Refused where the process no longer waits for it."""
    _mine_or_counter(held, who)
    engine.require_moving(held.case)
    if WITHDRAW not in held.case.waiting:
        raise Refused("Permohonan ini tidak dapat dicabut lagi.")


def require_reopening(held: Held, who: Actor) -> None:
    """Raises NotAllowed, Refused where the process does not wait for it."""
    access.require(who, "reopen_case")
    if REOPEN not in held.case.waiting:
        raise Refused("Berkas ini tidak dapat dibuka kembali.")


def require_asking_hold(held: Held, who: Actor) -> None:
    """Raises NotAllowed, CaseSuspended, Refused where no service clock runs."""
    _mine_or_counter(held, who)
    engine.require_moving(held.case)
    clock = held.case.clock("L")
    if clock is None or not clock.running:
        raise Refused("Jam layanan berkas ini tidak sedang berjalan.")
