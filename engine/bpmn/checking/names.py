"""Rules about names: what an expression reads is there, has such a part, and is of the kind it is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.cells import ANY, cleaned, condition
from engine.bpmn.checking import columns
from engine.bpmn.checking.bindings import in_error
from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.comparing import SAID
from engine.bpmn.checking.dataflow import ANYTHING, DataFlow, Known
from engine.bpmn.checking.inference import infer
from engine.bpmn.checking.kinds import awaited_by, empty_of, held_by, parts_of
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.checking.sources import HANDED, advice, asked_only, data_called, form_of, near, step_called
from engine.bpmn.checking.texts import Evaluated, cell_called, evaluated, rows
from engine.bpmn.checking.written import written
from engine.bpmn.decisions import Decision, Rule
from engine.bpmn.elements import CALLS, decision
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Finding, Problem, joined

# What is told where an expression must give a value of one kind.
_WANTED = {
    "boolean": 'Bandingkan dengan sebuah nilai, misalnya periksa.keputusan == "lengkap".',
    "data": 'Beri tiap nilai sebuah nama, misalnya {"nomor": terbit.nomor}.',
    "list": "Sebut data yang berupa daftar, misalnya tentukan.instansi.",
    "number": "Sebut sebuah bilangan atau data yang berupa bilangan.",
    "text": 'Sebut sebuah tanggal atau lama waktu sebagai teks, misalnya "P10D".',
}


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    if known.catalogue.start is None:
        return
    for one in (*evaluated(sheet), *_asked(sheet, known)):
        try:
            yield from _checked(sheet, known, one)
        except ExpressionFault:
            continue  # told where texts are checked
    for one in rows(sheet, known):
        try:
            yield from _kinds_of(sheet, known, one)
            yield from _left_empty(sheet, known, one)
            yield from () if one.ruled else _reckoned(sheet, known, one)
        except ExpressionFault:
            continue


@lru_cache(maxsize=2)
def flow_of(known: Set) -> DataFlow:
    """The analysis of one examination, for all of its sheets."""
    return DataFlow(known, known.catalogue.start or {}, flow_of(known.beside) if known.beside else None).run()


def _asked(sheet: Sheet, known: Set) -> Iterator[Evaluated]:
    """What a business rule task's table asks for."""
    for node in sheet.of("businessRuleTask"):
        table = known.decisions.get(decision(node))
        for written_so in table.inputs if table else ():
            yield Evaluated(
                node, Finding("Masukan tabel %(node)s", node=called_so(node)), written_so, node.get("id", "")
            )
        for rule in table.rules if table else ():
            yield from _of_row(node, table, rule) if table else ()


def _of_row(node: Any, table: Decision, rule: Rule) -> Iterator[Evaluated]:
    """What a row asks, and what it answers in columns that the table has."""
    for index, text in _without_question(table, rule):
        yield Evaluated(node, cell_called(node, table, rule, index), text, node.get("id", ""), ruled=True)
    for index, value in enumerate(rule.values[: len(table.outputs)]):
        what = cell_called(node, table, rule, len(table.inputs) + index)
        yield Evaluated(node, what, cleaned(value), node.get("id", ""), wants=columns.wanted(table, index))


def _without_question(table: Decision, rule: Rule) -> Iterator[tuple[int, str]]:
    """The tests of a row by themselves, each with its column, so that a question's own names are told once."""
    for index, (question, cell) in enumerate(zip(table.inputs, rule.conditions, strict=False)):
        if question and cell not in ANY and not columns.unquoted(table, index, cell):
            yield index, condition("0", cell)


def _checked(sheet: Sheet, known: Set, one: Evaluated) -> Iterator[Problem]:
    here = flow_of(known).before.get((sheet.file, one.at))
    if here is None:  # never reached, or in a process that nobody runs: told by other rules
        return
    here = here.plus(one.also)
    if one.after:
        node = sheet.by_id.get(one.at)
        here = here.plus(written(node, known)) if node is not None else here
    yield from _names(sheet, known, one, here)
    yield from _parts(sheet, known, one)


def _from_error(sheet: Sheet, known: Set, name: str) -> bool:
    """Whether a diagram that cannot be read may have left a name: it says it, or it calls a process from here."""
    calling = [one.get("id", "") for one in sheet.processes] if known.faulty else []
    for key in calling:  # grows as it goes
        holders = {one.get("id", "") for caller, _ in known.callers.get(key, ()) for one in caller.processes}
        calling += holders.difference(calling)
    return in_error(known, f'="{name}"') or any(in_error(known, f'{CALLS}="{one}"') for one in calling)


def _names(sheet: Sheet, known: Set, one: Evaluated, here: Known) -> Iterator[Problem]:
    firm = mentions.firm_names(one.text)
    for name in sorted(mentions.names(one.text)):
        if not {name, ANYTHING} & here.some and not _from_error(sheet, known, name):
            message = Finding(
                "%(what)s memakai %(data)s yang tidak diisi oleh langkah mana pun sebelumnya",
                what=one.what,
                data=data_called(known, name),
            )
            yield problem(
                sheet, one.node, "unknown-name", message, advice(sheet, known, one.node, name, here, one.text)
            )
        elif name in firm and name in here.some and not {name, ANYTHING} & here.sure:
            message = Finding(
                "%(what)s memakai %(data)s yang belum tentu ada: ada jalan ke sini yang tidak mengisinya",
                what=one.what,
                data=data_called(known, name),
            )
            hint = Finding('Pakai get("%(name)s", null), atau pastikan setiap jalan mengisinya.', name=name)
            yield problem(sheet, one.node, "not-always-set", message, hint, "warning")


