"""People, their grants, tokens, the throttle and the log of who looked at whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store import whence
from app.store.tables.people import access_log, grants, people, sessions, throttle, tokens
from engine.access import Actor, Grant

# Statements of every step are built once; a grant holds from its first to its last day unless revoked.
_ROW = select(people).where(people.c.id == bindparam("person"))
_HOLDING = and_(
    grants.c.revoked_at.is_(None),
    grants.c.since <= bindparam("day"),
    or_(grants.c.until.is_(None), grants.c.until >= bindparam("day")),
)
_GRANT = (grants.c.role, grants.c.unit, grants.c.kind, grants.c.since, grants.c.until, grants.c.basis)
_GRANTED = select(grants).where(grants.c.person_id == bindparam("person"), _HOLDING).order_by(grants.c.recorded_at)
_HOLDERS = (
    select(people)
    .join(grants, grants.c.person_id == people.c.id)
    .where(grants.c.role == bindparam("role"), _HOLDING, people.c.disabled_at.is_(None))
    .order_by(people.c.name)
    .distinct()
)
_ACTOR = (
    select(people.c.id.label("person_id"), people.c.name, people.c.kind.label("person_kind"), *_GRANT)
    .outerjoin(grants, and_(grants.c.person_id == people.c.id, _HOLDING))
    .where(people.c.id == bindparam("person"), people.c.disabled_at.is_(None))
    .order_by(grants.c.recorded_at)
)
_OFFICIALS = (
    select(people.c.id.label("person_id"), people.c.name, *_GRANT)
    .outerjoin(grants, and_(grants.c.person_id == people.c.id, _HOLDING))
    .where(people.c.kind == "official", people.c.disabled_at.is_(None))
    .order_by(people.c.name, people.c.id, grants.c.recorded_at)
)
_UNIT = or_(grants.c.unit == bindparam("unit"), grants.c.unit == "")


def _grant(row: Any) -> Grant:
    return Grant(row.role, row.unit, row.kind, row.since, row.until, row.basis)


class Substitution(NamedTuple):
    """A role held as Plt. or Plh. on the days from `since` to `until` (None: without an end)."""

    person: UUID
    role: str
    kind: str
    since: date
    until: date | None

    def stood(self, person: UUID | None, role: str, day: date) -> bool:
        days = self.since <= day and (self.until is None or day <= self.until)
        return days and (self.person, self.role) == (person, role)


class PeopleStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, id: UUID, at: datetime, **values: Any) -> None:
        self.session.execute(insert(people).values(id=id, created_at=at, **values))

    def change(self, id: UUID, **values: Any) -> None:
        self.session.execute(update(people).where(people.c.id == id).values(**values))

    def row(self, id: UUID) -> Any:
        return self.session.execute(_ROW, {"person": id}).one_or_none()

    def by_email(self, email: str) -> Any:
        return self.session.execute(select(people).where(func.lower(people.c.email) == email.lower())).one_or_none()

    def by_nik(self, hmac: bytes) -> tuple[Any, ...]:
        return tuple(self.session.execute(select(people).where(people.c.nik_hmac == hmac)))

    def applicants_named(self, text: str, limit: int) -> tuple[Any, ...]:
        """Applicants whose name holds `text`, by name."""
        like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        guard = (people.c.kind == "applicant") & people.c.name.ilike(like) & people.c.disabled_at.is_(None)
        return tuple(self.session.execute(select(people).where(guard).order_by(people.c.name).limit(limit)))

    def named(self, text: str, limit: int) -> tuple[Any, ...]:
        """People of either kind, disabled ones too, whose name holds `text`; officials first, by name."""
        like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        found = select(people.c.id, people.c.name, people.c.kind).where(people.c.name.ilike(like))
        return tuple(self.session.execute(found.order_by(people.c.kind.desc(), people.c.name).limit(limit)))

    def count(self) -> int:
        return int(self.session.scalar(select(func.count()).select_from(people)) or 0)

    def actor(self, id: UUID, day: date) -> Actor | None:
        """Who acts, with the grants that hold on `day`; None when unknown or disabled."""
        rows = self.session.execute(_ACTOR, {"person": id, "day": day}).all()
        if not rows:
            return None
        first = rows[0]
        return Actor(first.person_id, first.name, first.person_kind, tuple(_grant(row) for row in rows if row.role))

    def officials_on(self, day: date) -> tuple[Actor, ...]:
        """Every official who is not disabled, with the grants that hold on `day`, by name."""
        found: dict[UUID, list[Any]] = {}
        for row in self.session.execute(_OFFICIALS, {"day": day}):
            found.setdefault(row.person_id, []).append(row)
        return tuple(
            Actor(rows[0].person_id, rows[0].name, "official", tuple(_grant(row) for row in rows if row.role))
            for rows in found.values()
        )

    def actor_then(self, id: UUID, day: date, at: datetime) -> Actor | None:
        """Who could act on `day` as the office knew it at `at`: by grants recorded and not taken back by then."""
        row = self.row(id)
        if row is None or (row.disabled_at is not None and row.disabled_at <= at):
            return None
        known = (
            one for one in self.grants(id) if one.recorded_at <= at and (not one.revoked_at or one.revoked_at > at)
        )
        held = tuple(_grant(one) for one in known if _grant(one).holds_on(day))
        return Actor(row.id, row.name, row.kind, held)

    def grants_on(self, person: UUID, day: date) -> tuple[Grant, ...]:
        return tuple(_grant(row) for row in self.session.execute(_GRANTED, {"person": person, "day": day}))

    def grants(self, person: UUID | None = None) -> tuple[Any, ...]:
        statement = select(grants).order_by(grants.c.recorded_at)
        return tuple(self.session.execute(statement.where(grants.c.person_id == person) if person else statement))

    def substitutes_of(self, person: UUID, day: date) -> tuple[Any, ...]:
        """Who stands in for somebody on a day: person_id, name, role, unit, kind, since, until, by role."""
        columns = (grants.c.person_id, people.c.name, grants.c.role, grants.c.unit, grants.c.kind)
        statement = (
            select(*columns, grants.c.since, grants.c.until)
            .join(people, people.c.id == grants.c.person_id)
            .where(
                grants.c.stands_for == person, grants.c.kind != "definitif", _HOLDING, people.c.disabled_at.is_(None)
            )
            .order_by(grants.c.role, grants.c.unit)
        )
        return tuple(self.session.execute(statement, {"day": day}))

    def add_grant(self, id: UUID, at: datetime, **values: Any) -> None:
        self.session.execute(insert(grants).values(id=id, recorded_at=at, **values))

    def revoke_grant(self, id: UUID, by: UUID | None, at: datetime) -> bool:
        """Whether there is such a grant; one that was revoked before keeps its instant and author."""
        values = {
            "revoked_at": func.coalesce(grants.c.revoked_at, at),
            "revoked_by": func.coalesce(grants.c.revoked_by, by),
        }
        statement = update(grants).where(grants.c.id == id).values(**values).returning(grants.c.id)
        return self.session.scalar(statement) is not None

    def holders(self, role: str, unit: str, day: date) -> tuple[Any, ...]:
        """People who hold a role (and unit) on a day, by name."""
        statement = _HOLDERS.where(_UNIT) if unit else _HOLDERS
        return tuple(self.session.execute(statement, {"role": role, "day": day, "unit": unit}))

    def held_roles(self, day: date) -> frozenset[str]:
        """The roles somebody who is not disabled holds on a day."""
        statement = select(grants.c.role).join(people, people.c.id == grants.c.person_id)
        return frozenset(self.session.scalars(statement.where(_HOLDING, people.c.disabled_at.is_(None)), {"day": day}))

    def working(self, day: date) -> tuple[Any, ...]:
        """Officials who are not disabled: id and NIP with each role they hold on a day, None without one."""
        holding = and_(grants.c.person_id == people.c.id, _HOLDING)
        statement = select(people.c.id, people.c.nip, grants.c.role).outerjoin(grants, holding)
        active = statement.where(people.c.kind == "official", people.c.disabled_at.is_(None))
        return tuple(self.session.execute(active, {"day": day}))

    def officials(self) -> tuple[Any, ...]:
        return tuple(self.session.execute(select(people).where(people.c.kind == "official").order_by(people.c.name)))

    def substitutions(self, ids: set[UUID]) -> tuple[Substitution, ...]:
        """What these people do or did in somebody's stead."""
        standing = and_(grants.c.person_id.in_(ids), grants.c.kind != "definitif")
        columns = (grants.c.person_id, grants.c.role, grants.c.kind, grants.c.since, grants.c.until)
        return tuple(Substitution(*row) for row in self.session.execute(select(*columns).where(standing)))

    def names(self, ids: set[UUID]) -> dict[UUID, str]:
        if not ids:
            return {}
        rows = self.session.execute(select(people.c.id, people.c.name).where(people.c.id.in_(ids)))
        return {row.id: row.name for row in rows}

    def nip(self, id: UUID) -> str | None:
        return self.session.scalar(select(people.c.nip).where(people.c.id == id))

    def has_real_accounts(self) -> bool:
        """An official with a password who is no invention; applicants may sign up in a demonstration too."""
        official = people.c.kind == "official"
        real = official & people.c.password_hash.is_not(None) & ~people.c.demonstration
        return self.session.execute(select(people.c.id).where(real).limit(1)).first() is not None

    def demonstration(self) -> tuple[Any, ...]:
        return tuple(self.session.execute(select(people).where(people.c.demonstration).order_by(people.c.created_at)))

    # --- tokens

    def add_token(self, hash: bytes, person: UUID, purpose: str, expires_at: datetime) -> None:
        values = {"hash": hash, "person_id": person, "purpose": purpose, "expires_at": expires_at}
        self.session.execute(insert(tokens).values(values))

    def use_token(self, hash: bytes, purpose: str, at: datetime) -> UUID | None:
        """Use a token once; None when unknown, used or expired."""
        guard = (tokens.c.hash == hash) & (tokens.c.purpose == purpose) & tokens.c.used_at.is_(None)
        statement = update(tokens).where(guard, tokens.c.expires_at > at).values(used_at=at)
        found: UUID | None = self.session.scalar(statement.returning(tokens.c.person_id))
        return found

    def void_tokens(self, person: UUID, at: datetime) -> None:
        """Links that were sent to a person open nothing any more."""
        self.session.execute(
            update(tokens).where(tokens.c.person_id == person, tokens.c.used_at.is_(None)).values(used_at=at)
        )

    def token_holder(self, hash: bytes, purpose: str, at: datetime) -> UUID | None:
        guard = (tokens.c.hash == hash) & (tokens.c.purpose == purpose) & tokens.c.used_at.is_(None)
        return self.session.scalar(select(tokens.c.person_id).where(guard, tokens.c.expires_at > at))

    def end_sessions(self, person: UUID) -> None:
        self.session.execute(delete(sessions).where(sessions.c.person_id == person))

    # --- throttle

    def count_attempt(self, kind: str, subject: str, window_at: datetime) -> int:
        """One more attempt in this window; the count so far, this one included."""
        values = {"kind": kind, "subject": subject, "window_at": window_at, "count": 1}
        statement = (
            upsert(throttle)
            .values(values)
            .on_conflict_do_update(
                index_elements=["kind", "subject", "window_at"], set_={"count": throttle.c.count + 1}
            )
        )
        return int(self.session.scalar(statement.returning(throttle.c.count)) or 0)

    def forgive(self, kind: str, subject: str) -> None:
        self.session.execute(delete(throttle).where(throttle.c.kind == kind, throttle.c.subject == subject))

    def give_back(self, kind: str, subject: str, window_at: datetime) -> None:
        """Uncount one attempt of this window: it was a good one."""
        guard = (throttle.c.kind == kind) & (throttle.c.subject == subject) & (throttle.c.window_at == window_at)
        self.session.execute(update(throttle).where(guard, throttle.c.count > 0).values(count=throttle.c.count - 1))

    def forget_attempts(self, before: datetime) -> None:
        self.session.execute(delete(throttle).where(throttle.c.window_at < before))

    # --- access log

    def log_access(self, id: UUID, at: datetime, **values: Any) -> None:
        """Who looked at what, why and, unless the caller knows better, from the address that asks right now."""
        values["address"] = values.get("address") or whence.address()
        self.session.execute(insert(access_log).values(id=id, at=at, **values))

    def access_to(self, case_id: UUID, what: str) -> tuple[Any, ...]:
        """Who opened something of a case, oldest first, with their names."""
        statement = select(access_log, people.c.name).join(people, people.c.id == access_log.c.person_id)
        wanted = statement.where(access_log.c.case_id == case_id, access_log.c.what == what)
        return tuple(self.session.execute(wanted.order_by(access_log.c.at)))
