"""What a change of a keadaan kahar would do is told before it is kept, and is what it then does."""

from datetime import timedelta

import pytest

from app.operations import force_majeure_changes as changes
from app.operations import force_majeure_page
from app.operations.force_majeure_changes import Change
from engine.errors import NotAllowed, Refused, SubmissionInvalid
from tests.app.operations.test_force_majeure import TUESDAY, WEDNESDAY, declare, establish, promise, proposal, running

__all__ = ["running"]
BECAUSE = "Catatan PLN menyebut jam lain"
CHANGES = [
    Change("RECOVER", BECAUSE, until=WEDNESDAY),
    Change("EXTEND", BECAUSE),
    Change("AMEND", BECAUSE, since=TUESDAY + timedelta(hours=2)),
    Change("REVOKE", BECAUSE),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.act)
def test_the_effect_that_is_shown_is_the_effect_that_comes(office, running, change):
    id, by = declare(office, proposal(TUESDAY, None)), office.people["kabid"]
    before = promise(running, office.at)
    seen = changes.preview(id, change, by, office.at)
    assert seen.version == 2
    assert promise(running, office.at) == before
    assert len(force_majeure_page.page(id, by, office.at).versions) == 1, "nothing is kept"
    assert changes.propose(id, change, by, office.at) == 2
    waiting = force_majeure_page.page(id, by, office.at)
    assert waiting.impact.counts() == seen.impact.counts()
    assert waiting.changes[2] == seen.changes
    done = establish(office, id)
    assert done.figures == seen.impact.figures
    moved = [one.after.promised_at for one in seen.impact.moves]
    assert moved == ([] if change.act == "EXTEND" else [promise(running, office.at)])


def test_a_change_that_could_not_be_proposed_is_not_previewed_either(office, running):
    id, by = declare(office, proposal(TUESDAY, WEDNESDAY)), office.people["kabid"]
    for ask in (changes.sound, changes.preview, changes.propose):
        with pytest.raises(SubmissionInvalid):
            ask(id, Change("AMEND", BECAUSE), by, office.at)
        with pytest.raises(Refused):
            ask(id, Change("EXTEND", BECAUSE), by, office.at)
        with pytest.raises(NotAllowed):
            ask(id, Change("REVOKE", BECAUSE), office.people["pengawas"], office.at)
    changes.propose(id, Change("REVOKE", BECAUSE), by, office.at)
    with pytest.raises(Refused):
        changes.preview(id, Change("REVOKE", BECAUSE), by, office.at)
