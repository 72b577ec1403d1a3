"""What a step asks of the world.

Services of a diagram return effects; `engine.case` applies those that change
the case itself (clocks, state) and hands the others to the operation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

TO_APPLICANT = "pemohon"  # whom a notice is for, in place of a role code


@dataclass(frozen=True)
class StartClock:
    """Start clock `clock` ("L", "H", "P", "VALIDASI"); `term` names its budget in the catalogue."""

    clock: str
    term: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class StopClock:
    clock: str


@dataclass(frozen=True)
class ReopenClock:
    """Let a stopped clock go on with the same count (ruling 43); nothing when it never ran."""

    clock: str


@dataclass(frozen=True)
class PauseClock:
    """Pause the case's pausable clocks for `cause`, from `since` (default: the step's time)."""

    cause: str
    since: datetime | None = None


@dataclass(frozen=True)
class ResumeClock:
    """End the pause for `cause` at `since` (default: the step's time)."""

    cause: str
    since: datetime | None = None


@dataclass(frozen=True)
class SetState:
    """Move the case to a life-cycle state (catalogue `states.json`)."""

    state: str


@dataclass(frozen=True)
class CloseCase:
    outcome: str


@dataclass(frozen=True)
class IssueLetter:
    """Ask for letter `letter`; its number comes from `register` ("" = none).

    When `reply` is given the operation sends that message back into the
    process with `{"nomor": ..., "tanggal": ...}` in the same transaction.
    """

    letter: str
    register: str = ""
    reply: str = ""


@dataclass(frozen=True)
class ReserveNumber:
    """Reserve the next number of `register`; answered by message `reply`."""

    register: str
    reply: str = ""


@dataclass(frozen=True)
class Notify:
    """Send notice `notice` to `to` ("pemohon", or a role code)."""

    notice: str
    to: str = TO_APPLICANT


@dataclass(frozen=True)
class OpenRefund:
    """Open a refund request: the levy was paid and the case ends without a permit."""

    reason: str = ""


@dataclass(frozen=True)
class Assess:
    """Fix the levy (SKRD): amount, due date and version are frozen by the operation."""

    kind: str = "SKRD"
    params: tuple[tuple[str, str], ...] = field(default=())


Effect: TypeAlias = (
    StartClock
    | StopClock
    | ReopenClock
    | PauseClock
    | ResumeClock
    | SetState
    | CloseCase
    | IssueLetter
    | ReserveNumber
    | Notify
    | OpenRefund
    | Assess
)
