"""An export convinces strangers: its verifier knows nothing of the project and finds whatever was changed or cut."""

import json
import subprocess
import sys
import zipfile
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.operations import anchoring, auditing, exporting
from app.store import signing_key, transaction
from tests.app.operations.anchored import number, secretly, standing_in

SPEC = spec_from_file_location("verify_ledger", exporting.VERIFIER)
verifier = module_from_spec(SPEC)
SPEC.loader.exec_module(verifier)


@pytest.fixture
def ground(office, application, tmp_path):
    """Two files, anchored on two days; one moved between them."""
    with standing_in(application, tmp_path):
        ids = office.registered(), office.open(by="pemohon2")
        anchoring.anchor(office.at)
        office.do(ids[0], "verifikasi_keabsahan", "verifikator")
        anchoring.anchor(office.later(days=1))
        yield tmp_path, ids, office.at


@pytest.fixture
def whole(ground):
    folder, _ids, at = ground
    exporting.export(folder / "ekspor.zip", at)
    return folder / "ekspor.zip"


@pytest.fixture
def ledger(whole):
    """The lines of the whole export, outside its zip."""
    inside = whole.with_name("ledger.jsonl")
    inside.write_bytes(zipfile.ZipFile(whole).read("ledger.jsonl"))
    return inside


def faults(path, *keys):
    return verifier.verify(path, keys).faults


def without(path, wanted):
    """The export without the lines that `wanted` picks, sealed by nobody: what the seal says is left out."""
    lines = [one for one in path.read_bytes().splitlines(keepends=True) if not wanted(json.loads(one))]
    cut = path.with_name("cut.jsonl")
    cut.write_bytes(b"".join(lines))
    return [one for one in faults(cut) if not one.startswith("Segel")]


def test_an_untouched_export_is_sound_and_counts_what_the_office_counts(whole, ledger):
    for path in (whole, ledger):
        found = verifier.verify(path, [signing_key.public()])
        assert found.faults == []
        told = auditing.verify()
        assert found.counted == {"case": told.cases, "event": told.events, "anchor": told.anchors}


def test_the_verifier_in_the_export_runs_alone(whole, tmp_path):
    alone = tmp_path / "tempat-lain"
    alone.mkdir()
    zipfile.ZipFile(whole).extract("verify_ledger.py", alone)
    look = "import runpy, sys; sys.argv = sys.argv[1:]\ntry: runpy.run_path(sys.argv[0], run_name='__main__')\n" \
        "finally: print([one for one in sys.modules if one.split('.')[0] in ('app', 'engine', 'flask')])"  # fmt: skip
    script = str(alone / "verify_ledger.py")

    def run(*words):
        command = [sys.executable, "-I", "-c", look, script, *words]
        return subprocess.run(command, cwd=alone, capture_output=True, text=True, check=False)

    sound = run(str(whole))
    assert (sound.returncode, sound.stdout.splitlines()[-1]) == (0, "[]"), sound.stdout + sound.stderr
    assert signing_key.public() in sound.stdout
    assert run(str(whole), "--key", "00" * 32).returncode == 1
    assert run(str(alone / "tidak-ada.zip")).returncode == 2


def test_every_flipped_byte_of_a_small_export_is_found(ground):
    folder, (_, case_id), at = ground
    exporting.export(folder / "satu.zip", at, case_id)
    content = zipfile.ZipFile(folder / "satu.zip").read("ledger.jsonl")
    flipped = folder / "flipped.jsonl"
    flipped.write_bytes(content)
    assert faults(flipped) == []
    for place in range(len(content)):
        flipped.write_bytes(content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :])
        assert faults(flipped), f"byte {place} of {len(content)}"


def test_every_flipped_bit_of_a_whole_export_and_of_its_wrapping_is_found(whole):
    content = whole.read_bytes()
    flipped = whole.with_name("flipped.zip")
    # The directory at the end and the first header are where a zip has bytes that nobody reads.
    edges = [*range(64), *range(len(content) - 300, len(content))]

    @settings(max_examples=300, deadline=None)
    @given(some.sampled_from(edges) | some.integers(0, len(content) - 1), some.integers(0, 7))
    def flip(place, bit):
        flipped.write_bytes(content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :])
        assert faults(flipped), f"bit {bit} of byte {place}"

    flip()


