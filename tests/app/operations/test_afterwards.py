"""Dicatat setelah kejadian: done on paper while the office could not work, entered with its real time and its paper."""

import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from app.clock import WIB
from app.operations import afterwards, disturbances, paper_forms
from app.operations import force_majeure as kahar
from app.operations.afterwards import PAPER, WHEN, WINDOW, Wish
from app.operations.control_card import values as card
from app.operations.demo.invented import paper
from app.operations.work import Work
from app.store import transaction
from engine.case import Step, read_clock
from engine.case.values import HOME_UNIT
from engine.errors import NotFound, Refused, SubmissionInvalid
from tests.app.operations.test_force_majeure import declare, proposal, undo
from tests.hammer.audit import case_faults

BEGIN = datetime(2026, 8, 4, 8, 0, tzinfo=WIB)
END = datetime(2026, 8, 4, 15, 0, tzinfo=WIB)
ENTERED = datetime(2026, 8, 6, 9, 0, tzinfo=WIB)
PATH = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": True}


def at(hour, minute=0):
    return BEGIN.replace(hour=hour, minute=minute)


@pytest.fixture
def struck(office):
    """A file complete on Monday, a stoppage declared for Tuesday, and Thursday morning."""
    case_id = office.registered("SIPB")
    office.at = ENTERED
    declare(office, proposal(BEGIN, END))
    with transaction() as store:
        office.code = store.calendars.versions()[0].code
    return case_id


def enter(office, case_id, element, by, then, outcome=None, scan=None, window=None, **fixed):
    task = office.task(case_id, element)
    form = office.case(case_id).case.deployment.form(task.form_key, "SIPB", "perorangan")
    typed = office.typed(case_id, element, by, **fixed)
    wish = Wish(window or office.code, then, paper() if scan is None else scan)
    return afterwards.complete(UUID(task.id), typed, outcome or form.outcomes[0][0], wish, office.people[by], office.at)


def refusal(office, case_id, then, **more):
    with pytest.raises(SubmissionInvalid) as refused:
        enter(office, case_id, "verifikasi_keabsahan", "verifikator", then, **more)
    return refused.value.errors


def events(case_id, kind="task_completed"):
    with transaction() as store:
        return [one for one in store.cases.events(case_id) if one.kind == kind]


def ledger(case_id):
    """The clocks of a file as they happened, whenever they were told."""
    with transaction() as store:
        case = store.cases.see(case_id).case
        return {
            (one.name, entry.kind, entry.cause, entry.effective_at) for one in case.clocks for entry in one.events
        }, [read_clock(case, one, store.calendars.world(), ENTERED).elapsed for one in case.clocks if one.events]


def test_a_step_done_on_paper_happened_then_and_is_recorded_now_with_its_paper_and_its_window(office, struck):
    enter(office, struck, "verifikasi_keabsahan", "verifikator", at(10))
    last = events(struck)[-1]
    assert (last.element, last.at, last.recorded_at) == ("verifikasi_keabsahan", at(10), office.at)
    assert json.loads(last.body)["afterwards"] == office.code
    assert office.task(struck, "tentukan_jalur").opened_at == at(10)
    with transaction() as store:
        held = store.cases.see(struck)
        papers = [one.name for one in store.documents.of_case(struck)]
        shown = card(Work(store, held, Step(held.case, ()), ENTERED))["riwayat"]
    assert any(office.code in name for name in papers)
    assert any("dicatat setelah kejadian" in one["catatan"] for one in shown)
    with transaction() as store:
        faults = case_faults(store, struck, office.at)
    assert {what: bad for what, bad in faults.items() if bad} == {}
    recorded = [one.recorded_at for one in office_chain(struck)]
    assert recorded == sorted(recorded), "the record never goes back"


def office_chain(case_id):
    with transaction() as store:
        return store.cases.events(case_id)


def test_two_steps_on_paper_come_in_the_order_in_which_they_happened(office, struck):
    enter(office, struck, "verifikasi_keabsahan", "verifikator", at(10))
    with pytest.raises(SubmissionInvalid) as refused:
        enter(office, struck, "tentukan_jalur", "kasi", at(9, 59), **PATH)
    assert "Sebelum langkah sebelumnya (04/08/2026 10.00 WIB)" in refused.value.errors[WHEN]
    enter(office, struck, "tentukan_jalur", "kasi", at(11, 30), **PATH)
    assert [one.at for one in events(struck)][-2:] == [at(10), at(11, 30)]


def test_clocks_read_as_if_the_work_had_been_entered_when_it_was_done(office, struck):
    with transaction() as store:
        begun = store.cases.see(struck).opened_at
    office.at = begun
    twin = office.registered("SIPB")
    office.at = at(10)
    office.do(twin, "verifikasi_keabsahan", "verifikator")
    office.at = ENTERED
    enter(office, struck, "verifikasi_keabsahan", "verifikator", at(10))
    (mine, read), (twins, twin_read) = ledger(struck), ledger(twin)
    since = {one for one in mine if one[3] and one[3] >= BEGIN}
    assert since
    assert since == {one for one in twins if one[3] and one[3] >= BEGIN}
    assert read == twin_read


@pytest.mark.parametrize(
    ("then", "sentence"),
    [
        (at(7, 59), "Di luar kejadian itu: 04/08/2026 08.00 WIB sampai 04/08/2026 15.00 WIB"),
        (at(15, 1), "Di luar kejadian itu"),
        (ENTERED + timedelta(hours=2), "belum tiba"),
        (None, "wajib diisi"),
    ],
)
def test_nothing_is_entered_outside_of_its_window(office, struck, then, sentence):
    assert sentence in refusal(office, struck, then)[WHEN]
    assert office.task(struck, "verifikasi_keabsahan"), "the task is still open"


