"""The daily anchor: what was sworn to is still there, or its loss is told by the number of the file."""

import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from app.jobs import scheduler
from app.operations import anchoring, auditing, witnessing
from app.store import anchors, transaction
from engine.anchors import anchor_of, line
from tests.app.operations.anchored import number, secretly, standing_in


@pytest.fixture
def folder(office, application, tmp_path):
    """The anchors' folder of an office that stands on ground of its own."""
    with standing_in(application, tmp_path):
        yield tmp_path / "anchors"


@pytest.fixture
def sworn(office, folder):
    """Two files, anchored on three days while one of them moves."""
    ids = office.registered(), office.registered(by="pemohon2")
    anchoring.anchor(office.at)
    office.later(days=1)
    anchoring.anchor(office.at)
    office.do(ids[0], "verifikasi_keabsahan", "verifikator")
    office.later(days=1)
    anchoring.anchor(office.at)
    return ids


def told(folder=None):
    return [str(one) for one in auditing.verify(anchors=folder).faults]


def test_a_day_has_one_anchor_however_often_it_is_asked_for(office, folder):
    office.registered()
    first, again = anchoring.anchor(office.at), anchoring.anchor(office.later(minutes=5))
    assert (first.number, first.fresh, again.number, again.fresh) == (1, True, 1, False)
    assert [one.name for one in sorted(folder.glob("2*"))] == ["2026-08-03.heads", "2026-08-03.json"]
    assert told() == []


def test_workers_that_meet_at_midnight_make_one_anchor(office, folder, application):
    office.registered()
    start = Barrier(4)

    def work(_worker):
        with application.app_context():
            start.wait()
            return anchoring.anchor(office.at)

    with ThreadPoolExecutor(4) as workers:
        made = list(workers.map(work, range(4)))
    assert [one.fresh for one in made if one].count(True) == 1
    with transaction() as store:
        assert [one.number for one in store.ledger.told()] == [1]
    assert told() == []


def test_a_day_begins_at_midnight_in_the_office(office, folder):
    office.registered()
    last_minute = office.at.replace(hour=23, minute=59)
    assert anchoring.anchor(last_minute).day == "2026-08-03"
    assert anchoring.anchor(last_minute + timedelta(minutes=1)).day == "2026-08-04"


def test_an_anchor_lists_the_heads_that_moved_and_counts_all(sworn, folder):
    found = [anchor_of((folder / f"2026-08-0{day}.json").read_text()).lists for day in (3, 4, 5)]
    assert [(one.cases, one.moved) for one in found] == [(2, 2), (2, 0), (2, 1)]
    assert auditing.verify().anchors == 3
    assert told() == []


def test_the_heads_are_read_from_one_cursor_and_never_all_at_once(office, folder):
    office.registered()
    with transaction() as store:
        heads = store.ledger.heads()
        assert next(heads).seq > 0
        assert store.session.scalar(text("select count(*) from pg_cursors")) == 1


def test_a_lost_list_of_known_heads_only_makes_the_next_anchor_longer(office, sworn, folder):
    (folder / anchors.KNOWN).write_text("rusak")
    anchoring.anchor(office.later(days=1))
    assert anchor_of((folder / "2026-08-06.json").read_text()).lists.moved == 2
    assert told() == []


def test_a_tail_cut_off_with_everything_that_speaks_of_it_is_found_by_the_anchor(sworn, folder, cluster):
    case_id, _ = sworn
    kept = "(select max(seq) - 2 from events where case_id = cases.id)"
    last = auditing.verify(case_id).events
    secretly(
        cluster,
        f"update cases set seq = {kept}, head = (select hash from events where case_id = cases.id and seq = {kept})"
        f" where id = '{case_id}'",
        f"delete from events where case_id = '{case_id}' and seq > {last - 2}",
    )
    assert auditing.verify(case_id).faults == (), "the chain alone does not see it"
    assert told() == [f"Berkas {number(case_id)}, peristiwa {last}: hilang sejak dijangkarkan pada 2026-08-05"]


def test_a_history_written_anew_from_the_middle_is_found_by_the_anchor(sworn, folder, cluster):
    case_id, _ = sworn
    last = f"(select max(seq) from events where case_id = '{case_id}')"
    secretly(cluster, f"update events set hash = repeat('0', 64) where case_id = '{case_id}' and seq = {last}")
    assert any("telah berubah sejak dijangkarkan pada 2026-08-05" in one for one in told())


def test_a_file_that_was_taken_away_whole_is_named_by_its_number(sworn, folder, cluster):
    _, case_id = sworn
    gone, last = number(case_id), auditing.verify(case_id).events
    secretly(cluster, f"delete from events where case_id = '{case_id}'", f"delete from cases where id = '{case_id}'")
    assert told() == [f"Berkas {gone}, peristiwa {last}: hilang sejak dijangkarkan pada 2026-08-03"]


def test_a_file_whose_history_stays_behind_without_it_is_missed_too(sworn, folder, cluster):
    _, case_id = sworn
    secretly(cluster, f"delete from cases where id = '{case_id}'")
    assert any("hilang sejak dijangkarkan pada 2026-08-03" in one for one in told())


