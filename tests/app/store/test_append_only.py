"""What is law or history is only ever added to: by right for the application, by trigger for the owner."""

from datetime import timedelta
from uuid import UUID

import psycopg2
import pytest
from sqlalchemy import make_url

from app.operations import (
    declining,
    dispositions,
    draft_files,
    finding_files,
    findings,
    force_majeure,
    force_majeure_closing,
    force_majeure_comments,
    heartbeat,
    release_differences,
    release_drafts,
    reports,
    sampling,
)
from app.operations.demo.invented import paper
from app.operations.disturbances import Wanted, record
from app.operations.force_majeure import Proposal
from app.operations.force_majeure_closing import Report
from app.store import transaction
from tests.app.operations.office import Office
from tests.conftest import NAME, close_pool

NEWER = (
    "disturbances", "disturbance_versions", "outages", "declaration_closings", "report_cases", "report_corrections",
    "declaration_comments", "task_refusals", "audit_samples", "audit_sample_cases", "audit_answers",
    "findings", "finding_entries", "draft_saves", "dispositions", "disposition_ends",
    "finding_files", "release_comments",
)  # fmt: skip
TABLES = ("events", "clock_events", "promises", "calendar_entries", "office_events", "revisions", *NEWER)
ACTS = ("update {} set {} = {}", "delete from {}", "truncate {} cascade")
COLUMN = {
    "events": "hash", "clock_events": "clock_id", "promises": "because", "calendar_entries": "recorded_at",
    "office_events": "hash", "revisions": "at", "disturbances": "code", "disturbance_versions": "cause",
    "outages": "source", "declaration_closings": "report", "report_cases": "facts", "report_corrections": "after",
    "declaration_comments": "body", "task_refusals": "reason", "audit_samples": "seed", "audit_sample_cases": "place",
    "audit_answers": "note", "findings": "body", "finding_entries": "body", "draft_saves": "path",
    "dispositions": "body", "disposition_ends": "body", "finding_files": "name", "release_comments": "body",
}  # fmt: skip
REFUSED = "42501"


@pytest.fixture(scope="module")
def addresses(cluster, furnished, application):
    """A database with a registered file, a failure, an outage and reports; the addresses of those who may ask it."""
    name, people = furnished
    cluster.copy(name, NAME)
    with application.app_context():
        office = Office(dict(people))
        case_id = office.registered()
        task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
        declining.decline_task(task, "Pemohon ini kerabat saya", office.people["verifikator"], office.at)
        heartbeat.beat(None, office.at - timedelta(hours=1))
        heartbeat.beat(None, office.at)
        failure = Wanted("OSS", office.at - timedelta(hours=1), None, "Masuk ke OSS gagal", ("Pengumuman",))
        record(failure, office.people["kasi"], office.at)
        plan = release_drafts.begin("Label tombol", office.people["proses"], office.at)
        draft_files.save(plan, "forms/tindakan.json", b"{}", 0, office.people["proses"], office.at)
        asked = "Apakah ini masih perlu?"
        release_differences.remark(plan, "forms/tindakan.json", "", asked, office.people["proses2"], office.at)
        _reported(office)
        report = reports.draft("2026-08", "", office.people["kasi"], office.at + timedelta(days=40))
        with transaction() as store:
            store.reports.add_corrections(report, report, [(case_id, None, None)])
        kasi, day = office.people["kasi"], office.at.date()
        late = findings.Found("waktu", "sedang", "Janji lewat tanpa sebab", "", kasi, day)
        found = findings.record(late, office.people["pengawas"], office.at)
        photo = finding_files.Sent("bukti.pdf", paper())
        findings.answer(found, "Sudah dibetulkan", kasi, office.at, [photo])
        handed = dispositions.Given("DISPOSISI", "Periksa lagi alamatnya", office.people["verifikator"])
        given = dispositions.give(case_id, handed, kasi, office.at)
        dispositions.answer(given, "Sudah diperiksa", office.people["verifikator"], office.at)
        lot = sampling.Lot("7", False, office.at.date(), office.at.date(), "", "", 1)
        sample = sampling.draw(lot, office.people["pengawas"], office.at + timedelta(days=2))
        given = {"waktu": ("sesuai", "")}
        sampling.answer(sample, case_id, given, office.people["pengawas"], office.at + timedelta(days=2))
    close_pool(application)
    return cluster.database(NAME)


def _reported(office):
    """A keadaan kahar that is over and was reported."""
    since = office.at - timedelta(hours=3)
    words = (("a",), "bencana_alam", "Petir merusak perangkat pusat data kota.", since, since + timedelta(hours=1))
    id = force_majeure.propose(Proposal(*words, evidence=({"nama": "BA 1"},)), office.people["kabid"], office.at)
    with transaction() as store:
        revision = store.calendars.revision()
    force_majeure.establish(id, "", revision, office.people["kadis"], office.at)
    day = f"{office.at:%d/%m/%Y}"
    force_majeure_comments.comment(id, "Loket masih melayani saat itu.", office.people["pengawas"], office.at)
    force_majeure_closing.close(id, Report("700/12/DPMPTSP/2026", day), office.people["kabid"], office.at)


def refusal(url, statement):
    """The SQLSTATE of a statement that is refused; None when it was carried out."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(False)
    connection = psycopg2.connect(plain)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except psycopg2.Error as error:
        return error.pgcode
    finally:
        connection.rollback()
        connection.close()
    return None


@pytest.mark.parametrize("table", TABLES)
def test_neither_the_application_nor_the_owner_changes_what_was_recorded(table, addresses):
    assert addresses.ask(f"select count(*) from {table}")[0][0] > 0, "an empty table proves nothing"
    for url in (addresses.app_url, addresses.owner_url):
        for act in ACTS:
            statement = act.format(table, COLUMN[table], COLUMN[table])
            assert refusal(url, statement) == REFUSED, statement


def test_the_application_can_take_the_protection_away_from_no_table(addresses):
    if addresses.app_url == addresses.owner_url:
        assert refusal(addresses.app_url, "update events set hash = hash") == REFUSED
        return
    for statement in (
        "alter table events disable trigger all",
        "drop trigger append_only on events",
        "drop table events cascade",
        "set session_replication_role = replica",
        "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
    ):
        assert refusal(addresses.app_url, statement) == REFUSED, statement
