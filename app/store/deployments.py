"""Deployments: a zip of files, parsed once and kept, for they never change."""

from __future__ import annotations

import io
import zipfile
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, cast, func, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from app.store.tables.calendar import office_events
from app.store.tables.cases import cases, deployments
from engine.deployment import Deployment, restored

OF_RELEASES = (
    "deployed",
    "deployment_approved",
    "deployment_rejected",
    "deployment_took_effect",
    "deployment_called_off",
    "deployment_withdrawn",
)  # kinds of the office's own events


@dataclass(frozen=True)
class DeploymentRow:
    id: UUID
    number: int
    checksum: str
    status: str
    note: str
    proposed_by: UUID | None
    approved_by: UUID | None
    proposed_at: datetime
    active_at: datetime | None
    decree: str = ""
    rejected_because: str = ""
    effective_at: datetime | None = None  # when it is to take effect, while it is "planned"


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip with sorted names and fixed times: the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name in sorted(files):
            bundle.writestr(zipfile.ZipInfo(name, (2018, 2, 8, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


def unpack(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


# A parsed release takes some ten megabytes; running cases rarely stand on more than these.
MOST_KEPT = 16
_kept: OrderedDict[UUID, tuple[str, Deployment]] = OrderedDict()  # with the checksum of its files
_keeping = Lock()


def _known(id: UUID) -> Deployment | None:
    with _keeping:
        if id in _kept:
            _kept.move_to_end(id)
        return _kept[id][1] if id in _kept else None


def _same(checksum: str) -> Deployment | None:
    """A kept release of the very same files: one that comes back is known already."""
    with _keeping:
        return next((made for sum, made in _kept.values() if sum == checksum), None)


def _keep(checksum: str, made: Deployment) -> None:
    """The releases asked for longest ago make room."""
    with _keeping:
        _kept[made.id] = (checksum, made)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


class DeploymentStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    @staticmethod
    def packed(files: Mapping[str, bytes]) -> bytes:
        return pack(files)

    def get(self, id: UUID) -> Deployment:
        """The parsed deployment; raises LookupError when it is not there."""
        return _known(id) or self._read(deployments.c.id == id)

    def active(self) -> Deployment:
        """The deployment new cases are opened on; raises LookupError before the first one."""
        id = self.session.scalar(select(deployments.c.id).where(deployments.c.status == "active"))
        if id is None:
            raise LookupError("no active deployment")
        return self.get(id)

    def has_active(self) -> bool:
        return self.session.scalar(select(deployments.c.id).where(deployments.c.status == "active")) is not None

    def _read(self, condition: Any) -> Deployment:
        row = self.session.execute(select(deployments).where(condition)).one_or_none()
        if row is None:
            raise LookupError("no such deployment")
        same = _same(row.checksum) or restored(row.id, row.number, unpack(bytes(row.files)))
        made = replace(same, id=row.id, number=row.number)
        _keep(row.checksum, made)
        return made

    def files(self, id: UUID) -> dict[str, bytes]:
        bundle = self.session.scalar(select(deployments.c.files).where(deployments.c.id == id))
        return unpack(bytes(bundle)) if bundle else {}

    def by_checksum(self, checksum: str) -> DeploymentRow | None:
        return self._one(deployments.c.checksum == checksum)

    def numbered(self, number: int) -> DeploymentRow | None:
        return self._one(deployments.c.number == number)

    def in_effect(self) -> DeploymentRow | None:
        return self._one(deployments.c.status == "active")

    def row(self, id: UUID, lock: bool = False) -> DeploymentRow | None:
        """`lock`: as it stands once everybody else has decided on it, and for this transaction alone."""
        return self._one(deployments.c.id == id, lock)

    def _one(self, condition: Any, lock: bool = False) -> DeploymentRow | None:
        chosen = self._select().where(condition)
        found = self.session.execute(chosen.with_for_update() if lock else chosen).first()
        return DeploymentRow(**found._mapping) if found else None

    def _select(self) -> Any:
        return select(*(deployments.c[name] for name in DeploymentRow.__dataclass_fields__))

    def all(self) -> tuple[DeploymentRow, ...]:
        rows = self.session.execute(self._select().order_by(deployments.c.number.desc()))
        return tuple(DeploymentRow(**row._mapping) for row in rows)

    def waiting(self) -> tuple[DeploymentRow, ...]:
        """Those that wait for a second person, oldest first."""
        chosen = self._select().where(deployments.c.status == "draft").order_by(deployments.c.proposed_at)
        return tuple(DeploymentRow(**row._mapping) for row in self.session.execute(chosen))

    def next_number(self) -> int:
        return int(self.session.scalar(select(func.coalesce(func.max(deployments.c.number), 0) + 1)) or 1)

    def running_cases(self) -> dict[UUID, int]:
        """How many open cases stand on each deployment."""
        statement = select(cases.c.deployment_id, func.count()).where(cases.c.closed.is_(False))
        return {row[0]: int(row[1]) for row in self.session.execute(statement.group_by(cases.c.deployment_id))}

    def add(
        self, made: Deployment, files: Mapping[str, bytes], status: str, note: str, by: UUID | None, at: datetime
    ) -> None:
        self.session.execute(
            insert(deployments).values(
                id=made.id,
                number=made.number,
                checksum=made.checksum,
                files=pack(files),
                status=status,
                note=note,
                proposed_by=by,
                proposed_at=at,
                active_at=at if status == "active" else None,
            )
        )

    def running_by_process(self, id: UUID) -> tuple[tuple[str, int], ...]:
        """Process -> how many open cases of a release, most first."""
        here = (cases.c.deployment_id == id, cases.c.closed.is_(False))
        statement = select(cases.c.process, func.count()).where(*here).group_by(cases.c.process)
        rows = self.session.execute(statement.order_by(func.count().desc(), cases.c.process))
        return tuple((row[0], int(row[1])) for row in rows)

    def cases_on(self, id: UUID, process: str, after: UUID | None, most: int | None) -> tuple[Any, ...]:
        """Open cases of a release by id, those after `after`; `process`: "" for any, `most`: None for all."""
        names = ("id", "number", "tracking_code", "applicant_name", "permit", "process", "state", "opened_at")
        here = select(*(cases.c[name] for name in names))
        here = here.where(cases.c.deployment_id == id, cases.c.closed.is_(False))
        here = here.where(cases.c.process == process) if process else here
        here = here.where(cases.c.id > after) if after else here
        return tuple(self.session.execute(here.order_by(cases.c.id).limit(most)))

    def propose_again(self, id: UUID, by: UUID | None, at: datetime, note: str = "") -> None:
        """A superseded or rejected release waits for its approval once more; `note`: why, in the place of the old."""
        values = {"status": "draft", "proposed_by": by, "proposed_at": at, "approved_by": None, "rejected_because": ""}
        values |= {"effective_at": None, **({"note": note} if note else {})}
        guard = (deployments.c.id == id) & deployments.c.status.in_(("superseded", "rejected"))
        self.session.execute(update(deployments).where(guard).values(**values))

    def reject(self, id: UUID, because: str, before: bool = False) -> None:
        """`before`: it was in effect once, which a refusal of its return does not change."""
        values = {"status": "superseded" if before else "rejected", "rejected_because": because, "effective_at": None}
        self.session.execute(update(deployments).where(deployments.c.id == id).values(**values))

    def plan(self, id: UUID, by: UUID, decree: str, effective_at: datetime) -> None:
        """Approved, to take effect later."""
        values = {"status": "planned", "approved_by": by, "decree": decree, "effective_at": effective_at}
        self.session.execute(update(deployments).where(deployments.c.id == id).values(values))

    def planned(self, lock: bool = False) -> DeploymentRow | None:
        """The one that waits for its instant; `lock`: for this transaction alone, None while another has it."""
        chosen = self._select().where(deployments.c.status == "planned").order_by(deployments.c.effective_at).limit(1)
        found = self.session.execute(chosen.with_for_update(skip_locked=True) if lock else chosen).first()
        return DeploymentRow(**found._mapping) if found else None

    def told(self, numbers: Sequence[int]) -> tuple[Any, ...]:
        """The office's own events about these releases, in their order, each with its `number`."""
        number = cast(cast(office_events.c.body, JSONB)["number"].astext, Integer).label("number")
        statement = select(office_events, number).where(office_events.c.kind.in_(OF_RELEASES))
        statement = statement.where(number.in_(list(numbers))).order_by(office_events.c.seq)
        return tuple(self.session.execute(statement))

    def known(self, checksum: str) -> Deployment | None:
        """A release of these very files that was parsed before, under whatever id; None when there is none."""
        return _same(checksum)

    def keep(self, made: Deployment) -> None:
        """Know a release that is not, or not yet, one of the office's."""
        _keep(made.checksum, made)

    def activate(self, id: UUID, by: UUID | None, at: datetime, decree: str = "") -> None:
        """Make `id` the active one; the one before is superseded (cases stay on it)."""
        before = update(deployments).where(deployments.c.status == "active").values(status="superseded")
        self.session.execute(before)
        values = {"status": "active", "approved_by": by, "active_at": at, "decree": decree}
        self.session.execute(update(deployments).where(deployments.c.id == id).values(values))
