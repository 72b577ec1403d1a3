"""Messages and letters leave after the step that caused them: repeated without harm, never lost, given up loudly."""

import socketserver
import threading
from datetime import timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest
from flask import current_app

from app.jobs import scheduler
from app.jobs.delivery import carrier
from app.operations import background, issuing, readiness
from app.store import transaction
from app.store.ids import uuid7
from app.store.outbox import MOST_ATTEMPTS


def put(office, to="pemohon", **more):
    """A message waiting in the outbox; its name."""
    id = uuid7()
    payload = {"to": str(office.people[to]), "notice": "uji", "subject": "Berkas Anda", "body": "Isi", **more}
    with transaction() as store:
        store.outbox.put(id, None, "message", payload, office.at)
    return id


def send_all(carry, at):
    while background.deliver_one(carry, at):
        pass


def lift_patience(database_superuser):
    """Let the database's clock be past every lease."""
    database_superuser("update outbox set not_before = now() - interval '1 second' where done_at is null")


def sent(*_):
    return "dikirim"


def row(database_superuser, id):
    fields = "attempts, fault, done_at is not null, given_up_at is not null, not_before > now()"
    return database_superuser(f"select {fields} from outbox where id = %s", (str(id),))[0]


def test_a_message_that_was_sent_is_done_and_not_sent_again(office, database_superuser):
    id, carried = put(office), []
    send_all(lambda *letter: carried.append(letter) or "dikirim", office.at)
    assert [one[0] for one in carried] == [id]
    assert row(database_superuser, id)[2:4] == (True, False)
    lift_patience(database_superuser)
    assert not background.deliver_one(sent, office.at)


def test_a_leased_message_is_hidden_from_the_other_worker(office):
    put(office)
    seen = []

    def carry(*letter):
        seen.append(background._lease(()))
        return "dikirim"

    assert background.deliver_one(carry, office.at)
    assert seen == [None]


def test_a_fault_is_remembered_and_tried_again_with_growing_patience(office, database_superuser):
    id, waits = put(office), []

    def away(*_):
        raise OSError("server surel tidak menjawab")

    for attempt in range(1, 5):
        assert background.deliver_one(away, office.at)
        assert row(database_superuser, id) == (attempt, "server surel tidak menjawab", False, False, True)
        waits.append(database_superuser("select extract(epoch from not_before - now()) from outbox")[0][0])
        assert not background.deliver_one(sent, office.at), "not before its time"
        lift_patience(database_superuser)
    assert waits == sorted(waits)
    assert waits[-1] > 4 * waits[0]
    assert background.deliver_one(sent, office.at)
    assert row(database_superuser, id)[:3] == (5, "", True)


def test_after_the_last_attempt_a_person_must_look_at_it(office, database_superuser):
    id = put(office)

    def away(*_):
        raise OSError("kotak penuh")

    for _ in range(MOST_ATTEMPTS):
        lift_patience(database_superuser)
        assert background.deliver_one(away, office.at)
    lift_patience(database_superuser)
    assert not background.deliver_one(sent, office.at)
    assert row(database_superuser, id)[2:4] == (False, True)
    with transaction() as store:
        store.outbox.retry(id, office.at)
    lift_patience(database_superuser)
    assert background.deliver_one(sent, office.at)
    assert row(database_superuser, id)[2] is True


def test_what_was_given_up_is_no_longer_waiting(office, database_superuser):
    """The health page shows it; /readyz must not take the office out of service over one full mailbox."""
    put(office)
    database_superuser("update outbox set given_up_at = now(), attempts = %s", (MOST_ATTEMPTS,))
    later = office.at + timedelta(hours=2)
    with transaction() as store:
        assert (store.outbox.waiting(), store.outbox.oldest_waiting()) == (0, None)
    assert "pesan menunggu terlalu lama" not in readiness.check(later).faults


def test_one_name_put_twice_is_one_effect(office, database_superuser):
    id = put(office)
    with transaction() as store:
        store.outbox.put(id, None, "message", {"to": str(office.people["pemohon"])}, office.at)
    assert database_superuser("select count(*) from outbox")[0][0] == 1


