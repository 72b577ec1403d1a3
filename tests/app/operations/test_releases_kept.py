"""Releases in the store: parsed once, and no more of them kept in memory than an office needs."""

import pytest

from app.cli import release_files
from app.operations import processes
from app.store import deployments, transaction


@pytest.fixture
def releases(office, monkeypatch):
    """Three releases, no more than two of which are kept; and which were parsed since."""

    def deployed(number):
        files = release_files()
        text = files["forms/tindakan.json"].decode()
        files["forms/tindakan.json"] = (text + " " * number).encode()
        return processes.deploy(files, f"rilis {number}", office.at, development=True, by=office.people["admin"]).id

    ids = [deployed(number) for number in (1, 2, 3)]
    parsed = []
    restored = deployments.restored

    def noted(id, number, files):
        parsed.append(id)
        return restored(id, number, files)

    monkeypatch.setattr(deployments, "restored", noted)
    monkeypatch.setattr(deployments, "MOST_KEPT", 2)
    deployments._kept.clear()
    return ids, parsed


def test_a_release_is_parsed_once_and_the_one_asked_for_longest_ago_makes_room(releases):
    (first, second, third), parsed = releases
    with transaction() as store:
        for id in (first, second, first, second):
            store.deployments.get(id)
        assert parsed == [first, second]
        store.deployments.get(first)
        store.deployments.get(third)
        assert [*deployments._kept] == [first, third]
        store.deployments.get(second)
    assert parsed == [first, second, third, second]
