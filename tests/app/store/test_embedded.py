"""The embedded server, broken on purpose: what an office must find again after any kind of accident."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
import pytest

from app.store import embedded, embedded_place
from app.store.database import WHICH_LIFE

PERMISSION_BITS = 0o777


def ask(url, *statements):
    with (
        closing(psycopg2.connect(url.replace("+psycopg2", ""))) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def mode(path):
    return stat.S_IMODE(path.stat().st_mode) & PERMISSION_BITS


@pytest.fixture
def folder(open_folder):
    made = open_folder() / "db"
    yield made
    embedded.stop(made)


@pytest.fixture(scope="module")
def made(open_folder):
    """A server at rest, as its creation left it."""
    made = open_folder() / "db"
    embedded.start(made)
    embedded.stop(made)
    return made


@pytest.fixture
def existing(folder, made):
    """The folder of a server that was created before."""
    subprocess.run(["cp", "-a", made, folder], check=True)
    return folder


@pytest.fixture(scope="module")
def office(open_folder):
    """A server that the tests of this module only look at."""
    made = open_folder() / "db"
    yield made, embedded.start(made)
    embedded.stop(made)


def test_starting_twice_gives_the_same_server(office):
    folder, server = office
    assert embedded.start(folder) == server
    assert embedded.status(folder) == server


def test_secret_and_socket_are_private(office):
    folder, server = office
    assert mode(folder / "secret") == 0o600
    assert mode(server.home / "run") == 0o700
    assert mode(server.home / "data") == 0o700


def test_a_connection_without_the_password_is_refused(office):
    _, server = office
    with pytest.raises(psycopg2.OperationalError, match="password"):
        ask(f"postgresql://eperizinan_app:tebakan@/eperizinan?host={server.home / 'run'}", "select 1")


def test_letters_sort_the_same_on_every_machine(office):
    _, server = office
    found = ask(
        server.app_url,
        "select datlocprovider, datlocale, pg_encoding_to_char(encoding) from pg_database where datname = 'eperizinan'",
    )
    assert found == [("b", "C.UTF-8", "UTF8")]


def test_the_server_listens_on_its_socket_alone_and_keeps_what_it_acknowledges(office):
    _, server = office
    found = ask(
        server.app_url,
        "select current_setting('listen_addresses'), current_setting('synchronous_commit'), current_setting('fsync')",
    )
    assert found == [("", "on", "on")]


def test_the_application_may_write_rows_but_not_change_tables(office):
    _, server = office
    ask(server.owner_url, "create table berkas (nomor text)")
    assert ask(server.app_url, "insert into berkas values ('1') returning nomor") == [("1",)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(server.app_url, "drop table berkas")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(server.app_url, "truncate berkas")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(server.app_url, "create table lain (nomor text)")


def test_what_was_acknowledged_survives_a_killed_server(existing):
    server = embedded.start(existing)
    ask(server.owner_url, "create table berkas (nomor text)")
    ask(server.app_url, "insert into berkas values ('00142')")
    os.kill(server.pid, signal.SIGKILL)
    again = embedded.start(existing)
    assert again.pid != server.pid
    assert ask(again.app_url, "select nomor from berkas") == [("00142",)]


def test_a_crash_begins_another_life_of_the_server_and_an_orderly_stop_does_not(existing):
    server = embedded.start(existing)
    lives = [ask(server.app_url, WHICH_LIFE)]
    embedded.stop(existing)
    lives.append(ask(embedded.start(existing).app_url, WHICH_LIFE))
    os.kill(embedded.status(existing).pid, signal.SIGKILL)
    again = embedded.start(existing)
    lives.append(ask(again.app_url, WHICH_LIFE))
    (backend,) = ask(again.superuser_url, "select pid from pg_stat_activity where backend_type = 'walwriter'")
    os.kill(backend[0], signal.SIGKILL)  # the server starts anew by itself, its postmaster lives on
    lives.append(answered_again(again.app_url, lives[-1]))
    assert lives[0] == lives[1]
    assert len({str(one) for one in lives}) == 3


def answered_again(url, before):
    """What a server that is recovering says once it answers, and says something else than before."""
    for _ in range(100):
        with suppress(psycopg2.OperationalError):
            if (found := ask(url, WHICH_LIFE)) != before:
                return found
        time.sleep(0.1)
    raise AssertionError("it never came back, or in the same life")


def test_a_server_that_is_just_dying_is_not_taken_for_a_running_one(existing, monkeypatch):
    """A killed process is still to be seen for a moment; who starts the office just then is given a server."""
    server = embedded.start(existing)
    os.kill(server.pid, signal.SIGKILL)
    seen, look = iter([server.pid] * 3), embedded.postmaster
    monkeypatch.setattr(embedded, "postmaster", lambda place: next(seen, None) or look(place))
    again = embedded.start(existing)
    assert again.pid not in (0, server.pid)
    assert ask(again.app_url, "select 1") == [(1,)]


def test_a_pid_file_that_names_a_stranger_does_not_stop_the_office(existing):
    server = embedded.start(existing)
    pid_file = server.home / "data" / "postmaster.pid"
    remembered = pid_file.read_text()
    assert embedded.stop(existing)
    pid_file.write_text(remembered.replace(str(server.pid), str(os.getpid()), 1))
    assert embedded.status(existing) is None
    again = embedded.start(existing)
    assert ask(again.app_url, "select 1") == [(1,)]


def test_stopping_says_whether_there_was_something_to_stop(folder):
    assert not embedded.stop(folder)
    embedded.start(folder)
    assert embedded.stop(folder)
    assert not embedded.stop(folder)
    assert embedded.status(folder) is None


def test_starters_that_come_at_once_get_one_server(folder):
    command = (
        f"from pathlib import Path; from app.store import embedded; print(embedded.start(Path({str(folder)!r})).pid)"
    )

    def start_elsewhere(_):
        return subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout

    with ThreadPoolExecutor(3) as starters:
        answers = set(starters.map(start_elsewhere, range(3)))
    assert answers == {f"{embedded.status(folder).pid}\n"}


def test_a_starter_killed_after_the_launch_is_completed_by_the_next(folder, monkeypatch):
    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(embedded, "furnish", die)
        with pytest.raises(KeyboardInterrupt):
            embedded.start(folder)
    assert ask(embedded.start(folder).app_url, "select current_user") == [("eperizinan_app",)]


def test_what_a_killed_creation_left_is_swept(folder):
    left = folder / "data.new-abc"
    left.mkdir(parents=True)
    (left / "sisa").touch()
    embedded.start(folder)
    assert not left.exists()


def test_a_disk_that_is_not_mounted_is_not_taken_for_a_new_office(existing):
    server = embedded.start(existing)
    embedded.stop(existing)
    (server.home / "data").rename(server.home / "tercabut")
    with pytest.raises(embedded.ServerRefused, match="is its disk mounted"):
        embedded.start(existing)


def test_a_data_folder_with_other_things_in_it_is_left_alone(folder):
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "foto.jpg").touch()
    with pytest.raises(embedded.ServerRefused, match="is its disk mounted"):
        embedded.start(folder)
    assert (folder / "data" / "foto.jpg").exists()


def test_a_lost_secret_is_named(existing):
    embedded.start(existing)
    embedded.stop(existing)
    (existing / "secret").unlink()
    with pytest.raises(embedded.ServerRefused, match="secret file"):
        embedded.start(existing)


def test_data_of_another_version_is_refused(existing):
    server = embedded.start(existing)
    embedded.stop(existing)
    (server.home / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(embedded.ServerRefused, match="of PostgreSQL 16"):
        embedded.start(existing)


def test_a_start_that_fails_tells_the_reason(existing):
    with pytest.raises(embedded.ServerRefused, match="shared_buffers"):
        embedded.start(existing, {"shared_buffers": "banyak"})


def test_a_long_path_gets_a_short_private_socket(folder):
    deep = folder / ("panjang" * 12)
    server = embedded.start(deep)
    socket = Path((deep / "socket").read_text())
    assert len(str(socket)) <= embedded_place.LONGEST_SOCKET_FOLDER
    assert mode(socket) == 0o700
    assert ask(server.app_url, "select 1") == [(1,)]
    embedded.stop(deep)
    shutil.rmtree(socket)


def test_a_closed_folder_above_is_neither_opened_nor_in_the_way(folder, open_folder, monkeypatch):
    """Started by root, the data go where the server's account can reach them; anybody else keeps them at home."""
    folder.mkdir()
    elsewhere = open_folder()
    monkeypatch.setattr(embedded_place, "SYSTEM_HOME", elsewhere)
    closed = folder / "tertutup"
    closed.mkdir(mode=0o700)
    server = embedded.start(closed / "db")
    assert mode(closed) == 0o700
    assert server.home.is_relative_to(elsewhere if os.geteuid() == 0 else closed)
    assert embedded.start(closed / "db") == server
    embedded.stop(closed / "db")


