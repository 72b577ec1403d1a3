"""What stands out among decisions: every pattern with the files behind it, found by index, judged by the catalogue."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event

from app.clock import WIB
from app.operations import patterns, personal, processes
from app.operations.patterns import Behind, Span
from app.store import transaction
from app.store.database import db
from app.store.ids import uuid7
from app.store.patterns import CODES
from app.store.trail import Sought
from engine.catalogue.patterns import law_of
from engine.errors import NotAllowed, NotFound, SubmissionInvalid
from tests.app.operations.course import COURSE, NOTHING_NEEDED, along
from tests.conftest import NAME

AUGUST = Span(date(2026, 8, 1), date(2026, 8, 31))


def lines(office, code, span=AUGUST, login="pengawas"):
    found = patterns.found(span, office.people[login], office.at + timedelta(days=40))
    return next(one.lines for one in found.patterns if one.code == code)


def behind(office, code, **which):
    return patterns.behind(code, Behind(**which), AUGUST, office.people["pengawas"], office.at).rows


def verified(office, verifier, **fixed):
    case_id = office.registered("SIPB")
    office.later(minutes=5)
    office.do(case_id, "verifikasi_keabsahan", verifier, **fixed)
    office.later(minutes=5)
    return case_id


def returned(office, case_id, verifier):
    office.do(case_id, "verifikasi_keabsahan", verifier, "perbaikan", keabsahan__ktp__hasil="perbaikan")
    office.later(minutes=5)
    office.do(case_id, "perbaikan", "pemohon")
    office.later(minutes=5)


def reviewed(office, verifier, reviewer):
    case_id = verified(office, verifier)
    office.do(case_id, "tentukan_jalur", reviewer, **NOTHING_NEEDED)
    return case_id


def test_a_pair_whose_share_far_exceeds_that_of_the_others_stands_out_with_its_files(office):
    together = {reviewed(office, "verifikator", "kasi") for _ in range(4)}
    for reviewer in ("kasi2", "kasi2", "kasi2", "kasi"):
        reviewed(office, "verifikator2", reviewer)
    (line,) = lines(office, "pasangan")
    people = office.people
    assert (line.other, line.person, line.element) == (people["verifikator"], people["kasi"], "tentukan_jalur")
    assert (line.n, line.of_n, line.rest_n, line.rest_of) == (4, 4, 1, 4)
    found = behind(office, "pasangan", person=line.person, other=line.other, element=line.element)
    assert {one.case_id for one in found} == together


def test_where_only_one_official_can_decide_no_pair_stands_out(office):
    for verifier in ("verifikator", "verifikator2"):
        for _ in range(5):
            reviewed(office, verifier, "kasi")
    assert lines(office, "pasangan") == ()


def test_a_decision_late_in_the_evening_or_on_a_holiday_stands_out_and_one_shortly_after_closing_does_not(office):
    office.at = datetime(2026, 8, 3, 10, 0, tzinfo=WIB)
    evening, shortly, sunday = (office.registered("SIPB") for _ in range(3))
    for at, case_id in (((3, 16, 20), shortly), ((3, 21, 40), evening), ((9, 10, 0), sunday)):
        office.at = datetime(2026, 8, *at, tzinfo=WIB)
        office.do(case_id, "verifikasi_keabsahan", "verifikator")
    (line,) = lines(office, "luar_jam")
    assert (line.person, line.n, line.of_n) == (office.people["verifikator"], 2, 3)
    assert [one.case_id for one in behind(office, "luar_jam", person=line.person)] == [sunday, evening]


def test_a_file_that_is_returned_again_and_again_stands_out(office):
    often, once = office.registered("SIPB"), office.registered("SIPB")
    office.later(minutes=5)
    returned(office, often, "verifikator")
    returned(office, often, "verifikator")
    returned(office, once, "verifikator")
    (line,) = lines(office, "dikembalikan")
    assert (line.case_id, line.n) == (often, 2)
    assert len(behind(office, "dikembalikan", case_id=often)) == 2


def test_who_returns_far_more_often_than_others_at_the_same_step_stands_out(office):
    for _ in range(3):
        case_id = office.registered("SIPB")
        office.later(minutes=5)
        returned(office, case_id, "verifikator")
        verified(office, "verifikator2")
    assert [(one.person, one.n, one.of_n, one.rest_n, one.rest_of) for one in lines(office, "pengembali")] == [
        (office.people["verifikator"], 3, 3, 0, 3)
    ]


def test_who_returns_much_where_nobody_else_decides_is_held_against_nobody(office):
    for _ in range(3):
        case_id = office.registered("SIPB")
        office.later(minutes=5)
        returned(office, case_id, "verifikator")
    assert lines(office, "pengembali") == ()


def test_a_step_done_as_a_substitute_by_one_who_does_the_step_it_is_kept_apart_from_stands_out(office):
    """Steps of the calculation are kept apart from verifying: here by two files, since on one the rule refuses it."""
    calculated = along(office, office.registered("IMB"), COURSE[:1])
    office.do(calculated, "tentukan_jalur", "kasi", **NOTHING_NEEDED)
    office.later(minutes=5)
    office.do(calculated, "hitung_retribusi", "penghitung")
    with transaction() as store:
        values = {"role": "VB", "unit": "", "kind": "plh", "since": office.at.date(), "until": None, "basis": "ST 1"}
        stood_for = {"person_id": office.people["penghitung"], "stands_for": office.people["verifikator"]}
        store.people.add_grant(uuid7(), office.at, **values, **stood_for)
    case_id = office.registered("SIPB")
    office.later(minutes=5)
    office.do(case_id, "verifikasi_keabsahan", "penghitung")
    found = lines(office, "rangkap")
    assert [(one.person, one.element, one.before, one.n, one.rest_n) for one in found] == [
        (office.people["penghitung"], "verifikasi_keabsahan", "hitung_retribusi", 1, 0)
    ]
    assert [one.case_id for one in behind(office, "rangkap", person=found[0].person)] == [case_id]


def test_a_decision_seconds_after_its_task_opened_stands_out(office):
    quick, slow = office.registered("SIPB"), office.registered("SIPB")
    office.later(minutes=5)
    office.do(slow, "verifikasi_keabsahan", "verifikator")
    office.do(quick, "verifikasi_keabsahan", "verifikator")
    office.later(seconds=20)
    office.do(quick, "tentukan_jalur", "kasi", **NOTHING_NEEDED)
    found = [(one.person, one.element, one.n, one.of_n) for one in lines(office, "kilat")]
    assert (office.people["kasi"], "tentukan_jalur", 1, 1) in found
    assert "verifikasi_keabsahan" not in {element for _who, element, _n, _of in found}


def test_a_figure_and_the_list_behind_it_never_differ(office):
    for verifier, reviewer in (("verifikator", "kasi"), ("verifikator2", "kasi2")) * 4:
        case_id = office.registered("SIPB")
        office.later(seconds=30)
        returned(office, case_id, verifier)
        returned(office, case_id, verifier)
        office.do(case_id, "verifikasi_keabsahan", verifier)
        office.later(hours=12)
        office.do(case_id, "tentukan_jalur", reviewer, **NOTHING_NEEDED)
    counted = 0
    for code in CODES:
        for one in lines(office, code):
            which = {"person": one.person, "other": one.other, "case_id": one.case_id}
            counted += one.n
            assert len(behind(office, code, element=one.element, before=one.before, **which)) == one.n, code
    assert counted


def test_only_supervisors_ask_and_each_look_is_recorded(office):
    with pytest.raises(NotAllowed):
        patterns.found(AUGUST, office.people["kabid"], office.at)
    who = office.people["kadis"]
    patterns.found(AUGUST, who, office.at, "10.0.0.7")
    patterns.behind("kilat", Behind(person=office.people["kasi"]), AUGUST, who, office.at)
    with transaction() as store:
        kept = store.trail.accesses(Sought(kind=personal.PATTERNS), None, None, 9)
    assert {one.why for one in kept} == {
        "dari 01/08/2026; sampai 31/08/2026",
        "dari 01/08/2026; sampai 31/08/2026; pola kilat",
    }
    assert {one.subject_id for one in kept} == {None, office.people["kasi"]}


def test_a_period_that_ends_before_it_begins_or_lasts_years_is_refused(office):
    for span in (Span(date(2026, 8, 2), date(2026, 8, 1)), Span(date(2024, 8, 2), date(2026, 8, 1))):
        with pytest.raises(SubmissionInvalid) as refused:
            patterns.found(span, office.people["pengawas"], office.at)
        assert set(refused.value.errors) == {"sampai"}
    with pytest.raises(NotFound):
        patterns.behind("ngawur", Behind(), AUGUST, office.people["pengawas"], office.at)


def test_the_catalogue_names_only_steps_and_buttons_that_there_are(office):
    deployment = processes.active()
    law = law_of(deployment.catalogue.settings)
    elements = deployment.definition.elements
    assert {one for one in law.decisions if one not in elements} == set()
    assert {one for pair in law.pairs for one in pair if one not in elements} == set()
    for step, button in law.returns:
        form = deployment.form(elements[step].form_key, "IMB", "perorangan")
        assert button in dict(form.outcomes), step


# --- how it is found

CASES = """
insert into cases select made.* from cases c, generate_series(1, 2000) n, jsonb_populate_record(null::cases,
  to_jsonb(c) || jsonb_build_object('id', gen_random_uuid(), 'tracking_code', 'X' || n, 'number', null)) made
