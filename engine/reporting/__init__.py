"""The periodical report (Pasal 3 ayat 2): what is known of each file in a period, the figures that makes, corrections.

Pure: everything is computed from frozen facts, in whole numbers and exact Fractions.
"""

from engine.reporting.corrections import Change, Difference, applied, changes, differences
from engine.reporting.facts import CaseFacts, Finished, Overdue, as_json, from_json, measured
from engine.reporting.figures import FIGURES, GROUPS, Figure, Lines, Value, behind, figures, reasons, written
from engine.reporting.periods import KINDS, Period
from engine.reporting.services import finished, open_steps, overdue

__all__ = [
    "FIGURES",
    "GROUPS",
    "KINDS",
    "CaseFacts",
    "Change",
    "Difference",
    "Figure",
    "Finished",
    "Lines",
    "Overdue",
    "Period",
    "Value",
    "applied",
    "as_json",
    "behind",
    "changes",
    "differences",
    "figures",
    "finished",
    "from_json",
    "measured",
    "open_steps",
    "overdue",
    "reasons",
    "written",
]
