"""Rules about marks of messages: the word by which an event knows its own message is one that a sender puts into it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.announced import correlation
from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.comparing import OPEN, SAID
from engine.bpmn.checking.inference import infer
from engine.bpmn.checking.kinds import held_by, sent_of
from engine.bpmn.checking.messages import caught_by
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import EVENTS
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Finding, Problem


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    if known.catalogue.messages is None:
        return
    for node in sheet.of(*EVENTS, "receiveTask"):
        (word, expected), names = correlation(node), caught_by(sheet, node)
        sent = sent_of(known).get(min(names)) if word.isidentifier() and len(names) == 1 else None
        if sent is not None and word not in sent:
            message = Finding(
                "%(node)s mengenali pesannya dari %(word)s, tetapi tidak ada pengirim yang membawanya",
                node=called_so(node),
                word=word,
            )
            hint = Finding("Yang dibawa: %(listed)s.", listed=", ".join(sorted(sent))) if sent else _NOTHING
            yield problem(sheet, node, "unknown-field", message, hint)
        elif sent is not None and (odd := _other(expected, sent[word], known)):
            message = Finding(
                "Untuk siapa pada %(node)s: %(word)s berupa %(kind)s, tidak pernah sama dengan %(odd)s",
                node=called_so(node),
                word=word,
                kind=SAID[sent[word]],
                odd=odd,
            )
            yield problem(sheet, node, "wrong-type", message, "Samakan jenis nilainya.")


_NOTHING = "Yang dibawa: tidak ada; isi Yang dibawa (payload) pada pengirimnya."


def _other(expected: str, kind: str, known: Set) -> str:
    """What is expected of a word of this kind and never is it, said in words; "" where it may be."""
    try:
        kinds = infer(expected, held_by(known)).kinds
    except ExpressionFault:
        return ""  # told where texts are checked
    return "" if kind not in SAID or kinds & {*OPEN, kind} else SAID[min(kinds)]
