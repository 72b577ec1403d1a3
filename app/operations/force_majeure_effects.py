"""What a keadaan kahar does to time, and which of it the release lets the office declare on which ground."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from engine.errors import Sentence

# Label of each effect (clock guide, rules 7 and 8), and what it means to whoever chooses.
EFFECTS = {"SUSPEND": "Waktu tidak dihitung", "ROLL_LAST_DAY": "Hanya hari terakhir yang bergeser"}
MEANING = {
    "SUSPEND": "Selama keadaan kahar waktu layanan berhenti, sehingga janji setiap berkas yang terkena mundur.",
    "ROLL_LAST_DAY": "Waktu tetap dihitung; hanya janji yang jatuh di dalam keadaan kahar yang pindah ke akhir layanan "
    "hari pertama sesudahnya.",
}
Allowed = Mapping[str, Sequence[str]]  # ground -> effects that may be declared on it


def allowed_of(settings: Mapping[str, Any]) -> Allowed:
    """The policy of the release (`kahar_akibat`); a ground it does not name allows every effect."""
    found: Allowed = settings.get("kahar_akibat", {}).get("boleh", {})
    return found


def offered(policy: Allowed, grounds: Collection[str]) -> tuple[str, ...]:
    """The effects that may be declared on any of these grounds: what a form lets choose."""
    return tuple(one for one in EFFECTS if any(one in policy.get(ground, EFFECTS) for ground in grounds))


def refusal(effect: str, grounds: Collection[str], policy: Allowed) -> str | Sentence | None:
    """Why an effect may not be declared on these grounds; None when it may."""
    if effect not in EFFECTS:
        return "Pilih akibat keadaan kahar pada waktu layanan"
    against = [one for one in sorted(grounds) if effect not in policy.get(one, EFFECTS)]
    if not against:
        return None
    return Sentence("Akibat ini tidak boleh dinyatakan dengan dasar huruf %(dasar)s", dasar=", ".join(against))