"""
TASKS = """
insert into tasks (id, case_id, element, name, role, form_key, properties, status, outcome, closed_by, opened_at,
  closed_at)
select gen_random_uuid(), c.id, (array['verifikasi_keabsahan', 'tentukan_jalur', 'hitung_retribusi'])[1 + n % 3], 'x',
  'VB', '', '{}', 'done', 'perbaikan', p.id, timestamptz '2020-01-01' + n * interval '9 min',
  timestamptz '2020-01-01' + n * interval '10 min'
from (select id from people where email like 'verifikator@%') p, generate_series(1, 60000) n
join (select id, row_number() over () as place from cases) c on c.place = 1 + n % 2000
"""


@pytest.fixture
def years(office, cluster):
    """An office whose decisions of years are so many that reading them all is the dearer way."""
    office.registered("SIPB")
    server = cluster.database(NAME)
    for statement in (CASES, TASKS, "analyze tasks", "analyze cases"):
        server.ask(statement, None)
    return office


def test_no_pattern_reads_the_decisions_of_other_years(years):
    heard = []

    def hear(connection, cursor, statement, parameters, context, many):
        if "with seen" in statement:
            heard.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", hear)
    month = Span(date(2020, 3, 1), date(2020, 3, 31))
    try:
        patterns.found(month, years.people["pengawas"], years.at)
        for code in CODES:
            patterns.behind(code, Behind(), month, years.people["pengawas"], years.at)
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    assert len(heard) == 2 * len(CODES)
    with transaction() as store, store.session.connection().connection.cursor() as cursor:
        for statement, parameters in heard:
            cursor.execute(f"explain {statement}", parameters)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "ix_tasks_done_at" in plan, plan
            assert "Seq Scan on tasks" not in plan, plan
