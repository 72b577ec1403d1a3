"""The states of a diagram: whatever another order of moves would meet is met by the one that is followed."""

import random
from itertools import pairwise

import pytest
from lxml import etree

from engine import bpmn
from engine.bpmn.checking.exploring import explore
from engine.bpmn.checking.sheets import Sheet
from engine.bpmn.checking.tokens import Net
from engine.bpmn.elements import BPMN
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import one_file, roled

KINDS = ("userTask", "userTask", "exclusiveGateway", "exclusiveGateway", "parallelGateway", "parallelGateway")


def net_of(kinds, pairs):
    """`kinds`: node -> BPMN tag; `pairs`: the flows between them, from `s` to `e`."""
    root = etree.fromstring(d.file(""))
    process = etree.SubElement(root, f"{{{BPMN}}}process", id="p")
    for key, kind in kinds.items():
        etree.SubElement(process, f"{{{BPMN}}}{kind}", id=key)
    for place, (source, target) in enumerate(pairs):
        etree.SubElement(process, f"{{{BPMN}}}sequenceFlow", id=f"f{place}", sourceRef=source, targetRef=target)
    sheet = Sheet("acak.bpmn", root)
    return Net(sheet, process, sheet.sound_flows)


def drawn(rng):
    """A random diagram: a few nodes in a row, some flows forwards and backwards beside it."""
    inner = [f"n{number}" for number in range(rng.randint(2, 7))]
    kinds = {"s": "startEvent", **{key: rng.choice(KINDS) for key in inner}, "e": "endEvent"}
    gateways = [key for key in inner if kinds[key] != "userTask"]
    pairs = list(pairwise(kinds))
    for _ in range(rng.randint(0, 2 * len(gateways))):
        source, target = rng.choice(gateways), rng.choice([*inner, "e"])
        if source != target:
            pairs.append((source, target))
    return net_of(kinds, list(dict.fromkeys(pairs)))


def all_orders(net):
    """Every state in every order, tokens counted: (a state nobody leaves, a step with two tokens before it).

    None when there are too many.
    """
    begin = tuple(sorted(net.begin))
    seen, pending, stuck, twice = {begin}, [begin], False, False
    while pending:
        if len(seen) > 1500:
            return None
        marking = pending.pop()
        lying = frozenset(marking)
        ready = [key for key in {net.target[place] for place in marking} if net.ready(key, lying)]
        stuck |= bool(marking) and not ready
        for key in ready:
            before = [place for place in marking if net.target[place] == key]
            many = len(set(before)) < len(before) or (not net.joins(key) and len(before) > 1)
            if many and net.kinds[key] != "endEvent":
                twice = True
                continue
            for move in net.moves(key, lying):
                after = list(marking)
                for place in move.taken:
                    after.remove(place)
                after = tuple(sorted([*after, *move.laid]))
                if after not in seen:
                    seen.add(after)
                    pending.append(after)
    return stuck, twice


@pytest.mark.parametrize("seed", range(8))
def test_one_order_of_moves_finds_what_all_orders_find(seed):
    rng = random.Random(seed)
    sound = 0
    for _ in range(60):
        net = drawn(rng)
        orders = all_orders(net)
        if orders is None:
            continue
        stuck, twice = orders
        found = explore(net)
        assert found.whole
        assert bool(found.stuck or found.twice) == (stuck or twice), (net.kinds, net.source, net.target)
        if not twice:
            assert bool(found.stuck) == stuck
        sound += not (stuck or twice)
    assert 0 < sound < 60


def office(*parts, tasks):
    return one_file(d.message("m"), roled("izin", *parts, tasks=tasks))


