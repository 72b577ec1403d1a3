"""What the checker says names first what the panel of the editor calls it, for whoever has never seen the file."""

import re

import pytest

from engine import bpmn
from scripts import translations
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_meaning import KNOWN, many, row, serve

IN_FILES = re.compile(
    r"\b(isExecutable|notSameAs|namedBy|formKey|calledElement|\w+Ref|cancelActivity|loop[A-Z]\w+|(?:in|out)putDataItem"
    r"|clock\.\w+)\b"
)
SAID = re.compile(r'"((?:[^"\\]|\\.)* (?:[^"\\]|\\.)*)"')


def told(files):
    return [(one.element, f"{one.message} {one.hint}") for one in bpmn.check(files, KNOWN) if one.severity == "error"]


@pytest.mark.parametrize(
    ("name", "service", "words"),
    [
        ("notice", "notice.send", "Parameter Pesan (notice) pada S belum dipilih Pilih dari daftarnya."),
        ("letter", "letter.issue", "Parameter Surat (letter) pada S belum dipilih Pilih dari daftarnya."),
        ("clock", "clock.stop", "Parameter Jam (clock) pada S belum dipilih Pilih dari daftarnya."),
        ("value", "outcome.set", "Parameter Nilai (value) pada S belum diisi Sebut data, misalnya periksa.pada"),
    ],
)
def test_what_was_not_chosen_is_told_as_such_and_not_as_an_empty_expression(name, service, words):
    found = told(row(serve(service, **{name: ""}).replace('id="s"', 'id="s" name="S"')))
    assert [element for element, _ in found] == ["s"]
    assert found[0][1].startswith(words)


def test_a_repetition_without_a_list_is_told_by_the_labels_of_the_panel():
    found = told(row(many(""), tasks=("a", "b")))
    assert any("Isi Daftar (loopDataInputRef) atau Banyak putaran (loopCardinality)" in words for _, words in found)


def test_no_sentence_of_the_checker_names_an_attribute_outside_brackets():
    found = []
    for path in sorted((translations.ROOT / "engine/bpmn/checking").glob("*.py")):
        code = re.sub(r'"""(?:.|\n)*?"""', "", path.read_text())
        for said in SAID.findall(code):
            found += [(path.name, said) for _ in IN_FILES.findall(re.sub(r"\([^()]*\)", "", said))]
    assert not found


def test_a_process_that_nobody_may_run_is_told_by_the_tick_of_the_panel():
    found = told(
        {"a.bpmn": d.file(d.process("izin", d.start(), d.end(), d.chain("mulai", "selesai"), executable=False))}
    )
    assert any("Centang Dijalankan (isExecutable)" in words for _, words in found)
