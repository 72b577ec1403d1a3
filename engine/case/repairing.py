"""Mending a file that met a fault: a failing element passed over, a value of its data put right.

Nothing personal stands in the data of a process (the forms keep it), and only
codes, numbers and yes or no may be put there, so that the history may tell
them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from engine import bpmn
from engine.bpmn.plain import number
from engine.case.clockwork import Doing
from engine.case.values import Case, Step
from engine.errors import CaseClosed, Refused, SubmissionInvalid

CODE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:+-]{0,63}")
WHOLE = re.compile(r"-?\d{1,15}")
DECIMAL = re.compile(r"-?\d{1,15}([.,]\d{1,9})?")
YES, NO = ("true", "ya"), ("false", "tidak")
HIDDEN = "(teks)"


def read_value(text: str, like: Any = None) -> bool | int | Decimal | str:
    """A typed value: yes or no, a number or a code; of the kind of `like`, when that is given.

    Raises SubmissionInvalid.
    """
    word = text.strip()
    if like is None:
        return _guessed(word)
    if isinstance(like, bool) and word.lower() in (*YES, *NO):
        return word.lower() in YES
    if isinstance(like, int | Decimal) and not isinstance(like, bool) and DECIMAL.fullmatch(word):
        return number(word.replace(",", "."))
    if isinstance(like, str) and CODE.fullmatch(word):
        return word
    raise SubmissionInvalid({"nilai": "Nilai baru harus sejenis dengan yang lama: ya/tidak, bilangan, atau kode"})


def _guessed(word: str) -> bool | int | str:
    if word.lower() in (*YES, *NO):
        return word.lower() in YES
    if WHOLE.fullmatch(word):
        return int(word)
    if not CODE.fullmatch(word):
        raise SubmissionInvalid({"nilai": "Nilai harus ya/tidak, bilangan bulat, atau kode tanpa spasi"})
    return word


def told(value: Any) -> str:
    """A value as the history tells it; what is no code might be somebody's words."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    text = str(value)
    return text if isinstance(value, int | Decimal) or not text or CODE.fullmatch(text) else HIDDEN


def skip(case: Case, element: str, outputs: Mapping[str, str], doing: Doing) -> Step:
    """The case with `element` to be passed over the next time it is reached, these outputs standing for its own.

    Raises CaseClosed, Refused for what must not be passed over, SubmissionInvalid.
    """
    if case.closed:
        raise CaseClosed(about=case.id)
    why, gives = bpmn.passable(case.deployment.definition, case.process, element)
    if why:
        raise Refused(why, about=element)
    if gives and not outputs:
        raise SubmissionInvalid({"hasil": "Berikan hasil yang menggantikan langkah itu"})
    given = {name: read_value(text) for name, text in outputs.items()}
    event = doing.event("element_skipped", element, None, outputs={name: told(one) for name, one in given.items()})
    return Step(replace(case, skips={**case.skips, element: given}, last_at=doing.recorded_at), (event,))


def repair(case: Case, name: str, text: str, doing: Doing) -> Step:
    """The case with another value at `name`, such as `periksa.keputusan`; old and new are told.

    Raises CaseClosed, Refused where nothing stands, SubmissionInvalid for
    another kind of value or the same.
    """
    if case.closed:
        raise CaseClosed(about=case.id)
    definition = case.deployment.definition
    known = bpmn.values(definition, case.snapshot)
    if name not in known:
        raise Refused("Data %(nama)s tidak ada pada berkas ini.", nama=name)
    value = read_value(text, known[name])
    if value == known[name]:
        raise SubmissionInvalid({"nilai": "Nilai baru sama dengan yang lama"})
    position = bpmn.repaired(definition, case.snapshot, name, value)
    event = doing.event("data_repaired", "", None, name=name, before=told(known[name]), after=told(value))
    return Step(replace(case, snapshot=position.snapshot, last_at=doing.recorded_at), (event,), (), position.data)
