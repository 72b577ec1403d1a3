"""The periodical report (Pasal 3 ayat 2): what is known of each file in a period, the figures that makes, corrections.

Pure: everything is computed from frozen facts, in whole numbers and exact Fractions.
"""

from engine.reporting.accounts import (
    Account,
    Anew,
    Retold,
    Standing,
    Whole,
    account,
    anew,
    anew_as_json,
    anew_from_json,
    told_with,
)
from engine.reporting.corrections import Change, Difference, applied, changes, differences
from engine.reporting.disruptions import (
    Declared,
    Disruptions,
    Failure,
    Paper,
    Rescue,
    Touched,
    disruptions_as_json,
    disruptions_from_json,
)
from engine.reporting.facts import CaseFacts, Finished, Overdue, as_json, from_json, measured
from engine.reporting.figures import FIGURES, GROUPS, Figure, Lines, Ranked, Value, behind, figures, reasons, written
from engine.reporting.periods import KINDS, Period
from engine.reporting.services import ALL, alone, finished, lived_through, open_steps, overdue, stopped
from engine.reporting.stays import Stay, stays
from engine.reporting.sums import OF_AREAS, TERMS, Month, Sums, sums, sums_as_json, sums_from_json, within

__all__ = [
    "ALL",
    "FIGURES",
    "GROUPS",
    "KINDS",
    "OF_AREAS",
    "TERMS",
    "Account",
    "Anew",
    "CaseFacts",
    "Change",
    "Declared",
    "Difference",
    "Disruptions",
    "Failure",
    "Figure",
    "Finished",
    "Lines",
    "Month",
    "Overdue",
    "Paper",
    "Period",
    "Ranked",
    "Rescue",
    "Retold",
    "Standing",
    "Stay",
    "Sums",
    "Touched",
    "Value",
    "Whole",
    "account",
    "alone",
    "anew",
    "anew_as_json",
    "anew_from_json",
    "applied",
    "as_json",
    "behind",
    "changes",
    "differences",
    "disruptions_as_json",
    "disruptions_from_json",
    "figures",
    "finished",
    "from_json",
    "lived_through",
    "measured",
    "open_steps",
    "overdue",
    "reasons",
    "stays",
    "stopped",
    "sums",
    "sums_as_json",
    "sums_from_json",
    "told_with",
    "within",
    "written",
]
