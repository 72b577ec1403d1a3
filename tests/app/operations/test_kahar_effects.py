"""What a keadaan kahar does to time is chosen by whoever proposes it, as far as the release allows."""

from dataclasses import replace
from datetime import datetime

import pytest

from app.clock import WIB
from app.operations import force_majeure as kahar
from app.operations import force_majeure_register as registered
from app.operations.force_majeure_effects import MEANING, allowed_of, offered
from app.operations.force_majeure_proposal import Window
from app.store import transaction
from app.store.encoding import parse
from engine.errors import SubmissionInvalid
from tests.app.operations.test_declaring import letters, told
from tests.app.operations.test_force_majeure import declare, promise, proposal, running, undo

__all__ = ["running"]
POLICY = {"kahar_akibat": {"sumber": "contoh", "boleh": {"a": ["SUSPEND"], "c": ["SUSPEND", "ROLL_LAST_DAY"]}}}


def rolling(since, until, **more):
    return proposal(since, until, effect="ROLL_LAST_DAY", **more)


def around(at):
    """A span that holds an instant and begins the working day before it."""
    return at.replace(hour=8, minute=0), at.replace(hour=23, minute=0)


def refused(wanted, window, at):
    with pytest.raises(SubmissionInvalid) as error:
        kahar.check(wanted, at, True, window)
    return error.value.errors


def test_a_promise_inside_moves_and_one_outside_stays_where_only_the_last_day_moves(office, running):
    due = promise(running, office.at)
    office.at = datetime(due.year, due.month, due.day, 23, 30, tzinfo=WIB)
    outside = rolling(due.replace(day=due.day - 3, hour=8), due.replace(day=due.day - 1, hour=8))
    assert kahar.preview(outside, office.people["kabid"], office.at).moved == 0
    seen = kahar.preview(rolling(*around(due)), office.people["kabid"], office.at)
    assert [one.case_id for one in seen.moves] == [running]
    declare(office, rolling(*around(due)))
    assert promise(running, office.at) == seen.moves[0].after.promised_at > due


def test_the_decree_the_register_and_the_applicants_notice_say_which_effect_it_has(office, running, database_superuser):
    due = promise(running, office.at)
    office.at = datetime(due.year, due.month, due.day, 23, 30, tzinfo=WIB)
    ids = [declare(office, rolling(*around(due)), "003/KEP")]
    undo(office, ids[0], "004/KEP")
    assert [parse(one.values)["kahar"]["akibat_waktu"] for one in letters(ids[0])] == ["ROLL_LAST_DAY"] * 2
    assert [one.effect for one in registered.periods(office.at)] == ["ROLL_LAST_DAY"]
    said = [one["body"] for one in told(database_superuser, running)]
    assert MEANING["ROLL_LAST_DAY"] in said[0]
    assert "Janji tidak lagi bergeser." in said[1]


def test_an_effect_that_the_release_does_not_allow_on_a_ground_is_refused_at_its_field(office):
    window, at = Window.of(POLICY), office.at
    wanted = rolling(at.replace(hour=7), None, grounds=("a", "c"))
    assert str(refused(wanted, window, at)["akibat"]) == "Akibat ini tidak boleh dinyatakan dengan dasar huruf a"
    kahar.check(replace(wanted, grounds=("c",)), at, True, window)
    kahar.check(replace(wanted, grounds=("a",), effect="SUSPEND"), at, True, window)


def test_an_effect_that_there_is_not_is_refused_at_its_field(office):
    assert set(refused(proposal(office.at, None, effect="HAPUS"), Window(), office.at)) == {"akibat"}


def test_a_release_that_says_nothing_of_effects_allows_both_and_the_shipped_one_says_so_itself(office):
    both = ("SUSPEND", "ROLL_LAST_DAY")
    assert offered(allowed_of({}), "abc") == both
    with transaction() as store:
        settings = store.deployments.active().catalogue.settings
    assert offered(allowed_of(settings), "abc") == both
    assert "kahar_akibat" in settings["contoh"]
    assert offered({"a": ["SUSPEND"], "b": ["SUSPEND"], "c": ["SUSPEND"]}, "abc") == ("SUSPEND",)
