"""Rules about decision tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.bpmn import expressions, mentions
from engine.bpmn.cells import cleaned, condition
from engine.bpmn.checking import columns, feel
from engine.bpmn.checking.coverage import Case, cases, readable
from engine.bpmn.checking.offered import always_of, strange, words_of
from engine.bpmn.checking.sheets import Set
from engine.bpmn.decisions import AGGREGATORS, POLICIES, SINGLE, Decision, Rule, is_dmn, tableless
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Problem

MAX_RULES = 1000
_CELL = 'Contoh isi sel: "baru", "baru", "perpanjangan", >= 5, [1..5], -'


def check(roots: Mapping[str, Any], decisions: list[Decision], known: Set) -> Iterator[Problem]:
    """All faults of all tables; `known`: the diagrams that ask them."""
    seen: set[str] = set()
    for table in decisions:
        if table.id in seen or not table.id:
            yield _problem(table, table.id, table.line, "duplicate-id", f"Id tabel {table.id} dipakai dua kali")
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
            message = f"Id {key} dipakai dua kali"
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
                message = f"Jenis {written} pada tabel {table.id} tidak dikenal"
                hint = f"Pakai misalnya {', '.join(columns.WRITTEN)}."
                yield _problem(table, table.id, table.line, "unknown-type", message, hint, "warning")


def _without_table(file: str, root: Any, tabled: set[str]) -> Iterator[Problem]:
    message = "Keputusan %s tidak berupa tabel"
    for node in tableless(root):
        name = node.get("name") or node.get("id", "")
        yield Problem(file, node.get("id", ""), node.sourceline or 1, "error", "no-table", message % name, _DRAW_TABLE)
    if file not in tabled and not tableless(root):
        message = "Berkas tidak memuat tabel keputusan"
        yield Problem(file, "", root.sourceline or 1, "error", "no-table", message, _DRAW_TABLE)


_NAME_OUTPUTS = "Beri tiap keluaran nama yang berbeda."
_SPLIT_TABLE = "Pecah menjadi beberapa tabel, satu untuk tiap kelompok masukan."
_DRAW_TABLE = "Gambarkan sebuah tabel keputusan."


def _problem(
    table: Decision, element: str, line: int, code: str, message: str, hint: str = "", severity: str = "error"
) -> Problem:
    return Problem(table.file, element or table.id, line, severity, code, message, hint)


def _table(table: Decision, known: Set) -> Iterator[Problem]:
    head = (table, table.id, table.line)
    yield from _policy(table)
    if not table.inputs or not all(table.inputs):
        yield _problem(*head, "table-input", f"Tabel {table.id} mempunyai masukan tanpa ungkapan", "Isi ungkapannya.")
    if not table.outputs or not all(table.outputs) or len(set(table.outputs)) < len(table.outputs):
        yield _problem(
            *head, "table-output", f"Tabel {table.id} mempunyai keluaran tanpa nama atau bernama sama", _NAME_OUTPUTS
        )
    if not table.rules:
        yield _problem(*head, "table-empty", f"Tabel {table.id} tidak mempunyai baris", "Isi sedikitnya satu baris.")
    if len(table.rules) > MAX_RULES:
        yield _problem(*head, "too-large", f"Tabel {table.id} mempunyai lebih dari {MAX_RULES} baris", _SPLIT_TABLE)
        return
    yield from _rows(table)
    yield from columns.check(table)
    yield from feel.check(table)
    yield from _strange_words(table, known)
    yield from _coverage(table, known)


def _rows(table: Decision) -> Iterator[Problem]:
    broken: set[str] = set()
    for question in filter(None, table.inputs):
        faults = list(_text(table, table.id, table.line, question))
        broken |= {question} if faults else set()
        yield from faults
    for rule in table.rules:
        if len(rule.conditions) != len(table.inputs) or len(rule.values) != len(table.outputs):
            yield _problem(table, rule.id, rule.line, "table-row", f"Baris {rule.id} tidak lengkap", "Isi semua sel.")
            continue
        for index, written in _written(table, rule, broken):
            yield from (replace(one, cell=rule.cell(index)) for one in _text(table, rule.id, rule.line, written))


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
                where = ".".join(filter(None, path))
                message = f"Baris {rule.id}: {where} tidak pernah berisi {word}"
                hint = f"Yang mungkin: {', '.join(sorted(map(str, words[path])))}."
                told = _problem(table, rule.id, rule.line, "unknown-word", message, hint)
                yield replace(told, cell=rule.cell(index))


def _text(table: Decision, element: str, line: int, written: str) -> Iterator[Problem]:
    try:
        if not mentions.names(written):
            expressions.evaluate(written, {})
    except ExpressionFault as error:
        yield _problem(table, element, line, "expression", f"Tabel {table.id}: {error}", _CELL)


def _policy(table: Decision) -> Iterator[Problem]:
    head = (table, table.id, table.line)
    if table.policy not in POLICIES:
        message = f"Aturan pemilihan {table.policy} pada tabel {table.id} tidak dikenal"
        yield _problem(*head, "hit-policy", message, f"Pakai salah satu: {', '.join(POLICIES)}.")
    elif table.aggregation and (table.policy != "COLLECT" or table.aggregation not in AGGREGATORS):
        message = f"Penjumlah {table.aggregation} pada tabel {table.id} tidak dikenal atau tidak untuk {table.policy}"
        yield _problem(*head, "hit-policy", message, f"Pakai COLLECT dengan {', '.join(AGGREGATORS)}, atau tanpa.")
    elif table.aggregation and len(table.outputs) > 1:
        message = f"Tabel {table.id} menggabungkan ({table.aggregation}) lebih dari satu keluaran"
        yield _problem(*head, "hit-policy", message, "Pecah menjadi satu tabel untuk tiap keluaran yang digabungkan.")
    elif table.policy in ("PRIORITY", "OUTPUT ORDER") and not all(table.ranked):
        message = f"Tabel {table.id} memakai {table.policy}, tetapi urutan nilai keluarannya tidak disebut"
        yield _problem(*head, "table-output", message, "Isi nilai keluaran (outputValues) dari yang terpenting.")
    if table.requires:
        message = f"Tabel {table.id} bergantung pada keputusan lain: {', '.join(table.requires)}"
        yield _problem(*head, "required-decision", message, "Tanyakan tiap tabel dengan tugas aturan sendiri.")


def _coverage(table: Decision, known: Set) -> Iterator[Problem]:
    if any(len(one.conditions) != len(table.inputs) for one in table.rules):
        return
    yield from _hidden(table)
    found = cases(table)
    if found is None:
        yield from _twins(table)
        yield from _unseen(table)
        if table.policy in SINGLE and not any(one.catches_all for one in table.rules) and not any(table.defaults):
            yield _gap(table, "keadaan yang tidak cocok dengan baris mana pun", ())
        return
    yield from _overlaps(table, found)
    yield from _shadowed(table, found)
    yield from _gaps(table, found, known) if table.rules else ()


def _unseen(table: Decision) -> Iterator[Problem]:
    """A table too large to be tried whole says so; one whose cells depend on other data cannot be tried at all."""
    if readable(table):
        message = f"Tabel {table.id} terlalu besar untuk dicoba seluruhnya; tumpang tindih dan celahnya tidak diperiksa"
        yield _problem(table, table.id, table.line, "explored-in-part", message, _SPLIT_TABLE, "warning")


def _hidden(table: Decision) -> Iterator[Problem]:
    """Rows that nothing reaches, since one before them takes everything."""
    alls = [rule for rule in table.rules[:-1] if rule.catches_all]
    if table.policy in ("UNIQUE", "ANY", "FIRST") and alls:
        message = f"Baris {alls[0].id} menutup baris-baris sesudahnya"
        yield _problem(table, alls[0].id, alls[0].line, "table-overlap", message, "Pindahkan ke baris terakhir.")


def _overlaps(table: Decision, found: list[Case]) -> Iterator[Problem]:
    """Pairs of rows that match together where the policy forbids it; each later row is told once."""
    if table.policy not in ("UNIQUE", "ANY"):
        return
    told: set[int] = set()
    for case in found:
        certain = [row for row in case.rows if not table.rules[row].catches_all]
        for row in certain[1:]:
            first = table.rules[certain[0]]
            same = table.policy == "ANY" and table.rules[row].values == first.values
            if row not in told and not same:
                told.add(row)
                yield _overlap(table, table.rules[row], first, ", ".join(case.words))


def _shadowed(table: Decision, found: list[Case]) -> Iterator[Problem]:
    """Rows that never answer, since whatever they match another row answers before them."""
    if table.policy not in ("FIRST", "PRIORITY") or (table.policy == "PRIORITY" and not _ranked(table)):
        return
    answering = {_answering(table, case.rows) for case in found if case.rows}
    matching = {row for case in found for row in case.rows}
    covered = any(rule.catches_all for rule in table.rules[:-1]) and table.policy == "FIRST"
    for row in sorted(matching - answering) if not covered else ():  # what one row covers is told at that row
        rule = table.rules[row]
        others = {table.rules[_answering(table, case.rows)].id for case in found if row in case.rows}
        message = f"Baris {rule.id} tidak pernah menjawab: {', '.join(sorted(others))} selalu mendahuluinya"
        hint = "Hapus baris itu, atau pindahkan."
        yield _problem(table, rule.id, rule.line, "table-shadowed", message, hint, "warning")


def _ranked(table: Decision) -> bool:
    """Whether the order of importance is stated for every output of every row; what is missing is told by itself."""
    pairs = (pair for rule in table.rules for pair in zip(rule.values, table.ranked, strict=False))
    return len(table.ranked) == len(table.outputs) and all(one in ranked for one, ranked in pairs)


def _answering(table: Decision, rows: tuple[int, ...]) -> int:
    """The row that answers where these match: the first, or the first of those whose outputs rank highest."""
    return rows[0] if table.policy == "FIRST" else min(rows, key=lambda row: (_ranks(table, table.rules[row]), row))


def _ranks(table: Decision, rule: Rule) -> tuple[int, ...]:
    pairs = zip(rule.values, table.ranked, strict=False)
    return tuple(ranked.index(one) if one in ranked else len(ranked) for one, ranked in pairs)


def _overlap(table: Decision, rule: Rule, first: Rule, words: str) -> Problem:
    message = f"Baris {rule.id} cocok bersamaan dengan baris {first.id}, misalnya untuk {words}"
    hint = "Persempit salah satu syarat, atau pakai FIRST bila urutan baris yang menentukan."
    return replace(_problem(table, rule.id, rule.line, "table-overlap", message, hint), beside=first.id)


def _gaps(table: Decision, found: list[Case], known: Set) -> Iterator[Problem]:
    if table.policy in SINGLE and not any(table.defaults):
        empty = [case for case in found if not case.rows]
        # Of a field with a few words nothing else is ever asked, once the diagrams that fill it are known.
        found = cases(_narrowed(table, known)) or [] if empty else []
        empty = [case for case in found if not case.rows]
        if empty:
            more = f" dan {len(empty) - 1} keadaan lain" if len(empty) > 1 else ""
            yield _gap(table, f"{', '.join(empty[0].words)}{more}", empty[0].cells)


def _narrowed(table: Decision, known: Set) -> Decision:
    """The table with the words that its questions can only be answered with as the values that are allowed."""
    allowed = (*table.allowed, *[""] * (len(table.inputs) - len(table.allowed)))
    pairs = zip(table.inputs, allowed, strict=True)
    return replace(table, allowed=tuple(one or _only(question, known) for question, one in pairs))


def _only(question: str, known: Set) -> str:
    """The words that a question can only be answered with, written as a cell; "" where it may be any."""
    try:
        path = mentions.whole_path(question)
    except ExpressionFault:  # told where texts are checked
        return ""
    words = always_of(known).get(path, ()) if path and "get(" not in question else ()
    said = {True: "true", False: "false", None: "null"}
    return ", ".join(f'"{one}"' if isinstance(one, str) else said[one] for one in words)


def _gap(table: Decision, words: str, row: tuple[str, ...]) -> Problem:
    message = f"Tabel {table.id} tidak menjawab untuk {words}"
    hint = "Tambahkan baris, atau baris terakhir dengan '-' di semua kolom; tanpa itu berkas berhenti di sana."
    return replace(_problem(table, table.id, table.line, "table-gap", message, hint, "warning"), row=row)


def _twins(table: Decision) -> Iterator[Problem]:
    if table.policy not in ("UNIQUE", "FIRST"):
        return
    known: dict[tuple[str, ...], Rule] = {}
    for rule in table.rules:
        first = known.setdefault(rule.conditions, rule)
        if first is not rule and not rule.catches_all:
            message = f"Baris {rule.id} mempunyai syarat yang sama dengan baris {first.id}"
            yield _problem(table, rule.id, rule.line, "table-overlap", message, "Hapus salah satunya.")
