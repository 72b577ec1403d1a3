"""A demonstration is thrown away whole, and nothing else ever is."""

from datetime import timedelta

from app.operations.demo import holds_real_accounts, is_complete, is_loaded, loading
from app.store import resetting, transaction
from app.store.ids import uuid7
from tests.app.operations.office import LONG_AGO
from tests.conftest import NAME, close_pool

WEEKS = timedelta(weeks=8)


def test_an_emptied_office_has_its_tables_and_no_rows(cluster, furnished, application):
    cluster.copy(furnished[0], NAME)
    with application.app_context():
        assert is_loaded()
        resetting.empty()
        assert not is_loaded()
        with transaction() as store:
            assert store.case_lists.case_ids() == ()
    close_pool(application)


def test_a_demonstration_that_was_cut_off_is_built_anew_and_a_whole_one_is_left_alone(
    cluster, furnished, application, monkeypatch
):
    """Its first weeks stand for the whole history, which takes half a minute (`test_demo` makes it)."""
    whole = loading.Agenda
    monkeypatch.setattr(loading, "Agenda", lambda end: whole(end - loading.HISTORY + WEEKS))
    cluster.copy(furnished[0], NAME)
    with application.app_context():
        assert is_loaded()
        assert not is_complete()
        invoke = application.test_cli_runner().invoke
        ran = invoke(args=["demo", "load", "--if-empty", "--cases", "1"])
        assert ran.exit_code == 0
        assert "terputus" in ran.output
        assert is_complete()
        with transaction() as store:
            before = store.case_lists.case_ids()
        again = invoke(args=["demo", "load", "--if-empty", "--cases", "1"])
        assert (again.exit_code, again.output) == (0, "")
        with transaction() as store:
            assert store.case_lists.case_ids() == before != ()
    close_pool(application)


def test_an_office_with_a_real_account_is_not_reset(cluster, furnished, application):
    cluster.copy(furnished[0], NAME)
    with application.app_context():
        assert not holds_real_accounts()
        with transaction() as store:
            someone = {"kind": "official", "name": "Nyata", "email": "nyata@metro.id", "password_hash": "x"}
            store.people.add(uuid7(), LONG_AGO, **someone)
        ran = application.test_cli_runner().invoke(args=["demo", "reset"])
        assert ran.exit_code == 1
        assert "tidak ada yang dihapus" in ran.output
        assert is_loaded()
    close_pool(application)
