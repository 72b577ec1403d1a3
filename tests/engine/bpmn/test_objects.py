"""Data objects: what the activity before them left can be read from them, and their arrows lead somewhere."""

import pytest

from engine import bpmn
from engine.services.all import SERVICES
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_meaning import KNOWN, asked, over, serve, told
from tests.engine.bpmn.test_words import KNOWN as WORDED
from tests.engine.bpmn.walking import Walk

DRAWN = '<dataObject id="berkas"/><dataObjectReference id="kertas" dataObjectRef="berkas"/>'
AT = "f_x_lain"


def link(target="kertas", tag="dataOutputAssociation", end="targetRef"):
    return f'<{tag} id="panah"><{end}>{target}</{end}></{tag}>'


def reading(condition, kept=None, drawn=DRAWN, known=KNOWN):
    """`a`, an activity with an arrow to a data object, and a choice that reads the object."""
    ((name, text),) = asked(condition, kept or d.user("b", inner=link())).items()
    text = (
        text.decode().replace("<startEvent", drawn + "<startEvent", 1).replace(">a<", ">a</flowNodeRef><flowNodeRef>b<")
    )
    return {name: text.encode()}


def put(element, inner):
    """An element with something drawn into it, after its extensions."""
    return element.replace("</extensionElements>", f"</extensionElements>{inner}", 1)


READ = {  # what is asked of the data object, wrong and right, and what is told
    "a field nobody writes": ("berkas.luass > 3", "berkas.luas > 3", "unknown-field"),
    "a field of another kind": ('berkas.luas == "3"', 'berkas.catatan == "3"', "wrong-type"),
    "the name of the drawing": ("kertas.luas > 3", "berkas.luas > 3", "unknown-name"),
    "an object nobody writes": ("map.luas > 3", "berkas.luas > 3", "unknown-name"),
}


@pytest.mark.parametrize("name", READ)
def test_a_data_object_holds_what_the_activity_before_it_left(name):
    wrong, right, code = READ[name]
    drawn = DRAWN + '<dataObject id="map"/>'
    assert told(reading(wrong, drawn=drawn)) == [(code, AT)]
    assert told(reading(right, drawn=drawn)) == []


def test_a_word_that_the_form_does_not_offer_is_told_of_the_object_too():
    assert told(reading('berkas.status == "gadai"'), WORDED) == [("unknown-word", AT)]
    assert told(reading('berkas.status == "sewa"'), WORDED) == []


def test_what_a_service_leaves_under_a_name_of_its_own_is_kept():
    count = put(serve("round.next", "ronde"), link()).replace('id="s"', 'id="b"')
    assert told(reading("berkas.ke > 0", count)) == []
    assert told(reading("berkas.kee > 0", count)) == [("unknown-field", AT)]
    walk = Walk(reading("berkas.ke > 0", count), known=KNOWN, services=tuple(SERVICES)).complete("a", keputusan="ya")
    assert walk.data["berkas"] == {"ke": 1}
    assert walk.position.ends == ("lain",)


def test_an_object_behind_a_repetition_may_hold_anything_and_one_behind_a_sub_process_nothing():
    loop = f"<multiInstanceLoopCharacteristics>{over('a.instansi')}</multiInstanceLoopCharacteristics>"
    assert told(reading("berkas.apa > 3", d.user("b", inner=link() + loop))) == []
    inner = d.sub("b", d.start("s1"), d.user("c"), d.end("s2"), d.chain("s1", "c", "s2"), inner=link())
    assert told(reading("berkas.apa > 3", inner)) == [("unknown-name", AT)]


def test_two_activities_that_fill_one_object_leave_the_fields_of_both():
    first = d.user("b", inner=link())
    second = put(serve("round.next", "ronde"), link()).replace("panah", "panah2")
    ((name, text),) = asked("berkas.luas > 3 and berkas.ke > 0", first, second).items()
    text = (
        text.decode().replace("<startEvent", DRAWN + "<startEvent", 1).replace(">a<", ">a</flowNodeRef><flowNodeRef>b<")
    )
    assert told({name: text.encode()}) == []
    assert told({name: text.replace("berkas.ke ", "berkas.kee ").encode()}) == [("unknown-field", AT)]


NOWHERE = {  # what is drawn, and where it leads nowhere
    "an arrow from a task": (d.user("b", inner=link("hilang")), DRAWN, "panah"),
    "an arrow to a task": (d.user("b", inner=link("hilang", "dataInputAssociation", "sourceRef")), DRAWN, "panah"),
    "a reference": (d.user("b"), DRAWN.replace('dataObjectRef="berkas"', 'dataObjectRef="hilang"'), "kertas"),
    "a reference in which something is kept": (
        d.user("b", inner=link()),
        '<dataObjectReference id="kertas"/>',
        "kertas",
    ),
}


@pytest.mark.parametrize("name", NOWHERE)
def test_an_arrow_or_a_reference_to_nothing_is_told_where_it_is_drawn(name):
    kept, drawn, element = NOWHERE[name]
    files = reading("a.luas > 3", kept, drawn)
    assert told(files) == [("unknown-element", element)]
    (found,) = [one for one in bpmn.check(files, KNOWN) if one.code == "unknown-element"]
    assert found.severity == "warning"
    assert found.hint


def test_arrows_to_what_is_drawn_and_objects_for_readers_are_no_fault():
    stores = DRAWN + '<dataStoreReference id="arsip"/><dataObjectReference id="catatan_saja"/>'
    both = link() + link("arsip", "dataInputAssociation", "sourceRef").replace("panah", "panah2")
    assert told(reading("a.luas > 3", d.user("b", inner=both), stores)) == []


def test_two_arrows_to_nothing_are_both_told():
    both = link("hilang") + link("sesat", "dataInputAssociation", "sourceRef").replace("panah", "panah2")
    assert sorted(told(reading("a.luas > 3", d.user("b", inner=both)))) == [
        ("unknown-element", "panah"), ("unknown-element", "panah2"),
    ]  # fmt: skip