def _parts(sheet: Sheet, known: Set, one: Evaluated) -> Iterator[Problem]:
    for name, part in sorted(set(mentions.paths(one.text))):
        kinds = parts_of(known).get(name)
        if kinds is not None and part not in kinds:
            why = _why_not(known, name, part)
            message = Finding(
                "%(what)s memakai %(name)s.%(part)s, tetapi %(why)s", what=one.what, name=name, part=part, why=why
            )
            yield problem(sheet, one.node, "unknown-field", message, _instead(known, name, part, frozenset(kinds)))
    for name, part, inner in sorted(set(mentions.rows(one.text))):
        row = held_by(known).lists.get((name, part))
        if row is not None and not isinstance(row, str) and inner not in row:
            message = Finding(
                "%(what)s memakai %(inner)s dari anggota %(name)s.%(part)s, yang tidak mempunyai bagian itu",
                what=one.what,
                inner=inner,
                name=name,
                part=part,
            )
            yield problem(sheet, one.node, "unknown-field", message, near(inner, frozenset(row)))
    yield from _kinds_of(sheet, known, one)
    yield from _left_empty(sheet, known, one)
    if one.wants or not one.ruled:
        yield from _reckoned(sheet, known, one)


def _why_not(known: Set, name: str, part: str) -> str:
    """Why a part is not there: what came with a message is what its senders put into it."""
    if awaited := awaited_by(known).get(name, ""):
        return Finding("tidak ada pengirim pesan %(awaited)s yang membawa %(part)s", awaited=awaited, part=part)
    if label := asked_only(known, name, part):
        form = known.named("form", form_of(known, name))
        return Finding("isian “%(label)s” pada formulir %(form)s belum diteruskan ke proses", label=label, form=form)
    whole = data_called(known, name) if step_called(known, name) else name
    return Finding("%(name)s tidak mempunyai bagian %(part)s", name=whole, part=part)


def _instead(known: Set, name: str, part: str, kinds: frozenset[str]) -> str:
    """What to do about a part that is not there."""
    if label := asked_only(known, name, part):
        hint = "Buka formulirnya, pilih isian “%(label)s”, lalu centang “%(routes)s”."
        return Finding(hint, label=label, routes=Finding(HANDED))
    return near(part, kinds)


def _left_empty(sheet: Sheet, known: Set, one: Evaluated) -> Iterator[Problem]:
    """A field that may be left empty where a value is needed: the case would stop there."""
    for name, part in sorted(mentions.needed(one.text) & empty_of(known)):
        message = Finding(
            "%(what)s memerlukan %(name)s.%(part)s, isian yang boleh dikosongkan", what=one.what, name=name, part=part
        )
        instead = _INSTEAD.get(parts_of(known).get(name, {}).get(part, ""), "0")
        hint = Finding(
            'Tanyakan dahulu %(name)s.%(part)s != null and …, atau pakai get("%(name)s.%(part)s", %(instead)s).',
            name=name,
            part=part,
            instead=instead,
        )
        yield problem(sheet, one.node, "not-always-set", message, hint, "warning")


_INSTEAD = {"text": '""', "list": "[]"}  # what may stand for an empty field; a number for every other


def _reckoned(sheet: Sheet, known: Set, one: Evaluated) -> Iterator[Problem]:
    """What can never be reckoned, and what is of another kind than it must be where it stands."""
    found = infer(one.text, held_by(known), one.wants)
    constant = not mentions.names(one.text)
    if constant and (found.faults or one.wants == "number"):  # told where texts and repetitions are checked
        return
    for fault in found.faults:
        yield problem(sheet, one.node, "wrong-type", joined((one.what, fault), ": "), "Samakan jenis nilainya.")
    odd = found.other_than(one.wants) if one.wants and not found.faults else ""
    if odd:
        path = mentions.whole_path(one.text)
        pattern = "%(what)s hanya menyebut %(path)s, sebuah %(kind)s, bukan %(wanted)s" if path else _OTHER_KIND
        told = {"what": one.what, "kind": SAID[odd], "wanted": SAID[one.wants]}
        message = Finding(pattern, path=".".join(path or ()), **told)
        yield problem(sheet, one.node, "wrong-type", message, _WANTED[one.wants])


_OTHER_KIND = "%(what)s berupa %(kind)s, bukan %(wanted)s"


def _kinds_of(sheet: Sheet, known: Set, one: Evaluated) -> Iterator[Problem]:
    for (name, part), value, by_order in mentions.matched(one.text):
        kind = parts_of(known).get(name, {}).get(part, "any")
        if not _fits(kind, value, by_order):
            said = _either([SAID[one] for one in kind.split("|")])
            message = Finding(
                "%(what)s membandingkan %(name)s.%(part)s (%(said)s) dengan %(shown)s",
                what=one.what,
                name=name,
                part=part,
                said=said,
                shown=_shown(value),
            )
            hint = Finding(
                "%(name)s.%(part)s berisi %(said)s; bandingkan dengan nilai sejenis.", name=name, part=part, said=said
            )
            yield problem(sheet, one.node, "wrong-type", message, hint)


def _either(kinds: list[Finding]) -> Finding:
    return joined([one for kind in kinds for one in (Finding(" atau "), kind)][1:], "")


def _fits(kind: str, value: Any, by_order: bool) -> bool:
    if kind == "any":
        return True
    of = "boolean" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"
    fitting = [of == one for one in kind.split("|")]  # a case will come by the branch that has no order with it
    return (all if by_order else any)(fitting) and not (by_order and kind == "boolean")


def _shown(value: Any) -> str:
    words: Mapping[bool, str] = {True: "true", False: "false"}
    return words[value] if isinstance(value, bool) else f"“{value}”" if isinstance(value, str) else str(value)
