"""A declaration on its page: every version of it, and what its open one would do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import scanning
from app.operations.force_majeure import Impact, author_of, version_of
from app.operations.force_majeure_closing import closing_of, is_over, standing
from app.operations.force_majeure_impact import impact
from app.operations.force_majeure_register import officials_only
from app.operations.force_majeure_versions import Changed, changed, moves_clocks, replaced
from app.operations.retrying import retried
from app.store import transaction
from app.store.encoding import parse
from engine import access
from engine.deployment import Deployment
from engine.errors import NotFound


@dataclass(frozen=True)
class DeclarationPage:
    """A declaration with all its versions and the effect its open version would have now."""

    versions: tuple[Any, ...]
    names: Mapping[UUID, str]
    impact: Impact | None
    letters: tuple[Any, ...]
    files: tuple[Any, ...]
    scannable: frozenset[UUID]  # letters whose signed scan the reader may store
    reports: tuple[Any, ...] = ()  # to the Walikota, on the newest version first
    comments: tuple[Any, ...] = ()  # of supervisors, oldest first
    may_comment: bool = False
    closed: bool = False  # the version in force was reported
    may_close: bool = False
    changes: Mapping[int, tuple[Changed, ...]] = field(default_factory=dict)  # version -> what it says otherwise
    apart: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # version -> codes of what is another event

    @property
    def moves(self) -> bool:
        """Whether the newest version may move a clock."""
        newest = self.versions[0]
        return moves_clocks(newest.kind, self.changes.get(newest.version, ()))


@retried
def page(declaration_id: UUID, by: UUID, at: datetime, after: UUID | None = None) -> DeclarationPage:
    """A declaration for officials; `after`: the case behind which the lists of its effect go on.  Raises NotFound."""
    with transaction(snapshot=True) as store:
        who = officials_only(store, by, at)
        rows = store.calendars.versions(declaration_id)
        if not rows:
            raise NotFound("Pernyataan tidak ditemukan.")
        waiting = rows[0].approved_at is None and rows[0].rejected_at is None
        version = version_of(rows[0], at)
        found = impact(store, rows[0].code, version, at, author_of(rows[0]), after) if waiting else None
        reports = store.declaration_states.closings(declaration_id)
        people = {one for row in rows for one in (row.proposed_by, row.approved_by, row.rejected_by) if one}
        remarks = store.declaration_states.comments(declaration_id)
        people |= {one.closed_by for one in reports} | {one.by for one in remarks}
        letters, files = store.documents.letters_of_declaration(declaration_id), store.calendars.files(declaration_id)
        scans = scanning.scannable(store, letters, who)
        last = standing(rows)
        closed = closing_of(last, reports) is not None
        may = not waiting and not closed and is_over(last, at) and access.may(who, "close_force_majeure")
        names = store.people.names(people)
        otherwise = _changes(store.deployments.active(), rows)
        apart = {row.version: tuple(parse(row.apart_from)) for row in rows}
        return DeclarationPage(
            rows,
            names,
            found,
            letters,
            files,
            scans,
            reports,
            comments=remarks,
            may_comment=access.may(who, "comment_force_majeure"),
            closed=closed,
            may_close=may,
            changes=otherwise,
            apart=apart,
        )


def _changes(deployment: Deployment, rows: tuple[Any, ...]) -> dict[int, tuple[Changed, ...]]:
    """Of each version but the first what it says otherwise than the one in whose place it stands or would stand."""
    pairs = ((row, replaced(rows, row)) for row in rows)
    return {row.version: changed(deployment, before, row) for row, before in pairs if before is not None}
