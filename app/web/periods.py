"""A period of days as it stands in an address: typed as hari/bulan/tahun, by default the month so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from flask import request
from flask_babel import gettext as _

from app.clock import WIB
from app.operations.patterns import Span
from app.web.rendering import typed_day
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of


def span_of(at: datetime) -> Span:
    """`dari` and `sampai` of the address; raises SubmissionInvalid at what cannot be read."""
    errors: dict[str, str] = {}
    usual = this_month(at)
    since = _day("dari", _("Dari"), usual.since, errors)
    until = _day("sampai", _("Sampai"), usual.until, errors)
    if errors:
        raise SubmissionInvalid(errors)
    return Span(since, until)


def this_month(at: datetime) -> Span:
    today = at.astimezone(WIB).date()
    return Span(today.replace(day=1), today)


def typed(at: datetime) -> Mapping[str, str]:
    """The two days as they were typed, or as they are meant where nothing was."""
    usual = this_month(at)
    return {"dari": _text("dari") or typed_day(usual.since), "sampai": _text("sampai") or typed_day(usual.until)}


def addressed(span: Span) -> dict[str, str]:
    """The period as an address tells it."""
    return {"dari": typed_day(span.since), "sampai": typed_day(span.until)}


def _text(name: str) -> str:
    return clean(request.args.get(name, "").replace("\x00", ""))[:40]


def _day(name: str, label: str, usual: date, errors: dict[str, str]) -> date:
    text = _text(name)
    try:
        return date_of(text) if text else usual
    except Unreadable as fault:
        errors[name] = Sentence("%(label)s: %(fault)s", label=label, fault=fault.sentence)
        return usual
