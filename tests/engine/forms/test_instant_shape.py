"""What a page says of an instant before it is sent is what the office says of it once it is sent."""

import re

import pytest

from engine.forms.values import INSTANT_SHAPE, Unreadable, instant_of

READ = ("01/12/2026 08.00", "1/2/2026 8:05", "01-12-2026, 23.59", "1.2.2026T00:00", "01/12/2026 08.00 WIB")
REFUSED = (
    "besok pagi",
    "01/12/2026",
    "08.00",
    "01/12/2026 24.00",
    "01/12/2026 08.60",
    "2026-12-01 08.00",
    "1/2/26 08.00",
)


@pytest.mark.parametrize("typed", READ)
def test_an_instant_the_office_reads_is_not_refused_by_its_page(typed):
    assert instant_of(typed)
    assert re.fullmatch(INSTANT_SHAPE, typed)


@pytest.mark.parametrize("typed", REFUSED)
def test_an_instant_the_page_refuses_the_office_cannot_read_either(typed):
    assert not re.fullmatch(INSTANT_SHAPE, typed)
    with pytest.raises(Unreadable):
        instant_of(typed)