def test_a_folder_that_cannot_be_made_is_one_sentence(folder):
    folder.touch()
    with pytest.raises(embedded.ServerRefused, match="cannot be created"):
        embedded.start(folder / "db")


def test_binaries_that_cannot_be_reached_are_copied(folder, open_folder, monkeypatch):
    """As root with the environment in a closed folder, such as root's own home."""
    source = next(path for path in embedded_place.candidates() if (path / "postgres").exists())
    closed = folder / "tertutup"
    embedded_place._copy_installation(source.parent, closed)
    closed.chmod(0o700)
    monkeypatch.setenv("PG_BIN", str(closed / source.relative_to(source.parents[2])))
    monkeypatch.setattr(embedded_place, "SYSTEM_HOME", open_folder())
    server = embedded.start(folder)
    binaries = embedded_place.find_place(folder).binaries
    assert binaries.is_relative_to(embedded_place.SYSTEM_HOME if os.geteuid() == 0 else closed)
    assert ask(server.app_url, "select 1") == [(1,)]


def installation(at, age):
    """PostgreSQL's programs copied to a folder of their own, as of `age` seconds; the folder of the programs."""
    source = next(path for path in embedded_place.candidates() if (path / "postgres").exists())
    embedded_place._copy_installation(source.parent, at)
    programs = at / source.relative_to(source.parents[2])
    os.utime(programs / "postgres", (age, age))
    at.chmod(0o755)
    return programs


