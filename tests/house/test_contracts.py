"""What code reads of a form's answers by name is declared: the checker cannot hold forms to what nobody told it."""

import ast
import inspect
import re
from pathlib import Path

from app.operations import issuing, lists_for_forms, paying, public, read_first, refusing, signatures
from engine import contracts, reserved
from engine.levy import calculation
from engine.levy.inputs import FORMULAS, REDUCTION

ROOT = Path(__file__).resolve().parents[2]
# Values that are no answers to a form of a task: of the office's own pages, and of what was frozen or stored.
OTHERS = {"declaring.py", "documents.py", "explaining.py", "extending.py", "treasury.py"}
ANSWERS = ("values", "applied", "drafted", "checked", "verified")


def read_names(path):
    """Constant names taken out of something called as answers are: `doing.values["x"]`, `applied.get("x")`."""
    for one in ast.walk(ast.parse(path.read_text())):
        if isinstance(one, ast.Subscript):
            holder, key = one.value, one.slice
        elif isinstance(one, ast.Call) and getattr(one.func, "attr", "") == "get" and one.args:
            holder, key = one.func.value, one.args[0]
        elif isinstance(one, ast.Call) and ast.unparse(one.func) == "doing.whole":
            holder, key = ast.Name("values"), one.args[0]
        else:
            continue
        named = holder.attr if isinstance(holder, ast.Attribute) else getattr(holder, "id", "")
        if named in ANSWERS and isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value, f"{path.name}:{one.lineno}"


def test_every_answer_that_the_office_reads_by_name_is_declared():
    found = {}
    for path in sorted((ROOT / "app/operations").glob("*.py")):
        if path.name not in OTHERS:
            found |= dict(read_names(path))
    assert len(found) > 30
    assert {"jumlah_hitung_ulang", "waktu", "referensi", "berlaku_sampai", "penerima_adalah"} <= found.keys()
    assert {name: at for name, at in found.items() if name not in contracts.names() | reserved.NAMES} == {}


def test_every_answer_that_a_statement_of_the_store_picks_out_is_declared():
    text = "".join(path.read_text() for path in sorted((ROOT / "app/store").glob("*.py")))
    picked = set(re.findall(r"values::jsonb ->> '(\w+)'", text))
    assert picked == {"bersedia"}
    assert picked <= contracts.names()


def test_fields_that_tables_of_the_office_name_are_declared():
    declared = contracts.STEPS
    for element, (rows, word, _bad) in lists_for_forms.WRONG.items():
        assert {rows, word} <= {one.name for one in declared[element]}
    for element, signing in signatures.STEPS.items():
        assert {signing.way, signing.scan} - {""} <= {one.name for one in declared[element]}
    for element, (_letter, field) in signatures.DELIVERED.items():
        assert field in {one.name for one in declared[element]}
    for element in refusing.PROPOSING:
        assert refusing.PROPOSED in {one.name for one in declared[element]}
    assert refusing.DRAFTED in {one.name for one in declared[refusing.DRAFTING]}
    assert {read_first.PROOF} <= {one.name for one in declared["bayar"]}
    assert set(public.STATED) <= {one.name for one in contracts.APPLICANT}
    assert contracts.OUTCOMES["validasi_bayar"] == set(paying.VERDICTS)
    assert "anggota" in inspect.getsource(issuing._members)
    assert {"anggota", "ketua"} <= {one.name for one in declared["jadwalkan"]}


def test_every_input_that_a_formula_reads_is_declared():
    read = set()
    for one in ast.walk(ast.parse(inspect.getsource(calculation))):
        called = ast.unparse(one.func) if isinstance(one, ast.Call) else ""
        places = {"given": 1, "sheet.size": 0, "sheet.chosen": 1, "_rows": 1, "inputs.get": 0, "row.get": 0}
        if called in places and isinstance(one.args[places[called]], ast.Constant):
            read.add(one.args[places[called]].value)
    declared = {one.name for part in (*FORMULAS.values(), REDUCTION) for one in part}
    assert {"luas", "kendaraan", "volume", "keringanan_persen"} <= read
    assert read == declared
    assert FORMULAS.keys() == calculation.FORMULAS.keys()
