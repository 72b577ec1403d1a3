"""A file as the office knew it at an instant is what it was then: after every step of every walk."""

from collections import Counter
from dataclasses import replace

import pytest

from engine import case
from engine.case import rewinding
from tests.processes.registry import REGISTER, walked
from tests.processes.scenarios import advice, closing, intake, issuing, levy, payment, repair, technical
from tests.processes.walking import world

MODULES = (intake, repair, technical, advice, levy, payment, issuing, closing)


def then(walk, at):
    """The walk's file as known at `at`, from its events."""
    known = rewinding.known_by(walk.events, at)
    lived = rewinding.lives(known, walk.tasks_seen, walk.case.deployment, walk.case.process)
    return rewinding.rewound(walk.case, known, lived, walk.case.deployment)


def shown(file, at):
    """What a page shows of a file at an instant."""
    return {
        "state": (file.state, file.closed, file.outcome, file.suspended),
        "tasks": [
            (one.id, one.element, one.name, one.role, one.unit, one.assignee, one.claimed_at, one.opened_at)
            for one in sorted(file.tasks, key=lambda one: one.id)
        ],
        "spells": Counter(file.spells),
        "readings": [
            (one.name, replace(case.read_clock(file, one, world(), at), known_at=None)) for one in begun(file)
        ],
    }


def begun(file):
    return [one for one in file.clocks if one.standing]


def test_every_module_of_walks_is_looked_at():
    assert {function.__module__ for function, _ in REGISTER.values()} == {one.__name__ for one in MODULES}


@pytest.mark.parametrize("name", REGISTER)
def test_the_file_as_known_at_every_instant_is_what_it_was_then(name):
    walk = walked(name)
    assert walk.moments
    for at, file in walk.moments.items():
        assert shown(then(walk, at), at) == shown(file, at), at


def test_what_was_recorded_after_an_instant_was_not_known_at_it():
    walk = walked(next(iter(REGISTER)))
    first = min(walk.moments)
    assert rewinding.known_by(walk.events, first) == tuple(one for one in walk.events if one.recorded_at <= first)
    assert len(rewinding.known_by(walk.events, first)) < len(walk.events)
