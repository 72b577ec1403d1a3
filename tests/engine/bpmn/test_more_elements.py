"""Elements that need a cure of their own: each in a small diagram, saved and restored between all steps."""
# ruff: noqa: E501 -- a small diagram is read across

import pytest

from engine import bpmn
from engine.errors import Incident, NotWaiting
from engine.services import Answer, ServiceError
from engine.services import service as named
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import Remembered, Walk, one_file, roled


def inclusive(id, default=""):
    return f'<inclusiveGateway id="{id}"' + (f' default="{default}"/>' if default else "/>")


def coded(kind, code="", id="x"):
    return f'<{kind} id="{kind}_{id}" {kind}Code="{code}" name="{code}"/>'


def by_code(kind, id="x"):
    return f'<{kind}EventDefinition {kind}Ref="{kind}_{id}"/>'


def times(count, sequential=False):
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"<loopCardinality>{count}</loopCardinality></multiInstanceLoopCharacteristics>"
    )


def repeat(condition="", most="", before=False):
    inner = f"<loopCondition>{condition}</loopCondition>" if condition else ""
    maximum = f' loopMaximum="{most}"' if most else ""
    return f'<standardLoopCharacteristics testBefore="{str(before).lower()}"{maximum}>{inner}</standardLoopCharacteristics>'


def both(files, acts, **more):
    """The same acts saved and in memory; answer the saved walk."""
    saved, kept = Walk(files, **more), Remembered(files, **more)
    for act in acts:
        act(saved)
        act(kept)
        assert saved.history[-1] == kept.history[-1]
        assert saved.data == kept.data
    return saved


# Work for a person that no form describes


@pytest.mark.parametrize("kind", ["manualTask", "task"])
def test_work_without_a_form_gets_the_form_for_noting_what_was_done(kind):
    files = one_file(
        roled("izin", d.start(), f'<{kind} id="antar" name="Antar"/>', d.end(), d.chain("mulai", "antar", "selesai"), tasks=["antar"])
    )  # fmt: skip
    walk = Walk(files)
    assert [(one.name, one.role, one.form_key) for one in walk.position.tasks] == [("Antar", "FO", "tindakan")]
    assert walk.complete("antar", catatan="sudah").data == {"antar": {"catatan": "sudah"}}
    assert walk.position.ended


# Inclusive gateways


def offers():
    ways = [d.flow("pilih", one, f"periksa.{one}") for one in ("teknis", "lokasi")]
    return one_file(
        roled(
            "izin", d.start(), d.user("periksa"), inclusive("pilih", "f_pilih_umum"), d.user("teknis"), d.user("lokasi"),
            d.user("umum"), inclusive("temu"), d.user("putus"), d.end(), d.chain("mulai", "periksa", "pilih", "umum", "temu"),
            *ways, d.chain("teknis", "temu"), d.chain("lokasi", "temu", "putus", "selesai"),
            tasks=("periksa", "teknis", "lokasi", "umum", "putus"),
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "opened"),
    [
        ((), ["umum"]),
        (("teknis",), ["teknis"]),
        (("lokasi",), ["lokasi"]),
        (("teknis", "lokasi"), ["lokasi", "teknis"]),
    ],
)
def test_an_inclusive_gateway_opens_every_true_way_and_waits_for_just_those(asked, opened):
    answers = {one: one in asked for one in ("teknis", "lokasi")}
    walk = both(offers(), [lambda one: one.complete("periksa", **answers)])
    assert sorted(walk.open) == opened
    for number, task in enumerate(opened):
        assert "putus" not in walk.open
        walk.complete(task, ke=number)
    assert walk.open == ["putus"]
    assert [walk.data[one] for one in opened] == [{"ke": number} for number in range(len(opened))]
    assert walk.complete("putus").position.ended


