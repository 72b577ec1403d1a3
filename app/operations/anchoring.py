"""The daily anchor: every chain's end, signed and laid down outside the database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.clock import WIB
from app.operations.retrying import retried
from app.store import Store, anchors, signing_key, transaction
from app.store.anchors import AnchorFolder
from app.store.ledger import ANCHORED, Told
from engine.anchors import NOTHING_BEFORE, Anchor, Lists, Unreadable, anchor_of, signed_part, told_apart
from engine.events import stamp


@dataclass(frozen=True)
class Anchored:
    """`fresh`: made now; false when the day had its anchor already."""

    number: int
    day: str
    fresh: bool


@retried
def anchor(at: datetime) -> Anchored | None:
    """Give the day (WIB) of `at` its anchor, once; None while another worker is at it.

    The file comes before the commit: after a crash between them the next call tells the office's chain of the file
    that is there.  Raises OSError when the folder or the key cannot be used.
    """
    place = AnchorFolder(anchors.folder())
    with transaction() as store:
        if not store.ledger.may_anchor():
            return None
        last, told = _last(place), store.ledger.last_told()
        if last and (told is None or told.number < last.number):
            _tell(store, last, at)
        newest = max((one for one in (told, last) if one), key=lambda one: one.number, default=None)
        if newest and newest.day >= _day(at):
            return Anchored(newest.number, newest.day, fresh=False)
        made = _made(store, place, newest, at)
        _tell(store, made, at)
    return Anchored(made.number, made.day, fresh=True)


def _day(at: datetime) -> str:
    return at.astimezone(WIB).date().isoformat()


def _last(place: AnchorFolder) -> Told | None:
    """The folder's last anchor; None when there is none that can be read."""
    for day in reversed(place.days()):
        try:
            found = anchor_of(place.text(day))
        except Unreadable:
            continue
        return Told(found.number, day, place.hash(day), found.lists.all)
    return None


def _tell(store: Store, made: Told, at: datetime) -> None:
    """The office's own chain remembers each anchor, so that one taken from the folder is missed."""
    body = {"number": made.number, "day": made.day, "hash": made.hash, "all": made.all}
    store.calendars.tell(ANCHORED, body, None, at)


def _made(store: Store, place: AnchorFolder, before: Told | None, at: datetime) -> Told:
    key, (seq, head) = signing_key.public(), store.ledger.office_head()
    number, previous = (before.number + 1, before.hash) if before else (1, NOTHING_BEFORE)
    lists = _lists(store, place, before, _day(at))
    blank = Anchor(number, _day(at), stamp(at), previous, lists, seq, head, key)
    signed = replace(blank, signature=signing_key.sign(signed_part(blank)))
    place.add_key(key)
    if not place.publish(signed):
        raise FileExistsError(f"Jangkar {signed.day} sudah ada di {place.place} dengan isi lain.")
    return Told(signed.number, signed.day, place.hash(signed.day), signed.lists.all)


def _lists(store: Store, place: AnchorFolder, before: Told | None, day: str) -> Lists:
    """Write the list of moved heads and that of all known ones, in constant memory."""
    known = place.known(before.all) if before else iter(())
    with place.writing(f"{day}.heads") as moved, place.writing(anchors.KNOWN) as every:
        for one, fresh in told_apart(known, store.ledger.heads()):
            every.add(one)
            if fresh:
                moved.add(one)
    return Lists(every.digest.lines, moved.digest.lines, moved.digest.hex, every.whole)
