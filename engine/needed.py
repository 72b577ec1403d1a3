"""What code of the office reads of a form by its name: the field, the kinds it can read, in which group it is."""

from __future__ import annotations

from dataclasses import dataclass

TEXT = ("text", "long_text", "digits", "nik", "npwp", "phone", "email", "choice")
CHOICE = ("choice",)
CHOICES = ("choices",)
DAY = ("date",)
MOMENT = ("datetime",)
NUMBER = ("number", "integer", "money")
WHOLE = ("money", "integer")
FLAG = ("yes_no", "declaration")
FILE = ("file",)
GROUP = ("group",)
ROWS = ("rows",)


@dataclass(frozen=True)
class Needed:
    """`types`: the first one is the usual; `inside`: the group or rows around it, "" for none; `must`: whether the form
    cannot do without: else only its name and kind are held where it asks for it."""

    name: str
    types: tuple[str, ...]
    inside: str = ""
    must: bool = True


def must(types: tuple[str, ...], *names: str, inside: str = "") -> tuple[Needed, ...]:
    """Fields of one kind that a form cannot do without."""
    return tuple(Needed(one, types, inside) for one in names)


def may(types: tuple[str, ...], *names: str, inside: str = "") -> tuple[Needed, ...]:
    """Fields of one kind that are read where a form asks for them."""
    return tuple(Needed(one, types, inside, must=False) for one in names)
