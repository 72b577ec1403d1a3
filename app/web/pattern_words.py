"""Patterns in neutral words: their names, what each figure says, and the draft of a finding made of it.

A pattern is no accusation: the words ask, they do not judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.operations.patterns import Known, Span
from app.web.rendering import ends_sentence, percent, typed_day
from app.web.words import translated

# code -> its name, and what is asked
PATTERNS: Mapping[str, tuple[str, str]] = {
    "pasangan": (
        lazy_gettext("Pasangan pejabat yang sama"),
        lazy_gettext(
            "Apakah berkas seorang petugas jauh lebih sering diteruskan pejabat yang sama daripada berkas lain?"
        ),
    ),
    "luar_jam": (
        lazy_gettext("Keputusan di luar jam kerja"),
        lazy_gettext(
            "Apakah ada keputusan pada malam hari, akhir pekan, atau hari libur menurut kalender kantor (WIB)?"
        ),
    ),
    "dikembalikan": (
        lazy_gettext("Berkas yang berulang kali dikembalikan"),
        lazy_gettext("Apakah satu berkas dikembalikan berkali-kali?"),
    ),
    "pengembali": (
        lazy_gettext("Petugas yang jauh lebih sering mengembalikan"),
        lazy_gettext(
            "Apakah seorang petugas mengembalikan jauh lebih sering daripada petugas lain pada langkah yang sama?"
        ),
    ),
    "rangkap": (
        lazy_gettext("Tugas yang dipisahkan, dirangkap lewat penggantian"),
        lazy_gettext(
            "Apakah seorang Plh. atau Plt. mengerjakan langkah yang harus dipisahkan dari langkahnya sendiri?"
        ),
    ),
    "kilat": (
        lazy_gettext("Keputusan dalam hitungan detik"),
        lazy_gettext("Apakah ada keputusan yang diambil beberapa detik sesudah tugasnya terbuka?"),
    ),
}


# What a line says: of its step, how many of how many, and what that is held against.
_SAID: Mapping[str, str] = {
    "pasangan": lazy_gettext(
        "%(langkah)s sesudah %(sebelum)s: %(n)s dari %(dari)s berkas (%(bagian)s); berkas petugas lain %(lain)s"
    ),
    "luar_jam": lazy_gettext("%(n)s dari %(dari)s keputusannya pada periode itu"),
    "dikembalikan": lazy_gettext("dikembalikan %(n)s kali"),
    "pengembali": lazy_gettext("%(langkah)s: %(n)s dari %(dari)s keputusan (%(bagian)s); petugas lain %(lain)s"),
    "rangkap": lazy_gettext(
        "%(langkah)s sebagai pengganti %(n)s kali dan juga %(sebelum)s; %(sama)s di antaranya pada berkas yang sama"
    ),
    "kilat": lazy_gettext("%(langkah)s: %(n)s dari %(dari)s keputusannya"),
}


def threshold(code: str, known: Known) -> str:
    """From what on a line is shown."""
    law = known.law
    told = {
        "pasangan": lambda: _(
            "mulai %(n)s berkas dan %(kali)s kali bagian pada berkas petugas lain",
            n=law.pair_least,
            kali=_times(law.pair_ratio),
        ),
        "luar_jam": lambda: _(
            "mulai %(n)s keputusan lebih dari %(menit)s menit di luar jam kerja", n=law.outside_least, menit=law.leeway
        ),
        "dikembalikan": lambda: _("mulai %(n)s kali dikembalikan", n=law.case_least),
        "pengembali": lambda: _(
            "mulai %(n)s kali dan %(kali)s kali bagian petugas lain",
            n=law.returner_least,
            kali=_times(law.returner_ratio),
        ),
        "rangkap": lambda: _("mulai %(n)s keputusan sebagai pengganti", n=law.substitute_least),
        "kilat": lambda: _(
            "mulai %(n)s keputusan kurang dari %(detik)s detik sesudah tugas terbuka",
            n=law.quick_least,
            detik=law.seconds,
        ),
    }
    return str(told[code]())


def _times(ratio: Fraction) -> str:
    """3/2 -> "1,5": rounded down to a hundredth."""
    whole, hundredths = divmod(int(ratio * 100), 100)
    return f"{whole},{hundredths:02}".rstrip("0").rstrip(",")


def subject(code: str, row: Any, known: Known) -> str:
    """Who or what a line is about."""
    if code == "dikembalikan":
        return number(row.case_id, known)
    name = known.names.get(row.person, "")
    if code == "pasangan":
        return f"{known.names.get(row.other, '')} + {name}"
    return name


def said(code: str, row: Any, known: Known) -> str:
    """What a line says beside its figure."""
    step, before = (translated(known.steps.get(one, one)) for one in (row.element, row.before))
    told = {"langkah": step, "sebelum": before, "n": row.n, "dari": row.of_n, "sama": row.rest_n}
    told |= {"bagian": _share(row.n, row.of_n), "lain": _share(row.rest_n, row.rest_of)}
    return str(_SAID[code]) % told


def _share(part: int, whole: int) -> str:
    return percent(Fraction(int(part), int(whole))) if whole else "–"


def number(case_id: Any, known: Known) -> str:
    case = known.files.get(case_id)
    return (case.number or case.tracking_code) if case else ""


def draft(code: str, row: Any, span: Span, known: Known) -> dict[str, str]:
    """The empty form of a finding, filled in: what it says stays a question; whom it is put to may be changed."""
    period = _("%(dari)s sampai %(sampai)s", dari=typed_day(span.since), sampai=typed_day(span.until))
    body = _(
        "Pola yang patut diperiksa, %(periode)s. %(pola)s: %(siapa)s. %(kata)s. Mohon penjelasan; ini bukan tuduhan.",
        periode=period,
        pola=str(PATTERNS[code][0]),
        siapa=ends_sentence(subject(code, row, known)),
        kata=ends_sentence(said(code, row, known)),
    )
    filled = {"golongan": "prosedur", "bobot": "rendah", "uraian": str(body)}
    if code == "dikembalikan":
        return filled | {"berkas": number(row.case_id, known)}
    return filled | ({"kepada": str(row.person)} if row.person and code != "pasangan" else {})
