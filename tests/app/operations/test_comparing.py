"""A declaration compared set by set says of every clock, with and without it, what two readings by the one rule say."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest
from sqlalchemy import text

from app.operations import force_majeure as kahar
from app.operations import force_majeure_impact
from app.operations.force_majeure_impact import KINDS
from app.operations.force_majeure_page import page
from app.operations.force_majeure_proposal import figures_of
from app.operations.refreshing import compare, shift_of
from app.store import comparing, transaction
from app.store.comparing import Change, Shift
from engine.catalogue import channels
from engine.clocks import World
from engine.clocks.cases_input import case as parsed
from engine.clocks.ledger import SUSPENDED
from tests.app.operations.crash_stock import stock
from tests.app.operations.many_clocks import COLUMNS, ZONE, Made, Maker, put
from tests.app.operations.test_force_majeure import TUESDAY, WEDNESDAY, declare, proposal
from tests.app.operations.test_recounting import LONG_BEFORE, OFFICIAL, Undone

KEPT = text(
    "select case_id, clock_id, kind, name, running, ended, started, stopped, before, after, late_before, "
    "late_after, standing, removed, scale from compared order by case_id, clock_id"
)
ACTS = (("DECLARE",), ("DECLARE", "AMEND"), ("DECLARE", "REVOKE"), ("DECLARE", "AMEND", "AMEND"))


def versions(maker):
    """A declaration's versions in the order in which they were approved, the whole office meant by half of them."""
    told = [maker.version(number, kind) for number, kind in enumerate(maker.rng.choice(ACTS), 1)]
    for one, moment in zip(told, sorted(one["recorded_at"] for one in told), strict=True):
        one |= {"recorded_at": moment, "approved_at": moment}
        if one["kind"] != "REVOKE" and maker.rng.random() < 0.5:
            one["scope"] = {}
    return told


def changed(maker, world):
    """A world, and the same with one version more of a declaration."""
    declared = {"id": "Z", "versions": versions(maker)}
    document = {"clock": {"budget": {"hk": "1"}}, "calendar": OFFICIAL, "declarations": [declared]}
    (whole,) = parsed(document).world.declarations
    before = replace(whole, versions=whole.versions[:-1])
    old = (*world.declarations, before) if before.versions else world.declarations
    spans = [(one.since, one.until) for one in whole.versions if one.since]
    ends = [until for _, until in spans if until]
    until = max(ends) if len(ends) == len(spans) else None
    old, new = (replace(world, declarations=one) for one in (old, (*world.declarations, whole)))
    return Change(old, new, min(since for since, _ in spans), until, KINDS, maker.moment(8))


def ruled(store, change):
    """What the rule in Python says: every clock that the change touches."""
    touched = store.readings.clocks_between(change.since, change.until, change.kinds)
    return tuple(compare(store, touched, change.old, change.new, change.at, change.kinds))


def filled(store, change):
    """The same set by set; and how many clocks were left to the rule."""
    left = []

    def by_rule(clocks):
        left.extend(one for ones in clocks.values() for one in ones)
        moves = compare(store, clocks, change.old, change.new, change.at, change.kinds)
        return (shift_of(one) for one in moves)

    store.compared.fill(change, by_rule, store.deployments.get)
    rows = [tuple(row) for row in store.session.execute(KEPT)]
    return [Shift(*row[:-2], Fraction(int(row[-2]), int(row[-1]))) for row in rows], len(left)


@pytest.mark.parametrize("seed", range(16))
def test_every_clock_is_compared_by_sets_as_by_the_one_rule(office, seed, monkeypatch):
    monkeypatch.setattr(comparing, "AT_ONCE", 25)
    with pytest.raises(Undone):
        _compared(seed, office.people["pemohon"])


def test_a_comparison_in_many_slices_holds_no_more_locks_than_one_in_few(office, monkeypatch):
    """Else a preview of a large office runs out of the server's room for them."""
    few, many = (_locks(office, monkeypatch, at_once) for at_once in (50, 1))
    assert many <= few + 20


def _locks(office, monkeypatch, at_once):
    monkeypatch.setattr(comparing, "AT_ONCE", at_once)
    held = 0
    with suppress(Undone), transaction() as store:
        maker = Maker(3)
        made = maker.office(60, office.people["pemohon"], store.deployments.active().id)
        put(store.session.connection().connection, made)
        filled(store, changed(maker, made.world))
        held = store.session.scalar(text("select count(*) from pg_locks where pid = pg_backend_pid()"))
        raise Undone
    return held


