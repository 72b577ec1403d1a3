"""Files by a piece of their number, their applicant's name or his who answers for it, their subject, the end of a NIK.

Any piece of three letters or more is answered by an index of every three letters in a row (`case_texts`, kept by a
trigger); a shorter one is common enough that reading the list itself finds a page of it at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Text, func, literal, or_, select, union
from sqlalchemy.dialects.postgresql import ARRAY

from app.store.like import escaped
from app.store.tables.cases import case_texts, cases

SHORTEST = 3


def named(text: str, keys: Sequence[bytes] = (), code: str = "") -> Any:
    """The condition that a case goes by this text.

    `keys`: of a NIK, or of its last digits, that the text may be; `code`: the tracking code it may be.
    """
    if len(text) < SHORTEST:
        return _like(text)
    return cases.c.id.in_(union(*_ways(text, keys, code)))


def _like(text: str) -> Any:
    like = f"%{escaped(text)}%"
    spoken = (cases.c.number, cases.c.applicant_name, cases.c.person_name, cases.c.subject)
    return or_(*(one.ilike(like) for one in spoken))


def _ways(text: str, keys: Sequence[bytes], code: str) -> Iterator[Any]:
    """Each by an index of its own."""
    grams = func.grams(literal(text, Text), type_=ARRAY(Text))
    joined = select(cases.c.id).join(case_texts, case_texts.c.case_id == cases.c.id)
    yield joined.where(case_texts.c.grams.contains(grams), _like(text))
    if keys:
        yield select(cases.c.id).where(cases.c.nik_hmac.in_(keys))
        yield select(case_texts.c.case_id).where(case_texts.c.nik_tails.overlap(list(keys)))
    if code:
        yield select(cases.c.id).where(cases.c.tracking_code == code)
