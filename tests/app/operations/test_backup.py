"""A backup is one only when an office stands again from it: the same files, letters and chains, proved."""

import shutil
import time
from dataclasses import replace

import pytest

from app.operations import anchoring, auditing, backing_up, documents, rehearsing, restoring
from app.store import anchors, dumping, owning, signing_key, transaction
from app.store import files as stored
from app.store.backups import Backup, BackupDamaged, newest
from engine.errors import NotFound
from tests.app.operations.anchored import secretly, standing_in
from tests.app.store.test_append_only import REFUSED, TABLES, refusal
from tests.conftest import NAME, close_pool


@pytest.fixture
def ground(office, application, tmp_path):
    """An office on ground of its own: one file up to its drafted permit, one just opened, an anchor."""
    with standing_in(application, tmp_path / "var"):
        case_id = office.registered("PEN")
        for element, by in (("verifikasi_keabsahan", "verifikator"), ("tentukan_jalur", "kasi")):
            plain = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": False}
            office.do(case_id, element, by, **(plain if by == "kasi" else {}))
        office.do(case_id, "susun_naskah", "pengolahan")
        office.open(by="pemohon2")
        anchoring.anchor(office.at)
        yield tmp_path


@pytest.fixture
def made(ground, office):
    """The backup of that office."""
    return backing_up.back_up(ground / "cadangan", office.at)


@pytest.fixture
def elsewhere(cluster, application, ground):
    """An empty database and an empty ground, as after the disk was lost; the key is brought along."""

    def moved(name="var-baru", key=True):
        close_pool(application)
        cluster.create(NAME)
        folder = ground / name
        own = {"var": folder, "anchors": folder / "anchors", "anchor_key": folder / "anchor-key"}
        folder.mkdir()
        if key:
            shutil.copy2(ground / "var" / "anchor-key", folder / "anchor-key")
        application.extensions["settings"] = replace(application.extensions["settings"], **own)

    return moved


def rows(database):
    """Every row of every table, as text."""
    tables = database.ask("select tablename from pg_tables where schemaname = 'public' order by 1")
    return {name: sorted(one[0] for one in database.ask(f"select t::text from {name} t")) for (name,) in tables}


def rights(database):
    """What the application may do with each table."""
    acts = "unnest(array['select', 'insert', 'update', 'delete', 'truncate']) act"
    app = "eperizinan_app"
    return database.ask(
        f"select tablename, act, has_table_privilege('{app}', 'public.' || tablename, act) from pg_tables, {acts}"
        " where schemaname = 'public' and tablename <> 'alembic_version' order by 1, 2"
    )


def quiet(_line):
    """Nobody listens to the steps."""


def put_back(made, at, **more):
    return restoring.restore(made.place, at, quiet, **more)


def test_an_office_restored_elsewhere_has_the_same_rows_rights_files_and_chains(made, office, cluster, elsewhere):
    before, allowed, told = rows(cluster.database(NAME)), rights(cluster.database(NAME)), auditing.verify()
    assert (before["cases"], before["letters"]) != ([], [])
    papers = {sha256: stored.get(sha256) for (sha256,) in cluster.database(NAME).ask("select sha256 from files")}
    elsewhere()
    found = put_back(made, office.at)
    assert found.faults == ()
    assert (found.manifest.cases, found.events, found.anchors, found.files) == (
        told.cases,
        told.events,
        told.anchors,
        len(papers),
    )
    assert rows(cluster.database(NAME)) == before
    assert rights(cluster.database(NAME)) == allowed
    assert {sha256: stored.get(sha256) for sha256 in papers} == papers


def test_people_work_on_in_a_restored_office_and_its_history_is_still_only_added_to(made, office, cluster, elsewhere):
    elsewhere()
    put_back(made, office.at)
    case_id = cluster.database(NAME).ask("select case_id from tasks where element = 'paraf_kasi'")[0][0]
    office.do(case_id, "paraf_kasi", "kasi")
    letter = documents.draft_letter(case_id, "sk_izin", office.people["kadis"], office.at).content
    assert letter.startswith(b"%PDF")
    assert anchoring.anchor(office.later(days=1)).number == 2
    assert auditing.verify().faults == ()
    place = cluster.database(NAME)
    for table in set(TABLES) - {"revisions"}:
        assert refusal(place.app_url, f"delete from {table}") == REFUSED


