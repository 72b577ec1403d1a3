"""Services that ask the office for something: letters, numbers, notices, states, rounds, visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.effects import Assess, CloseCase, IssueLetter, Notify, OpenRefund, ReserveNumber, SetState
from engine.services import Answer, Call, service

# What the message carries that brings a number: a text, and the day as a text.
_NUMBERED = {"nomor": "text", "tanggal": "text"}


@service("letter.issue", leaves={}, replies=_NUMBERED)
def issue_letter(call: Call, *, letter: str, notice: str = "", reply: str = "") -> Answer:
    """Issue a letter of the catalogue, and send `notice` with it; `reply` asks for its number as a message."""
    told = (Notify(notice),) if notice else ()
    return Answer(effects=(IssueLetter(letter, reply=reply), *told))


@service("number.reserve", leaves={}, replies=_NUMBERED)
def reserve_number(call: Call, *, register: str, reply: str) -> Answer:
    """Reserve the next number of a register; it comes back in message `reply`."""
    return Answer(effects=(ReserveNumber(register, reply),))


@service("notice.send", leaves={})
def send_notice(call: Call, *, notice: str, to: str = "pemohon") -> Answer:
    """Send a notice of the catalogue to the applicant or to the holders of a role."""
    return Answer(effects=(Notify(notice, to),))


@service("case.state", leaves={})
def set_state(call: Call, *, state: str) -> Answer:
    """Move the case to a life-cycle state."""
    return Answer(effects=(SetState(state),))


@service("case.close", leaves={})
def close_case(call: Call, *, outcome: str) -> Answer:
    """Close the case with an outcome; whatever clock still runs stops."""
    return Answer(effects=(CloseCase(outcome),))


@service("round.next", leaves={"ke": "number"})
def next_round(call: Call, *, so_far: Mapping[str, Any] | None = None) -> Answer:
    """Count one more round: `{"ke": n}`; hand in the former answer as `so_far`."""
    return Answer({"ke": int((so_far or {}).get("ke", 0)) + 1})


@service("outcome.set", leaves={"hasil": "text"})
def set_outcome(call: Call, *, value: str) -> Answer:
    """Say how a called process ended: `{"hasil": value}`, for the gateway after it."""
    return Answer({"hasil": value})


@service("outcome.first", leaves={"hasil": "text"})
def first_outcome(call: Call, *, first: str | None = None, second: str | None = None) -> Answer:
    """The first of two outcomes that is there: `{"hasil": …}`."""
    return Answer({"hasil": first or second})


@service("levy.assess", leaves={}, kind=("SKRD", "STRD"))
def assess_levy(call: Call, *, kind: str = "SKRD") -> Answer:
    """Fix the levy assessment (SKRD) or the bill with interest (STRD) on the step's day."""
    return Answer(effects=(Assess(kind),))


@service("refund.open", leaves={})
def open_refund(call: Call, *, reason: str = "") -> Answer:
    """Open a refund request: paid, but no permit will follow."""
    return Answer(effects=(OpenRefund(reason),))


@service("visit.outcome", leaves={"hasil": "text", "sejak": "text"})
def visit_outcome(call: Call, *, visits: Sequence[Mapping[str, Any]], scheduled: str) -> Answer:
    """Sum up the inspections of all agencies of one visit.

    `hasil`: "tidak_hadir" when any agency met no applicant, else "tidak_sesuai"
    or "sesuai"; `sejak`: when the no-show began to stand still, the scheduled
    time or the last inspection that could proceed, whichever is later (ruling 37).
    """
    outcomes = [str(one.get("keputusan")) for one in visits]
    worked = [str(one["pada"]) for one in visits if one.get("keputusan") != "tidak_hadir" and one.get("pada")]
    result = "sesuai"
    if "tidak_hadir" in outcomes:
        result = "tidak_hadir"
    elif "tidak_sesuai" in outcomes:
        result = "tidak_sesuai"
    return Answer({"hasil": result, "sejak": max([scheduled, *worked], key=_instant_key)})


def _instant_key(text: str) -> datetime:
    return datetime.fromisoformat(text)
