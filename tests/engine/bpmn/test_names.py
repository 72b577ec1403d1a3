"""Names in expressions: what the check says is there, is there when a case stands at that element."""

import random

import pytest
from SpiffWorkflow.util.task import TaskState

from engine import bpmn
from engine.bpmn.checking import examine
from engine.bpmn.checking.names import flow_of
from engine.bpmn.checking.sources import HANDED
from engine.forms.called import CALLED
from engine.services import Answer
from engine.services import service as named
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_elements import table
from tests.engine.bpmn.test_random_diagrams import LIST, Sketch, Wide, any_act, perform
from tests.engine.bpmn.walking import Remembered, one_file, roled

ROUTES = {"formulir": {"luas": "number", "setuju": "boolean", "catatan": "text"}}
UNREAD = {"unread-field"}
START = {"permohonan": {"izin": "text", "baru": "boolean"}}


@named("nilai.taruh")
def put(call, *, nilai=None):
    """Keep a value."""
    return Answer(nilai)


KNOWN = d.catalogue((put,), routes=ROUTES, start=START)


def told(files, known=KNOWN):
    return [
        (one.code, one.element, one.severity)
        for one in bpmn.check(files, known)
        if known is not KNOWN or one.code not in UNREAD
    ]


def chosen(condition, *more, way=("mulai", "a", "x", "b", "m")):
    """a, then b or not b, then c; the choice asks `condition`."""
    return one_file(
        roled(
            "izin", d.start(), d.user("a"), d.exclusive("x", "f_x_m"), d.user("b"), d.exclusive("m"), d.user("c"),
            d.end(), d.chain("mulai", "a", "x"), d.flow("x", "m"), d.flow("x", "b", condition), d.chain("b", "m"),
            *(more or (d.chain("m", "c", "selesai"),)), tasks=("a", "b", "c"),
        )
    )  # fmt: skip


def later(condition):
    """The same, and after c a second choice that asks `condition`."""
    return chosen(
        "a.setuju", d.chain("m", "c", "y", "selesai"), d.exclusive("y", "f_y_selesai"), d.end("lain"),
        d.flow("y", "lain", condition),
    )  # fmt: skip


