"""What every template may use: dates in WIB, rupiah, built assets, words in two languages."""

from __future__ import annotations

import json
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from babel.dates import format_date
from flask import Flask, g, request, url_for
from flask_babel import Babel, get_locale, gettext

from app.clock import WIB
from app.config import ROOT
from app.operations import frame as frames
from app.operations import personal
from app.operations.clock_views import CAUSES, NAMES, amount, grouped, spoken
from app.operations.lists_for_forms import replaced
from app.operations.tasks import USUAL
from app.web import words
from app.web.field_words import field_words
from engine import access
from engine.forms.values import INSTANT_SHAPE

LANGUAGES = ("id", "en")
TRANSLATIONS = (ROOT / "app" / "translations", ROOT / "processes" / "translations")
BUILT = ROOT / "app" / "static" / "built"


def language() -> str:
    """The person's choice, else the visitor's cookie, else Indonesian."""
    person = getattr(g, "person", None)
    wanted = person.language if person is not None else request.cookies.get("bahasa", "id")
    return wanted if wanted in LANGUAGES else "id"


@lru_cache(maxsize=1)
def _manifest(changed: float) -> dict[str, str]:
    found: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    return found


def asset(name: str) -> str:
    """The address of a built bundle under its hashed name, so that browsers may keep it for ever."""
    manifest = BUILT / "manifest.json"
    if not manifest.exists():
        return url_for("static", filename=f"built/{name}")
    return url_for("static", filename="built/" + _manifest(manifest.stat().st_mtime).get(name, name))


def static(name: str) -> str:
    """A hand-written static file with its age in the address."""
    path = Path(ROOT / "app" / "static" / name)
    version = int(path.stat().st_mtime) if path.exists() else 0
    return url_for("static", filename=name, v=version)


def local(at: datetime | None) -> datetime | None:
    return at.astimezone(WIB) if at else None


def long_date(at: datetime | date | None) -> str:
    """Rabu, 8 Februari 2018"""
    if at is None:
        return "–"
    day = at.astimezone(WIB).date() if isinstance(at, datetime) else at
    return str(format_date(day, "EEEE, d MMMM y", locale=str(get_locale() or "id")))


def short_day(at: datetime | date | str | None) -> str:
    """8 Feb 2018; a day kept as text is read as ISO 8601."""
    if not at:
        return "–"
    read = date.fromisoformat(at) if isinstance(at, str) else at
    day = read.astimezone(WIB).date() if isinstance(read, datetime) else read
    return str(format_date(day, "d MMM y", locale=str(get_locale() or "id")))


def typed_day(at: datetime | date | None) -> str:
    """08/02/2018, as a person types it into a form."""
    day = at.astimezone(WIB) if isinstance(at, datetime) else at
    return day.strftime("%d/%m/%Y") if day else ""


def typed_moment(at: datetime) -> str:
    """An instant as it is typed into a form: 11/08/2026 08.00, WIB."""
    return at.astimezone(WIB).strftime("%d/%m/%Y %H.%M")


def clock_time(at: datetime | None) -> str:
    """14.30"""
    return at.astimezone(WIB).strftime("%H.%M") if at else "–"


def moment(at: datetime | None) -> str:
    """Rab 08/02/2018 14.30"""
    if at is None:
        return "–"
    here = at.astimezone(WIB)
    weekday = format_date(here.date(), "EEE", locale=str(get_locale() or "id"))
    return f"{weekday} {here.strftime('%d/%m/%Y %H.%M')}"


def day_and_time(at: datetime) -> str:
    """Rabu, 8 Februari 2018 14.30 WIB"""
    return f"{long_date(at)} {clock_time(at)} WIB"


def sortable_moment(at: datetime | None) -> str:
    """2026-11-30 16:37, WIB: as a spreadsheet knows and sorts it; "" for none."""
    return at.astimezone(WIB).strftime("%Y-%m-%d %H:%M") if at else ""


def exact_moment(at: datetime) -> str:
    """Rab 08/02/2018 14.30.05, where seconds tell two events apart."""
    seconds = at.astimezone(WIB).strftime(".%S")
    return moment(at) + (seconds if seconds != ".00" else "")


def rupiah(value: int | None) -> str:
    return "–" if value is None else "Rp" + grouped(value)


def money_answered(text: str) -> str:
    """An amount as it was typed, its dots in place already."""
    return f"Rp{text}"


def percent(share: Fraction, places: int = 1) -> str:
    """62,5% of 5/8, in the reader's language; rounded half up, without trailing zeros."""
    return words.fraction(Fraction(share) * 100, places) + "%"


def kilobytes(size: int) -> str:
    """1.204 KB of a size in bytes, rounded half up."""
    return f"{grouped((size + 512) // 1024)} KB"


