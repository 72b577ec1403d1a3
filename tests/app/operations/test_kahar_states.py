"""A keadaan kahar from its first unfinished lines to the report that closes it (domain 6.2)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from app.operations import auditing, force_majeure_page, force_majeure_register, force_majeure_statistics
from app.operations import force_majeure as kahar
from app.operations import force_majeure_closing as closing
from app.operations import force_majeure_comments as comments
from app.operations import force_majeure_drafts as drafts
from app.operations.force_majeure_closing import Report
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid
from tests.app.operations.test_force_majeure import correct, declare, establish, kept, proposal, recover, undo

TYPED = {"uraian": ["Listrik padam di seluruh gedung"], "dasar": ["a", "c"], "sejak": ["besok pagi"]}


def by(office, login="kabid"):
    return office.people[login]


def report(office, number="700/12/DPMPTSP/2026", **more):
    return Report(number, **{"day": f"{office.at:%d/%m/%Y}", **more})


@pytest.fixture
def over(office):
    """A keadaan kahar of this morning that is over."""
    return declare(office, proposal(office.at - timedelta(hours=3), office.at - timedelta(hours=1)))


def test_a_draft_is_kept_as_it_was_typed_however_faulty_and_only_its_author_sees_it(office):
    id = drafts.save(TYPED, by(office), office.at)
    [mine] = drafts.mine(by(office), office.at)
    assert (mine.id, mine.typed, mine.about) == (id, TYPED, "Listrik padam di seluruh gedung")
    for login in ("kasi", "sekretaris"):
        assert drafts.mine(by(office, login), office.at) == ()
        with pytest.raises(NotFound):
            drafts.opened(id, by(office, login), office.at)
        drafts.discard(id, by(office, login), office.at)
    assert drafts.opened(id, by(office), office.at).typed == TYPED
    rows, _names, _closed = force_majeure_register.register(by(office), office.at)
    assert rows == (), "nothing is proposed"


@pytest.mark.parametrize("login", ["kadis", "verifikator", "pengawas", "admin", "pemohon"])
def test_who_proposes_no_keadaan_kahar_keeps_no_draft_of_one(office, login):
    with pytest.raises(NotAllowed):
        drafts.save(TYPED, by(office, login), office.at)
    assert drafts.mine(by(office, login), office.at) == ()


def test_a_draft_is_saved_again_under_its_version_and_an_older_window_is_refused(office):
    id = drafts.save(TYPED, by(office), office.at)
    later = {**TYPED, "uraian": ["Listrik padam sejak pukul 08.00"]}
    assert drafts.save(later, by(office), office.at, id, 1) == id
    assert drafts.save(later, by(office), office.at, id, 1) == id, "the same sent twice stands once"
    with pytest.raises(Refused, match="jendela lain"):
        drafts.save(TYPED, by(office), office.at, id, 1)
    assert drafts.opened(id, by(office), office.at).version == 2


def test_the_first_saving_sent_twice_is_one_draft(office):
    key = uuid4()
    assert len({drafts.save(TYPED, by(office), office.at, key=key) for _ in range(2)}) == 1
    assert len(drafts.mine(by(office), office.at)) == 1


def test_what_was_typed_into_a_draft_that_is_gone_begins_a_new_one(office):
    id = drafts.save(TYPED, by(office), office.at)
    drafts.discard(id, by(office), office.at)
    assert drafts.mine(by(office), office.at) == ()
    again = drafts.save(TYPED, by(office), office.at, id, 1)
    assert [one.id for one in drafts.mine(by(office), office.at)] == [again]


def test_nobody_hoards_drafts_and_none_is_endless(office):
    for _ in range(drafts.MOST):
        drafts.save(TYPED, by(office), office.at)
    with pytest.raises(Refused, match="Paling banyak"):
        drafts.save(TYPED, by(office), office.at)
    with pytest.raises(Refused, match="terlalu panjang"):
        drafts.save({"uraian": ["x" * drafts.LONGEST]}, by(office, "kasi"), office.at)


def test_a_draft_is_done_with_once_it_is_proposed_and_stays_when_the_proposal_is_refused(office):
    id = drafts.save(TYPED, by(office), office.at)
    wanted = proposal(office.at - timedelta(hours=3), office.at - timedelta(hours=1))
    with pytest.raises(SubmissionInvalid):
        kahar.propose(replace(wanted, grounds=()), by(office), office.at, None, id)
    assert len(drafts.mine(by(office), office.at)) == 1
    kahar.propose(wanted, by(office), office.at, None, id)
    assert drafts.mine(by(office), office.at) == ()


def test_the_report_closes_what_is_over_and_moves_no_clock(office, over):
    office.registered("SIPB")
    before = {id: tuple(row) for id, row in kept()[0].items()}
    closing.close(over, report(office, note="Disampaikan lewat SPBE"), by(office), office.at)
    assert {id: tuple(row) for id, row in kept()[0].items()} == before
    page = force_majeure_page.page(over, by(office), office.at)
    assert (page.closed, page.may_close) == (True, False)
    assert page.reports[0].report == "700/12/DPMPTSP/2026"
    assert over in force_majeure_register.register(by(office), office.at)[2]
    assert force_majeure_statistics.statistics(by(office), office.at).lines[0].state == "ditutup"
    with pytest.raises(Refused, match="sudah ditutup"):
        closing.close(over, report(office, "701/12"), by(office), office.at)


def test_what_lasts_or_waits_for_its_decision_is_not_closed(office):
    lasting = declare(office, proposal(office.at - timedelta(hours=3), None))
    with pytest.raises(Refused, match="belum berakhir"):
        closing.close(lasting, report(office), by(office), office.at)
    waiting = kahar.propose(
        proposal(office.at - timedelta(hours=9), office.at - timedelta(hours=8)), by(office), office.at
    )
    with pytest.raises(Refused, match="menunggu penetapan"):
        closing.close(waiting, report(office), by(office), office.at)
    recover(office, lasting, office.at - timedelta(hours=1))
    closing.close(lasting, report(office), by(office), office.at)


def test_a_correction_after_the_report_asks_for_another_and_both_stay(office, over):
    closing.close(over, report(office), by(office), office.at)
    correct(office, over, None, office.at - timedelta(hours=2))
    page = force_majeure_page.page(over, by(office), office.at)
    assert (page.closed, page.may_close, len(page.reports)) == (False, True, 1)
    assert force_majeure_statistics.statistics(by(office), office.at).lines[0].state == "pulih"
    closing.close(over, report(office, "713/12/DPMPTSP/2026"), by(office), office.at)
    assert [one.version for one in force_majeure_page.page(over, by(office), office.at).reports] == [2, 1]


def test_an_undone_declaration_is_reported_too(office, over):
    undo(office, over)
    closing.close(over, report(office), by(office, "kadis"), office.at)
    assert force_majeure_page.page(over, by(office), office.at).closed


@pytest.mark.parametrize("login", ["verifikator", "pengawas", "admin", "loket"])
def test_only_who_proposes_or_declares_closes(office, over, login):
    with pytest.raises(NotAllowed):
        closing.close(over, report(office), by(office, login), office.at)


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        (Report(" ", "03/08/2026"), "nomor_laporan", "3 sampai 200 huruf"),
        (Report("x" * 201, "03/08/2026"), "nomor_laporan", "3 sampai 200 huruf"),
        (Report("700/1", ""), "tanggal_laporan", "Tanggal laporan"),
        (Report("700/1", "31/02/2026"), "tanggal_laporan", "Tanggal laporan"),
        (Report("700/1", "01/01/2030"), "tanggal_laporan", "belum tiba"),
        (Report("700/1", "01/01/2026"), "tanggal_laporan", "mendahului keputusan"),
        (Report("700/1", "03/08/2026", "x" * 2001), "catatan_laporan", "Paling banyak"),
    ],
)
def test_a_faulty_report_is_told_at_its_field_and_closes_nothing(office, over, typed, field, told):
    with pytest.raises(SubmissionInvalid) as refused:
        closing.close(over, typed, by(office), office.at)
    assert told in refused.value.errors[field]
    assert not force_majeure_page.page(over, by(office), office.at).closed


def test_one_report_closes_one_declaration(office, over):
    closing.close(over, report(office), by(office), office.at)
    other = declare(office, proposal(office.at - timedelta(hours=9), office.at - timedelta(hours=8)), "002/KEP")
    with pytest.raises(SubmissionInvalid) as refused:
        closing.close(other, report(office, "  700/12/dpmptsp/2026 "), by(office), office.at)
    assert "sudah menutup KAHAR-" in refused.value.errors["nomor_laporan"]


def test_an_event_that_the_regulation_does_not_name_needs_why_nobody_could_foresee_it(office):
    since, until = office.at - timedelta(hours=3), office.at - timedelta(hours=1)
    with pytest.raises(SubmissionInvalid) as refused:
        kahar.propose(proposal(since, until, event_kind="lainnya", unforeseen="tiba-tiba"), by(office), office.at)
    assert set(refused.value.errors) == {"tak_terduga"}
    why = "Kabel laut diputus jangkar kapal, tanpa peringatan apa pun"
    id = kahar.propose(proposal(since, until, event_kind="lainnya", unforeseen=why), by(office), office.at)
    establish(office, id)
    assert force_majeure_page.page(id, by(office), office.at).versions[0].unforeseen == why


def test_the_event_comes_before_the_loss_of_service_and_both_times_stay_through_every_version(office):
    since, until = office.at - timedelta(hours=3), office.at - timedelta(hours=1)
    with pytest.raises(SubmissionInvalid) as refused:
        kahar.propose(proposal(since, until, event_at=since + timedelta(minutes=1)), by(office), office.at)
    assert set(refused.value.errors) == {"waktu_peristiwa"}
    struck = since - timedelta(hours=5)
    id = declare(office, proposal(since, until, event_at=struck))
    correct(office, id, None, until - timedelta(minutes=30))
    assert {one.event_at for one in force_majeure_page.page(id, by(office), office.at).versions} == {struck}


REMARK = "Antara 08.00 dan 09.00 loket masih melayani."


def test_a_supervisor_remarks_on_a_proposal_and_whoever_establishes_reads_it_afterwards_too(office):
    proposed = kahar.propose(proposal(office.at - timedelta(hours=3), None), by(office), office.at)
    comments.comment(proposed, f"  {REMARK} ", by(office, "pengawas"), office.at)
    comments.comment(proposed, REMARK, by(office, "pengawas"), office.at)
    for login in ("kadis", "kabid"):
        found = force_majeure_page.page(proposed, by(office, login), office.at)
        [told] = found.comments
        assert (told.body, told.version, found.names[told.by]) == (REMARK, 1, found.names[by(office, "pengawas")])
        assert not found.may_comment
    assert auditing.verify().faults == ()


@pytest.mark.parametrize("login", ["kadis", "kabid", "verifikator", "admin", "pemohon"])
def test_only_a_supervisor_remarks_on_a_keadaan_kahar(office, over, login):
    with pytest.raises(NotAllowed):
        comments.comment(over, REMARK, by(office, login), office.at)
    assert force_majeure_page.page(over, by(office), office.at).comments == ()


def test_a_remark_says_something_about_a_declaration_that_is_there(office, over):
    with pytest.raises(SubmissionInvalid) as refused:
        comments.comment(over, " ya ", by(office, "pengawas"), office.at)
    assert list(refused.value.errors) == ["tanggapan"]
    with pytest.raises(NotFound):
        comments.comment(uuid4(), REMARK, by(office, "pengawas"), office.at)
