"""Plays and scenarios: a process carried by itself, kept with what came of it, and played again by every check."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from engine import playing, replaying, scenarios, spots
from engine.deployment import build
from engine.errors import NotWaiting, Refused
from engine.playing import Move, Start
from engine.release_calendar import world
from tests.engine.bpmn import drawing
from tests.engine.bpmn.walking import roled

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    str(one.relative_to(ROOT)): one.read_bytes()
    for folder in ("processes", "forms")
    for one in sorted((ROOT / folder).rglob("*"))
    if one.is_file()
}
RELEASE = build(UUID(int=1), 1, FILES)
WORLD = world(RELEASE.catalogue)
MONDAY = datetime(2026, 8, 3, 8, tzinfo=ZoneInfo("Asia/Jakarta"))
START = Start("SIPB", MONDAY)
HANDED_IN = (Move("do", "ajukan", outcome="diajukan"), Move("do", "periksa_kelengkapan", outcome="lengkap"))


def played(*moves, start=START):
    return playing.play(RELEASE, start, moves, WORLD)


def kept(moves, **expected):
    scenario = scenarios.Scenario("Contoh", START, tuple(moves), scenarios.outcome(played(*moves), WORLD) | expected)
    return scenarios.written(scenario)


def told(content, files=FILES, release=RELEASE):
    path = "processes/scenarios/contoh.json"
    [found] = [one for one in scenarios.results({**files, path: content}, release) if one.file == path]
    return found.problem


def test_the_scenarios_of_the_office_come_out_as_they_were_kept():
    found = scenarios.results(FILES, RELEASE)
    assert len(found) >= 9
    assert [one.problem for one in found if one.problem] == []


def test_a_play_starts_clocks_issues_letters_and_numbers_come_back_at_once():
    found = played(*HANDED_IN)
    came = scenarios.outcome(found, WORLD)
    assert (came["state"], came["open"], came["letters"]) == ("TERDAFTAR", ["verifikasi_keabsahan"], ["tanda_terima"])
    assert came["clocks"]["L"].startswith("janji 2026-08-")
    assert found.now == MONDAY + 2 * playing.A_WHILE


def test_time_passes_only_to_what_is_due_and_never_back():
    opened = played()
    lapsed = playing.step(opened, Move("lapse"), WORLD)
    assert lapsed.now == opened.due(WORLD)
    assert lapsed.case.closed or lapsed.case.state == "DITUTUP"
    with pytest.raises(Refused, match="lebih awal"):
        playing.step(opened, Move("wait", at=MONDAY - timedelta(minutes=1)), WORLD)
    with pytest.raises(Refused, match="Tidak ada yang ditunggu"):
        playing.step(played(*HANDED_IN), Move("lapse"), WORLD)


@pytest.mark.parametrize(
    ("move", "fault"),
    [
        (Move("do", "tiada"), Refused),
        (Move("do", "ajukan", outcome="tiada"), Refused),
        (Move("receive", "tiada"), NotWaiting),
    ],
)
def test_what_cannot_be_done_is_refused(move, fault):
    with pytest.raises(fault):
        played(move)


def test_another_process_is_played_with_a_permits_facts():
    found = played(start=replace(START, process="verifikasi"))
    assert found.case.process == "verifikasi"
    for wrong in (replace(START, process="tiada"), replace(START, permit="TIADA")):
        with pytest.raises(Refused, match="tidak ada dalam rancangan"):
            played(start=wrong)


TWICE = (
    "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>"
    '<loopDataOutputRef>semua</loopDataOutputRef><outputDataItem id="tinjau"/></multiInstanceLoopCharacteristics>'
)


def test_of_two_rounds_that_nothing_tells_apart_the_chosen_one_is_done():
    task = drawing.user("tinjau", "putusan_ronde", TWICE, "Tinjau")
    steps = (drawing.start(), task, drawing.end(), drawing.chain("mulai", "tinjau", "selesai"))
    file = drawing.file(roled("dua_kali", *steps, tasks=("tinjau",)))
    release = build(UUID(int=1), 1, {**FILES, "processes/bersama/dua_kali.bpmn": file})
    opened = playing.begin(release, replace(START, process="dua_kali"))
    first, second = (one.id for one in opened.case.tasks)
    outcome = release.forms["putusan_ronde"].outcomes[0][0]
    for number, left in ((0, second), (1, first)):
        move = Move("do", "tinjau", outcome=outcome, which=number)
        again = scenarios.move_of(scenarios.move_as_json(move))
        assert [one.id for one in playing.step(opened, again, WORLD).case.tasks] == [left]
    with pytest.raises(Refused):
        playing.step(opened, Move("do", "tinjau", outcome=outcome, which=2), WORLD)


def test_a_scenario_written_and_read_is_the_same():
    moves = (
        *HANDED_IN,
        Move("wait", at=MONDAY + timedelta(days=1)),
        Move("receive", "pencabutan", values={"a": [True]}),
    )
    scenario = scenarios.Scenario("Judul", replace(START, process="verifikasi"), moves, {"closed": False})
    assert scenarios.read(scenarios.written(scenario).decode()) == scenario


@pytest.mark.parametrize(
    "wrong",
    [
        "", "[]", "{}", "null", '{"title": "x", "start": {}, "moves": []}', "[" * 100_000, "9" * 300_000,
        '{"title": "x", "start": {"permit": 3, "at": "2026-08-03T08:00:00+07:00"}, "moves": []}',
        '{"title": "x", "start": {"permit": "A", "at": "2026-08-03"}, "moves": []}',
        '{"title": "x", "start": {"permit": "A", "at": "9999-12-31T00:00:00+07:00"}, "moves": []}',
        '{"title": "x", "start": {"permit": "A", "at": "2026-08-03T08:00:00+07:00"}, "moves": [{"fly": "x"}]}',
        '{"title": "x", "start": {"permit": "A", "at": "2026-08-03T08:00:00+07:00"}, "moves": '
        '[{"do": "x", "values": {"a": 1.5}}]}',
    ],
)  # fmt: skip
def test_what_is_no_scenario_is_told_and_never_thrown(wrong):
    with pytest.raises(scenarios.Unplayable):
        scenarios.read(wrong)
    assert told(wrong.encode()).code == "scenario"


def test_a_result_that_differs_is_told_with_both():
    assert told(kept(HANDED_IN)) is None
    problem = told(kept(HANDED_IN, state="VERIFIKASI"))
    assert problem.severity == "error"
    assert "pada keadaan berkas: semula Verifikasi, kini Terdaftar" in problem.message


def test_a_changed_term_moves_the_clock_and_the_scenario_says_so():
    permits = json.loads(FILES["processes/catalogue/permits.json"])
    permits["SIPB"]["standards"][-1]["budget"] = "3 hk"
    files = {**FILES, "processes/catalogue/permits.json": json.dumps(permits).encode()}
    message = told(kept(HANDED_IN), files, build(UUID(int=2), 2, files)).message
    assert "berbeda pada jam: semula Jam Layanan janji" in message
    assert "Batas Hukum" not in message


def test_a_step_that_is_no_longer_open_is_told_by_its_number():
    moves = (*HANDED_IN, Move("do", "tiada"))
    scenario = scenarios.Scenario("Contoh", START, moves, {})
    problem = told(scenarios.written(scenario))
    assert problem.element == "tiada"
    assert "langkah 3" in problem.message


def test_coverage_counts_what_plays_passed_and_names_what_they_missed():
    found = {one.process: one for one in scenarios.coverage(RELEASE, played(*HANDED_IN).passed)}
    entry = found["pendaftaran"]
    assert "periksa_kelengkapan" in entry.elements
    assert "periksa_kelengkapan" not in entry.missed
    assert "lengkapi" in entry.missed
    assert found["pembayaran"].missed == found["pembayaran"].elements


def test_a_past_file_goes_as_it_went_on_the_same_release_and_elsewhere_on_another():
    decisions = tuple(replace(one, at=MONDAY + timedelta(hours=n)) for n, one in enumerate(HANDED_IN, 1))
    past = replaying.Past(START, decisions, MONDAY + timedelta(hours=8))
    assert replaying.compare(RELEASE, RELEASE, past, WORLD).same
    path = "processes/bersama/pendaftaran.bpmn"
    changed = FILES[path].replace(b'name="state" value="DIAJUKAN"', b'name="state" value="VERIFIKASI"')
    forms = json.loads(FILES["forms/periksa_kelengkapan.json"])
    forms["outcomes"] = [one for one in forms["outcomes"] if one["value"] != "lengkap"] + [
        {"value": "siap", "label": "Siap"}
    ]
    changed = changed.replace(b"&#34;lengkap&#34;", b"&#34;siap&#34;").replace(b'"lengkap"', b'"siap"')
    files = {**FILES, path: changed, "forms/periksa_kelengkapan.json": json.dumps(forms).encode()}
    other = build(UUID(int=3), 3, {k: v for k, v in files.items() if "scenarios" not in k})
    found = replaying.compare(RELEASE, other, past, WORLD)
    assert not found.same
    assert [one.element for one in found.new_departures] == ["periksa_kelengkapan"]
    assert found.after.net is None
    assert found.before.net is not None


def test_a_move_that_cannot_be_made_is_told_by_the_name_of_its_step():
    moves = [scenarios.move_as_json(one) for one in (*HANDED_IN, Move("do", "periksa_kelengkapan", outcome="lengkap"))]
    content = json.loads(kept(HANDED_IN)) | {"moves": moves}
    found = told(json.dumps(content).encode())
    name = RELEASE.definition.elements["periksa_kelengkapan"].name
    assert str(found.message) == f"Skenario Contoh, langkah 3 ({name}): Tugas ini tidak sedang terbuka."
    assert found.element == "periksa_kelengkapan"


def test_a_move_at_a_step_that_is_gone_is_told_by_what_it_was_called():
    moves = [scenarios.move_as_json(one) for one in (*HANDED_IN, Move("do", "periksa_lagi", outcome="lengkap"))]
    content = json.dumps(json.loads(kept(HANDED_IN)) | {"moves": moves}).encode()
    gone = {"periksa_lagi": "Periksa sekali lagi"}
    [found] = scenarios.problems({"processes/scenarios/contoh.json": content}, RELEASE, gone)
    assert str(found.message) == (
        "Skenario Contoh, langkah 3 (Periksa sekali lagi, sudah dihapus): Tugas ini tidak sedang terbuka."
    )
    [place] = spots.told([found], FILES, gone)
    assert place.called == "Periksa sekali lagi"


def test_what_a_version_has_no_more_is_known_by_its_name():
    path, name = "processes/bersama/pendaftaran.bpmn", RELEASE.definition.elements["periksa_kelengkapan"].name
    changed = {**FILES, path: FILES[path].replace(b'"periksa_kelengkapan"', b'"periksa_lagi"')}
    assert spots.gone(changed, FILES)["periksa_kelengkapan"] == name
    assert spots.gone(FILES, FILES) == {}
