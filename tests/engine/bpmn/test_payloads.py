"""What comes with a message: an event can take from it only what one of its senders puts into it."""

from dataclasses import replace

import pytest

from engine.services import Answer
from engine.services import service as named
from engine.services.all import SERVICES
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_meaning import KNOWN as OFFICE
from tests.engine.bpmn.test_meaning import quoted, serve, told
from tests.engine.bpmn.walking import Walk, one_file, roled

KNOWN = replace(OFFICE, payloads={"pencabutan": {"sudah_bayar": "boolean"}}, messages=frozenset({"pencabutan", "lain"}))
AT = "f_x_lain"


def throw(id, payload="", kind="intermediateThrowEvent", by=None):
    given = d.properties(payload=quoted(payload)) if payload else ""
    return f'<{kind} id="{id}">{given}{by or d.by_message("kabar")}</{kind}>'


def heard(condition, *senders, wait=None, name="kabar"):
    """`a`, then a branch that waits and asks about what came, beside one that sends."""
    ids = [one.split('id="')[1].split('"')[0] for one in senders]
    wait = wait or d.catch("tunggu", d.by_message(name))
    return one_file(
        d.message(name), d.signal(name),
        roled(
            "izin", d.start(), d.user("a"), d.parallel("p"), d.parallel("j"), wait, d.user("b"), *senders,
            d.exclusive("x", "f_x_m"), d.exclusive("m"), d.end(),
            d.chain("mulai", "a", "p", "tunggu", "x", "m", "j", "selesai"), d.flow("x", "m", quoted(condition), id=AT),
            d.chain("p", "b", *ids, "j"), tasks=("a", "b"),
        ),
    )  # fmt: skip


def found(files, known=KNOWN):
    return told(files, known)


def test_an_event_takes_only_what_a_sender_puts_into_its_message():
    send = throw("kirim", '{"nomor": a.catatan, "luas": a.luas}')
    assert found(heard("tunggu.luas > 3", send)) == []
    assert found(heard("tunggu.luass > 3", send)) == [("unknown-field", AT)]
    assert found(heard('get("tunggu.luass", 0) > 3', send)) == [("unknown-field", AT)]
    assert found(heard('tunggu.luas == "3"', send)) == [("wrong-type", AT)]
    assert found(heard("tunggu.luas > 3", throw("kirim"))) == [("unknown-field", AT)]


def test_two_faults_are_both_told():
    send = throw("kirim", '{"luas": a.luas}')
    assert found(heard("tunggu.luass > 3 and a.luass > 3", send)) == [("unknown-field", AT)] * 2


def test_what_any_of_several_senders_carries_may_be_taken():
    both = (throw("kirim", '{"luas": a.luas}'), throw("lagi", '{"nomor": a.catatan}'))
    assert found(heard('tunggu.nomor == "x" and tunggu.luas > 3', *both)) == []
    mixed = (throw("kirim", '{"nilai": a.luas}'), throw("lagi", '{"nilai": a.catatan}'))
    assert found(heard('tunggu.nilai == "x"', *mixed)) == []


def test_what_is_handed_on_whole_has_the_parts_of_what_it_was():
    assert found(heard("tunggu.luas > 3", throw("kirim", "a"))) == []
    assert found(heard("tunggu.luass > 3", throw("kirim", "a"))) == [("unknown-field", AT)]
    assert found(heard("tunggu.luass > 3", throw("kirim", "a if a.setuju else null"))) == []


@pytest.mark.parametrize("wait", ["receiveTask", "signal", "sendTask"])
def test_receive_tasks_signals_and_send_tasks_carry_alike(wait):
    by = d.by_signal("kabar") if wait == "signal" else None
    catch = d.catch("tunggu", by) if by else '<receiveTask id="tunggu" messageRef="m_kabar"/>'
    send = throw("kirim", '{"luas": a.luas}', by=by)
    if wait == "sendTask":
        given = d.properties(payload=quoted('{"luas": a.luas}'))
        send = f'<sendTask id="kirim" messageRef="m_kabar">{given}</sendTask>'
    assert found(heard("tunggu.luas > 3", send, wait=catch)) == []
    assert found(heard("tunggu.luass > 3", send, wait=catch)) == [("unknown-field", AT)]