def test_an_office_restored_without_its_key_still_verifies_and_goes_on_with_a_new_one(made, office, elsewhere):
    elsewhere(key=False)
    assert put_back(made, office.at).faults == ()
    assert not signing_key.path().exists()
    anchoring.anchor(office.later(days=1))
    assert auditing.verify().faults == ()
    assert len(anchors.AnchorFolder(anchors.folder()).keys()) == 2


def test_what_was_written_while_the_dump_was_made_is_not_in_it_and_not_in_its_heads(
    ground, office, elsewhere, monkeypatch
):
    told, dump = auditing.verify(), dumping.dump

    def slow(*words):
        close = office.open(by="pemohon")
        dump(*words)
        office.do(close, "ajukan", "pemohon")

    monkeypatch.setattr(dumping, "dump", slow)
    made = backing_up.back_up(ground / "cadangan", office.at)
    elsewhere()
    found = put_back(made, office.at)
    assert (found.faults, found.manifest.cases, found.events) == ((), told.cases, told.events)


def test_no_anchor_is_made_while_the_office_is_held_still_for_a_backup(ground, office):
    with owning.snapshot():
        assert anchoring.anchor(office.later(days=1)) is None
    # The server lets go of the hold when it sees that its line was closed.
    made = next(filter(None, (anchoring.anchor(office.at) or time.sleep(0.1) for _ in range(100))))
    assert made.fresh


@pytest.mark.parametrize(
    "name", ["database.dump", "heads.jsonl", "SHA256SUMS", "manifest.json", "2026", "public-keys", "jpg"]
)
def test_a_damaged_backup_is_refused_with_a_sentence_that_names_the_file(name, made, office, cluster, elsewhere):
    wanted = {"2026": "anchors/2026-*.json", "public-keys": "anchors/public-keys", "jpg": "files/*/*/*"}.get(name, name)
    victim = sorted(made.place.glob(wanted))[0]
    whole = victim.read_bytes()
    elsewhere()
    for damaged in (whole[:-1], whole[:20] + bytes([whole[20] ^ 1]) + whole[21:], None):
        victim.chmod(0o600)
        victim.unlink() if damaged is None else victim.write_bytes(damaged)
        with pytest.raises(BackupDamaged) as refused:
            put_back(made, office.at)
        assert str(victim.relative_to(made.place)) in str(refused.value)
        victim.write_bytes(whole)
    assert rows(cluster.database(NAME)) == {}
    assert put_back(made, office.at).faults == ()


def test_an_office_that_is_not_empty_is_not_restored_over_unless_it_is_told_so(made, office, cluster):
    kept = rows(cluster.database(NAME))
    with pytest.raises(restoring.NotEmpty):
        put_back(made, office.at)
    assert rows(cluster.database(NAME)) == kept
    office.open(by="pemohon")
    anchoring.anchor(office.later(days=1))
    assert put_back(made, office.at, over=True).faults == ()
    assert rows(cluster.database(NAME)) == kept
    aside = next(anchors.folder().glob("lama-*"))
    assert len(anchors.AnchorFolder(aside).days()) == 2, "what the anchors swore of the office thrown away is kept"


def test_a_backup_of_an_earlier_version_is_brought_up_to_this_one(ground, office, cluster, application, elsewhere):
    newest_revision = cluster.database(NAME).ask("select version_num from alembic_version")
    assert application.test_cli_runner().invoke(args=["db", "downgrade"]).exit_code == 0
    made = backing_up.back_up(ground / "cadangan", office.at)
    assert [(Backup(made.place).manifest().revision,)] != newest_revision
    elsewhere()
    assert put_back(made, office.at).faults == ()
    assert cluster.database(NAME).ask("select version_num from alembic_version") == newest_revision


def test_a_backup_whose_history_was_falsified_before_says_so_when_it_is_restored(ground, office, cluster, elsewhere):
    secretly(cluster, "update events set role = 'x' where seq = 2")
    made = backing_up.back_up(ground / "cadangan", office.at)
    elsewhere()
    assert any("peristiwa 2: isi tidak sesuai" in str(one) for one in put_back(made, office.at).faults)


