"""A process with people at its desk: they open, complete, withdraw, upload, ask, declare; and remember what they heard.

Before an act its intention is written down, after it the answer.  Whoever is killed in between finds the intention at
the next start and sends the very same page again, under its key, as a browser does.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from time import sleep
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from app.operations import cases, force_majeure, issuing, tasks
from app.operations.demo.staff import STAFF
from app.operations.force_majeure import Proposal
from app.operations.lists_for_forms import form_of
from app.operations.retrying import Unavailable
from app.store import transaction
from app.store.database import db
from engine.errors import EngineError
from tests.app.operations.office import Office
from tests.hammer.house import House, Journal
from tests.hammer.lines import bad_lines

PERMITS = ("SIPB", "PEN")
CHANCES = {"complete": 76, "open": 12, "claim": 6, "hold": 2, "withdraw": 2, "note": 1, "kahar": 1}
MOST_OPEN = 4000
Act = dict[str, Any]


class Clerk:
    def __init__(self, house: House, number: int, seed: int) -> None:
        self.house, self.rng = house, random.Random(seed)
        self.journal = Journal(house.folder, f"clerk-{number}")
        self.office = Office(dict(house.people), rng=self.rng, papers=dict(house.papers))
        self.jump = _jump(self.rng)
        self.closing = False

    @property
    def at(self) -> Any:
        return self.house.present() + self.jump

    # --- what was begun before the last death

    def finish(self) -> None:
        """Send again what was begun and never answered; a page without a key is given up, its fate unknown."""
        lines = self.journal.lines()
        if lines and "act" in lines[-1]:
            self.send(lines[-1]["act"])

    def send(self, act: Act) -> None:
        """Send until there is a definite answer: done, or refused with a sentence."""
        while True:
            try:
                told = DOING[act["op"]](self, act)
                return self.journal.write(done=act["key"], op=act["op"], told=told)
            except Unavailable:
                sleep(0.2)
            except EngineError as refusal:
                return self.journal.write(refused=act["key"], op=act["op"], why=type(refusal).__name__)

    # --- the next act

    def go_on(self) -> None:
        (kind,) = self.rng.choices(list(CHANCES), CHANCES.values())
        self.office.at = self.at
        try:
            act = THINKING[kind](self)
        except (Unavailable, EngineError, AssertionError, StopIteration):
            return  # while reading and typing, the case moved on or the database went away
        if act is not None:
            act = {"key": str(uuid4()), "op": kind, **act}
            self.journal.write(act=act)
            self.send(act)

    def look(self, statement: str, **values: Any) -> Any:
        """One row, read without a lock as a list on a page is."""
        with transaction() as store:
            return store.session.execute(text(statement), values).first()

    def task(self) -> Any:
        """Often one of the newest, where others are too; else any."""
        hot = self.rng.random() < 0.3
        order = "opened_at desc, id" if hot else "random()"
        rows = f"(select * from tasks where status = 'open' order by {order} limit 3) t"
        return self.look(f"select t.*, c.applicant_id from {rows} join cases c on c.id = t.case_id order by random()")

    def whose(self, task: Any) -> str:
        if task.role == "PM":
            return self.house.login_of(task.applicant_id)
        if task.unit:
            return f"{'tim' if task.role == 'TT' else 'ketua'}-{task.unit.lower()}"
        return self.rng.choice([one.login for one in STAFF if task.role in one.grants])


def _jump(rng: random.Random) -> timedelta:
    """How far this process's clock is off: mostly not, sometimes two hours, seldom a day."""
    off = rng.choices((0.0, rng.uniform(-2, 2), 24.0), (70, 27, 3))[0]
    return timedelta(seconds=round(off * 3600))


def _complete(clerk: Clerk) -> Act | None:
    task = clerk.task()
    if task is None:
        return {"op": "open", **(_open(clerk) or {})}
    by = clerk.whose(task)
    typed = clerk.office.typed(task.case_id, task.element, by)
    with transaction() as store:
        held = store.cases.see(task.case_id)
        found = held and held.case.task(str(task.id))
        outcomes = [value for value, _ in form_of(held, found).outcomes] if held and found else []
    outcome = "" if not outcomes else outcomes[0] if clerk.rng.random() < 0.9 else clerk.rng.choice(outcomes)
    return {"task": str(task.id), "typed": typed, "outcome": outcome, "by": by}


