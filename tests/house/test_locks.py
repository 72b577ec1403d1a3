"""Advisory locks are numbers in one space: two rooms that took the same one would wait for each other for nothing."""

from app.store import calendars, disturbances, ledger, steady


def test_every_advisory_lock_has_a_number_of_its_own():
    numbers = (calendars.OFFICE_CHAIN, ledger.ANCHORING, steady.WORLD, disturbances.CODES)
    assert len(set(numbers)) == len(numbers)
