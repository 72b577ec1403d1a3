"""Lists and sweeps over very many clocks are answered by an index: nobody reads the whole table for a page."""

from sqlalchemy import event, text

from app.store import transaction
from app.store.boards import Chosen
from app.store.database import db
from app.store.recounting import Hull
from benchmarks import many_clocks

BIG = ("cases", "clocks", "clock_readings", "clock_events", "tasks", "promises")
LOOKING = ("select", "create temp table touched")


def plans(act):
    """The plan of every statement of an act that looks for rows of the office's tables."""
    told = []

    def hear(connection, cursor, statement, parameters, context, many):
        if statement.lstrip().lower().startswith(LOOKING) and any(f" {table}" in statement for table in BIG):
            told.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        with transaction() as store:
            found = act(store)
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    assert told
    assert found
    return [_plan(*one) for one in told]


def _plan(statement, parameters):
    with transaction() as store, store.session.connection().connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.touched")
        cursor.execute(f"explain {statement}", parameters)
        return "\n".join(row[0] for row in cursor.fetchall())


def whole_tables(act):
    scans = [f"Seq Scan on {table} " for table in BIG]
    return [plan for plan in plans(act) if any(scan in f"{plan} " for scan in scans)]


def test_the_fifty_most_urgent_files_are_found_without_reading_the_others(many):
    assert whole_tables(lambda store: store.case_lists.running_with_clock(50)) == []
    cut = (("lewat", many_clocks.TODAY), ("sisa", None))
    assert whole_tables(lambda store: store.boards.listed(Chosen(), cut, 51)) == []
    at_step = Chosen(group="langkah", key="verifikasi_keabsahan")
    assert whole_tables(lambda store: store.boards.listed(at_step, cut, 51)) == []


def test_due_warnings_are_found_without_reading_what_is_not_due(many):
    assert whole_tables(lambda store: store.readings.due_rungs(many_clocks.TODAY)) == []


def test_the_worker_finds_its_next_file_to_wake_by_index(many):
    assert whole_tables(lambda store: [store.case_lists.most_overdue_wake()]) == []


def test_a_slice_of_a_recount_is_found_without_reading_the_slices_behind_it(many):
    with transaction() as store:
        last = store.session.scalar(text("select case_id from clock_readings order by case_id offset 15000 limit 1"))

    def next_slice(store):
        hull = Hull(many_clocks.TODAY, None, "ukur", many_clocks.TODAY, 2)
        world = store.calendars.world()
        part = store.readings.recount(hull, last, 100, world, many_clocks.TODAY, store.deployments.get)
        assert part.number == 100
        return part

    assert whole_tables(next_slice) == []
