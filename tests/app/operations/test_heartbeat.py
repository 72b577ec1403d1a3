"""The office writes down by itself when it did not beat; it never decides what that means."""

import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.clock import WIB
from app.jobs.watching import web_answers
from app.operations import heartbeat
from app.operations.heartbeat import WEB, WORKER, beat
from app.store import transaction
from engine.errors import NotAllowed

AT = datetime(2026, 8, 3, 9, 0, tzinfo=WIB)


def after(**passed):
    return AT + timedelta(**passed)


def log(office):
    return [(one.source, one.since, one.until) for one in reversed(heartbeat.outages(office.people["pengawas"], AT))]


def test_beats_that_follow_each_other_are_no_outage(office):
    assert [beat(True, after(seconds=30 * n)) for n in range(20)] == [0] * 20
    assert beat(True, after(seconds=570 + 180)) == 0, "three minutes are still silence and no outage"
    assert log(office) == []


def test_a_gap_of_the_worker_is_written_down_from_its_last_beat_to_its_next_once(office):
    beat(None, AT)
    assert beat(None, after(minutes=70)) == 1
    assert beat(None, after(minutes=71)) == 0
    assert log(office) == [(WORKER, AT, after(minutes=70))]


def test_a_web_that_does_not_answer_while_the_worker_beats_is_an_outage_of_the_web_alone(office):
    beat(True, AT)
    for minute in range(1, 10):
        beat(False, after(minutes=minute))
    assert beat(True, after(minutes=10)) == 1
    assert log(office) == [(WEB, AT, after(minutes=10))]


def test_of_the_web_nothing_is_said_for_the_time_in_which_nobody_looked(office):
    beat(True, AT)
    for minute in range(1, 6):
        beat(False, after(minutes=minute))
    beat(True, after(minutes=65))
    assert log(office) == [(WEB, AT, after(minutes=5)), (WORKER, after(minutes=5), after(minutes=65))]
    assert beat(True, after(minutes=66)) == 0


def test_a_clock_that_goes_back_takes_no_beat_away(office):
    beat(True, AT)
    assert beat(True, after(hours=-5)) == 0
    assert beat(True, after(minutes=1)) == 0
    with transaction() as store:
        assert store.outages.last_beats() == {WORKER: after(minutes=1), WEB: after(minutes=1)}


def test_the_log_is_for_supervisors_and_those_who_propose(office):
    with pytest.raises(NotAllowed):
        heartbeat.outages(office.people["verifikator"], AT)


def test_the_web_is_asked_at_its_own_address_and_nothing_is_said_without_one():
    class Asked(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    try:
        assert web_answers(address) is True
        assert web_answers(f"{address}/lain") is False
    finally:
        server.shutdown()
        server.server_close()
    assert web_answers(address) is False, "nobody listens there any more"
    assert web_answers("") is None
