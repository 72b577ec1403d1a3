"""One definition serves all threads: walking cases writes nothing to it."""

import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine import bpmn
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_body import ENDINGS, FILES, whole
from tests.engine.bpmn.walking import Walk


class Shared(Walk):
    """A walk on one definition that others use too."""

    parsed = None

    @property
    def definition(self):
        return self.parsed


def checksum(definition):
    """Names, ways and listeners of every task specification of every process."""
    total = hashlib.sha256()
    for process in definition.processes:
        spec, inner = definition.specs(process)
        for flow in (spec, *(inner[key] for key in sorted(inner))):
            for name, one in sorted(flow.task_specs.items()):
                listeners = [getattr(one, event).n_subscribers() for event in ("completed_event", "ready_event")]
                events = len(getattr(getattr(one, "event_definition", None), "event_definitions", ()))
                attributes = sorted(key for key in vars(one))
                total.update(repr((flow.name, name, one._inputs, one._outputs, listeners, events, attributes)).encode())
    return total.hexdigest()


def walked(definition, ending):
    class Mine(Shared):
        parsed = definition

    walk = Mine(FILES)
    for act in whole(ENDINGS[ending]):
        if act[0] == "wait":
            walk.wait(days=act[1])
        elif act[0] == "receive":
            walk.receive(act[1], **act[2])
        else:
            walk.complete(act[1], act[2], **act[3])
    return walk.history, walk.data, walk.position.ends


@pytest.fixture
def restless():
    """Threads take turns a thousand times more often than usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1000)
    yield
    sys.setswitchinterval(usual)


def test_many_threads_walk_many_cases_on_one_definition_and_leave_no_trace(restless):
    definition = bpmn.parse(FILES, d.catalogue())
    before = checksum(definition)
    expected = {ending: walked(definition, ending) for ending in ENDINGS}
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda ending: (ending, walked(definition, ending)), [*ENDINGS] * 6))
    assert all(result == expected[ending] for ending, result in found)
    assert checksum(definition) == before


def test_a_walk_on_a_shared_definition_equals_one_on_definitions_parsed_anew():
    definition = bpmn.parse(FILES, d.catalogue())
    fresh = Walk(FILES)
    for act in whole(ENDINGS["lapsed"]):
        fresh.wait(days=act[1]) if act[0] == "wait" else fresh.complete(act[1], act[2], **act[3])
    assert (fresh.history, fresh.data, fresh.position.ends) == walked(definition, "lapsed")
