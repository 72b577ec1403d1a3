"""Production refuses, each with a sentence, what may be fine on a desk."""

import json
import os

import pytest

from app import config
from app.factory import create_app
from app.launch import with_address
from engine import deployment
from tests.conftest import NAME
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_tables import table
from tests.engine.bpmn.walking import roled

SAFE = {
    "EPERIZINAN_ENV": "production",
    "SECRET_KEY": "x" * 40,
    "EPERIZINAN_HTTPS": "1",
    "TRUSTED_HOSTS": "izin.contoh.id",
}


@pytest.fixture
def environment(cluster, migrated, tmp_path):
    cluster.copy(migrated, NAME)
    return {**cluster.database(NAME).environment, "EPERIZINAN_VAR": str(tmp_path), **SAFE}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"EPERIZINAN_HTTPS": ""}, "https"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"TRUSTED_HOSTS": ""}, "TRUSTED_HOSTS"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
    ],
)
def test_production_refuses_with_a_sentence(environment, change, word):
    with pytest.raises(config.Misconfigured) as refused:
        create_app({**environment, **change})
    assert word in str(refused.value)


def test_production_refuses_a_secret_that_others_can_read(environment, tmp_path):
    (tmp_path / "secret").write_text("y" * 64)
    (tmp_path / "secret").chmod(0o644)
    with pytest.raises(config.Misconfigured) as refused:
        create_app({**environment, "SECRET_KEY": ""})
    assert "chmod 600" in str(refused.value)


def test_production_opens_over_an_empty_database_and_not_over_demonstration_accounts(environment, cluster, furnished):
    name, _ = furnished
    create_app(environment)
    cluster.copy(name, NAME)
    with pytest.raises(config.Misconfigured) as refused:
        create_app(environment)
    assert "akun peragaan" in str(refused.value)


def test_a_strange_host_name_is_not_answered(environment):
    client = create_app(environment).test_client()
    assert client.get("/healthz", base_url="https://izin.contoh.id").status_code == 200
    assert client.get("/healthz", base_url="https://evil.example").status_code == 400


def test_an_office_on_a_desk_prints_its_own_address_and_answers_to_no_other():
    found = with_address({}, "127.0.0.1", 8090)
    assert (found["PUBLIC_URL"], found["TRUSTED_HOSTS"]) == ("http://localhost:8090", "localhost,127.0.0.1")
    assert "TRUSTED_HOSTS" not in with_address({}, "0.0.0.0", 8090)
    assert with_address({"PUBLIC_URL": "https://izin.contoh.id"}, "127.0.0.1", 80)["PUBLIC_URL"].startswith("https")
    assert "PUBLIC_URL" not in with_address({"EPERIZINAN_ENV": "production"}, "127.0.0.1", 80)


def test_a_plain_address_is_given_the_driver_we_ship():
    assert config.driver("postgresql://u@h/d") == "postgresql+psycopg2://u@h/d"
    assert config.driver("postgresql+psycopg2://u@h/d") == "postgresql+psycopg2://u@h/d"


def test_a_diagram_is_checked_on_a_desk_without_any_database(tmp_path):
    app = create_app({"EPERIZINAN_VAR": str(tmp_path)})
    diagram = tmp_path / "kosong.bpmn"
    diagram.write_text("<definitions/>")
    answer = app.test_cli_runner().invoke(args=["check", "--json", str(diagram)])
    assert answer.exit_code == 0
    assert '"ok": false' in answer.output
    assert app.test_client().get("/readyz").status_code == 503


def test_a_folder_of_diagrams_is_checked_file_by_file(tmp_path):
    app = create_app({"EPERIZINAN_VAR": str(tmp_path)})
    (tmp_path / "dalam").mkdir()
    for name in ("satu.bpmn", "dalam/dua.dmn", "catatan.txt"):
        (tmp_path / name).write_text("<definitions/>")
    answer = app.test_cli_runner().invoke(args=["check", "--json", str(tmp_path)])
    assert (answer.exit_code, answer.output.count('"file"')) == (0, 2)


def test_what_cannot_be_read_is_one_answer_and_the_other_files_are_answered_all_the_same(tmp_path):
    app = create_app({"EPERIZINAN_VAR": str(tmp_path)})
    good, huge, pipe = tmp_path / "baik.bpmn", tmp_path / "besar.bpmn", tmp_path / "pipa.bpmn"
    good.write_bytes(b"<x/>")
    with huge.open("wb") as file:
        file.truncate(5 * 1024**3)
    os.mkfifo(pipe)
    (tmp_path / "nol.bpmn").symlink_to("/dev/zero")
    ring, long = tmp_path / "lingkar.bpmn", tmp_path / f"{'panjang' * 50}.bpmn"
    ring.symlink_to(ring.name)
    paths = [tmp_path / "tidak-ada.bpmn", pipe, tmp_path / "nol.bpmn", ring, long, huge, good]
    answer = app.test_cli_runner().invoke(args=["check", "--json", *map(str, paths)])
    assert answer.exit_code == 0
    lines = [json.loads(line) for line in answer.output.splitlines()]
    assert [one["file"] for one in lines] == [str(one) for one in paths]
    assert [one["problems"][0]["code"] for one in lines[:6]] == ["unreadable"] * 5 + ["too-large"]


def test_a_fault_of_the_checker_itself_is_told_at_its_file_and_the_others_get_their_answer(tmp_path, monkeypatch):
    app = create_app({"EPERIZINAN_VAR": str(tmp_path)})
    good, bad = tmp_path / "baik.bpmn", tmp_path / "celaka.bpmn"
    for path in (good, bad):
        path.write_text("<a/>")
    real = deployment.check_set

    def falling(files, around=None):
        if "celaka.bpmn" in files:
            raise ZeroDivisionError
        return real(files, around)

    monkeypatch.setattr(deployment, "check_set", falling)
    answer = app.test_cli_runner().invoke(args=["check", "--json", str(tmp_path)])
    rows = [json.loads(line) for line in answer.output.splitlines() if line.startswith("{")]
    assert answer.exit_code == 2
    assert [(one["ok"], one["problems"][0]["code"]) for one in rows] == [(False, "not-bpmn"), (False, "checker-failed")]


def test_a_new_diagram_and_the_table_it_asks_are_checked_together(tmp_path):
    app = create_app({"EPERIZINAN_VAR": str(tmp_path)})
    drawing = d.file(
        roled("coba", d.start(), d.rule("k", "tabel_baru"), d.user("a"), d.end(), d.chain("mulai", "k", "a", "selesai"))
    )
    (tmp_path / "coba.bpmn").write_bytes(drawing)
    (tmp_path / "tabel.dmn").write_bytes(
        table(("-", "1"), inputs=("permohonan.izin",)).replace(b'decision id="t"', b'decision id="tabel_baru"')
    )
    codes = []
    for options in (["check", "--json"], ["check", "--json", "--together"]):
        answer = app.test_cli_runner().invoke(args=[*options, str(tmp_path)])
        found = [json.loads(line) for line in answer.output.splitlines() if line.startswith("{")]
        codes.append({one["code"] for row in found for one in row["problems"]})
    assert "unknown-decision" in codes[0]
    assert "unknown-decision" not in codes[1]


@pytest.mark.parametrize("command", [["verify-ledger"], ["database", "backup"]])
def test_a_command_without_a_database_says_how_one_is_started(tmp_path, command):
    app = create_app({"EPERIZINAN_VAR": str(tmp_path)})
    with app.app_context():
        answer = app.test_cli_runner().invoke(args=command)
    assert answer.exit_code == 2
    assert "database start" in answer.output
    assert "psycopg2" not in answer.output
