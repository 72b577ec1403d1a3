"""Whether the office stands: what waits too long is said in a sentence."""

from datetime import timedelta

from app.operations import anchoring, readiness
from app.store import transaction
from app.store.ids import uuid7
from tests.app.operations.anchored import standing_in


def waits(office, later):
    return readiness.check(office.at + later).faults


def test_an_office_with_nothing_waiting_says_nothing_of_it(office):
    assert not [one for one in waits(office, timedelta()) if "menunggu" in one]


def test_a_message_that_waits_longer_than_a_quarter_of_an_hour_is_told(office):
    with transaction() as store:
        store.outbox.put(uuid7(), None, "message", {"to": str(office.people["pemohon"])}, office.at)
    assert "pesan menunggu terlalu lama" not in waits(office, timedelta(minutes=15))
    assert "pesan menunggu terlalu lama" in waits(office, timedelta(minutes=15, seconds=1))


def test_a_file_that_nobody_wakes_is_told(office, database_superuser):
    office.open()
    due = database_superuser("select min(wake_at) from cases")[0][0]
    assert "berkas menunggu dibangunkan terlalu lama" not in waits(office, due - office.at + timedelta(minutes=5))
    assert "berkas menunggu dibangunkan terlalu lama" in waits(office, due - office.at + timedelta(minutes=6))


def test_an_office_whose_worker_stopped_anchoring_says_so(office, application, tmp_path):
    said = "jangkar harian buku jejak tidak lagi dibuat"
    assert said not in waits(office, timedelta(days=9))
    with standing_in(application, tmp_path):
        anchoring.anchor(office.at)
        assert said not in waits(office, timedelta(days=2))
        assert said in waits(office, timedelta(days=3))
