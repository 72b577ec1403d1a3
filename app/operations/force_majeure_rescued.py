"""Late files that a declaration made timely ("diselamatkan"): by which decree, whose, and who had worked on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.store import Store

EXCUSED = "tepat waktu setelah koreksi kahar"  # how the annotation of a breach begins that a declaration undid


@dataclass(frozen=True)
class Rescued:
    """A late file that a declaration made timely; `handled`: names of those of its two people who worked on it."""

    row: Any
    code: str
    declaration: UUID | None
    decree: str
    proposer: str
    establisher: str
    handled: tuple[str, ...]


def rescued(
    store: Store, versions: Iterable[Any], span: tuple[datetime, datetime] | None = None
) -> tuple[Rescued, ...]:
    """Of the files whose excuse stands, newest first; `span`: those excused in [begin, end).

    `versions`: rows of declarations, among them those that excused.
    """
    excused = store.readings.excused(EXCUSED, span)
    if not excused:
        return ()
    by_decree = {one.decree: one for one in versions if one.approved_at is not None}
    decisive = [by_decree[decree] for one in excused if (decree := _decree(one)) in by_decree]
    people = {one for row in decisive for one in (row.proposed_by, row.approved_by)}
    names, handled = store.people.names(people), store.case_lists.handled({one.case_id for one in excused}, people)
    return tuple(_one(row, by_decree, names, handled) for row in excused)


def _decree(row: Any) -> str:
    return str(row.annotation).removeprefix(f"{EXCUSED} (").removesuffix(")")


def _one(
    row: Any, by_decree: Mapping[str, Any], names: Mapping[UUID, str], handled: frozenset[tuple[UUID, UUID]]
) -> Rescued:
    decree = _decree(row)
    version = by_decree.get(decree)
    if version is None:
        return Rescued(row, "", None, decree, "", "", ())
    pair = (version.proposed_by, version.approved_by)
    both = tuple(names.get(one, "") for one in pair)
    worked = tuple(names.get(one, "") for one in dict.fromkeys(pair) if (row.case_id, one) in handled)
    return Rescued(row, version.code, version.declaration_id, decree, both[0], both[1], worked)
