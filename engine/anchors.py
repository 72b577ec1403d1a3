"""Anchors: what the office swears to once a day about every chain, in a form that others can check without it.

An anchor names the heads that moved since its predecessor, the head of the office's own chain, and its predecessor by
hash.  It is signed with a key outside the database.  Whoever keeps a copy sees later whether an end was cut off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from engine.events import canonical

ANCHOR_VERSION = 1
NOTHING_BEFORE = "0" * 64
# In front of what is signed, so that a signature over an anchor is never one over something else.
PURPOSE = b"e-perizinan jangkar\n"


class Unreadable(ValueError):
    """Not exactly what the office writes; carries the text."""


@dataclass(frozen=True)
class Head:
    """The end of a case's chain: `seq` events, the last one hashed `head` (hex); `number` may be "" yet."""

    case: UUID
    seq: int
    head: str
    number: str


@dataclass(frozen=True)
class Lists:
    """What an anchor says of heads: how many are known, how many moved, the digest of the moved ones' list (`heads`),
    and the SHA-256 of the list of every known one (`all`)."""

    cases: int
    moved: int
    heads: str
    all: str


@dataclass(frozen=True)
class Anchor:
    """`day`: ISO date in WIB; `at`: UTC stamp; hashes, `key` (public) and `signature` in lower-case hex."""

    number: int
    day: str
    at: str
    previous: str
    lists: Lists
    office_seq: int
    office_head: str
    key: str
    signature: str = ""


class Digest:
    """The digest of a list: SHA-256 over the SHA-256 (hex) of each line, so that a withheld line still counts."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()
        self.lines = 0

    def add(self, line: str) -> None:
        self._sum.update(digest(line).encode())
        self.lines += 1

    @property
    def hex(self) -> str:
        return self._sum.hexdigest()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def line(head: Head) -> str:
    """A head as one line of a list, without its end."""
    return canonical([str(head.case), head.seq, head.head, head.number])


def head_of(text: str) -> Head:
    """The head of a line; raises Unreadable unless the line is exactly what `line` would write."""
    try:
        case, seq, head, number = json.loads(text)
        found = Head(UUID(case), seq, head, number)
    except (ValueError, TypeError, AttributeError, RecursionError) as fault:
        raise Unreadable(text) from fault
    if line(found) != text:
        raise Unreadable(text)
    return found


def told_apart(before: Iterable[Head], today: Iterable[Head]) -> Iterator[tuple[Head, bool]]:
    """Every known head by case, and whether it moved; both lists come in the order of their cases.

    A case that is no longer there stays known with its last head: an anchor never forgets.
    """
    for found in _side_by_side(before, today):
        yield found[-1][1], _moved(found)


def unlike(before: Iterable[Head], today: Iterable[Head]) -> Iterator[Head]:
    """The heads that only one list has, or that differ; both lists come in the order of their cases."""
    for found in _side_by_side(before, today):
        if len(found) == 1 or found[0][1] != found[1][1]:
            yield found[0][1]


def _side_by_side(before: Iterable[Head], today: Iterable[Head]) -> Iterator[list[tuple[int, Head]]]:
    """For each case its one or two heads, each with its list: 0 `before`, 1 `today`."""
    both = merge(((str(one.case), 0, one) for one in before), ((str(one.case), 1, one) for one in today))
    for _case, group in groupby(both, key=itemgetter(0)):
        yield [(source, head) for _, source, head in group]


def _moved(found: list[tuple[int, Head]]) -> bool:
    """A case known from before alone did not move; one seen today did unless it stands where it stood."""
    source, head = found[-1]
    return source == 1 and (len(found) == 1 or found[0][1] != head)


def signed_part(anchor: Anchor) -> bytes:
    """The bytes whose signature makes the anchor one."""
    return PURPOSE + canonical({"v": ANCHOR_VERSION, **asdict(replace(anchor, signature=""))}).encode()


def text_of(anchor: Anchor) -> str:
    """The anchor as its file holds it; its hash is the next one's `previous`."""
    return canonical({"v": ANCHOR_VERSION, **asdict(anchor)}) + "\n"


def anchor_of(text: str) -> Anchor:
    """The anchor in a file; raises Unreadable unless the text is exactly what `text_of` would write."""
    try:
        content: dict[str, Any] = json.loads(text)
        version = content.pop("v")
        found = Anchor(**{**content, "lists": Lists(**content["lists"])})
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as fault:
        raise Unreadable(text) from fault
    if version != ANCHOR_VERSION or text_of(found) != text:
        raise Unreadable(text)
    return found