def _compared(seed, owner):
    """On an office of which nothing stays."""
    with transaction() as store:
        deployment = store.deployments.active()
        maker = Maker(seed)
        made = maker.office(60, owner, deployment.id)
        put(store.session.connection().connection, made)
        change = changed(maker, made.world)
        moves = ruled(store, change)
        wanted = sorted(map(shift_of, moves), key=lambda one: (one.case_id, one.clock_id))
        found, left = filled(store, change)
        assert found == wanted
        asked = sum(row[4] in KINDS for row in made.rows["clocks"])
        assert left < 0.8 * asked or made.world.policies, "most of them are counted in the database"
        _counted(store, change, moves, deployment)
        raise Undone


def _counted(store, change, moves, deployment):
    """The figures and lists are those of the moves."""
    changed = [one for one in moves if one.moved or one.turned]
    promises = [one for one in moves if one.clock.kind == "L" and (one.before.state != "STOPPED" or one in changed)]
    own = [
        one for one in moves if one.clock.kind == "P" and channels.of_applicant(deployment.catalogue, one.clock.name)
    ]
    terms = [one for one in own if one.moved]
    steps = [one for one in changed if one.clock.kind != "L" and one not in own]
    lives = [(one.case_id, one.before.started_at, one.before.stopped_at) for one in moves if one.clock.kind == "L"]
    assert sorted(store.compared.lives()) == sorted(lives)
    names = force_majeure_impact.terms_of_applicants(store)
    found = store.compared.figures(change.since, names)
    assert found._replace(near=0, unhelped=0) == figures_of(promises, terms, steps)
    told = {one.clock_id for one in store.compared.told(names)}
    assert told == {one.clock.id for one in (*promises, *terms) if one.moved and one.clock.running}
    for late, turned in (
        (False, [one for one in moves if one.clock.kind in ("L", "T", "V") and one.rescued]),
        (True, [one for one in moves if one.clock.kind in ("L", "T", "V") and one.relapsed]),
    ):
        assert {clock for _, clock in store.compared.turned(late)} == {one.clock.id for one in turned}
    shown, after = [], None
    while clocks := store.compared.page(names, after, 3):
        shown += [one for ones in clocks.values() for one in ones]
        after = max(clocks)
    assert sorted(shown) == sorted(one.clock.id for one in (*promises, *terms, *steps))


def at(day, hour, minute=0):
    """In the week of Wednesday 18 February 2026."""
    return datetime(2026, 2, day, hour, minute, tzinfo=ZONE)


def ledger(*entries):
    return [(n, kind, moment, moment, cause, None, None) for n, (kind, moment, cause) in enumerate(entries, 1)]


def alone(office, entries, spans, present, work=()):
    """What a declaration does to one service clock: `spans` of its versions; `work`: role, unit, begin and end."""
    rows, maker, found = {name: [] for name in COLUMNS}, Maker(1), []
    kinds = ("DECLARE", "AMEND")
    known = {"recorded_at": LONG_BEFORE, "approved_at": LONG_BEFORE, "effect": "SUSPEND", "scope": {}}
    told = [
        known | {"version": n, "kind": kinds[n > 1], "from": since.isoformat(), "to": until.isoformat()}
        for n, (since, until) in enumerate(spans, 1)
    ]
    document = {"clock": {"budget": {"hk": "1"}}, "calendar": OFFICIAL, "declarations": [{"id": "Z", "versions": told}]}
    world = parsed(document).world
    before = [replace(one, versions=one.versions[:-1]) for one in world.declarations if one.versions[1:]]
    old, since, until = World(world.calendar, tuple(before)), min(spans)[0], max(until for _, until in spans)
    change = Change(old, world, since, until, KINDS, present)
    with pytest.raises(Undone):
        _alone(office, maker, rows, entries, work, change, found)
    return found


def _alone(office, maker, rows, entries, work, change, found):
    with transaction() as store:
        maker.one(rows, "3 hk", entries, office.people["pemohon"], store.deployments.active().id, at(18, 7))
        case = rows["cases"][0][0]
        for role, unit, begin, end in work:
            task = (maker.id(), case, "cek", "cek", role, unit, "tindakan", "{}", "done", begin, end)
            rows["tasks"].append(task)
        put(store.session.connection().connection, Made(change.new, change.at, rows))
        wanted = list(map(shift_of, ruled(store, change)))
        assert filled(store, change)[0] == wanted
        found += wanted
        raise Undone


