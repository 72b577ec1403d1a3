"""What a task asks and what came back: forms, fields and the reading of submissions."""

from engine.forms.bulk import filled, preset, unsent_rows
from engine.forms.reading import Refill, Submission, attempt, read, refill
from engine.forms.telling import told
from engine.forms.vocabulary import Bulk, Choices, Field, Form, Section, load, restored

__all__ = [
    "Bulk",
    "Choices",
    "Field",
    "Form",
    "Refill",
    "Section",
    "Submission",
    "attempt",
    "filled",
    "load",
    "preset",
    "read",
    "refill",
    "restored",
    "told",
    "unsent_rows",
]
