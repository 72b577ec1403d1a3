"""The checker is read in both languages: no sentence of it is put together by hand, and each has its English."""

import ast
import json
import random
import re
from copy import deepcopy

import pytest
from lxml import etree

from app.cli import release_files
from engine import catalogue, deployment, drafting, forms
from engine.errors import Problem
from scripts import translations
from tests.depth import THOROUGH, examples
from tests.engine.bpmn.test_hostile import HOSTILE
from tests.in_english import has_english, left_indonesian, untranslated

MAKES = {"Finding", "Problem", "ExpressionFault"}  # whoever names one of these tells somebody of a fault
WORD = re.compile(r"[^\W\d_]{3}")
# Beside sentences, what a module of the checker keeps of prose: facts about clocks, words of code, examples.
NO_SENTENCES = {
    " runs", " stopped", "paused for ", "resumed, ", " reopened at ", " begun at ", "as written", "said ", "due ",
    "date and time", '>= date("2026-01-31")', "RULE ORDER", "OUTPUT ORDER", "BPMN 2.0", "DMN 1.3", ", terpakai ", " hk",
    "the time of a step needs a zone", "kalender awal", "anggota ", "Anggota tim (contoh) ", "Anggota tim (contoh) 1",
    "Anggota tim (contoh) 2",
}  # fmt: skip
ASIDE = {"compile", "split", "error", "warning", "option", "TypeVar", "removeprefix", "startswith"}  # calls: no prose


