"""The periodical report (Pasal 3 ayat 2): what is known of each file in a period, the figures that makes, corrections.

Pure: everything is computed from frozen facts, in whole numbers and exact Fractions.
"""

from engine.reporting.corrections import Change, Difference, applied, changes, differences
from engine.reporting.disruptions import (
    Declared,
    Disruptions,
    Failure,
    Paper,
    Touched,
    disruptions_as_json,
    disruptions_from_json,
    met,
    touched,
)
from engine.reporting.facts import CaseFacts, Finished, Overdue, as_json, from_json, measured
from engine.reporting.figures import FIGURES, GROUPS, Figure, Lines, Value, behind, figures, reasons, written
from engine.reporting.periods import KINDS, Period
from engine.reporting.services import ALL, alone, finished, lived_through, open_steps, overdue, stopped

__all__ = [
    "ALL",
    "FIGURES",
    "GROUPS",
    "KINDS",
    "CaseFacts",
    "Change",
    "Declared",
    "Difference",
    "Disruptions",
    "Failure",
    "Figure",
    "Finished",
    "Lines",
    "Overdue",
    "Paper",
    "Period",
    "Touched",
    "Value",
    "alone",
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
    "met",
    "open_steps",
    "overdue",
    "reasons",
    "stopped",
    "touched",
    "written",
]
