"""How agencies answered, counted by hand."""

import json
from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

from engine.agencies import (
    FIGURES,
    Request,
    behind,
    performance_as_json,
    performance_from_json,
    performances,
)
from engine.clocks import WIB

BEGIN, END = datetime(2026, 8, 1, tzinfo=WIB), datetime(2026, 9, 1, tzinfo=WIB)


def request(number, asked, answered=None, late=None, unit="PUPR"):
    """Days of August; earlier and later months by going beyond."""
    at = [None if day is None else BEGIN + timedelta(days=day - 1, hours=9) for day in (asked, answered)]
    return Request(UUID(int=number), f"{number:03}", "IMB", unit, *at, late)


def of(*requests):
    found = performances(requests, BEGIN, END, lambda since, until: Fraction((until - since).days), END)
    return {one.unit: one for one in found}


def numbers(requests, figure):
    return [one.number for one in behind(requests, figure, BEGIN, END)]


def test_each_request_stands_behind_the_figures_of_its_month_only():
    asked = (
        request(1, 3, 5, False),
        request(2, -4, 2, True),
        request(3, 20),
        request(4, 28, 35, False),
        request(5, 10, 12),
    )
    line = of(*asked)["PUPR"]
    assert numbers(asked, "diminta") == ["001", "003", "004", "005"]
    assert numbers(asked, "dijawab") == ["001", "002", "005"]
    assert numbers(asked, "tepat") == ["001"]
    assert numbers(asked, "terlambat") == ["002"]
    assert numbers(asked, "terbuka") == ["003", "004"]
    assert [line.count(one) for one in FIGURES] == [4, 3, 1, 1, 2]
    assert line.share == Fraction(1, 2), "what had no term of its own is not judged"
    assert (line.oldest.number, line.waited) == ("003", 11)
    assert (line.median, line.ninetieth) == (2, 6)


def test_agencies_are_told_apart_and_one_without_answers_has_no_times():
    found = of(request(1, 3, 5, False), request(2, 4, unit="DINKES"))
    assert list(found) == ["DINKES", "PUPR"]
    assert found["DINKES"].median is None
    assert found["DINKES"].share is None
    assert found["PUPR"].oldest is None


def test_what_an_agency_did_is_written_down_and_read_back():
    for line in of(request(1, 3, 5, False), request(2, 4), request(3, 4, unit="DINKES")).values():
        assert performance_from_json(json.loads(json.dumps(performance_as_json(line)))) == line
