"""The functions diagrams may call: what each asks of the world, and how deployment looks at their parameters."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.effects import (
    Assess,
    CloseCase,
    IssueLetter,
    Notify,
    OpenRefund,
    PauseClock,
    ReopenClock,
    ReserveNumber,
    ResumeClock,
    SetState,
    StartClock,
    StopClock,
)
from engine.services import Answer, Call, Services, service
from engine.services.all import SERVICES
from engine.services.reference import services_page

AT = datetime(2026, 8, 3, 2, tzinfo=UTC)
CALL = Call(AT, {})
NINE, TEN = "2026-08-05T09:00:00+07:00", "2026-08-05T10:00:00+07:00"
LATER = datetime.fromisoformat(TEN)


def ask(name, **params):
    return SERVICES.call(name, params, CALL)


@pytest.mark.parametrize(
    ("name", "params", "effects"),
    [
        ("clock.start", {"clock": "L"}, [StartClock("L")]),
        ("clock.start", {"clock": "P_BAYAR", "term": "pembayaran", "since": TEN},
         [StartClock("P_BAYAR", "pembayaran", LATER)]),
        ("clock.stop", {"clock": "H"}, [StopClock("H")]),
        ("clock.pause", {"cause": "MENUNGGU_PERBAIKAN"}, [PauseClock("MENUNGGU_PERBAIKAN")]),
        ("clock.pause", {"cause": "MENUNGGU_PEMBAYARAN", "since": TEN}, [PauseClock("MENUNGGU_PEMBAYARAN", LATER)]),
        ("clock.resume", {"cause": "MENUNGGU_PEMBAYARAN"}, [ResumeClock("MENUNGGU_PEMBAYARAN")]),
        ("clock.resume", {"cause": "KETIDAKHADIRAN_PEMOHON", "since": TEN},
         [ResumeClock("KETIDAKHADIRAN_PEMOHON", LATER)]),
        ("clock.reopen", {"clock": "L"}, [ReopenClock("L")]),
        ("letter.issue", {"letter": "skrd"}, [IssueLetter("skrd")]),
        ("letter.issue", {"letter": "sts", "notice": "skrd_terbit"}, [IssueLetter("sts"), Notify("skrd_terbit")]),
        ("letter.issue", {"letter": "sts", "reply": "nomor.STS"}, [IssueLetter("sts", reply="nomor.STS")]),
        ("number.reserve", {"register": "IZIN", "reply": "nomor.IZIN"}, [ReserveNumber("IZIN", "nomor.IZIN")]),
        ("notice.send", {"notice": "ditutup"}, [Notify("ditutup", "pemohon")]),
        ("notice.send", {"notice": "eskalasi_validasi", "to": "KB"}, [Notify("eskalasi_validasi", "KB")]),
        ("case.state", {"state": "DITUTUP"}, [SetState("DITUTUP")]),
        ("case.close", {"outcome": "ditolak"}, [CloseCase("ditolak")]),
        ("levy.assess", {}, [Assess("SKRD")]),
        ("levy.assess", {"kind": "STRD"}, [Assess("STRD")]),
        ("refund.open", {"reason": "dicabut"}, [OpenRefund("dicabut")]),
    ],
)  # fmt: skip
def test_a_service_asks_this_of_the_world_and_says_nothing_to_the_process(name, params, effects):
    assert ask(name, **params) == Answer({}, tuple(effects))


@pytest.mark.parametrize(
    ("name", "params", "value"),
    [
        ("round.next", {}, {"ke": 1}),
        ("round.next", {"so_far": None}, {"ke": 1}),
        ("round.next", {"so_far": {"ke": 2}}, {"ke": 3}),
        ("outcome.set", {"value": "lanjut"}, {"hasil": "lanjut"}),
        ("outcome.first", {"first": "disetujui", "second": "ditolak"}, {"hasil": "disetujui"}),
        ("outcome.first", {"first": None, "second": "ditolak"}, {"hasil": "ditolak"}),
        ("outcome.first", {}, {"hasil": None}),
    ],
)
def test_a_service_tells_this_to_the_process_and_asks_nothing_of_the_world(name, params, value):
    assert ask(name, **params) == Answer(value, ())


def visit(*decisions):
    """Inspections at 10, 11, … o'clock of the appointment's day."""
    return [{"keputusan": one, "pada": f"2026-08-05T{10 + n}:00:00+07:00"} for n, one in enumerate(decisions)]


@pytest.mark.parametrize(
    ("decisions", "result", "since"),
    [
        (["sesuai", "sesuai_catatan"], "sesuai", "11"),
        (["sesuai", "tidak_sesuai"], "tidak_sesuai", "11"),
        (["tidak_hadir", "tidak_hadir"], "tidak_hadir", "09"),
        (["sesuai", "tidak_hadir"], "tidak_hadir", "10"),
        (["tidak_hadir", "tidak_sesuai"], "tidak_hadir", "11"),
        ([], "sesuai", "09"),
    ],
)
def test_a_visit_is_summed_up_by_its_worst_and_stands_still_from_the_last_work(decisions, result, since):
    answer = ask("visit.outcome", visits=visit(*decisions), scheduled=NINE)
    assert answer.value == {"hasil": result, "sejak": f"2026-08-05T{since}:00:00+07:00"}


def test_an_inspection_before_the_appointment_does_not_bring_the_standstill_forward():
    early = [{"keputusan": "sesuai", "pada": "2026-08-05T01:30:00+00:00"}, {"keputusan": "tidak_hadir", "pada": TEN}]
    assert ask("visit.outcome", visits=early, scheduled=NINE).value["sejak"] == NINE


@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(st.lists(st.sampled_from(["sesuai", "sesuai_catatan", "tidak_sesuai", "tidak_hadir"]), max_size=4))
def test_the_order_of_the_agencies_never_changes_the_outcome(decisions):
    found = {ask("visit.outcome", visits=visit(*one), scheduled=NINE).value["hasil"]
             for one in itertools.permutations(decisions)}  # fmt: skip
    assert len(found) == 1


def test_a_parameter_left_out_or_unknown_is_told():
    found = SERVICES.get("number.reserve").faults(["register", "registre"])
    assert found == ("parameter Jawaban sebagai pesan (reply) belum diisi", "parameter registre tidak dikenal")
    assert SERVICES.get("clock.start").faults(["clock"]) == ()


def test_a_service_is_found_by_its_name_only():
    assert "clock.start" in SERVICES
    assert "os.system" not in SERVICES
    with pytest.raises(KeyError):
        SERVICES.get("os.system")


def test_every_service_says_in_one_line_what_it_does_and_stands_on_the_page():
    page = services_page()
    for one in SERVICES:
        assert one.summary
        row = next(line for line in page.splitlines() if line.startswith(f"| `{one.name}` |"))
        assert all(name in row for name in (*one.required, *one.optional))


def test_a_service_of_ones_own_reads_the_data_and_the_time_of_the_step():
    @service("contoh.salin")
    def copy(call, *, name):
        """Copy a value."""
        return Answer({"salinan": call.data[name], "pada": call.at.isoformat()})

    answer = Services([copy]).call("contoh.salin", {"name": "a"}, Call(AT, {"a": 1}))
    assert answer == Answer({"salinan": 1, "pada": "2026-08-03T02:00:00+00:00"})
