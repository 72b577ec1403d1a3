"""Whose name stands under a letter: who sent it, else who holds the role that signs it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations.work import Work
from engine.access import STANDING
from engine.catalogue import LetterKind


def signatory(work: Work, letter: LetterKind) -> dict[str, str]:
    """Name, number, rank and office of who signs; empty when nobody does."""
    day = work.at.astimezone(WIB).date()
    person, role = _sender(work, letter) or _holder(work, letter, day)
    return _printed(work, person, role, day) if person is not None else {}


def sender(work: Work, letter: LetterKind) -> UUID | None:
    """Who sent the letter and so signs it; None where whoever holds its role does."""
    found = _sender(work, letter)
    return found[0].id if found else None


def _sender(work: Work, letter: LetterKind) -> tuple[Any, str] | None:
    """Who did the step that sent the letter, in the role of that step."""
    elements = work.case.deployment.definition.elements
    sent = [one for one in work.case.done if one.element in letter.sent_by]
    return (work.store.people.row(sent[-1].by), elements[sent[-1].element].role) if sent else None


def _holder(work: Work, letter: LetterKind, day: date) -> tuple[Any, str]:
    """The doer of a step of the file who holds the letter's role, else the role's holder today."""
    holders = work.store.people.holders(letter.signatory, "", day) if letter.signatory else ()
    doers = {one.by for one in work.case.done}
    found = next((one for one in holders if one.id in doers), holders[0] if holders else None)
    return found, letter.signatory


def _printed(work: Work, person: Any, role: str, day: date) -> dict[str, str]:
    grants = [one for one in work.store.people.grants_on(person.id, day) if one.role == role]
    standing = STANDING.get(grants[0].kind, "") if grants else ""
    return {
        "nama": person.name,
        "nip": person.nip or "",
        "pangkat": person.rank or "",
        "jabatan": standing + work.case.deployment.catalogue.roles[role].name,
    }