AT = "f_x_b"
# What the condition asks -> what is told of it; the twin that is right.
CONDITIONS = {
    "a.luas &gt; 3 and permohonan.baru": None,
    "a.keputusan == &quot;ya&quot; and a.pada != null": None,
    "aa.luas &gt; 3": ("unknown-name", AT, "error"),
    "c.luas &gt; 3": ("unknown-name", AT, "error"),
    "get(&quot;c.luas&quot;, 0) &gt; 3": ("unknown-name", AT, "error"),
    "a.lus &gt; 3": ("unknown-field", AT, "error"),
    "permohonan.izn == &quot;TRY&quot;": ("unknown-field", AT, "error"),
    "get(&quot;a.lus&quot;, 0) &gt; 3": ("unknown-field", AT, "error"),
    "a.luas == &quot;3&quot;": ("wrong-type", AT, "error"),
    "&quot;3&quot; == a.luas": ("wrong-type", AT, "error"),
    "a.luas in [1, &quot;2&quot;]": ("wrong-type", AT, "error"),
    "a.setuju == 1": ("wrong-type", AT, "error"),
    "a.setuju &gt; true": ("wrong-type", AT, "error"),
    "a.catatan == true": ("wrong-type", AT, "error"),
    "a.catatan": ("wrong-type", AT, "error"),
    "a.keputusan": ("wrong-type", AT, "error"),
    "a.luas": ("wrong-type", AT, "error"),
    "a.setuju": None,
    "a.catatan == null": None,
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_is_held_against_what_is_set_before_it(condition):
    found = CONDITIONS[condition]
    assert told(chosen(condition)) == ([] if found is None else [found])


def test_what_one_way_only_sets_is_warned_of_unless_it_is_asked_for_with_get():
    assert told(later("b.luas &gt; 3")) == [("not-always-set", "f_y_lain", "warning")]
    assert told(later("get(&quot;b.luas&quot;, 0) &gt; 3")) == []
    assert told(later("c.luas &gt; 3")) == []


def test_parameters_lists_and_tables_are_held_against_it_too():
    files = one_file(
        roled(
            "izin", d.start(), d.user("a"), d.service("s", "nilai.taruh", nilai="tiada.apa"), d.rule("r", "jalur"),
            d.user("b", inner=d.many("entah.daftar", "w", "y", "z")), d.end(),
            d.chain("mulai", "a", "s", "r", "b", "selesai"), tasks=("a", "b"),
        )
    )  # fmt: skip
    files["jalur.dmn"] = table(('"baru"', "-", "1", "2"), ("-", "-", "3", "4"))
    found = told(files)
    assert ("unknown-name", "s", "error") in found
    assert ("unknown-name", "b", "error") in found
    assert ("unknown-field", "r", "error") in found


@pytest.mark.parametrize(
    ("cells", "faults"), [(("5", "7"), []), (('"lima"', "-"), ["wrong-type"]), (('"lima"', "true"), ["wrong-type"] * 2)]
)
def test_rows_of_a_table_are_held_against_the_fields_it_is_asked_for(cells, faults):
    way = d.chain("mulai", "a", "r", "selesai")
    files = one_file(roled("izin", d.start(), d.user("a"), d.rule("r", "jalur"), d.end(), way, tasks=("a",)))
    rows = [("-", cell, str(number), "0") for number, cell in enumerate(cells)]
    asked = table(*rows, ("-", "-", "3", "4"), policy="FIRST").replace(b"permohonan.jenis", b"permohonan.izin")
    files["jalur.dmn"] = asked.replace(b"permohonan.luas", b"a.luas")
    assert [code for code, at, severity in told(files) if severity == "error" and at == "r"] == faults


@pytest.mark.parametrize(
    ("answer", "declared", "fault"),
    [
        ("a.luas + a.catatan", "", True),
        ("len(a.luas)", "", True),
        ('max(a.luas, "x")', "", True),
        ("a.catatan", "number", True),
        ("a.luas", "boolean", True),
        ("a.luas", "string", True),
        ("a.luas + 1", "number", False),
        ("a.catatan", "string", False),
        ("a.luas &gt; 3", "boolean", False),
        ("a.catatan", "", False),
    ],
)
def test_answers_of_a_table_are_reckoned_with_the_fields_there_are(answer, declared, fault):
    way = d.chain("mulai", "a", "r", "selesai")
    files = one_file(roled("izin", d.start(), d.user("a"), d.rule("r", "jalur"), d.end(), way, tasks=("a",)))
    asked = table(("-", "&gt; 3", answer, "0"), ("-", "-", answer, "4"), policy="FIRST")
    asked = asked.replace(b"permohonan.jenis", b"permohonan.izin").replace(b"permohonan.luas", b"a.luas")
    files["jalur.dmn"] = asked.replace(b"<output ", f'<output typeRef="{declared}" '.encode(), 1) if declared else asked
    found = [(code, at) for code, at, severity in told(files) if severity == "error"]
    assert found == ([("wrong-type", "r")] * 2 if fault else [])


def test_a_cell_that_reckons_with_other_data_is_held_against_their_kinds():
    way = d.chain("mulai", "a", "r", "selesai")
    files = one_file(roled("izin", d.start(), d.user("a"), d.rule("r", "jalur"), d.end(), way, tasks=("a",)))

    def found(cell):
        asked = table(("-", cell, "1", "0"), ("-", "-", "2", "4"), policy="FIRST")
        asked = asked.replace(b"permohonan.jenis", b"permohonan.izin").replace(b"permohonan.luas", b"a.luas")
        return [(code, at) for code, at, severity in told({**files, "jalur.dmn": asked}) if severity == "error"]

    assert found("&gt; a.luas + a.catatan") == [("wrong-type", "r")]
    assert found("&gt; a.luas + 1") == []


def test_a_cell_that_its_column_cannot_hold_is_told_in_the_table_alone():
    way = d.chain("mulai", "a", "r", "selesai")
    files = one_file(roled("izin", d.start(), d.user("a"), d.rule("r", "jalur"), d.end(), way, tasks=("a",)))
    asked = table(("-", '"lima"', "1", "0"), ("-", "-", "3", "4"), policy="FIRST")
    asked = asked.replace(b"permohonan.jenis", b"permohonan.izin").replace(b"permohonan.luas", b"a.luas")
    files["jalur.dmn"] = asked
    assert [(code, at) for code, at, severity in told(files) if severity == "error"] == [("wrong-type", "r")]
    files["jalur.dmn"] = asked.replace(b"<inputExpression", b'<inputExpression typeRef="number"')
    found = [(code, at) for code, at, severity in told(files) if severity == "error"]
    assert [code for code, _ in found] == ["cell-type"]
    assert found[0][1] != "r"


def test_a_called_process_knows_what_every_caller_knows_and_leaves_what_it_wrote():
    inner = roled(
        "lain", d.start("l1"), d.service("s", "nilai.taruh", nilai="a.luas", result="hasil"), d.end("l2"),
        d.chain("l1", "s", "l2"),
    )  # fmt: skip
    outer = roled(
        "izin", d.start(), d.user("a"), d.call("panggil", "lain"), d.service("t", "nilai.taruh", nilai="hasil"),
        d.end(), d.chain("mulai", "a", "panggil", "t", "selesai"), tasks=("a",),
    )  # fmt: skip
    assert told({**one_file(outer), "lain.bpmn": d.file(inner)}) == []
    early = outer.replace(
        d.chain("mulai", "a", "panggil", "t", "selesai"), d.chain("mulai", "panggil", "a", "t", "selesai")
    )
    assert told({**one_file(early), "lain.bpmn": d.file(inner)}) == [("unknown-name", "s", "error")]


def test_a_single_file_is_held_against_the_release_it_joins():
    """A caller that is deployed already tells the called process what it will know."""
    outer = roled(
        "izin", d.start(), d.user("a"), d.call("panggil", "lain"), d.end(),
        d.chain("mulai", "a", "panggil", "selesai"), tasks=("a",),
    )  # fmt: skip

    def inner(value):
        return d.file(
            roled(
                "lain", d.start("l1"), d.service("s", "nilai.taruh", nilai=value), d.end("l2"), d.chain("l1", "s", "l2")
            )
        )

    release = bpmn.library({**one_file(outer), "lain.bpmn": inner("a.luas")}, KNOWN)
    assert bpmn.check({"baru.bpmn": inner("a.luas")}, KNOWN, release) == ()
    assert [one.code for one in bpmn.check({"baru.bpmn": inner("b.luas")}, KNOWN, release)] == ["unknown-name"]


def known_before(files):
    known = d.catalogue(start={"daftar": {}})
    examined = examine(files, known)
    assert [one for one in examined.problems if one.severity == "error"] == []
    return {element: one for (_, element), one in flow_of(examined.known).before.items()}


@pytest.mark.parametrize("sketch", [Sketch, Wide])
@pytest.mark.parametrize("seed", range(25))
def test_a_case_has_at_each_open_task_what_was_sure_and_nothing_that_was_not_possible(sketch, seed):
    """Random diagrams, walked at random on the real engine: the analysis tells no untruth of any state met."""
    files, dice = sketch(seed).files(), random.Random(seed)
    before = known_before(files)
    walk = Remembered(files, data={"daftar": LIST}, known=d.catalogue(start={"daftar": {}}))
    for number in range(30):
        if walk.position.ended:
            break
        for task in walk.step.workflow.get_tasks(manual=True, state=TaskState.READY):
            said = before[task.task_spec.bpmn_id or task.task_spec.name]
            held = {key for key in task.data if not key.startswith("_")}
            assert said.sure <= held, (seed, task.task_spec.name, said.sure - held)
            assert held <= said.some | own(task), (seed, task.task_spec.name, held - said.some)
        perform(walk, any_act(dice, walk.position), {"ya": dice.random() < 0.4, "ke": number})


def own(task):
    """What a member of a repetition, or of a loop, holds of its own rounds."""
    name = task.task_spec.bpmn_id or task.task_spec.name.removesuffix(" [child]")
    drawn = {key for key in task.data if key[0] in "ahi" and key[1:].isdigit()}
    return drawn | {name, f"{name}_anggota", f"{name}_hasil"}


def test_a_message_that_nobody_sends_is_warned_of_where_it_is_waited_for():
    known = d.catalogue((put,), messages=frozenset({"cabut"}))

    def waiting(name, *more):
        parts = (d.start(), d.user("a"), d.catch("c", d.by_message(name)), d.end(), *more)
        return one_file(d.message("cabut"), d.message("kabar"), roled("izin", *parts, tasks=["a", "b"]))

    straight = d.chain("mulai", "a", "c", "selesai")
    assert told(waiting("cabut", straight), known) == []
    assert told(waiting("kabar", straight), known) == [("unsent-message", "c", "warning")]
    thrown = (
        d.user("b")
        + f'<intermediateThrowEvent id="k">{d.by_message("kabar")}</intermediateThrowEvent>'
        + d.parallel("p")
        + d.parallel("j")
    )
    both = d.chain("mulai", "a", "p", "c", "j", "selesai") + d.chain("p", "b", "k", "j")
    assert told(waiting("kabar", thrown, both), known) == []


def test_a_field_that_a_form_hands_over_and_nobody_reads_is_warned_of():
    known = d.catalogue((put,), routes={"formulir": {"luas": "number"}}, start=START)
    files = chosen("a.keputusan == &quot;ya&quot;")
    unread = [("unread-field", one, "warning") for one in ("a", "b", "c")]
    assert told(files, known) == unread
    assert told(chosen("a.luas &gt; 3"), known) == unread[1:]


def hint_beside(optional):
    """Where `dalam` reads paraf_kabit, called after `optional` (id, what is drawn) or not: what is advised."""
    id, drawn = optional
    outer = roled(
        "luar", d.start(), d.exclusive("x", "f_x_panggil"), drawn, d.call("panggil", "dalam"), d.end(),
        d.chain("mulai", "x", "panggil", "selesai"), d.flow("x", id, "permohonan.baru"), d.flow(id, "panggil"),
        tasks=(id,),
    )  # fmt: skip
    inner = d.process(
        "dalam", d.start("awal"), d.exclusive("y", "f_y_akhir"), d.end("akhir"), d.end("usai"),
        d.chain("awal", "y", "akhir"), d.flow("y", "usai", "paraf_kabit.setuju"),
    )  # fmt: skip
    other = roled("lain", d.start("m"), d.user("paraf_kabid"), d.end("n"), d.chain("m", "paraf_kabid", "n"))
    files = {"luar.bpmn": d.file(outer), "dalam.bpmn": d.file(inner), "lain.bpmn": d.file(other)}
    (one,) = [one for one in bpmn.check(files, KNOWN) if one.code == "unknown-name"]
    return one.hint


def test_a_near_name_is_suggested_only_where_it_can_be_read():
    """A step of another process that the caller may have called before is none to read from here; its own step is."""
    assert hint_beside(("paraf_kabia", d.user("paraf_kabia"))) == "Maksudnya paraf_kabia?"
    assert hint_beside(("dulu", d.call("dulu", "lain"))).startswith("Yang ada di sini: ")


def test_a_question_that_is_not_handed_to_the_process_is_told_in_the_words_of_the_builder_of_forms():
    known = d.catalogue((put,), routes=ROUTES, start=START, labels={"formulir": {"risiko": "Tingkat risiko"}})
    [one] = [one for one in bpmn.check(chosen("a.risiko == 1"), known) if one.code == "unknown-field"]
    assert one.message.endswith(
        "memakai a.risiko, tetapi isian “Tingkat risiko” pada formulir formulir belum diteruskan ke proses"
    )
    assert one.hint == (
        "Buka formulirnya, pilih isian “Tingkat risiko”, lalu centang “Diteruskan ke proses, dapat dibaca syarat”."
    )
    assert CALLED["routes"] == HANDED
    [other] = [one for one in bpmn.check(chosen("a.lus == 1"), known) if one.code == "unknown-field"]
    assert (other.message.partition("tetapi ")[2], other.hint) == ("a tidak mempunyai bagian lus", "Maksudnya luas?")


@named("nilai.kosong", leaves={})
def silent(call):
    """Do something that leaves nothing to read."""
    return Answer(None)


# What is read of a step that no diagram has -> the name that may be meant, "" where none may.
MEANT = {
    "paraf_skrx.keputusan == &quot;ya&quot;": "paraf_skra",  # paraf_skrd, as near, is a letter and decides nothing
    "paraf_skrx.luas &gt; 3": "paraf_skra",
    "paraf_skrx.luas &gt; 3 and paraf_skrx.jumlah &gt; 3": "",  # no form asks both
    "get(&quot;paraf_skrx.jumlah&quot;, 0) &gt; 3": "",
    "surat_lama.keputusan == &quot;ya&quot;": "",  # surat_lam is a letter
    "surat_lama == null": "surat_lam",  # read whole, it may be meant
    "batas_paray.keputusan == &quot;ya&quot;": "",  # batas_paraf is a timer
    "daftar_parax.keputusan == &quot;ya&quot;": "",  # daftar_paraf is a list of answers
    "len(daftar_parax) &gt; 3": "daftar_paraf",
    "permohonam.baru": "permohonan",  # what every case brings, too
    "permohonam.keputusan == &quot;ya&quot;": "",
    "tanpa_formulis.jumlah &gt; 3": "tanpa_formulir",  # of whose form nothing is known
}


@pytest.mark.parametrize("read", MEANT)
def test_a_near_name_is_suggested_only_where_it_has_what_is_read_of_it(read):
    files = one_file(
        roled(
            "izin", d.start(), d.user("paraf_skra"), d.service("paraf_skrd", "nilai.kosong"),
            d.service("surat_lam", "nilai.kosong"), d.user("tanpa_formulir", form="tiada"),
            d.user("hitung", inner=d.many("permohonan.daftar", "w", "daftar_paraf", "z")),
            d.catch("batas_paraf", d.after("PT1H")), d.exclusive("y", "f_y_selesai"), d.end(), d.end("lain"),
            d.chain("mulai", "paraf_skra", "paraf_skrd", "surat_lam", "tanpa_formulir", "hitung", "batas_paraf", "y"),
            d.chain("y", "selesai"), d.flow("y", "lain", read), tasks=("paraf_skra", "tanpa_formulir", "hitung"),
        )
    )  # fmt: skip
    start = {"permohonan": {"izin": "text", "baru": "boolean", "daftar": "list"}}
    known = d.catalogue((put, silent), routes=ROUTES, start=start)
    (hint,) = [one.hint for one in bpmn.check(files, known) if one.code == "unknown-name"]
    assert hint == f"Maksudnya {MEANT[read]}?" if MEANT[read] else hint.startswith("Yang ada di sini: ")
