"""The levy (retribusi): exact sums from a versioned tariff, late interest, and the amount in words."""

from engine.levy.calculation import Calculation, Line, calculate
from engine.levy.interest import Interest, interest
from engine.levy.words import in_words

__all__ = ["Calculation", "Interest", "Line", "calculate", "in_words", "interest"]
