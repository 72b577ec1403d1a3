"""What the record of access says beside an entry's kind: the office's own words translated, typed ones as they are."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from markupsafe import Markup, escape

from app.operations import personal
from app.web.act_words import named
from app.web.pattern_words import PATTERNS
from app.web.trail_words import KINDS
from app.web.words import cited, translated

OWN = {*personal.OF_AUDIT, personal.LOOKED_BACK}  # kinds whose details the office puts together itself
AGAINST = " dibandingkan dengan "
# Each by the word it is kept under.
PARTS: Mapping[str, str] = {
    "siapa": lazy_gettext("siapa %(nilai)s"),
    "peran": lazy_gettext("peran %(nilai)s"),
    "jenis": lazy_gettext("jenis %(nilai)s"),
    "dari": lazy_gettext("dari %(nilai)s"),
    "sampai": lazy_gettext("sampai %(nilai)s"),
    "berkas": lazy_gettext("berkas %(nilai)s"),
    "alamat": lazy_gettext("alamat %(nilai)s"),
    "tindakan": lazy_gettext("tindakan %(nilai)s"),
    "per": lazy_gettext("per %(nilai)s"),
    "pola": lazy_gettext("pola %(nilai)s"),
    "menurut": lazy_gettext("menurut %(nilai)s"),
}
GROUPS: Mapping[str, str] = {
    "pelihat": lazy_gettext("siapa yang melihat"),
    "pemilik": lazy_gettext("data siapa"),
    "berkas": lazy_gettext("berkas"),
}


def detail(kind: str, why: str) -> str:
    """As a table for a spreadsheet has it."""
    if kind not in OWN:
        return translated(why)
    since, against, until = why.partition(AGAINST)
    if against:
        return str(_("%(dari)s dibandingkan dengan %(sampai)s", dari=since, sampai=until))
    return "; ".join(_part(one) for one in why.split("; "))


def shown(kind: str, why: str) -> Markup:
    """As a page has it: what somebody typed is marked as Indonesian."""
    return escape(detail(kind, why)) if kind in OWN else Markup(cited(why))


def _part(text: str) -> str:
    name, _space, value = text.partition(" ")
    return str(PARTS[name]) % {"nilai": _value(name, value)} if name in PARTS and value else text


def _value(name: str, value: str) -> str:
    if name == "jenis":
        return str(KINDS.get(value, value))
    if name == "tindakan":
        return named(value)
    if name == "pola":
        return str(PATTERNS[value][0]) if value in PATTERNS else value
    return str(GROUPS.get(value, value)) if name == "menurut" else value