CHOICE = (d.start(), d.user("periksa"), d.exclusive("pilih", "f_pilih_b"), d.user("a"), d.user("b"), d.end())
WAYS = (d.chain("mulai", "periksa", "pilih", "b"), d.flow("pilih", "a", "periksa.x == 1"))
DOERS = ("periksa", "a", "b")
MEET = (d.chain("a", "temu", "selesai"), d.chain("b", "temu"))
FORK = (d.start(), d.parallel("pisah"), d.user("a"), d.user("b"), d.user("c"), d.end())
SPLIT = (d.chain("mulai", "pisah", "a", "temu", "c", "selesai"), d.chain("pisah", "b", "temu"))
STOP = d.end("henti", "<terminateEventDefinition/>")
# What breaks -> (code, element, the broken diagram, its mended twin).
FAULTS = {
    "a parallel gateway where a choice ends": (
        "deadlock", "temu",
        office(*CHOICE, d.parallel("temu"), *WAYS, *MEET, tasks=DOERS),
        office(*CHOICE, d.exclusive("temu"), *WAYS, *MEET, tasks=DOERS),
    ),
    "a choice where a parallel gateway's branches meet": (
        "runs-twice", "temu",
        office(*FORK, d.exclusive("temu"), *SPLIT, tasks=("a", "b", "c")),
        office(*FORK, d.parallel("temu"), *SPLIT, tasks=("a", "b", "c")),
    ),
    "a branch that may end before it is waited for": (
        "deadlock", "temu",
        office(*FORK, d.exclusive("pilih", "f_pilih_temu"), d.parallel("temu"), d.end("lepas"),
               d.chain("mulai", "pisah", "a", "temu", "c", "selesai"), d.chain("pisah", "b", "pilih", "temu"),
               d.flow("pilih", "lepas", "b.x == 1"), tasks=("a", "b", "c")),
        office(*FORK, d.exclusive("pilih", "f_pilih_temu"), d.parallel("temu"), STOP,
               d.chain("mulai", "pisah", "a", "temu", "c", "selesai"), d.chain("pisah", "b", "pilih", "temu"),
               d.flow("pilih", "henti", "b.x == 1"), tasks=("a", "b", "c")),
    ),
    "an event that takes a branch away": (
        "deadlock", "temu",
        office(*FORK, d.boundary("lewat", "b", d.after("P1D")), d.end("habis"), d.parallel("temu"), *SPLIT,
               d.chain("lewat", "habis"), tasks=("a", "b", "c")),
        office(*FORK, d.boundary("lewat", "b", d.after("P1D")), d.exclusive("reda"), d.parallel("temu"),
               d.chain("mulai", "pisah", "a", "temu", "c", "selesai"), d.chain("pisah", "b", "reda", "temu"),
               d.chain("lewat", "reda"), tasks=("a", "b", "c")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_diagram_that_stalls_or_runs_twice_is_told_at_its_gateway_and_its_mended_twin_passes(name):
    code, element, broken, mended = FAULTS[name]
    assert [(one.code, one.element, one.severity) for one in bpmn.check(broken, d.catalogue())] == [
        (code, element, "error")
    ]
    assert bpmn.check(mended, d.catalogue()) == ()


def test_a_stall_is_told_with_the_choice_that_leads_there():
    *_, broken, _ = FAULTS["a branch that may end before it is waited for"]
    (problem,) = bpmn.check(broken, d.catalogue())
    assert "dari gerbang sesudah ‹b›" in problem.message
    assert "misalnya sesudah “ke akhir sesudah ‹b›” di gerbang sesudah ‹b›" in problem.message


def test_choices_that_ask_the_same_may_agree_and_are_only_warned_of():
    """Two gateways with one condition: whether the join is reached by both depends on data nobody knows here."""
    ask = "periksa.x == 1"
    files = office(
        d.start(), d.user("periksa"), d.parallel("pisah"), d.exclusive("g", "f_g_lepas"), d.exclusive("h", "f_h_lewat"),
        d.parallel("temu"), d.end("lepas"), d.end("lewat"), d.end(),
        d.chain("mulai", "periksa", "pisah", "g", "lepas"), d.chain("pisah", "h", "lewat"),
        d.flow("g", "temu", ask), d.flow("h", "temu", ask), d.chain("temu", "selesai"), tasks=("periksa",),
    )  # fmt: skip
    assert [(one.code, one.element, one.severity) for one in bpmn.check(files, d.catalogue())] == [
        ("deadlock", "temu", "warning")
    ]


def test_a_diagram_with_too_many_states_says_so():
    """Twelve branches that each may go two ways: the states are more than are tried."""
    branches = range(12)
    ends = [(f"g{n}", f"k{n}", f"l{n}", f"m{n}") for n in branches]
    kinds = {"s": "startEvent", "pisah": "parallelGateway", "temu": "parallelGateway", "e": "endEvent"}
    pairs = [("s", "pisah"), ("temu", "e")]
    for g, k, m, n in ends:
        kinds |= {g: "exclusiveGateway", k: "parallelGateway", m: "parallelGateway", n: "userTask"}
        pairs += [("pisah", g), (g, k), (g, m), (k, "temu"), (m, "temu"), (n, "temu")]
    found = explore(net_of(kinds, pairs), most=50)
    assert not found.whole