def running_from(server):
    return Path(os.readlink(f"/proc/{server.pid}/exe"))


def test_a_minor_upgrade_replaces_the_programs_under_a_running_server_and_loses_nothing(
    folder, open_folder, monkeypatch
):
    """pip takes the old files away while the office runs; the next start uses the new ones."""
    home = open_folder()
    monkeypatch.setenv("PG_BIN", str(old := installation(home / "lama", 1_700_000_000)))
    server = embedded.start(folder)
    ask(server.owner_url, "create table kept (n int)", "insert into kept values (76)")
    assert running_from(server).is_relative_to(old)
    shutil.rmtree(home / "lama")
    monkeypatch.setenv("PG_BIN", str(new := installation(home / "baru", 1_800_000_000)))
    assert embedded.start(folder) == server  # what runs goes on; nobody's step is cut off
    assert ask(server.owner_url, "select n from kept") == [(76,)]
    assert embedded.stop(folder)
    again = embedded.start(folder)
    assert running_from(again).is_relative_to(new)
    assert ask(again.owner_url, "select n from kept") == [(76,)]


def test_programs_that_were_copied_are_copied_anew_after_an_upgrade(folder, open_folder, monkeypatch):
    monkeypatch.setattr(embedded_place, "SYSTEM_HOME", open_folder())
    first = embedded_place._copied(installation(open_folder() / "lama", 1_700_000_000))
    second = embedded_place._copied(installation(open_folder() / "baru", 1_800_000_000))
    assert first != second
    assert [int((one / "postgres").stat().st_mtime) for one in (first, second)] == [1_700_000_000, 1_800_000_000]


def test_without_postgresql_the_sentence_says_what_to_do(folder, monkeypatch):
    monkeypatch.setattr(embedded_place, "candidates", list)
    with pytest.raises(embedded.ServerRefused, match="DATABASE_URL"):
        embedded.start(folder)
