"""The demonstration office: made by the real operations, the same again by seed and end date, and alive."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from app.cli import release_files
from app.clock import WIB
from app.operations import auditing, board_alarms, explaining, patterns, processes
from app.operations.demo import is_loaded, load, loading
from app.operations.demo.plans import RESTING
from app.store import transaction
from app.store.encoding import parse
from engine.reporting import anew_from_json, disruptions_from_json, from_json, sums
from tests.app.operations.office import LONG_AGO
from tests.conftest import MIGRATED, NAME, close_pool

END = datetime(2026, 10, 21, 9, 0, tzinfo=WIB)
SMALLEST = 102
DAYS = 58  # of ninety-two; most files rest, so they are opened in the last forty
FIRST_DAYS = END.replace(hour=0) - loading.HISTORY + timedelta(days=DAYS)
# What was done, where and when, without ids: they are made anew each time.
HISTORY = """
    select e.at, c.permit, c.kind, c.category, c.channel, c.opened_at, e.kind, e.recorded_at, e.role, e.element,
           coalesce(e.body::json ->> 'outcome', ''), coalesce(e.body::json ->> 'number', '')
    from events e join cases c on c.id = e.case_id where e.at < %s order by c.opened_at, c.permit, e.seq
"""
NUMBERS = "select register, scope, seq, number, reserved_at from numbers where reserved_at < %s order by 1, 2, 3"


def made(cluster, application, days=None):
    """A demonstration office on a fresh database, whole or its first days only, so that it is made soon."""
    close_pool(application)
    database = cluster.copy(MIGRATED, NAME)
    whole = loading.Agenda
    cut = (lambda end: whole(end - loading.HISTORY + timedelta(days=days))) if days else whole
    with application.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "Agenda", cut)
        processes.deploy(release_files(), "peragaan", LONG_AGO, development=True)
        load(END, END, SMALLEST, 76, lambda _: None)
    return database


def told(database):
    """Events and numbers of the first days."""
    until = (FIRST_DAYS,)
    return database.ask(HISTORY, until), database.ask(NUMBERS, until)


@pytest.fixture(scope="module")
def loaded(cluster, migrated, application):
    """The smallest demonstration office; before it, its first days made with the same seed."""
    first = told(made(cluster, application, DAYS))
    yield first, made(cluster, application)
    close_pool(application)


def test_one_seed_and_end_date_give_the_same_files_events_times_and_numbers(loaded):
    first, database = loaded
    again = told(database)
    assert len(first[0]) > 100
    assert len(first[1]) > 5
    for one, other in zip(first, again, strict=True):
        assert [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]][:3] == []
        assert len(one) == len(other)


def test_at_least_five_files_rest_in_every_state(loaded):
    counted = Counter(dict(loaded[1].ask("select state, count(*) from cases group by state")))
    assert {state: counted[state] for state in RESTING if counted[state] < 5} == {}


def test_no_definition_failed_on_the_way_and_every_chain_verifies(loaded, application):
    assert loaded[1].ask("select * from incidents") == []
    with application.app_context():
        found = auditing.verify()
        assert is_loaded()
    assert found.cases >= SMALLEST
    assert found.faults == ()


def test_nothing_happens_after_the_end_of_the_history(loaded):
    last = loaded[1].ask("select max(at), max(recorded_at) from events")[0]
    assert max(last) < END.replace(hour=0)


def test_some_money_at_the_bank_belongs_to_no_claim_and_is_of_different_age(loaded):
    entered = loaded[1].ask("select entered_at from bank_lines where payment_id is null")
    assert len({one[0].date() for one in entered}) >= 2


def test_at_least_ten_promises_were_passed(loaded):
    assert loaded[1].ask("select count(*) from rungs_fired where rung = 100")[0][0] >= 10


def test_one_keadaan_kahar_lasted_ended_and_was_corrected_and_one_was_cancelled_each_by_two_people(loaded):
    rows = loaded[1].ask("""
        select d.code, v.kind, v.approved_at is not null and v.approved_by <> v.proposed_by and v.decree <> ''
        from declaration_versions v join declarations d on d.id = v.declaration_id order by d.code, v.version
    """)
    told = {}
    for code, kind, sound in rows:
        assert sound, (code, kind)
        told.setdefault(code, []).append(kind)
    lasted = ["DECLARE", "EXTEND", "RECOVER", "AMEND", "RECOVER", "AMEND"]
    assert list(told.values()) == [["DECLARE"], ["DECLARE"], ["DECLARE"], ["DECLARE", "REVOKE"], lasted]
    begun = loaded[1].ask("select until from declaration_versions where version = 1 order by recorded_at desc limit 1")
    assert begun == [(None,)], "nobody knew its end"
    kept = loaded[1].ask("select count(distinct declaration_id) from declaration_files")
    assert kept == [(3,)], "the false alarm rested on typed lines only"


def test_two_monthly_reports_were_signed_and_sent_and_a_third_waits_to_be_checked(loaded):
    rows = loaded[1].ask(
        "select since, number is not null, sent_at is not null, checked_at is null from reports order by since"
    )
    assert [(f"{since:%Y-%m}", *rest) for since, *rest in rows] == [
        ("2026-07", True, True, False),
        ("2026-08", True, True, False),
        ("2026-09", False, False, True),
    ]
    frozen = "select count(*) from report_cases join reports on reports.id = report_id where since = '2026-09-01'"
    assert loaded[1].ask(frozen)[0][0] > 10


def test_its_counter_has_hours_of_its_own_and_the_dates_of_its_steps_show_them(loaded, application):
    _, database = loaded
    rows = database.ask(
        "select c.case_id, c.id from clocks c join clock_readings r on r.clock_id = c.id "
        "where c.calendar = 'LOKET' and r.started_at > %s order by r.started_at desc",
        (END - timedelta(days=40),),
    )
    assert len(rows) > 20
    with application.app_context(), transaction() as store:
        people = {one.email.partition("@")[0]: one.id for one in store.people.demonstration()}
    with application.app_context():
        why = explaining.page(*map(UUID, map(str, rows[0])), people["loket"], END)
    assert why.explanation.lines[0].note.endswith("; menurut jam loket")
    assert any(one.startswith("jam loket sejak") and "(contoh)" in one for one in why.grounds.papers)


def test_the_last_report_tells_of_a_keadaan_kahar_and_of_a_failure_of_a_central_system(loaded):
    (told,) = loaded[1].ask("select disruptions from reports where since = '2026-09-01'")[0]
    found = disruptions_from_json(parse(told))
    assert [one.code for one in found.declared if one.minutes]
    assert [one.system.split(",")[0] for one in found.failures] == ["SIMBG"]
    rows = loaded[1].ask("""
        select facts from report_cases join reports on reports.id = report_id where since = '2026-09-01'
    """)
    facts = [from_json(parse(facts)) for (facts,) in rows]
    assert sums(facts).touched[""].cases > 0
    assert sums(facts).met[found.failures[0].code] > 0


def test_the_last_report_tells_anew_of_the_keadaan_kahar_that_was_found_out_after_its_month_was_signed(loaded):
    (told,) = loaded[1].ask("select differences from reports where since = '2026-09-01'")[0]
    found = [anew_from_json(one["disruptions"]) for one in parse(told) if "disruptions" in one]
    changes = [one for each in found for one in each.changes]
    assert [(one.how, one.before) for one in changes] == [("baru", None)]
    assert changes[0].after.of.minutes > 0
    assert found[0].before.suspended < found[0].after.suspended


def test_a_change_of_the_calendar_moved_a_term_of_an_applicant(loaded):
    moved = loaded[1].ask("""
        select count(*) from promises p join clocks c on c.id = p.clock_id
        where c.kind = 'P' and p.because like 'kalender:%%'
    """)
    assert moved[0][0] > 0


def test_a_sample_was_drawn_for_the_audit_and_half_of_it_examined(loaded):
    (drawn,) = loaded[1].ask("select sample_id, count(*) from audit_sample_cases group by sample_id")
    answered = loaded[1].ask("select count(distinct case_id), bool_or(verdict = 'tidak_sesuai') from audit_answers")
    assert answered == [(drawn[1] // 2, True)]


def test_a_disposisi_waits_one_is_done_and_a_colleague_is_asked(loaded):
    rows = loaded[1].ask(
        "select d.kind, e.kind from dispositions d "
        "left join disposition_ends e on e.disposition_id = d.id order by d.at"
    )
    assert rows == [("DISPOSISI", "ANSWER"), ("DISPOSISI", None), ("TANYA", None)]


def test_a_verifier_s_tasks_lie_while_somebody_stands_in_for_her(loaded, application):
    with application.app_context(), transaction() as store:
        kabid = store.people.by_email("kabid@dpmptsp-contoh.id").id
    with application.app_context():
        found = board_alarms.alarms(kabid, END)
    assert any("Ratna Sari" in one.why for one in found.stood_in)


def test_the_supervisor_finds_one_of_each_pattern_worth_a_look(loaded, application):
    span = patterns.Span((END - loading.HISTORY).date(), END.date())
    [[supervisor]] = loaded[1].ask("select id from people where email like 'pengawas@%%'")
    with application.app_context():
        found = patterns.found(span, UUID(supervisor), END)
    assert {one.code: len(one.lines) for one in found.patterns if not one.lines} == {}


def test_visits_wait_for_their_teams_and_others_to_be_appointed(loaded):
    asked = "select element, count(*) from tasks where element = any(%s) and closed_at is null group by element"
    found = dict(loaded[1].ask(asked, (["tinjauan", "jadwalkan"],)))
    assert found["tinjauan"] >= 2
    assert found["jadwalkan"] >= 2


def test_the_release_that_waits_was_proposed_after_the_one_in_effect_so_that_it_can_be_approved(loaded):
    """`make run` deploys the first release and loads the demonstration on the same day."""
    assert loaded[1].ask("select proposed_at >= %s from deployments where status = 'draft'", (END,)) == [(True,)]
