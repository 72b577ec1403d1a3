"""The walls between the rooms stand."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.application.use_cases import SUCCESS, lint_imports
from importlinter.configuration import configure

ROOT = Path(__file__).resolve().parents[2]
KEPT_OUT = ["flask", "sqlalchemy", "apscheduler", "psycopg2", "werkzeug"]
LIST_MODULES = """
import importlib, json, pkgutil, sys
import engine
for found in pkgutil.walk_packages(engine.__path__, "engine."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
print(json.dumps(sorted(sys.modules)))
"""


@pytest.fixture
def at_root(monkeypatch):
    monkeypatch.chdir(ROOT)
    configure()


def test_the_import_contracts_are_kept(at_root, capsys):
    passed = lint_imports(config_filename="setup.cfg", cache_dir=None)
    assert passed == SUCCESS, capsys.readouterr().out


def test_the_engine_runs_without_any_framework():
    ran = subprocess.run([sys.executable, "-c", LIST_MODULES], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(json.loads(ran.stdout))
    assert "engine.errors" in loaded
    assert loaded.isdisjoint(KEPT_OUT)
