"""A superior hands a file on, colleagues ask each other: told, answered once, taken back, never a clock."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.clock import WIB
from app.operations import case_page, cases, disposition_lists, dispositions, looking_back
from app.operations.case_record import record
from app.operations.dispositions import Given
from app.store import transaction
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid
from tests.app.operations.test_findings import told
from tests.app.operations.test_flows import inbox_of

BODY = "Cocokkan alamat dengan berkas lama"


def give(office, case_id, by="kasi", to="verifikator", kind="DISPOSISI", **other):
    given = Given(kind, other.pop("body", BODY), office.people[to], other.pop("due_on", None))
    return dispositions.give(case_id, given, office.people[by], office.at, **other)


def card(office, case_id, login):
    return case_page.case_page(case_id, office.people[login], office.at)


def awaited(office, login):
    return [(one.kind, one.about) for one in inbox_of(office, login).awaited]


def test_a_disposisi_stands_on_the_addressees_inbox_and_on_the_file_until_it_is_done(office):
    case_id = office.registered()
    due = office.at.astimezone(WIB).date() + timedelta(days=2)
    id = give(office, case_id, due_on=due)
    assert awaited(office, "verifikator") == [("disposition", id)]
    assert awaited(office, "kasi") == awaited(office, "loket") == []
    assert len([one for one in told(office, "verifikator") if one.startswith("Disposisi ")]) == 1
    assert [one.state for one in card(office, case_id, "kasi").dispositions] == ["terbuka"]
    dispositions.answer(id, "Alamatnya sama", office.people["verifikator"], office.at)
    dispositions.answer(id, "Alamatnya sama", office.people["verifikator"], office.at)
    assert awaited(office, "verifikator") == []
    assert [one.state for one in card(office, case_id, "loket").dispositions] == ["selesai"]
    assert card(office, case_id, "pemohon").dispositions == ()
    with pytest.raises(Refused):
        dispositions.answer(id, "Jawaban yang lain", office.people["verifikator"], office.at)
    with pytest.raises(Refused):
        dispositions.take_back(id, "Sudah terlambat", office.people["kasi"], office.at)
    with transaction() as store:
        kinds = [one.kind for one in store.calendars.office_chain()[-2:]]
    assert kinds == ["disposition_given", "disposition_done"]


def test_neither_a_disposisi_nor_a_question_changes_the_file_its_tasks_or_its_clocks(office):
    case_id = office.registered()

    def standing():
        page = card(office, case_id, "kasi")
        return page.held.case, page.clocks, page.open_tasks, page.events

    before = standing()
    id = give(office, case_id)
    give(office, case_id, "verifikator", "kasi", "TANYA")
    dispositions.answer(id, "Alamatnya sama", office.people["verifikator"], office.at)
    assert standing() == before


def test_an_instruction_goes_down_the_offices_ladder_only_and_a_question_to_any_colleague(office):
    case_id = office.registered()
    for by, to in (("kadis", "sekretaris"), ("sekretaris", "kabid"), ("kabid", "kasi"), ("kasi", "loket")):
        assert give(office, case_id, by, to)
        with pytest.raises((NotAllowed, SubmissionInvalid)):
            give(office, case_id, to, by)
        assert give(office, case_id, to, by, "TANYA")
    for login in ("pengawas", "admin", "pemohon", "kasi", "tim-dinkes"):
        with pytest.raises(SubmissionInvalid) as invalid:
            give(office, case_id, "kasi", login)
        assert set(invalid.value.errors) == {"kepada"}, login
    with pytest.raises(NotAllowed):
        give(office, case_id, "pengawas", "kasi", "TANYA")


def test_only_who_may_see_the_file_asks_is_asked_and_reads(office):
    case_id = office.registered("SIPB")
    id = give(office, case_id)
    strangers = ("tim-pupr", "admin", "pemohon")
    for login in strangers:
        for act in (
            lambda by: dispositions.give(case_id, Given("TANYA", BODY, office.people["kasi"]), by, office.at),
            lambda by: dispositions.answer(id, "Bukan urusan saya", by, office.at),
            lambda by: disposition_lists.page(case_id, id, by, office.at),
            lambda by: disposition_lists.of_file(case_id, by, office.at),
        ):
            with pytest.raises(NotFound):
                act(office.people[login])
    with pytest.raises(SubmissionInvalid):
        give(office, case_id, "kasi", "ketua-dinkes", "TANYA")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=True)
    asked = give(office, case_id, "kasi", "ketua-dinkes", "TANYA")
    assert awaited(office, "ketua-dinkes") == [("question", asked)]
    with pytest.raises(NotFound):
        disposition_lists.page(office.registered(), id, office.people["kasi"], office.at)


def test_only_the_giver_takes_back_and_only_the_addressee_answers(office):
    case_id = office.registered()
    id = give(office, case_id)
    with pytest.raises(NotAllowed):
        dispositions.answer(id, "Bukan untuk saya", office.people["loket"], office.at)
    with pytest.raises(NotAllowed):
        dispositions.take_back(id, "Bukan milik saya", office.people["verifikator"], office.at)
    with pytest.raises(SubmissionInvalid) as invalid:
        dispositions.take_back(id, "", office.people["kasi"], office.at)
    assert set(invalid.value.errors) == {"alasan_tarik"}
    dispositions.take_back(id, "Sudah dikerjakan sendiri", office.people["kasi"], office.at)
    assert awaited(office, "verifikator") == []
    assert any(one.endswith("ditarik kembali") for one in told(office, "verifikator"))
    with pytest.raises(Refused):
        dispositions.answer(id, "Sudah saya kerjakan", office.people["verifikator"], office.at)


def test_what_is_wrong_with_a_disposisi_is_said_at_its_field_and_nothing_is_kept(office):
    case_id, today = office.registered(), office.at.astimezone(WIB).date()
    for due in (today - timedelta(days=1), today + timedelta(days=400)):
        with pytest.raises(SubmissionInvalid) as invalid:
            give(office, case_id, body="x", due_on=due)
        assert set(invalid.value.errors) == {"isi", "tenggat"}
    with pytest.raises(SubmissionInvalid) as invalid:
        give(office, case_id, kind="LAIN")
    assert "macam" in invalid.value.errors
    assert card(office, case_id, "kasi").dispositions == ()


def test_sent_twice_under_one_key_it_stands_once_and_a_late_one_says_so(office):
    case_id, key = office.registered(), UUID(int=7)
    due = office.at.astimezone(WIB).date()
    assert give(office, case_id, key=key, due_on=due) == give(office, case_id, key=key, due_on=due)
    own = disposition_lists.own(True, True, None, office.people["kasi"], office.at)
    assert [(one.state, one.late) for one in own.lines] == [("terbuka", False)]
    tomorrow = office.at + timedelta(days=1)
    assert disposition_lists.own(False, True, None, office.people["verifikator"], tomorrow).lines[0].late


def test_a_closed_file_takes_questions_and_no_instructions(office):
    case_id = office.registered()
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    with pytest.raises(Refused):
        give(office, case_id)
    assert give(office, case_id, "verifikator", "kasi", "TANYA")


def test_what_was_handed_on_stands_in_the_exported_file_with_what_ended_it(office):
    case_id = office.registered()
    id = give(office, case_id, due_on=office.at.astimezone(WIB).date())
    asked = give(office, case_id, kind="TANYA", to="loket", body="Apakah aslinya sudah dilihat?")
    dispositions.answer(id, "Alamatnya sama", office.people["verifikator"], office.at)
    told = {one["id"]: one for one in record(card(office, case_id, "kasi"), office.at)["disposisi"]}
    assert told[str(id)]["penutup"]["bunyi"] == "Alamatnya sama"
    assert (told[str(id)]["keadaan"], told[str(asked)]["keadaan"]) == ("selesai", "terbuka")
    assert told[str(asked)]["penutup"] is None
    assert told[str(asked)]["oleh"] != told[str(asked)]["kepada"] != ""


def test_a_page_of_the_past_shows_it_as_it_stood(office):
    case_id = office.registered()
    before = office.at
    office.later(minutes=5)
    id = give(office, case_id)
    given = office.at
    office.later(minutes=5)
    dispositions.answer(id, "Alamatnya sama", office.people["verifikator"], office.at)
    office.later(minutes=5)

    def then(at, login="kasi"):
        return looking_back.page_then(case_id, at, office.people[login], office.at).dispositions

    assert then(before) == ()
    [open_] = then(given)
    assert (open_.state, open_.row.end_body, open_.row.body) == ("terbuka", None, BODY)
    assert [one.state for one in then(office.at)] == ["selesai"]
    assert then(office.at, "pemohon") == ()


def test_whoever_has_a_disposisi_is_reminded_once_a_day_from_the_day_before_its_last(office):
    case_id = office.registered()
    due = office.at.astimezone(WIB).date() + timedelta(days=3)
    id = give(office, case_id, due_on=due)
    give(office, case_id, body="Tanpa hari, tidak diingatkan")

    def reminded(days):
        office.later(days=days)
        dispositions.remind(office.at)
        dispositions.remind(office.at)
        return sum("tenggatnya" in one for one in told(office, "verifikator"))

    assert reminded(0) == 0
    assert reminded(2) == 1
    assert reminded(1) == 2
    assert reminded(1) == 3
    assert [one for one in told(office, "verifikator") if "lewat tenggatnya" in one]
    dispositions.answer(id, "Alamatnya sama", office.people["verifikator"], office.at)
    assert reminded(1) == 3
