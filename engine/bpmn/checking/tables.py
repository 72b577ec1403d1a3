"""Rules about decision tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from engine.bpmn import expressions, mentions
from engine.bpmn.cells import cleaned, condition
from engine.bpmn.checking import answering, columns, feel
from engine.bpmn.checking.answering import table_problem
from engine.bpmn.checking.offered import possible, strange, words_of
from engine.bpmn.checking.sheets import Set
from engine.bpmn.decisions import AGGREGATORS, POLICIES, Decision, Rule, is_dmn, tableless
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Finding, Problem, joined, said_by

MAX_RULES = 1000
MOST_NAMED = 5  # answers of other rows that are named beside one that lacks
_CELL = 'Contoh isi sel: "baru", "baru", "perpanjangan", >= 5, [1..5], -'
_ANSWER = 'Isi selnya, misalnya teks dalam tanda petik ("langsung"), angka, true untuk ya, atau false untuk tidak.'


def check(roots: Mapping[str, Any], decisions: list[Decision], known: Set) -> Iterator[Problem]:
    """All faults of all tables; `known`: the diagrams that ask them."""
    seen: set[str] = set()
    for table in decisions:
        if table.id in seen or not table.id:
            yield table_problem(
                table,
                table.id,
                table.line,
                "duplicate-id",
                Finding("Id tabel %(table)s dipakai dua kali", table=table.id),
            )
        seen.add(table.id)
        yield from _table(table, known)
    for file, root in roots.items():
        if is_dmn(root):
            yield from _doubled(file, root)
            yield from _types(root, [table for table in decisions if table.file == file])
            yield from _without_table(file, root, {table.file for table in decisions})


def _doubled(file: str, root: Any) -> Iterator[Problem]:
    """Ids of rows, columns and cells that stand twice in a file; those of tables are told with them."""
    seen: set[str] = set()
    for node in root.iter("{*}input", "{*}output", "{*}rule", "{*}inputEntry", "{*}outputEntry"):
        key = node.get("id", "")
        if key and key in seen:
            message = Finding("Id %(key)s dipakai dua kali", key=key)
            yield Problem(
                file, key, node.sourceline or 1, "error", "duplicate-id", message, "Beri salah satunya id lain."
            )
        seen.add(key)


def _types(root: Any, decisions: list[Decision]) -> Iterator[Problem]:
    """Declared types that neither the standard nor the file knows: the column would not be held against them."""
    own = {one.get("name", "") for one in root.iter("{*}itemDefinition")}
    for table in decisions:
        for written in dict.fromkeys((*table.input_types, *table.output_types)):
            if written and not columns.is_type(written) and written not in own:
                message = Finding(
                    "Jenis %(written)s pada tabel %(table)s tidak dikenal", written=written, table=table.called
                )
                hint = Finding("Pakai misalnya %(listed)s.", listed=", ".join(columns.WRITTEN))
                yield table_problem(table, table.id, table.line, "unknown-type", message, hint, "warning")


def _without_table(file: str, root: Any, tabled: set[str]) -> Iterator[Problem]:
    for node in tableless(root):
        name = node.get("name") or node.get("id", "")
        message: str = Finding("Keputusan %(name)s tidak berupa tabel", name=name)
        yield Problem(file, node.get("id", ""), node.sourceline or 1, "error", "no-table", message, _DRAW_TABLE)
    if file not in tabled and not tableless(root):
        message = "Berkas tidak memuat tabel keputusan"
        yield Problem(file, "", root.sourceline or 1, "error", "no-table", message, _DRAW_TABLE)


_NAME_OUTPUTS = "Beri tiap keluaran nama yang berbeda."
_DRAW_TABLE = "Gambarkan sebuah tabel keputusan."


def _table(table: Decision, known: Set) -> Iterator[Problem]:
    head = (table, table.id, table.line)
    yield from _policy(table, known)
    if not table.inputs or not all(table.inputs):
        yield table_problem(
            *head,
            "table-input",
            Finding("Tabel %(table)s mempunyai masukan tanpa ungkapan", table=table.called),
            "Isi ungkapannya.",
        )
    if not table.outputs or not all(table.outputs) or len(set(table.outputs)) < len(table.outputs):
        yield table_problem(
            *head,
            "table-output",
            Finding("Tabel %(table)s mempunyai keluaran tanpa nama atau bernama sama", table=table.called),
            _NAME_OUTPUTS,
        )
    if not table.rules:
        yield table_problem(
            *head,
            "table-empty",
            Finding("Tabel %(table)s tidak mempunyai baris", table=table.called),
            "Isi sedikitnya satu baris.",
        )
    if len(table.rules) > MAX_RULES:
        yield table_problem(
            *head,
            "too-large",
            Finding("Tabel %(table)s mempunyai lebih dari %(most)s baris", table=table.called, most=MAX_RULES),
            answering.SPLIT,
        )
        return
    yield from _rows(table)
    yield from columns.check(table)
    yield from feel.check(table)
    yield from _strange_words(table, known)
    yield from answering.check(table, known)


def _rows(table: Decision) -> Iterator[Problem]:
    broken: set[str] = set()
    for question in filter(None, table.inputs):
        faults = list(_text(table, table.id, table.line, question, partial(_called, table)))
        broken |= {question} if faults else set()
        yield from faults
    for rule in table.rules:
        if not _whole(table, rule):
            yield table_problem(
                table,
                rule.id,
                rule.line,
                "table-row",
                Finding("Baris %(rule)s tidak lengkap", rule=rule.called),
                "Isi semua sel.",
            )
            continue
        for index, written in _written(table, rule, broken):
            called = partial(_cell_called, table, rule, index)
            found = _text(table, rule.id, rule.line, written, called) if written else _unanswered(table, rule, index)
            yield from (replace(one, cell=rule.cell(index)) for one in found)


def _unanswered(table: Decision, rule: Rule, at: int) -> Iterator[Problem]:
    """An answer that nobody wrote yet, with what the other rows answer there."""
    message = Finding("Baris %(rule)s: jawaban ‹%(column)s› belum diisi", rule=rule.called, column=table.column(at))
    others = dict.fromkeys(one.values[at - len(table.inputs)] for one in table.rules if _whole(table, one))
    known = [one for one in others if one][:MOST_NAMED]
    hint = Finding("Isi selnya; baris lain menjawab %(listed)s.", listed=", ".join(known)) if known else _ANSWER
    yield table_problem(table, rule.id, rule.line, "table-row", message, hint)


def _whole(table: Decision, rule: Rule) -> bool:
    return len(rule.conditions) == len(table.inputs) and len(rule.values) == len(table.outputs)


def _written(table: Decision, rule: Rule, broken: set[str]) -> Iterator[tuple[int, str]]:
    """Every text of a row that is evaluated, and which of its cells it is; a question that is broken asks nothing."""
    for index, (question, cell) in enumerate(zip(table.inputs, rule.conditions, strict=True)):
        asked = "" if question in broken else condition(question, cell)
        if asked:
            yield index, asked
    yield from enumerate(map(cleaned, rule.values), len(table.inputs))


def _strange_words(table: Decision, known: Set) -> Iterator[Problem]:
    """Words in cells that what is asked never is; of a whole release the steps that ask the table tell the same."""
    if known.beside is None:
        return
    said = {(task, "keputusan"): frozenset(some) for task, some in known.beside.offers.items() if some}
    words = {**known.catalogue.start_words, **words_of(known.beside), **said}
    for rule in table.rules:
        for index, pair in enumerate(zip(table.inputs, rule.conditions, strict=False)):
            for path, word in strange(condition(*pair), words, known.beside) if all(pair) else ():
                spot = table.spot(rule, index)
                message = Finding("Baris %(rule)s tidak pernah berisi %(word)s", rule=spot, word=word)
                told = table_problem(table, rule.id, rule.line, "unknown-word", message, possible(words[path]))
                yield replace(told, cell=rule.cell(index))


def _called(table: Decision) -> Finding:
    return Finding("Tabel %(table)s", table=table.called)


def _cell_called(table: Decision, rule: Rule, at: int) -> Finding:
    return Finding("Baris %(rule)s", rule=table.spot(rule, at))


def _text(table: Decision, element: str, line: int, written: str, called: Callable[[], Finding]) -> Iterator[Problem]:
    """`called`: says where in the table it is written."""
    try:
        if not mentions.names(written):
            expressions.evaluate(written, {})
    except ExpressionFault as error:
        yield table_problem(table, element, line, "expression", joined((called(), said_by(error)), ": "), _CELL)


def _policy(table: Decision, known: Set) -> Iterator[Problem]:
    head = (table, table.id, table.line)
    if table.policy not in POLICIES:
        message = Finding(
            "Aturan pemilihan %(policy)s pada tabel %(table)s tidak dikenal", policy=table.policy, table=table.called
        )
        yield table_problem(
            *head, "hit-policy", message, Finding("Pakai salah satu: %(listed)s.", listed=", ".join(POLICIES))
        )
    elif table.aggregation and (table.policy != "COLLECT" or table.aggregation not in AGGREGATORS):
        message = Finding(
            "Penjumlah %(aggregation)s pada tabel %(table)s tidak dikenal atau tidak untuk %(policy)s",
            aggregation=table.aggregation,
            table=table.called,
            policy=table.policy,
        )
        yield table_problem(
            *head,
            "hit-policy",
            message,
            Finding("Pakai COLLECT dengan %(listed)s, atau tanpa.", listed=", ".join(AGGREGATORS)),
        )
    elif table.aggregation and len(table.outputs) > 1:
        message = Finding(
            "Tabel %(table)s menggabungkan (%(aggregation)s) lebih dari satu keluaran",
            table=table.called,
            aggregation=table.aggregation,
        )
        yield table_problem(
            *head, "hit-policy", message, "Pecah menjadi satu tabel untuk tiap keluaran yang digabungkan."
        )
    elif table.policy in ("PRIORITY", "OUTPUT ORDER") and not all(table.ranked):
        message = Finding(
            "Tabel %(table)s memakai %(policy)s, tetapi urutan nilai keluarannya tidak disebut",
            table=table.called,
            policy=table.policy,
        )
        yield table_problem(*head, "table-output", message, "Isi nilai keluaran (outputValues) dari yang terpenting.")
    if table.requires:
        message = Finding(
            "Tabel %(table)s bergantung pada keputusan lain: %(listed)s",
            table=table.called,
            listed=", ".join(known.decisions[one].called if one in known.decisions else one for one in table.requires),
        )
        yield table_problem(*head, "required-decision", message, "Tanyakan tiap tabel dengan tugas aturan sendiri.")
