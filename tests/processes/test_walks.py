"""Every walk of the register, and the proof that together they leave nothing of the diagrams out."""

import sys
from dataclasses import replace

import pytest

from tests.processes import coverage
from tests.processes.registry import FREE, FREE_VISIT, LEVIED, LEVIED_VISIT, REGISTER, walked
from tests.processes.scenarios import advice, closing, intake, issuing, levy, payment, repair, technical
from tests.processes.walking import Walk, release

MODULES = (intake, repair, technical, advice, levy, payment, issuing, closing)


@pytest.mark.parametrize("name", REGISTER)
def test_the_office_can_walk(name):
    assert walked(name).events


def test_every_module_adds_walks():
    assert {function.__module__ for function, _ in REGISTER.values()} == {one.__name__ for one in MODULES}


def test_the_walks_pass_every_flow_outcome_boundary_end_and_loop(capsys):
    rows = coverage.rows([walked(name) for name in REGISTER])
    with capsys.disabled():
        sys.stdout.write(f"\n{coverage.table(rows)}\n")
    assert coverage.missing(rows) == []


def test_what_no_walk_passed_is_named():
    left = coverage.missing(coverage.rows([walked("a_draft_may_be_withdrawn[TRY]")]))
    assert "izin_retribusi: endEvent selesai" in left
    assert "pendaftaran: outcome ajukan=diajukan" in left
    assert "pendaftaran: sequence flow ke_ajukan_dari_tenggat_draf" not in left
    # Two flows use one id: a walk of the one says nothing of the other.
    assert "izin_non_retribusi: boundaryEvent dicabut" in left
    assert "izin_retribusi: boundaryEvent dicabut" not in left


@pytest.mark.parametrize("permit", [LEVIED_VISIT, FREE_VISIT])
def test_saving_and_restoring_before_every_step_changes_nothing(permit):
    kept, saved = (told(Walk(permit, alternate=alternate).carry_out()) for alternate in (False, True))
    assert kept == saved


@pytest.mark.parametrize("permit", [LEVIED, FREE])
def test_a_release_built_anew_before_a_step_finds_the_case_where_it_was(permit):
    walk = Walk(permit)
    for element in ("periksa_kelengkapan", "tentukan_jalur", "paraf_kasi", "serahkan"):
        walk.carry_to(element)
        walk.case = replace(walk.case, deployment=release())
    walk.alternate = False
    assert told(walk.carry_out()) == told(Walk(permit).carry_out())


def told(walk):
    """Everything a walk told, but for the ids of its tasks."""
    events = [
        (one.kind, one.at, one.recorded_at, one.by, one.role, one.element, _named(one.body)) for one in walk.events
    ]
    clocks = [(one.name, one.budget, one.events) for one in walk.case.clocks]
    return events, clocks, walk.effects, walk.data, walk.case.state, walk.case.done


def _named(body):
    return {name: value for name, value in body.items() if name != "task"}