def test_an_inclusive_join_goes_on_when_the_awaited_branch_takes_another_way():
    files = one_file(
        roled(
            "izin", d.start(), d.parallel("p"), d.user("a"), d.user("b"), d.exclusive("x", "f_x_temu"), inclusive("temu"),
            d.user("putus"), d.end(), d.end("batal"), d.chain("mulai", "p", "a", "temu", "putus", "selesai"),
            d.chain("p", "b", "x", "temu"), d.flow("x", "batal", "b.batal"), tasks=("a", "b", "putus"),
        )
    )  # fmt: skip
    walk = both(files, [lambda one: one.complete("a"), lambda one: one.complete("b", batal=True)])
    assert walk.open == ["putus"]
    met = both(files, [lambda one: one.complete("a"), lambda one: one.complete("b", batal=False)])
    assert met.open == ["putus"]


def test_an_inclusive_split_in_a_loop_forgets_its_last_round():
    files = one_file(
        roled(
            "izin", d.start(), d.exclusive("lagi"), d.user("periksa"), inclusive("pilih", "f_pilih_b"), d.user("a"), d.user("b"),
            inclusive("temu"), d.exclusive("x", "f_x_selesai"), d.end(),
            d.chain("mulai", "lagi", "periksa", "pilih", "b", "temu", "x", "selesai"), d.flow("pilih", "a", "periksa.a"),
            d.flow("a", "temu"), d.flow("x", "lagi", "periksa.lagi"), tasks=("periksa", "a", "b"),
        )
    )  # fmt: skip
    walk = Walk(files)
    for number in range(60):
        walk.complete("periksa", a=number % 2 == 0, lagi=number < 59)
        assert walk.open == (["a"] if number % 2 == 0 else ["b"])
        walk.complete(walk.open[0], ke=number)
    assert walk.position.ended
    assert (walk.data["a"], walk.data["b"]) == ({"ke": 58}, {"ke": 59})


def test_nothing_true_and_no_default_would_stop_the_case_and_is_refused_when_checked():
    text = offers()["izin.bpmn"].replace(b' default="f_pilih_umum"', b"")
    found = [(one.element, one.code) for one in bpmn.check({"izin.bpmn": text}, d.catalogue())]
    assert found == [("pilih", "no-default")]


# Repetition


@pytest.mark.parametrize("sequential", [False, True])
def test_a_counted_repetition_opens_as_many_rounds_and_keeps_each_answer(sequential):
    files = one_file(
        roled(
            "izin", d.start(), d.user("tanya"), d.user("uji", inner=times("tanya.kali", sequential)), d.end(),
            d.chain("mulai", "tanya", "uji", "selesai"), tasks=("tanya", "uji"),
        )
    )  # fmt: skip
    walk = both(files, [lambda one: one.complete("tanya", kali=3)])
    assert [one.item for one in walk.position.tasks] == ([1] if sequential else [1, 2, 3])
    for number in (1, 2, 3):
        walk.complete("uji", number, nilai=number * 10)
    assert walk.position.ended
    assert walk.data["uji"] == [{"nilai": 10}, {"nilai": 20}, {"nilai": 30}]
    assert Walk(files).complete("tanya", kali=0).position.ended
    for wrong in (-1, "tiga", 1001, True, None):
        with pytest.raises(Incident) as stopped:
            Walk(files).complete("tanya", kali=wrong)
        assert (stopped.value.element, "Jumlah ulangan" in stopped.value.reason) == ("uji", True)


