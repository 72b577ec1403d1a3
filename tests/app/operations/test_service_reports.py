"""Agencies and the survey in a period, and what everybody may know of it."""

from datetime import timedelta

import pytest

from app.operations import counted_facts, public_figures, service_reports
from app.store import transaction
from engine.errors import NotAllowed, NotFound
from engine.reporting import Period
from tests.app.operations.flowing import handed_over
from tests.app.operations.reported import issued, until_next_month
from tests.app.operations.test_counted_facts import work

AUGUST = Period.read("2026-08")
ELEMENTS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()


def answered(office, value="4", **more):
    case_id = issued(office)
    handed_over(office, case_id)
    given = {f"skm_{one}": value for one in ELEMENTS} | more
    office.do(case_id, "skm", "pemohon", "dikirim", bersedia=True, **given)
    return case_id


def survey(office):
    return service_reports.survey_page(AUGUST, office.people["kabid"], office.at)


def asked_of_agency(office):
    case_id = office.registered("SIPB")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    flags = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": True}
    office.do(case_id, "tentukan_jalur", "kasi", **flags)
    return case_id, office.task(case_id, "rekomendasi_opd").unit


# --- the survey


def test_the_index_is_counted_from_what_applicants_answered_in_the_period(office):
    first = answered(office)
    second = answered(office, "3", skm_waktu="1")
    declined = issued(office)
    handed_over(office, declined)
    office.do(declined, "skm", "pemohon", "dikirim", bersedia=False)
    page = survey(office)
    assert (page.index.asked, page.index.answered) == (3, 2)
    means = {one.code: one.mean for one in page.index.elements}
    assert means["skm_waktu"] * 2 == 5
    assert means["skm_biaya"] * 2 == 7
    assert not page.index.enough
    assert page.labels["skm_waktu"] == "Kecepatan waktu pelayanan"
    files = service_reports.survey_files(AUGUST, 1, office.people["kabid"], office.at)
    assert {line[0] for line in files.lines} == {first, second}
    assert files.total == 2


def test_erased_answers_are_in_no_index(office, database_superuser):
    answered(office)
    database_superuser("update submissions set values = null where element = 'skm' returning 1")
    assert survey(office).index.answered == 0
    assert survey(office).index.value is None


# --- agencies


def test_an_agency_is_told_with_what_it_was_asked_and_how_it_answered(office):
    case_id, unit = asked_of_agency(office)
    waiting, _unit = asked_of_agency(office)
    office.later(hours=4)
    office.do(case_id, "rekomendasi_opd", f"ketua-{unit.lower()}")
    page = service_reports.agencies_page(AUGUST, office.people["kabid"], office.at)
    [line] = [one for one in page.lines if one.unit == unit]
    counts = [line.count(one) for one in ("diminta", "dijawab", "tepat", "terlambat", "terbuka")]
    assert counts == [2, 1, 1, 0, 1]
    assert line.oldest.case == waiting
    assert line.median is not None
    assert page.waited[unit] > 0
    files = service_reports.agency_files(AUGUST, unit, "terbuka", 1, office.people["kabid"], office.at)
    assert [one[0] for one in files.lines] == [waiting]
    everything = service_reports.agency_files(AUGUST, "", "diminta", 1, office.people["kabid"], office.at)
    assert {one[0] for one in everything.lines} == {case_id, waiting}
    with pytest.raises(NotFound):
        service_reports.agency_files(AUGUST, unit, "laba", 1, office.people["kabid"], office.at)


def test_an_answer_after_the_term_of_its_step_is_late(office):
    case_id, unit = asked_of_agency(office)
    office.later(hours=24 * 9)
    office.do(case_id, "rekomendasi_opd", f"ketua-{unit.lower()}")
    page = service_reports.agencies_page(Period.around("bulanan", office.at.date()), office.people["kabid"], office.at)
    [line] = [one for one in page.lines if one.unit == unit]
    assert (line.count("tepat"), line.count("terlambat")) == (0, 1)


def test_only_who_may_see_reports_sees_them(office):
    who = office.people["penghitung"]
    for act in (
        lambda: service_reports.survey_page(AUGUST, who, office.at),
        lambda: service_reports.survey_files(AUGUST, 1, who, office.at),
        lambda: service_reports.agencies_page(AUGUST, who, office.at),
        lambda: service_reports.agency_files(AUGUST, "", "diminta", 1, who, office.at),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- for everybody


def test_what_is_published_is_counted_behind_the_page_and_told_as_of_when(office):
    for _ in range(5):
        issued(office)
    until_next_month(office)
    first = public_figures.published("2026-08", office.at)
    assert first.told_at is None
    assert first.lines == ()
    assert work(office.at)
    found = public_figures.published("2026-08", office.at)
    assert found.told_at == office.at
    assert (found.lines[0].permit, found.lines[0].done, found.lines[0].share) == ("", 5, 1)
    assert [one.permit for one in found.lines] == ["", "PEN"]
    assert (found.kahar, found.only_kahar) == (0, 0)
    assert not work(office.at), "a page that stands asks for nothing"


def test_nothing_is_published_of_fewer_than_five_files(office):
    for _ in range(4):
        issued(office)
    until_next_month(office)
    public_figures.published("2026-08", office.at)
    work(office.at)
    found = public_figures.published("2026-08", office.at)
    assert found.told_at == office.at
    [line] = found.lines
    assert (line.done, line.share, line.share_gross, line.median, line.ninetieth) == (None,) * 5
    assert (found.kahar, found.only_kahar, found.index) == (None, None, None)


def test_of_one_to_four_payments_that_wait_neither_number_nor_age_is_told(office, monkeypatch):
    since = office.at - timedelta(days=1)
    for number, told in ((0, 0), (1, None), (4, None), (5, 5)):
        with transaction() as store:
            monkeypatch.setattr(type(store.stuck_tasks), "queue", lambda *_, n=number: (n, since if n else None))
        found = public_figures.published("2026-07", office.at)
        assert found.queue == told
        assert bool(found.oldest) == (number >= 5)


def test_a_period_that_lasts_is_not_published(office):
    found = public_figures.published("2026-08", office.at)
    assert found.period == Period.read("2026-07")
    assert all(one.over(office.at) for one in found.periods)
    assert public_figures.published("zzz", office.at).period == Period.read("2026-07")
    assert counted_facts.count_one(office.at)
