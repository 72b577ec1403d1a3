"""Rules about marks of messages: the word by which an event knows its own message is one that a sender puts into it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.checking.kinds import sent_of
from engine.bpmn.checking.messages import caught_by
from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.elements import EVENTS, correlation
from engine.errors import Problem


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    if known.catalogue.messages is None:
        return
    for node in sheet.of(*EVENTS, "receiveTask"):
        word, names = correlation(node)[0], caught_by(sheet, node)
        sent = sent_of(known).get(min(names)) if word.isidentifier() and len(names) == 1 else None
        if sent is not None and word not in sent:
            message = f"{called_so(node)} mengenali pesannya dari {word}, tetapi tidak ada pengirim yang membawanya"
            hint = f"Yang dibawa: {', '.join(sorted(sent)) or 'tidak ada; isi payload pada pengirimnya'}."
            yield problem(sheet, node, "unknown-field", message, hint)
