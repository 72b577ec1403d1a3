"""Another id for a step: diagrams, tables, letters, scenarios and settings that say the old one follow.

The id is also the name under which a step's answers are read, so it is replaced wherever an expression says it, and
where another diagram has a step of the same id, there too.  Texts in quotation marks are values and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from engine import naming, scenario_names
from engine.bpmn import elements, reading
from engine.bpmn.expressions import FUNCTIONS
from engine.changed_files import Changed, kept, replaced, told
from engine.deployment import CATALOGUE, START
from engine.errors import Finding, Refused, SubmissionInvalid

# Steps that the office's own code finds by their id: rights, papers, letters, reports (tests/house/test_own_steps.py).
OWN_STEPS = frozenset(
    (
        "ajukan bap bast bayar bekukan_strd belum_diambil bersamaan buka_kembali cek_retribusi daftar dicabut "
        "ditandatangani ditetapkan ditolak eskalasi hadir hitung_retribusi hitung_ulang jadwalkan jalur jatuh_tempo "
        "kajian konfirmasi_bank lembar_perbaikan lengkap lengkapi lunas mulai paraf_sekretaris paraf_skrd pelayanan "
        "perbaikan periksa_kelengkapan proses_pengembalian putusan_ronde rekomendasi rekomendasi_opd "
        "sampaikan_penolakan sampaikan_skrd selesai serahkan skm strd surat_penolakan surat_tugas susun_naskah "
        "tanda_tangan tanda_tangan_penolakan tanda_terima teguran telaah_penolakan terbit terbit_skrd terbitkan "
        "terdaftar tetapkan_skrd tinjauan tolak usul_jalur validasi_bayar verifikasi_keabsahan"
    ).split()
)
_NODES = "|".join((*elements.FLOW_NODES, "outputDataItem", "inputDataItem"))
_TEXTS = (
    "conditionExpression|loopCondition|completionCondition|loopCardinality|loopDataInputRef|loopDataOutputRef|timeDate"
    "|timeDuration"
)
_QUOTES = r"&quot;|&#34;|&apos;|&#39;|\"|'"
_SAID = r"((?:\bget\(\s*)?)({quotes})(.*?)\2|(?<![\w.]){old}(?!\w)"


def renamed(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    """The files that change.  Raises SubmissionInvalid at `baru` for a name that is taken, Refused for no such step or
    one that the office's own code knows."""
    steps, names = _drawn(files)
    if old not in steps:
        raise Refused(Finding("Langkah %(step)s tidak ada dalam diagram mana pun; tulis id elemennya.", step=old[:60]))
    if old in OWN_STEPS:
        raise Refused(
            "Langkah ini tidak dapat diganti namanya: kantor mengenalinya dengan id itu. Ganti sebutannya saja."
        )
    if new in names:
        raise SubmissionInvalid({"baru": Finding("%(name)s sudah dipakai sebuah diagram; pilih id lain.", name=new)})
    odd = naming.fault(new)
    if odd or new in START or new in FUNCTIONS or new in naming.OF_CONDITIONS:
        said = odd or Finding("adalah kata bahasa syarat atau nama yang dipakai mesin proses")
        raise SubmissionInvalid({"baru": Finding("%(name)s %(fault)s; pilih id lain.", name=new, fault=said)})
    return followed(files, old, new)


