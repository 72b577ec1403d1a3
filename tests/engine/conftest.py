"""Every problem that any test of the engine brings about can be read in English."""

import pytest

from engine.errors import Problem
from tests.in_english import untranslated


@pytest.fixture(autouse=True)
def _problems_in_english(monkeypatch):
    """All bad diagrams, tables, forms and law data of these tests are a collection for this too."""
    told, make = set(), Problem.__init__

    def heard(problem, *given, **named):
        make(problem, *given, **named)
        told.update((*untranslated(problem.message), *untranslated(problem.hint)))

    monkeypatch.setattr(Problem, "__init__", heard)
    yield
    assert not told, "no English yet"