def test_a_loop_runs_while_its_condition_holds_and_the_case_stays_small():
    files = one_file(
        roled("izin", d.start(), d.user("tanya", inner=repeat("tanya.lagi")), d.end(), d.chain("mulai", "tanya", "selesai"), tasks=["tanya"])
    )  # fmt: skip
    walk = Walk(files)
    sizes = set()
    for number in range(300):
        walk.complete("tanya", lagi=True, ke=number % 10)
        sizes.add(len(walk.position.snapshot) // 20)
    assert len(sizes) < 5
    assert walk.complete("tanya", lagi=False).position.ended
    assert walk.data == {"tanya": {"lagi": False}}


def test_a_loop_may_be_passed_at_once_and_ends_at_its_most_rounds():
    def drawn(loop):
        inner = d.sub("badan", d.start("s"), d.user("kerja"), d.end("e"), d.chain("s", "kerja", "e"), inner=loop)
        return one_file(roled("izin", d.start(), inner, d.end(), d.chain("mulai", "badan", "selesai"), tasks=["badan"]))

    first = drawn(repeat('get("kerja.lagi", False)', before=True))
    assert Walk(first).position.ended
    walk = both(
        drawn(repeat(most=3)), [lambda one: one.complete("kerja", ke=1), lambda one: one.complete("kerja", ke=2)]
    )
    assert not walk.position.ended
    assert walk.complete("kerja", ke=3).position.ended
    assert walk.data == {"kerja": {"ke": 3}}


def test_a_withdrawal_ends_a_running_loop_and_what_waits_inside():
    inner = d.sub(
        "badan", d.start("s"), d.user("kerja"), d.end("e"), d.chain("s", "kerja", "e"), inner=repeat("kerja.lagi")
    )
    files = one_file(
        d.message("tarik"),
        roled(
            "izin", d.start(), inner, d.boundary("ditarik", "badan", d.by_message("tarik")), d.end(), d.end("batal"),
            d.chain("mulai", "badan", "selesai"), d.chain("ditarik", "batal"), tasks=["badan"],
        ),
    )  # fmt: skip
    walk = both(files, [lambda one: one.complete("kerja", lagi=True), lambda one: one.receive("tarik")])
    assert walk.position.ends == ("batal",)
    assert walk.position.ended


# Errors, escalations, and what services answer


def failing(kind, on="badan", interrupting=True, code="e1", caught="e1"):
    definitions = [coded(kind, code, "x"), coded(kind, caught, "y")] if caught else [coded(kind, code, "x")]
    catches = by_code(kind, "y") if caught else f"<{kind}EventDefinition/>"
    thrown = d.end(
        "gagal",
        d.properties(payload='{"sebab": periksa.sebab}').replace('"{', "'{").replace('}"', "}'") + by_code(kind),
    )
    inner = d.sub(
        "badan", d.start("s"), d.user("periksa"), d.parallel("p"), d.user("sejajar"), d.exclusive("x", "f_x_beres"), thrown,
        d.end("beres"), d.end("lain"), d.chain("s", "periksa", "p", "x", "beres"), d.chain("p", "sejajar", "lain"),
        d.flow("x", "gagal", "periksa.gagal"),
    )  # fmt: skip
    parts = (
        d.start(), inner, d.boundary("batas", on, catches, interrupting), d.user("urus"), d.end(), d.end("diurus"),
        d.chain("mulai", "badan", "selesai"), d.chain("batas", "urus", "diurus"),
    )  # fmt: skip
    return one_file(*definitions, roled("izin", *parts, tasks=("badan", "urus")))


@pytest.mark.parametrize("caught", ["e1", ""])
def test_an_error_inside_ends_the_activity_and_its_branch_sees_what_was_entered(caught):
    walk = both(failing("error", caught=caught), [lambda one: one.complete("periksa", gagal=True, sebab="banjir")])
    assert walk.open == ["urus"]
    assert walk.data["periksa"] == {"gagal": True, "sebab": "banjir"}
    assert walk.data["batas"] == {"sebab": "banjir"}
    assert walk.complete("urus").position.ends == ("diurus",)
    assert walk.position.ended


def test_an_error_that_nobody_around_catches_is_refused_when_checked():
    found = [(one.element, one.code) for one in bpmn.check(failing("error", caught="e2"), d.catalogue())]
    assert found == [("gagal", "uncaught-error")]


def test_an_escalation_tells_the_activity_around_and_work_inside_goes_on():
    walk = both(
        failing("escalation", interrupting=False), [lambda one: one.complete("periksa", gagal=True, sebab="lama")]
    )
    assert sorted(walk.open) == ["sejajar", "urus"]
    walk.complete("sejajar").complete("urus")
    assert walk.position.ended
    unheard = Walk(failing("escalation", caught="e2", interrupting=False)).complete("periksa", gagal=True, sebab="")
    assert unheard.open == ["sejajar"]


def test_an_error_leaves_a_called_process_and_one_member_of_a_list():
    called = roled(
        "lain", d.start("l1"), d.user("nilai"), d.exclusive("x", "f_x_l2"), d.end("l2"), d.end("l3", by_code("error")),
        d.chain("l1", "nilai", "x", "l2"), d.flow("x", "l3", "nilai.gagal"), tasks=["nilai"],
    )  # fmt: skip
    caller = roled(
        "izin", d.start(), d.call("panggil", "lain", d.many("daftar", "satu", "semua", "nilai")),
        d.boundary("batas", "panggil", by_code("error")), d.end(), d.end("batal"), d.chain("mulai", "panggil", "selesai"),
        d.chain("batas", "batal"),
    )  # fmt: skip
    error = coded("error", "habis")
    files = {"izin.bpmn": d.file(error, caller), "lain.bpmn": d.file(error, called)}
    assert bpmn.check(files, d.catalogue()) == ()
    acts = [lambda one: one.complete("nilai", "a", gagal=False), lambda one: one.complete("nilai", "b", gagal=True)]
    walk = both(files, acts, data={"daftar": ["a", "b", "c"]})
    assert walk.position.ends == ("l3", "batal")
    assert walk.position.ended


@named("periksa.nik")
def look_up(call, *, nik):
    """Fail on purpose for unknown numbers."""
    if nik == "0":
        raise ServiceError("tidak_ada", nik=nik)
    return Answer({"nama": "Siti"})


def asking(with_boundary=True):
    batas = d.boundary("batas", "cari", by_code("error")) if with_boundary else ""
    after = d.chain("batas", "urus", "diurus") if with_boundary else ""
    urus = d.user("urus") + d.end("diurus") if with_boundary else ""
    return one_file(
        coded("error", "tidak_ada"),
        roled(
            "izin", d.start(), d.user("isi"), d.service("cari", "periksa.nik", nik="isi.nik"), batas, urus, d.end(),
            d.chain("mulai", "isi", "cari", "selesai"), after, tasks=("isi", "urus"),
        ),
    )  # fmt: skip


def test_a_service_that_answers_with_an_error_takes_the_way_of_its_boundary():
    more = {"services": (look_up,)}
    walk = both(asking(), [lambda one: one.complete("isi", nik="0")], **more)
    assert (walk.open, walk.data["batas"]) == (["urus"], {"nik": "0"})
    assert "cari" not in walk.position.passed
    assert Walk(asking(), **more).complete("isi", nik="1").data["cari"] == {"nama": "Siti"}
    with pytest.raises(Incident) as stopped:
        Walk(asking(False), **more).complete("isi", nik="0")
    assert (stopped.value.element, "tidak_ada" in stopped.value.reason) == ("cari", True)


# Messages and signals between branches, and messages meant for one of several


def tell(id, by, kind="intermediateThrowEvent", payload=""):
    inner = (d.extensions(f"<spiffworkflow:properties><spiffworkflow:property name='payload' value='{payload}'/></spiffworkflow:properties>") if payload else "") + by  # fmt: skip
    return f'<{kind} id="{id}">{inner}</{kind}>'


@pytest.mark.parametrize("kind", ["intermediateThrowEvent", "endEvent", "sendTask"])
@pytest.mark.parametrize("by", [d.by_message, d.by_signal])
def test_one_branch_tells_another_and_what_it_takes_along_arrives(kind, by):
    if kind == "sendTask" and by is d.by_signal:
        return
    payload = '{"hasil": a.nilai}'
    sender = tell("kabar", by("siap"), kind, payload)
    if kind == "sendTask":
        sender = sender.replace(d.by_message("siap"), "").replace('id="kabar"', 'id="kabar" messageRef="m_siap"')
    after = [] if kind == "endEvent" else [d.end("e1"), d.chain("kabar", "e1")]
    files = one_file(
        d.message("siap"),
        d.signal("siap"),
        roled(
            "izin", d.start(), d.parallel("p"), d.user("a"), sender, *after, d.catch("dengar", by("siap")), d.user("b"), d.end(),
            d.chain("mulai", "p", "a", "kabar"), d.chain("p", "dengar", "b", "selesai"), tasks=("a", "b"),
        ),
    )  # fmt: skip
    walk = both(files, [lambda one: one.complete("a", nilai=7)])
    assert walk.open == ["b"]
    assert walk.data["dengar"] == {"hasil": 7}
    assert walk.complete("b").position.ended


def test_a_message_reaches_only_the_member_it_is_meant_for():
    waiting = f'<receiveTask id="jawab" messageRef="m_jawaban">{d.properties(correlation="kode = dinas")}</receiveTask>'
    inner = d.sub(
        "tanya", d.start("s"), waiting, d.end("e"), d.chain("s", "jawab", "e"), inner=d.many("daftar", "dinas", "semua", "jawab")
    )  # fmt: skip
    files = one_file(
        d.message("jawaban"), roled("izin", d.start(), inner, d.end(), d.chain("mulai", "tanya", "selesai"))
    )
    acts = [lambda one: one.receive("jawaban", kode="pupr", isi="boleh")]
    walk = both(files, acts, data={"daftar": ["dlh", "pupr"]})
    assert walk.position.waiting == ("jawaban",)
    for wrong in ({"kode": "pupr"}, {"kode": "lain"}, {}):
        with pytest.raises(NotWaiting):
            walk.receive("jawaban", **wrong)
    walk.receive("jawaban", kode="dlh", isi="tidak")
    assert walk.position.ended
    assert walk.data["semua"] == [{"kode": "dlh", "isi": "tidak"}, {"kode": "pupr", "isi": "boleh"}]


def test_a_clocks_term_passes_once_for_each_time_the_activity_is_entered():
    files = one_file(
        '<message id="m_lewat" name="P_BAYAR.lewat"/>',
        roled(
            "izin", d.start(), d.user("a"), '<boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><messageEventDefinition messageRef="m_lewat"/></boundaryEvent>',
            d.user("tegur"), d.end(), d.end("e"), d.chain("mulai", "a", "selesai"), d.chain("b", "tegur", "e"), tasks=("a", "tegur"),
        ),
    )  # fmt: skip
    walk = both(files, [lambda one: one.receive("P_BAYAR.lewat")])
    assert (sorted(walk.open), walk.position.waiting) == (["a", "tegur"], ())


# Data objects


def test_a_data_object_keeps_what_the_activity_before_it_left():
    link = '<dataOutputAssociation id="l"><targetRef>kertas</targetRef></dataOutputAssociation>'
    files = one_file(
        roled(
            "izin", d.start(), '<dataObject id="berita_acara"/><dataObjectReference id="kertas" dataObjectRef="berita_acara"/>',
            d.user("a", inner=link), d.user("b", inner=link), d.exclusive("x", "f_x_selesai"), d.end(), d.end("e"),
            d.chain("mulai", "a", "b", "x", "selesai"), d.flow("x", "e", "berita_acara.luas > 10"), tasks=("a", "b"),
        )
    )  # fmt: skip
    walk = both(files, [lambda one: one.complete("a", luas=3)])
    assert walk.data["berita_acara"] == {"luas": 3}
    walk.complete("b", luas=11)
    assert (walk.data["berita_acara"], walk.position.ends) == ({"luas": 11}, ("e",))


def test_two_branches_may_not_keep_into_one_data_object():
    link = '<dataOutputAssociation id="l{}"><targetRef>kertas</targetRef></dataOutputAssociation>'
    files = one_file(
        roled(
            "izin", d.start(), '<dataObject id="ba"/><dataObjectReference id="kertas" dataObjectRef="ba"/>', d.parallel("p"),
            d.user("a", inner=link.format(1)), d.user("b", inner=link.format(2)), d.parallel("j"), d.end(),
            d.chain("mulai", "p", "a", "j", "selesai"), d.chain("p", "b", "j"), tasks=("a", "b"),
        )
    )  # fmt: skip
    assert [one.code for one in bpmn.check(files, d.catalogue())] == ["shared-output"]