def modules():
    """Modules of the engine and of operations that find faults in what somebody drew or wrote."""
    for room in ("engine", "app/operations", "app/letters"):
        for path in sorted((translations.ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text())
            named = {one.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names}
            if named & MAKES or path.parent.name == "checking":
                yield path, tree


def aside(tree):
    """Nodes that are no sentences: docstrings, patterns, keys, what is compared, annotations."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in ASIDE:
            yield from ast.walk(node)
        elif isinstance(node, ast.Dict):
            yield from (one for one in node.keys if one is not None)
        elif isinstance(node, ast.Compare):
            yield from (one for part in (node.left, *node.comparators) for one in ast.walk(part))
        elif isinstance(node, ast.AnnAssign) and "TypeAlias" in ast.unparse(node.annotation):
            yield from ast.walk(node)


def prose(text):
    return bool(WORD.search(re.sub(r"%\(\w+\)s", "", text))) and " " in text and text not in NO_SENTENCES


def test_no_sentence_of_the_checker_is_put_together_by_hand():
    """An f-string has no pattern: nobody could look its English up."""
    made = []
    for path, tree in modules():
        left = set(aside(tree))
        for node in (one for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) and one not in left):
            pieces = [one.value for one in node.values if isinstance(one, ast.Constant)]
            if any(prose(one) for one in pieces):
                made.append(f"{path.relative_to(translations.ROOT)}:{node.lineno} {pieces}")
    assert not made, "make a Finding of it"


def test_every_sentence_in_the_code_of_the_checker_has_its_english():
    found, missing = set(), set()
    for _path, tree in modules():
        left = set(aside(tree)) | {
            one for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for one in ast.walk(node)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node not in left
                and prose(node.value)
            ):
                found.add(node.value)
                missing |= set() if has_english(node.value) else {node.value}
    assert len(found) > 550
    assert not missing, "write them into " + translations.MESSAGES.name


# What a slip of the hand leaves in a diagram or table: an element gone, doubled or of another kind, other words.
WORDS = ("", "x", "keputusan", "periksa.tidak_ada", "P1X", "true", "false", "hitung_", "clock.stop", "COLLECT", "Start")
EXPRESSIONS = (
    "a.b > 1", 'x + "a"', '"a" + 1', "1 / 0", "not(", "get(1)", "x == true", "1e5", "[1, 2] > 3", "len(3)", "f(1)",
    "permohonan.jenis == 3", 'permohonan.jenis == "lain"', "permohonan.tidak_ada", "_x", "P1X", "[5..1]", "baru", "-3",
)  # fmt: skip


def slipped(text, chance):
    """A diagram or table with one to three slips in it."""
    root = etree.fromstring(text.encode())
    for _ in range(chance.randint(1, 3)):
        drawn = [one for one in root.iter(etree.Element) if "BPMN/20100524/DI" not in one.tag and "/DD/" not in one.tag]
        one, other = chance.choice(drawn[1:]), chance.choice(drawn[1:])
        chance.choice((_gone, _doubled, _turned, _renamed, _renamed, _renamed, _reworded, _reworded))(
            one, other, chance
        )
    return etree.tostring(root, encoding="unicode")


def _gone(one, _other, _chance):
    one.getparent().remove(one)


def _doubled(one, other, _chance):
    (one if other in one.iter() else other).append(deepcopy(one))


def _turned(one, _other, chance):
    kinds = ("userTask", "task", "scriptTask", "complexGateway", "parallelGateway", "endEvent", "inclusiveGateway")
    one.tag = (
        one.tag.partition("}")[0] + "}" + chance.choice((*kinds, "receiveTask", "subProcess", "timerEventDefinition"))
    )


def _renamed(one, other, chance):
    for name in one.attrib:
        if chance.random() < 0.4:
            one.set(name, chance.choice((*WORDS, other.get("id", ""), one.get(name) + "q")))


def _reworded(one, _other, chance):
    for inner in one.iter(etree.Element):
        inner.text = chance.choice((inner.text, *EXPRESSIONS)) if (inner.text or "").strip() else inner.text


def wrong(value, chance):
    """A value of JSON with something in it that does not belong there."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(sorted(value))
        if chance.random() < 0.2:
            return {name: one for name, one in value.items() if name != key}
        if chance.random() < 0.1:
            return {**value, "tidak_dikenal": 1}
        return {**value, key: wrong(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        return [wrong(one, chance) if index == at else one for index, one in enumerate(value)] + value[
            : chance.randint(0, 1)
        ]
    return chance.choice((None, "", "xyz", 1, True, [], {}, ["a"], {"a": 1}, "99 tahun", "2026-02-30"))


SPOILT = {"drawn": examples(700), "law": examples(60), "forms": 8 if THOROUGH else 3}  # times


def spoilt_release(chance, known):
    """Problems of the files of a release, each spoilt in turn, with what was written in them."""
    files = release_files()
    around = deployment.surroundings(files)
    drawn = [name for name in files if name.endswith((".bpmn", ".dmn"))]
    for number in range(known["drawn"]):
        name = drawn[number % len(drawn)]
        text = slipped(files[name].decode(), chance)
        yield deployment.check_set({name: text.encode()}, around), text
    rows = {name.removeprefix(deployment.CATALOGUE): one for name, one in files.items() if deployment.CATALOGUE in name}
    for name in sorted(rows) * known["law"]:
        text = json.dumps(wrong(json.loads(rows[name]), chance), ensure_ascii=False)
        yield catalogue.load({**rows, name: text.encode()})[1], text
        yield drafting.unread(deployment.CATALOGUE + name, text.encode()), text
    for name in [one for one in sorted(files) if one.startswith("forms/")] * known["forms"]:
        text = json.dumps(wrong(json.loads(files[name]), chance), ensure_ascii=False)
        yield forms.load(name, text)[1], text
        yield drafting.unread(name, text.encode()), text


def test_whatever_is_wrong_with_a_spoilt_release_is_told_in_english():
    codes, patterns, missing = set(), set(), set()
    for problems, text in spoilt_release(random.Random(20261130), SPOILT):
        for one in problems:
            codes.add(one.code)
            patterns |= {getattr(said, "pattern", said) for said in (one.message, one.hint) if said}
            for said in (one.message, one.hint):
                missing |= {*untranslated(said), *left_indonesian(said, text)}
    assert len(codes) > 60
    assert len(patterns) > 145
    assert not missing


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_english(name):
    found = deployment.check_file("jahat.bpmn", HOSTILE[name])
    assert found
    assert not [said for one in found for said in (*untranslated(one.message), *untranslated(one.hint))]


def test_a_problem_is_kept_as_text_as_it_always_was():
    """Stored, compared and written out it is the sentence in Indonesian."""
    (one,) = drafting.unread("forms/a.json", b"[]")
    assert (
        json.loads(json.dumps(vars(one)))["message"]
        == "Formulir harus berupa objek {…} dengan bagian-bagiannya (sections)."
    )
    again = Problem(**vars(one))
    assert (again, hash(again)) == (one, hash(one))
