"""A database that was restarted between two requests: nobody notices."""

import ast
from pathlib import Path
from uuid import UUID

import pytest

from app.operations import auditing, inbox, readiness, tasks
from app.operations.inbox import InboxFilter
from app.store import database

OPERATIONS = Path("app/operations")
# Run by one that is retried, at the next beat, or by whoever asks; or must not count twice.
NOT_RETRIED = {
    # by their callers
    "dispositions.py": {"_end"},
    "finding_lists.py": {"_register"},
    "looks.py": {"_looks"},
    "patterns.py": {"_listed"},
    "public_figures.py": {"_ask", "_published"},
    "report_drafting.py": {"_is_large"},
    "report_living.py": {"_asked_by"},
    "background.py": {"_message", "_letter"},
    "documents.py": {"_document"},
    "people.py": {"count_attempt"},
    "readiness.py": {"check"},
    "reports.py": {"_known"},
    "service_reports.py": {"_asked_by"},
    "trail.py": {"_searched"},
}


@pytest.fixture
def restart(office, database_superuser):
    """Ends every line to the database, as a restart does; the office has at least one open."""

    def end():
        readiness.check(office.at)
        lines = "from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()"
        [(ended,)] = database_superuser(f"select count(pg_terminate_backend(pid)) {lines}")
        assert ended

    return end


def test_a_restart_in_the_middle_of_the_work_is_not_noticed(office, restart):
    case_id = office.registered("SIPB")
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    typed = office.typed(case_id, "verifikasi_keabsahan", "verifikator")
    restart()
    assert inbox.inbox(office.people["verifikator"], InboxFilter(), office.at).counts["kelompok"] == 1
    restart()
    assert tasks.claim_task(task, office.people["verifikator"], office.at) == case_id
    restart()
    assert tasks.complete_task(task, typed, "sah", office.people["verifikator"], office.at).case_id == case_id
    restart()
    assert auditing.verify(case_id).faults == ()


def test_a_line_that_rested_is_tried_before_it_is_used(office, restart, monkeypatch):
    """Also for the few that are not run again after a fault."""
    restart()
    assert not readiness.check(office.at).ready, "a dead line that has just been used is met"
    monkeypatch.setattr(database, "RESTED", 0)
    restart()
    assert readiness.check(office.at).ready


def opens_a_transaction(function):
    opened = (item.context_expr for one in ast.walk(function) if isinstance(one, ast.With) for item in one.items)
    return any(isinstance(one, ast.Call) and getattr(one.func, "id", "") == "transaction" for one in opened)


def test_every_operation_is_run_again_when_its_line_was_lost():
    found = {}
    for path in OPERATIONS.glob("*.py"):
        functions = [one for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.FunctionDef)]
        alone = {
            one.name
            for one in functions
            if opens_a_transaction(one) and "retried" not in {getattr(mark, "id", "") for mark in one.decorator_list}
        }
        found |= {path.name: alone} if alone else {}
    assert found == NOT_RETRIED
