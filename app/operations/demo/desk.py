"""The invented people at their desks: each open task is done by somebody who may, after a plausible while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.clock import WIB
from app.operations import assessing, background, cases, documents, people, tasks, uploading, visits
from app.operations.demo import invented, patterns, plans, visited
from app.operations.demo.answers import fill, of_the_file
from app.operations.demo.plans import Decision, Plan
from app.operations.lists_for_forms import form_of, lists_asked_for, named_lists
from app.operations.work import Work
from app.store import transaction
from app.store.cases import Held
from engine import access
from engine.case import Step, Task
from engine.clocks import Odometer
from engine.errors import EngineError

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

PAYING = ("bayar", "validasi_bayar")
READ_FIRST = ("cek_retribusi", "serahkan", "validasi_bayar")


class Desk:
    """Keeps who is doing what; every change goes through the operations."""

    def __init__(self, rng: Random, agenda: Agenda, accounts: dict[str, UUID]) -> None:
        self.rng, self.agenda, self.accounts = rng, agenda, accounts
        self.plans: dict[UUID, Plan] = {}
        self.owners: dict[UUID, UUID] = {}
        self.opened: list[UUID] = []
        self.planned: set[str] = set()
        self.visits: dict[UUID, datetime] = {}
        self.moves = 0
        self.papers: dict[str, bytes] = {}
        self.cleaned: set[str] = set()
        self.staff: dict[tuple[str, str], list[access.Actor]] = {}
        with transaction() as store:
            self.catalogue = store.deployments.active().catalogue
        self.learn_calendar()

    def learn_calendar(self) -> None:
        """The calendar as it is now: everybody works by it, also after it was changed."""
        with transaction() as store:
            self.odometer: Odometer = store.calendars.world().calendar.as_known(None)

    def sorts(self) -> dict[str, list[str]]:
        """Active permits by what their course needs."""
        active = [one for one in self.catalogue.permits.values() if one.active]
        return {
            "all": [one.code for one in active],
            "levied": [one.code for one in active if one.levy],
            "visited": [one.code for one in active if one.flags.get("butuh_tinjauan")],
            "recommended": [one.code for one in active if one.flags.get("butuh_rekomendasi")],
        }

    def budgets(self, day: date) -> dict[str, int]:
        """Permit -> working days of its standard of service on that day."""
        known = {one.code: one.standard_on(day) for one in self.catalogue.permits.values()}
        return {code: int(one.budget.split()[0]) for code, one in known.items() if one is not None}

    def limits(self, day: date) -> dict[str, int]:
        """Active permit -> working days of its legal limit on that day."""
        known = {one.code: one.legal_limit_on(day) for one in self.catalogue.permits.values() if one.active}
        return {code: int(one.budget.split()[0]) for code, one in known.items() if one is not None}

    # --- time

    def opening(self, day: datetime) -> datetime:
        """A moment within the service hours of that day, or of the next service day."""
        at = day
        while not self.odometer.windows(at.date()):
            at += timedelta(days=1)
        opens, closes = self.rng.choice(self.odometer.windows(at.date()))
        return opens + (closes - opens) * self.rng.uniform(0.05, 0.9) if closes > opens else opens

    def later(self, at: datetime, minutes: int) -> datetime:
        """The instant at which that many service minutes have passed after `at`, to the whole second."""
        day, left = at.astimezone(WIB).date(), minutes
        while True:
            for opens, closes in self.odometer.windows(day):
                start = max(at, opens)
                room = int((closes - start).total_seconds() // 60)
                if room > left:
                    return start + timedelta(minutes=left, seconds=self.rng.randint(0, 59))
                left -= max(0, room)
            day += timedelta(days=1)

    # --- cases

    def open(self, plan: Plan, at: datetime) -> None:
        at = at.replace(microsecond=0)
        owner = self._applicant(plan, at)
        permit = self.catalogue.permits[plan.permit]
        plan.kind = plan.kind if plan.kind in permit.kinds else permit.kinds[0]
        plan.category = plan.category if permit.offered_to(plan.category) else permit.categories[0]
        by = owner if plan.online else self.accounts["loket"]
        made = cases.open_case(plan.permit, plan.kind, plan.category, by, at, owner)
        self.plans[made.case_id], self.owners[made.case_id] = plan, owner
        self.opened.append(made.case_id)
        self.look(made.case_id, at)

    def _applicant(self, plan: Plan, at: datetime) -> UUID:
        if plan.applicant:
            return self.accounts[plan.applicant]
        name, nik = invented.person(self.rng), invented.nik(self.rng)
        return people.register_at_counter(
            name, nik, invented.phone(self.rng), invented.street(self.rng), self.accounts["loket"], at
        )

    def wake_until(self, at: datetime) -> None:
        """Let the worker wake every case that is due before `at`, each at its own instant."""
        while True:
            with transaction() as store:
                due = store.case_lists.most_overdue_wake()
            if due is None or due > at:
                return
            woken = background.wake_one(due)
            if woken is None:
                return
            self.look(woken, due)

    def look(self, case_id: UUID, at: datetime) -> None:
        """Plan what will be done with the tasks that are newly open."""
        plan = self.plans[case_id]
        with transaction() as store:
            held = store.cases.see(case_id)
        if held is None or held.case.closed:
            return
        # By name, not by id: ids of tasks opened at one moment differ between two runs of one seed.
        for task in sorted(held.case.tasks, key=lambda one: (one.element, one.unit)):
            if task.id not in self.planned and not self._rests(plan, held, task, at):
                self.planned.add(task.id)
                # Nobody visits, or is missed, before the appointed hour.
                begin = max(at, self.visits.get(case_id, at)) if task.element == "tinjauan" else at
                when = self._when(plan, task, begin)
                self.agenda.put(when, partial(self.act, case_id, task.id))
        if plan.turn == "dicabut" and held.case.state in ("VERIFIKASI", "TELAAH", "PERHITUNGAN", "PENYUSUNAN"):
            self.agenda.put(self.later(at, 200), partial(self._withdraw, case_id))
        if plan.turn == "ditunda" and held.case.state == "TELAAH":
            self.agenda.put(self.later(at, 30), partial(self._hold, case_id))

    def _rests(self, plan: Plan, held: Held, task: Task, at: datetime) -> bool:
        """Whether the case has arrived where it is to stay; a claimed file rests with its verifier."""
        if plan.rest == "VERIFIKASI" and task.element == "verifikasi_keabsahan":
            if task.id not in self.planned:
                self.planned.add(task.id)
                self.agenda.put(self.later(at, 40), partial(self._claim, task.id))
            return True
        if task.element == "jadwalkan" and plan.number % 2:
            return False  # of the files that stay in this state every other one waits for the team itself
        return bool(plan.rest) and plan.rest == held.case.state

    def _when(self, plan: Plan, task: Task, at: datetime) -> datetime:
        if task.role == access.APPLICANT:
            return (at + timedelta(days=plans.days_to_wait(plan, task.element, self.rng))).replace(microsecond=0)
        slow = self.rng.random() * (0.8 if plan.brisk else 1)
        minutes = self.rng.randint(6, 75) if slow < 0.8 else self.rng.randint(180, 900)
        return self.later(at, minutes).replace(microsecond=0)

    # --- acting

    def act(self, case_id: UUID, task_id: str, at: datetime, by: UUID | None = None) -> None:
        """Do a task, by whoever may or by a certain person."""
        with transaction() as store:
            held = store.cases.see(case_id)
            task = held.case.task(task_id) if held else None
            if held is None or task is None:
                return
            form = form_of(held, task)
            asked = lists_asked_for(store, held, at.astimezone(WIB).date())
            known = {name: asked[name] for name in named_lists(form)}
            doers = [by] if by else self._doers(store, held, task)
            owes = task.element in PAYING and assessing.owed(Work(store, held, Step(held.case, ()), at))
        if access.waits_for(task, held.case):
            self.agenda.put(self.later(at, 90), partial(self.act, case_id, task_id))
            return
        plan = self.plans[case_id]
        flags = dict(self.catalogue.permits[plan.permit].flags)
        decision = plans.decide(plan, task.element, tuple(value for value, _ in form.outcomes), flags, owes or 0)
        if decision is None or not doers:
            return
        self._complete(held, task, decision, doers, form, known, at)
        self.look(case_id, at)

    def _doers(self, store: Any, held: Held, task: Task) -> list[UUID]:
        """Everybody who may do the task, in random order; the applicant himself or the counter for his tasks."""
        if task.role == access.APPLICANT:
            plan = self.plans[held.id]
            return [self.owners[held.id] if plan.online else self.accounts["loket"]]
        allowed = [one.id for one in self._staff(store, held, task) if not access.barred_from(one, task, held.case)]
        self.rng.shuffle(allowed)
        usual = patterns.first(self.accounts, self.plans[held.id], held.case, task)
        return sorted(allowed, key=lambda one: one != usual)

    def _staff(self, store: Any, held: Held, task: Task) -> list[access.Actor]:
        """Who holds a role in a unit: asked once, since nobody comes or goes in this history."""
        if (task.role, task.unit) not in self.staff:
            day = task.opened_at.astimezone(WIB).date()
            found = [person.id for person in store.people.holders(task.role, task.unit, day)]
            actors = [access.Actor(id, "", grants=store.people.grants_on(id, day)) for id in found]
            self.staff[task.role, task.unit] = actors
        return self.staff[task.role, task.unit]

    def _complete(
        self, held: Held, task: Task, decision: Decision, doers: list[UUID], form: Any, known: Any, at: datetime
    ) -> None:
        typed = self._typed(held, task, decision, at)
        if task.element in READ_FIRST:
            with transaction() as store:
                typed = of_the_file(store, held, task.element) | typed
        filling = fill(form, known, self.rng, at, typed)
        by, id = doers[0], UUID(task.id)
        brought = visited.brought(held, task, form)
        if task.role != access.APPLICANT and self.rng.random() < 0.25:
            tasks.claim_task(id, by, at)
        if filling.files:
            papers = [one for name in filling.files for one in self._papers(task, name)]
            kept = uploading.upload_all(id, papers, by, at)
            self._remember(papers, kept, by, at)
        raw = {**filling.typed, **brought, "alasan_keputusan": [decision.reason]}
        tasks.complete_task(id, raw, decision.outcome, by, at)
        self.moves += 1

    def _papers(self, task: Task, name: str) -> list[uploading.Paper]:
        one = self._paper(name)
        return visited.photographs(one.content, name) if task.element == visited.VISIT else [one]

    def _paper(self, name: str) -> uploading.Paper:
        """The same two papers over and over: what was once inspected and stored is known."""
        filename = "foto.jpg" if "foto" in name else "pindaian.pdf"
        if filename not in self.papers:
            self.papers[filename] = invented.photo() if filename == "foto.jpg" else invented.paper()
        return uploading.Paper(name, filename, self.papers[filename])

    def _remember(self, papers: Sequence[uploading.Paper], kept: Sequence[UUID], by: UUID, at: datetime) -> None:
        """Send from now on what the office made of a paper: its inspection is over."""
        for paper, id in zip(papers, kept, strict=True):
            if paper.filename not in self.cleaned:
                self.cleaned.add(paper.filename)
                self.papers[paper.filename] = documents.download(id, by, at).content

    def _typed(self, held: Held, task: Task, decision: Decision, at: datetime) -> dict[str, Any]:
        """What is typed on purpose: sound checks say all is well unless the plan says otherwise."""
        typed: dict[str, Any] = {"status": "ada", "hasil": "sah", "indeks_terintegrasi": None}
        typed["cara_tanda_tangan"] = "peragaan"
        if task.element == "jadwalkan":
            first = visits.earliest(self.odometer, at)
            self.visits[held.id] = self.later(max(at + timedelta(days=1), datetime.combine(first, time(), WIB)), 60)
            typed["waktu"] = self.visits[held.id].astimezone(WIB).strftime("%d/%m/%Y %H.%M")
        if task.element == "ajukan":
            typed["perihal"] = invented.subject(self.rng, held.case.facts.permit)
            typed |= self._of_the_applicant(held)
        if task.element == visited.VISIT:
            typed |= visited.SAID
        if task.element == "bayar":
            typed["tanggal_bayar"] = at.astimezone(WIB).strftime("%d/%m/%Y")
            typed["referensi"] = f"BLM{self.rng.randint(10**8, 10**9 - 1)}"
        if task.element in ("tanda_tangan", "tanda_tangan_penolakan"):
            typed["cara"] = "peragaan"
        if task.form_key == "hitung_retribusi":
            typed |= {"kendaraan": 1, "prasarana": 1, "tahun": 1}
        return typed | decision.typed

    def _of_the_applicant(self, held: Held) -> dict[str, Any]:
        """What somebody types of himself: the name and NIK of his account, with the birth date and sex it tells."""
        with transaction() as store:
            owner = store.people.row(self.owners[held.id])
        told: dict[str, Any] = {"nama": owner.name, "nik": owner.nik, "telepon": owner.phone, "dikuasakan": False}
        return told | invented.born(owner.nik)

    def _claim(self, task_id: str, at: datetime) -> None:
        tasks.claim_task(UUID(task_id), self.accounts["verifikator"], at)

    def _withdraw(self, case_id: UUID, at: datetime) -> None:
        """The applicant changes his mind; too late is too late."""
        try:
            cases.withdraw(case_id, self.owners[case_id], at)
        except EngineError:
            return
        self.look(case_id, at)

    def _hold(self, case_id: UUID, at: datetime) -> None:
        wished = (at + timedelta(days=5)).astimezone(WIB).replace(hour=8, minute=0, second=0)
        try:
            hold = cases.ask_hold(case_id, "Pemohon sedang di luar kota (contoh).", wished, self.owners[case_id], at)
            cases.decide_hold(hold, True, wished, "", self.accounts["kasi"], at + timedelta(minutes=20))
        except EngineError:
            return