def test_a_paper_and_a_known_window_are_needed(office, struck):
    assert set(refusal(office, struck, at(10), scan=b"")) == {PAPER}
    assert set(refusal(office, struck, at(10), scan=b"bukan gambar")) == {PAPER}
    assert set(refusal(office, struck, at(10), window="KAHAR-2026-009")) == {WINDOW}
    assert set(refusal(office, struck, at(7, 59), scan=b"")) == {PAPER, WHEN}
    assert set(refusal(office, struck, ENTERED + timedelta(hours=2), scan=b"", window="KAHAR-2026-009")) == {
        WINDOW,
        WHEN,
        PAPER,
    }


def found(office, by="verifikator"):
    """The numbers of the windows, and the files that wait, each with the windows it is offered."""
    windows, waiting = afterwards.queue(office.people[by], office.at)
    return [one.code for one in windows], {one.row.case_id: [each.code for each in one.windows] for one in waiting}


def test_a_failure_that_one_person_recorded_lets_nothing_be_dated_back(office):
    case_id = office.registered("SIPB")
    office.at = ENTERED
    failure = disturbances.Wanted("OSS", BEGIN, END, "Masuk ke OSS gagal", ("Pengumuman",))
    disturbances.record(failure, office.people["kasi"], office.at)
    assert found(office) == ([], {})
    office.code = "GANGGUAN-2026-001"
    assert set(refusal(office, case_id, at(10))) == {WINDOW}


def test_a_keadaan_kahar_that_is_proposed_rejected_or_revoked_is_no_window(office):
    case_id = office.registered("SIPB")
    office.at = ENTERED
    id = kahar.propose(proposal(BEGIN, END), office.people["kabid"], office.at)
    office.code = "KAHAR-2026-001"
    assert found(office) == ([], {})
    kahar.reject(id, "Tidak terbukti", office.people["kadis"], office.at)
    assert found(office) == ([], {})
    other = declare(office, proposal(BEGIN, END))
    assert found(office) == (["KAHAR-2026-002"], {case_id: ["KAHAR-2026-002"]})
    undo(office, other)
    assert found(office) == ([], {})
    assert set(refusal(office, case_id, at(10), window="KAHAR-2026-002")) == {WINDOW}


@pytest.mark.parametrize(
    ("hits", "misses"),
    [
        ({"permit_types": ["SIPB"]}, {"permit_types": ["SIPP", "TRY"]}),
        ({"units": [HOME_UNIT]}, {"units": ["PUPR"]}),
        ({"steps": ["verifikasi_keabsahan"]}, {"steps": ["periksa_kelengkapan"]}),
        ({"areas": ["18.72.01", "18.72.02", "18.72.03", "18.72.04", "18.72.05"]}, {"systems": ["daring"]}),
        ({"permit_types": ["SIPB"], "units": [HOME_UNIT]}, {"permit_types": ["SIPB"], "units": ["PUPR"]}),
    ],
)
def test_a_keadaan_kahar_opens_only_the_tasks_within_its_scope(office, hits, misses):
    case_id = office.registered("SIPB")
    office.at = ENTERED
    declare(office, proposal(BEGIN, END, scope=misses))
    office.code = "KAHAR-2026-001"
    assert found(office) == (["KAHAR-2026-001"], {})
    assert set(refusal(office, case_id, at(10))) == {WINDOW}
    declare(office, proposal(BEGIN, END, scope=hits), "002/KEP")
    assert found(office)[1] == {case_id: ["KAHAR-2026-002"]}
    enter(office, case_id, "verifikasi_keabsahan", "verifikator", at(10), window="KAHAR-2026-002")
    assert events(case_id)[-1].at == at(10)


def test_a_window_is_closed_to_what_was_opened_after_it_and_forgotten_after_sixty_days(office, struck):
    later = office.registered("SIPB")
    assert set(refusal(office, later, at(10))) == {WINDOW}
    office.at = END + timedelta(days=61)
    assert afterwards.queue(office.people["verifikator"], office.at) == ((), ())
    assert set(refusal(office, struck, at(10))) == {WINDOW}


def test_signatures_and_money_are_never_entered_afterwards(office, struck):
    for element in ("tanda_tangan", "validasi_bayar", "terbit_skrd", "sampaikan_skrd"):
        assert element in afterwards.NEVER
    fresh = office.open("SIPB")
    task = office.task(fresh, "ajukan")
    with pytest.raises(Refused):
        afterwards.complete(
            UUID(task.id), {}, "", Wish(office.code, at(10), paper()), office.people["pemohon"], office.at
        )


def test_every_step_of_a_permit_has_a_blank_form_and_applicants_print_none(office):
    found = paper_forms.sheets("IMB", office.people["loket"], office.at)
    by_element = {one.element: one for one in found.sheets}
    order = ["ajukan", "periksa_kelengkapan", "verifikasi_keabsahan", "tentukan_jalur", "susun_naskah", "tanda_tangan"]
    assert [one for one in by_element if one in order] == order, "as a file meets them"
    assert {"periksa_kelengkapan", "verifikasi_keabsahan", "tentukan_jalur", "tanda_tangan"} <= by_element.keys()
    assert by_element["verifikasi_keabsahan"].afterwards
    assert not by_element["tanda_tangan"].afterwards
    assert not by_element["ajukan"].afterwards
    assert by_element["periksa_kelengkapan"].requirements
    with pytest.raises(NotFound):
        paper_forms.sheets("IMB", office.people["pemohon"], office.at)
