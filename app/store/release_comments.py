"""Remarks on elements of a draft or of the release it became, and their answers: only added to."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from app.store.tables.people import people
from app.store.tables.releases import release_comments
from app.store.tables.studio import release_drafts

_SAID = release_comments.c


class ReleaseCommentStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, id: UUID, at: datetime, **values: Any) -> None:
        """`values`: draft_id or deployment_id, path, element, body, answers, by."""
        self.session.execute(insert(release_comments).values(id=id, at=at, **values))

    def one(self, id: UUID) -> Any:
        return self.session.execute(select(release_comments).where(_SAID.id == id)).one_or_none()

    def of(self, draft: UUID | None, deployment: UUID | None) -> tuple[Any, ...]:
        """All that was said of a draft and of the release it was proposed as, oldest first, with who said it."""
        became = select(release_drafts.c.id).where(release_drafts.c.deployment_id == deployment)
        of_release = or_(_SAID.deployment_id == deployment, _SAID.draft_id.in_(became))
        here = or_(_SAID.draft_id == draft, of_release) if deployment else _SAID.draft_id == draft
        joined = release_comments.join(people, people.c.id == _SAID.by)
        chosen = select(release_comments, people.c.name).select_from(joined).where(here)
        return tuple(self.session.execute(chosen.order_by(_SAID.at, _SAID.id)))
