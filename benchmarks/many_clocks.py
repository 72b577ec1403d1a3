"""A scratch office with very many open clocks: rows copied by the server, one service clock to a case.

Three in ten have been paused once for ten days; permits, areas and beginnings are spread.  Not a flow of cases: what
is measured on it is the counting of clocks, lists and warnings.
"""

from __future__ import annotations

import os
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import create_engine, text

from app.clock import WIB
from app.store import transaction

CLOCKS = int(os.environ.get("EPERIZINAN_BENCH_CLOCKS", "1000000"))
FIRST = datetime(2026, 7, 27, 8, 0, tzinfo=WIB)
TODAY = datetime(2026, 8, 10, 9, 0, tzinfo=WIB)
DAYS = 14  # from the first beginning to the last
PAUSED = "g % 10 < 3"
# Each clock's beginning: spread over the days and the eight hours after eight o'clock, to the second.
BEGAN = (
    f"timestamptz '{FIRST.isoformat()}' + (g % {DAYS}) * interval '1 day' "
    "+ (g::bigint * 7919 % 28800) * interval '1 second'"
)
ID = "md5('{0}' || g)::uuid"
CASE = "(lpad(to_hex(g), 12, '0') || '70008000' || substr(md5('b' || g), 1, 12))::uuid"  # like ours they tell time
ROWS = "generate_series(1, :clocks) g"
STATEMENTS = (
    "insert into cases (id, number, tracking_code, deployment_id, process, permit, kind, category, area, channel, "
    "applicant_id, state, serving, opened_at, snapshot, seq, genesis, head, last_at) "
    f"select {CASE}, 'U' || g, 'U' || g, :deployment, 'izin_retribusi', "
    "(array['IMB', 'TRY', 'HO', 'MB', 'IMTA'])[1 + g % 5], 'baru', 'perorangan', '18.72.0' || (1 + g % 5) || "
    f"'.100' || (1 + g % 4), 'daring', :owner, 'TERDAFTAR', true, {BEGAN}, '', 1, '', '', {BEGAN} from {ROWS}",
    "insert into clocks (id, case_id, name, kind, budget, basis, pausable, position) "
    f"select {ID.format('j')}, {CASE}, 'L', 'L', (array['3 hk', '5 hk', '7 hk', '14 hk'])[1 + g % 4], "
    f"'ukur', true, 0 from {ROWS}",
    "insert into clock_events (clock_id, seq, kind, effective_at, recorded_at) "
    f"select {ID.format('j')}, 1, 'START', {BEGAN}, {BEGAN} from {ROWS}",
    "insert into clock_events (clock_id, seq, kind, cause, effective_at, recorded_at) "
    f"select {ID.format('j')}, 2 + n, (array['PAUSE', 'RESUME'])[1 + n], 'MENUNGGU_PEMBAYARAN', "
    f"{BEGAN} + (1 + 10 * n) * interval '1 day', {BEGAN} + (1 + 10 * n) * interval '1 day' "
    f"from {ROWS}, generate_series(0, 1) n where {PAUSED}",
    f"insert into clock_readings (clock_id, case_id, running, started_at, revision) "
    f"select {ID.format('j')}, {CASE}, true, {BEGAN}, 1 from {ROWS}",
    "insert into tasks (id, case_id, element, name, role, form_key, properties, status, opened_at) "
    f"select {ID.format('t')}, {CASE}, 'verifikasi_keabsahan', 'Verifikasi', 'VB', 'verifikasi', '{{}}', "
    f"'open', {BEGAN} from {ROWS}",
)


class Owned(Protocol):
    """A database by the address of its owner."""

    @property
    def owner_url(self) -> str: ...


def stock(server: Owned, owner_id: UUID, clocks: int = CLOCKS) -> None:
    """Fill the furnished office with so many cases of one applicant, unread as yet."""
    with transaction() as store:
        known = {"deployment": store.deployments.active().id, "owner": owner_id, "clocks": clocks}
    owner = create_engine(server.owner_url)
    with owner.begin() as connection:
        for statement in STATEMENTS:
            connection.execute(text(statement), {n: v for n, v in known.items() if f":{n}" in statement})
    tidy(server)


def tidy(server: Owned) -> None:
    """What autovacuum does sooner or later, done now, so that no measurement meets it by chance."""
    owner = create_engine(server.owner_url, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text("vacuum analyze cases, clocks, clock_events, clock_readings, tasks, promises"))
    owner.dispose()
