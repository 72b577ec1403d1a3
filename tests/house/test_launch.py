"""Opening the office: what is refused before the doors open, and how it is said."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import launch
from app.launch_checks import Refusal, check_folder, check_port
from app.launch_office import commands
from app.store import external
from app.store.embedded import ServerRefused

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_a_taken_port_is_named_with_another_to_try(taken_port):
    with pytest.raises(Refusal, match=f"port {taken_port} is in use.*PORT={taken_port + 1}"):
        check_port({"PORT": str(taken_port)})


@pytest.mark.parametrize("written", ["", "abc", "0", "65536", "-1", "８０", "99999999999999999999"])
def test_a_port_that_is_none_is_refused(written):
    with pytest.raises(Refusal, match="1 to 65535"):
        check_port({"PORT": written})


def test_a_free_port_is_taken(taken_port, unused_port):
    assert check_port({"PORT": str(unused_port)}) == unused_port


@pytest.fixture
def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    return port


def test_a_folder_behind_a_file_cannot_be_made(tmp_path):
    (tmp_path / "var").touch()
    with pytest.raises(Refusal, match="cannot be created"):
        check_folder(tmp_path / "var" / "db")


def test_a_database_that_does_not_answer_is_one_sentence_without_its_password(unused_port):
    with pytest.raises(ServerRefused, match="cannot be reached") as refused:
        external.check(f"postgresql+psycopg2://kantor:geheim@127.0.0.1:{unused_port}/kantor")
    assert "geheim" not in str(refused.value)


def test_an_address_that_is_none_is_one_sentence():
    with pytest.raises(ServerRefused, match="cannot be reached"):
        external.check("bukan alamat rahasia")


def test_the_tests_own_database_is_reached(cluster):
    external.check(cluster.server.app_url)


def test_web_and_worker_are_two_processes_of_one_application():
    found = commands({"WEB_WORKERS": "3"}, "0.0.0.0", 8099)
    assert list(found) == ["web", "worker"]
    assert "0.0.0.0:8099" in found["web"]
    assert found["web"][found["web"].index("--workers") + 1] == "3"
    assert found["worker"][-1] == "work"


def test_an_address_longer_than_the_server_reads_is_answered_in_the_words_of_the_office(unused_port, tmp_path):
    """Gunicorn itself, with the worker of the office in front of an application that never hears of it."""
    command = commands({"WEB_WORKERS": "1"}, "127.0.0.1", unused_port)["web"]
    command[command.index("app:create_app()")] = "tests.house.test_launch:never_asked"
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as server:
        try:
            said = asked(unused_port, "/lacak?kode=" + "x" * 20_000)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
    assert said.startswith("HTTP/1.1 414 ")
    assert '<a href="/">halaman depan</a>' in said


def never_asked(environment, start):
    raise AssertionError


def asked(port, address):
    deadline = time.monotonic() + 20
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as reached:
                reached.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                return b"".join(iter(lambda: reached.recv(65536), b"")).decode()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_no_command_of_the_office_advises_to_install_what_reads_a_file_again(monkeypatch):
    heard = []
    monkeypatch.setitem(launch.VERBS, "run", lambda environment: heard.append(environment) or 0)
    assert launch.main(["run"]) == 0
    assert heard[0]["FLASK_SKIP_DOTENV"] == "1"


def test_a_refusal_is_two_sentences_and_status_one(taken_port):
    environment = {**os.environ, "PORT": str(taken_port)}
    ran = subprocess.run(
        [sys.executable, "-m", "app.launch"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert [line.partition(":")[0] for line in ran.stderr.splitlines()] == ["Gagal", "Failed"]


def test_an_unknown_verb_is_refused(capsys):
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert launch.main(["bongkar"]) == 1
    finally:
        signal.signal(signal.SIGTERM, before)
    assert "bongkar" in capsys.readouterr().err


def test_a_restore_that_names_no_backup_is_refused(capsys):
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert launch.main(["restore", "", ""]) == 1
    finally:
        signal.signal(signal.SIGTERM, before)
    assert "make restore FROM=" in capsys.readouterr().err


def test_a_command_that_fails_is_told_by_its_last_word_and_kept_whole(tmp_path):
    with pytest.raises(Refusal, match=r"Got unexpected extra argument .tidak-ada.*launch\.log"):
        launch.step("Mencoba", {**os.environ, "EPERIZINAN_VAR": str(tmp_path)}, "routes", "tidak-ada")
    assert "tidak-ada" in (tmp_path / "launch.log").read_text()


def test_the_office_is_announced_only_when_this_very_office_answers(tmp_path):
    """Another server on the port is not taken for it."""
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    from app.launch_office import answers

    class Other(BaseHTTPRequestHandler):
        said = "the-other"

        def do_GET(self):
            self.send_response(200)
            self.send_header("X-Instance", self.said)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Other)
    Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    assert not answers({"EPERIZINAN_INSTANCE": "mine"}, "127.0.0.1", port, 0.5)
    assert answers({"EPERIZINAN_INSTANCE": "the-other"}, "0.0.0.0", port, 5)
    server.shutdown()
    server.server_close()
    assert not answers({"EPERIZINAN_INSTANCE": "the-other"}, "127.0.0.1", port, 0.5)