def number(value: Any) -> str:
    return grouped(value) if isinstance(value, int) else words.fraction(value)


def initials(name: str) -> str:
    """Ratna Sari, S.E. -> RS: the paraf of a name, titles left out."""
    words = [one for one in name.split(",")[0].split() if one[0].isupper() and not one.endswith(".")]
    return "".join(one[0] for one in words[:2]) or name[:1].upper()


def fate(told: str | None) -> str:
    """What became of a message, in the reader's language; an address stays as it is."""
    sent, _sep, address = (told or "").partition("dikirim ke ")
    return (
        str(gettext("dikirim ke %(alamat)s", alamat=address)) if address and not sent else words.translated(told or "")
    )


def told(message: Any, name: str = "") -> str:
    """What became of a message, in the reader's language; `name`: who told it to a person without e-mail."""
    if not message.told_by:
        return fate(message.fate)
    said = {
        "loket": gettext("disampaikan di loket oleh %(nama)s pada %(saat)s"),
        "telepon": gettext("disampaikan lewat telepon oleh %(nama)s pada %(saat)s"),
        "surat": gettext("disampaikan dengan surat oleh %(nama)s pada %(saat)s"),
    }
    return str(said[message.told_how]) % {"nama": name, "saat": moment(message.delivered_at)}


def ends_sentence(name: str | None) -> str:
    """A name before the stop of its sentence: "Dewi Anggraini, A.Md" lends that stop its own."""
    return (name or "").removesuffix(".")


def stop(sentence: str) -> str:
    """The full stop that a sentence lacks before another one; "" where it ends with a mark of its own."""
    return "" if words.translated(sentence)[-1:] in (".", "!", "?") else "."


def frame() -> frames.Frame:
    """What stands around the page, read once a request."""
    if "frame" not in g:
        person = getattr(g, "person", None)
        g.frame = frames.frame(person.actor if person else None, g.at)
    found: frames.Frame = g.frame
    return found


def _context() -> dict[str, Any]:
    return {"orang": getattr(g, "person", None), "kini": getattr(g, "at", None), "bahasa": language()}


def _globals() -> dict[str, Any]:
    """Functions that macros may call too (imported macros see no context)."""
    from app.web import navigation

    return {
        "asset": asset,
        "berkas_statis": static,
        "kata_lapangan": field_words,
        "petugas_lapangan": lambda form: any(one.control == "camera" for one in form.fields()),
        "kunci_baru": lambda: str(uuid4()),
        "lihat_semua_berkas": lambda: access.may(g.person.actor, "see_any_case"),
        "sebab": CAUSES,
        "nama_jam": NAMES,
        "yang_diganti": replaced,
        "menu": navigation.menu,
        "nama_peran": navigation.role_name,
        "sebab_lepas": USUAL,
        "nama_instansi": navigation.agency_name,
        "peran_orang": navigation.role_words,
        "alamat_ini": navigation.this_address,
        "kantor": lambda: frame().office,
        "bentuk_saat": INSTANT_SHAPE,
        "kahar_berlaku": lambda: frame().declarations,
        "gangguan_berlangsung": lambda: frame().disturbances,
        "daftar_libur_kurang": lambda: frame().missing_year,
        "batas_kahar": lambda declaration: frame().limits.get(declaration, ()),
    }


FILTERS = {
    "tanggal": long_date,
    "hari": short_day,
    "hari_isian": typed_day,
    "pukul": clock_time,
    "saat": moment,
    "hari_pukul": day_and_time,
    "saat_tepat": exact_moment,
    "rupiah": rupiah,
    "angka": number,
    "persen": percent,
    "ukuran_berkas": kilobytes,
    "pecahan": words.fraction,
    "angka_baca": words.numbers,
    "lama": spoken,
    "jumlah_waktu": amount,
    "samar": personal.masked,
    "inisial": initials,
    "di_akhir": ends_sentence,
    "titik": stop,
    "nasib": told,
    "terjemah": words.translated,
    "bila_kalimat": words.as_said,
    "bertanda": words.marked,
    "dasar": words.cited,
    "kata_jam": words.clock_words,
    "kata_hitungan": words.explained,
    "kata_catatan": words.noted,
    "kata_hari": words.weekdays,
}


def register(app: Flask) -> None:
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "id")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Asia/Jakarta")
    # Two domains: sentences of the pages, and the words of the release (forms, diagrams, catalogue) beside it.
    app.config.setdefault("BABEL_DOMAIN", "messages;office")
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", ";".join(map(str, TRANSLATIONS)))
    for folder in TRANSLATIONS:
        words.compile_catalogues(folder)
    Babel(app, locale_selector=language)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(_globals())
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_context)
