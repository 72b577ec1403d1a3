"""Service-time clocks: facts read against a calendar and declarations of force majeure.

A clock is never a running thing.  `read` gives its reading at an instant from
an append-only ledger; `explain` prints how the promised date came about;
`sweep` says which warnings are due.  All of it is exact and recomputed.
"""

from engine.clocks.attribution import Split, SplitHk
from engine.clocks.calendar import Calendar, DayEntry, Entry, WeekEntry, YearEntry
from engine.clocks.explanation import Explanation, explain
from engine.clocks.force_majeure import Declaration, DeclarationVersion, Scope, World, stands
from engine.clocks.instants import WIB
from engine.clocks.ledger import (
    APPLICANT_CAUSES,
    CAUSES,
    FORCE_MAJEURE,
    SUSPENDED,
    Clock,
    ClockEvent,
    PastSpells,
    Spell,
)
from engine.clocks.nearing import CROSSED, latest_limit, limit_steps, raising
from engine.clocks.odometer import Odometer
from engine.clocks.policy import SHIPPED, Policy
from engine.clocks.promise import RUNGS
from engine.clocks.reading import Reading, promised_if_resumed, read
from engine.clocks.rungs import Firing, again, sweep
from engine.clocks.spans import Source
from engine.clocks.suspended import Suspended, suspended
from engine.clocks.term import Budget, BudgetVersion
from engine.clocks.walk_lines import Line

__all__ = [
    "APPLICANT_CAUSES",
    "CAUSES",
    "CROSSED",
    "FORCE_MAJEURE",
    "RUNGS",
    "SHIPPED",
    "SUSPENDED",
    "WIB",
    "Budget",
    "BudgetVersion",
    "Calendar",
    "Clock",
    "ClockEvent",
    "DayEntry",
    "Declaration",
    "DeclarationVersion",
    "Entry",
    "Explanation",
    "Firing",
    "Line",
    "Odometer",
    "PastSpells",
    "Policy",
    "Reading",
    "Scope",
    "Source",
    "Spell",
    "Split",
    "SplitHk",
    "Suspended",
    "WeekEntry",
    "World",
    "YearEntry",
    "again",
    "explain",
    "latest_limit",
    "limit_steps",
    "promised_if_resumed",
    "raising",
    "read",
    "stands",
    "suspended",
    "sweep",
]
