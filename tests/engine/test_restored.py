"""A release that was taken in once is read again as it was, whatever the checker learned since."""

import json
from uuid import UUID

import pytest

from app.cli import release_files
from engine.deployment import build, restored
from engine.errors import DefinitionInvalid

FILES, ID = release_files(), UUID(int=1)


def test_a_release_is_read_again_as_it_was_taken_in():
    taken, again = build(ID, 3, FILES), restored(ID, 3, FILES)
    assert (again.checksum, again.number, again.forms, again.catalogue) == (
        taken.checksum, taken.number, taken.forms, taken.catalogue,
    )  # fmt: skip
    assert again.letters == taken.letters
    for word in ("files", "flows", "elements", "processes"):
        assert getattr(again.definition, word) == getattr(taken.definition, word)


@pytest.mark.parametrize("name", ["keputusan", "aksi"])
def test_what_the_checker_refuses_today_stays_readable(name):
    form = json.loads(FILES["forms/paraf.json"])
    form["sections"][0]["fields"].append({"name": name, "label": "Lama", "type": "text"})
    diagram = FILES["processes/bersama/penerbitan.bpmn"].replace(b'value="paraf"', b'value="paraf_lama"')
    old = FILES | {"forms/paraf.json": json.dumps(form).encode(), "processes/bersama/penerbitan.bpmn": diagram}
    with pytest.raises(DefinitionInvalid):
        build(ID, 3, old)
    assert name in {one.name for one in restored(ID, 3, old).forms["paraf"].fields()}


def test_what_cannot_be_run_at_all_is_told():
    with pytest.raises(DefinitionInvalid):
        restored(ID, 3, FILES | {"processes/bersama/penerbitan.bpmn": b"<bpmn"})