def test_a_file_that_was_taken_away_is_still_missed_after_the_next_anchor(office, sworn, folder, cluster):
    _, case_id = sworn
    secretly(cluster, f"delete from events where case_id = '{case_id}'", f"delete from cases where id = '{case_id}'")
    anchoring.anchor(office.later(days=1))
    assert anchor_of((folder / "2026-08-06.json").read_text()).lists.cases == 2
    assert len(told()) == 1


def test_the_end_of_the_offices_own_chain_cut_off_is_found(sworn, folder, cluster):
    secretly(cluster, "delete from office_events where seq > (select max(seq) - 2 from office_events)")
    assert any("Buku kejadian kantor" in one and "dijangkarkan pada 2026-08-05" in one for one in told())


@pytest.mark.parametrize("name", ["2026-08-03.json", "2026-08-04.json", "2026-08-05.json", "2026-08-05.heads"])
def test_an_anchor_taken_from_the_folder_is_missed(name, sworn, folder):
    (folder / name).unlink()
    assert any("2026-08-0" in one and "Jangkar" in one for one in told())


def test_an_anchor_made_with_another_key_is_found(sworn, folder, office):
    forged = folder / "2026-08-05.json"
    kept = forged.read_text()
    forged.unlink()
    (folder.parent / "anchor-key").rename(folder.parent / "kept-key")
    with transaction() as store:
        place = anchors.AnchorFolder(folder)
        last = anchoring._last(place)
        anchoring._made(store, place, last, office.at)
    assert forged.read_text() != kept
    assert any(one.startswith("Jangkar 2026-08-05: tidak ada lagi, atau bukan yang dicatat") for one in told())


@pytest.mark.parametrize("name", ["2026-08-05.json", "2026-08-05.heads", "public-keys"])
def test_every_flipped_byte_of_an_anchor_is_found(name, sworn, folder):
    whole = (folder / name).read_bytes()
    for place in range(len(whole)):
        (folder / name).write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        assert witnessing.hear()[1], f"byte {place} of {name}"
    (folder / name).write_bytes(whole)
    assert told() == []


def test_the_copy_of_an_inspector_convicts_an_office_that_lost_its_own(sworn, folder, cluster, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "salinan")
    shutil.rmtree(folder)
    secretly(
        cluster,
        "delete from office_events where kind = 'anchored'",
        f"delete from events where case_id = '{sworn[1]}'",
        f"delete from cases where id = '{sworn[1]}'",
    )
    assert not any("Berkas" in one for one in told())
    assert any("hilang sejak dijangkarkan" in one for one in told(copy))


def test_a_file_laid_down_before_the_commit_failed_is_told_of_by_the_next_call(office, folder, monkeypatch):
    office.registered()
    tell = anchoring._tell
    monkeypatch.setattr(anchoring, "_tell", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        anchoring.anchor(office.at)
    monkeypatch.setattr(anchoring, "_tell", tell)
    assert anchors.AnchorFolder(folder).days() == ("2026-08-03",)
    assert not anchoring.anchor(office.at).fresh
    assert told() == []
    assert anchoring.anchor(office.later(days=1)).number == 2
    assert told() == []


def test_a_folder_that_was_lost_is_gone_on_with_and_its_loss_told(office, sworn, folder):
    shutil.rmtree(folder)
    assert anchoring.anchor(office.later(days=1)).number == 4
    assert told()[0] == "Jangkar 2026-08-06: jangkar nomor 1 hilang di depannya"


def test_an_anchor_never_forgets_a_line_that_it_wrote(sworn, folder):
    place = anchors.AnchorFolder(folder)
    last = anchor_of(place.text("2026-08-05"))
    known = [line(one) for one in place.known(last.lists.all)]
    assert set(place.lines("2026-08-05")) < set(known)
    assert len(known) == 2


def test_the_worker_gives_each_day_its_anchor_and_outlives_a_folder_it_may_not_write(
    office, folder, application, caplog
):
    office.registered()
    folder.write_text("no folder")
    with caplog.at_level(logging.WARNING, "eperizinan"):
        scheduler.swear(application)
    assert "anchor not made" in caplog.text
    folder.unlink()
    scheduler.swear(application)
    assert len(anchors.AnchorFolder(folder).days()) == 1


def test_the_commands_say_how_it_stands_by_their_exit_status(sworn, folder, cluster, application):
    runner = application.test_cli_runner()

    def ask(*words):
        ran = runner.invoke(args=words)
        return ran.exit_code, ran.output

    assert ask("anchor")[0] == 0
    assert ask("anchor") == (0, ask("anchor")[1])
    sound = ask("verify-ledger")
    assert (sound[0], "0 kerusakan" in sound[1]) == (0, True), sound
    assert ask("verify-ledger", "--anchors", str(folder / "tidak-ada"))[0] == 2
    one = ask("verify-ledger", "--case", number(sworn[0]))
    assert (one[0], "1 berkas" in one[1]) == (0, True), one
    assert ask("verify-ledger", "--case", "00000000-0000-0000-0000-000000000000")[0] == 2
    (folder.parent / "anchor-key").chmod(0o644)
    assert ask("verify-ledger")[0] == 2
    (folder.parent / "anchor-key").chmod(0o600)
    secretly(cluster, f"update events set role = 'x' where case_id = '{sworn[0]}' and seq = 2")
    broken = ask("verify-ledger")
    assert broken[0] == 1
    assert f"Berkas {number(sworn[0])}, peristiwa 2: isi tidak sesuai dengan rantainya" in broken[1]
