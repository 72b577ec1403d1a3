"""What a monitoring system reads of the office."""

from datetime import timedelta

import pytest

from app.operations import background, limit_watch
from app.store import transaction
from app.store.recounting import Hull
from engine.errors import Incident
from tests.app.web.office import NOW

TOKEN = "kunci-pemantau-yang-panjang"


@pytest.fixture
def watched(office, monkeypatch):
    """The office with a token for its monitoring system."""
    settings = office.app.extensions["settings"]
    monkeypatch.setitem(office.app.extensions, "settings", type(settings)(**{**vars(settings), "metrics_token": TOKEN}))
    return office


def read(office, token):
    return office.browser().get("/metrics", headers={"Authorization": f"Bearer {token}"})


def test_only_who_shows_the_token_reads_the_measures(watched):
    assert read(watched, TOKEN).status == 200
    assert read(watched, "lain").status == 404
    assert watched.logged_in("admin").get("/metrics").status == 404


def test_without_a_token_nobody_reads_them(office):
    assert read(office, "").status == 404


def test_a_change_that_waits_for_its_recount_is_seen_by_its_age(watched):
    assert "eperizinan_recount_oldest_seconds 0.0" in read(watched, TOKEN).text
    with watched.app.app_context(), transaction() as store:
        decided = NOW - timedelta(hours=2)
        store.recounts.put(Hull(decided, None, "kahar:uji", decided, store.calendars.revision()))
    [line] = [one for one in read(watched, TOKEN).text.splitlines() if one.startswith("eperizinan_recount_oldest")]
    assert float(line.split()[1]) >= 7200


def test_incidents_waiting_effects_and_cases_are_counted_without_names(watched):
    case_id = watched.registered()
    with watched.app.app_context():
        background.record_incident(case_id, Incident("tenggat", "rusak"), "wake", NOW)
    text = read(watched, TOKEN).text
    assert "eperizinan_incidents_open 1.0" in text
    assert 'eperizinan_cases{state="TERDAFTAR"} 1.0' in text
    assert "eperizinan_outbox_waiting" in text
    assert "Slamet" not in text


def test_risks_of_the_legal_limit_that_wait_are_counted_by_how_near_it_is(watched):
    case_id = watched.registered()
    text = read(watched, TOKEN).text
    for step in ("2", "1", "passed"):
        assert f'eperizinan_limit_risks_open{{step="{step}"}} 0.0' in text
    with watched.app.app_context():
        with transaction() as store:
            limit = store.readings.limits([case_id])[case_id]
        limit_watch.look(case_id, limit + timedelta(seconds=1))
    text = read(watched, TOKEN).text
    assert 'eperizinan_limit_risks_open{step="passed"} 1.0' in text
    assert 'eperizinan_limit_risks_open{step="1"} 1.0' in text
