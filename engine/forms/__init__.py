"""What a task asks and what came back: forms, fields and the reading of submissions."""

from engine.forms.reading import Refill, Submission, read, refill
from engine.forms.vocabulary import Choices, Field, Form, Section, load

__all__ = [
    "Choices",
    "Field",
    "Form",
    "Refill",
    "Section",
    "Submission",
    "load",
    "read",
    "refill",
]
