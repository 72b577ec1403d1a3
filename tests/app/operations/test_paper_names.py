"""Which version of its place a document is: requirements and single fields count on, photographs stand side by side."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

from app.operations.paper_names import versions

CASE, MORNING = uuid4(), datetime(2026, 10, 20, 1, tzinfo=UTC)


def paper(minute, requirement="", field="", removed=None, caption=""):
    at = MORNING + timedelta(minutes=minute)
    gone = MORNING + timedelta(minutes=removed) if removed is not None else None
    return SimpleNamespace(
        id=uuid4(), case_id=CASE, at=at, removed_at=gone, requirement=requirement, field=field, caption=caption
    )


def counted(*papers):
    found = versions(papers)
    return [found[one.id] for one in papers]


def test_a_requirement_counts_on_from_round_to_round_also_where_the_older_paper_was_kept():
    assert counted(paper(0, "ktp", "PM/a"), paper(5, "ktp", "PM/b"), paper(9, "ktp", "PM/b", removed=12)) == [1, 2, 3]


def test_the_only_paper_of_its_place_has_no_version():
    assert counted(paper(0, "ktp", "PM/a"), paper(1, "npwp", "PM/b"), paper(2, field="7/skrd")) == [0, 0, 0]


def test_a_field_for_one_file_counts_on_and_photographs_beside_each_other_do_not():
    assert counted(paper(0, field="7/bap", removed=3), paper(3, field="7/bap")) == [1, 2]
    assert counted(paper(0, field="7/foto"), paper(3, field="7/foto")) == [0, 0]
    assert counted(paper(0, field="7/foto", removed=1), paper(3, field="7/foto", caption="Depan")) == [0, 0]
