"""Who looked at whose data: the record of access, added up by who looked, whose data it was, or by file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

# A look at a file in which the looker has done, or holds, no task: `apart`.
_SEEN = """
select l.id, l.at, l.person_id, l.what, l.case_id, l.why, l.address, c.applicant_id, o.name as owner, c.number,
  c.tracking_code, p.name, l.what = any(:audit) as audit,
  c.id is not null and not exists (
    select 1 from tasks t where t.case_id = l.case_id and (t.closed_by = l.person_id or t.assignee_id = l.person_id)
  ) as apart
from access_log l join people p on p.id = l.person_id left join cases c on c.id = l.case_id
left join people o on o.id = c.applicant_id
where l.at >= :since and l.at < :until and p.kind = 'official' and (l.what = any(:data) or l.what = any(:audit))
"""
_SUMS = """count(*) filter (where not audit) as looks, count(distinct case_id) filter (where not audit) as files,
  count(distinct applicant_id) filter (where not audit) as owners, count(distinct person_id) as lookers,
  count(*) filter (where what = 'person_viewed') as numbers, count(*) filter (where what = 'case_exported') as exports,
  count(distinct case_id) filter (where apart and not audit) as apart, count(*) filter (where audit) as audits"""
_BY: Mapping[str, str] = {
    "pelihat": f"select person_id, min(name) as label, {_SUMS} from seen group by person_id",
    "pemilik": f"""select applicant_id, min(owner) as label, {_SUMS} from seen
      where applicant_id is not null and not audit group by applicant_id""",
    "berkas": f"""select case_id, min(coalesce(number, tracking_code)) as label, {_SUMS} from seen
      where applicant_id is not null and not audit group by case_id""",
}
GROUPS = tuple(_BY)
_ORDER = " order by apart desc, looks desc, label, 1 limit :most"
_LISTED = """
select * from seen where (cast(:person as uuid) is null or person_id = :person)
  and (cast(:owner as uuid) is null or (applicant_id = :owner and not audit))
  and (cast(:case_id as uuid) is null or case_id = :case_id) and (not :apart or (apart and not audit))
order by at desc, id desc limit :most
"""


@dataclass(frozen=True)
class Sieve:
    """Whose looks are listed; None sifts nothing.  `apart`: only at files without a task of the looker's own."""

    person: UUID | None = None
    owner: UUID | None = None
    case_id: UUID | None = None
    apart: bool = False


@dataclass(frozen=True)
class Period:
    """`data` and `audit`: kinds of looks at somebody's data, and at the record itself."""

    since: datetime
    until: datetime  # the first instant that no longer counts
    data: Sequence[str]
    audit: Sequence[str]

    @property
    def given(self) -> dict[str, Any]:
        return {"since": self.since, "until": self.until, "data": list(self.data), "audit": list(self.audit)}


_SEEN_TODAY = """
insert into access_log (id, person_id, what, subject_id, case_id, why, address, at)
select :id, :person, :what, c.applicant_id, c.id, :why, :address, :at from cases c
where c.id = :case_id and not exists (select 1 from access_log where case_id = :case_id and at >= :day and at <= :at
  and person_id = :person and what = :what and why = :why)
"""


class LookStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def sums(self, period: Period, by: str, most: int) -> tuple[Any, ...]:
        """`by`: one of GROUPS.  First column whose they are, then label, looks, files, owners, lookers, numbers, …"""
        statement = f"with seen as materialized ({_SEEN}) {_BY[by]}{_ORDER}"
        return tuple(self.session.execute(text(statement), period.given | {"most": most}))

    def listed(self, period: Period, sieve: Sieve, most: int) -> tuple[Any, ...]:
        """Single looks, newest first."""
        statement = f"with seen as materialized ({_SEEN}) {_LISTED}"
        return tuple(self.session.execute(text(statement), period.given | vars(sieve) | {"most": most}))

    def once(self, id: UUID, at: datetime, day: datetime, **values: Any) -> None:
        """Record a look at a file's data unless the same stands since `day`.

        `values`: person, what, case_id, why, address.
        """
        self.session.execute(text(_SEEN_TODAY), {"id": id, "at": at, "day": day, **values})