def test_an_export_cut_anywhere_is_found(whole, ledger):
    content, cut = ledger.read_bytes(), ledger.with_name("cut.jsonl")
    for end in range(1, len(content), 97):
        cut.write_bytes(content[:end])
        assert faults(cut), f"cut at {end}"
    cut.write_bytes(content + b"{}\n")
    assert faults(cut) == ["Segel: ada tulisan sesudah segel"]


def test_even_without_the_seal_a_lost_line_is_told_by_its_place(ledger, ground):
    _folder, (moved, _), _at = ground
    last = max(row["seq"] for row in map(json.loads, ledger.read_text().splitlines()) if row["type"] == "event")
    with transaction() as store:
        number = store.case_lists.case_row(moved).number
    tail = without(ledger, lambda row: row["type"] == "event" and row["seq"] == last)
    assert f"Berkas {number}, peristiwa {last - 1}: ujung rantai tidak sesuai dengan berkas" in tail
    assert f"Berkas {number}, peristiwa {last}: hilang sejak dijangkarkan pada 2026-08-04" in tail
    anchor = without(ledger, lambda row: row.get("day") == "2026-08-04")
    assert any(one.startswith("Jangkar 2026-08-04: tidak ada") for one in anchor)
    first = without(ledger, lambda row: row.get("day") == "2026-08-03")
    assert "Jangkar 2026-08-04: jangkar nomor 1 hilang di depannya" in first
    office = without(ledger, lambda row: row["type"] == "office" and row["seq"] > 1)
    assert any(one.startswith("Buku kejadian kantor, peristiwa") for one in office)


def test_an_office_that_cuts_its_own_history_and_seals_the_rest_is_convicted_by_its_anchors(ground, cluster):
    folder, (moved, other), at = ground
    secretly(
        cluster,
        f"delete from events where case_id = '{other}'",
        f"delete from cases where id = '{other}'",
        f"delete from events where case_id = '{moved}' and seq > 3",
        f"update cases set seq = 3, head = (select hash from events where case_id = '{moved}' and seq = 3)"
        f" where id = '{moved}'",
    )
    exporting.export(folder / "dipotong.zip", at)
    found = faults(folder / "dipotong.zip")
    assert len(found) == 2
    assert all("hilang sejak dijangkarkan" in one for one in found)


def test_an_export_of_one_file_shows_nothing_of_another(ground):
    folder, (moved, other), at = ground
    told = exporting.export(folder / "satu.zip", at, moved)
    assert told.cases == 1
    content = zipfile.ZipFile(folder / "satu.zip").read("ledger.jsonl").decode()
    assert str(moved) in content
    assert str(other) not in content
    assert faults(folder / "satu.zip", signing_key.public()) == []


def test_an_export_never_writes_over_anything_and_says_why_it_could_not(ground, application):
    folder, _ids, _at = ground
    runner = application.test_cli_runner()
    path = folder / "ekspor.zip"
    assert runner.invoke(args=["export-ledger", str(path)]).exit_code == 0
    kept = path.read_bytes()
    assert runner.invoke(args=["export-ledger", str(path)]).exit_code == 2
    numbered = runner.invoke(args=["export-ledger", str(folder / "bernomor.zip"), "--case", number(_ids[0])])
    assert (numbered.exit_code, "1 berkas" in numbered.output) == (0, True), numbered.output
    (folder / "bernomor.zip").unlink()
    nobody = "00000000-0000-0000-0000-000000000000"
    assert runner.invoke(args=["export-ledger", str(folder / "x.zip"), "--case", nobody]).exit_code == 2
    assert runner.invoke(args=["export-ledger", str(folder / "tidak" / "ada.zip")]).exit_code == 2
    assert (path.read_bytes(), sorted(one.name for one in folder.glob("*.zip*"))) == (kept, ["ekspor.zip"])


def test_the_verifier_takes_the_file_of_keys_and_says_when_something_is_no_key(whole, tmp_path):
    def asked(*keys):
        words = [word for key in keys for word in ("--key", str(key))]
        ran = subprocess.run(
            [sys.executable, exporting.VERIFIER, whole, *words], capture_output=True, text=True, check=False
        )
        return ran.returncode, ran.stdout + ran.stderr

    keys = tmp_path / "kunci-terbit"
    keys.write_text(f"{'0' * 64}\n{signing_key.public()}\n")
    assert asked(keys)[0] == 0
    assert asked(signing_key.public().upper())[0] == 0
    assert asked("0" * 64)[0] == 1
    for nothing in ("kunci", "0" * 63, tmp_path / "tidak-ada"):
        code, said = asked(nothing)
        assert (code, "bukan kunci umum" in said) == (2, True)