def test_a_file_that_no_anchor_knows_is_missed_by_the_heads_of_the_backup(
    ground, office, cluster, elsewhere, monkeypatch
):
    newest_one = office.open(by="pemohon")
    made = backing_up.back_up(ground / "cadangan", office.at)
    elsewhere()
    where = f"'{newest_one}'"
    lose = f"delete from events where case_id = {where}", f"delete from cases where id = {where}"
    give = owning.give_rights
    monkeypatch.setattr(owning, "give_rights", lambda: (give(), secretly(cluster, *lose)))
    found = [(one.case_id, one.reason) for one in put_back(made, office.at).faults]
    assert found == [(newest_one, "bukan ujung yang dicadangkan")]


def test_a_file_that_was_lost_before_the_backup_is_named_and_the_rest_is_backed_up(ground, office, cluster):
    lost = cluster.database(NAME).ask("select sha256 from files order by 1 limit 1")[0][0]
    stored.path(lost).unlink()
    made = backing_up.back_up(ground / "cadangan", office.at)
    assert made.missing == (lost,)
    assert Backup(made.place).check().missing == (lost,)


def test_a_backup_that_failed_leaves_nothing_that_looks_like_one(ground, office, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(ground))
    monkeypatch.setattr(dumping, "candidates", lambda: [])
    monkeypatch.setenv("PATH", str(ground))
    with pytest.raises(dumping.ToolFailed, match="diperlukan pg_dump versi"):
        backing_up.back_up(ground / "cadangan", office.at)
    assert list((ground / "cadangan").iterdir()) == []
    assert newest(ground / "cadangan") is None


def test_tools_older_than_the_server_are_passed_over(ground, monkeypatch):
    old = ground / "lama"
    old.mkdir()
    (old / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'\n")
    (old / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PG_BIN", str(old))
    assert dumping._tool("pg_dump", 15).parent != old
    assert dumping._tool("pg_dump", 9).parent == old


def test_the_newest_backup_is_restored_aside_timed_and_thrown_away(made, ground, office, cluster, application):
    settings = application.extensions["settings"]
    application.extensions["settings"] = replace(settings, admin_url=cluster.server.superuser_url)
    later = backing_up.back_up(ground / "cadangan", office.later(hours=1))
    kept = rows(cluster.database(NAME))
    done = rehearsing.rehearse(ground / "cadangan")
    assert (done.sound, done.backup) == (True, later.place), done.told
    one = rehearsing.rehearse(made.place)
    assert (one.sound, one.backup) == (True, made.place), one.told
    for step in ("cadangan diperiksa: ", "basis data dimuat: ", "perubahan tabel dijalankan: ", "buku jejak utuh"):
        assert step in done.told
    assert rows(cluster.database(NAME)) == kept
    assert cluster.server.ask("select datname from pg_database where datname like 'eperizinan_latihan%%'") == []
    (later.place / "heads.jsonl").write_text("")
    failed = rehearsing.rehearse(ground / "cadangan")
    assert (failed.sound, "heads.jsonl telah berubah" in failed.reason) == (False, True)
    with pytest.raises(NotFound):
        rehearsing.rehearse(ground / "kosong")


def test_who_may_not_make_databases_is_told_what_to_give(made, ground, cluster):
    if cluster.server.app_url == cluster.server.owner_url:
        return
    with pytest.raises(owning.NoRoom, match="DATABASE_ADMIN_URL"):
        rehearsing.rehearse(ground / "cadangan")


def test_the_commands_back_up_and_restore(ground, cluster, application, elsewhere):
    runner = application.test_cli_runner()
    ran = runner.invoke(args=["database", "backup", str(ground / "cadangan")])
    assert ran.exit_code == 0, ran.output
    place = newest(ground / "cadangan").place
    assert runner.invoke(args=["database", "restore", str(place)]).exit_code == 2
    elsewhere()
    ran = runner.invoke(args=["database", "restore", str(place)])
    assert (ran.exit_code, "buku jejak utuh: 2 berkas" in ran.output) == (0, True), ran.output
    with transaction() as store:
        assert len(store.case_lists.case_ids()) == 2
