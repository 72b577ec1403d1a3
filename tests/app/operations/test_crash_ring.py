"""The crash ring: whatever statement of whatever operation fails, all of it happened or nothing, and a repeat heals.

In the suite each dies at its first write, behind it, half way, at its last statement and at its COMMIT; with
EVERY_STATEMENT=1 at each of its statements.
"""

import os
import shutil
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pytest

from app.operations import officials
from app.store import transaction
from app.store.database import db
from tests.app.operations.crash_stock import stock
from tests.app.operations.crash_table import ACTS, READING, operations
from tests.app.operations.crashing import Crashed, Everything, Statements, at_commit, die, hang_up, unheard
from tests.app.operations.office import LONG_AGO
from tests.conftest import NAME, close_pool

EVERY = bool(os.environ.get("EVERY_STATEMENT"))  # `EVERY_STATEMENT=1 make test ARGS="-k crash_ring"` leaves none out
UNDISTURBED = {}


@dataclass(frozen=True)
class Course:
    """An act as it goes when nothing fails: how many statements, the first that writes, and what it leaves."""

    length: int
    first_write: int
    left: list[str]

    @property
    def places(self):
        """Where it dies: at its first write, just behind it, half way to the end, and at its last statement."""
        if EVERY:
            return list(range(1, self.length + 1))
        first = self.first_write
        return sorted({first, min(first + 1, self.length), (first + self.length + 1) // 2, self.length})


@pytest.fixture
def ring(cluster, application, filled):
    """`ring.afresh()` puts the stocked office back; `ring.rows()` looks at all of it."""
    name, _office, stocked = filled(stock)
    made = Ring(cluster, application, name, stocked)
    with application.app_context():
        yield made
    close_pool(application)


class Ring:
    def __init__(self, cluster, application, template, stocked):
        self.cluster, self.application, self.template, self.stocked = cluster, application, template, stocked

    def afresh(self):
        """The stocked office as it was, its anchors unsworn."""
        close_pool(self.application)
        self.cluster.copy(self.template, NAME)
        shutil.rmtree(self.application.extensions["settings"].anchors, ignore_errors=True)

    def undisturbed(self, name):
        """An act's course."""
        if name not in UNDISTURBED:
            self.afresh()
            _know_what_never_changes()
            with Statements(db.engine) as statements:
                ACTS[name](self.stocked)
            # What is sent together with others at the end is seen by its number only.
            first = next(iter(statements.writes), 1)
            UNDISTURBED[name] = Course(statements.count, first, self.alike())
        return UNDISTURBED[name]

    @contextmanager
    def looking(self):
        with closing(self.cluster.database(NAME).connect()) as connection:
            yield Everything(connection)

    def alike(self):
        with self.looking() as everything:
            return everything.alike()


def _know_what_never_changes():
    """The world of this revision and the release: a process that has to read them first has more statements."""
    with transaction() as store:
        store.calendars.world()
        store.deployments.active()


def unlike(found, wanted):
    """Rows that only one of the two has, each with the one it should have been beside it."""
    return sorted(set(found) ^ set(wanted)) or [len(found) - len(wanted)][: len(found) != len(wanted)]


def test_no_operation_is_missing_from_the_ring():
    known = {name.partition(":")[0] for name in ACTS} | READING
    assert set(operations()) - known == set(), "write an act of it into crash_table.ACTS"
    assert known - set(operations()) == set()
    assert {name.partition(":")[0] for name in ACTS} & READING == set()


RING = sorted(name for name in ACTS if ACTS[name])


# Several transactions on purpose: a try is counted before it is judged, a file goes before its row, each case of many
# is a bracket of its own.  Half of them may stay; the repeat does the rest.
IN_PARTS = {
    "anchoring.anchor", "background.deliver_one", "background.warn_due", "background.warn_when_open",
    "background.watch_limits", "migration_batches.start", "migration_batches.undo", "publishing.call_off",
    "publishing.reopen",
    "publishing.take_effect",
    "officials.disable",
    "own_account.change_password", "people.ask_reset", "people.log_in", "suspending.resume_process",
    "suspending.suspend_process",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(RING) - IN_PARTS))
def test_a_crash_at_any_statement_leaves_nothing_and_the_repeat_all(ring, name):
    act = ACTS[name]
    course = ring.undisturbed(name)
    ring.afresh()
    with ring.looking() as office:
        before = office.exactly()
        for place in course.places:
            with Statements(db.engine, place, die), pytest.raises(Crashed):
                act(ring.stocked)
            assert office.exactly() == before, f"half of it stays after a crash at statement {place} of {course.length}"
        with at_commit(db.engine, before=Crashed()), pytest.raises(Crashed):
            act(ring.stocked)
        assert office.exactly() == before
        act(ring.stocked)
        assert unlike(office.alike(), course.left) == []


@pytest.mark.parametrize("name", sorted(IN_PARTS))
def test_what_is_done_in_parts_is_finished_by_the_repeat(ring, name):
    act = ACTS[name]
    course = ring.undisturbed(name)
    for place in course.places:
        ring.afresh()
        with Statements(db.engine, place, die), pytest.raises(Crashed):
            act(ring.stocked)
        act(ring.stocked)
        assert unlike(ring.alike(), course.left) == [], f"after a crash at statement {place} of {course.length}"


# Counting a try is never repeated by itself: the whole login is; nor is a message: the next beat takes it.
ALONE = {"people.count_attempt", "background.deliver_one"}


@pytest.mark.parametrize("name", sorted(set(RING) - ALONE))
def test_a_connection_lost_on_the_way_or_at_the_commit_is_one_effect(ring, name):
    """The line is cut in the middle, and after a COMMIT that was carried out: the office repeats by itself, or asks."""
    course = ring.undisturbed(name)
    ring.afresh()
    with Statements(db.engine, (course.length + 1) // 2, hang_up), at_commit(db.engine, after=unheard()) as waiting:
        ACTS[name](ring.stocked)
    assert not waiting, "it committed nothing"
    assert unlike(ring.alike(), course.left) == []


def test_a_page_sent_twice_after_a_lost_answer_is_told_what_was_done(ring):
    """The web process died after the COMMIT; the browser sends the page again under its key."""
    ring.afresh()
    with at_commit(db.engine, after=Crashed()), pytest.raises(Crashed):
        ring.stocked.complete("verifikasi")
    there = ring.alike()
    told = ring.stocked.complete("verifikasi")
    assert (told.repeated, told.case_id) == (True, ring.stocked.free)
    assert unlike(ring.alike(), there) == []


def test_the_first_administrator_is_there_whole_or_not_at_all(app, cluster):
    """Of an office without anybody, so not in the table's stocked one."""
    act = ("Andi Kurniawan", "andi@contoh.id", "kalimat sandi yang baru", LONG_AGO)
    with app.app_context(), closing(cluster.database(NAME).connect()) as connection:
        everything = Everything(connection)
        before = everything.exactly()
        for place in (1, 2, 3):
            with Statements(db.engine, place, die), pytest.raises(Crashed):
                officials.create_first_admin(*act)
            assert everything.exactly() == before
        with at_commit(db.engine, after=unheard()):
            officials.create_first_admin(*act)
        with connection.cursor() as cursor:
            cursor.execute("select (select count(*) from people), (select count(*) from grants)")
            assert cursor.fetchone() == (1, 1)
