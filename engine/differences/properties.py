"""What properties of diagrams and tables say, in the office's words: roles, forms, steps, times, conditions."""

from __future__ import annotations

from collections.abc import Callable

from engine.amounts import budget, duration, instant
from engine.clocks.naming import clock_name
from engine.differences import conditions
from engine.differences.office import Office, message, ours, plain
from engine.errors import Finding, joined, office_word

PARAMETER = "serviceTaskOperator.parameter."
CODES = ("serviceTaskOperator", f"{PARAMETER}cause", "hitPolicy", "aggregation")  # pages have words for these
SAID = {"true": Finding("ya"), "false": Finding("tidak")}

Words = Callable[[str, Office], str]
# Parameters of services.
_ROWS = {"register": "registers", "letter": "letters", "notice": "notices", "state": "states", "to": "roles"}


def told(what: str, office: Office, text: str) -> str:
    """`text`: how the property `what` was or becomes; "" and what nobody gave a name stay as they are."""
    if not text or what in CODES:
        return (conditions.literal(text) or text) if text else ""
    if what.startswith(PARAMETER):
        return _parameter(what.removeprefix(PARAMETER), text, office)
    say = _WORDS.get(what.rpartition(".")[2]) or _WORDS.get(what)
    return say(text, office) if say else SAID.get(text, text)


def _parameter(name: str, text: str, office: Office) -> str:
    """What a service is given: "L" the name of that clock, an expression in words."""
    value = conditions.literal(text)
    if value is None:
        return conditions.told(text, office)
    if name == "reply":
        return message(value)
    if name == "term":
        return office_word(plain(value))
    if name in _ROWS:
        return office.row(_ROWS[name], value)
    return ours(clock_name(value)) if name == "clock" else plain(value)


def _steps(text: str, office: Office) -> str:
    return joined([office.step(one) for one in text.replace(",", " ").split()], ", ")


def _message(text: str, office: Office) -> str:
    return office.thing(text)


_KINDS = {"string": "teks", "number": "bilangan", "boolean": "ya/tidak", "date": "tanggal", "time": "jam"}

_WORDS: dict[str, Words] = {
    "peran": lambda text, office: office.row("roles", text),
    "memanggil": _message,
    "processRef": _message,
    "messageRef": _message,
    "errorRef": _message,
    "signalRef": _message,
    "escalationRef": _message,
    "calledDecisionId": _message,
    "formKey": lambda text, office: office.form(text),
    "standard": lambda text, _office: budget(text),
    "standardOnline": lambda text, _office: budget(text),
    "notSameAs": _steps,
    "draft": lambda text, office: office.row("letters", text),
    "namedBy": conditions.told,
    "state": lambda text, office: office.row("states", text),
    "stateClaimed": lambda text, office: office.row("states", text),
    "stateAgain": lambda text, office: office.row("states", text),
    "dari": lambda text, office: office.step(text),
    "ke": lambda text, office: office.step(text),
    "di_dalam": lambda text, office: office.step(text),
    "attachedToRef": lambda text, office: office.step(text),
    "default": lambda text, office: office.step(text),
    "syarat": conditions.told,
    "ungkapan": conditions.told,
    "loopCondition": conditions.told,
    "completionCondition": conditions.told,
    "timeDuration": lambda text, _office: duration(text),
    "timeDate": lambda text, _office: instant(text),
    "typeRef": lambda text, _office: office_word(_KINDS[text]) if text in _KINDS else text,
}