def followed(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    """The files that change where all that say the old id say the new one, whatever else is called so."""
    found: Changed = {}
    for act in (_elements, _references, _expressions, _tables, _letters, _law):
        found |= act({**files, **kept(found)}, old, new)
    return found | scenario_names.step({**files, **kept(found)}, old, new)


def _drawn(files: Mapping[str, bytes]) -> tuple[set[str], set[str]]:
    """Ids of all steps, and every name that a diagram gives to anything."""
    steps, names = set[str](), set[str]()
    for path, content in files.items():
        if path.endswith(".bpmn"):
            root = reading.read(path, content)
            steps |= {one.get("id", "") for one in elements.flow_nodes(root)}
            for one in root.iter():
                names |= {one.get("id", ""), one.get("resultVariable", "")}
            names |= {elements.text(one) for one in elements.inside(root, "loopDataOutputRef")}
    return steps - {""}, names


_Act = Callable[[Mapping[str, bytes], str, str], Changed]
BPMN = (".bpmn",)


def _elements(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    """The step itself, and what repeats it under its name."""
    return replaced(files, rf'(<(?:\w+:)?(?:{_NODES})\b[^>]*?\sid="){re.escape(old)}(")', rf"\g<1>{new}\g<2>", BPMN)


def _references(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    name = re.escape(old)
    ends = rf'(\s(?:bpmnElement|sourceRef|targetRef|attachedToRef|resultVariable)="){name}(")'
    found = replaced(files, ends, rf"\g<1>{new}\g<2>", BPMN)
    lanes = rf"(<(?:\w+:)?flowNodeRef>\s*){name}(\s*</)"
    found |= replaced({**files, **kept(found)}, lanes, rf"\g<1>{new}\g<2>", BPMN)
    apart = _property("notSameAs")
    listed = partial(_in_list, old=old, new=new)
    return found | replaced({**files, **kept(found)}, apart, listed, BPMN)


def _property(names: str, before: str = "") -> str:
    """The value of a property of these names, behind what stands first in it; its attributes in either order."""
    return rf'(<\w+:property\b(?=[^>]*\sname="(?:{names})")[^>]*?\svalue="{before})([^"]*)(")'


def _in_list(found: re.Match[str], old: str, new: str) -> str:
    return found[1] + re.sub(rf"(?<![^\s,]){re.escape(old)}(?![^\s,])", new, found[2]) + found[3]


def _expressions(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    """Conditions, repetitions, times, parameters, whom a task names, what messages carry and are known by."""
    around = partial(_inside, old=old, new=new)
    found: Changed = {}
    for site in (
        rf"(<(?:\w+:)?(?:{_TEXTS})\b[^>]*>)([^<]*)(<)",
        r'(<\w+:parameter\b[^>]*?\svalue=")([^"]*)(")',
        _property("namedBy|payload"),
        _property("correlation", '[^"=]*='),
    ):
        found |= replaced({**files, **kept(found)}, site, around, BPMN)
    return found


def _inside(found: re.Match[str], old: str, new: str) -> str:
    return found[1] + said(found[2], old, new) + found[3]


def said(text: str, old: str, new: str) -> str:
    """An expression with its name replaced, as it stands in the file: `get("old.x")` too, other quoted texts never."""

    def one(found: re.Match[str]) -> str:
        if found[2] is None:
            return new
        within = found[3]
        if found[1] and within.partition(".")[0] == old:
            within = new + within[len(old) :]
        return f"{found[1]}{found[2]}{within}{found[2]}"

    return re.sub(_SAID.format(quotes=_QUOTES, old=re.escape(old)), one, text)


def _tables(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    """What tables ask of the step's answers."""
    return replaced(files, r"(<(?:\w+:)?text>)([^<]*)(<)", partial(_inside, old=old, new=new), (".dmn",))


def _letters(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    """Where letters look the step's answers up, alone or in a list of pairs, and where they ask which step it was."""
    name, found = re.escape(old), dict[str, bytes | None]()
    for site in (rf'(isian"?,\s*"){name}(")', rf'(\("){name}("\s*,\s*")', rf'(\blangkah\b[^{{\n]*?"){name}(")'):
        found |= replaced({**files, **kept(found)}, site, rf"\g<1>{new}\g<2>", (".typ",))
    return found


def _law(files: Mapping[str, bytes], old: str, new: str) -> Changed:
    """Steps that send a letter, and those whose decisions are looked at for patterns."""

    def letters(kinds: Any) -> Any:
        if isinstance(kinds, dict):
            return {key: letters(one) if key != "sent_by" else _names(one, old, new) for key, one in kinds.items()}
        return kinds

    def settings(all: Any) -> Any:
        return {key: _names(one, old, new) if key == "pola_audit" else one for key, one in all.items()}

    return told(f"{CATALOGUE}letters.json", files, letters) | told(f"{CATALOGUE}settings.json", files, settings)


def _names(value: Any, old: str, new: str) -> Any:
    if isinstance(value, list):
        return [_names(one, old, new) for one in value]
    if isinstance(value, dict):
        return {new if key == old else key: _names(one, old, new) for key, one in value.items()}
    return new if value == old else value