def test_a_stoppage_while_the_file_was_closed_takes_nothing(office):
    entries = ledger(("START", at(18, 8), None), ("STOP", at(18, 12), None), ("REOPEN", at(19, 12), None))
    assert alone(office, entries, [(at(18, 13), at(18, 16))], at(20, 9)) == []
    (found,) = alone(office, entries, [(at(18, 11), at(18, 16))], at(20, 9))
    assert found.removed * 450 == 60


def test_a_stoppage_in_the_time_of_a_suspended_file_is_a_stoppage_all_the_same(office):
    entries = ledger(("START", at(18, 8), None), ("PAUSE", at(18, 9), SUSPENDED), ("RESUME", at(18, 12), SUSPENDED))
    (found,) = alone(office, entries, [(at(18, 10), at(18, 11))], at(20, 9))
    assert (found.before == found.after, found.removed * 450) == (True, 60)


def test_a_stoppage_put_elsewhere_is_seen_where_an_agency_worked_and_else_is_nothing(office):
    entries, spans = ledger(("START", at(18, 8), None)), [(at(18, 9), at(18, 10)), (at(18, 10), at(18, 11))]
    assert alone(office, entries, spans, at(20, 9)) == []
    agency = [("TT", "A", at(18, 9), at(18, 10)), ("VB", "", at(18, 10), at(18, 12))]
    (found,) = alone(office, entries, spans, at(20, 9), agency)
    assert (found.before == found.after, found.removed) == (True, 0)


def test_a_stoppage_of_the_night_is_seen_while_it_lasts(office):
    entries, night = ledger(("START", at(18, 8), None)), [(at(18, 20), at(19, 5))]
    for present in (at(18, 22), at(18, 20)):
        (found,) = alone(office, entries, night, present)
        assert (found.before == found.after, found.removed) == (True, 0)
    assert alone(office, entries, night, at(19, 9)) == []


def test_the_effect_of_an_approval_is_what_its_preview_said_and_everybody_it_names_is_told(
    office_after, database_superuser
):
    office = office_after(stock)
    office.later(days=9)
    wanted = proposal(TUESDAY, office.at, approval_letter="77/WK/2026", event_kind="kebakaran")
    seen = kahar.preview(wanted, office.people["kabid"], office.at)
    assert seen.figures.moved > 5
    assert seen.figures.rescued > 0
    id = kahar.propose(wanted, office.people["kabid"], office.at)
    with transaction() as store:
        revision = store.calendars.revision()
    done = kahar.establish(id, "088/KEP", revision, office.people["kadis"], office.at)
    assert done.figures == seen.figures
    told = database_superuser("select count(*) from outbox where payload::json ->> 'body' like '%%088/KEP%%'")
    assert told == [(seen.figures.told + seen.figures.terms_told,)]
    excused = dict(
        database_superuser(
            "select kind, count(*) from rungs_fired f join clocks c on c.id = f.clock_id "
            "where annotation like '%%(088/KEP)' group by kind"
        )
    )
    assert excused["L"] == seen.figures.rescued
    assert excused["T"] > 0, "steps that were late keep their breach with the note too"


def test_the_lists_of_an_effect_are_read_page_by_page_and_its_counts_are_of_all(office, monkeypatch):
    cases = [office.registered("SIPB") for _ in range(5)]
    office.later(days=4)
    id = kahar.propose(proposal(TUESDAY, WEDNESDAY), office.people["kabid"], office.at)
    whole = page(id, office.people["kadis"], office.at).impact
    assert ([one.case_id for one in whole.moves], whole.following) == (sorted(cases), None)
    monkeypatch.setattr(force_majeure_impact, "SHOWN", 2)
    shown, after = [], None
    for _ in range(3):
        part = page(id, office.people["kadis"], office.at, after).impact
        assert part.figures == whole.figures
        shown, after = [*shown, *part.moves], part.following
    assert (shown, after) == (list(whole.moves), None)


def test_a_declaration_that_stands_is_seen_again_without_anything_to_do(office):
    office.registered("SIPB")
    office.later(days=4)
    declare(office, proposal(TUESDAY, WEDNESDAY))
    inside = proposal(TUESDAY.replace(hour=10), TUESDAY.replace(hour=11))
    seen = kahar.preview(inside, office.people["kabid"], office.at)
    assert (seen.moved, seen.touched, seen.moves, seen.following) == (0, 0, (), None)
