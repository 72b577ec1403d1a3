"""Findings on a phone: the register, one of them and the form fit its width and can be reached."""

from datetime import timedelta

import pytest

from app.operations import findings
from app.operations.findings import Found
from tests.browser.conftest import PHONE

FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def put(office):
    """The address of a finding put to the kasi."""
    with office.prepared() as operations:
        due = operations.at.date() + timedelta(days=9)
        found = Found(
            "waktu", "tinggi", "Janji lewat tanpa sebab yang tercatat", "Pasal 16", operations.people["kasi"], due
        )
        return f"/audit/temuan/{findings.record(found, operations.people['pengawas'], operations.at)}"


def test_findings_fit_a_phone_and_are_accessible_there(office, put, assert_accessible):
    supervisor = office.person("pengawas", viewport=PHONE)
    for path, words in (("/audit/temuan", "T-2026-001"), (put, "Putusan pengawas"), ("/audit/temuan/baru", "Bobot")):
        supervisor.go(path)
        supervisor.sees(words)
        assert supervisor.page.evaluate(FITS), path
        assert_accessible(supervisor.page)
