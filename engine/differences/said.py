"""What the values of forms and of the law's data say, in the office's words: no code where something has a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from engine.amounts import budget, instant, share
from engine.catalogue.channels import CHANNEL_WORDS
from engine.clocks.naming import clock_name
from engine.differences.office import Office, choices, ours, plain
from engine.errors import Finding, joined, office_word

# How files are opened and answered, as the pages say.
OPENED = {
    "baru": Finding("baru"),
    "perpanjangan": Finding("perpanjangan"),
    "perorangan": Finding("perorangan"),
    "badan": Finding("badan usaha"),
    "instansi": Finding("instansi"),
    **CHANNEL_WORDS,
}
EXAMPLE = Finding("contoh")  # of a figure of the law that nobody has adopted
READS = {"all": Finding("semua berkas"), "own": Finding("berkasnya sendiri"), "none": Finding("tidak satu pun")}
_SOURCES = {"application": "isian permohonan: %(field)s", "case": "data berkas: %(field)s"}
LISTED = ("requirements", "agencies", "kinds", "categories", "sent_by", "clocks", "needs")  # of codes
LISTS = {
    "agencies": Finding("perangkat daerah"),
    "areas": Finding("wilayah"),
    "professions": Finding("profesi"),
    "team_members": Finding("anggota tim"),
    "requirements": Finding("persyaratan izinnya"),
    "all_requirements": Finding("semua persyaratan izinnya"),
    "optional_requirements": Finding("persyaratan yang tidak wajib"),
    "flagged": Finding("yang ditandai perlu diperbaiki"),
}
PATTERNS = {
    "coordinates": Finding("koordinat"),
    "plate": Finding("nomor polisi"),
    "bank_reference": Finding("nomor referensi bank"),
    "str_number": Finding("nomor STR"),
    "decree_number": Finding("nomor keputusan"),
    "postcode": Finding("kode pos"),
}
_EFFECTS = {"SUSPEND": Finding("jam ditangguhkan"), "ROLL_LAST_DAY": Finding("hari terakhir bergeser")}
Words = Callable[[str, Office], str]


def of_law(what: str, office: Office, text: str) -> str:
    """A value of an entry of the catalogue; `what`: the way to it."""
    last = _last(what)
    if last in _LAW and text:
        return _LAW[last](text, office)
    if office.knows(last):  # settings that name a step and one of its decisions, or another step
        return office.step(text) if office.knows(text) else office.outcome(last, text)
    return EFFECTS(text, office) if set(text.split(", ")) <= set(_EFFECTS) else instant(share(text))


def of_form(what: str, text: str, fields: Mapping[str, Mapping[str, Any]]) -> str:
    """A value of a form; `fields`: those of both versions by their names."""
    last = _last(what)
    if last == "prefill" and text:
        source, _dot, name = text.partition(".")
        field = office_word(str(fields[name]["label"])) if "label" in fields.get(name, {}) else plain(name)
        return Finding(_SOURCES[source], field=field) if source in _SOURCES and name else plain(text)
    if what.endswith("visible_if.field"):
        label = fields.get(text, {}).get("label")
        return office_word(str(label)) if label else plain(text)
    if last in ("options_from", "rows_from"):
        return LISTS.get(text, plain(text))
    if last == "pattern":
        return PATTERNS.get(text, text)
    return chosen(text, fields[last]) if last in fields and text else text


def called(field: str, what: str, fields: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """For each step of the way to a property of `field` what the form calls it: fields and choices; "" for others."""
    known = fields.get(field, {})
    for before, step in pairwise(("", *what.split("."))):
        known = fields[step] if before != "options" and step in fields else known
        label = choices(known.get("options")).get(step, "") if before == "options" else known.get("label", "")
        yield str(label) if before == "options" or step in fields else ""


def chosen(text: str, asked: Mapping[str, Any]) -> str:
    """The answers of the field `asked` for which another one is shown, by what they say."""
    known = choices(asked.get("options"))
    given = text.split(", ")
    return joined([office_word(known[one]) for one in given], ", ") if set(given) <= set(known) else text


def _last(what: str) -> str:
    return what.rpartition(".")[2]


def _each(say: Callable[[str, Office], str]) -> Words:
    """Of a list of codes each by its name."""
    return lambda text, office: joined([say(one, office) for one in text.split(", ")], ", ")


def _row(file: str) -> Words:
    return _each(lambda code, office: office.row(file, code))


EFFECTS = _each(lambda code, _office: _EFFECTS[code])


def _opened(text: str, _office: Office) -> str:
    return OPENED.get(text, plain(text))


_LAW: Mapping[str, Words] = {
    "budget": lambda text, _office: budget(text),
    "valid_for": lambda text, _office: budget(text),
    "requirements": _row("requirements"),
    "agencies": _row("agencies"),
    "agency": _row("agencies"),
    "role": _row("roles"),
    "signatory": _row("roles"),
    "to": _row("roles"),
    "process": lambda text, office: office.thing(text),
    "technical_form": lambda text, office: office.form(text),
    "sent_by": _each(lambda code, office: office.step(code)),
    "clocks": _each(lambda code, _office: ours(clock_name(code))),
    "kinds": _each(_opened),
    "categories": _each(_opened),
    "needs": _each(_opened),
    "channel": _opened,
    "levy": lambda text, _office: office_word(plain(text)),
    "register": _row("registers"),
    "reads": lambda text, _office: READS.get(text, text),
}
