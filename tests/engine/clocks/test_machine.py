"""An office that lives: whatever is entered in whatever order, both answers agree, and what was known stays known."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engine.clocks.cases_format import answer
from tests.depth import examples
from tests.engine.clocks import reference
from tests.engine.clocks.generated import (
    BUDGETS,
    CAUSES,
    COUNTER,
    DAYS,
    EIGHT_HOURS,
    LONG_AGO,
    NORMAL,
    ODD,
    RAMADAN,
    SCOPES,
    TURN,
    UNITS,
    cases,
    instants,
)

QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
STEPS = st.sampled_from((0, 1, 20, 90, 270, 600, 1440, 2880))  # minutes the office goes on by
HOURS = st.sampled_from(([], [["07:30", "11:30"]], None, [["09:00", "10:01"]]))
WEEKS = st.sampled_from((NORMAL, RAMADAN, EIGHT_HOURS, ODD))
EFFECTS = st.sampled_from(("SUSPEND", "SUSPEND", "ROLL_LAST_DAY"))


class Office(RuleBasedStateMachine):
    """A case, its calendar and declarations; everything is recorded now and may have happened at any time."""

    @initialize(days=st.sampled_from((DAYS, TURN)), budget=st.sampled_from(BUDGETS), data=st.data())
    def opens(self, days, budget, data):
        self.days, self.now = days, data.draw(instants(days[:4]))
        week = {"kind": "WEEK", "from": "2024-01-01", "to": None, "hours": NORMAL, "recorded_at": LONG_AGO}
        self.case = {
            "id": "M",
            "clock": {"name": "T", "budget": budget, "pausable": True, "calendar": "LOKET"},
            "facts": {"permit_type": "IMB", "area": "18.72.01.1001"},
            "calendar": [week, {"kind": "YEAR", "year": 2026, "recorded_at": LONG_AGO}],
            "hours": [],
            "ledger": [],
            "declarations": [],
            "tasks": [],
        }
        self.told = []  # (question, answer) as told then
        self._enter("START", self.now)

    def _enter(self, kind, at, **more):
        entry = {"seq": len(self.case["ledger"]) + 1, "kind": kind, "effective_at": at and at.isoformat()}
        self.case["ledger"].append({**entry, "recorded_at": self.now.isoformat(), **more})

    @rule(minutes=STEPS)
    def time_goes_on(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(data=st.data(), kind=st.sampled_from(("PAUSE", "RESUME")), cause=st.sampled_from(CAUSES))
    def a_pause_is_noted(self, data, kind, cause):
        self._enter(kind, data.draw(st.one_of(st.just(self.now), instants(self.days))), cause=cause)

    @rule(kind=st.sampled_from(("STOP", "REOPEN")))
    def it_stops_or_goes_on(self, kind):
        self._enter(kind, self.now)

    @rule(data=st.data())
    def an_entry_is_corrected(self, data):
        happened = [one["seq"] for one in self.case["ledger"] if one["kind"] != "CORRECT"]
        target = data.draw(st.sampled_from(happened))
        self._enter("CORRECT", data.draw(st.one_of(st.none(), instants(self.days))), supersedes=target)

    @rule(data=st.data(), hours=HOURS)
    def a_day_is_decreed(self, data, hours):
        day = data.draw(st.sampled_from(self.days))
        self._decreed({"kind": "DAY", "date": day.isoformat(), "hours": hours})

    @rule(data=st.data(), week=WEEKS)
    def hours_are_changed(self, data, week):
        since = data.draw(st.sampled_from(self.days))
        until = data.draw(st.sampled_from((None, since + timedelta(days=9))))
        self._decreed({"kind": "WEEK", "from": since.isoformat(), "to": until and until.isoformat(), "hours": week})

    @rule(data=st.data(), week=st.sampled_from((COUNTER, COUNTER, EIGHT_HOURS)), unit=st.sampled_from(UNITS))
    def hours_of_a_counter_are_changed(self, data, week, unit):
        since = data.draw(st.sampled_from(self.days))
        until = data.draw(st.sampled_from((None, since + timedelta(days=9))))
        told = {"kind": "WEEK", "unit": unit, "from": since.isoformat(), "to": until and until.isoformat()}
        self.case["hours"].append({**told, "hours": week, "recorded_at": self.now.isoformat()})

    @rule(year=st.sampled_from((2025, 2027)))
    def a_year_is_adopted(self, year):
        self._decreed({"kind": "YEAR", "year": year})

    def _decreed(self, entry):
        self.case["calendar"].append({**entry, "recorded_at": self.now.isoformat()})

    @rule(data=st.data(), effect=EFFECTS, scope=st.sampled_from(SCOPES))
    def force_majeure_is_declared(self, data, effect, scope):
        id = f"K{len(self.case['declarations'])}"
        self.case["declarations"].append({"id": id, "versions": []})
        self._version(data, id, "DECLARE", effect, scope)

    def _version(self, data, id, kind, effect="SUSPEND", scope=()):
        versions = next(one["versions"] for one in self.case["declarations"] if one["id"] == id)
        approved = data.draw(st.sampled_from((self.now, self.now, None)))
        version = {"version": len(versions) + 1, "kind": kind, "recorded_at": self.now.isoformat()}
        version["approved_at"] = approved and approved.isoformat()
        if kind != "REVOKE":
            begin, end = sorted((data.draw(instants(self.days)), data.draw(instants(self.days))))
            end = end if data.draw(st.integers(0, 5)) else None
            version |= {
                "from": begin.isoformat(),
                "to": end and end.isoformat(),
                "effect": effect,
                "scope": dict(scope),
            }
        versions.append(version)

    @precondition(lambda self: self.case["declarations"])
    @rule(data=st.data(), kind=st.sampled_from(("AMEND", "REVOKE")), effect=EFFECTS, scope=st.sampled_from(SCOPES))
    def a_declaration_is_amended_or_revoked(self, data, kind, effect, scope):
        id = data.draw(st.sampled_from([one["id"] for one in self.case["declarations"]]))
        self._version(data, id, kind, effect, scope)

    @rule(
        unit=st.sampled_from("ABC"), system=st.sampled_from(("LOKET", "DARING")), step=st.sampled_from(("cek", "paraf"))
    )
    def a_task_opens(self, unit, system, step):
        self.told = []  # tasks are facts without a history of their own: what was told of a scope may change
        task = {"unit": unit, "system": system, "step": step, "from": self.now.isoformat(), "to": None}
        self.case["tasks"].append(task)

    @precondition(lambda self: any(one["to"] is None for one in self.case["tasks"]))
    @rule()
    def a_task_closes(self):
        self.told = []
        next(one for one in self.case["tasks"] if one["to"] is None)["to"] = self.now.isoformat()

    @invariant()
    def both_answers_agree_in_every_field(self):
        if not hasattr(self, "case"):
            return
        now = {"at": self.now.isoformat(), "known_at": None}
        then = {"at": self.now.isoformat(), "known_at": (self.now - timedelta(hours=5)).isoformat()}
        got = answer(json.dumps({**self.case, "questions": [now, then]}).encode())
        assert "error" not in got
        for found, question in zip(got["answers"], (now, then), strict=True):
            assert found == reference.answer(self.case, question)
            _adds_up(found)

    @rule()
    def somebody_asks(self):
        """What is answered now as known now; later entries leave it as it is."""
        # An entry of this very instant that comes later in the ledger would still be known now.
        self.now += timedelta(minutes=1)
        question = {"at": self.now.isoformat(), "known_at": (self.now - timedelta(seconds=1)).isoformat()}
        self.told.append((question, self._answer(question)))

    @precondition(lambda self: self.told)
    @rule()
    def what_was_told_can_be_told_again(self):
        for question, then in self.told:
            assert self._answer(question) == then

    def _answer(self, question):
        return answer(json.dumps({**self.case, "questions": [question]}).encode())["answers"][0]


def _adds_up(found):
    parts = {name: Fraction(value) for name, value in found["split"].items()}
    gross = parts.pop("gross")
    assert sum(parts.values()) == gross, "office + applicant + kahar + closed = gross"
    paused = sum((Fraction(one) for one in found["paused_minutes_by_cause"].values()), Fraction(0))
    assert paused == parts["applicant"] + parts["kahar"]


TestAnOfficeThatLives = Office.TestCase
TestAnOfficeThatLives.settings = settings(
    max_examples=examples(120),
    stateful_step_count=14,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=QUIET,
)


@settings(max_examples=examples(120), derandomize=True, deadline=None, suppress_health_check=QUIET, database=None)
@given(cases(), st.data())
def test_what_was_declared_and_revoked_might_never_have_been(case, data):
    """Undoing is no subtraction: whatever it overlapped, every question about now is answered as without it."""
    days = DAYS if date.fromisoformat(case["ledger"][0]["effective_at"][:10]) in DAYS else TURN
    begin, end = sorted((data.draw(instants(days)), data.draw(instants(days))))
    span = {"from": begin.isoformat(), "to": end.isoformat(), "effect": "SUSPEND", "scope": {}}
    declared = {"version": 1, "kind": "DECLARE", "recorded_at": LONG_AGO, "approved_at": LONG_AGO, **span}
    undone = {"version": 2, "kind": "REVOKE", "recorded_at": LONG_AGO, "approved_at": LONG_AGO}
    more = {**case, "declarations": [*case["declarations"], {"id": "Z", "versions": [declared, undone]}]}
    assert answer(json.dumps(more).encode()) == answer(json.dumps(case).encode())
