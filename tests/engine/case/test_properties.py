"""What holds of every file whatever is done to it: random walks of both flows.

Random people press random buttons at random times, wait, withdraw, hold,
claim and re-open.  `tests.processes.order` looks at the case after every step.
"""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import case
from engine.case import clockwork
from engine.errors import Refused
from engine.events import genesis, link
from tests.depth import examples
from tests.processes.walking import Walk, world

STEPS = 45
WANDERING = settings(
    max_examples=examples(20),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
LEVIED, FREE = ("TRY", "IMB"), ("SIPB", "IUTM", "IUJK")
PAUSES = (timedelta(minutes=7), timedelta(hours=5), timedelta(days=2), timedelta(days=9))


def wander(walk, random):
    """One random thing that somebody could do now."""
    walk.now += random.choice(PAUSES) if random.random() < 0.3 else timedelta(minutes=random.randint(1, 300))
    what = random.random()
    due = case.wake_at(walk.case, world(), walk.now)
    if "buka_kembali" in walk.case.waiting and what < 0.7:
        walk.reopen()
    elif what < 0.02 and "pencabutan" in walk.case.waiting:
        walk.withdraw(paid=random.random() < 0.5)
    elif (what < 0.12 or not walk.case.tasks) and due is not None:
        walk.wake(max(due, walk.now))
    elif what < 0.16:
        hold(walk, random)
    elif walk.case.tasks:
        press(walk, random)


def press(walk, random):
    task = random.choice(walk.case.tasks)
    if random.random() < 0.2:
        walk._take(case.claim_task(walk.case, task.id, walk.doer(task), walk.now))
    form = walk.case.deployment.forms[task.form_key]
    # The first button leads on; a file must get somewhere to be interesting.
    outcome = form.outcomes[0][0] if random.random() < 0.65 else random.choice(form.outcomes)[0]
    walk.do(task.element, outcome, unit=task.unit, **routes(task, walk, random))


def routes(task, walk, random):
    agencies = list(walk.case.deployment.catalogue.agencies)
    chosen = random.sample(agencies, random.randint(1, 3))
    if task.element == "tentukan_jalur":
        flags = ("butuh_tinjauan", "butuh_kajian", "butuh_rekomendasi")
        return {**{one: random.random() < 0.5 for one in flags}, "perangkat": chosen}
    if task.element == "jadwalkan":
        return {"waktu": (walk.now + random.choice(PAUSES)).isoformat(), "perangkat": chosen}
    return {}


def hold(walk, random):
    clock = walk.case.clock("L")
    may = clock and clock.running and not walk.case.closed
    until = (walk.now + random.choice(PAUSES) + timedelta(minutes=1)).replace(tzinfo=None).isoformat()
    if may:
        if clockwork.held_until(walk.case, walk.now):
            with pytest.raises(Refused):
                walk.hold(until, walk.now)
        else:
            walk.hold(until, walk.now)


def to_the_end(walk):
    """From wherever it stands: everybody presses his first button, and what lapses is let lapse."""
    for _ in range(120):
        if walk.case.closed:
            return
        if walk.case.tasks:
            task = walk.case.tasks[0]
            walk.do(task.element, unit=task.unit)
        else:
            walk.let_lapse()
    raise AssertionError(f"never ends: {walk.open}")


def chained(walk, events):
    """The last hash of a case's events."""
    last = genesis(walk.case.id, {"permit": walk.case.facts.permit})
    for seq, event in enumerate(events, 1):
        last = link(last, walk.case.id, seq, walk.case.deployment.id, event)
    return last


@pytest.mark.parametrize("permits", [LEVIED, FREE], ids=["levied", "free"])
@WANDERING
@given(seed=st.integers(0, 2**32))
def test_whatever_is_done_the_file_stays_in_order_and_can_come_to_an_end(permits, seed):
    random = Random(seed)
    walk = Walk(random.choice(permits), "2026-03-02 08:00", channel=random.choice(["daring", "loket"]))
    for _ in range(STEPS):
        if walk.case.closed:
            break
        wander(walk, random)
    to_the_end(walk)
    assert walk.case.state in ("SELESAI", "DITOLAK", "DITUTUP", "DICABUT")
    assert walk.letters.count("sk_izin") + walk.letters.count("surat_penolakan") <= 1

    whole = chained(walk, walk.events)
    place = random.randrange(len(walk.events))
    event = walk.events[place]
    forged = replace(event, body={**event.body, "outcome": "lain"})
    assert chained(walk, walk.events) == whole
    assert chained(walk, [*walk.events[:place], forged, *walk.events[place + 1 :]]) != whole
    assert chained(walk, [*walk.events[:place], *walk.events[place + 1 :]]) != whole