def waiting(condition, name, *before):
    """Elements, then an event that waits, then a choice that asks about what came."""
    ids = [one.split('id="')[1].split('"')[0] for one in before]
    return one_file(
        d.message(name),
        roled(
            "izin", d.start(), d.user("a"), *before, d.catch("tunggu", d.by_message(name)),
            d.exclusive("x", "f_x_selesai"), d.end(), d.end("lain"),
            d.chain("mulai", "a", *ids, "tunggu", "x", "selesai"), d.flow("x", "lain", quoted(condition)), tasks=("a",),
        ),
    )  # fmt: skip


def test_what_the_offices_pages_send_carries_what_the_catalogue_says():
    assert found(waiting("tunggu.sudah_bayar", "pencabutan")) == []
    assert found(waiting("tunggu.sudah_bayr", "pencabutan")) == [("unknown-field", AT)]
    assert found(waiting('tunggu.sudah_bayar == "ya"', "pencabutan")) == [("wrong-type", AT)]
    assert found(waiting("tunggu.apa_saja", "lain")) == []


def test_a_number_that_was_asked_for_comes_with_its_day():
    ask = serve("number.reserve", register='"skrd"', reply='"nomor_baru"')
    assert found(waiting('tunggu.nomor != null and tunggu.tanggal > "2026-01-01"', "nomor_baru", ask)) == []
    assert found(waiting("tunggu.nmor != null", "nomor_baru", ask)) == [("unknown-field", AT)]
    assert found(waiting("tunggu.nomor > 3", "nomor_baru", ask)) == [("wrong-type", AT)]


def test_the_passing_of_a_term_tells_when_it_passed():
    begin = serve("clock.start", clock='"perbaikan"', term='"perbaikan"')
    assert found(waiting('tunggu.pada > "2026-01-01"', "perbaikan.lewat", begin)) == []
    assert found(waiting("tunggu.nomor != null", "perbaikan.lewat", begin)) == [("unknown-field", AT)]


def test_a_service_that_does_not_say_what_it_answers_may_answer_anything():
    @named("kabar.minta")
    def ask(call, *, reply):
        """Ask for news."""
        return Answer()

    known = replace(KNOWN, services=type(SERVICES)((*SERVICES, ask)))
    assert found(waiting("tunggu.apa_saja", "kabar", serve("kabar.minta", reply='"kabar"')), known) == []


def test_a_message_that_nobody_sends_is_told_where_it_is_waited_for_and_only_there():
    assert found(waiting("tunggu.nomor", "sunyi")) == [("unsent-message", "tunggu")]


def test_where_messages_are_not_known_anything_may_come():
    assert found(waiting("tunggu.nomor", "pencabutan"), replace(KNOWN, messages=None)) == []


def test_the_word_by_which_an_event_knows_its_message_is_one_that_a_sender_carries():
    def marked(word):
        given = d.properties(correlation=quoted(f"{word} = a.catatan"))
        return d.catch("tunggu", given + d.by_message("kabar"))

    send = throw("kirim", '{"kode": a.catatan}')
    assert found(heard('tunggu.kode == "x"', send, wait=marked("kode"))) == []
    assert found(heard('tunggu.kode == "x"', send, wait=marked("kod"))) == [("unknown-field", "tunggu")]


def test_what_an_event_took_on_the_real_engine_is_what_was_put_into_it():
    files = heard("tunggu.luas > 3", throw("kirim", '{"luas": a.luas}'))
    walk = Walk(files, known=KNOWN, services=tuple(SERVICES)).complete("a", luas=5, keputusan="ya").complete("b")
    assert walk.data["tunggu"] == {"luas": 5}
    assert AT in walk.position.passed


@pytest.mark.parametrize(
    "payload", ['"x"', "a.instansi", "a.luas", "a.luas + 1", '{"nomor": a.catatan} if a.setuju else "x"']
)
def test_a_payload_that_is_no_data_is_told_where_it_is_sent(payload):
    assert found(heard('tunggu.nomor == "x"', throw("kirim", payload))) == [("wrong-type", "kirim")]
    assert found(heard('tunggu.nomor == "x"', throw("kirim", '{"nomor": a.catatan}'))) == []
    assert found(heard('tunggu.catatan == "x"', throw("kirim", "a"))) == []
