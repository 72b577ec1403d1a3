"""A furnished office: the shipped release deployed, its people hired, applicants' papers at hand."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from app.clock import WIB
from app.operations import cases, documents, processes, tasks
from app.operations.demo import invented, staff
from app.operations.demo.answers import fill
from app.operations.lists_for_forms import form_of, lists
from app.store import transaction

MONDAY = datetime(2026, 8, 3, 10, 0, tzinfo=WIB)
LONG_AGO = datetime(2025, 1, 2, 8, 0, tzinfo=WIB)
FURNISHED = "eperizinan_furnished"


@dataclass
class Office:
    """The office as a test talks to it; `at` is the present, moved by the test."""

    people: dict[str, UUID]
    at: datetime = MONDAY
    rng: Random = field(default_factory=lambda: Random(76))
    papers: dict[str, bytes] = field(default_factory=dict)

    def later(self, **span):
        self.at += timedelta(**span)
        return self.at

    def open(self, permit="SIPB", kind="baru", category="perorangan", by="pemohon", applicant=None):
        made = cases.open_case(permit, kind, category, self.people[by], self.at, self.people.get(applicant))
        return made.case_id

    def case(self, case_id):
        with transaction() as store:
            return store.cases.see(case_id)

    def task(self, case_id, element):
        """The open task of that step; a test that expects it fails with what is open instead."""
        found = self.case(case_id).case
        task = next((one for one in found.tasks if one.element == element), None)
        assert task is not None, f"open: {[one.element for one in found.tasks]}, state {found.state}"
        return task

    def typed(self, case_id, element, by, **fixed):
        """What somebody types into the form of a step, its papers uploaded."""
        task = self.task(case_id, element)
        with transaction() as store:
            held = store.cases.see(case_id)
            form, known = form_of(held, task), lists(store, held, self.at.date())
        fixed = {"status": "ada", "hasil": "sah", **{name.replace("__", "."): value for name, value in fixed.items()}}
        filling = fill(form, known, self.rng, self.at, fixed)
        for name in filling.files:
            self._upload(UUID(task.id), name, self.people[by])
        return {**filling.typed, "alasan_keputusan": [fixed.get("alasan", "Alasan yang cukup panjang")]}

    def _upload(self, task, name, by):
        """The same two papers over and over: what was once inspected is known, so tests stay quick."""
        kind = "jpg" if "foto" in name else "pdf"
        fresh = invented.photo() if kind == "jpg" else invented.paper()
        document = documents.upload(task, name, f"berkas.{kind}", self.papers.get(kind, fresh), by, self.at)
        if kind not in self.papers:
            self.papers[kind] = documents.download(document, by, self.at).content

    def do(self, case_id, element, by, outcome=None, key=None, **fixed):
        """Complete a step as somebody, by default with its first outcome."""
        task = self.task(case_id, element)
        typed = self.typed(case_id, element, by, **fixed)
        with transaction() as store:
            form = form_of(store.cases.see(case_id), task)
        chosen = outcome or (form.outcomes[0][0] if form.outcomes else "")
        return tasks.complete_task(UUID(task.id), typed, chosen, self.people[by], self.at, key)

    def registered(self, permit="SIPB", **more):
        """A case whose file was found complete: the service clock runs."""
        case_id = self.open(permit, **more)
        self.do(case_id, "ajukan", more.get("by", "pemohon"))
        self.later(minutes=10)
        self.do(case_id, "periksa_kelengkapan", "loket")
        return case_id


@pytest.fixture(scope="session")
def furnished(cluster, migrated, application):
    """The name of a database with the release deployed and everybody hired, and who they are."""
    from tests.conftest import NAME, close_pool

    cluster.copy(migrated, NAME)
    with application.app_context():
        from app.cli import release_files

        processes.deploy(release_files(), "uji", LONG_AGO, development=True)
        people = staff.make(LONG_AGO, date(2025, 1, 1))
    close_pool(application)
    cluster.copy(NAME, FURNISHED)
    return FURNISHED, people


@pytest.fixture
def office(cluster, furnished, application):
    """The furnished office on a database of this test's own."""
    from tests.conftest import NAME, close_pool

    name, people = furnished
    cluster.copy(name, NAME)
    with application.app_context():
        yield Office(dict(people))
    close_pool(application)


@pytest.fixture
def database_superuser(cluster):
    """Asks the test's database as one who may do anything."""
    from tests.conftest import NAME

    return cluster.database(NAME).ask
