"""The calendar and declarations as rows, the World they make, and the refresh of every reading they move."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.store import steady
from app.store.clock_policies import ClockPolicyStore
from app.store.encoding import dump, parse
from app.store.tables.calendar import (
    calendar_entries,
    declaration_files,
    declaration_versions,
    declarations,
    office_events,
    revisions,
)
from engine.catalogue.channels import reached
from engine.clocks import Calendar, DayEntry, Declaration, DeclarationVersion, Scope, WeekEntry, World, YearEntry
from engine.clocks.force_majeure import DeclarationKind
from engine.events import canonical, stamp

MOST_WORLDS = 8
OFFICE_CHAIN = 76_2018
OFFICE_GENESIS = "0" * 64
DIMENSIONS = ("permit_types", "areas", "units", "systems", "steps")
_worlds: dict[UUID, World] = {}
_first = declaration_versions.alias("first")
_VERSIONS = (
    select(
        *(one for one in declaration_versions.c if one.name != "event"),
        declarations.c.code,
        func.coalesce(func.nullif(declaration_versions.c.event, ""), _first.c.description).label("event"),
    )
    .join(declarations, declarations.c.id == declaration_versions.c.declaration_id)
    .join(_first, (_first.c.declaration_id == declarations.c.id) & (_first.c.version == 1))
    .order_by(declarations.c.created_at.desc(), declaration_versions.c.version.desc())
)
_NEWEST = select(revisions.c.number, revisions.c.token).order_by(revisions.c.number.desc()).limit(1)


def _time(text: str) -> time:
    hour, minute = text.split(":")[:2]
    return time(int(hour), int(minute))


def _segments(raw: Any) -> tuple[tuple[time, time], ...]:
    return tuple((_time(one[0]), _time(one[1])) for one in raw)


def entry_of(row: Any) -> WeekEntry | DayEntry | YearEntry:
    if row.kind == "YEAR":
        return YearEntry(row.year, row.recorded_at, row.decree)
    hours = parse(row.hours)
    if row.kind == "DAY":
        segments = None if hours is None else _segments(hours)
        return DayEntry(row.since, segments, row.recorded_at, row.decree, row.label)
    week = {int(day): _segments(found) for day, found in hours.items()}
    return WeekEntry(row.since, row.until, week, row.recorded_at, row.decree, row.unit)


def columns_of(entry: WeekEntry | DayEntry | YearEntry) -> dict[str, Any]:
    """An entry as a row: kind, since, until, year, hours (plain JSON), label, decree; what `entry_of` reads."""
    if isinstance(entry, YearEntry):
        return {"kind": "YEAR", "year": entry.year, "decree": entry.source}
    if isinstance(entry, WeekEntry):
        hours = {str(day): _windows(windows) for day, windows in enumerate(entry.by_weekday) if windows}
        return {"kind": "WEEK", "since": entry.since, "until": entry.until, "hours": hours, "decree": entry.source}
    hours_of_day = None if entry.hours is None else _windows(entry.hours)
    told = {"kind": "DAY", "since": entry.day, "label": entry.label, "decree": entry.source}
    return told | {"hours": hours_of_day}


def _windows(windows: Iterable[tuple[time, time]]) -> list[list[str]]:
    return [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in windows]


def scope_of(raw: Mapping[str, Any]) -> Scope:
    """An absent dimension means all; an empty one raises ValueError (ruling 4).

    A channel reaches what needs it among others (engine.catalogue.channels).
    """
    chosen = {name: frozenset(raw[name]) for name in DIMENSIONS if name in raw}
    if "systems" in chosen:
        chosen["systems"] = reached(chosen["systems"])
    return Scope(**chosen)


def clock_kind(kind: str) -> DeclarationKind:
    """What a clock makes of a version's kind: the end of the event, or its lasting on, is one more span to it."""
    return "AMEND" if kind in ("RECOVER", "EXTEND") else kind  # type: ignore[return-value]


def version_of(row: Any) -> DeclarationVersion:
    return DeclarationVersion(
        version=row.version,
        kind=clock_kind(row.kind),
        recorded_at=row.recorded_at,
        approved_at=row.approved_at,
        since=row.since,
        until=row.until,
        effect=row.effect,
        scope=scope_of(parse(row.scope)),
        source=row.decree,
    )


class CalendarStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def revision(self) -> int:
        return self._newest()[0]

    def revision_token(self) -> str:
        """Names the current revision for good, also beside another database's of the same number."""
        number, token = self._newest()
        return f"{number}:{token}"

    def _newest(self) -> tuple[int, UUID | None]:
        """Number and token of the current revision; asked once in a transaction unless it makes a new one."""
        known: tuple[int, UUID | None] | None = self.session.info.get(steady.KNOWN)
        if known is None:
            row = self.session.execute(_NEWEST).first()
            known = self.session.info[steady.KNOWN] = (row.number, row.token) if row else (0, None)
        return known

    def world(self) -> World:
        """Calendar and declarations of the current revision, kept per process: a revision never changes."""
        token = self._newest()[1]
        world = _worlds.get(token) if token else None
        if world is None:
            hours = tuple(week for _unit, week in self.receiving())
            world = World(self.calendar(), self.declarations(), ClockPolicyStore(self.session).adopted(), hours)
            if len(_worlds) > MOST_WORLDS:
                _worlds.clear()
            if token:
                _worlds[token] = world
        return world

    def calendar(self) -> Calendar:
        counted = select(calendar_entries).where(calendar_entries.c.unit == "")
        rows = self.session.execute(counted.order_by(calendar_entries.c.position))
        return Calendar(tuple(entry_of(row) for row in rows))

    def receiving(self) -> tuple[tuple[str, WeekEntry], ...]:
        """The own hours of units that face the public, in the order recorded: unit, hours."""
        told = select(calendar_entries).where(calendar_entries.c.unit != "")
        rows = self.session.execute(told.order_by(calendar_entries.c.position))
        return tuple((row.unit, found) for row in rows if isinstance(found := entry_of(row), WeekEntry))

    def entries(self) -> tuple[Any, ...]:
        return tuple(self.session.execute(select(calendar_entries).order_by(calendar_entries.c.position)))

    def declarations(self) -> tuple[Declaration, ...]:
        rows: dict[UUID, list[Any]] = {}
        for row in self.session.execute(
            select(declaration_versions).order_by(declaration_versions.c.declaration_id, declaration_versions.c.version)
        ):
            rows.setdefault(row.declaration_id, []).append(row)
        codes = {row.id: row.code for row in self.session.execute(select(declarations))}
        return tuple(
            Declaration(codes[id], tuple(version_of(one) for one in found))
            for id, found in sorted(rows.items(), key=lambda pair: codes[pair[0]])
        )

    def stand_still(self) -> None:
        """Read the world after this, and it is the world of the whole transaction."""
        steady.hold(self.session)

    def move(self) -> None:
        """Nobody steps while the world changes: what is read from here on is what will be refreshed."""
        steady.move(self.session)

    def new_revision(self, because: str, at: datetime) -> int:
        self.move()
        self.session.info.pop(steady.KNOWN, None)
        statement = insert(revisions).values(because=because, at=at).returning(revisions.c.number)
        return int(self.session.scalar(statement) or 0)

    def add_entry(self, id: UUID, at: datetime, by: UUID | None, **values: Any) -> None:
        """`values`: kind, since, until, year, hours (plain JSON or None), label, decree."""
        if values.get("hours") is not None:
            values["hours"] = dump(values["hours"])
        self.session.execute(insert(calendar_entries).values(id=id, recorded_at=at, recorded_by=by, **values))

    def is_empty(self) -> bool:
        return self.session.scalar(select(func.count()).select_from(calendar_entries)) == 0

    def years(self) -> frozenset[int]:
        found = self.session.scalars(select(calendar_entries.c.year).where(calendar_entries.c.kind == "YEAR"))
        return frozenset(year for year in found if year)

    # --- declarations

    def add_declaration(self, id: UUID, code: str, at: datetime) -> None:
        self.session.execute(insert(declarations).values(id=id, code=code, created_at=at))

    def next_code(self, year: int) -> str:
        """KAHAR-2026-001: sorted by age, shown until a decree number exists."""
        prefix = f"KAHAR-{year}-"
        count = self.session.scalar(select(func.count()).where(declarations.c.code.like(prefix + "%"))) or 0
        return f"{prefix}{count + 1:03}"

    def add_version(self, declaration_id: UUID, version: int, at: datetime, **values: Any) -> None:
        for name in ("scope", "evidence", "preview", "apart_from"):
            values[name] = dump(values[name])
        row = {"declaration_id": declaration_id, "version": version, "recorded_at": at, **values}
        self.session.execute(insert(declaration_versions).values(row))

    def decide_version(self, declaration_id: UUID, version: int, **values: Any) -> None:
        guard = (declaration_versions.c.declaration_id == declaration_id) & (declaration_versions.c.version == version)
        self.session.execute(update(declaration_versions).where(guard).values(**values))

    def versions(self, declaration_id: UUID | None = None) -> tuple[Any, ...]:
        """Versions with their declaration's code and its event, newest first.

        `description` tells of the version itself: the event, its end, why it is corrected or undone.
        """
        found = _VERSIONS.where(declarations.c.id == declaration_id) if declaration_id else _VERSIONS
        return tuple(self.session.execute(found))

    def proposed(self) -> tuple[Any, ...]:
        """Versions that nobody has established or rejected yet."""
        return tuple(one for one in self.versions() if one.approved_at is None and one.rejected_at is None)

    def decreed(self, decree: str, other_than: UUID) -> bool:
        """Whether another declaration already bears a decree's number."""
        guard = (declaration_versions.c.decree == decree) & (declaration_versions.c.declaration_id != other_than)
        return self.session.execute(select(declaration_versions.c.declaration_id).where(guard)).first() is not None

    def lock_declaration(self, id: UUID) -> Any:
        return self.session.execute(select(declarations).where(declarations.c.id == id).with_for_update()).one_or_none()

    def add_file(self, id: UUID, declaration_id: UUID, at: datetime, **values: Any) -> None:
        """`values`: sha256, name, uploaded_by; evidence is added to, never taken away."""
        row = {"id": id, "declaration_id": declaration_id, "at": at, **values}
        self.session.execute(insert(declaration_files).values(row))

    def files(self, declaration_id: UUID) -> tuple[Any, ...]:
        statement = select(declaration_files).where(declaration_files.c.declaration_id == declaration_id)
        return tuple(self.session.execute(statement.order_by(declaration_files.c.at, declaration_files.c.id)))

    def file(self, id: UUID) -> Any:
        return self.session.execute(select(declaration_files).where(declaration_files.c.id == id)).one_or_none()

    # --- the chain of the office (ruling 9)

    def tell(self, kind: str, body: Mapping[str, Any], by: UUID | None, at: datetime) -> None:
        """Append to the office's own chain: declarations, calendar, catalogue, people."""
        # The table allows no update, so no row lock either: one writer at a time by name.
        self.session.execute(select(func.pg_advisory_xact_lock(OFFICE_CHAIN)))
        last = self.session.execute(select(office_events).order_by(office_events.c.seq.desc()).limit(1)).first()
        seq, prev = (last.seq + 1, last.hash) if last else (1, OFFICE_GENESIS)
        hashed = office_link(prev, seq, kind, at, by, body)
        row = {"chain": 1, "seq": seq, "kind": kind, "at": at, "by": by, "body": canonical(dict(body))}
        self.session.execute(insert(office_events).values(prev=prev, hash=hashed, **row))

    def office_chain(self) -> tuple[Any, ...]:
        """The office's own events in their order: what a verifier needs."""
        return tuple(self.session.execute(select(office_events).order_by(office_events.c.seq)))

    def told(self, limit: int = 100) -> tuple[Any, ...]:
        return tuple(self.session.execute(select(office_events).order_by(office_events.c.seq.desc()).limit(limit)))


def office_link(prev: str, seq: int, kind: str, at: datetime, by: UUID | None, body: Mapping[str, Any]) -> str:
    """Hash (hex) of event number `seq` of the office's own chain; its instant is hashed in UTC, as it is read back."""
    content = {"seq": seq, "prev": prev, "kind": kind, "at": stamp(at), "by": str(by or ""), "body": dict(body)}
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def as_dates(raw: Mapping[str, Any]) -> dict[str, Any]:
    """JSON of the catalogue's calendar: ISO dates become dates."""
    return {
        name: date.fromisoformat(value) if name in ("since", "until") and value else value
        for name, value in raw.items()
    }
