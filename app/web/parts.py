"""Reading small things from a request: ids, keys, instants, days, places in a list."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, time
from uuid import UUID

from flask import g, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from app.clock import WIB
from engine import reserved
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of, instant_of


def key() -> UUID | None:
    """The idempotency key made when the page was drawn; None when it is missing or no UUID."""
    return uuid_of(request.form.get(reserved.KEY, ""))


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def typed() -> dict[str, list[str]]:
    """Everything typed, as lists of texts by name; the page's token is none of it, or a repeat would differ."""
    return {name: list(values) for name, values in request.form.lists() if name != reserved.CSRF}


def sent(name: str) -> bytes:
    """The bytes of an uploaded file, none when nothing was chosen."""
    given = request.files.get(name)
    return given.read() if given is not None and given.filename else b""


def instant(name: str, label: str, form: Mapping[str, str] | None = None) -> datetime | None:
    """A WIB instant as typed ("11/08/2026 08.00"), None when empty; raises SubmissionInvalid.

    `form`: what was typed, that of the request unless it is given.
    """
    text = clean((request.form if form is None else form).get(name, ""))
    try:
        return instant_of(text) if text else None
    except Unreadable as fault:
        raise SubmissionInvalid({name: Sentence("%(label)s: %(fault)s", label=label, fault=fault.sentence)}) from fault


def past_moment(name: str, label: str) -> datetime | None:
    """The instant an address asks for: as our own links write it, or as typed; None when empty.

    Of a day without an hour its end, of today the present.  Raises SubmissionInvalid.
    """
    text = request.args.get(name, "").replace("\x00", "")[:60]
    return moment_of(clean(text)) or _end_of(clean(text)) or instant(name, label, {name: text[:40]})


def _end_of(text: str) -> datetime | None:
    """None for anything but a day."""
    try:
        day = date_of(text)
    except Unreadable:
        return None
    return g.at if day == g.at.astimezone(WIB).date() else datetime.combine(day, time.max, WIB)


def typed_past(name: str) -> str:
    """What stands in the field for an instant: as typed, nothing for a link's."""
    text = clean(request.args.get(name, "").replace("\x00", "")[:60])
    return "" if moment_of(text) else text[:40]


def instants(
    labels: Mapping[str, str], form: Mapping[str, str] | None = None
) -> tuple[dict[str, datetime | None], dict[str, str]]:
    """Instants by field, None for an empty one, and a sentence for each that cannot be read; `labels`: by field."""
    found: dict[str, datetime | None] = {}
    faults: dict[str, str] = {}
    for name, label in labels.items():
        try:
            found[name] = instant(name, label, form)
        except SubmissionInvalid as invalid:
            found[name] = None
            faults |= invalid.errors
    return found, faults


def end_of_day(name: str, label: str) -> datetime | None:
    """The last minute of a day as typed ("11/08/2026"), None when empty; raises SubmissionInvalid."""
    text = clean(request.form.get(name, ""))
    try:
        return datetime.combine(date_of(text), time(23, 59), WIB) if text else None
    except Unreadable as fault:
        raise SubmissionInvalid({name: Sentence("%(label)s: %(fault)s", label=label, fault=fault.sentence)}) from fault


def place(text: str) -> tuple[datetime, UUID] | None:
    """Where a list goes on, from its address; None for the beginning and for anything unreadable."""
    try:
        at, _, id = urlsafe_b64decode(text.encode()).decode().partition("|")
        found = moment_of(at)
        return (found, UUID(id)) if found else None
    except ValueError:
        return None


def moment_of(text: str) -> datetime | None:
    """An ISO instant as our own addresses carry it, in UTC; None for anything else, years beyond the calendar too."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def whole(text: str, otherwise: int = 0) -> int:
    """A whole number of at most nine plain digits, else `otherwise`: other scripts' digits are none of ours."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def place_text(at: datetime | None, id: UUID) -> str:
    return urlsafe_b64encode(f"{at.isoformat() if at else ''}|{id}".encode()).decode()


def beating(counts: Mapping[str, object]) -> AnyResponse:
    """Counts as JSON with an ETag; answered by 304 while nothing changed."""
    answer = jsonify(counts)
    answer.set_etag(hashlib.sha256(json.dumps(counts, sort_keys=True).encode()).hexdigest()[:16])
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)
