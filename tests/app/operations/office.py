"""The office as the operations' tests talk to it: people by login, a present that the test moves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import cases, documents, tasks, uploading
from app.operations.demo import invented
from app.operations.demo.answers import fill, of_the_file
from app.operations.lists_for_forms import form_of, lists
from app.store import transaction

MONDAY = datetime(2026, 8, 3, 10, 0, tzinfo=WIB)
LONG_AGO = datetime(2025, 1, 2, 8, 0, tzinfo=WIB)


@dataclass
class Office:
    """The office as a test talks to it; `at` is the present, moved by the test."""

    people: dict[str, UUID]
    at: datetime = MONDAY
    rng: Random = field(default_factory=lambda: Random(76))
    papers: dict[str, bytes] = field(default_factory=dict)
    begun: Any = None  # `tests.conftest.Begun`: what a test begins with is walked once and copied from then on

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
            read = of_the_file(store, held, element)
        asked = {name.replace("__", "."): value for name, value in fixed.items()}
        fixed = {"status": "ada", "hasil": "sah", "cara_tanda_tangan": "peragaan", **read, **asked}
        filling = fill(form, known, self.rng, self.at, fixed)
        for name in filling.files:
            self._upload(UUID(task.id), name, self.people[by])
        return {**filling.typed, "alasan_keputusan": [fixed.get("alasan", "Alasan yang cukup panjang")]}

    def _upload(self, task, name, by):
        """The same two papers over and over: what was once inspected is known, so tests stay quick."""
        kind = "jpg" if "foto" in name else "pdf"
        fresh = invented.photo() if kind == "jpg" else invented.paper()
        document = uploading.upload(task, name, f"berkas.{kind}", self.papers.get(kind, fresh), by, self.at)
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
        begin, self.begun = self.begun, None
        if begin is None:
            return self._registered(permit, **more)
        how = ("registered", permit, self.at, *sorted(more.items()))
        made, state, self.at, papers = begin.with_(how, lambda: self._walked(permit, **more))
        self.rng.setstate(state)
        self.papers |= papers
        return made

    def _walked(self, permit, **more):
        made = self._registered(permit, **more)
        return made, self.rng.getstate(), self.at, dict(self.papers)

    def _registered(self, permit, **more):
        case_id = self.open(permit, **more)
        self.do(case_id, "ajukan", more.get("by", "pemohon"))
        self.later(minutes=10)
        self.do(case_id, "periksa_kelengkapan", "loket")
        return case_id


def read_in(page):
    """What somebody at a task's page reads in the file before typing."""
    with transaction() as store:
        return of_the_file(store, page.held, page.task.element)
