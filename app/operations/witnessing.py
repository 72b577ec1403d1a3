"""What the anchors testify: each is whole, signed and follows its predecessor, and what it swore to is still there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from uuid import UUID

from app.operations.faults import ANCHOR, OFFICE, Fault
from app.operations.retrying import retried
from app.store import anchors, signing_key, transaction
from app.store.anchors import AnchorFolder
from app.store.ledger import Told
from engine.anchors import NOTHING_BEFORE, Anchor, Digest, Head, Unreadable, anchor_of, head_of, signed_part

AT_ONCE = 1000


@dataclass
class Witnesses:
    """The anchors of a folder, heard in order; `faults` grows, each case is named once."""

    place: AnchorFolder
    keys: frozenset[str]
    faults: list[Fault] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    hashes: dict[int, str] = field(default_factory=dict)  # number of an anchor -> hash of its file
    lost: set[UUID | str] = field(default_factory=set)
    previous: tuple[int, str] = (0, NOTHING_BEFORE)

    def hear(self, day: str) -> None:
        """One anchor: its own soundness, then whether the ledger still says what it swore to."""
        try:
            found = anchor_of(self.place.text(day))
        except Unreadable:
            self._say(self.previous[0] + 1, day, "berkas jangkar telah berubah dan tidak terbaca")
            self.previous = (self.previous[0] + 1, self.place.hash(day))
            return
        self._whole(found, day)
        self._swore(found, day)
        self.previous = (found.number, self.place.hash(day))
        self.hashes[found.number] = self.previous[1]

    def _say(self, number: int, day: str, reason: str) -> None:
        self.faults.append(Fault(ANCHOR, number, reason, day))

    def _whole(self, found: Anchor, day: str) -> None:
        number, previous = self.previous
        self.used.add(found.key)
        if found.number != number + 1:
            self._say(found.number, day, f"jangkar nomor {number + 1} hilang di depannya")
        elif found.previous != previous or found.day != day:
            self._say(found.number, day, "tidak menyambung pada jangkar sebelumnya")
        if found.key not in self.keys:
            self._say(found.number, day, "ditandatangani dengan kunci yang bukan milik kantor ini")
        elif not signing_key.holds(found.key, signed_part(found), found.signature):
            self._say(found.number, day, "tanda tangan tidak cocok dengan isinya")

    def _swore(self, found: Anchor, day: str) -> None:
        told, lines = Digest(), self.place.lines(day)
        while some := tuple(islice(lines, AT_ONCE)):
            for text in some:
                told.add(text)
            self._compare(day, _heads(some))
        if (told.lines, told.hex) != (found.lists.moved, found.lists.heads):
            self._say(found.number, day, "daftar ujung rantainya telah berubah")
        if found.office_seq and OFFICE not in self.lost and _office_hash(found.office_seq) != found.office_head:
            self.lost.add(OFFICE)
            reason = f"tidak lagi seperti ketika dijangkarkan pada {day}"
            self.faults.append(Fault(OFFICE, found.office_seq, reason))

    def _compare(self, day: str, sworn: list[Head]) -> None:
        kept = _hashes(tuple((one.case, one.seq) for one in sworn))
        for one in sworn:
            if kept.get((one.case, one.seq)) != one.head and one.case not in self.lost:
                self.lost.add(one.case)
                gone = "hilang" if (one.case, one.seq) not in kept else "telah berubah"
                self.faults.append(Fault(one.case, one.seq, f"{gone} sejak dijangkarkan pada {day}", one.number))

    def conclude(self, told: tuple[Told, ...]) -> None:
        """What the office's chain remembers and the folder does not show, and keys that nobody signed with."""
        for one in told:
            if self.hashes.get(one.number) != one.hash:
                self._say(one.number, one.day, "tidak ada lagi, atau bukan yang dicatat dalam buku kejadian kantor")
        if set(self.place.keys()) != self.used:
            self._say(0, anchors.KEYS, "daftar kunci tidak sama dengan kunci yang menandatangani")


def hear(folder: Path | None = None) -> tuple[int, list[Fault]]:
    """How many anchors `folder` holds, by default the office's own, and what is wrong.  Raises OSError."""
    place = AnchorFolder(folder or anchors.folder())
    # The chain is asked first: an anchor made meanwhile is in the folder by the time one looks there.
    told, days = _told(), place.days()
    heard = Witnesses(place, frozenset((*place.keys(), signing_key.known())) - {""})
    for day in days:
        heard.hear(day)
    heard.conclude(told)
    return len(days), heard.faults


def _heads(lines: tuple[str, ...]) -> list[Head]:
    """The heads of those lines that can be read; the others are told by the list's digest."""
    found = []
    for text in lines:
        with suppress(Unreadable):
            found.append(head_of(text))
    return found


@retried
def _told() -> tuple[Told, ...]:
    with transaction() as store:
        return store.ledger.told()


@retried
def _hashes(wanted: tuple[tuple[UUID, int], ...]) -> dict[tuple[UUID, int], str]:
    with transaction() as store:
        return store.ledger.hashes(wanted)


@retried
def _office_hash(seq: int) -> str | None:
    with transaction() as store:
        return store.ledger.office_hash(seq)