def _open(clerk: Clerk) -> Act | None:
    if clerk.look("select count(*) from cases where not closed")[0] > MOST_OPEN:
        return None
    return {"permit": clerk.rng.choice(PERMITS), "by": clerk.rng.choice(("pemohon", "pemohon2"))}


def _claim(clerk: Clerk) -> Act | None:
    task = clerk.task()
    return None if task is None else {"task": str(task.id), "by": clerk.whose(task)}


def _some_case(clerk: Clerk) -> Act | None:
    row = clerk.look("select id, applicant_id from cases where not closed order by random() limit 1")
    return None if row is None else {"case": str(row.id), "by": clerk.house.login_of(row.applicant_id)}


def _kahar(clerk: Clerk) -> Act | None:
    if clerk.rng.random() > 0.3:
        return None
    hours = clerk.rng.randint(1, 30)
    since = clerk.at - timedelta(hours=hours + 1)
    return {"since": since.isoformat(), "until": (since + timedelta(hours=hours)).isoformat()}


THINKING: dict[str, Callable[[Clerk], Act | None]] = {
    "complete": _complete, "open": _open, "claim": _claim, "withdraw": _some_case, "hold": _some_case,
    "note": _some_case, "kahar": _kahar,
}  # fmt: skip


def complete(clerk: Clerk, act: Act) -> Any:
    who = clerk.house.people[act["by"]]
    done = tasks.complete_task(UUID(act["task"]), act["typed"], act["outcome"], who, clerk.at, UUID(act["key"]))
    return {"task": act["task"], "by": str(who), "repeated": done.repeated}


def open_case(clerk: Clerk, act: Act) -> Any:
    who = clerk.house.people[act["by"]]
    made = cases.open_case(act["permit"], "baru", "perorangan", who, clerk.at, None, UUID(act["key"]))
    return {"case": str(made.case_id)}


def claim(clerk: Clerk, act: Act) -> Any:
    tasks.claim_task(UUID(act["task"]), clerk.house.people[act["by"]], clerk.at)


def withdraw(clerk: Clerk, act: Act) -> Any:
    cases.withdraw(UUID(act["case"]), clerk.house.people[act["by"]], clerk.at, UUID(act["key"]))
    return {"case": act["case"]}


def hold(clerk: Clerk, act: Act) -> Any:
    """Asked by the applicant, decided by the Kasi."""
    at = clerk.at
    by, key = clerk.house.people[act["by"]], UUID(act["key"])
    asked = cases.ask_hold(UUID(act["case"]), f"Palu {key}", None, by, at, key)
    kasi, granted = clerk.house.people["kasi"], clerk.rng.random() < 0.6
    cases.decide_hold(asked, granted, at + timedelta(days=2) if granted else None, "Tidak perlu", kasi, at)


def note(clerk: Clerk, act: Act) -> Any:
    body, by = f"Palu {act['key']}", clerk.house.people["verifikator"]
    cases.add_note(UUID(act["case"]), body, by, clerk.at, UUID(act["key"]))


def kahar(clerk: Clerk, act: Act) -> Any:
    """Proposed by the Kabid, established by the Kadis over whatever the world is by then."""
    at = clerk.at
    since, until = (datetime.fromisoformat(act[name]) for name in ("since", "until"))
    reason, evidence = f"Petir merusak pusat data, {act['key']}", ({"nama": "Berita acara"},)
    wanted = Proposal(
        ("a",), "bencana_alam", reason, since, until, evidence=evidence, apart=f"Peristiwa lain, {act['key']}"
    )
    id = force_majeure.propose(wanted, clerk.house.people["kabid"], at, UUID(act["key"]))
    with transaction() as store:
        revision = store.calendars.revision()
    force_majeure.establish(id, f"KEP/{act['key']}", revision, clerk.house.people["kadis"], at)


DOING: dict[str, Callable[[Clerk, Act], Any]] = {
    "complete": complete, "open": open_case, "claim": claim, "withdraw": withdraw, "hold": hold, "note": note,
    "kahar": kahar,
}  # fmt: skip


def run(house: House, number: int, seed: int, only_finish: bool = False) -> None:
    """The life of the process: until SIGTERM, or until it is killed."""
    random.seed(seed)
    clerk = Clerk(house, number, seed)
    signal.signal(signal.SIGTERM, lambda *_: setattr(clerk, "closing", True))
    issuing.LATER.set(True)
    with house.app.app_context(), bad_lines(db.engine, Journal(house.folder, f"lines-c{number}"), clerk.rng):
        clerk.finish()
        while not (clerk.closing or only_finish):
            clerk.go_on()
