"""A year of an office's past: very many finished files, for the report that counts them.

Rows copied by the server, as `many_clocks` does it: registered, worked through seven steps, issued and handed over;
one in four was paused for the applicant, one in twenty refused, two in five levied and paid.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import create_engine, text

from app.clock import WIB
from app.store import transaction
from benchmarks.many_clocks import Owned

FILES = int(os.environ.get("EPERIZINAN_BENCH_FILES", "100000"))
YEAR = 2025
FIRST = datetime(YEAR, 1, 6, 8, 0, tzinfo=WIB)
DAYS = 330  # from the first beginning to the last
STEPS = (
    "periksa_kelengkapan", "verifikasi_keabsahan", "telaah", "tinjau_lapangan", "rekomendasi", "tanda_tangan",
    "serahkan",
)  # fmt: skip
STATES = ("TERDAFTAR", "VERIFIKASI", "TELAAH", "TINJAUAN", "REKOMENDASI", "PENETAPAN", "TERBIT", "SELESAI")
ROWS = "generate_series(1, :files) g"
CASE = "(lpad(to_hex(g), 12, '0') || '70008001' || substr(md5('y' || g), 1, 12))::uuid"
BEGAN = (
    f"timestamptz '{FIRST.isoformat()}' + (g % {DAYS}) * interval '1 day' "
    "+ (g::bigint * 7919 % 28800) * interval '1 second'"
)
TOOK = "(1 + g % 9)"  # calendar days
ENDED = f"({BEGAN} + {TOOK} * interval '1 day')"
REFUSED, PAUSED, LEVIED = "g % 20 = 0", "g % 4 = 1", "g % 5 < 2 and g % 20 <> 0"

HANDED_OVER = f"not ({REFUSED}) and g % 10 < 9"
ELEMENTS = "persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan".split()
GIVEN = (f'"skm_{one}":"\' || (1 + (g + {n}) % 4) || \'"' for n, one in enumerate(ELEMENTS))
RATED = '\'{"bersedia": true,' + ",".join(GIVEN) + "}'"


def _id(letter: str, number: str = "''") -> str:
    return f"md5('{letter}' || {number} || '-' || g)::uuid"


def _words(values: tuple[str, ...]) -> str:
    return "(array[" + ", ".join(f"'{one}'" for one in values) + "])[n]"


def _letters(kind: str, where: str, at: str) -> str:
    return (
        "insert into letters (id, case_id, kind, number, values, template_checksum, deployment_id, issued_at) "
        f"select {_id(kind)}, {CASE}, '{kind}', '', '{{}}', '', :deployment, {at} from {ROWS} where {where}"
    )


def _statements() -> Iterator[str]:
    yield (
        "insert into cases (id, number, tracking_code, deployment_id, process, permit, kind, category, area, channel, "
        "applicant_id, state, closed, opened_at, submitted_at, closed_at, snapshot, seq, genesis, head, last_at) "
        f"select {CASE}, 'Y' || g, 'Y' || g, :deployment, 'izin_retribusi', "
        "(array['IMB', 'TRY', 'HO', 'MB', 'IMTA'])[1 + g % 5], 'baru', 'perorangan', '18.72.0' || (1 + g % 5) || "
        f"'.100' || (1 + g % 4), 'daring', :owner, 'SELESAI', true, {BEGAN}, {BEGAN}, {ENDED}, '', 8, '', '', {ENDED} "
        f"from {ROWS}"
    )
    yield (
        "insert into clocks (id, case_id, name, kind, budget, basis, pausable, position) "
        f"select {_id('j')}, {CASE}, 'L', 'L', (array['3 hk', '5 hk', '7 hk'])[1 + g % 3], 'ukur', true, 0 from {ROWS}"
    )
    for seq, kind, at, where in (
        (1, "START", BEGAN, "true"),
        (2, "PAUSE", f"{BEGAN} + interval '3 hours'", PAUSED),
        (3, "RESUME", f"{BEGAN} + interval '20 hours'", PAUSED),
        (4, "STOP", ENDED, "true"),
    ):
        cause = "'MENUNGGU_PEMBAYARAN'" if kind in ("PAUSE", "RESUME") else "null"
        number = f"{seq}" if seq < 4 else f"case when {PAUSED} then 4 else 2 end"
        yield (
            "insert into clock_events (clock_id, seq, kind, cause, effective_at, recorded_at) "
            f"select {_id('j')}, {number}, '{kind}', {cause}, {at}, {at} from {ROWS} where {where}"
        )
    yield (
        "insert into clock_readings (clock_id, case_id, running, started_at, revision) "
        f"select {_id('j')}, {CASE}, false, {BEGAN}, 1 from {ROWS}"
    )
    step = f"{BEGAN} + (n - 1) * {TOOK} * interval '1 day' / 7"
    yield (
        "insert into tasks (id, case_id, element, name, role, unit, form_key, properties, status, opened_at, "
        f"closed_at, closed_by, outcome) select {_id('t', 'n')}, {CASE}, {_words(STEPS)}, {_words(STEPS)}, 'VB', "
        f"case when n = 5 then (array['PUPR', 'DINKES', 'DLH'])[1 + g % 3] else '' end, 'tindakan', "
        f"'{{}}', 'done', {step}, {step} + interval '1 hour', :doer, 'ya' from {ROWS}, generate_series(1, 7) n"
    )
    yield (
        "insert into events (case_id, seq, kind, at, recorded_at, by, role, element, deployment_id, body, hash) "
        f"select {CASE}, n, 'state_changed', {step}, {step}, :doer, 'VB', '', :deployment, "
        f"'{{\"after\":\"' || {_words(STATES)} || '\"}}', '' from {ROWS}, generate_series(1, 8) n"
    )
    yield (
        "insert into submissions (id, case_id, task_id, element, form_key, form_version, outcome, values, by, at) "
        f"select {_id('s')}, {CASE}, {_id('t', '2')}, 'verifikasi_keabsahan', 'verifikasi', 1, "
        f"case when {PAUSED} then 'perbaikan' else 'sah' end, "
        '\'{"keabsahan":{"ktp":{"hasil":"tidak_sah"},"npwp":{"hasil":"sah"}}}\', :doer, '
        f"{BEGAN} from {ROWS}"
    )
    yield (
        "insert into submissions (id, case_id, task_id, element, form_key, form_version, outcome, values, by, at) "
        f"select {_id('u')}, {CASE}, {_id('t', '7')}, 'skm', 'skm', 1, 'dikirim', {RATED}, :owner, {ENDED} "
        f"from {ROWS} where {HANDED_OVER}"
    )
    yield _letters("sk_izin", f"not ({REFUSED})", ENDED)
    yield _letters("surat_penolakan", REFUSED, ENDED)
    yield _letters("bast", HANDED_OVER, ENDED)
    yield (
        "insert into assessments (id, case_id, kind, principal, lines, tariff_version, assessed_at) "
        f"select {_id('a')}, {CASE}, 'SKRD', 1000 * (g % 977), '[]', '', {BEGAN} from {ROWS} where {LEVIED}"
    )
    yield (
        "insert into payments (id, case_id, reference, amount, paid_on, channel, entered_by, arrived_at, status) "
        f"select {_id('p')}, {CASE}, 'Y' || g, 1000 * (g % 977), to_char({BEGAN}, 'YYYY-MM-DD'), 'bank', :owner, "
        f"{BEGAN}, 'valid' from {ROWS} where {LEVIED}"
    )


def stock(server: Owned, owner_id: UUID, doer_id: UUID, files: int = FILES) -> None:
    """Fill the furnished office with a year of so many finished files."""
    with transaction() as store:
        known = {"deployment": store.deployments.active().id, "owner": owner_id, "doer": doer_id, "files": files}
    owner = create_engine(server.owner_url)
    with owner.begin() as connection:
        for statement in _statements():
            connection.execute(text(statement), {n: v for n, v in known.items() if f":{n}" in statement})
    owner.dispose()
    tidy(server)


def tidy(server: Owned) -> None:
    """What autovacuum does sooner or later."""
    owner = create_engine(server.owner_url, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text("vacuum analyze"))
    owner.dispose()
