"""A case from opening to closing: each function takes a case and returns a Step.

Nothing given is changed; what happened comes back as events, what the world
must do as effects.
"""

from engine.case.handling import claim_task, grant_hold, reassign_task, release_task
from engine.case.migrating import Prospect, prospect, put_back
from engine.case.moves import complete_task, open_case, receive, wake
from engine.case.readings import legal_clock, overdue_names, present, read_clock, wake_at
from engine.case.values import Case, CaseClock, Done, Facts, Step, Task

__all__ = [
    "Case",
    "CaseClock",
    "Done",
    "Facts",
    "Prospect",
    "Step",
    "Task",
    "claim_task",
    "complete_task",
    "grant_hold",
    "legal_clock",
    "open_case",
    "overdue_names",
    "present",
    "prospect",
    "put_back",
    "read_clock",
    "reassign_task",
    "receive",
    "release_task",
    "wake",
    "wake_at",
]
