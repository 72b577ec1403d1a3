"""Boundary events where they are delicate: on lists and calls, nested, and in every round of a loop."""

from datetime import timedelta

import pytest

from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_elements import visit
from tests.engine.bpmn.walking import Remembered, Walk, one_file, roled


def over(activity, event, *tasks):
    """An activity `inti` with a boundary `batas` that leads to `catat`."""
    return one_file(
        d.message("tarik"),
        d.signal("stop"),
        roled(
            "izin", d.start(), activity, event, d.user("catat"), d.end(), d.end("ditarik"),
            d.chain("mulai", "inti", "selesai"), d.chain("batas", "catat", "ditarik"), tasks=(*tasks, "catat"),
        ),
    )  # fmt: skip


LIST = d.many("daftar", "anggota", "hasil", "isi")
BY = d.boundary("batas", "inti", d.by_message("tarik"))


@pytest.mark.parametrize("kind", [Walk, Remembered])
def test_withdrawing_from_a_list_keeps_what_its_members_gave(kind):
    walk = kind(over(d.user("inti", inner=LIST), BY, "inti"), data={"daftar": ["a", "b", "c"]})
    walk.complete("inti", "b", nilai=2).receive("tarik", alasan="x")
    assert walk.open == ["catat"]
    assert walk.data["hasil"] == [{"nilai": 2}]
    assert walk.complete("catat").position.ends == ("ditarik",)


@pytest.mark.parametrize("kind", [Walk, Remembered])
def test_withdrawing_from_calls_over_a_list_ends_all_of_them(kind):
    files = over(d.call("inti", "kunjungan", LIST.replace('"isi"', '"tinjau"')), BY)
    files["kunjungan.bpmn"] = d.file(visit())
    walk = kind(files, data={"daftar": ["a", "b"]}).complete("jadwal", "a").complete("tinjau", "a", hadir=True)
    walk.complete("jadwal", "b").receive("tarik")
    assert walk.open == ["catat"]
    assert walk.data["hasil"] == [{"hadir": True}]


def test_withdrawing_from_a_call_sees_what_was_entered_inside():
    files = over(d.call("inti", "kunjungan"), BY)
    files["kunjungan.bpmn"] = d.file(visit())
    walk = Walk(files).complete("jadwal", hari="Senin").receive("tarik")
    assert walk.data == {"jadwal": {"hari": "Senin"}, "batas": {}}


def test_a_branch_beside_sees_what_stood_inside_and_brings_nothing_stale_back():
    inner = d.sub(
        "inti", d.start("i1"), d.exclusive("i2"), d.user("isi"), d.exclusive("i3", "f_i3_i4"), d.end("i4"),
        d.chain("i1", "i2", "isi", "i3", "i4"), d.flow("i3", "i2", "isi.lagi"),
    )  # fmt: skip
    walk = Walk(over(inner, d.boundary("batas", "inti", d.by_message("tarik"), False), "inti"))
    walk.complete("isi", lagi=True, ke=1).receive("tarik", alasan="x")
    walk.complete("isi", lagi=False, ke=2).complete("catat", baca=1)
    assert walk.position.ended
    assert walk.data == {"isi": {"lagi": False, "ke": 2}, "batas": {"alasan": "x"}, "catat": {"baca": 1}}


def test_a_signal_takes_a_call_away():
    files = over(d.call("inti", "kunjungan"), d.boundary("batas", "inti", d.by_signal("stop")))
    files["kunjungan.bpmn"] = d.file(visit())
    assert Walk(files).complete("jadwal").receive("stop").open == ["catat"]


def nested():
    inner = d.sub(
        "dalam", d.start("d1"), d.parallel("d2"), d.user("x"), d.user("y"), d.parallel("d3"), d.end("d4"),
        d.chain("d1", "d2", "x", "d3", "d4"), d.chain("d2", "y", "d3"),
    )  # fmt: skip
    outer = d.sub(
        "inti", d.start("i1"), d.user("awal"), inner, d.boundary("tenggat", "dalam", d.after("P3D")), d.user("tegur"),
        d.exclusive("i2"), d.user("akhir"), d.end("i3"), d.chain("i1", "awal", "dalam", "i2", "akhir", "i3"),
        d.chain("tenggat", "tegur", "i2"),
    )  # fmt: skip
    return over(outer, BY, "inti")


@pytest.mark.parametrize("kind", [Walk, Remembered])
def test_an_inner_boundary_leaves_the_outer_one_waiting(kind):
    walk = kind(nested()).complete("awal", a=1).complete("y", b=2)
    assert walk.position.wake_at == d.AT + timedelta(days=3)
    walk.wait(days=3)
    assert (walk.open, walk.position.waiting) == (["tegur"], ("tarik",))
    assert walk.data == {"awal": {"a": 1}, "y": {"b": 2}}
    walk.complete("tegur").receive("tarik", alasan="x")
    assert walk.open == ["catat"]
    assert walk.data["y"] == {"b": 2}
    assert walk.data["batas"] == {"alasan": "x"}


@pytest.mark.parametrize("kind", [Walk, Remembered])
@pytest.mark.parametrize("interrupting", [True, False])
def test_a_boundary_works_anew_in_every_round(kind, interrupting):
    files = one_file(
        roled(
            "izin", d.start(), d.exclusive("x"), d.user("isi"), d.user("tegur"),
            d.boundary("ingat", "isi", d.after("P2D"), interrupting),
            d.exclusive("g", "f_g_x"), d.end(), d.chain("mulai", "x", "isi", "g", "x"),
            d.flow("g", "selesai", "isi.cukup"), d.chain("ingat", "tegur", "e"), d.end("e"), tasks=("isi", "tegur"),
        )
    )  # fmt: skip
    walk = kind(files)
    for number in range(4):
        assert walk.position.wake_at == walk.at + timedelta(days=2)
        walk.complete("isi", cukup=False, ke=number)
    walk.wait(days=2)
    assert sorted(walk.open) == (["tegur"] if interrupting else ["isi", "tegur"])
    walk.complete("tegur", ya=1)
    if not interrupting:
        walk.complete("isi", cukup=False)
        assert walk.position.wake_at == walk.at + timedelta(days=2)
        walk.complete("isi", cukup=True)
    assert walk.position.ended


def test_a_message_can_be_awaited_and_thrown_away_in_every_round():
    files = one_file(
        d.message("bayar"),
        roled(
            "izin", d.start(), d.exclusive("x"), '<eventBasedGateway id="t"/>', d.catch("bukti", d.by_message("bayar")),
            d.catch("lewat", d.after("P1D")), d.user("periksa"), d.exclusive("g", "f_g_x"), d.end(), d.end("e"),
            d.chain("mulai", "x", "t", "bukti", "periksa", "g", "x"), d.chain("t", "lewat", "e"),
            d.flow("g", "selesai", "periksa.sah"), tasks=("periksa",),
        ),
    )  # fmt: skip
    walk = Walk(files)
    for number in range(5):
        walk.receive("bayar", ntpn=number).complete("periksa", sah=False)
    assert walk.data["bukti"] == {"ntpn": 4}
    assert walk.position.waiting == ("bayar",)
    assert len(walk.position.snapshot) < 1500
    assert walk.wait(days=1).position.ends == ("e",)
