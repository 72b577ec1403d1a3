"""Accounts: guessing is slowed down whatever happens, links work once, who is out is out at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from app.operations import desk, officials, people, personal, sessions, tasks
from app.operations.demo.staff import DOMAIN, PASSWORD
from app.store import transaction
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid

EMAIL = f"verifikator@{DOMAIN}"
LINK = "https://contoh.id/sandi-baru/{token}"
SHIPPED, NOBODY = people.HASHER, people._NOBODY  # the other tests hash at next to no cost (tests/conftest.py)
NEW = "kalimat sandi yang baru"


@pytest.fixture
def counted(monkeypatch):
    """How many hashes were computed, by the secret they were compared with."""
    seen, sound = [], people.matches
    monkeypatch.setattr(people, "matches", lambda secret, password: seen.append(secret) or sound(secret, password))
    return seen


def wrong(office, email=EMAIL, address="192.0.2.1"):
    try:
        people.log_in(email, "bukan kata sandinya", address, office.at)
    except (NotAllowed, Refused) as refusal:
        return type(refusal)
    return None


def test_a_hundred_wrong_passwords_at_once_cost_a_handful_of_hashes(office, application, counted):
    def guess(number):
        with application.app_context():
            return wrong(office, address=f"192.0.2.{number}")

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(guess, range(100)))
    assert len(counted) == people.MOST_WRONG
    assert answers.count(NotAllowed) == people.MOST_WRONG
    assert answers.count(Refused) == 100 - people.MOST_WRONG


def test_one_address_may_not_try_many_accounts(office, counted):
    answers = [wrong(office, email=f"orang{number}@{DOMAIN}") for number in range(people.MOST_PER_ADDRESS + 5)]
    assert answers.count(Refused) == 5
    assert len(counted) == people.MOST_PER_ADDRESS


def test_the_right_password_does_not_open_a_throttled_account_until_the_window_is_over(office):
    for _ in range(people.MOST_WRONG):
        assert wrong(office) is NotAllowed
    with pytest.raises(Refused):
        people.log_in(EMAIL, PASSWORD, "192.0.2.9", office.at)
    office.later(minutes=15)
    assert people.log_in(EMAIL, PASSWORD, "192.0.2.9", office.at).id == office.people["verifikator"]


def test_a_login_forgives_the_wrong_tries_before_it(office):
    for _ in range(3):
        for _ in range(people.MOST_WRONG - 1):
            assert wrong(office) is NotAllowed
        people.log_in(EMAIL, PASSWORD, "192.0.2.1", office.at)


def test_a_failure_after_the_count_does_not_take_the_count_back(office, monkeypatch, database_superuser):
    def broken(*_):
        raise MemoryError

    monkeypatch.setattr(people, "matches", broken)
    for _ in range(3):
        with pytest.raises(MemoryError):
            people.log_in(EMAIL, "bukan kata sandinya", "192.0.2.1", office.at)
    assert database_superuser("select count from throttle where kind = 'login'") == [(3,)]


def test_guessing_a_password_costs_what_owasp_asks_for(monkeypatch):
    """At least 19 MiB and two passes of argon2id, also for an account that there is not."""
    for name, made in (("HASHER", SHIPPED), ("_NOBODY", NOBODY)):
        monkeypatch.setattr(people, name, made)
    for kept in (people.hashed(PASSWORD), NOBODY):
        cost = extract_parameters(kept)
        assert (cost.type, cost.memory_cost >= 19 * 1024, cost.time_cost >= 2) == (Type.ID, True, True)
    assert people.matches(people.hashed(PASSWORD), PASSWORD)
    assert not people.matches(NOBODY, PASSWORD)


def test_an_unknown_account_is_answered_on_the_same_path_as_a_wrong_password(office, counted):
    told = []
    for email in (EMAIL, f"tiada@{DOMAIN}"):
        with pytest.raises(NotAllowed) as refusal:
            people.log_in(email, "bukan kata sandinya", "192.0.2.1", office.at)
        told.append(str(refusal.value))
    assert told[0] == told[1]
    assert len(counted) == 2
    assert [people.HASHER.check_needs_rehash(one) for one in counted] == [False, False], "hashes of one cost"


def test_a_hash_of_older_settings_is_made_anew_at_the_next_login(office, database_superuser, monkeypatch):
    monkeypatch.setattr(people, "HASHER", SHIPPED)
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    database_superuser("update people set password_hash = %s where email = %s", (old, EMAIL))
    people.log_in(EMAIL, PASSWORD, "192.0.2.1", office.at)
    [(kept,)] = database_superuser("select password_hash from people where email = %s", (EMAIL,))
    assert kept != old
    assert not people.HASHER.check_needs_rehash(kept)
    assert people.log_in(EMAIL, PASSWORD, "192.0.2.1", office.at)


def test_a_disabled_or_unverified_account_does_not_log_in(office, database_superuser):
    officials.disable(office.people["verifikator"], office.people["admin"], office.at)
    with pytest.raises(NotAllowed):
        people.log_in(EMAIL, PASSWORD, "192.0.2.1", office.at)
    database_superuser("update people set email_verified_at = null where email = %s", (f"pemohon@{DOMAIN}",))
    with pytest.raises(NotAllowed):
        people.log_in(f"pemohon@{DOMAIN}", PASSWORD, "192.0.2.1", office.at)


# --- reset


def token(office, database_superuser, email=EMAIL):
    people.ask_reset(email, LINK, "192.0.2.1", office.at)
    [(body,)] = database_superuser(
        "select payload::json ->> 'body' from outbox order by created_at desc, id desc limit 1"
    )
    return body.rpartition("/")[2]


def test_a_reset_link_works_once_and_ends_every_session(office, database_superuser):
    link = token(office, database_superuser)
    open_session = sessions.begin(office.people["verifikator"], {}, "", "", office.at)
    people.reset_password(link, NEW, office.at)
    assert sessions.find(open_session, office.at) is None
    with pytest.raises(Refused):
        people.reset_password(link, NEW + " lagi", office.at)
    assert people.log_in(EMAIL, NEW, "192.0.2.1", office.at)
    with pytest.raises(NotAllowed):
        people.log_in(EMAIL, PASSWORD, "192.0.2.1", office.at)


def test_a_reset_link_ends_after_half_an_hour(office, database_superuser):
    link = token(office, database_superuser)
    with pytest.raises(Refused):
        people.reset_password(link, NEW, office.at + people.RESET_FOR)
    people.reset_password(link, NEW, office.at + people.RESET_FOR - timedelta(seconds=1))


def test_a_reset_link_is_no_activation_link_and_a_refused_password_does_not_use_it_up(office, database_superuser):
    link = token(office, database_superuser)
    with pytest.raises(Refused):
        people.verify_email(link, office.at)
    with pytest.raises(SubmissionInvalid):
        people.reset_password(link, "pendek", office.at)
    people.reset_password(link, NEW, office.at)


def test_the_database_keeps_no_link_that_could_be_used(office, database_superuser):
    link = token(office, database_superuser)
    [(kept,)] = database_superuser("select hash from tokens")
    assert link.encode() not in bytes(kept)
    assert len(bytes(kept)) == 32


def test_asking_for_an_unknown_address_sends_nothing_and_says_nothing(office, database_superuser):
    assert people.ask_reset(f"tiada@{DOMAIN}", LINK, "192.0.2.1", office.at) is None
    assert database_superuser("select count(*) from outbox")[0][0] == 0


# --- disabling


def test_a_disabled_official_is_out_within_one_request_and_his_tasks_are_the_groups_again(office):
    case_id = office.registered()
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    who = office.people["verifikator"]
    tasks.claim_task(task, who, office.at)
    open_session = sessions.begin(who, {}, "", "", office.at)
    assert officials.disable(who, office.people["admin"], office.at) == 1
    assert sessions.find(open_session, office.at) is None
    assert sessions.person(who, office.at) is None
    assert office.task(case_id, "verifikasi_keabsahan").assignee is None
    with pytest.raises((NotAllowed, NotFound)):
        desk.case_page(case_id, who, office.at)
    tasks.claim_task(task, office.people["verifikator2"], office.at)


def test_nobody_disables_himself_and_only_an_administrator_disables_others(office):
    with pytest.raises(Refused):
        officials.disable(office.people["admin"], office.people["admin"], office.at)
    with pytest.raises(NotAllowed):
        officials.disable(office.people["verifikator"], office.people["kadis"], office.at)


# --- NIK


def test_opening_a_nik_is_written_down_with_who_whose_and_why(office):
    case_id = office.registered()
    nik = people.reveal_nik(case_id, "Mencocokkan KTP", office.people["verifikator"], office.at, "192.0.2.7")
    assert len(nik) == 16
    with transaction() as store:
        [line] = store.people.access_to(case_id, personal.VIEWED)
    assert (line.person_id, line.subject_id) == (office.people["verifikator"], office.people["pemohon"])
    assert (line.what, line.why, line.address, line.at) == ("person_viewed", "Mencocokkan KTP", "192.0.2.7", office.at)


def test_a_nik_that_one_may_not_see_leaves_no_line(office):
    case_id = office.registered()
    for who in ("pemohon2", "admin", "tim-dinkes", "arsip"):
        with pytest.raises((NotAllowed, NotFound)):
            people.reveal_nik(case_id, "Ingin tahu saja", office.people[who], office.at)
    with transaction() as store:
        assert store.people.access_to(case_id, personal.VIEWED) == ()
