"""A case from opening to closing: each function takes a case and returns a Step.

Nothing given is changed; what happened comes back as events, what the world
must do as effects.
"""

from engine.case.clockwork import Doing
from engine.case.extending import extend
from engine.case.foreseeing import Impact, Pair, PromiseEffect, TaskChange, choices_of, impact
from engine.case.handling import claim_task, decline_task, grant_hold, reassign_task, release_task
from engine.case.migrating import Prospect, prospect, put_back, versions
from engine.case.moves import complete_task, open_case, receive, require_moving, wake
from engine.case.readings import legal_clock, overdue_names, present, read_clock, wake_at
from engine.case.recalling import BEGUN, Before, before, lasting, reopening, take_back
from engine.case.relocating import move_token
from engine.case.repairing import read_value, repair, skip, told
from engine.case.suspending import CASE, PROCESS, resume, suspend
from engine.case.values import Case, CaseClock, Done, Facts, Step, Task

__all__ = [
    "BEGUN",
    "CASE",
    "PROCESS",
    "Before",
    "Case",
    "CaseClock",
    "Doing",
    "Done",
    "Facts",
    "Impact",
    "Pair",
    "PromiseEffect",
    "Prospect",
    "Step",
    "Task",
    "TaskChange",
    "before",
    "choices_of",
    "claim_task",
    "complete_task",
    "decline_task",
    "extend",
    "grant_hold",
    "impact",
    "lasting",
    "legal_clock",
    "move_token",
    "open_case",
    "overdue_names",
    "present",
    "prospect",
    "put_back",
    "read_clock",
    "read_value",
    "reassign_task",
    "receive",
    "release_task",
    "reopening",
    "repair",
    "require_moving",
    "resume",
    "skip",
    "suspend",
    "take_back",
    "told",
    "versions",
    "wake",
    "wake_at",
]