def test_a_crash_between_sending_and_remembering_leads_to_one_message(office, database_superuser, monkeypatch):
    id, carried = put(office), []

    def carry(*letter):
        carried.append(letter[0])
        return "dikirim"

    with monkeypatch.context() as crash:
        crash.setattr(background, "_done", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            background.deliver_one(carry, office.at)
    lift_patience(database_superuser)
    assert background.deliver_one(carry, office.at)
    assert carried == [id, id], "the same name: whoever receives it drops the repeat"
    assert database_superuser("select id::text, fate from messages") == [(str(id), "dikirim")]


def test_a_person_without_an_address_gets_the_message_at_the_counter(office, database_superuser):
    database_superuser("update people set email = null where id = %s", (str(office.people["pemohon"]),))
    put(office)
    carried = []
    send_all(lambda *letter: carried.append(letter) or "", office.at)
    assert carried == []
    told = database_superuser("select channel, fate, delivered_at from messages")
    assert told == [("loket", "menunggu disampaikan di loket", None)], "nobody has told him yet"


def test_one_message_that_cannot_be_carried_does_not_hold_up_the_others(office, database_superuser):
    bad, good = put(office), put(office, to="pemohon2")

    def carry(id, *_):
        if id == bad:
            raise OSError("alamat tidak ada")
        return "dikirim"

    send_all(carry, office.at)
    assert row(database_superuser, bad)[2] is False
    assert row(database_superuser, good)[2] is True


# --- SMTP


class MailServer(socketserver.StreamRequestHandler):
    """As much of SMTP as a sender needs."""

    def handle(self):
        self._say("220 surel")
        while line := self.rfile.readline().strip():
            word = line[:4].upper()
            if word == b"DATA":
                self._receive()
            else:
                self._say("221 selesai" if word == b"QUIT" else self.server.answers.get(word, "250 baik"))

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def _receive(self):
        self._say("354 silakan")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.server.received.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self._say("250 diterima")


@pytest.fixture
def mail_server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailServer) as server:
        server.daemon_threads, server.received, server.answers = True, [], {}
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def smtp(server):
    address = f"smtp://127.0.0.1:{server.server_address[1]}"
    return carrier(SimpleNamespace(smtp_url=address, mail_from="kantor@contoh.id"))


def test_a_letter_by_mail_carries_the_name_of_its_effect_so_that_a_repeat_is_known(office, mail_server):
    id = put(office, subject="Berkas\nAnda: lengkap", body="Yth. Bapak Slamet,\nberkas Anda lengkap — terima kasih.")
    send_all(smtp(mail_server), office.at)
    smtp(mail_server)(id, "pemohon@contoh.id", "Berkas Anda: lengkap", "Isi")
    first, again = mail_server.received
    assert first["Message-ID"] == again["Message-ID"] == f"<{id}@e-perizinan>"
    assert first["Subject"] == "Berkas Anda: lengkap"
    assert first["To"] == "pemohon@dpmptsp-contoh.id"
    assert "terima kasih" in first.get_content()
    with transaction() as store:
        assert store.outbox.message(id).fate == "dikirim ke pemohon@dpmptsp-contoh.id"


def test_a_mail_server_that_refuses_or_is_away_leaves_the_message_waiting(office, mail_server, database_superuser):
    id = put(office)
    mail_server.answers[b"RCPT"] = "550 tidak ada kotak itu"
    assert background.deliver_one(smtp(mail_server), office.at)
    assert row(database_superuser, id)[:3] == (1, row(database_superuser, id)[1], False)
    assert "550" in row(database_superuser, id)[1]
    lift_patience(database_superuser)
    gone = carrier(SimpleNamespace(smtp_url="smtp://127.0.0.1:1", mail_from="kantor@contoh.id"))
    assert background.deliver_one(gone, office.at)
    assert row(database_superuser, id)[0] == 2


# --- letters that follow later


def test_a_letter_rendered_later_has_the_bytes_it_would_have_had_at_once(office):
    case_id = office.registered()
    with transaction() as store:
        [at_once] = store.documents.letters_of(case_id, "tanda_terima")
    later = issuing.LATER.set(True)
    try:
        other = office.registered()
    finally:
        issuing.LATER.reset(later)
    with transaction() as store:
        [waiting] = store.documents.letters_of(other, "tanda_terima")
    assert waiting.sha256 is None
    office.later(days=3)
    send_all(sent, office.at)
    with transaction() as store:
        rendered = store.documents.letter(waiting.id)
        assert rendered.sha256 is not None
        deployment = store.deployments.get(rendered.deployment_id)
        kind = deployment.catalogue.letters["tanda_terima"]
        for one in (rendered, at_once):
            values = background.parse(one.values)
            assert issuing.render_file(store, one.id, deployment, kind, values, office.at) == one.sha256


def test_a_closing_worker_finishes_the_message_in_hand_and_leaves_the_others_waiting(office, monkeypatch):
    for _ in range(3):
        put(office)

    def closes_meanwhile(*_):
        scheduler.closing.set()
        return "dikirim"

    monkeypatch.setattr(scheduler, "carrier", lambda _settings: closes_meanwhile)
    monkeypatch.setattr(scheduler, "now", lambda: office.at)
    monkeypatch.setattr(scheduler, "closing", threading.Event())
    scheduler.deliver(current_app._get_current_object())
    scheduler.closing.clear()
    assert background.deliver_one(sent, office.at)
    assert background.deliver_one(sent, office.at)
    assert not background.deliver_one(sent, office.at)


def test_a_message_overtakes_hundreds_of_letters_left_for_later(office, database_superuser):
    for _ in range(3):
        with transaction() as store:
            store.outbox.put(uuid7(), None, "letter", {"letter": str(uuid7())}, office.at - timedelta(days=60))
    id = put(office)
    carried = []
    assert background.deliver_one(lambda *letter: carried.append(letter[0]) or "dikirim", office.at)
    assert carried == [id]
    with transaction() as store:
        assert store.outbox.oldest_waiting() is None, "nobody waits for what is left for later"
        assert store.outbox.waiting() == 3
